"""What the curator does in the admin, and is told there."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Locale, PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data
from wagtail_localize.models import Translation, TranslationSource

from curation.models import CollectionItem, CollectionPage
from search.stored_queries import extract_query_string
from tests.factories import a_focal_point, a_practice, a_theme, a_translation
from tests.support.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_suffices]


def edited(client, page, *, picked=(), question="", **fields):
    """Posts the editor's form; picked are (practice, note) in a new order. Returns the response."""
    items = [{"practice": str(practice.pk), "note": note} for practice, note in picked]
    data = {
        "title": page.title,
        "slug": page.slug,
        "intro": "",
        "question": question,
        "featured_order": "0",
        "items": inline_formset(items, initial=0),
        "comments": inline_formset([]),
        "action-publish": "publish",
    } | fields
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), nested_form_data(data))


def test_the_curator_picks_orders_and_notes(admin_client, tree, a_collection):
    schools, mesh = (a_practice(tree.section(), title=title) for title in ("Schools", "Mesh"))
    page = a_collection()
    assert edited(admin_client, page, picked=[(mesh, "First."), (schools, "Second.")]).status_code == 302
    assert [(item.practice_key, item.note) for item in page.items.all()] == [
        (mesh.translation_key, "First."),
        (schools.translation_key, "Second."),
    ]


def test_a_practice_is_picked_once_in_whatever_language(admin_client, tree, a_collection):
    schools = a_practice(tree.section(), title="Schools")
    russian = a_translation(schools, title="Школы")
    response = edited(admin_client, a_collection(), picked=[(schools, "Kept"), (russian, "")])
    assert response.status_code == 200
    assert "picked already" in response.content.decode()
    assert "Kept" in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        (
            "https://speca.example/ru/search/?q=%D1%88%D0%BA%D0%BE%D0%BB%D0%B0&country=KZ&page=3#results",
            "q=школа&country=KZ&page=3",
        ),
        ("/en/search/?country=KZ&country=TJ", "country=KZ&country=TJ"),
        ("?theme=e-government", "theme=e-government"),
        ("q=school and/or home", "q=school and/or home"),
        ("https://speca.example/en/search/", ""),
    ],
)
def test_an_address_is_reduced_to_its_query(typed, query):
    assert extract_query_string(typed).replace("%D1%88%D0%BA%D0%BE%D0%BB%D0%B0", "школа") == query


def test_a_pasted_question_is_kept_as_asked(admin_client, tree, a_collection):
    page = a_collection()
    pasted = "http://testserver/ru/search/?q=%D1%88%D0%BA%D0%BE%D0%BB%D0%B0&country=KZ&all=country&sort=title&page=3"
    assert edited(admin_client, page, question=pasted).status_code == 302
    page.refresh_from_db()
    assert page.question == "q=%D1%88%D0%BA%D0%BE%D0%BB%D0%B0&kind=practice&country=KZ&all=country&sort=title"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("country=XX&theme=e-government", "“XX” is not a value of “country”"),
        ("colour=red", "“colour” is not a search parameter"),
        ("q=%2B", "has no words"),
        ("q=%00", "contains invalid characters"),
        ("q=%ff", "contains invalid characters"),
        ("q=" + "a" * 201, "longer than 200"),
        ("https://speca.example/en/search/", "holds no search"),
        ("rural broadband", "holds no search"),
        ("&".join(f"tag=t{number}" for number in range(61)), "more than 60 filters"),
        # Within what may be typed, not within what can be kept.
        ("&".join(f"tag={letter * 30}" for letter in "абвгдежзиклм"), "too long to be saved"),
    ],
)
def test_what_is_not_understood_is_named(admin_client, tree, a_collection, typed, told):
    a_theme("e-government")
    page = a_collection()
    response = edited(admin_client, page, question=typed)
    assert response.status_code == 200
    assert told in response.context["form"].errors["question"].as_text()
    page.refresh_from_db()
    assert page.question == ""


