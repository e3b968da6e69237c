"""What is kept of a query goes on finding what its author saw."""

import pytest

from search.query import Query
from search.stored_queries import naming_kind, parse_stored_query, to_store


@pytest.mark.parametrize(
    ("stored", "named"),
    [
        ("", "kind=practice"),
        ("theme=e-resilience&sort=title", "kind=practice&theme=e-resilience&sort=title"),
        (
            "q=%D1%88%D0%BA%D0%BE%D0%BB%D0%B0&country=KZ",
            "q=%D1%88%D0%BA%D0%BE%D0%BB%D0%B0&kind=practice&country=KZ",
        ),
        ("q=a+b%26kind%3Dx", "q=a+b%26kind%3Dx&kind=practice"),
        ("kind=event&theme=e-resilience", "kind=event&theme=e-resilience"),
    ],
)
def test_a_query_that_names_no_kind_gets_one(stored, named):
    assert naming_kind(stored, "practice") == named
    assert naming_kind(named, "practice") == named


@pytest.mark.django_db
def test_with_one_kind_a_query_is_kept_with_it():
    assert to_store(Query()) == "kind=practice"
    kept, notices = parse_stored_query(to_store(Query(q="masts", chosen=(("status", ("pilot",)),))))
    assert (kept.q, kept.chosen, notices) == ("masts", (("kind", ("practice",)), ("status", ("pilot",))), [])
