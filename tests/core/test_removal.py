"""What is deleted or unpublished is what the question names: every page, in every language that is chosen."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page

from tests.factories import a_focal_point, a_practice, a_translation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BOTH_ACTIONS = pytest.mark.parametrize("action", ["delete", "unpublish"])
TITLES = {
    "both": "Schools online",
    "english": "Only in English",
    "draft": "English draft",
    "russian": "Только русская",
}


@pytest.fixture
def pages(tree):
    """A section in both languages: of its practices one is in both, the others are in one language only."""
    both = a_practice(tree.section(), title=TITLES["both"])
    return {
        "section": tree.section(),
        "section-ru": tree.section("kazakhstan", "ru"),
        "both": both,
        "both-ru": a_translation(both, title="Школы онлайн"),
        "english": a_practice(tree.section(), title=TITLES["english"]),
        "draft": a_practice(tree.section(), title=TITLES["draft"], live=False),
        "russian": a_practice(tree.section("kazakhstan", "ru"), title=TITLES["russian"]),
    }


IN_ENGLISH, IN_RUSSIAN = {"section", "both", "english", "draft"}, {"section-ru", "both-ru", "russian"}


def address(page, action):
    return reverse(f"wagtailadmin_pages:{action}", args=(page.pk,))


def html(response):
    return BeautifulSoup(response.content, "html.parser")


def text(found):
    return re.sub(r"\s+", " ", found.get_text(" "))


def gone(pages):
    """The names of those that readers do not see, of those that they saw and of drafts that are deleted."""
    live = dict(Page.objects.values_list("pk", "live"))
    return {name for name, page in pages.items() if page.pk not in live or (page.live and not live[page.pk])}


@pytest.mark.parametrize("asked_of", ["section", "section-ru"])
@BOTH_ACTIONS
def test_the_question_names_and_counts_every_page_in_every_language(admin_client, pages, action, asked_of):
    query = html(admin_client.get(address(pages[asked_of], action)))
    shown = text(query.find("main"))
    reached = [page for page in pages.values() if action == "delete" or page.live]
    for page in reached:
        assert f"“{page.title}”" in shown
    assert ("“English draft”" in shown) == (action == "delete")
    for language, name in (("English", "english"), ("Russian", "russian")):
        assert f"“{TITLES[name]}” (public, only in {language})" in shown
    assert "“Schools online” (public)" in shown
    own = len(reached) - 3 if asked_of == "section" else 3
    if action == "delete":
        choices = {radio["value"]: text(radio.parent) for radio in query.select("[name=languages]")}
        assert f"{len(reached)} pages" in choices["all"]
        assert f"{own} pages" in choices["one"]
    else:
        box = text(query.find("input", attrs={"name": "include_descendants"}).parent)
        assert "English: 2" in box
        assert "Russian: 2" in box


@pytest.mark.parametrize(
    ("asked_of", "choice", "expected"),
    [
        ("section", "all", IN_ENGLISH | IN_RUSSIAN),
        ("section-ru", "all", IN_ENGLISH | IN_RUSSIAN),
        ("section", "one", IN_ENGLISH),
        ("section-ru", "one", IN_RUSSIAN),
    ],
)
@BOTH_ACTIONS
def test_what_goes_is_what_was_named_and_is_counted_afterwards(
    admin_client, pages, action, asked_of, choice, expected
):
    data = {"languages": choice, "include_descendants": "on"}
    answer = admin_client.post(address(pages[asked_of], action), data, follow=True)
    expected = {name for name in expected if action == "delete" or pages[name].live}
    assert gone(pages) == expected
    done = "deleted" if action == "delete" else "unpublished"
    assert f"{len(expected)} pages were {done} in all." in text(html(answer))


@pytest.mark.parametrize("asked_of", ["section", "section-ru"])
def test_pages_below_stay_public_where_they_were_not_ticked(admin_client, pages, asked_of):
    admin_client.post(address(pages[asked_of], "unpublish"), {"languages": "all"})
    assert gone(pages) == {"section", "section-ru"}


def test_pages_below_a_section_that_is_no_longer_public_are_asked_about_too(admin_client, pages):
    admin_client.post(address(pages["section-ru"], "unpublish"), {"languages": "one"})
    admin_client.post(address(pages["both"], "unpublish"), {"languages": "one"})
    admin_client.post(address(pages["english"], "unpublish"))
    shown = text(html(admin_client.get(address(pages["section"], "unpublish"))))
    assert "Russian: 2" in shown
    assert f"“{TITLES['russian']}”" in shown
    admin_client.post(
        address(pages["section"], "unpublish"), {"languages": "all", "include_descendants": "on"}
    )
    assert not Page.objects.filter(pk__in=[page.pk for page in pages.values()], live=True).exists()


def test_a_wrong_name_of_the_site_deletes_nothing_in_any_language(admin_client, tree, pages, settings):
    settings.WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 7  # all languages together
    query = html(admin_client.get(address(pages["section-ru"], "delete")))
    assert query.find("input", attrs={"name": "confirm_site_name"})
    admin_client.post(
        address(pages["section-ru"], "delete"), {"languages": "all", "confirm_site_name": "not this"}
    )
    assert gone(pages) == set()


@BOTH_ACTIONS
def test_bulk_actions_name_the_pages_below(admin_client, tree, pages, action):
    pages["section-ru"].delete()
    url = reverse("wagtail_bulk_action", args=("wagtailcore", "page", action))
    url += f"?next=/admin/&id={pages['section'].pk}"
    shown = text(html(admin_client.get(url)))
    for name in ("both", "english"):
        assert f"“{TITLES[name]}” (public, only in English)" in shown
    assert ("“English draft”" in shown) == (action == "delete")


def test_a_long_list_is_folded_and_a_short_one_is_not(admin_client, tree, pages):
    address_of_question = address(pages["section"], "delete")
    assert not html(admin_client.get(address_of_question)).select("main details ul")
    for number in range(9):
        a_practice(tree.section(), title=f"One of many, {number}")
    english, *others = html(admin_client.get(address_of_question)).select(".languages-choice > ul > li")
    assert text(english.details.summary).strip() == "Show 12 pages"
    assert "“One of many, 8”" in text(english.details)
    assert not english.details.has_attr("open")
    assert not any(other.find("details") for other in others)


def test_what_else_a_move_does_stands_before_its_button(admin_client, tree, pages):
    pages["both"].get_workflow().start(pages["both"], None)
    target = tree.section("tajikistan").pk
    question = html(
        admin_client.get(reverse("wagtailadmin_pages:move_confirm", args=(pages["both"].pk, target)))
    )
    shown = str(question.find("main"))
    button = shown.index('type="submit"')
    for told in ("review of this is not decided", "“Школы онлайн” into"):
        assert 0 < shown.index(told) < button
    assert question.select_one(f"main a[href$='/{tree.section().pk}/']"), "and a way back"


def test_who_may_not_delete_the_other_section_reads_what_goes_of_their_own(client, tree, pages):
    user = a_focal_point(tree.section(), permissions=("add", "change", "publish", "bulk_delete"))
    client.force_login(user, backend="accounts.backends.PortalBackend")
    shown = text(html(client.get(address(pages["draft"], "delete"))))
    assert "Are you sure you want to delete this page?" in shown
    assert "in all" not in shown
