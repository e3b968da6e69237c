"""A page that moved or went may come back: no browser keeps what it was told meanwhile."""

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from indexing.models import Withdrawal
from practices.models import PracticePage
from tests.factories import a_practice, a_translation, publish

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OLD, OLD_RU = "/en/practices/kazakhstan/schools-online/", "/ru/practices/kazakhstan/schools-online/"


@pytest.fixture
def practice(tree):
    return a_practice(tree.section("kazakhstan"), title="Schools online")


class Browser:
    """A reader's browser: what may be kept without asking (RFC 9111, 4.2.2), Chromium keeps for ever if it is of FOR_EVER."""

    FOR_EVER = (300, 301, 308, 410)

    def __init__(self, client):
        self.client, self.kept = client, {}

    def get(self, path):
        """The path at which the reader ends, and the status there."""
        for _ in range(10):
            answer = self.kept.get(path) or self.client.get(path)
            if answer.status_code in self.FOR_EVER and "Cache-Control" not in answer.headers:
                self.kept[path] = answer
            if answer.status_code not in (301, 302):
                return path, answer.status_code
            path = answer["Location"].removeprefix("http://127.0.0.1:8000")
        return path, "too many redirects"


def renamed(slug):
    return lambda tree, page: publish(page, slug=slug)


def moved_to(country):
    return lambda tree, page: page.move(Page.objects.get(pk=tree.section(country).pk), pos="last-child")


def in_section_named(slug):
    return lambda tree, page: publish(page.get_parent().specific, slug=slug)


def withdrawn(tree, page):
    for each in page.get_translations(inclusive=True):
        each.unpublish()


def merged(tree, page):
    successor = a_practice(tree.section("tajikistan"), title="All schools online")
    Withdrawal.objects.create(page=page, replaced_by=successor, merged=True)
    withdrawn(tree, page)


def public_again(tree, page):
    for each in page.get_translations(inclusive=True):
        publish(each)


def without_wagtails_redirects(tree, page):
    Redirect.objects.all().delete()


THERE_AND_BACK = {
    "another slug": [renamed("other"), renamed("schools-online")],
    "another slug, by the table of former paths": [
        renamed("other"), without_wagtails_redirects, renamed("schools-online"), without_wagtails_redirects
    ],
    "another section": [moved_to("tajikistan"), moved_to("kazakhstan")],
    "another name of the section": [in_section_named("qazaqstan"), in_section_named("kazakhstan")],
    "withdrawn": [withdrawn, public_again],
    "merged": [merged, public_again],
}  # fmt: skip


@pytest.mark.parametrize("steps", THERE_AND_BACK.values(), ids=list(THERE_AND_BACK))
def test_who_came_while_it_was_away_finds_it_back(client, tree, practice, steps):
    a_translation(practice, title="Школы в сети")
    key = practice.translation_key
    files = [f"/en/practice/{key}/brief.pdf", f"/en/record/{key}/brief.pdf", f"{OLD}brief.pdf"]
    browser, visited = Browser(client), [OLD, OLD_RU, f"/p/{key}", *files]
    at_first = {path: browser.get(path) for path in visited}
    assert {status for _, status in at_first.values()} == {200}
    for step in steps:
        step(tree, PracticePage.objects.get(pk=practice.pk))
        current = PracticePage.objects.get(pk=practice.pk).get_url()
        visited += [current, f"{current}brief.pdf"]
        for path in visited:
            browser.get(path)
    assert {path: browser.get(path) for path in at_first} == at_first
    assert {path for path in visited if browser.get(path)[1] != 200} == set()
