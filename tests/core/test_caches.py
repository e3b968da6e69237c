"""Caches of what readers ask for are limited by bytes."""

import threading

import pytest
from django.conf import settings
from django.core.cache import caches
from hypothesis import given
from hypothesis import strategies as st

from core.caches import BytesLimitedCache

LIMIT = 10_000


@pytest.fixture
def cache():
    cache = BytesLimitedCache("of-a-test", {"OPTIONS": {"MAX_BYTES": LIMIT, "MAX_ENTRIES": 50}})
    cache.clear()
    return cache


@pytest.mark.parametrize("name", ["default", "pages"])
def test_what_readers_ask_for_is_kept_within_a_limit_of_bytes(name):
    assert isinstance(caches[name], BytesLimitedCache)
    assert int(settings.CACHES[name]["OPTIONS"]["MAX_BYTES"]) <= 64 * 1024 * 1024


@given(st.lists(st.tuples(st.sampled_from("sgdac"), st.integers(0, 99), st.integers(0, 2000))))
def test_no_order_of_calls_exceeds_the_limits(calls):
    cache = BytesLimitedCache("of-a-property", {"OPTIONS": {"MAX_BYTES": LIMIT, "MAX_ENTRIES": 50}})
    cache.clear()
    for call, number, size in calls:
        match call:
            case "s":
                cache.set(number, "x" * size)
            case "a":
                cache.add(number, "x" * size, timeout=0 if size % 2 else 60)
            case "g":
                cache.get(number)
            case "d":
                cache.delete(number)
            case "c":
                cache.clear()
        held = sum(len(key) + len(value) for key, value in cache._cache.items())
        assert held == cache.total_bytes <= LIMIT
        assert len(cache._cache) <= 50


def test_what_was_asked_for_lately_stays(cache):
    for number in range(30):
        cache.set(number, "x" * 900)
        cache.get(0)
    assert cache.get(0)
    assert cache.get(29)
    assert not cache.get(1)


def test_a_value_that_would_push_out_most_others_is_not_kept(cache):
    cache.set("small", "x")
    cache.set("large", "x" * LIMIT)
    assert cache.get("small") == "x"
    assert cache.get("large") is None


def test_threads_share_one_limit():
    def fill(first):
        for number in range(first, first + 20):
            caches["pages"].set(f"thread-{number}", "x" * 1000)

    caches["pages"].clear()
    threads = [threading.Thread(target=fill, args=(first,)) for first in (0, 100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert caches["pages"].total_bytes > 40_000
    caches["pages"].clear()
    assert caches["pages"].total_bytes == 0
