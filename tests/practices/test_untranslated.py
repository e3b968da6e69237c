"""What of a translation is still the original's text: who is told, who is asked, and what readers see."""

import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.urls import reverse
from wagtail.models import Locale
from wagtail.test.utils.form_data import rich_text, streamfield

from exports.entries import entry
from practices.completeness import completeness
from practices.fingerprints import has_words
from practices.models import PracticePage
from practices.untranslated import mark_same_on_purpose, untranslated_parts, untranslated_passages
from tests.factories import a_practice, a_translation, publish
from tests.factories.editing import edit_url, led_by, loaded_from, posted

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_suffices]
RUSSIAN = {
    "title": "Школы онлайн",
    "summary": "Каждая школа на связи.",
    "challenge": "<p>Связи не было.</p>",
    "approach": [("text", "<p>Подключили все школы.</p>"), ("text", "<p>Обучили учителей.</p>")],
    "place": "Актау",
    "organisations": [("lead", {"name": "Министерство связи"})],
    "sources": [("source", {"title": "Отчёт", "publisher": "Министерство", "year": 2025})],
    "contacts": [("contact", {"role": "Отдел", "email": "office@example.org"})],
}
ENGLISH = {
    "title": "Schools online",
    "summary": "Every school has a line.",
    "challenge": rich_text("<p>There was no line.</p>"),
    "approach": streamfield([("text", rich_text("<p>All schools got one.</p>"))]),
    "place": "Aktau",
    "organisations": led_by("Ministry of Connection"),
    "sources": streamfield([("source", {"title": "Report", "publisher": "", "url": "", "year": "2025"})]),
    "contacts": streamfield([("contact", {"role": "Office", "organisation": "", "email": "o@example.org"})]),
}


@pytest.fixture
def original(tree):
    return a_practice(tree.section("kazakhstan", "ru"), **RUSSIAN)


@pytest.fixture
def copy(original):
    """A translation as it is started: nothing of it is translated."""
    page = original.copy_for_translation(Locale.objects.get(language_code="en"))
    page.save_revision()
    return again(page)


def again(page):
    return PracticePage.objects.get(pk=page.pk)


def draft(page):
    return again(page).get_latest_revision_as_object()


def submit(client, page, **fields):
    data = posted(**fields) | loaded_from(page) | {"action-publish": "publish"}
    return client.post(edit_url(page), data)


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Ministry of Connection", "en", True),
        ("Министерство связи", "ru", True),
        ("Beeline", "ru", False),
        ("Beeline", "en", True),
        ("28 → 30", "en", False),
        ("https://egov.kz/ru/index", "en", False),
        ("egov.kz, office@example.org", "en", False),
        ("ISO-9001 и 5G", "ru", True),
        ("ISO-9001, 5G, KZT", "en", False),
        ("WATER FOR ALL", "en", True),
        ("", "en", False),
    ],
)
def test_numbers_addresses_and_codes_need_no_translation(text, language, words):
    assert has_words(text, language) is words


def test_a_copy_is_untranslated_and_the_meter_says_so(copy):
    assert untranslated_parts(copy) == [
        "title", "summary", "place", "challenge", "approach", "organisations", "sources", "contacts"
    ]  # fmt: skip
    found = completeness(copy)
    assert found.snapshot == 30  # countries, themes and status are facts
    assert {part.name for part in found.untranslated} == set(untranslated_parts(copy))
    assert not found.missing_for_review


def test_each_block_counts_and_formatting_does_not(original, copy):
    page = draft(copy)
    page.approach = [("text", "<p>All schools got one.</p>"), ("text", "<p><b>Обучили</b> учителей.</p>")]
    assert untranslated_passages(page)["approach"] == [1]


