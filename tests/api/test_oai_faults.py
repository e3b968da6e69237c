"""Whatever is asked of /oai: an answer in the protocol's own form, never a 500."""

from datetime import timedelta
from urllib.parse import quote, quote_from_bytes

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.harvesting import OAI, asked, code, judged
from tests.factories import a_practice

pytestmark = pytest.mark.django_db
LIST = "verb=ListRecords&metadataPrefix=oai_dc"
FAULTS = {
    "": "badVerb",
    "verb=": "badVerb",
    "verb=Harvest": "badVerb",
    "verb=Identify&verb=Identify": "badVerb",
    "verb=identify": "badVerb",
    "verb=Identify&set=country:KZ": "badArgument",
    "verb=Identify&until=2026-01-01": "badArgument",
    "verb=Identify&=1": "badArgument",
    "verb=Identify&=": "badArgument",
    "verb=GetRecord&=&identifier=x": "badArgument",
    "verb=ListSets&=": "badArgument",
    f"{LIST}&=1": "badArgument",
    "verb=ListSets&resumptionToken=x": "badResumptionToken",
    "verb=ListRecords": "badArgument",
    "verb=GetRecord&metadataPrefix=oai_dc": "badArgument",
    "verb=GetRecord&identifier=oai:127.0.0.1:x": "badArgument",
    "verb=ListMetadataFormats&identifier=oai:127.0.0.1:x": "idDoesNotExist",
    "verb=GetRecord&metadataPrefix=oai_dc&identifier=x": "idDoesNotExist",
    "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:127.0.0.1:00000000-0000-0000-0000-000000000000": "idDoesNotExist",
    "verb=GetRecord&metadataPrefix=oai_dc&identifier=%00": "badArgument",
    "verb=ListRecords&metadataPrefix=marc21": "cannotDisseminateFormat",
    "verb=ListIdentifiers&metadataPrefix=marc21": "cannotDisseminateFormat",
    "verb=ListRecords&metadataPrefix=oai%20dc": "badArgument",
    f"{LIST}&metadataPrefix=oai_dc": "badArgument",
    f"{LIST}&resumptionToken=x": "badArgument",
    f"{LIST}&page=2": "badArgument",
    f"{LIST}&set=": "badArgument",
    f"{LIST}&set=country:": "badArgument",
    f"{LIST}&set=country:ZZ": "noRecordsMatch",
    f"{LIST}&set=sdg:9": "noRecordsMatch",
    f"{LIST}&set=country:KZ:x": "noRecordsMatch",
    f"{LIST}&set=country:TJ": "noRecordsMatch",
    f"{LIST}&set=sdg": "noRecordsMatch",
    f"{LIST}&from=yesterday": "badArgument",
    f"{LIST}&from=2026-02-30": "badArgument",
    f"{LIST}&from=0000-01-01": "badArgument",
    f"{LIST}&from=2026-1-1": "badArgument",
    f"{LIST}&from=2026-01-01T00:00:00": "badArgument",
    f"{LIST}&from=2026-01-01T25:00:00Z": "badArgument",
    f"{LIST}&from=2026-01-01&until=2026-01-01T00:00:00Z": "badArgument",
    f"{LIST}&from=2026-01-02&until=2026-01-01": "badArgument",
    f"{LIST}&from=9999-12-31": "noRecordsMatch",
    f"{LIST}&until=0001-01-01": "noRecordsMatch",
    "verb=ListRecords&resumptionToken=": "badArgument",
    "verb=ListRecords&resumptionToken=garbage": "badResumptionToken",
    "verb=ListRecords&resumptionToken=%01%EF%BF%BF:a:b": "badResumptionToken",
}
ARGUMENTS = ("", "verb", "identifier", "metadataPrefix", "set", "from", "until", "resumptionToken")


@pytest.fixture
def online(tree):
    return a_practice(tree.section("kazakhstan"), title="Schools online")


