"""The query of the desk: originals with what is filtered and sorted by, computed in the database.

A practice that is public counts as its public page says, any other as its latest draft says: the row of a draft in the database
is that of its first saving.
"""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateField,
    DateTimeField,
    Exists,
    F,
    Field,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Length, NullIf, Substr
from wagtail.models import Page, Revision, WorkflowState
from wagtail.permissions import page_permission_policy

from accounts.fact_changes import changes_fact, written
from core.users import AnyUser
from practices.desk.columns import provided_columns
from practices.desk.states import LanguageState, State
from practices.models import PracticePage, SectionPage
from practices.querysets import OUTDATED, PracticeQuerySet
from taxonomy.models import PracticeType

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
# Its draft says more than its row.
READ_FROM_DRAFT = Q(live=False, latest_revision__isnull=False)


def desk_practices(user: AnyUser, language: str) -> PracticeQuerySet:
    """Return the originals that `user` may edit, with the annotations of the desk.

    Those are: state, since (when the present holder got it), written_as (the latest revision that somebody wrote), evidence,
    type_id, verified; shown_title, type_name and section_country in `language`; language_<code> for each language, and what
    higher apps provide (practices.desk.columns).
    """
    editable = editable_pages(user)
    practices = PracticePage.objects.originals().filter(alias_of=None, pk__in=editable.values("pk"))
    return (
        practices.only("translation_key", "live", "latest_revision")
        .annotate(
            state=_state(),
            written_as=_last_written("pk", F("latest_revision"), BigIntegerField()),
            evidence=_drafted_or_public("evidence_level", CharField()),
            type_id=_drafted_or_public("practice_type", BigIntegerField()),
            verified=_drafted_or_public("last_verified", DateField()),
            shown_title=_title(language),
            section_country=_country_of_section(language),
            **{f"language_{code}": _language_state(code) for code in LANGUAGES},
        )
        .annotate(
            since=_since(),
            type_name=_type_name(language),
            **{column.name: column.annotation() for column in provided_columns()},
        )
    )


def editable_pages(user: AnyUser) -> QuerySet[Page]:
    return page_permission_policy.instances_user_has_permission_for(user, "change")


def searched(practices: "QuerySet[Any]", text: str, user: AnyUser) -> "QuerySet[Any]":
    """Return the practices with this text in their title in any language, in drafts too."""
    pages = PracticePage.objects.filter(Q(title__icontains=text) | Q(draft_title__icontains=text))
    editable = pages.filter(pk__in=editable_pages(user).values("pk"))
    return practices.filter(translation_key__in=editable.values("translation_key"))


def reviews(status: str) -> QuerySet[WorkflowState]:
    """Return the reviews of pages that are in this status."""
    return WorkflowState.objects.filter(
        status=status, base_content_type=ContentType.objects.get_for_model(Page)
    )


def keys_of(states: QuerySet[WorkflowState]) -> QuerySet[Page]:
    """Return the keys of the practices that have a page in one of these reviews."""
    pages = states.values(of_page=Cast("object_id", BigIntegerField()))
    return Page.objects.filter(pk__in=pages).values("translation_key")


def holding(name: str, keys: list[int]) -> Q:
    """Return the condition that one of the terms with these keys is in the field: of the public page, or of the draft."""
    through = PracticePage._meta.get_field(name).remote_field.through
    target = PracticePage._meta.get_field(name).m2m_reverse_field_name()
    rows: QuerySet[Model] = through.objects.filter(**{"practicepage": OuterRef("pk"), f"{target}__in": keys})
    drafted = PracticePage.objects.annotate(held=KeyTextTransform(name, "latest_revision__content")).filter(
        live=False, held__regex=rf"(^|\D)({'|'.join(map(str, keys))})(\D|$)"
    )
    return (~READ_FROM_DRAFT & Q(Exists(rows))) | Q(pk__in=drafted.values("pk"))


