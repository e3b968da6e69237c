"""How complete a practice is, and what is missing where."""

import pytest
from django.utils.translation import override

from practices.completeness import completeness
from practices.field_layout import SHARED, SNAPSHOT, TAB_OF, TRANSLATED
from practices.models import PracticePage
from practices.templatetags.practice_editor import field_anchor
from tests.factories import a_practice
from tests.factories.editing import edit_url

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_suffices]


def names(parts) -> list[str]:
    return [part.name for part in parts]


def test_an_unsaved_page_lacks_all(tree):
    found = completeness(PracticePage())
    assert (found.snapshot, found.full) == (0, 0)
    assert names(found.missing_for_review) == list(SNAPSHOT)


def test_a_snapshot_is_whole_and_not_yet_full(tree):
    found = completeness(a_practice(tree.section()))
    assert found.snapshot == 100
    assert 0 < found.full < 100
    assert not found.missing_for_review
    assert "results" in names(found.missing_for_full)


def test_each_part_counts(tree):
    page = a_practice(tree.section())
    for name in SNAPSHOT:
        page = PracticePage.objects.get()
        setattr(page, name, [] if hasattr(getattr(page, name), "all") else "")
        assert names(completeness(page).missing_for_review) == [name]
        assert completeness(page).snapshot == 90


def test_empty_markup_and_blanks_are_nothing(tree):
    page = a_practice(
        tree.section(), challenge="<p> <br/></p>", organisations=[("partner", {"name": "University"})]
    )
    assert names(completeness(page).missing_for_review) == ["challenge", "organisations"]


def test_an_image_needs_its_description(tree):
    page = PracticePage(image_id=1)
    assert "image_alt" in names(completeness(page).missing)
    assert "image_alt" not in names(completeness(PracticePage()).missing)


def test_labels_are_in_the_language_of_the_editor_and_the_tab_is_named():
    with override("en"):
        part = completeness(PracticePage()).missing[1]
    assert (part.name, part.label, part.tab, part.tab_label) == ("summary", "Summary", "snapshot", "Snapshot")


def test_every_editable_field_has_its_tab_and_is_either_text_or_fact():
    kept_by_wagtail = {"seo_title", "search_description", "show_in_menus", "go_live_at", "expire_at"}
    own = {field.name for field in PracticePage._meta.local_fields if field.editable} - {"page_ptr"}
    own |= {field.name for field in PracticePage._meta.local_many_to_many} | {"title", "slug", "tags"}
    assert set(TAB_OF) == own - kept_by_wagtail
    assert {*TRANSLATED, *SHARED} == set(TAB_OF)


def test_the_links_of_the_meter_lead_to_fields(admin_client, tree):
    page = a_practice(tree.section(), live=False, snapshot=False)
    html = admin_client.get(edit_url(page)).content.decode()
    for name in TAB_OF:
        assert f'id="{field_anchor(name)}"' in html, name
    assert f'href="#{field_anchor("summary")}"' in html


def test_the_meter_costs_the_same_for_any_number_of_terms(tree, django_assert_max_num_queries):
    page = a_practice(tree.section(), sdgs=["1", "2", "3"], themes=["a", "b", "c"])
    with django_assert_max_num_queries(8):
        completeness(PracticePage.objects.get(pk=page.pk))
