"""What a parameter may hold: refused with its name, what it held, and why; an empty one counts for none."""

import pytest

pytestmark = pytest.mark.django_db
KEY = "/api/v1/records/d19bf5ee-6d9f-556d-a6a9-6dd90dc42e80"
UNKNOWN = "“{}” is not a search parameter."
NO_VALUE = "“{}” is not a value of “{}”."
TWICE = "“{}” is given more than once."
CHARACTERS = "“{}” contains invalid characters."
TOO_DEEP = "Only the first 10000 results can be paged through; narrow your search."
LONG = "x" * 300


@pytest.mark.parametrize(
    ("url", "refused"),
    [
        ("/api/v1/suggest?lang=zz", [("lang", "zz", NO_VALUE.format("zz", "lang"))]),
        ("/api/v1/suggest?q=a%00b", [("q", "a\ufffdb", CHARACTERS.format("q"))]),
        ("/api/v1/suggest?lang=%01", [("lang", "\ufffd", CHARACTERS.format("lang"))]),
        ("/api/v1/suggest?lang=en&lang=ru", [("lang", "ru", TWICE.format("lang"))]),
        (
            f"{KEY}?lang=xx&c=",
            [("c", "", UNKNOWN.format("c")), ("lang", "xx", NO_VALUE.format("xx", "lang"))],
        ),
        (f"{KEY}?key=1", [("key", "1", UNKNOWN.format("key"))]),
        ("/api/v1/records/zz", [("key", "zz", NO_VALUE.format("zz", "key"))]),
        ("/api/v1/practices/zz?lang=ru", [("key", "zz", NO_VALUE.format("zz", "key"))]),
        ("/api/v1/collections?page=1", [("page", "1", UNKNOWN.format("page"))]),
        ("/api/v1/collections/x?page=0", [("page", "0", NO_VALUE.format("0", "page"))]),
        ("/api/v1/collections/x?page=5.0", [("page", "5.0", NO_VALUE.format("5.0", "page"))]),
        ("/api/v1/collections/x?page=%2B5", [("page", "+5", NO_VALUE.format("+5", "page"))]),
        ("/api/v1/collections/x?page=1_0", [("page", "1_0", NO_VALUE.format("1_0", "page"))]),
        ("/api/v1/collections/x?page=%D9%A5", [("page", "٥", NO_VALUE.format("٥", "page"))]),
        ("/api/v1/collections/x?page=-1", [("page", "-1", NO_VALUE.format("-1", "page"))]),
        ("/api/v1/collections/x?page=1e3", [("page", "1e3", NO_VALUE.format("1e3", "page"))]),
        (f"/api/v1/collections/x?page={LONG}", [("page", LONG[:100], NO_VALUE.format(LONG[:100], "page"))]),
        ("/api/v1/collections/x?page=501", [("page", "501", TOO_DEEP)]),
        (f"/api/v1/collections/x?page={10**30}", [("page", str(10**30), TOO_DEEP)]),
        ("/api/v1/collections/x?page=1&page=1", [("page", "1", TWICE.format("page"))]),
        ("/api/v1/vocabularies?x=1&y=", [("x", "1", UNKNOWN.format("x")), ("y", "", UNKNOWN.format("y"))]),
        ("/api/v1/vocabularies/theme?lang=en", [("lang", "en", UNKNOWN.format("lang"))]),
        (f"/api/v1/collections?{LONG}=1", [(LONG[:40], "1", UNKNOWN.format(LONG[:40]))]),
    ],
)
def test_a_parameter_that_is_not_understood_is_refused_with_the_reason(client, tree, url, refused):
    answer = client.get(url)
    assert answer.status_code == 422
    told = [(one["field"], one["value"], one["reason"]) for one in answer.json()["detail"]]
    assert sorted(told) == refused


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/api/v1/suggest?lang=&q=", 200),
        (f"/api/v1/suggest?q={LONG}", 200),
        ("/api/v1/collections?lang=ru", 200),
        ("/api/v1/collections/x?page=&lang=", 404),
        ("/api/v1/collections/x?page=500&lang=%20ru", 404),
        (f"{KEY}?lang=ru", 404),
    ],
)
def test_an_empty_parameter_counts_for_none(client, tree, url, status):
    assert client.get(url).status_code == status
