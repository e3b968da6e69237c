"""Who may start and edit a translation: wagtail-localize's addresses as a table of roles and addresses."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object
from wagtail_localize.wagtail_hooks import register_admin_urls

from practices.localize import OPEN, guarded_urls
from practices.translations import translation_of
from tests.factories import a_focal_point, a_practice, a_superuser, a_translation
from tests.factories.editing import edit_url

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_suffices]
BACKEND = "accounts.backends.PortalBackend"
REFUSED, DONE = "refused", "done"


@pytest.fixture
def work(tree):
    """A practice of Kazakhstan under translation, segment by segment, and one that has no translation yet."""
    original = a_practice(tree.section(), title="Schools online")
    translate_object(original, [Locale.objects.get(language_code="ru")], user=a_superuser())
    Translation.objects.update(enabled=True)
    translation = Translation.objects.get()
    return {
        "tree": tree,
        "original": original,
        "new": a_practice(tree.section(), title="Not translated"),
        "page": translation_of(original, "ru"),
        "translation": translation,
        "segment": translation.source.stringsegment_set.get(string__data="Schools online"),
        "po": SimpleUploadedFile("ru.po", str(translation.export_po()).encode()),
    }


PEOPLE = {
    "focal point of both trees": (("kazakhstan", "en"), ("kazakhstan", "ru")),
    "of the English tree only": (("kazakhstan", "en"),),
    "of the Russian tree only": (("kazakhstan", "ru"),),
    "focal point of another country": (("tajikistan", "en"), ("tajikistan", "ru")),
}


def address(name, *args):
    return reverse(f"wagtail_localize:{name}", args=args)


def requests(work) -> dict:
    """Every address that names something: (method, address, data)."""
    translation, russian = work["translation"].pk, Locale.objects.get(language_code="ru").pk
    text = {"value": "Школы онлайн"}
    return {
        "submit_page_translation": [
            ("get", address("submit_page_translation", work["new"].pk), None),
            ("post", address("submit_page_translation", work["new"].pk), {"locales": [russian]}),
        ],
        "update_translations": [
            ("get", address("update_translations", work["translation"].source_id), None),
            ("post", address("update_translations", work["translation"].source_id), {}),
        ],
        "edit_string_translation": [
            ("put", address("edit_string_translation", translation, work["segment"].pk), text),
            ("delete", address("edit_string_translation", translation, work["segment"].pk), None),
        ],
        "edit_override": [("put", address("edit_override", translation, 1), text)],
        "download_pofile": [("get", address("download_pofile", translation), None)],
        "upload_pofile": [("post", address("upload_pofile", translation), {"file": work["po"]})],
        "machine_translate": [("post", address("machine_translate", translation), {})],
        "preview_translation": [("get", address("preview_translation", translation), None)],
        "stop_translation": [("post", address("stop_translation", translation), {})],
        "edit": [("get", edit_url(work["page"]), None), ("post", edit_url(work["page"]), {"action": "save"})],
        "restart": [("post", edit_url(work["page"]), {"localize-restart-translation": "1"})],
    }


def outcome(client, method, url, data) -> str:
    """Refused (told so at the admin's front page, or 403), or done: anything that the view itself answers."""
    answer = getattr(client, method)(url, data)
    sent_home = answer.status_code == 302 and answer["Location"] == reverse("wagtailadmin_home")
    told = sent_home and any("do not have permission" in str(said) for said in answer.wsgi_request._messages)
    assert answer.status_code < 500
    return REFUSED if told or answer.status_code == 403 else DONE


@pytest.mark.parametrize("who", PEOPLE)
def test_each_address_is_for_editors_of_both_trees(client, work, who):
    user = a_focal_point(*(work["tree"].section(*section) for section in PEOPLE[who]))
    client.force_login(user, backend=BACKEND)
    expected = DONE if who == "focal point of both trees" else REFUSED
    for name, cases in requests(work).items():
        for method, url, data in cases:
            assert outcome(client, method, url, data) == expected, f"{who}: {method} {name}"


def test_the_table_has_every_address(work):
    (resolver,) = register_admin_urls()
    named = {pattern.name for pattern in resolver.url_patterns}
    closed = {"convert_to_alias", "submit_snippet_translation", "snippets_api_listing", "snippets_api_detail"}
    assert named == requests(work).keys() - {"edit", "restart"} | closed | OPEN
    assert len(guarded_urls()) == len(resolver.url_patterns)


@pytest.mark.parametrize(
    "name", ["snippets_api_listing", "snippets_api_detail", "submit_snippet_translation"]
)
def test_vocabularies_are_not_read_through_it(client, work, name):
    client.force_login(a_focal_point(work["tree"].section()), backend=BACKEND)
    args = ("taxonomy", "country") if name == "snippets_api_listing" else ("taxonomy", "country", "1")
    assert outcome(client, "get", address(name, *args), None) == REFUSED
    assert outcome(client, "get", address(name, "no", *args[1:]), None) == DONE  # not found


def test_no_practice_becomes_an_alias(admin_client, work):
    assert outcome(admin_client, "get", address("convert_to_alias", work["page"].pk), None) == REFUSED
    assert outcome(admin_client, "post", address("convert_to_alias", work["page"].pk), {}) == REFUSED


def test_starting_needs_the_right_to_add_in_the_other_tree(client, work):
    user = a_focal_point(work["tree"].section(), work["tree"].section("tajikistan", "ru"))
    client.force_login(user, backend=BACKEND)
    (_get, (method, url, data)) = requests(work)["submit_page_translation"]
    assert outcome(client, method, url, data) == REFUSED
    assert translation_of(work["new"], "ru") is None


def test_an_editor_of_the_translation_alone_edits_it_as_a_page(client, tree):
    """Only wagtail-localize's editor asks for both trees; a page under review is edited by who reviews it."""
    page = a_translation(a_practice(tree.section()), title="Школы онлайн")
    client.force_login(a_focal_point(tree.section("kazakhstan", "ru")), backend=BACKEND)
    assert client.get(edit_url(page)).context["form"].instance == page


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("upload_pofile", {}),
        ("upload_pofile", {"file": SimpleUploadedFile("a.po", b"nonsense")}),
        ("upload_pofile", {"file": SimpleUploadedFile("b.po", b'msgid "a"\nmsgstr "\0"\n')}),
        ("edit_string_translation", {}),
        ("edit_string_translation", {"value": "a\0b"}),
    ],
)
def test_nonsense_is_refused(admin_client, work, name, data):
    for url in (address(name, work["translation"].pk, *([work["segment"].pk] if "string" in name else [])),):
        answer = admin_client.post(url, data)
        assert answer.status_code in (302, 400, 405)
    assert not StringTranslation.objects.exists()


