"""The models of the index. A record is one row per practice with all its languages: read model, outbox for the search
server, and source of a rebuild."""

from collections.abc import Iterator
from json import loads
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, models
from django.db.models import Q
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy as _

from indexing.analysis import VERSION
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


# The columns of searchable text.
TERMS = (
    "title_terms",
    "keyword_terms",
    "name_terms",
    "summary_terms",
    "body_terms",
    "variant_terms",
    "title_words",
)


class RecordQuerySet(models.QuerySet["Record"]):
    def live(self) -> "RecordQuerySet":
        """Return the records that are not tombstones."""
        return self.filter(removed=False)

    def with_outdated_terms(self) -> "RecordQuerySet":
        """Return live records whose terms an earlier version of the analysis made; the worker asks every minute, by an index."""
        return self.live().filter(analysis__lt=VERSION)

    def changed_since(self, change: int) -> "RecordQuerySet":
        """Return records whose last change is later than content version `change`, oldest first."""
        return self.filter(change__gt=change).order_by("change")

    def appeared_since(self, change: int) -> "RecordQuerySet":
        """Return live records that were first public after content version `change`."""
        return self.live().filter(appeared__gt=change)

    def next_by_key(self, after: UUID | None, limit: int) -> list["Record"]:
        """Return the next records in key order, without the document (displayed texts)."""
        rows = self.filter(key__gt=after) if after else self
        return list(rows.order_by("key").defer("document")[:limit])

    def with_code(self, facet: str, code: str) -> "RecordQuerySet":
        """Return records and tombstones with this code of a facet.

        The JSON is searched as text, since SQLite has no containment lookup; codes have only letters, digits and hyphens.
        """
        if facet == "kind":  # the facets of tombstones leave it out
            return self.filter(kind=code)
        return self.alias(codes=KT(f"facets__{facet}")).filter(codes__contains=f'"{code}"')

    def with_any_code(self, facet: str) -> "RecordQuerySet":
        """Return records and tombstones with at least one code of a facet."""
        if facet == "kind":
            return self
        return self.alias(codes=KT(f"facets__{facet}")).filter(codes__contains='"')

    def next_keys(self, after: UUID | None, limit: int) -> list[UUID]:
        """Return the next keys in order."""
        rows = self.filter(key__gt=after) if after else self
        return list(rows.order_by("key").values_list("key", flat=True)[:limit])

    def next_by_change(self, change: int, key: UUID, before: int, limit: int) -> list["Record"]:
        """Return the next records and tombstones after (change, key) and before another change, without texts."""
        rows = self.filter(Q(change__gt=change) | Q(key__gt=key), change__gte=change, change__lt=before)
        return list(rows.order_by("change", "key").only("key", "change", "removed", "kind", "facets")[:limit])

    def earliest_change(self) -> int:
        """Return the lowest content version of any record, 0 if there is no record."""
        return int(self.aggregate(first=models.Min("change"))["first"] or 0)

    def by_key(self, keys: list[UUID]) -> "RecordQuerySet":
        return self.live().filter(key__in=keys)

    def without_terms(self) -> "RecordQuerySet":
        """Defer the searchable terms, which are two thirds of a record."""
        return self.defer(*TERMS)


class Record(models.Model):
    """A practice as it is searched and displayed. Only `indexing.records` writes it; no engine reads pages."""

    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=30)
    # Grows by one on each change of this record: the external version for a search server.
    version = models.BigIntegerField(default=0)
    # The content version (core.versions) of the last change; indexed, to select later changes.
    change = models.BigIntegerField(db_index=True)
    # A tombstone keeps of its document only `original` and `titles`.
    removed = models.BooleanField(default=False)
    # The content version at which it was first public; never changed, so that subscribers are told of it once.
    appeared = models.BigIntegerField(null=True, db_index=True, editable=False)
    # `titles` has the last public titles of the languages that are public no more.
    document = models.JSONField(default=dict)
    facets = models.JSONField(default=dict)
    first_published = models.DateTimeField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    title_key_en = models.TextField(blank=True)
    title_key_ru = models.TextField(blank=True)
    # Analysed terms by weight, fields separated by a barrier. Triggers maintain the full-text index of either database.
    title_terms = models.TextField(blank=True)
    keyword_terms = models.TextField(blank=True)
    # Organisations and places.
    name_terms = models.TextField(blank=True)
    summary_terms = models.TextField(blank=True)
    body_terms = models.TextField(blank=True)
    # Other terms by which the words are found, each once, in no order: no phrase is matched here.
    variant_terms = models.TextField(blank=True)
    # The version of the analysis that made the terms (indexing.analysis.VERSION).
    analysis = models.PositiveSmallIntegerField(default=0, db_index=True)
    # The unstemmed words of the titles, for autocomplete.
    title_words = models.TextField(blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("record")
        # Named when records belonged to the app `search`; triggers and full-text indexes use the name.
        db_table = "search_record"

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    def codes_of(self, facet: str) -> list[str]:
        """Return the record's codes of a facet; a tombstone has only TOMBSTONE_FACETS."""
        if facet == "kind":
            return [self.kind]
        codes: list[str] = self.facets.get(facet, [])
        return codes

    def last_title(self, language: str) -> tuple[str, str]:
        """Return the title under which a removed record was last public, in `language` if it had one, with its language code.

        ("", "") for a record that was restricted, or removed before titles were kept.
        """
        titles: dict[str, str] = self.document.get("titles", {})
        for code in (language, self.document.get("original", ""), *titles):
            if title := titles.get(code):
                return title, code
        return "", ""


class CardRow(NamedTuple):
    """The columns of a live record that a card needs."""

    key: UUID
    kind: str
    year: int | None
    facets: dict[str, list[str]]
    document: dict[str, Any]


def card_rows(keys: list[UUID]) -> Iterator[CardRow]:
    """Yield the live records of `keys` in any order.

    Raw SQL: for twenty records the ORM takes a third of the whole response time.
    """
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
    """An unstemmed word of some record, for "did you mean". Never deleted: only words with results are suggested."""

    word = models.CharField(max_length=64, unique=True)
    # Of a title, an organisation, a place, a tag or a slug: never taken for a typing error.
    is_name = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("word")
        db_table = "search_word"

    def __str__(self) -> str:
        return self.word


class SearchIndexQuerySet(models.QuerySet["SearchIndex"]):
    def live(self) -> "SearchIndexQuerySet":
        """Return the index that answers queries."""
        return self.filter(stage=SearchIndex.Stage.LIVE)

    def receiving_changes(self) -> "SearchIndexQuerySet":
        """Return the indexes that the worker ships to, the next one first: it must never be behind the live one."""
        return self.exclude(stage=SearchIndex.Stage.FILLING).order_by("-pk")


class SearchIndex(models.Model):
    """An index of the search server and its position in the changes.

    Change numbers grow in the order of commits (core.versions), so one number tells which records were shipped.
    """

    class Stage(models.TextChoices):
        FILLING = "filling", _("being filled")
        NEXT = "next", _("about to answer")
        LIVE = "live", _("answers")

    name = models.CharField(max_length=100, unique=True)
    fingerprint = models.CharField(max_length=64)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.FILLING)
    # The last key sent by the rebuild; empty before the first.
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
    """The last status of each kind that jobs report to administrators: an error, a check."""

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
