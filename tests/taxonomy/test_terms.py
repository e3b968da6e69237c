"""Vocabularies: loaded once, edited by people, seen by readers at once."""

import pytest

from core.versions import current_version
from search.labels import known_codes, labels
from taxonomy.loading import load_vocabularies
from taxonomy.models import SDG, Country, Theme

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_loading_again_adds_nothing_and_leaves_what_people_wrote():
    assert load_vocabularies() > 250
    country = Country.objects.get(code="KZ")
    country.name_ru = "Республика Казахстан"
    country.save()
    assert load_vocabularies() == 0
    assert Country.objects.get(code="KZ").name_ru == "Республика Казахстан"


def test_the_shipped_terms():
    load_vocabularies()
    assert [c.code for c in Country.objects.of_speca()] == ["AF", "AZ", "KG", "KZ", "TJ", "TM", "UZ"]
    assert Country.objects.get(code="KG").name_ru == "Кыргызстан"
    assert SDG.objects.count() == 17
    tops = Theme.objects.filter(parent=None)
    assert tops.count() == 7
    assert all(top.children.count() >= 3 for top in tops)


def test_a_new_name_is_a_change_that_readers_see():
    load_vocabularies()
    before, _warm = current_version(), labels("ru")
    theme = Theme.objects.get(code="e-resilience")
    theme.name_ru = "Цифровая стойкость"
    theme.save()
    assert current_version() > before
    assert labels("ru")["theme"]["e-resilience"] == "Цифровая стойкость"
    assert "e-resilience" in known_codes()["theme"]
