"""Look-ups without case compare Cyrillic letters as PostgreSQL does, and signs of patterns stay signs."""

import pytest
from taggit.models import Tag

from tests.factories import a_practice

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("lookup", "value", "found"),
    [
        ("iexact", "ШКОЛЫ", True),
        ("icontains", "КОЛ", True),
        ("istartswith", "шК", True),
        ("iendswith", "ЛЫ", True),
        ("iexact", "ШКОЛ_", False),
        ("icontains", "%", False),
    ],
)
def test_case_makes_no_difference(lookup, value, found):
    Tag.objects.create(name="Школы", slug="schools")
    assert Tag.objects.filter(**{f"name__{lookup}": value}).exists() is found


def test_a_tag_in_other_case_is_the_same_tag(tree):
    practice = a_practice(tree.section("kazakhstan"))
    practice.tags.add("Школы")
    practice.tags.add("ШКОЛЫ")
    assert [tag.name for tag in practice.tags.all()] == ["Школы"]
