"""A term in use stays, whoever deletes it and wherever it is used."""

import io
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.db import IntegrityError, connection, transaction
from django.db.models import ManyToManyField, Model, ProtectedError
from django.test.utils import isolate_apps
from django.utils import timezone
from PIL import Image as Picture
from taggit.models import Tag
from wagtail.images import get_image_model
from wagtail.models import Revision, Workflow, WorkflowTask

from accounts.models import Role, SecretariatReview
from accounts.roles import focal_points_code
from alerts.models import Subscription
from curation.models import CollectionPage
from practices.models import PracticePage, SectionPage
from taxonomy.checks import _unprotected, terms_are_protected
from taxonomy.models import SDG, Beneficiary, Country, PracticeType, Theme
from taxonomy.uses import TermInUse, uses_of
from tests.factories import a_practice, a_translation, a_user, publish
from tests.factories.collections import a_collection

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FIELDS = {
    "countries": Country,
    "adopted_by": Country,
    "themes": Theme,
    "sdgs": SDG,
    "beneficiaries": Beneficiary,
    "practice_type": PracticeType,
    "tags": Tag,
}
QUERIES = {
    "country": Country,
    "theme": Theme,
    "sdg": SDG,
    "beneficiary": Beneficiary,
    "type": PracticeType,
    "tag": Tag,
}


def a_term(model, code="zz", **fields):
    if model is Tag:
        return Tag.objects.create(name=code, slug=code)
    return model.objects.create(code=code, name_en="Word", name_ru="Слово", **fields)


def a_term_for_each(code="zz"):
    return {field: a_term(model, f"{code}-{field.replace('_', '-')}") for field, model in FIELDS.items()}


def given(page, terms):
    for field, term in terms.items():
        if field == "tags":
            page.tags.set([term] if term else [])
        else:
            setattr(page, field, term if field == "practice_type" else [term] if term else [])
    return page


def latest(page):
    return PracticePage.objects.get(pk=page.pk).get_latest_revision_as_object()


def drafted(page, terms, **fields):
    """A draft of `page` that alone holds the terms."""
    draft = given(latest(page), terms)
    for name, value in fields.items():
        setattr(draft, name, value)
    return draft.save_revision()


def published(tree, terms):
    drafted(a_practice(tree.section(), title="Used"), terms).publish()


def only_a_draft(tree, terms):
    drafted(a_practice(tree.section(), live=False, title="Used"), terms)


def draft_of_published(tree, terms):
    drafted(a_practice(tree.section(), title="Used"), terms)


def draft_of_translation(tree, terms):
    original = a_practice(tree.section(), live=False, title="Used")
    drafted(a_translation(original, live=False), terms)


def withdrawn(tree, terms):
    published(tree, terms)
    PracticePage.objects.get(title="Used").unpublish()


def waits_for_its_day(tree, terms):
    page = a_practice(tree.section(), title="Used")
    drafted(page, terms, go_live_at=timezone.now() + timedelta(days=3)).publish()
    drafted(page, dict.fromkeys(terms), go_live_at=None)  # a newer draft, without them


def in_review(tree, terms):
    page = a_practice(tree.section(), live=False, title="Used")
    drafted(page, terms)
    workflow = Workflow.objects.create(name="Review")
    task = SecretariatReview.objects.create(name="Secretariat")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    workflow.start(PracticePage.objects.get(pk=page.pk), a_user())
    drafted(page, dict.fromkeys(terms))


PLACES = [
    published,
    only_a_draft,
    draft_of_published,
    draft_of_translation,
    withdrawn,
    waits_for_its_day,
    in_review,
]


def everything():
    """What people chose, wherever it is kept."""
    fields = [name for name in FIELDS if name != "tags"]
    return [
        *PracticePage.objects.order_by("pk", *fields).values("pk", *fields, "tagged_items__tag"),
        *PracticePage.objects.order_by("latest_revision").values_list("latest_revision__content", flat=True),
        *CollectionPage.objects.values_list("question", flat=True),
        *Subscription.objects.values_list("query", flat=True),
    ]


def assert_stays(term):
    """Every way to delete it is refused, with the list, and changes nothing."""
    before = everything()
    ways = [term.delete, type(term).objects.filter(pk=term.pk).delete]
    ways.append(type(term)._base_manager.filter(pk=term.pk).delete)
    for delete in ways:
        with pytest.raises(ProtectedError), transaction.atomic():
            delete()
    with pytest.raises(TermInUse) as refused, transaction.atomic():
        term.delete()
    assert type(term).objects.filter(pk=term.pk).exists()
    assert everything() == before
    return str(refused.value)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_a_term_that_a_practice_uses_stays(tree, place):
    used, free = a_term_for_each(), a_term_for_each("yy")
    place(tree, used)
    for term in used.values():
        assert uses_of(term).count() == 1, term
        assert "Used" in assert_stays(term)
    for term in free.values():
        assert uses_of(term).count() == 0, term
        term.delete()


