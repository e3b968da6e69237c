"""Find the practices and sections that use a term, in published versions and in drafts."""

from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, BooleanField, ExpressionWrapper, Model, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.models import Tag
from wagtail.models import Page, Revision, TaskState

from accounts.permissions import linkable_pages
from practices.models import PracticePage, SectionPage
from taxonomy.models import SDG, Beneficiary, Country, PracticeType, Term, Theme
from taxonomy.uses import UsesOfKind

# The fields of a practice that hold a term of each model.
FIELDS: dict[type[Model], tuple[str, ...]] = {
    Country: ("countries", "adopted_by"),
    Theme: ("themes",),
    SDG: ("sdgs",),
    Beneficiary: ("beneficiaries",),
    PracticeType: ("practice_type",),
    Tag: ("tagged_items",),
}


def term_uses(term: Term) -> Iterator[UsesOfKind]:
    """Yield the practices and sections that use `term`."""
    names = FIELDS[type(term)]
    condition = reduce(
        or_, (Q(**{f"{name}__tag" if name == "tagged_items" else name: term}) for name in names)
    )
    pattern = rf'"tag": ?{term.pk}\D' if isinstance(term, Tag) else rf"(^|\D){term.pk}(\D|$)"
    yield pages_holding(gettext_lazy("Practices"), PracticePage, condition, dict.fromkeys(names, pattern))
    if isinstance(term, Country):
        condition = Q(country=term)
        yield pages_holding(gettext_lazy("Sections"), SectionPage, condition, {"country": rf"^{term.pk}$"})


def pages_holding(
    kind: str | Promise, model: type[Page], condition: Q, drafted: dict[str, str]
) -> UsesOfKind:
    """The pages of `model` whose row (`condition`) or draft (name in its content -> regular expression) holds something.

    The row of a page that was withdrawn, or never public, says nothing where there is a draft: what is edited and
    published next is the draft.
    """
    public = model._default_manager.filter(condition).filter(Q(live=True) | Q(latest_revision=None))
    drafts = unpublished_revisions(model).alias(
        **{f"held_{name}": KT(f"content__{name}") for name in drafted}
    )
    drafts = drafts.filter(
        reduce(or_, (Q(**{f"held_{name}__regex": pattern}) for name, pattern in drafted.items()))
    )
    in_public = Q(pk__in=public.values("pk"))
    in_draft = Q(pk__in=drafts.values(of_page=Cast("object_id", BigIntegerField())))
    pages = model._default_manager.filter(in_public | in_draft).annotate(
        in_public=ExpressionWrapper(in_public, BooleanField()),
        in_draft=ExpressionWrapper(in_draft, BooleanField()),
    )
    return UsesOfKind(kind, pages.order_by("title", "pk"), linkable_pages, version_of)


def unpublished_revisions(model: type[Page]) -> QuerySet[Revision]:
    """Return the revisions that may become public: latest drafts, those in review, and scheduled ones."""
    latest = model._default_manager.filter(Q(live=False) | Q(has_unpublished_changes=True))
    in_review = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    return Revision.objects.filter(content_type=ContentType.objects.get_for_model(model)).filter(
        Q(pk__in=latest.values("latest_revision"))
        | Q(pk__in=in_review.values("revision"))
        | Q(approved_go_live_at__isnull=False)
    )


def version_of(page: Page) -> str:
    """Return the version of a page that uses the term, as text."""
    if page.in_public and page.in_draft:
        return _("published version and draft") if page.live else _("draft")
    return _("published version") if page.live and page.in_public else _("draft")


def release(term: Term) -> None:
    """Remove an unused term from the rows of unpublished pages whose draft does not use it."""
    unread = PracticePage.objects.filter(live=False).exclude(latest_revision=None)
    for name in FIELDS[type(term)]:
        field = PracticePage._meta.get_field(name)
        if field.many_to_many:
            key = {field.m2m_reverse_field_name(): term, "practicepage__in": unread.values("pk")}
            field.remote_field.through.objects.filter(**key).delete()
        elif field.many_to_one:
            unread.filter(**{name: term}).update(**{name: None})