def test_the_editor_and_the_front_page_flag_what_is_no_longer_public(
    admin_client, client, tree, a_collection
):
    unpublished, restricted, deleted, public = (
        a_practice(tree.section(), title=t) for t in ("Un", "Re", "De", "Pu")
    )
    page = a_collection("Flagged", picked=[(p, "") for p in (unpublished, restricted, deleted, public)])
    editor, front = reverse("wagtailadmin_pages:edit", args=[page.pk]), reverse("wagtailadmin_home")
    assert "Readers no longer see" not in admin_client.get(editor).content.decode()
    assert "no longer public" not in admin_client.get(front).content.decode()
    unpublished.unpublish()
    PageViewRestriction.objects.create(page=restricted, restriction_type="login")
    deleted.delete()
    assert [str(item) for item in page.items_not_public()] == ["Un", "Re", "De"]
    for address in (editor, front):
        told = admin_client.get(address).content.decode()
        assert "(not published)" in told
        assert "(restricted)" in told
        assert "De (deleted)" in told
        assert ">Pu</a> (" not in told
    client.force_login(a_focal_point(tree.section()), backend="accounts.backends.PortalBackend")
    assert "Flagged" not in client.get(front).content.decode()


def test_the_chooser_finds_public_practices_and_nothing_else(admin_client, tree, a_collection):
    schools = a_practice(tree.section(), title="Schools online")
    a_practice(tree.section(), title="Mesh networks")
    draft = a_practice(tree.section(), title="Schools in draft", live=False)
    hidden = a_practice(tree.section(), title="Schools behind a door")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    results = reverse("practice_chooser:choose_results")
    found = admin_client.get(results, {"q": "school", "multiple": "1"}).content.decode()
    assert "Schools online" in found
    assert "Kazakhstan" in found
    assert all(title not in found for title in ("Mesh networks", "Schools in draft", "Schools behind a door"))
    assert "Schools online" in admin_client.get(reverse("practice_chooser:choose")).json()["html"]
    chosen = [reverse("practice_chooser:chosen", args=[page.pk]) for page in (schools, draft, hidden)]
    assert [admin_client.get(address, follow=True).status_code for address in chosen] == [200, 404, 404]
    many = admin_client.get(
        reverse("practice_chooser:chosen_multiple"), {"id": [p.pk for p in (schools, draft, hidden)]}
    )
    assert [row["title"] for row in json.loads(many.content)["result"]] == ["Schools online"]


def test_a_collection_is_translated_with_its_notes(tree, a_collection, django_capture_on_commit_callbacks):
    schools = a_practice(tree.section(), title="Schools online")
    page = a_collection("Connected schools", [(schools, "Cheap.")], question="country=KZ", featured=True)
    source, _ = TranslationSource.update_or_create_from_instance(page)
    index_source, _ = TranslationSource.update_or_create_from_instance(page.get_parent().specific)
    russian = Locale.objects.get(language_code="ru")
    for made in (index_source, source):
        Translation.objects.create(source=made, target_locale=russian)
        with django_capture_on_commit_callbacks(execute=True):
            made.create_or_update_translation(russian, fallback=True, publish=True)
    assert "Cheap." in {segment.string.data for segment in source.stringsegment_set.all()}
    translation = CollectionPage.objects.get(locale=russian)
    assert (translation.question, translation.featured, translation.slug) == (
        "country=KZ",
        True,
        "connected-schools",
    )
    assert [(item.practice_key, item.locale_id) for item in translation.items.all()] == [
        (schools.translation_key, russian.pk)
    ]
    assert translation.live


