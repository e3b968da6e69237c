"""A practice as others cite it: in three styles, as files, and in the head of its page, always what every reader may see."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from wagtail.models import PageViewRestriction
from wagtail_factories import ImageFactory

from exports.citations import citations, csl
from exports.entries import changed_at
from exports.metadata import linked_data
from exports.templatetags.citation_tags import practice_cite, practice_head
from indexing.models import Record, Withdrawal
from tests.factories import a_practice, a_translation
from tests.factories.entries import an_entry, led_by
from tests.support.reading import page_of

pytestmark = pytest.mark.sqlite_suffices

ADDRESS = an_entry().permanent
NASTY = "Schools & \"villages\" <b>online</b></script><!-- {{ 'x' }}"
LETTERS = st.characters(categories=["L", "N", "P", "S", "Zs"], max_codepoint=0x4FF)
TEXTS = st.text(LETTERS, min_size=1, max_size=40).map(str.strip).filter(bool)
FILES = ("citation.bib", "citation.ris", "citation.json")
ALL_FILES = (*FILES, "brief.pdf")


def cited(organisation="Ministry of Connection", **fields):
    named = led_by(*filter(None, [organisation]))
    with time_machine.travel(datetime(2026, 11, 28, 12, tzinfo=UTC), tick=False):
        return [one.text for one in citations(an_entry(**named, **fields))]


def letters(text):
    return [sign for sign in text.casefold() if sign.isalnum()]


def test_three_styles_in_english():
    assert cited(title="Schools online: a first “Step”") == [
        f"Ministry of Connection. (2026). Schools online: a first “Step.” SPECA Good Practices. {ADDRESS}",
        f"Ministry of Connection. 2026. “Schools Online: A First ‘Step’.” SPECA Good Practices. {ADDRESS}.",
        "Ministry of Connection. Schools online: a first “Step” [Электронный ресурс] // SPECA good practices. 2026. "
        f"URL: {ADDRESS} (дата обращения: 28.11.2026).",
    ]


def test_three_styles_in_russian():
    assert cited("Министерство связи", language="ru", title="Школы «в сети»") == [
        f"Министерство связи. (2026). Школы «в сети». Передовой опыт СПЕКА. {ADDRESS}",
        f"Министерство связи. 2026. «Школы „в сети“». Передовой опыт СПЕКА. {ADDRESS}.",
        "Министерство связи. Школы «в сети» [Электронный ресурс] // Передовой опыт СПЕКА. 2026. "
        f"URL: {ADDRESS} (дата обращения: 28.11.2026).",
    ]


@pytest.mark.parametrize(
    ("title", "organisation", "ends"),
    [
        ("Who is online?", "Agency Inc.", "Agency Inc. 2026. “Who Is Online?” SPECA"),
        ("More to come...", "Agency", "Agency. 2026. “More to Come...” SPECA"),
        ("Fibre & mast <5 km", "A & B", "A & B. 2026. “Fibre & Mast <5 Km.” SPECA"),
        ("Fibre", "", f"SPECA Good Practices. 2026. “Fibre.” {ADDRESS}."),
    ],
)
def test_no_sign_stands_twice_and_none_is_escaped(title, organisation, ends):
    assert ends.casefold() in cited(organisation, title=title)[1].casefold()


@given(st.sampled_from(["en", "ru"]), TEXTS, TEXTS)
def test_whatever_it_is_called_every_style_says_it(language, title, organisation):
    for text in cited(organisation, language=language, title=title):
        said = "".join(letters(text))
        assert "".join(letters(title)) in said
        assert said.startswith("".join(letters(organisation)))
        assert text.count(ADDRESS) == 1


def test_csl_says_when_in_full_and_linked_data_cannot_end_its_script():
    entry = an_entry(
        title=NASTY, summary=NASTY, parts={"sources": [{"title": NASTY, "year": 2025, "url": "https://x.example/"}]}
    )  # fmt: skip
    item = csl(entry)
    assert item["issued"] == {"date-parts": [[2026, 3, 6]]}  # as the portal's clock has it
    assert item["title"] == item["abstract"] == NASTY
    told = linked_data(entry)
    assert not set("<>&") & set(told)
    told = json.loads(told)
    assert told["name"] == told["abstract"] == told["citation"][0]["name"] == NASTY
    assert told["spatialCoverage"][1] == {"@type": "Country", "name": "Kyrgyzstan", "identifier": "KG"}
    assert told["license"] == "https://creativecommons.org/licenses/by/4.0/"


def metas(page, attribute, name):
    return [tag["content"] for tag in page.head.find_all("meta", {attribute: name})]


def test_its_page_tells_people_and_machines(client, tree):
    practice = a_practice(tree.section(), title=NASTY, slug="nasty", tags=["fibre"], image=ImageFactory())
    a_translation(practice, title="Школы в сети", organisations=[("lead", {"name": "Министерство связи"})])
    page = page_of(client, practice.url)
    files = f"/en/record/{practice.translation_key}/"
    assert metas(page, "name", "citation_title") == metas(page, "property", "og:title") == [NASTY]
    assert metas(page, "name", "citation_pdf_url") == [f"http://127.0.0.1:8000{practice.url}brief.pdf"]
    assert metas(page, "name", "citation_technical_report_institution") == ["SPECA good practices"]
    assert metas(page, "name", "citation_public_url") == [
        f"http://127.0.0.1:8000/p/{practice.translation_key}"
    ]
    assert metas(page, "name", "citation_keywords")[-1] == "fibre"
    assert metas(page, "property", "og:locale") == ["en_US"]
    assert metas(page, "property", "og:locale:alternate") == ["ru_RU"]
    assert metas(page, "property", "og:image")[0].startswith("http://127.0.0.1:8000/media/images/")
    assert metas(page, "property", "og:url") == [page.head.find("link", rel="canonical")["href"]]
    assert json.loads(page.head.find("script", type="application/ld+json").string)["name"] == NASTY
    assert page.find(id="cite").dl.find_all("dd")[0].get_text().startswith("Ministry of Connection. (")
    links = {link["href"] for link in page.find(id="cite").find_all("a")}
    assert {f"{practice.url}brief.pdf", *(files + name for name in FILES)} <= links
    russian = page_of(client, practice.url.replace("/en/", "/ru/"))
    assert metas(russian, "name", "citation_author") == ["Министерство связи"]
    assert metas(russian, "name", "citation_language") == ["ru"]


def test_each_language_is_a_work_of_its_own_that_names_the_other(client, tree):
    practice = a_practice(tree.section(), title="Schools online")
    translation = a_translation(practice, title="Школы в сети")
    original, translated = (
        json.loads(page_of(client, page.url).head.find("script", type="application/ld+json").string)
        for page in (practice, translation)
    )
    assert original["@id"] != translated["@id"]
    for one, name, other, url in (
        (original, "workTranslation", translated, translation.url),
        (translated, "translationOfWork", original, practice.url),
    ):
        works = one[name] if name == "workTranslation" else [one[name]]
        assert [work["@id"] for work in works] == [other["@id"]]
        assert [work["url"] for work in works] == [other["url"]] == [f"http://127.0.0.1:8000{url}"]
        assert not {"workTranslation", "translationOfWork"} - {name} & set(one)


def test_what_is_published_and_changed_within_a_second_is_changed_at_the_end(client, tree):
    practice = a_practice(tree.section(), title="Schools online")
    for published in (timedelta(seconds=0.999), timedelta(hours=1)):
        record = Record.objects.get(key=practice.translation_key)
        Record.objects.update(first_published=changed_at(record.change) + published)
        page = page_of(client, practice.url)
        data = json.loads(page.head.find("script", type="application/ld+json").string)
        feed = etree.fromstring(client.get("/en/search/feed/").content)
        entry = "{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}"
        times = [
            (data["datePublished"], data["dateModified"]),
            [metas(page, "property", f"article:{name}_time")[0] for name in ("published", "modified")],
            [feed.findtext(f"{entry}{name}") for name in ("published", "updated")],
        ]
        for first, last in times:
            assert datetime.fromisoformat(first) <= datetime.fromisoformat(last)
            assert datetime.fromisoformat(first).microsecond == 0


def test_in_the_other_language_it_is_cited_as_it_is_written(client, tree):
    practice = a_practice(tree.section(), title="Schools online")
    page = page_of(client, practice.url.replace("/en/", "/ru/"))
    said, *_, gost = page.find(id="cite").dl.find_all("dd")
    assert (said["lang"], gost.get("lang")) == ("en", None)
    assert "SPECA Good Practices" in said.get_text()
    assert metas(page, "property", "og:url") == [f"http://127.0.0.1:8000{practice.url}"]


def test_its_files_are_named_after_it_and_say_the_same(client, tree):
    practice = a_practice(tree.section(), title="Schools online")
    for name, kind in zip(
        FILES, ("x-bibtex", "x-research-info-systems", "vnd.citationstyles.csl"), strict=True
    ):
        answer = client.get(f"/en/record/{practice.translation_key}/{name}")
        assert answer.status_code == 200
        assert kind in answer["Content-Type"]
        assert answer["Content-Disposition"].endswith(f'"schools-online.{name[9:]}"')
        assert "Schools online" in answer.content.decode()
        assert f"/p/{practice.translation_key}" in answer.content.decode()
    assert json.loads(answer.content)[0]["author"] == [{"literal": "Ministry of Connection"}]


@pytest.mark.parametrize("name", ALL_FILES)
def test_what_is_not_public_is_cited_by_nothing(client, tree, name):
    practice = a_practice(tree.section(), title="Schools online")
    draft = a_practice(tree.section(), title="Not yet", live=False)
    other = a_practice(tree.section("tajikistan"), title="All schools online")
    path = f"/en/record/{practice.translation_key}/{name}"
    assert client.get(f"/en/record/{draft.translation_key}/{name}").status_code == 404
    PageViewRestriction.objects.create(page=practice, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(path).status_code == 404
    practice.unpublish()
    assert client.get(path).status_code == 410
    Withdrawal.objects.create(page=practice, replaced_by=other, merged=True)
    assert client.get(path)["Location"] == other.url


def test_a_draft_shows_none_of_it(tree):
    draft = a_practice(tree.section(), title="Not yet", live=False)
    page = BeautifulSoup(draft.make_preview_request().content, "html.parser")
    assert page.find(id="cite")
    assert not page.find(class_="cite")
    assert not page.find_all("meta", {"name": "citation_title"})


def test_a_practice_with_more_to_cite_takes_no_more_queries(client, tree):
    origin = a_practice(tree.section("tajikistan"), title="Schools online first")
    taken = []
    for source in (
        [("source", {"title": "Annual report"})],
        [("source", {"title": f"Report {n}"}) for n in range(9)],
    ):
        practice = a_practice(tree.section(), tags=["fibre", "masts"], adopted_from=origin, sources=source)
        page_of(client, practice.url)
        with CaptureQueriesContext(connection) as queries:
            practice_head(practice.translation_key, "en")
            practice_cite(practice.translation_key, "en")
        taken.append(len(queries))
    assert taken[0] == taken[1] < 10