def _drafted_or_public(name: str, output: "Field[object, object]") -> Case:
    # JSON's null is a text on SQLite.
    text = NullIf(KeyTextTransform(name, "latest_revision__content"), Value("null"))
    drafted = Cast(text, output)
    return Case(When(READ_FROM_DRAFT, then=drafted), default=F(name), output_field=output)


def _state() -> Case:
    in_review, sent_back = (
        reviews(WorkflowState.STATUS_IN_PROGRESS),
        reviews(WorkflowState.STATUS_NEEDS_CHANGES),
    )
    return Case(
        When(translation_key__in=keys_of(in_review), then=Value(State.IN_REVIEW.value)),
        When(translation_key__in=keys_of(sent_back), then=Value(State.SENT_BACK.value)),
        When(live=True, has_unpublished_changes=True, then=Value(State.CHANGED.value)),
        When(live=True, then=Value(State.PUBLISHED.value)),
        When(first_published_at__isnull=False, then=Value(State.WITHDRAWN.value)),
        default=Value(State.DRAFT.value),
        output_field=CharField(),
    )


def _since() -> Case:
    return Case(
        When(state=State.IN_REVIEW, then=Subquery(_begun(WorkflowState.STATUS_IN_PROGRESS))),
        When(state=State.SENT_BACK, then=Subquery(_begun(WorkflowState.STATUS_NEEDS_CHANGES))),
        When(state=State.PUBLISHED, then=Value(None)),
        default=_last_written("created_at", F("latest_revision_created_at"), DateTimeField()),
        output_field=DateTimeField(),
    )


def _last_written(column: str, latest: F, output: "Field[object, object]") -> Case:
    """Return a column of the latest revision, or of the one before the facts that were changed from the desk."""
    revisions = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page), object_id=Cast(OuterRef("pk"), CharField())
    )
    before = Subquery(written(revisions).order_by("-created_at", "-pk").values(column)[:1])
    return Case(When(changes_fact("latest_revision"), then=Coalesce(before, latest)),
                default=latest, output_field=output)  # fmt: skip


def _begun(status: str) -> QuerySet[WorkflowState]:
    """Return the time at which the present step of the practice's oldest review in this status began."""
    pages = Page.objects.filter(translation_key=OuterRef(OuterRef("translation_key")))
    step = Coalesce("current_task_state__finished_at", "current_task_state__started_at", "created_at")
    of_practice = reviews(status).filter(object_id__in=pages.values(of_page=Cast("pk", CharField())))
    return of_practice.annotate(begun=step).order_by("begun").values("begun")[:1]


def _language_state(code: str) -> Coalesce:
    page = PracticePage.objects.filter(translation_key=OuterRef("translation_key")).in_language(code)
    state = Case(
        When(live=False, then=Value(LanguageState.DRAFT.value)),
        When(source_fingerprints__has_key=OUTDATED, then=Value(LanguageState.BEHIND.value)),
        default=Value(LanguageState.WHOLE.value),
        output_field=CharField(),
    )
    return Coalesce(
        Subquery(page.annotate(language_state=state).values("language_state")[:1]),
        Value(LanguageState.MISSING.value),
    )


def _title(language: str) -> Coalesce:
    """As `get_admin_display_title`: the public title, or that of the draft; in `language` if there is a page in it."""
    shown = Case(When(live=True, then=F("title")), default=F("draft_title"), output_field=CharField())
    page = PracticePage.objects.filter(translation_key=OuterRef("translation_key")).in_language(language)
    return Coalesce(Subquery(page.annotate(admin_title=shown).values("admin_title")[:1]), shown)


def _country_of_section(language: str) -> Subquery:
    above = Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Page.steplen)
    return Subquery(SectionPage.objects.filter(path=above).values(f"country__{_name(language)}")[:1])


def _type_name(language: str) -> Subquery:
    return Subquery(PracticeType.objects.filter(pk=OuterRef("type_id")).values(_name(language))[:1])


def _name(language: str) -> str:
    return "name_ru" if language.startswith("ru") else "name_en"
