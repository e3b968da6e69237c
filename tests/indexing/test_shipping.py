"""Whatever is done to pages, by whatever workers, in whatever order: in the end the index has what the records say."""

import operator
import socket
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from core.leases import Lease, lease
from indexing import documents, indexes, server, shipping
from indexing.index_drift import find_index_drift
from indexing.models import Record, SearchIndex
from indexing.rebuild import rebuild
from indexing.shipping import (
    JOB,
    ShippingResult,
    advance_position,
    bring_up_to_date,
    has_pending_records,
    next_batch,
    ship,
)
from practices.models import PracticePage
from taxonomy.models import Theme
from tests.factories import a_practice, a_translation, publish
from tests.support.serving import search_server
from tests.support.transactions import rolled_back

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# Each example makes an index of its own; `make soak` draws as many as the issue names.
SOAK = settings.get_current_profile_name() == "soak"
EXAMPLES = 500 if SOAK else 30
# An example takes half a second: finding a shorter one that fails too would take minutes.
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
# Where a worker can be killed: before and after each of its steps.
STEPS = ["documents.send", "indexes.refresh", "advance_position"]


class Killed(BaseException):
    """Ends a worker as SIGKILL would: nothing but what it has done is left."""


class Portal:
    """Four pages of three practices, and workers that come and go."""

    def __init__(self, tree) -> None:
        self.tree = tree
        self.section = tree.section("kazakhstan")
        self.keys = list(
            PracticePage.objects.order_by("pk").values_list("translation_key", flat=True).distinct()
        )
        self.held: list[tuple[SearchIndex, list[Record]]] = []
        self.steps = 0

    def page(self, number: int) -> PracticePage | None:
        pages = PracticePage.objects.order_by("pk")
        return pages[number % len(pages)] if pages else None

    def edit(self, number: int) -> None:
        if page := self.page(number):
            self.steps += 1
            publish(page, title=f"Edited {self.steps}")

    def unpublish(self, number: int) -> None:
        if page := self.page(number):
            page.unpublish()

    def restrict(self, number: int) -> None:
        PageViewRestriction.objects.create(page=self.section, restriction_type="login")

    def open(self, number: int) -> None:
        # One by one: lifting one lifts that of the section in the other language.
        while restriction := PageViewRestriction.objects.first():
            restriction.delete()

    def move(self, number: int) -> None:
        if page := self.page(number):
            names = {"kazakhstan", "tajikistan"} - {page.get_parent().slug}
            section = self.tree.section(min(names), page.locale.language_code)
            page.move(type(section).objects.get(pk=section.pk), pos="last-child")

    def rename(self, number: int) -> None:
        self.steps += 1
        theme = Theme.objects.get(code="digital-skills")
        theme.name_en = f"Proficiencies {self.steps}"
        theme.save()

    def delete(self, number: int) -> None:
        if page := self.page(number):
            page.delete()

    def roll_back(self, number: int) -> None:
        """A publish that is undone: the worker must not have anything to send for it."""
        index = SearchIndex.objects.get()
        before = has_pending_records(index)
        with rolled_back():
            self.edit(number)
        assert has_pending_records(index) is before

    def work(self, number: int) -> None:
        ship()

    def work_and_be_killed(self, number: int) -> None:
        with pytest.MonkeyPatch.context() as patch:
            step, after = STEPS[number % 3], bool(number // 3 % 2)
            patch.setattr(f"indexing.shipping.{step}", killed(step, after))
            with suppress(Killed):
                ship()
        # As a killed process leaves it: held by one that is no more.
        Lease.objects.filter(job=JOB).update(
            holder=f"{socket.gethostname()} 4000000 1", until=timezone.now() + timedelta(minutes=1)
        )

    def read(self, number: int) -> None:
        """Another worker, whose lease has run out unnoticed, reads what waits, and sends it later or more than once."""
        index = SearchIndex.objects.get()
        self.held.append((index, next_batch(index)))

    def send_late(self, number: int) -> None:
        if self.held:
            index, batch = self.held[number % len(self.held)]
            documents.send(index.name, batch)
            if batch and number % 2:
                indexes.refresh(index.name)
                advance_position(index, batch[-1].change)


def killed(step: str, after: bool) -> Callable[..., object]:
    done = operator.attrgetter(step)(shipping)

    def then_killed(*args, **kwargs):
        if after:
            done(*args, **kwargs)
        elif step == "documents.send":  # half of it has gone
            done(args[0], list(args[1])[: len(args[1]) // 2])
        raise Killed

    return then_killed


ACTIONS = [Portal.edit, Portal.edit, Portal.unpublish, Portal.restrict, Portal.open, Portal.move, Portal.rename,
           Portal.delete, Portal.roll_back, Portal.work, Portal.work, Portal.work_and_be_killed, Portal.read,
           Portal.send_late]  # fmt: skip


@pytest.fixture
def pages(tree):
    first = a_practice(tree.section("kazakhstan"), title="One", themes=["digital-skills"])
    a_translation(first, title="Один")
    a_practice(tree.section("kazakhstan"), title="Two", themes=["digital-skills"])
    a_practice(tree.section("tajikistan"), title="Three")
    return tree


@settings(max_examples=EXAMPLES, phases=PHASES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 11)), min_size=4, max_size=16))
def test_after_any_order_of_things_the_index_is_as_the_records_are(pages, actions):
    with search_server(), rolled_back():
        rebuild(lambda _: None)
        portal = Portal(pages)
        for action, number in actions:
            action(portal, number)
        ship()
        assert_equal(SearchIndex.objects.get())


def assert_equal(index: SearchIndex) -> None:
    """Every document as the record would make it now, found as such, and none besides."""
    assert not find_index_drift(index)
    answer = server.client().search(index=index.name, size=1_000, query={"match_all": {}})
    found = {hit["_id"]: hit["_source"] for hit in answer["hits"]["hits"]}
    wanted = {str(record.key): documents.document(record) for record in Record.objects.all()}
    assert {key: source for key, source in found.items() if not source["removed"]} == {
        key: source for key, source in wanted.items() if not source["removed"]
    }


def test_a_worker_that_finds_the_lease_held_leaves_the_work(pages):
    with search_server():
        rebuild(lambda _: None)
        publish(PracticePage.objects.all()[0], title="Changed")
        Lease.objects.filter(job=JOB).update(
            holder="elsewhere 1 1", until=timezone.now() + timedelta(minutes=1)
        )
        assert ship() is None
        assert has_pending_records(SearchIndex.objects.get())
        Lease.objects.filter(job=JOB).update(until=timezone.now())
        assert ship().records == 1


def test_a_record_that_is_refused_holds_up_no_other(pages):
    with search_server():
        rebuild(lambda _: None)
        refused, fine = PracticePage.objects.order_by("pk")[2:4]
        publish(fine, title="Fine")
        record = Record.objects.get(key=refused.translation_key)
        record.facets["tag"] = ["x" * 40_000]  # longer than any term may be
        record.version, record.change = record.version + 1, Record.objects.latest("change").change
        record.save()
        with lease(JOB) as held:
            from_now = ShippingResult()
            bring_up_to_date(SearchIndex.objects.get(), held, from_now)
        assert (from_now.records, from_now.refused) == (2, 1)
        assert find_index_drift(SearchIndex.objects.get()).stale == [refused.translation_key]
