"""A practice without a language of its own is in the language of its section."""

import pytest

from practices.models import PracticePage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_new_page_takes_the_locale_of_its_section(tree, language):
    section = tree.section("kazakhstan", language)
    page = section.add_child(instance=PracticePage(title="Schools online"))
    page = PracticePage.objects.get(pk=page.pk)
    assert (page.locale.language_code, page.original_language) == (language, language)
    assert [country.code for country in page.countries.all()] == ["KZ"]