def test_a_term_that_a_stored_query_asks_for_stays(tree):
    for facet, model in QUERIES.items():
        code = "школы" if facet == "tag" else "zz"
        term, longer = a_term(model, code), a_term(model, f"{code}-a")
        for is_draft in (False, True):
            collection = a_collection(tree, f"Featured {facet} {is_draft}", [])
            collection.question = f"all=sdg&{urlencode([(facet, code)])}&sort=title"
            revision = collection.save_revision()
            if not is_draft:
                revision.publish()
        assert uses_of(term).count() == 2, facet
        assert uses_of(longer).count() == 0, facet
        assert "Featured" in assert_stays(term)
        longer.delete()


def test_a_subscribers_query_counts_and_names_nobody():
    term = a_term(Theme)
    Subscription.objects.create(query="theme=zz", email="reader@example.com", language="en")
    assert "E-mail alerts: 1" in (said := assert_stays(term))
    assert "reader" not in said


def test_sections_people_groups_files_and_sub_themes_keep_a_term(tree, tmp_path, settings):
    country, theme, tag = a_term(Country, "MN"), a_term(Theme), a_term(Tag)
    SectionPage.objects.filter(pk=tree.section().pk).update(country=country)
    user = a_user(country=country)
    Role.objects.group(focal_points_code(country.code), "A name of its own")
    assert uses_of(country).count() == 3
    assert user.username in assert_stays(country)
    a_term(Theme, "below", parent=theme)
    assert "Sub-themes: 1" in assert_stays(theme)
    settings.MEDIA_ROOT = tmp_path
    Picture.new("RGB", (4, 4)).save(data := io.BytesIO(), "PNG")
    image = get_image_model().objects.create(
        title="A mast", file=ImageFile(data, "mast.png"), width=4, height=4
    )
    image.tags.add(tag)
    assert "A mast" in assert_stays(tag)
    assert list(image.tags.all()) == [tag]


def test_deleting_several_deletes_all_or_none(tree):
    used, free = a_term(Beneficiary), a_term(Beneficiary, "yy")
    published(tree, {"beneficiaries": used})
    with pytest.raises(TermInUse), transaction.atomic():
        Beneficiary.objects.in_order().filter(code__in=["yy", "zz"]).delete()
    assert Beneficiary.objects.filter(pk=free.pk).exists()


def test_what_only_an_unread_row_holds_is_let_go(tree):
    """The first row of a page that was never public keeps what its draft has long dropped."""
    terms = a_term_for_each()
    del terms["tags"]
    page = a_practice(tree.section(), live=False)
    given(PracticePage.objects.get(pk=page.pk), terms).save()
    assert PracticePage.objects.filter(beneficiaries=terms["beneficiaries"]).exists()
    for term in terms.values():
        assert uses_of(term).count() == 0
        term.delete()
    publish(page)


def test_an_old_version_opens_after_its_terms_have_gone(tree):
    page, terms = a_practice(tree.section()), a_term_for_each()
    old = drafted(page, terms)
    old.publish()
    drafted(page, dict.fromkeys(terms)).publish()
    for term in terms.values():
        term.delete()
    assert Revision.objects.get(pk=old.pk).as_object().practice_type is None


def test_the_database_refuses_what_passes_by_the_models(tree):
    terms = a_term_for_each()
    published(tree, terms)
    for term in terms.values():
        with pytest.raises(IntegrityError), transaction.atomic():
            type(term)._base_manager.filter(pk=term.pk)._raw_delete(connection.alias)
            connection.check_constraints()
        assert type(term).objects.filter(pk=term.pk).exists()


def test_a_code_in_use_stays_while_names_may_change(tree):
    used, free = a_term_for_each(), a_term_for_each("yy")
    only_a_draft(tree, used)
    for field in FIELDS:
        code, name = ("slug", "name") if field == "tags" else ("code", "name_en")
        for one in (used[field], free[field]):
            setattr(one, name, f"Another name {getattr(one, code)}")
            one.save()
            setattr(one, code, f"{getattr(one, code)}z")
        with pytest.raises(ValidationError), transaction.atomic():
            used[field].save()
        free[field].save()
        used[field].refresh_from_db()
        assert getattr(used[field], name).startswith("Another")
        assert getattr(used[field], code).startswith("zz")


def test_every_field_that_holds_terms_protects_them():
    assert terms_are_protected() == []


def test_a_field_that_lets_go_is_told_at_start():
    """The old tables of Django's own making."""
    field = ManyToManyField(Theme)
    with isolate_apps("tests"):
        model = type(
            "Careless",
            (Model,),
            {"__module__": __name__, "themes": field, "Meta": type("Meta", (), {"app_label": "tests"})},
        )
        assert [found.name for found in _unprotected(model)] == ["themes"]
