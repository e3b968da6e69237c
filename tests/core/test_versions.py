"""The content version: what caches and records rely on."""

import pytest
from django.db import transaction

from core.versions import current_version, next_version, per_version

pytestmark = pytest.mark.django_db


def test_a_number_is_never_given_twice_not_even_after_a_rollback():
    first = next_version()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        undone = next_version()
        raise ZeroDivisionError
    assert current_version() == first
    assert next_version() > undone > first


def test_what_is_remembered_is_made_anew_after_a_change():
    made = []

    @per_version
    def answer(word):
        made.append(word)
        return word.upper()

    assert [answer("a"), answer("a"), answer("b")] == ["A", "A", "B"]
    next_version()
    assert answer("a") == "A"
    assert made == ["a", "b", "a"]


def test_what_was_computed_before_a_change_is_not_kept_after_it():
    asked = []

    @per_version
    def answer(word):
        asked.append(word)
        if len(asked) == 1:  # another thread, which sees the change that comes while this one computes
            next_version()
            answer("b")
        return len(asked)

    answer("a")
    assert answer("a") == 3
