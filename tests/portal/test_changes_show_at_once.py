"""No change of any kind leaves an old page in memory."""

import pytest
from wagtail.models import PageViewRestriction
from wagtail_factories import ImageFactory

from taxonomy.models import Country
from tests.factories import a_translation, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_kept"), pytest.mark.slow]


def unpublished(practice, collection):
    practice.unpublish()


def deleted(practice, collection):
    practice.delete()


def restricted(practice, collection):
    PageViewRestriction.objects.create(page=practice, restriction_type=PageViewRestriction.LOGIN)


def section_restricted(practice, collection):
    PageViewRestriction.objects.create(page=practice.get_parent(), restriction_type=PageViewRestriction.LOGIN)


@pytest.mark.parametrize("withdraw", [unpublished, deleted, restricted, section_restricted])
def test_a_withdrawn_practice_is_gone_at_once(client, practice, collection, withdraw):
    shown = ["/en/", "/en/search/", "/en/practices/kazakhstan/", collection.get_url(), practice.get_url()]
    for address in shown:
        assert "Schools online" in client.get(address).content.decode(), address

    withdraw(practice, collection)
    *listing, own = shown
    for address in listing:
        assert "Schools online" not in client.get(address).content.decode(), address
    # What is withdrawn is named at its own URL.
    assert client.get(own).status_code in (302, 410)


def republished(practice, collection):
    publish(practice, title="Schools with a line")


def opened_again(practice, collection):
    restriction = PageViewRestriction.objects.create(
        page=practice, restriction_type=PageViewRestriction.LOGIN
    )
    restriction.delete()


def readdressed(practice, collection):
    publish(practice, slug="schools-with-a-line")


def moved(practice, collection):
    practice.move(practice.get_parent().get_siblings(inclusive=False).first(), pos="last-child")


def country_renamed(practice, collection):
    country = Country.objects.get(code="KZ")
    country.name_en = "Kazakhstan, renamed"
    country.save()


def theme_renamed(practice, collection):
    theme = practice.themes.get()
    theme.name_en = "Skills, renamed"
    theme.save()


def translated(practice, collection):
    a_translation(practice, title="Школы онлайн")


@pytest.mark.parametrize(
    ("change", "addresses"),
    [
        (republished, ["front", "search", "section", "practice", "collection"]),
        (opened_again, []),
        (readdressed, ["front", "search", "section", "collection"]),
        (moved, ["search", "section"]),
        (country_renamed, ["front", "search", "practice"]),
        (theme_renamed, ["front", "search", "practice"]),
        (translated, ["practice"]),
    ],
)
def test_a_change_shows_at_once(client, practice, collection, change, addresses):
    """And even where a page comes out the same, it was made anew: its entity tag is another."""
    known = {
        "front": "/en/",
        "search": "/en/search/",
        "section": "/en/practices/kazakhstan/",
        "practice": practice.get_url(),
        "collection": collection.get_url(),
    }
    before = {name: client.get(address) for name, address in known.items()}
    change(practice, collection)
    after = {name: client.get(address) for name, address in known.items()}
    for name in addresses:
        assert after[name].content != before[name].content, name
    for name, answer in after.items():
        assert answer.headers.get("ETag") != before[name].headers["ETag"], name


def picked_no_more(collection):
    draft = collection.get_latest_revision_as_object()
    draft.items = []
    draft.save_revision().publish()


def not_featured(collection):
    publish(collection, featured=False)


@pytest.mark.parametrize("change", [picked_no_more, not_featured])
def test_a_changed_collection_shows_at_once(client, collection, change):
    before = client.get("/en/").content
    assert b"Last mile" in before
    change(collection)
    assert client.get("/en/").content != before


def test_a_draft_changes_nothing(client, practice, collection):
    before = client.get(practice.get_url())
    practice.title = "Not yet"
    practice.save_revision()
    assert client.get(practice.get_url(), HTTP_IF_NONE_MATCH=before.headers["ETag"]).status_code == 304


def test_a_page_with_a_picture_follows_the_picture(client, practice):
    before = client.get("/en/").headers["ETag"]
    image = ImageFactory(title="Mast")
    replaced = client.get("/en/").headers["ETag"]
    image.delete()
    assert len({before, replaced, client.get("/en/").headers["ETag"]}) == 3
