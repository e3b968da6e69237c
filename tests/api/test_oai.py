"""OAI-PMH: what a harvester gets, and what it does not."""

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from sickle.oaiexceptions import NoRecordsMatch
from wagtail.models import PageViewRestriction

from indexing.models import Record
from indexing.records import rebuild_all
from search.engines import engine
from search.labels import known_codes
from search.query import Query
from tests.api.harvesting import DC, Harvester, asked, code, texts
from tests.factories import a_practice, a_theme, a_translation, publish
from tests.factories.practices import SNAPSHOT

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DATACITE = "{http://datacite.org/schema/kernel-4}"
SECOND = 1_000_000


@pytest.fixture
def harvester(client):
    return Harvester(client)


@pytest.fixture
def small_pages(monkeypatch):
    monkeypatch.setattr("api.oai.harvest.PAGE", 2)


@pytest.fixture
def five(tree):
    a_theme("e-resilience")
    a_theme("early-warning", parent="e-resilience")
    a_theme("resilience")  # its code is part of another's
    themes = [["digital-skills"], ["early-warning"], ["e-resilience"], ["digital-skills"], ["early-warning"]]
    sections = ["kazakhstan", "tajikistan", "kazakhstan", "international", "kazakhstan"]
    return [
        a_practice(tree.section(section), title=f"Practice {number}", themes=chosen)
        for number, (section, chosen) in enumerate(zip(sections, themes, strict=True))
    ]


def identifier(page):
    return named(page.translation_key)


def named(key):
    return f"oai:{urlsplit(settings.SITE_ADDRESS).hostname}:{key}"


def harvested(harvester, verb="ListRecords", **arguments):
    """(identifier, whether it is deleted) in the order of arrival."""
    found = getattr(harvester, verb)(**{"metadataPrefix": "oai_dc"} | arguments)
    headers = [item.header if verb == "ListRecords" else item for item in found]
    return [(header.identifier, header.deleted) for header in headers]


def changed(page, moment):
    """As if it had changed at this microsecond."""
    Record.objects.filter(key=page.translation_key).update(change=moment)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("verb", ["ListRecords", "ListIdentifiers"])
def test_all_of_it_in_small_pages(client, five, small_pages, verb, method):
    five[3].unpublish()
    expected = [(identifier(page), page is five[3]) for page in (*five[:3], five[4], five[3])]
    assert harvested(Harvester(client, http_method=method), verb) == expected


@pytest.mark.parametrize("prefix", ["oai_dc", "datacite"])
def test_since_the_last_time_with_what_is_gone(harvester, five, prefix):
    rebuild_all(page.translation_key for page in five)  # nothing is new, so nothing is told
    for number, page in enumerate(five):
        changed(page, number * SECOND)
    publish(five[1], title="Changed")
    five[2].delete()
    since = "2020-01-01"
    assert harvested(harvester, metadataPrefix=prefix, **{"from": since}) == [
        (identifier(five[1]), False),
        (identifier(five[2]), True),
    ]
    assert harvested(harvester, set="country:KZ", **{"from": since}) == [(identifier(five[2]), True)]
    rebuild_all(page.translation_key for page in five[3:])
    assert harvester.GetRecord(identifier=identifier(five[2]), metadataPrefix=prefix).deleted


def test_the_last_second_counts_to_its_end(harvester, five):
    for page, moment in zip(
        five, (0, 10 * SECOND - 1, 10 * SECOND, 11 * SECOND - 1, 11 * SECOND), strict=True
    ):
        changed(page, moment)
    tenth = {"from": "1970-01-01T00:00:10Z", "until": "1970-01-01T00:00:10Z"}
    assert harvested(harvester, **tenth) == [(identifier(five[2]), False), (identifier(five[3]), False)]
    assert len(harvested(harvester, **{"from": "1970-01-01", "until": "1970-01-01"})) == 5
    assert len(harvested(harvester, until="9999-12-31T23:59:59Z")) == 5
    with pytest.raises(NoRecordsMatch):
        harvested(harvester, until="1969-12-31")
    assert harvester.Identify().earliestDatestamp == "1970-01-01T00:00:00Z"


