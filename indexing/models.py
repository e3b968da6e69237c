"""The record: one row per practice in all its languages. Read model, outbox and source of a rebuild in one."""

from collections.abc import Iterator
from json import loads
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, models
from django.db.models import Q
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy as _

from indexing.former_paths import FormerPath
from indexing.withdrawals import Withdrawal

__all__ = [
    "CardRow",
    "FormerPath",
    "JobStatus",
    "LexiconWord",
    "Record",
    "SearchIndex",
    "Withdrawal",
    "card_rows",
]


class RecordQuerySet(models.QuerySet["Record"]):
    def live(self) -> "RecordQuerySet":
        """Without tombstones."""
        return self.filter(removed=False)

    def changed_since(self, change: int) -> "RecordQuerySet":
        """Records whose last change is later than content version `change`, oldest first."""
        return self.filter(change__gt=change).order_by("change")

    def appeared_since(self, change: int) -> "RecordQuerySet":
        """Live records that were first public after content version `change`."""
        return self.live().filter(appeared__gt=change)

    def next_by_key(self, after: UUID | None, most: int) -> list["Record"]:
        """The next few in the order of their keys, without what is only shown."""
        left = self.filter(key__gt=after) if after else self
        return list(left.order_by("key").defer("document")[:most])

    def with_code(self, facet: str, code: str) -> "RecordQuerySet":
        """Records, and tombstones, that have a code of a facet. Read as text, since SQLite has no containment for JSON; a
        code is letters, digits and hyphens."""
        if facet == "kind":  # the facets of tombstones leave it out
            return self.filter(kind=code)
        return self.alias(codes=KT(f"facets__{facet}")).filter(codes__contains=f'"{code}"')

    def next_keys(self, after: UUID | None, most: int) -> list[UUID]:
        """Return the next few keys in their order."""
        left = self.filter(key__gt=after) if after else self
        return list(left.order_by("key").values_list("key", flat=True)[:most])

    def next_by_change(self, change: int, key: UUID, before: int, most: int) -> list["Record"]:
        """The next few after (change, key) and before another change, tombstones too, without what is shown or searched."""
        left = self.filter(Q(change__gt=change) | Q(key__gt=key), change__gte=change, change__lt=before)
        return list(left.order_by("change", "key").only("key", "change", "removed", "kind", "facets")[:most])

    def earliest_change(self) -> int:
        """The content version since which no record has stayed the same; 0 where there is none."""
        return int(self.aggregate(first=models.Min("change"))["first"] or 0)

    def by_key(self, keys: list[UUID]) -> "RecordQuerySet":
        return self.live().filter(key__in=keys)

    def without_terms(self) -> "RecordQuerySet":
        """Without what is only searched in: what is shown is a third of a record."""
        terms = ("title_terms", "keyword_terms", "summary_terms", "body_terms", "title_words")
        return self.defer(*terms)


class Record(models.Model):
    """A practice as it is searched and shown. Only `indexing.records` writes it; no engine reads pages."""

    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=30)
    # Grows by one on each change of this record: the external version for a search server.
    version = models.BigIntegerField(default=0)
    # The content version (core.versions) of the last change: what has changed since is an index range.
    change = models.BigIntegerField(db_index=True)
    removed = models.BooleanField(default=False)
    # The content version at which it was first public, whatever became of it since: what "new" means to a subscriber.
    appeared = models.BigIntegerField(null=True, db_index=True, editable=False)
    document = models.JSONField(default=dict)
    facets = models.JSONField(default=dict)
    first_published = models.DateTimeField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    title_key_en = models.TextField(blank=True)
    title_key_ru = models.TextField(blank=True)
    # Analysed terms by weight, fields parted by a barrier; the full-text index of either database is kept by triggers.
    title_terms = models.TextField(blank=True)
    keyword_terms = models.TextField(blank=True)
    summary_terms = models.TextField(blank=True)
    body_terms = models.TextField(blank=True)
    # The titles' words as written, for suggestions while a reader types.
    title_words = models.TextField(blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("record")
        # As before the records had an app of their own: triggers and full-text indexes name it.
        db_table = "search_record"

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    def codes_of(self, facet: str) -> list[str]:
        """Return its codes of a facet; of a tombstone, those that are kept."""
        if facet == "kind":
            return [self.kind]
        codes: list[str] = self.facets.get(facet, [])
        return codes


class CardRow(NamedTuple):
    """What a card takes of a live record."""

    key: UUID
    kind: str
    year: int | None
    facets: dict[str, list[str]]
    document: dict[str, Any]


def card_rows(keys: list[UUID]) -> Iterator[CardRow]:
    """The live records of `keys`, in any order. Past the ORM, which takes a third of a whole answer's time for twenty."""
    field = Record._meta.get_field("key")
    marks = ",".join(["%s"] * len(keys))
    if not keys:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT key, kind, year, facets, document FROM search_record WHERE NOT removed AND key IN ({marks})",
            [field.get_db_prep_value(key, connection) for key in keys],
        )
        rows = cursor.fetchall()
    for key, kind, year, facets, document in rows:
        yield CardRow(key if isinstance(key, UUID) else UUID(key), kind, year, loads(facets), loads(document))


class LexiconWord(models.Model):
    """A word that stands in some record as it is written: what "did you mean" chooses from. Never removed, since
    only what finds something is proposed."""

    word = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("word")
        db_table = "search_word"

    def __str__(self) -> str:
        return self.word


class SearchIndexQuerySet(models.QuerySet["SearchIndex"]):
    def live(self) -> "SearchIndexQuerySet":
        """The one that readers' queries go to."""
        return self.filter(stage=SearchIndex.Stage.LIVE)

    def kept_current(self) -> "SearchIndexQuerySet":
        """Those that the worker ships to, the next one first: it must never be behind the one that it follows."""
        return self.exclude(stage=SearchIndex.Stage.FILLING).order_by("-pk")


class SearchIndex(models.Model):
    """An index of the search server, and how far it has come. Nothing else is remembered of what was shipped: changes
    have numbers that grow in the order of their commits (core.versions), so one number says it for all records."""

    class Stage(models.TextChoices):
        FILLING = "filling", _("being filled")
        NEXT = "next", _("about to answer")
        LIVE = "live", _("answers")

    name = models.CharField(max_length=100, unique=True)
    fingerprint = models.CharField(max_length=64)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.FILLING)
    # The last key that the fill has sent; empty before the first.
    filled_to = models.UUIDField(null=True)
    # All changes up to this content version can be found in it.
    shipped = models.BigIntegerField(default=0)

    objects = SearchIndexQuerySet.as_manager()

    class Meta:
        verbose_name = _("search index")
        db_table = "search_searchindex"

    def __str__(self) -> str:
        return self.name


class JobStatus(models.Model):
    """The last thing of each kind that a job has to tell the secretariat: an error, a check."""

    class Kind(models.TextChoices):
        SHIPPED = "shipped", _("last shipped")
        ERROR = "error", _("last error")
        CHECK = "check", _("last check")

    kind = models.CharField(max_length=10, choices=Kind.choices, unique=True)
    at = models.DateTimeField()
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("job status")
        db_table = "search_happening"

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"
