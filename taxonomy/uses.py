"""Where a term of a vocabulary, or a tag, is used. Every app that keeps terms registers a provider; this app knows none.

A term in use is neither deleted nor given another code, whoever tries (taxonomy.models, taxonomy.receivers).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

from django.core.exceptions import ValidationError
from django.db.models import Model, ProtectedError, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder

from core.users import AnyUser

NAMED_IN_ERROR = 10


@dataclass(frozen=True)
class Use:
    """One thing that holds a term, as it is told to a person who may see it. `url` is empty where they may not edit it."""

    title: str
    url: str
    kind: str
    version: str


def nobody(user: AnyUser, rows: Any) -> Any:
    return rows.none()


def no_version(row: object) -> str:
    return ""


@dataclass(frozen=True)
class UsesOfKind:
    """The uses of one kind: `rows` are what holds the term; `seen_by` gives those of them whose titles a user may read."""

    kind: str | Promise
    rows: QuerySet[Any]
    seen_by: Callable[[Any, Any], Any] = nobody
    version: Callable[[Any], str] = no_version


Provider = Callable[[Any], Iterable[UsesOfKind]]
_providers: list[Provider] = []
_releases: list[Callable[[Any], None]] = []


def register_uses(provider: Provider, release: Callable[[Any], None] | None = None) -> None:
    """Let `provider` tell the uses of a term. `release` takes a term that nothing uses out of rows that nobody reads."""
    _providers.append(provider)
    if release:
        _releases.append(release)


class SeenUses(Sequence[Use]):
    """What `user` may see of the uses, read from the database page by page."""

    def __init__(self, kinds: list[UsesOfKind], user: AnyUser) -> None:
        self.querysets = [(kind, kind.seen_by(user, kind.rows)) for kind in kinds]
        self.counts = [rows.count() for _kind, rows in self.querysets]
        self.finder = AdminURLFinder(user)

    def __len__(self) -> int:
        return sum(self.counts)

    @overload
    def __getitem__(self, place: int) -> Use: ...
    @overload
    def __getitem__(self, place: slice) -> list[Use]: ...
    def __getitem__(self, place: int | slice) -> Use | list[Use]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        start, stop, _step = place.indices(len(self))
        found: list[Use] = []
        for (kind, rows), count in zip(self.querysets, self.counts, strict=True):
            found += [self._use(kind, row) for row in rows[max(start, 0) : max(stop, 0)]]
            start, stop = start - count, stop - count
        return found

    def _use(self, kind: UsesOfKind, row: Any) -> Use:
        title = row.get_admin_display_title() if hasattr(row, "get_admin_display_title") else str(row)
        return Use(title, self.finder.get_edit_url(row) or "", str(row._meta.verbose_name), kind.version(row))


class Uses:
    """All uses of one term."""

    def __init__(self, kinds: list[UsesOfKind]) -> None:
        self.kinds = kinds
        self.counts = [kind.rows.count() for kind in kinds]

    def count(self) -> int:
        return sum(self.counts)

    def __bool__(self) -> bool:
        return any(self.counts)

    @property
    def is_protected(self) -> bool:
        """The name by which Wagtail's views ask whether they may delete."""
        return bool(self)

    def seen_by(self, user: AnyUser) -> SeenUses:
        return SeenUses(self.kinds, user)

    def hidden_from(self, user: AnyUser) -> list[tuple[str, int]]:
        """(kind, how many) of the uses that `user` may not see."""
        seen = SeenUses(self.kinds, user).counts
        hidden = zip(self.kinds, self.counts, seen, strict=True)
        return [(str(kind.kind), count - known) for kind, count, known in hidden if count > known]

    def lines(self) -> Iterator[str]:
        """A line for each kind with the first few by name: for a person at a shell."""
        for kind, count in zip(self.kinds, self.counts, strict=True):
            if count:
                named = ", ".join(map(str, kind.rows[:NAMED_IN_ERROR])) if kind.seen_by is not nobody else ""
                yield f"{kind.kind}: {count}" + (f" ({named})" if named else "")


def uses_of(term: Model) -> Uses:
    """All that holds this term or tag: published pages, drafts, stored queries, people."""
    return Uses([kind for provider in _providers for kind in provider(term)])


class TermInUse(ProtectedError):
    """Something uses a term that was to be deleted; `uses` says what."""

    def __init__(self, term: Model, uses: Uses) -> None:
        self.uses = uses
        message = _("“%(term)s” is in use and cannot be deleted.") % {"term": term}
        super().__init__("\n".join([message, *uses.lines()]), set())


def refuse_deletion(term: Model) -> None:
    """Raise TermInUse where something uses `term`. Nothing can begin to use it before the transaction ends."""
    type(term)._base_manager.select_for_update().filter(pk=term.pk).first()
    if uses := uses_of(term):
        raise TermInUse(term, uses)


def refuse_new_code(term: Model, field: str) -> None:
    """Raise ValidationError where `term` is in use and its code, held in `field`, is about to change."""
    before = type(term)._base_manager.filter(pk=term.pk).values_list(field, flat=True).first()
    if before is not None and before != getattr(term, field) and uses_of(term):
        said = _("This code is in use, so it stays “%(code)s”. You can change the names.")
        raise ValidationError({field: said % {"code": before}})


def release(term: Model) -> None:
    """Take `term` out of rows that nobody reads any more, so that they do not stand in the way of its deletion."""
    for let_go in _releases:
        let_go(term)