def test_it_stays_untranslated_when_the_original_goes_on(original, copy):
    """The old text of the original is no longer equal to the new one, and is as foreign as before."""
    publish(original, summary="Каждая вторая школа на связи.", approach=[("text", "<p>Иначе.</p>")])
    assert {"summary", "approach"} <= set(untranslated_parts(draft(copy)))
    publish(copy, title="Schools online")
    publish(original, summary="Ещё иначе.")
    assert "summary" in untranslated_parts(again(copy))


def test_it_is_not_submitted_until_each_part_is_translated_or_meant(admin_client, copy):
    same = {name: value for name, value in ENGLISH.items() if name not in ("place", "organisations")}
    kept = {"place": "Актау", "organisations": led_by("Министерство связи")}
    response = submit(admin_client, copy, **same, **kept)
    assert response.status_code == 200
    errors = response.context["form"].errors
    assert set(errors) == {"place", "organisations"}
    assert "still the text of the original" in errors["place"].as_text()
    boxes = BeautifulSoup(response.content, "html.parser").find_all(
        "input", {"name": "same_parts", "type": "checkbox"}
    )
    assert [box["value"] for box in boxes] == ["place", "organisations"]

    meant = {"same_parts": ["", "place"]}
    response = submit(admin_client, copy, **same, **kept, **meant)
    assert set(response.context["form"].errors) == {"organisations"}

    fields = same | {"place": "Актау", "organisations": led_by("Ministry")} | meant
    assert submit(admin_client, copy, **fields).status_code == 302
    assert again(copy).live
    assert untranslated_parts(again(copy)) == []


def test_a_draft_may_be_untranslated_and_keeps_what_was_said(admin_client, copy):
    fields = {**ENGLISH, "place": "Актау"}
    data = posted(**fields, same_parts=["", "place"]) | loaded_from(copy)
    assert admin_client.post(edit_url(copy), data).status_code == 302
    page = draft(copy)
    assert untranslated_parts(page) == []
    said = page.save_revision()
    page.place = "Астана"
    page.save_revision()
    assert untranslated_parts(said.as_object()) == []  # it travels with the revision
    without = posted(**fields) | loaded_from(copy)
    assert admin_client.post(edit_url(copy), without).status_code == 302
    assert untranslated_parts(draft(copy)) == []
    untick = posted(**fields, same_parts=[""]) | loaded_from(copy)
    assert admin_client.post(edit_url(copy), untick).status_code == 302
    assert untranslated_parts(draft(copy)) == ["place"]


def test_the_notice_follows_autosave_as_the_meter_does(admin_client, copy):
    """What is ticked stays in the notice, ticked, and what is translated leaves it; a text taken back comes again."""

    def listed(**texts):
        form = (
            posted(**ENGLISH | {"slug": copy.slug} | texts)
            | {"same_parts": ["", "place"]}
            | loaded_from(copy)
        )
        answer = admin_client.post(edit_url(copy), form, headers={"accept": "application/json"}).json()
        page = BeautifulSoup(answer["html"], "html.parser")
        boxes = page.select(".same-parts-notice input[type=checkbox]")
        meter = draft(copy)
        assert {box["value"] for box in boxes if not box.has_attr("checked")} == set(
            untranslated_parts(meter)
        )
        return {box["value"]: box.has_attr("checked") for box in boxes}

    same = {"place": RUSSIAN["place"], "summary": RUSSIAN["summary"]}
    assert listed(**same) == {"place": True, "summary": False}
    assert listed(place=RUSSIAN["place"]) == {"place": True}
    assert listed() == {}
    assert listed(title=RUSSIAN["title"]) == {"title": False}


def test_what_is_meant_holds_for_that_text_only(copy):
    page = draft(copy)
    mark_same_on_purpose(page, ["place", "sources"])
    assert not {"place", "sources"} & set(untranslated_parts(page))
    copies = [(block.block_type, dict(block.value)) for block in page.sources]
    publish(original_page(page), sources=[*copies, ("source", {"title": "Второй отчёт"})])
    page.sources = [*copies, ("source", {"title": "Второй отчёт"})]
    assert untranslated_passages(page)["sources"] == [1]


