"""A copy is a practice of its own: what attests the text it was copied from does not come along; a translation keeps it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import Locale, Page

from home.models import PlainPage
from practices.field_layout import ATTESTATION_FIELDS, SHARED, TAB_OF
from practices.fingerprints import passages
from practices.models import PracticePage
from tests.factories import a_country, a_focal_point, a_practice, publish
from tests.factories.editing import edit_url

pytestmark = pytest.mark.django_db
ATTESTED = {
    "evidence_level": "3",
    "transfer_rating": 4,
    "adopted_by": ["TJ"],
    "last_verified": date(2026, 2, 3),
    "reviewed_by": "SPECA secretariat",
}


@pytest.fixture
def practice(tree):
    return a_practice(
        tree.section(), title="Schools online", start_year=2020, scope="national", tags=["fibre"], **ATTESTED
    )


def said(page, name):
    value = getattr(page, name)
    if hasattr(value, "all"):
        return sorted(str(term) for term in value.all())
    return passages(page, name) if hasattr(value, "stream_block") else value


def copied(client, page, **fields):
    data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": page.get_parent().pk} | fields
    return client.post(reverse("wagtailadmin_pages:copy", args=(page.pk,)), data)


@pytest.mark.parametrize("way", ["admin", "code", "section"])
def test_what_attests_a_text_stays_with_it(admin_client, tree, practice, way):
    publish(practice, title="Schools online again")  # a history of several versions
    if way == "admin":
        assert copied(admin_client, practice, publish_copies="on").status_code == 302
        copy = PracticePage.objects.get(slug="copy")
        assert copy.live
    elif way == "code":
        copy = practice.copy(update_attrs={"slug": "copy"})
    else:
        section = tree.section().copy(recursive=True, update_attrs={"slug": "copied"})
        copy = PracticePage.objects.child_of(section).get()
    versions = [
        PracticePage.objects.get(pk=copy.pk),
        *(version.as_object() for version in copy.revisions.all()),
    ]
    assert len(versions) > 3
    assert {*ATTESTED, "contacts"} == set(ATTESTATION_FIELDS)
    for version in versions:
        for name in ATTESTATION_FIELDS:
            assert not said(version, name), name
        for name in set(TAB_OF) - {*ATTESTATION_FIELDS, "title", "slug"}:
            assert said(version, name) == said(practice, name), name
    assert said(practice, "reviewed_by") == "SPECA secretariat"


@pytest.mark.parametrize("live", [True, False])
def test_a_translation_keeps_the_facts_and_the_contacts(tree, live):
    practice = a_practice(tree.section(), live=live, **ATTESTED)
    copy = practice.copy_for_translation(Locale.objects.get(language_code="ru"))
    for name in {*SHARED, "contacts"} - {"slug"}:
        assert said(copy, name) == said(practice, name), name
    again = practice.copy(update_attrs={"slug": "copy"})
    assert not again.reviewed_by


def pages(tree, practice):
    return {
        "practice": practice,
        "section": tree.section(),
        "index": tree.indexes["en"],
        "home": tree.homes["en"],
    }


@pytest.mark.parametrize("kind", ["practice", "section", "index", "home"])
def test_no_alias_where_search_would_not_know_the_page(admin_client, tree, practice, kind):
    page = pages(tree, practice)[kind]
    form = reverse("wagtailadmin_pages:copy", args=(page.pk,))
    assert 'name="alias"' not in admin_client.get(form).content.decode()
    before = Page.objects.count()
    response = copied(admin_client, page, alias="on")
    assert response.status_code == 200
    assert "search would not know" in response.content.decode()
    convert = reverse("wagtail_localize:convert_to_alias", args=(page.pk,))
    assert admin_client.post(convert).status_code == 302
    assert "localize-convert-to-alias" not in admin_client.get(edit_url(page)).content.decode()
    with pytest.raises(PermissionDenied):
        page.create_alias(update_slug="alias")
    assert (Page.objects.count(), Page.objects.filter(alias_of__isnull=False).count()) == (before, 0)


@pytest.mark.parametrize("rights", [("change",), ("change", "add")])
def test_who_may_not_copy_is_told_why_and_whom_to_ask(client, tree, practice, rights):
    """A translator changes every page; whoever adds pages in one section adds none in another."""
    user = a_focal_point(tree.homes["en"], permissions=("change",))
    if "add" in rights:
        user.groups.add(*a_focal_point(tree.section("tajikistan")).groups.all())
    client.force_login(user, backend="accounts.backends.PortalBackend")
    response = copied(client, practice)
    if "add" in rights:
        (told,) = response.context["form"].errors["new_parent_page"]
        assert "You may not add pages below “Kazakhstan”. Choose a page" in told
    else:
        response = client.get(response.url)
        (told,) = [str(message) for message in response.context["messages"]]
        assert "but not add any" in told
        assert "secretariat" in told
    assert not PracticePage.objects.filter(slug="copy").exists()


def test_other_pages_may_have_aliases(admin_client, tree):
    page = tree.homes["en"].add_child(
        instance=PlainPage(title="About", slug="about", locale=tree.homes["en"].locale)
    )
    assert copied(admin_client, page, alias="on").status_code == 302
    assert PlainPage.objects.get(slug="copy").alias_of.pk == page.pk


def test_trees_are_not_filled_with_aliases(admin_client):
    locale = Locale.objects.get(language_code="en")
    html = admin_client.get(reverse("wagtaillocales:edit", args=(locale.pk,))).content.decode()
    assert "sync_from" not in html


def test_countries_of_the_section_come_along(tree, practice):
    publish(practice, countries=["KZ", a_country("UZ")])
    copy = PracticePage.objects.get(pk=practice.copy(update_attrs={"slug": "copy"}).pk)
    assert {term.code for term in copy.countries.all()} == {"KZ", "UZ"}
