"""The question before a move says what becomes of a restriction that comes from the section."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import PageViewRestriction

from tests.factories import a_practice, a_translation

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ENDS = "is restricted because of “{}”. The restriction ends with the move"
BEGINS = "becomes restricted, because “{}” is"


def text(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").find("main").get_text(" ").split())


def restrict(page):
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def query(client, page, target):
    return text(client.get(reverse("wagtailadmin_pages:move_confirm", args=(page.pk, target.pk))))


@pytest.mark.parametrize("live", [True, False])
def test_a_restriction_of_the_section_ends(admin_client, tree, live):
    page = a_practice(tree.section(), title="Schools online", live=live)
    if live:
        a_translation(page, title="Школы онлайн")
    restrict(tree.section())
    asked = query(admin_client, page, tree.section("tajikistan"))
    assert f"“Schools online” {ENDS.format('Kazakhstan')}" in asked
    assert "becomes restricted" not in asked
    readers = "everybody will be able to read it" + ("." if live else " once it is published.")
    assert f"{ENDS.format('Kazakhstan')}: {readers}" in asked
    assert (f"“Школы онлайн” {ENDS.format('Казахстан')}" in asked) == live


def test_a_restriction_of_the_other_section_begins(admin_client, tree):
    page = a_practice(tree.section(), title="Schools online")
    restrict(tree.section("tajikistan"))
    asked = query(admin_client, page, tree.section("tajikistan"))
    assert f"“Schools online” {BEGINS.format('Tajikistan')}" in asked
    assert "ends" not in asked


@pytest.mark.parametrize("by", ["the page", "the other section"])
def test_what_stays_restricted_is_not_said_to_become_public(admin_client, tree, by):
    page = a_practice(tree.section(), title="Schools online")
    restrict(tree.section())
    restrict(page if by == "the page" else tree.section("tajikistan"))
    asked = query(admin_client, page, tree.section("tajikistan"))
    assert ENDS.format("Kazakhstan") in asked
    assert "everybody" not in asked
    if by == "the page":
        assert "It stays restricted by its own setting." in asked


@pytest.mark.parametrize("where", ["nowhere", "above both", "the page"])
def test_nothing_is_said_where_nothing_changes(admin_client, tree, where):
    page = a_practice(tree.section(), title="Schools online")
    if where != "nowhere":
        restrict(tree.indexes["en"] if where == "above both" else page)
    assert "restricted" not in query(admin_client, page, tree.section("tajikistan"))


def test_a_bulk_move_says_it_before_the_place_is_chosen(admin_client, tree):
    inside = a_practice(tree.section(), title="Schools online")
    outside = a_practice(tree.section("international"), title="Clinics")
    url = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "move"))
    url += f"?next=/admin/&id={inside.pk}&id={outside.pk}"
    assert "restricted" not in text(admin_client.get(url))
    restrict(tree.section())
    asked = text(admin_client.get(url))
    assert f"“Schools online” {ENDS.format('Kazakhstan')}" in asked
    assert "“Clinics” is restricted" not in asked
    assert "Pages that are moved into these become restricted: “Kazakhstan”" in asked
