"""Uses of a vocabulary term or a tag. Every app that stores terms registers a provider with `register_uses`.

A term in use can neither be deleted nor get another code (taxonomy.models, taxonomy.receivers).
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
    """An object that uses a term, for a user who may see it. `url` is '' if the user may not edit it."""

    title: str
    url: str
    kind: str
    version: str


def visible_to_nobody(user: AnyUser, rows: Any) -> Any:
    return rows.none()


def without_version(row: object) -> str:
    return ""


@dataclass(frozen=True)
class UsesOfKind:
    """The uses of one kind: `rows` use the term; `visible_rows` filters them to those whose titles a user may see."""

    kind: str | Promise
    rows: QuerySet[Any]
    visible_rows: Callable[[Any, Any], Any] = visible_to_nobody
    version: Callable[[Any], str] = without_version


Provider = Callable[[Any], Iterable[UsesOfKind]]
_providers: list[Provider] = []
_releases: list[Callable[[Any], None]] = []


def register_uses(provider: Provider, release: Callable[[Any], None] | None = None) -> None:
    """Register `provider`, which returns the uses of a term, and `release`, which detaches an unused term from obsolete rows."""
    _providers.append(provider)
    if release:
        _releases.append(release)


class VisibleUses(Sequence[Use]):
    """The uses that `user` may see, as a sequence read from the database slice by slice."""

    def __init__(self, kinds: list[UsesOfKind], user: AnyUser) -> None:
        self.querysets = [(kind, kind.visible_rows(user, kind.rows)) for kind in kinds]
        self.counts = [rows.count() for _kind, rows in self.querysets]
        self.finder = AdminURLFinder(user)

    def __len__(self) -> int:
        return sum(self.counts)

    @overload
    def __getitem__(self, index: int) -> Use: ...
    @overload
    def __getitem__(self, index: slice) -> list[Use]: ...
    def __getitem__(self, index: int | slice) -> Use | list[Use]:
        if isinstance(index, int):
            return self[index : index + 1][0]
        start, stop, _step = index.indices(len(self))
        uses: list[Use] = []
        for (kind, rows), count in zip(self.querysets, self.counts, strict=True):
            uses += [self._use(kind, row) for row in rows[max(start, 0) : max(stop, 0)]]
            start, stop = start - count, stop - count
        return uses

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
        """Return whether the term is in use, under the name that Wagtail's delete views check."""
        return bool(self)

    def visible_to(self, user: AnyUser) -> VisibleUses:
        return VisibleUses(self.kinds, user)

    def hidden_from(self, user: AnyUser) -> list[tuple[str, int]]:
        """Return (kind, number) of the uses that `user` may not see."""
        visible_counts = VisibleUses(self.kinds, user).counts
        hidden = zip(self.kinds, self.counts, visible_counts, strict=True)
        return [(str(kind.kind), count - visible) for kind, count, visible in hidden if count > visible]

    def lines(self) -> Iterator[str]:
        """Yield a line per kind with the titles of the first uses, for the command line."""
        for kind, count in zip(self.kinds, self.counts, strict=True):
            if count:
                titles = (
                    ", ".join(map(str, kind.rows[:NAMED_IN_ERROR]))
                    if kind.visible_rows is not visible_to_nobody
                    else ""
                )
                yield f"{kind.kind}: {count}" + (f" ({titles})" if titles else "")


def uses_of(term: Model) -> Uses:
    """Return all uses of this term or tag: published pages, drafts, stored queries, users."""
    return Uses([kind for provider in _providers for kind in provider(term)])


class TermInUse(ProtectedError):
    """Raised when a term to be deleted is in use; `uses` has the uses."""

    def __init__(self, term: Model, uses: Uses) -> None:
        self.uses = uses
        message = _("“%(term)s” is in use and cannot be deleted.") % {"term": term}
        super().__init__("\n".join([message, *uses.lines()]), set())


def refuse_deletion(term: Model) -> None:
    """Raise TermInUse if something uses `term`. Its row is locked: nobody else can add a use before the transaction ends."""
    type(term)._base_manager.select_for_update().filter(pk=term.pk).first()
    if uses := uses_of(term):
        raise TermInUse(term, uses)


def refuse_new_code(term: Model, field: str) -> None:
    """Raise ValidationError if `term` is in use and its code, in `field`, is about to change."""
    before = type(term)._base_manager.filter(pk=term.pk).values_list(field, flat=True).first()
    if before is not None and before != getattr(term, field) and uses_of(term):
        message = _("This code is in use, so it stays “%(code)s”. You can change the names.")
        raise ValidationError({field: message % {"code": before}})


def release(term: Model) -> None:
    """Detach `term` from obsolete rows, which would otherwise prevent its deletion."""
    for detach in _releases:
        detach(term)
