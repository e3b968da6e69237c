"""What readers see of collections."""

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from tests.factories import a_practice, a_translation, publish

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def titles(items):
    return [item.title for item in items]


def shown(client, page, query=""):
    response = client.get(page.url + query)
    assert response.status_code == 200
    return response


def featured(language="en"):
    with override(language):
        context = Context()
        Template("{% load curation_tags %}{% featured_collections as found %}").render(context)
        return context["found"]


def test_picks_come_in_the_curators_order_with_their_notes(client, tree, a_collection):
    schools = a_practice(tree.section(), title="Schools online")
    mesh = a_practice(tree.section("tajikistan"), title="A mesh in the mountains")
    page = a_collection(picked=[(schools, "The cheapest per pupil."), (mesh, "")])
    response = shown(client, page)
    assert [(pick.title, pick.note) for pick in response.context["picks"]] == [
        ("Schools online", "The cheapest per pupil."),
        ("A mesh in the mountains", ""),
    ]
    assert "The cheapest per pupil." in response.content.decode()


def test_what_is_no_longer_public_drops_out_and_comes_back(client, tree, a_collection):
    schools, mesh, labs = (a_practice(tree.section(), title=title) for title in ("Schools", "Mesh", "Labs"))
    page = a_collection(picked=[(schools, ""), (mesh, ""), (labs, "")], question="country=KZ")
    schools.unpublish()
    PageViewRestriction.objects.create(page=mesh, restriction_type="login")
    response = shown(client, page)
    assert titles(response.context["picks"]) == ["Labs"]
    assert response.context["found"] == []
    assert "Mesh" not in response.content.decode()
    publish(schools)
    assert titles(shown(client, page).context["picks"]) == ["Schools", "Labs"]


def test_a_stored_question_stays_live_beside_the_picks(client, tree, a_collection):
    schools, _ = (a_practice(tree.section(), title=title) for title in ("Schools", "Mesh"))
    page = a_collection(picked=[(schools, "Best.")], question="country=KZ&sort=title")
    assert titles(shown(client, page).context["found"]) == ["Mesh"]
    a_practice(tree.section(), title="Labs")
    a_practice(tree.section("tajikistan"), title="Elsewhere")
    response = shown(client, page)
    assert titles(response.context["picks"]) == ["Schools"]
    assert titles(response.context["found"]) == ["Labs", "Mesh"]


def test_the_answer_is_paged_and_no_page_number_breaks_it(client, tree, a_collection, monkeypatch):
    monkeypatch.setattr("curation.presentation.PAGE_SIZE", 2)
    practices = [a_practice(tree.section(), title=f"Practice {number}") for number in range(5)]
    page = a_collection(picked=[(practices[0], "")], question="country=KZ&sort=title")
    first = shown(client, page)
    assert titles(first.context["found"]) == ["Practice 1", "Practice 2"]
    assert first.context["pagination"]["next_url"] == "?page=2"
    second = shown(client, page, "?page=2")
    assert titles(second.context["found"]) == ["Practice 3", "Practice 4"]
    assert second.context["picks"] == []
    for number in ("0", "-1", "1e21", "9" * 30, "%00", "x"):
        assert shown(client, page, f"?page={number}").context["found"]


def test_a_question_stored_before_there_was_a_limit_is_asked_whole(client, tree, a_collection):
    a_practice(tree.section(), title="Last", tags=["t99"])
    page = a_collection(question="&".join(f"tag=t{number}" for number in range(100)))
    assert titles(shown(client, page).context["found"]) == ["Last"]


def test_a_question_with_a_filter_that_is_gone_is_not_asked(admin_client, tree, a_collection):
    """With the filter dropped it would find everything."""
    a_practice(tree.section())
    page = a_collection(question="theme=abolished")
    assert shown(admin_client, page).context["found"] == []
    editor = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert "“abolished” is not a value of “theme”" in editor.content.decode()


