"""Two pages of one section with the same title or slug: the other one is named, with a link, and a free slug proposed."""

import html

import pytest
from django.urls import reverse

from core.slugs import slug_taken_message
from home.models import PlainPage
from practices.models import PracticePage
from tests.factories import a_practice
from tests.factories.editing import add_url, edit_url, loaded_from, posted, snapshot_data

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
JSON = {"headers": {"accept": "application/json"}}


def link_to(page) -> str:
    return f'<a href="{edit_url(page)}" target="_blank" rel="noopener">{html.escape(page.title)}</a>'


def said(answer) -> str:
    """What stands in the notice below the title."""
    content = (
        answer.json()["html"] if answer["content-type"] == "application/json" else answer.content.decode()
    )
    _before, _start, notice = content.partition('<div class="same-title"')
    return notice.partition("</div>\n</div>")[0].partition("</template>")[0][:2000]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Schools online", "Schools online", True),
        ("Schools online", "SCHOOLS online ", True),
        ("Школы в сети", "ШКОЛЫ В СЕТИ", True),
        ("Schools: online!", "Schools online", False),  # the same slug all the same
        ("x" * 60 + " one", "x" * 60 + " two", False),
    ],
)
def test_the_other_page_is_named_while_one_types(admin_client, tree, first, second, same):
    """After an autosave and when the editor opens again; what was typed is saved, under the free slug."""
    other = a_practice(tree.section(), title=first, slug="")
    form = posted(**snapshot_data() | {"title": second, "slug": ""})
    created = admin_client.post(add_url(tree.section()), form, **JSON).json()
    assert created["success"]
    page = PracticePage.objects.exclude(pk=other.pk).get()
    assert page.slug != other.slug
    assert page.slug.endswith("-2")
    hydrated = admin_client.get(created["hydrate_url"])
    autosaved = admin_client.post(edit_url(page), form | loaded_from(page), **JSON)
    for answer in (hydrated, autosaved, admin_client.get(edit_url(page))):
        notice = said(answer)
        assert link_to(other) in notice
        assert f"free slug “{page.slug}”" in notice
        assert ("the same title" in notice) is same
    assert (link_to(page) in said(admin_client.get(edit_url(other)))) is same


def test_titles_that_differ_and_other_sections_are_not_named(admin_client, tree):
    a_practice(tree.section("kazakhstan"), title="Schools online")
    for section, title in (("kazakhstan", "Schools on line"), ("tajikistan", "Schools online")):
        page = a_practice(tree.section(section), title=title)
        assert "help-block" not in said(admin_client.get(edit_url(page)))


def test_a_form_that_comes_back_names_it_too(admin_client, tree):
    """Here of a page that has not been saved once."""
    other = a_practice(tree.section(), title="Schools online")
    form = posted(title="Schools online", latitude="91") | {"action-submit": "1"}
    notice = said(admin_client.post(add_url(tree.section()), form))
    assert link_to(other) in notice
    assert "free slug “schools-online-2”" in notice


def test_a_slug_that_is_taken_names_the_page_that_has_it(admin_client, tree):
    """On every kind of page, and in the form that copies one, which proposes a free slug in the first place."""
    practice = a_practice(tree.section(), title="Schools online")
    home = tree.homes["en"]
    about = home.add_child(instance=PlainPage(title="About", slug="about", locale=home.locale))
    for page in (practice, about):
        copy = reverse("wagtailadmin_pages:copy", args=(page.pk,))
        offered = admin_client.get(copy).context["form"]["new_slug"].value()
        assert offered == f"{page.slug}-2"
        data = {"new_title": page.title, "new_parent_page": page.get_parent().pk}
        refused = admin_client.post(copy, data | {"new_slug": page.slug}).content.decode()
        assert f"is taken by another page of this section: {link_to(page)}. “{offered}” is free." in refused
        assert admin_client.post(copy, data | {"new_slug": offered}).status_code == 302
        copied = page.get_siblings(inclusive=False).get(slug=offered)
        form = posted(title=page.title) | {"slug": page.slug, "body-count": "0"}
        answer = admin_client.post(edit_url(copied), form)
        assert link_to(page) in str(answer.context["form"].errors["slug"])


def test_a_draft_that_one_may_not_see_is_not_named(tree):
    """Its slug is taken all the same; so is said, and no more."""
    a_practice(tree.section(), title="Not yet", live=False)
    told = slug_taken_message("not-yet", tree.section(), None)
    assert "Not yet" not in told
    assert "“not-yet-2” is free" in told


def test_of_a_page_that_was_public_the_slug_is_not_remarked_on(admin_client, tree):
    """It is a public URL, not a proposal."""
    other = a_practice(tree.section(), title="Schools: online!", slug="schools-online")
    page = a_practice(tree.section(), title="Schools online", slug="schools-2")
    for live in (True, False):
        PracticePage.objects.filter(pk=page.pk).update(live=live)
        notice = said(admin_client.get(edit_url(page)))
        assert link_to(other) in notice, live
        assert "free slug" not in notice, live