def original_page(page):
    return PracticePage.objects.get(translation_key=page.translation_key, locale__language_code="ru")


def test_bulk_publishing_leaves_it_out(admin_client, copy):
    url = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
    response = admin_client.post(f"{url}?id={copy.pk}&next=/admin/", {"include_descendants": ""}, follow=True)
    assert "Not complete enough" in response.content.decode()
    assert not again(copy).live


def soup(client, path):
    caches["pages"].clear()
    return BeautifulSoup(client.get(path).content, "html.parser")


def test_readers_see_each_part_in_its_language_and_what_is_missing(client, original):
    english = {"title": "Schools online", "summary": "Every school has a line."}
    approach = [("text", "<p>All schools got one.</p>"), RUSSIAN["approach"][1]]
    page = a_translation(original, "en", **english, approach=approach)
    main = soup(client, page.url).main
    assert not main.h1.has_attr("lang")
    assert not main.find(class_="lead").has_attr("lang")
    assert main.find(id="challenge").div["lang"] == "ru"
    blocks = main.find(id="approach")
    assert [part["lang"] for part in blocks.find_all(lang=True)] == ["ru"]
    assert "Обучили" in blocks.find(lang="ru").get_text()
    for text in ("Актау", "Министерство связи", "Отчёт", "Отдел"):
        assert main.find(string=lambda s, text=text: s and text in s).find_parent(lang="ru"), text
    notice = main.find(class_="notice--info").get_text(" ", strip=True)
    assert "Challenge, Approach, Place" in notice.replace(
        "Place, Challenge, Approach", "Challenge, Approach, Place"
    )
    assert "Summary" not in notice
    assert "lang" not in str(soup(client, original.url).main.find(id="challenge").div.attrs)


def test_what_is_the_same_on_purpose_is_not_called_missing(client, original):
    page = draft(a_translation(original, "en", **{k: v for k, v in RUSSIAN.items() if k == "place"}))
    mark_same_on_purpose(page, list(RUSSIAN))
    page.save_revision().publish()
    main = soup(client, page.url).main
    assert main.find(class_="notice--info") is None
    assert main.h1["lang"] == "ru"  # it is Russian all the same, and read aloud as such


def test_records_say_in_which_language_a_text_is(client, original):
    """Title and challenge are still Russian in the English version; the summary is English."""
    page = a_translation(original, "en", summary="Every school has a line.")
    key = page.translation_key
    found = entry(key, "en")
    assert found.untranslated == dict.fromkeys(
        ("title", "place", "challenge", "approach", "lead_organisation", "sources"), "ru"
    )
    assert (found.title_language, found.language_of("summary")) == ("ru", "en")
    card = BeautifulSoup(client.get("/en/search/").content, "html.parser").find(class_="card")
    assert card.h3["lang"] == "ru"
    assert not card.find(class_="card__text").has_attr("lang")
    (item,) = client.get("/api/v1/search?q=\u0448\u043a\u043e\u043b\u0430\u043c\u0438&lang=en").json()[
        "items"
    ]  # another case
    assert item["language"] == "ru"
    ris = b"".join(client.get("/en/search/export.ris").streaming_content).decode()
    assert "LA  - ru" in ris
    head = BeautifulSoup(client.get(page.url).content, "html.parser").head
    assert head.find("meta", {"name": "citation_language"})["content"] == "ru"
    publish(page, **ENGLISH_FIELDS)
    assert entry(key, "en").untranslated == {}


ENGLISH_FIELDS = {
    "title": "Schools online",
    "challenge": "<p>There was no line.</p>",
    "approach": [("text", "<p>All schools got one.</p>")],
    "place": "Aktau",
    "organisations": [("lead", {"name": "Ministry of Connection"})],
    "sources": [("source", {"title": "Report"})],
    "contacts": [("contact", {"role": "Office", "email": "o@example.org"})],
}