def test_a_set_holds_what_the_query_finds(harvester, five, small_pages):
    sets = {each.setSpec: each.setName for each in harvester.ListSets()}
    found = {
        f"{facet}:{one}": {named(key) for key in engine().iter_keys(Query(chosen=((facet, (one,)),)))}
        for facet in ("country", "theme", "kind")
        for one in known_codes()[facet]
    }
    assert set(sets) == {"country", "theme", "kind"} | {spec for spec, keys in found.items() if keys}
    assert (sets["country:KZ"], sets["theme:early-warning"]) == ("Kazakhstan", "Early warning")
    for spec in sets:
        expected = {key for one, keys in found.items() if one == spec or ":" not in spec for key in keys}
        assert dict(harvested(harvester, set=spec)) == dict.fromkeys(expected, False)


def test_nothing_is_missed_that_happens_between_two_pages(harvester, five, small_pages, tree):
    arriving = harvester.ListRecords(metadataPrefix="oai_dc", set="country:KZ")
    first = [next(arriving), next(arriving)]
    publish(five[0], title="Changed after it was seen")
    publish(five[4], title="Changed before it was seen")
    five[2].unpublish()
    new = a_practice(tree.section("kazakhstan"), title="New")
    rest = [(record.header.identifier, record.deleted) for record in arriving]
    assert [record.header.identifier for record in first] == [identifier(five[0]), identifier(five[2])]
    assert rest == [
        (identifier(five[0]), False),
        (identifier(five[4]), False),
        (identifier(five[2]), True),
        (identifier(new), False),
    ]


def test_many_of_one_change_are_told_apart_by_key(harvester, five, small_pages):
    Record.objects.update(change=7 * SECOND)
    found = harvested(harvester)
    assert found == sorted(found)
    assert len(found) == 5


def test_what_is_taken_back_while_a_page_is_made_is_gone(harvester, five, monkeypatch):
    monkeypatch.setattr("api.oai.records.entries", lambda keys, lang: [])
    assert harvested(harvester) == [(identifier(page), True) for page in five]


def test_a_practice_in_all_its_languages(tree, harvester):
    origin = a_practice(tree.section("tajikistan"), title="First of its kind")
    page = a_practice(
        tree.section("kazakhstan"), title="Schools ]]> <online> &amp; \x0bmore", sdgs=["9"], start_year=2020,
        place="Almaty", latitude="43.25", longitude="76.95", adopted_from=origin, practice_type="programme",
        organisations=[*SNAPSHOT["organisations"], ("partner", {"name": "Regional university"})], tags=["fibre"],
        sources=[("source", {"title": "Report", "url": "https://example.org/a?b=1&c=2", "year": 2025})], end_year=2024,
    )  # fmt: skip
    russian = {"challenge": "<p>Связи не было.</p>", "organisations": [("lead", {"name": "Министерство"})]}
    a_translation(page, title="Школы в сети", **russian)
    plain = harvester.GetRecord(identifier=identifier(page), metadataPrefix="oai_dc")
    titles = [("en", "Schools ]]> <online> &amp; more"), ("ru", "Школы в сети")]
    assert texts(plain, f"{DC}title") == titles
    assert texts(plain, f"{DC}language") == [(None, "en"), (None, "ru")]
    assert texts(plain, f"{DC}coverage")[:2] == [("en", "Kazakhstan"), ("en", "Almaty")]
    assert texts(plain, f"{DC}creator") == [("en", "Ministry of Connection"), ("ru", "Министерство")]
    assert (None, f"{settings.SITE_ADDRESS}/p/{origin.translation_key}") in texts(plain, f"{DC}relation")
    rich = harvester.GetRecord(identifier=identifier(page), metadataPrefix="datacite")
    assert texts(rich, f"{DATACITE}resource/{DATACITE}titles/{DATACITE}title") == titles
    told = texts(rich, f"{DATACITE}description")
    assert ("en", "Challenge: Few were connected.") in told
    assert ("ru", "Проблема: Связи не было.") in told
    assert told.count(("en", "What it is, in two sentences.")) == 1  # not translated
    assert texts(rich, f"{DATACITE}pointLatitude") == [(None, "43.25")]
    assert texts(rich, f"{DATACITE}relatedItemIdentifier") == [(None, "https://example.org/a?b=1&c=2")]