def as_opened(client, page):
    """What the browser sends that opened the editor and saves at once."""
    form = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["form"]
    rows = form.formsets["items"]
    data = {
        f"{row.prefix}-{name}": row.initial.get(name) or ""
        for row in rows.forms
        for name in ("practice", "note")
    }
    for place, row in enumerate(rows.forms):
        data |= {f"{row.prefix}-id": row.instance.pk, f"{row.prefix}-ORDER": place + 1}
    data |= {f"items-{name}_FORMS": len(rows.forms) for name in ("TOTAL", "INITIAL")}
    data |= nested_form_data({"comments": inline_formset([])})
    fields = {"title": page.title, "slug": page.slug, "intro": "", "question": "", "featured_order": "0"}
    data["same_title"] = "on"  # the translation's, which has its original's
    return data | fields | {"items-MIN_NUM_FORMS": 0, "items-MAX_NUM_FORMS": 60, "action-publish": "publish"}


def picks_of(page):
    return [(str(item), item.note) for item in type(page).objects.get(pk=page.pk).items.all()]


@pytest.mark.parametrize("first", ["English", "Russian"])
@pytest.mark.parametrize("way", ["admin", "code", "before"])
def test_what_was_deleted_in_one_language_stays_picked(
    admin_client, client, tree, a_collection, in_russian, way, first
):
    english = a_practice(tree.section(), title="Schools")
    russian = a_translation(english, title="Школы")
    gone, left = (english, russian) if first == "English" else (russian, english)
    mesh = a_practice(tree.section(), title="Mesh")
    page = a_collection(picked=[(gone, "Cheap."), (mesh, "Quick.")])
    translation = in_russian(page)
    if way == "admin":
        admin_client.post(reverse("wagtailadmin_pages:delete", args=[gone.pk]), {"languages": "one"})
    else:
        gone.delete()
    if way == "before":  # as rows have been left until now
        CollectionItem.objects.filter(practice=left.pk).update(practice=None)
    for saved in (page, translation):
        answer = admin_client.post(
            reverse("wagtailadmin_pages:edit", args=[saved.pk]), as_opened(admin_client, saved)
        )
        assert answer.status_code == 302
        assert [title for title, _note in picks_of(saved)] == [left.title, "Mesh"]
    shown = client.get(page.url).context["picks"]
    assert [(pick.title, pick.note) for pick in shown] == [(left.title, "Cheap."), ("Mesh", "Quick.")]


def test_what_is_deleted_altogether_is_named_and_keeps_its_row(admin_client, tree, a_collection, in_russian):
    schools, mesh = (a_practice(tree.section(), title=title) for title in ("Schools", "Mesh"))
    page = a_collection(picked=[(schools, "Cheap."), (mesh, "Quick.")])
    translation = in_russian(page)
    schools.delete()
    for saved in (page, translation, page):
        edit = reverse("wagtailadmin_pages:edit", args=[saved.pk])
        assert "“Schools” was deleted in all its languages" in admin_client.get(edit).content.decode()
        assert admin_client.post(edit, as_opened(admin_client, saved)).status_code == 302
        assert [title for title, _note in picks_of(saved)] == ["Schools", "Mesh"]
    other = a_practice(tree.section(), title="Labs")
    data = as_opened(admin_client, page) | {"items-0-practice": other.pk}
    admin_client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert picks_of(page) == [("Labs", "Cheap."), ("Mesh", "Quick.")]
    assert [title for title, _note in picks_of(translation)] == ["Labs", "Mesh"]


def test_a_saved_search_that_finds_nothing_is_told_with_its_correction(admin_client, tree, a_collection):
    a_practice(tree.section("kazakhstan"), title="Rural broadband")
    page = a_collection()
    address = "https://x.org/en/search/?q=brodband&correct=0&ysclid=a&UTM_Source=b"
    assert edited(admin_client, page, question=address).status_code == 302
    page.refresh_from_db()
    assert page.question == "q=brodband&kind=practice"
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    told = text_of(admin_client.get(editor))
    assert "The saved search finds nothing at the moment. Did you mean “broadband”?" in told
    assert edited(admin_client, page, question="q=broadband").status_code == 302
    assert "finds nothing" not in text_of(admin_client.get(editor))
    refused = edited(admin_client, page, question="https://x.org/en/search/?q=a&country=KZ")
    assert "One letter is too short to search for." in text_of(refused)
