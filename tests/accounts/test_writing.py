"""What those who write can do by the editor's form, and what they can't, whatever they send."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text, streamfield

from practices.models import PracticePage
from tests.accounts.requesting import EDIT, PRACTICE, form_of, latest

pytestmark = pytest.mark.sqlite_suffices

ADD = "wagtailadmin_pages:add"


def add_to(section):
    return reverse(ADD, args=[*PRACTICE, section.pk])


@pytest.mark.parametrize("tree", ["section", "translated_section"])
def test_a_draft_is_written_in_ones_own_section_in_both_trees(scenario, signed_in, tree):
    section = getattr(scenario.places["kazakhstan"], tree)
    signed_in("focal point").post(add_to(section), form_of())
    draft = PracticePage.objects.child_of(section).get(slug="a-new-practice")
    assert not draft.live


def test_who_writes_cannot_publish(scenario, signed_in):
    own = scenario.places["kazakhstan"]
    client = signed_in("focal point")
    client.post(add_to(own.section), form_of(**{"action-publish": "1"}))
    client.post(reverse(EDIT, args=[own.draft.pk]), form_of(own.draft, **{"action-publish": "1"}))
    client.post(reverse("wagtailadmin_api:pages:action", args=[own.draft.pk, "publish"]))
    drafts = PracticePage.objects.child_of(own.section).filter(slug__in=["a-new-practice", own.draft.slug])
    assert drafts.count() == 2
    assert not drafts.live().exists()


def test_nothing_is_written_in_anothers_section(scenario, signed_in):
    client = signed_in("focal point")
    before = Page.objects.count()
    for place in ("tajikistan", "international"):
        for section in (scenario.places[place].section, scenario.places[place].translated_section):
            client.post(add_to(section), form_of())
    assert Page.objects.count() == before


def test_in_review_a_practice_is_not_the_authors_to_change(scenario, signed_in):
    own = scenario.places["kazakhstan"]
    page = own.in_review
    changed = form_of(page, title="Changed behind the back")
    signed_in("focal point").post(reverse(EDIT, args=[page.pk]), changed)
    assert latest(page).title == page.title


@pytest.mark.parametrize("field", ["image", "adopted_from", "link", "figure"])
@pytest.mark.parametrize("way", ["save", "preview"])
def test_nothing_of_another_section_is_smuggled_in(scenario, signed_in, field, way):
    """Choosers don't offer them; the form would show their titles and pictures to whoever sends their numbers."""
    own, other = scenario.places["kazakhstan"], scenario.places["tajikistan"]
    link = f'<p><a linktype="page" id="{other.draft.pk}">there</a></p>'
    figure = {"image": other.image.pk, "alt": "a", "caption": "", "credit": ""}
    smuggled = {
        "image": {"image": other.image.pk},
        "adopted_from": {"adopted_from": other.draft.pk},
        "link": {"challenge": rich_text(link, features=["link"])},
        "figure": {"approach": streamfield([("picture", figure)])},
    }[field]
    address = reverse("wagtailadmin_pages:preview_on_edit" if way == "preview" else EDIT, args=[own.draft.pk])
    client = signed_in("focal point")
    try:
        response = client.post(address, form_of(own.draft, **smuggled))
    except PermissionDenied:
        pass
    else:
        assert response.status_code == 302
        assert response.url == reverse("wagtailadmin_home")
    assert latest(own.draft).latest_revision_id == own.draft.latest_revision_id


def test_ones_own_picture_and_a_public_practice_can_be_used(scenario, signed_in):
    own, other = scenario.places["kazakhstan"], scenario.places["tajikistan"]
    sent = form_of(own.draft, image=own.image.pk, adopted_from=other.live.pk)
    signed_in("focal point").post(reverse(EDIT, args=[own.draft.pk]), sent)
    saved = latest(own.draft)
    assert (saved.image_id, saved.adopted_from_id) == (own.image.pk, other.live.pk)


def test_a_translator_changes_a_practice_but_takes_none_away(scenario, signed_in):
    page = scenario.places["kazakhstan"].draft
    client = signed_in("translator")
    client.post(reverse(EDIT, args=[page.pk]), form_of(page, title="Better words"))
    assert latest(page).title == "Better words"
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    target = scenario.places["tajikistan"].section
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, target.pk]))
    delete_many = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client.post(f"{delete_many}?next=/admin/&id={page.pk}")
    assert Page.objects.get(pk=page.pk).get_parent().pk == scenario.places["kazakhstan"].section.pk