def test_each_organisation_is_a_creator_or_a_contributor(tree, harvester):
    """DataCite has each once, in the original language, with its identifier; Dublin Core in every language."""
    ror = "https://ror.org/02mhbdp94"
    organisations = [
        ("lead", {"name": "Министерство связи", "ror": ror}), ("lead", {"name": "Агентство"}),
        ("partner", {"name": "Университет", "ror": ror}),
    ]  # fmt: skip
    page = a_practice(tree.section("kazakhstan", "ru"), title="Школы", organisations=organisations)
    english = [("lead", {"name": "Ministry of Connection", "ror": ror}), ("lead", {"name": "Agency"})]
    a_translation(page, "en", title="Schools", organisations=english)
    plain = harvester.GetRecord(identifier=identifier(page), metadataPrefix="oai_dc")
    assert texts(plain, f"{DC}creator") == [
        ("ru", "Министерство связи"), ("ru", "Агентство"), ("en", "Ministry of Connection"), ("en", "Agency")
    ]  # fmt: skip
    assert texts(plain, f"{DC}contributor") == [("ru", "Университет")]
    rich = harvester.GetRecord(identifier=identifier(page), metadataPrefix="datacite")
    assert texts(rich, f"{DATACITE}creatorName") == [("ru", "Министерство связи"), ("ru", "Агентство")]
    assert texts(rich, f"{DATACITE}creator/{DATACITE}nameIdentifier") == [(None, ror)]
    assert texts(rich, f"{DATACITE}contributor/{DATACITE}nameIdentifier") == [(None, ror)]
    assert texts(rich, f"{DATACITE}contributorName") == [("ru", "Университет")]


def test_the_original_comes_first_in_whatever_language(tree, harvester):
    page = a_practice(tree.section("kazakhstan", "ru"), title="Школы в сети")
    a_translation(page, "en", title="Schools online")
    rich = harvester.GetRecord(identifier=identifier(page), metadataPrefix="datacite")
    titles = f"{DATACITE}resource/{DATACITE}titles/{DATACITE}title"
    assert texts(rich, titles) == [("ru", "Школы в сети"), ("en", "Schools online")]
    assert texts(rich, f"{titles}[@titleType='TranslatedTitle']") == [("en", "Schools online")]
    assert texts(rich, f"{DATACITE}resource/{DATACITE}language") == [(None, "ru")]


@pytest.mark.parametrize("prefix", ["oai_dc", "datacite"])
def test_a_practice_that_has_nothing_but_its_title(tree, harvester, prefix):
    bare = a_practice(tree.section("international"), title="Bare", snapshot=False)
    (found,) = harvester.ListRecords(metadataPrefix=prefix)
    assert found.header.identifier == identifier(bare)
    assert [text for _, text in texts(found, "{*}title")] == ["Bare"]


def test_drafts_restricted_ones_and_contacts_are_in_none(tree, client, harvester):
    draft = a_practice(tree.section("kazakhstan"), title="Not yet", live=False)
    hidden = a_practice(tree.section("kazakhstan"), title="Hidden")
    shown = a_practice(tree.section("tajikistan"), title="Shown", adopted_from=hidden)
    draft_of_shown = shown.get_latest_revision_as_object()
    draft_of_shown.title = "Unreviewed"
    draft_of_shown.save_revision()
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    assert harvested(harvester) == [(identifier(shown), False), (identifier(hidden), True)]
    assert (
        code(asked(client, f"verb=GetRecord&metadataPrefix=oai_dc&identifier={identifier(draft)}"))
        == "idDoesNotExist"
    )
    for prefix in ("oai_dc", "datacite"):
        told = client.get("/oai", {"verb": "ListRecords", "metadataPrefix": prefix}).content.decode()
        assert "Shown" in told
        assert not any(
            secret in told
            for secret in ("Hidden", "Not yet", "Unreviewed", "office@example.org", "Project office")
        )
        assert f"/p/{hidden.translation_key}" not in told