def test_a_russian_reader_sees_russian_pages_and_labelled_originals(client, tree, a_collection, in_russian):
    schools = a_practice(tree.section(), title="Schools online")
    mesh = a_practice(tree.section(), title="A mesh in the mountains")
    a_translation(schools, title="Школы онлайн")
    page = a_collection(picked=[(schools, "Cheap."), (mesh, "")])
    untranslated = client.get(page.url.replace("/en/", "/ru/"))
    assert (untranslated.status_code, untranslated.url) == (302, page.url)
    translation = in_russian(page, title="Школы на связи")
    note = translation.items.first()
    note.note = "Дёшево."
    note.save()
    response = shown(client, translation)
    assert [(pick.title, pick.note, pick.language) for pick in response.context["picks"]] == [
        ("Школы онлайн", "Дёшево.", "ru"),
        ("A mesh in the mountains", "", "en"),
    ]
    assert [pick.url for pick in response.context["picks"]] == [
        "/ru/practices/kazakhstan/schools-online/",
        "/ru/practices/kazakhstan/a-mesh-in-the-mountains/",
    ]


def test_the_practice_stays_when_the_page_that_was_picked_goes(client, tree, a_collection):
    schools = a_practice(tree.section(), title="Schools online")
    translation = a_translation(schools, title="Школы онлайн")
    page = a_collection(picked=[(translation, "Cheap.")])
    translation.delete()
    assert titles(shown(client, page).context["picks"]) == ["Schools online"]


def test_featured_collections_are_counted_and_fall_back_to_the_other_language(tree, a_collection, in_russian):
    schools, mesh = (a_practice(tree.section(), title=title) for title in ("Schools", "Mesh"))
    both = a_collection("Both", [(schools, "")], question="country=KZ", featured=True, featured_order=2)
    a_collection("First", [(mesh, "")], featured=True, featured_order=1)
    a_collection("Not featured", [(mesh, "")])
    a_collection("Restricted", [(mesh, "")], featured=True)
    hidden = a_collection("Hidden", [(mesh, "")], featured=True)
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    a_collection("Withdrawn", featured=True).unpublish()
    cards = featured()
    assert [(card.title, card.count, titles(card.items)) for card in cards] == [
        ("Restricted", 1, ["Mesh"]),
        ("First", 1, ["Mesh"]),
        ("Both", 2, ["Schools", "Mesh"]),
    ]
    in_russian(both, title="Обе")
    assert [(card.title, card.language, card.url) for card in featured("ru")][1:] == [
        ("First", "en", "/en/collections/first/"),
        ("Обе", "ru", "/ru/collections/both/"),
    ]


def test_the_index_shows_what_is_public_in_its_language(client, tree, index, a_collection, in_russian):
    schools = a_practice(tree.section(), title="Schools online")
    page = a_collection("Connected schools", [(schools, "")])
    a_collection("Live", question="country=KZ")
    a_collection("Withdrawn").unpublish()
    response = shown(client, index)
    assert {(card.title, card.count) for card in response.context["collections"]} == {
        ("Connected schools", 1),
        ("Live", None),
    }
    in_russian(page, title="Школы на связи")
    russian = client.get("/ru/collections/")
    assert [card.title for card in russian.context["collections"]] == ["Школы на связи"]


def test_queries_do_not_grow_with_practices_or_collections(
    client, tree, index, a_collection, django_assert_max_num_queries
):
    def measured(act):
        act()
        with django_assert_max_num_queries(1000) as counted:
            act()
        return len(counted)

    def all_of_them():
        return [
            measured(lambda: shown(client, page)),
            measured(lambda: shown(client, index)),
            measured(featured),
        ]

    picked = [(a_practice(tree.section(), title="One"), "")]
    a_practice(tree.section(), title="Found")
    page = a_collection("A", picked, question="country=KZ", featured=True)
    for other in "BCD":
        a_collection(other, picked, question="country=KZ", featured=True)
    few = all_of_them()
    for number in range(3):
        practice = a_practice(tree.section(), title=f"More {number}")
        picked.append((practice, "Why"))
        a_translation(practice, title=f"Ещё {number}")
        a_collection(
            f"Collection {number}", picked, question="country=KZ", featured=True, featured_order=number
        )
    for place, (practice, note) in enumerate(picked[1:]):
        page.items.create(practice=practice, note=note, sort_order=place + 1)
    assert all_of_them() == few
