"""A page and its record are saved together or not at all, whatever changes the page; each with a fault in between."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from taggit.models import Tag
from wagtail.models import Page, PageViewRestriction

from core.jobs.worker import run_all
from indexing import receivers
from indexing.models import Record
from indexing.record_drift import find_record_drift, repair
from practices.models import PracticePage
from search.engines import engine
from search.query import Query
from taxonomy.models import Country, Theme
from tests.factories import a_practice, a_translation, publish

pytestmark = pytest.mark.django_db


def total(**asked) -> int:
    return engine().size(Query(**asked))


@pytest.fixture
def practice(tree):
    return a_practice(
        tree.section("kazakhstan"), title="Lighthouse", themes=["digital-skills"], tags=["beacon"]
    )


def publishing(practice, tree):
    practice.title = "Renamed"
    practice.save_revision().publish()


def unpublishing(practice, tree):
    practice.unpublish()


def moving(practice, tree):
    practice.move(tree.section("tajikistan"), pos="last-child")


def moving_its_section(practice, tree):
    section = tree.section("kazakhstan")
    section.slug = "qazaqstan"
    section.save_revision().publish()


def deleting(practice, tree):
    practice.delete()


def restricting(practice, tree):
    with transaction.atomic():
        PageViewRestriction.objects.create(page=tree.section("kazakhstan"), restriction_type="login")


def renaming_a_theme(practice, tree):
    theme = Theme.objects.get(code="digital-skills")
    theme.name_en = "Proficiencies"
    theme.save()


def renaming_a_country(practice, tree):
    country = Country.objects.get(code="KZ")
    country.name_en = "Republic"
    country.save()


def renaming_a_tag(practice, tree):
    with transaction.atomic():
        tag = Tag.objects.get(name="beacon")
        tag.name = "pharos"
        tag.save()


CHANGES = [publishing, unpublishing, moving, moving_its_section, deleting, restricting, renaming_a_theme,
           renaming_a_country, renaming_a_tag]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_the_record_follows(change, practice, tree):
    before = Record.objects.get(key=practice.translation_key)
    change(practice, tree)
    run_all()
    after = Record.objects.get(key=practice.translation_key)
    assert (after.version, after.change) > (before.version, before.change)
    assert not find_record_drift()


@pytest.mark.parametrize("change", CHANGES)
def test_a_fault_between_page_and_record_undoes_both(change, practice, tree, monkeypatch):
    record = Record.objects.values().get(key=practice.translation_key)
    page = PracticePage.objects.values().get(pk=practice.pk)

    def fault(*args, **kwargs):
        raise ConnectionError("between page and record")

    monkeypatch.setattr(receivers, "rebuild", fault)
    monkeypatch.setattr(receivers, "enqueue", fault)
    with pytest.raises(ConnectionError), transaction.atomic():
        change(practice, tree)
    now = PracticePage.objects.values().get(pk=practice.pk)
    ignored = {"latest_revision_id", "latest_revision_created_at", "has_unpublished_changes", "draft_title"}
    assert {k: v for k, v in now.items() if k not in ignored} == {
        k: v for k, v in page.items() if k not in ignored
    }
    assert Record.objects.values().get(key=practice.translation_key) == record
    assert not find_record_drift()


def test_the_fault_undoes_a_publish_without_any_outer_transaction(practice, monkeypatch):
    """As scheduled publishing calls it: BasePage.publish is atomic by itself."""
    monkeypatch.setattr(receivers, "rebuild", lambda key: 1 / 0)
    practice.title = "Renamed"
    revision = practice.save_revision()
    with pytest.raises(ZeroDivisionError):
        revision.publish()
    assert PracticePage.objects.get(pk=practice.pk).title == "Lighthouse"


def restrict(tree):
    return PageViewRestriction.objects.create(page=tree.section("kazakhstan"), restriction_type="login")


def test_what_is_restricted_leaves_the_search_at_once_and_comes_back_with_the_worker(practice, tree):
    restriction = restrict(tree)
    assert total() == total(q="lighthouse") == 0
    run_all()
    assert total() == 0
    assert not find_record_drift()
    restriction.delete()
    run_all()
    assert total() == total(q="lighthouse") == 1
    assert not find_record_drift()


def test_what_is_moved_below_a_restriction_leaves_the_search_at_once(practice, tree):
    PageViewRestriction.objects.create(page=tree.section("tajikistan"), restriction_type="login")
    a_practice(tree.section("tajikistan"), title="Secret")
    Page.objects.get(pk=practice.pk).specific.move(tree.section("tajikistan"), pos="last-child")
    assert total() == 0
    run_all()
    assert not find_record_drift()


def test_both_languages_are_one_practice(practice):
    a_translation(practice, title="Маяк", summary="Свет")
    assert total(q="lighthouse") == total(q="маяк") == total(q="lighthouse маяк") == total() == 1
    found = engine().search(Query())
    assert found.counts["language"] == {"en": 1, "ru": 1}
    assert found.counts["country"] == {"KZ": 1}


def test_unpublishing_one_language_leaves_the_other(practice):
    russian = a_translation(practice, title="Маяк", summary="Свет")
    practice.unpublish()
    assert (total(q="маяк"), total(q="lighthouse"), total()) == (1, 0, 1)
    russian.unpublish()
    assert total() == 0
    assert Record.objects.get(key=practice.translation_key).removed


def test_publishing_again_without_a_change_makes_no_version(practice):
    before = Record.objects.get(key=practice.translation_key).version
    publish(practice)
    assert Record.objects.get(key=practice.translation_key).version == before


def test_drift_is_named_and_mended(practice, tree):
    stale = a_practice(tree.section("tajikistan"), title="Stale")
    ghost = a_practice(tree.section("tajikistan"), title="Ghost")
    Record.objects.filter(key=practice.translation_key).delete()
    Record.objects.filter(key=stale.translation_key).update(year=1999)
    PracticePage.objects.filter(pk=ghost.pk).update(live=False)
    found = find_record_drift()
    assert (found.missing, found.stale, found.ghosts) == (
        [practice.translation_key],
        [stale.translation_key],
        [ghost.translation_key],
    )
    assert repair(found) == 3
    assert not find_record_drift()


def test_the_full_text_follows_the_record(practice):
    """The triggers are still there after every migration (SQLite drops them when it remakes a table)."""
    publish(practice, title="Beacon of knowledge")
    assert (total(q="lighthouse"), total(q="knowledge")) == (0, 1)


def test_what_is_gone_is_remembered_by_country_theme_and_when_it_appeared(practice):
    record = Record.objects.get(key=practice.translation_key)
    appeared = record.appeared
    practice.unpublish()
    record.refresh_from_db()
    assert record.removed
    assert record.facets == {"country": ["KZ"], "theme": ["digital-skills"]}
    assert record.appeared == appeared < record.change
    assert not find_record_drift()
    practice.save_revision().publish()
    record.refresh_from_db()
    assert record.appeared == appeared < record.change


def test_the_fault_undoes_a_withdrawal_at_its_time(practice, monkeypatch):
    PracticePage.objects.update(expire_at=timezone.now() - timedelta(seconds=1))
    with monkeypatch.context() as patched:
        patched.setattr(receivers, "rebuild", lambda key: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            call_command("publish_scheduled")
    assert PracticePage.objects.get().live
    assert not find_record_drift()
    call_command("publish_scheduled")
    assert not PracticePage.objects.get().live
    assert total() == 0
    assert not find_record_drift()
