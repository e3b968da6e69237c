"""What cannot be saved is refused at its field, even in a draft, and never answers 500."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from wagtail.test.utils.form_data import streamfield

from practices.models import PracticePage
from tests.factories import a_practice
from tests.factories.editing import add_url, checked, edit_url, led_by, loaded_from, posted, snapshot_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(tree):
    return tree.section()


def errors_of(response) -> dict:
    assert response.status_code == 200
    return response.context["form"].errors


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"title": "x" * 121}, "title"),
        ({"summary": "x" * 501}, "summary"),
        ({"start_year": "2020", "end_year": "2019"}, "end_year"),
        ({"start_year": "1"}, "start_year"),
        ({"latitude": "43.2"}, "longitude"),
        ({"longitude": "0"}, "latitude"),
        ({"latitude": "91", "longitude": "0"}, "latitude"),
        ({"currency": "usd"}, "currency"),
        ({"currency": "US"}, "currency"),
        ({"summary": "a\x00b"}, "summary"),
        ({"place": "a\x00b"}, "place"),
        ({"tags": "a\x00b"}, "tags"),
        ({"challenge": json.dumps({"blocks": [{"key": "a", "text": "a\x00b", "type": "unstyled", "depth": 0,
                                               "inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}})}, "challenge"),
        ({"challenge": json.dumps({"blocks": [{"key": "a", "text": "a\ud800b", "type": "unstyled", "depth": 0,
                                               "inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}})}, "challenge"),
        ({"challenge": "no json"}, "challenge"),
        ({"challenge": "[]"}, "challenge"),
        ({"organisations": led_by("x" * 301)}, "organisations"),
        ({"sources": streamfield([("source", {"title": "a\x00b", "publisher": "", "url": "", "year": ""})])}, "sources"),
        ({"sources": streamfield([("source", {"title": "a", "publisher": "", "url": "javascript:x", "year": ""})])}, "sources"),
        ({"sources": {"count": "many"}}, "sources"),
        ({"sources": {"count": "1"}}, "sources"),
        ({"sources": {"count": "1", "0": {"deleted": "", "type": "source", "order": "first", "value": "x"}}}, "sources"),
        ({"approach": streamfield([("text", "{")])}, "approach"),
        ({"approach": streamfield([("picture", {"image": "x", "alt": "", "caption": "", "credit": ""})])}, "approach"),
        ({"contacts": {"count": "1", "0": {"deleted": "", "type": "contact", "order": "0", "id": "\x00",
                       "value": {"role": "a", "organisation": "", "email": "a@example.org"}}}}, "contacts"),
        ({"themes": ["x"]}, "themes"),
        ({"themes": ["9" * 30]}, "themes"),
        ({"status": "unheard-of"}, "status"),
        ({"adopted_from": "9" * 30}, "adopted_from"),
        ({"last_verified": "yesterday"}, "last_verified"),
        ({"last_verified": str(timezone.localdate() + timedelta(days=1))}, "last_verified"),
        ({"latitude": "43,23,80", "longitude": "76,9"}, "latitude"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field_even_in_a_draft(section, fields, name):
    assert checked(section, **{"title": "Schools online"} | fields).keys() == {name}


def test_what_arrived_damaged_is_shown_again(admin_client, section):
    broken = {
        "title": "Schools online",
        "sources": {"count": "many"},
        "challenge": "no json",
        "summary": "a\x00b",
    }
    response = admin_client.post(add_url(section), posted(**broken))
    assert errors_of(response).keys() == {"sources", "challenge", "summary"}


def test_a_stream_without_its_data_keeps_what_was_stored(admin_client, section):
    page = a_practice(section, live=False)
    data = posted(title="Changed") | loaded_from(page)
    del data["sources-count"]

    response = admin_client.post(edit_url(page), data)

    assert errors_of(response).keys() == {"sources"}
    assert "Annual report" in response.content.decode()


def test_blocks_of_a_draft_may_be_unfinished_too(tree):
    unfinished = {"sources": streamfield([("source", {"title": "", "publisher": "", "url": "", "year": ""})])}
    assert not checked(tree.section(), title="X", **unfinished)
    assert checked(tree.section(), draft=False, **snapshot_data() | unfinished).keys() == {"sources"}


def test_blocks_of_an_unknown_type_are_left_out(admin_client, section):
    data = posted(title="Schools online", sources=streamfield([("script", "x")]))
    assert admin_client.post(add_url(section), data).status_code == 302
    assert not PracticePage.objects.get().sources


URL = "https://example.org/report"
SOURCE = {"title": "Report", "publisher": "", "url": URL, "year": "2025"}
LEAD = {"name": "Ministry", "ror": "https://ror.org/02mhbdp94", "url": ""}
CONTACT = {"role": "Office", "organisation": "", "email": "office@example.org"}


@pytest.mark.parametrize(
    ("name", "kind", "first", "second", "refused"),
    [
        ("sources", "source", SOURCE, SOURCE, "“Report”"),
        ("sources", "source", SOURCE, SOURCE | {"title": "The report", "url": URL + "/"}, f"“{URL}/”"),
        ("sources", "source", SOURCE | {"url": ""}, SOURCE | {"url": "", "title": " REPORT "}, "“REPORT”"),
        ("sources", "source", SOURCE | {"url": ""}, SOURCE | {"url": "", "year": "2024"}, ""),
        ("contacts", "contact", CONTACT, CONTACT, "“Office”"),
        ("organisations", "lead", LEAD, LEAD | {"name": "Other"}, f"“{LEAD['ror']}”"),
        ("organisations", "lead", LEAD, LEAD | {"ror": ""}, "“Ministry”"),
    ],
)
def test_the_same_twice_is_named_before_review(section, name, kind, first, second, refused):
    stream = {name: streamfield([(kind, first), (kind, second)])}
    errors = checked(section, draft=False, **snapshot_data() | stream)
    assert errors.keys() == ({name} if refused else set())
    if refused:
        assert f"Number 2 is the same as number 1: {refused}" in errors[name][0]
    assert not checked(section, **snapshot_data() | stream)


@pytest.mark.parametrize(
    ("latitude", "read"), [("43,2380", "43.2380"), ("43.2380", "43.2380"), (" −43,5° ", "-43.5")]
)
def test_degrees_are_read_with_a_comma_too(admin_client, section, latitude, read):
    data = posted(title="Schools online", latitude=latitude, longitude="76,9286")
    assert admin_client.post(add_url(section), data).status_code == 302
    page = PracticePage.objects.get()
    assert (page.latitude, page.longitude) == (Decimal(read), Decimal("76.9286"))
