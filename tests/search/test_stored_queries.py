"""What is kept of a query goes on finding what its author saw."""

from urllib.parse import urlencode

import pytest

from search.describe import describe_query
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


@pytest.mark.django_db
@pytest.mark.parametrize(
    "more", ["ysclid=x", "utm_source=x", "UTM_Source=x", "correct=0", "page=3", "correct=1&_gl=y"]
)
def test_what_belongs_to_a_visit_is_dropped_silently(more):
    query, notices = parse_stored_query(f"q=masts&{more}")
    assert (query, notices) == (Query(q="masts"), [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a", "one-letter"),
        ("и", "one-letter"),
        ('"b"', "one-letter"),
        ("!!!", "no-words"),
        ("5", ""),
        ("-a", ""),
    ],
)
def test_a_text_that_never_matches_is_refused(text, reason):
    _, notices = parse_stored_query(urlencode({"q": text, "country": "KZ"}))
    assert [notice.reason for notice in notices if notice.field == "q"] == ([reason] if reason else [])


@pytest.mark.django_db
def test_a_query_that_is_stored_says_what_it_leaves_out():
    assert describe_query(Query(q="hackers", synonyms=False)) == "“hackers” · without synonyms"
    assert describe_query(Query(q="хакеры", synonyms=False, lang="ru")) == "«хакеры» · без синонимов"
    assert describe_query(Query(q="hackers")) == "“hackers”"
