"""Two harvesters that others wrote: all of it, what has changed, a set and its parent, deletions, and across a rebuild."""

from collections.abc import Iterator
from typing import Protocol

import httpx2
import pytest
from django.conf import settings
from django.core.management import call_command
from oaipmh_scythe import Scythe
from oaipmh_scythe import exceptions as scythe_errors
from sickle.oaiexceptions import NoRecordsMatch, NoSetHierarchy

from indexing.models import Record
from indexing.records import rebuild_all
from portal.wsgi import application
from tests.api.harvesting import Harvester
from tests.factories import a_practice, a_translation, publish

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SECOND = 1_000_000
# Later than what `long_ago` sets, earlier than what a test changes.
SINCE = "2020-01-01"
NOTHING = (NoRecordsMatch, scythe_errors.NoRecordsMatch, NoSetHierarchy, scythe_errors.NoSetHierarchy)
Told = tuple[str, bool, tuple[str, ...]]


class Side(Protocol):
    """What a harvester learns: of records (title, whether it is deleted, sets), and of sets their setSpecs."""

    def records(self, since: str | None = None, of: str | None = None) -> Iterator[Told]: ...
    def sets(self) -> list[str]: ...
    def description(self) -> str: ...


class BySickle:
    def __init__(self, client) -> None:
        self.sickle = Harvester(client)

    def records(self, since=None, of=None):
        chosen = {name: value for name, value in (("from", since), ("set", of)) if value}
        for record in self.sickle.ListRecords(metadataPrefix="oai_dc", **chosen):
            yield record.header.identifier, record.deleted, tuple(record.header.setSpecs)

    def sets(self):
        return [each.setSpec for each in self.sickle.ListSets()]

    def description(self):
        return "".join(self.sickle.Identify().xml.itertext())


class ByScythe:
    def __init__(self, _client) -> None:
        self.scythe = Scythe("http://testserver/oai")
        self.scythe._client = httpx2.Client(transport=httpx2.WSGITransport(app=application))

    def records(self, since=None, of=None):
        for record in self.scythe.list_records(from_=since, set_=of, metadata_prefix="datacite"):
            yield record.header.identifier, record.deleted, tuple(record.header.setSpecs)

    def sets(self):
        return [each.setSpec for each in self.scythe.list_sets()]

    def description(self):
        return "".join(self.scythe.identify().xml.itertext())


@pytest.fixture(params=[BySickle, ByScythe])
def harvester(request, client, one_connection) -> Side:
    return request.param(client)


@pytest.fixture(autouse=True)
def pages_of_two(monkeypatch):
    monkeypatch.setattr("api.oai.harvest.PAGE", 2)


@pytest.fixture
def shared(tree):
    """A practice of two countries and two themes."""
    return a_practice(
        tree.section("international"),
        title="Shared",
        countries=["KZ", "TJ"],
        themes=["e-resilience", "fibre"],
    )


@pytest.fixture
def three(tree, shared):
    first = a_practice(tree.section("kazakhstan"), title="First", themes=["digital-skills"])
    a_translation(first, title="Первая")
    return [first, a_practice(tree.section("kazakhstan"), title="Second"), shared]


def key_of(identifier: str) -> str:
    return identifier.rpartition(":")[2]


def told(harvester: Side, since: str | None = None, of: str | None = None) -> dict[str, bool]:
    """Title -> whether it is deleted; {} where nothing matches."""
    try:
        return {key_of(identifier): deleted for identifier, deleted, _ in harvester.records(since, of)}
    except NOTHING:
        return {}


def alive(*pages) -> dict[str, bool]:
    return {str(page.translation_key): False for page in pages}


def dead(*pages) -> dict[str, bool]:
    return {str(page.translation_key): True for page in pages}


def long_ago() -> None:
    """As if the last changes had been in 1970, so that what changes from here on is later than SINCE."""
    for number, record in enumerate(Record.objects.order_by("change")):
        Record.objects.filter(pk=record.pk).update(change=number * SECOND)


def test_all_of_it_and_then_what_has_changed(harvester, three):
    first, second, shared = three
    assert told(harvester) == alive(*three)
    long_ago()
    assert told(harvester, SINCE) == {}
    publish(first, title="First, corrected")
    second.unpublish()
    shared.delete()
    assert told(harvester, SINCE) == alive(first) | dead(second, shared)
    assert told(harvester) == alive(first) | dead(second, shared)


def test_a_parent_set_holds_what_its_sets_hold(harvester, three):
    specs = harvester.sets()
    assert specs.index("country") < specs.index("country:KZ")
    assert {"country", "theme", "kind", "kind:practice", "country:KZ", "country:TJ"} <= set(specs)
    for parent in ("country", "theme", "kind"):
        of_parts = {}
        for spec in specs:
            if spec.startswith(f"{parent}:"):
                of_parts |= told(harvester, of=spec)
        assert told(harvester, of=parent) == of_parts == alive(*three)


def test_each_set_that_is_listed_has_a_record_and_each_set_of_a_record_is_listed(harvester, three, tree):
    a_practice(tree.section("tajikistan"), title="To be deleted", themes=["early-warning"]).delete()
    assert "country:AF" not in harvester.sets()
    assert all(told(harvester, of=spec) for spec in harvester.sets())
    named = {spec for _, _, specs in harvester.records() for spec in specs}
    assert named == {spec for spec in harvester.sets() if ":" in spec}


def test_an_empty_portal_has_no_sets(harvester, tree):
    with pytest.raises(NOTHING):
        harvester.sets()


@pytest.mark.parametrize(
    ("fields", "left", "remaining"),
    [
        ({"countries": ["TJ"]}, "country:KZ", ["country:TJ", "country", "theme:fibre", "kind"]),
        (
            {"themes": ["fibre"]},
            "theme:e-resilience",
            ["theme:fibre", "theme", "country:KZ", "kind:practice"],
        ),
    ],
)
def test_who_leaves_a_set_is_new_in_the_others_and_deleted_in_none(
    harvester, shared, three, fields, left, remaining
):
    long_ago()
    publish(shared, **fields)
    assert told(harvester, SINCE) == alive(shared)
    assert told(harvester, SINCE, left) == {}
    assert str(shared.translation_key) not in told(harvester, of=left)
    for spec in remaining:
        assert told(harvester, SINCE, spec) == alive(shared)
    shared.delete()
    assert told(harvester, SINCE, left) == {}
    for spec in remaining:
        assert told(harvester, SINCE, spec) == dead(shared)


def test_a_rebuild_is_no_change_and_loses_nothing_between_two_pages(harvester, three):
    long_ago()
    before = list(harvester.records())
    arriving = harvester.records()
    arrived = [next(arriving)]
    rebuild_all(page.translation_key for page in three)
    call_command("search_check", "--repair")
    assert [*arrived, *arriving] == before
    assert told(harvester, SINCE) == {}


def test_harvesters_of_sets_are_told_to_harvest_them_whole(harvester, db):
    assert "harvest each one whole once a month" in harvester.description()
    assert f"{settings.SITE_ADDRESS}/api/v1/docs" in harvester.description()