@pytest.mark.parametrize(("query", "expected"), FAULTS.items())
def test_a_fault_is_answered_in_the_protocols_form(client, online, query, expected):
    answer = asked(client, query)
    assert code(answer) == expected
    assert bool(answer.find(f"{OAI}request").attrib) is (expected not in ("badVerb", "badArgument"))


def test_without_a_record_there_are_no_sets(client, db):
    assert code(asked(client, "verb=ListSets")) == "noSetHierarchy"


def test_only_the_identifier_that_was_given_names_a_record(client, online):
    key = online.translation_key
    given = asked(client, "verb=ListIdentifiers&metadataPrefix=oai_dc").findtext(f".//{OAI}identifier")
    get = "verb=GetRecord&metadataPrefix=oai_dc&identifier="
    assert code(asked(client, get + given)) == ""
    for other in (
        f"oai:elsewhere.example:{key}",
        str(key),
        given.replace("-", ""),
        given.replace("oai:", "urn:"),
    ):
        assert code(asked(client, get + other)) in ("idDoesNotExist", "badArgument")


@pytest.fixture
def token(client, tree, online, monkeypatch):
    monkeypatch.setattr("api.oai.harvest.PAGE", 1)
    for title in ("Another", "A third"):
        a_practice(tree.section("kazakhstan"), title=title)
    return quote(asked(client, LIST).findtext(f".//{OAI}resumptionToken"))


def test_a_token_serves_as_often_as_it_is_sent(client, token):
    second, again = (asked(client, f"verb=ListRecords&resumptionToken={token}") for _ in range(2))
    assert second.findtext(f".//{OAI}identifier") == again.findtext(f".//{OAI}identifier")
    onward = second.find(f".//{OAI}resumptionToken")
    last = asked(client, f"verb=ListRecords&resumptionToken={quote(onward.text)}").find(
        f".//{OAI}resumptionToken"
    )
    assert (onward.get("cursor"), last.get("cursor"), last.text) == ("1", "2", None)


def test_a_token_of_another_request_or_time_or_hand_is_refused(client, token, monkeypatch):
    altered = token[:-1] + ("a" if token[-1] != "a" else "b")
    asks = [f"verb=ListRecords&resumptionToken={altered}", f"verb=ListIdentifiers&resumptionToken={token}"]
    assert [code(asked(client, query)) for query in asks] == ["badResumptionToken"] * 2
    monkeypatch.setattr("api.oai.harvest.LIFETIME", timedelta(seconds=-1))
    assert code(asked(client, f"verb=ListRecords&resumptionToken={token}")) == "badResumptionToken"


def test_it_is_never_kept_and_asked_by_forms_of_other_sites(online):
    client = Client(enforce_csrf_checks=True)
    for ask in (client.get, client.post):
        response = ask("/oai", {"verb": "Identify"})
        assert response["Content-Type"] == "text/xml; charset=utf-8"
        assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
        assert not response.cookies
    assert (
        code(judged(client.get("/oai", {"verb": "Identify"}, headers={"If-None-Match": "*"}).content)) == ""
    )
    head = client.head("/oai?verb=Identify")
    assert (head.status_code, head.content) == (200, b"")
    assert client.put("/oai").status_code == 405
    assert code(judged(client.post("/oai", "{", content_type="application/json").content)) == "badVerb"


@given(
    pairs=st.lists(
        st.tuples(
            st.sampled_from(ARGUMENTS),
            st.binary(max_size=12)
            | st.text(max_size=12).map(lambda text: text.encode("utf-8", "surrogatepass"))
            | st.sampled_from(
                [b"ListRecords", b"GetRecord", b"ListSets", b"oai_dc", b"datacite", b"2026-01-01"]
            ),
        ),
        max_size=5,
    ),
    is_post=st.booleans(),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_make_it_fail(client, pairs, is_post):
    query = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in pairs)
    if is_post:
        answered = client.post("/oai", query, content_type="application/x-www-form-urlencoded")
    else:
        answered = client.get(f"/oai?{query}")
    assert answered.status_code == 200
    judged(answered.content)