def test_what_is_gone_is_not_found(admin_client, work):
    url = address("stop_translation", work["translation"].pk)
    work["page"].delete()
    assert admin_client.post(url, follow=True).status_code == 404
    assert admin_client.post(address("stop_translation", 9999), follow=True).status_code == 404


def test_the_menu_offers_neither_segments_nor_alias(admin_client, work):
    Translation.objects.update(enabled=False)
    html = admin_client.get(edit_url(work["page"])).content.decode()
    assert "localize-restart-translation" not in html
    assert "localize-convert-to-alias" not in html


@pytest.mark.parametrize(
    ("sections", "is_offered"),
    [([("kazakhstan", "en"), ("kazakhstan", "ru")], True), ([("kazakhstan", "en")], False)],
    ids=["both trees", "one tree"],
)
def test_who_may_not_translate_a_page_is_not_offered_to(client, work, sections, is_offered):
    user = a_focal_point(*(work["tree"].section(*section) for section in sections))
    user.user_permissions.add(Permission.objects.get(codename="submit_translation"))
    client.force_login(user, BACKEND)
    link = f'href="{address("submit_page_translation", work["new"].pk)}"'
    for page in (edit_url(work["new"]), reverse("wagtailadmin_explore", args=[work["new"].get_parent().pk])):
        assert (link in client.get(page).content.decode()) is is_offered, page
