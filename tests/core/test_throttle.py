"""A throttle lets its limit pass, forgets after its window, and is not prolonged by what it refuses."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from core.mailbox import mailbox_key
from core.models import ThrottleEvent
from core.throttle import MemoryThrottle, Throttle, client_key

THROTTLE = Throttle("test", limit=2, window=timedelta(hours=1))


@pytest.mark.django_db
def test_the_limit_passes_and_refused_events_do_not_prolong_the_refusal():
    start = timezone.now()
    for minutes, passes in [
        (0, True),
        (10, True),
        (20, False),
        (59, False),
        (61, True),
        (62, False),
        (71, True),
    ]:
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            assert THROTTLE.hit("reader") is passes, f"after {minutes} minutes"
    assert THROTTLE.hit("another")
    assert Throttle("other", limit=1, window=timedelta(days=1)).hit("reader")
    assert not ThrottleEvent.objects.filter(key_hash__contains="reader").exists()


@pytest.mark.django_db
def test_a_queue_gives_each_event_the_first_moment_within_the_limit():
    start = timezone.now()
    for asked, free in [(0, 0), (10, 10), (20, 60), (20, 70), (50, 120), (125, 130), (300, 300)]:
        with time_machine.travel(start + timedelta(minutes=asked), tick=False):
            assert THROTTLE.reserve("reader") == start + timedelta(minutes=free), (
                f"asked after {asked} minutes"
            )
    with time_machine.travel(start + timedelta(minutes=20), tick=False):
        assert THROTTLE.reserve("another") == timezone.now()


@pytest.mark.django_db
def test_events_are_deleted_once_their_window_has_passed():
    THROTTLE.hit("reader")
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        THROTTLE.hit("another")
    assert ThrottleEvent.objects.count() == 1


def test_a_count_in_memory_starts_anew_with_each_window_of_the_clock():
    throttle = MemoryThrottle("test", window=timedelta(minutes=1))
    with time_machine.travel(datetime(2026, 11, 28, 12, 0, 15, tzinfo=UTC), tick=False) as clock:
        assert throttle.hit("reader") == (1, 45)
        assert throttle.hit("another") == (1, 45)
        assert MemoryThrottle("other", window=timedelta(minutes=1)).hit("reader") == (1, 45)
        clock.shift(44.9)
        assert throttle.hit("reader") == (2, 1)
        clock.shift(0.1)
        assert throttle.hit("reader") == (1, 60)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Vic+1@Example.com", "vic+2@example.com", True),
        ("reader@пример.рф", "reader@XN--E1AFMKFD.xn--p1ai", True),
        (" vic@example.com ", "vic@example.com", True),
        ('"vic"@example.com', "vic@example.com", True),
        ('"v\\ic+3"@example.com', "vic@example.com", True),
        ("vic@example.com", "vic@example.org", False),
        ("vic.tor@example.com", "victor@example.com", False),
    ],
)
def test_a_mailbox_is_one_in_all_its_spellings(one, other, same):
    assert (mailbox_key(one) == mailbox_key(other)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("", "", True),
    ],
)
def test_an_ipv6_client_is_its_network(one, other, same):
    assert (client_key(one) == client_key(other)) is same
