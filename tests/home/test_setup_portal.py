"""`setup_portal`: one command, twice the same, and what was deleted is there again."""

import io

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import transaction
from wagtail.models import Collection, GroupPagePermission, Locale, Page, Site, Workflow, WorkflowPage

from accounts.roles import ADMINISTRATORS, EXPERTS, REVIEWERS, SECRETARIAT, TRANSLATORS, focal_points
from curation.models import CollectionIndexPage
from home.models import HomePage, PlainPage
from practices.models import PracticePage, PracticesIndexPage, SectionPage
from taxonomy.models import Country, Theme
from tests.factories import a_practice

# What only records that something happened.
NOT_COMPARED = {"Session", "ContentType", "Permission"}
SECTIONS = [
    "afghanistan", "azerbaijan", "kazakhstan", "kyrgyzstan", "tajikistan", "turkmenistan", "uzbekistan", "international",
]  # fmt: skip


def setup():
    call_command("setup_portal", stdout=io.StringIO())


def everything():
    """Every row of every table, those between many and many too."""
    models = apps.get_models(include_auto_created=True)
    find_index_drift = [model for model in models if model.__name__ not in NOT_COMPARED]
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list())) for model in find_index_drift
    }


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """Once a module, and taken back after it; each test takes back its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        setup()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def portal(built, db):
    return built


def test_a_second_run_changes_nothing(portal):
    before = everything()
    setup()
    assert everything() == before


def test_the_trees_are_alike_in_both_languages(portal):
    home = HomePage.objects.get(locale__language_code="en")
    assert home.slug == "home"
    assert Site.objects.get(is_default_site=True).root_page_id == home.pk
    for page in home.get_descendants(inclusive=True):
        translation = page.get_translation(Locale.objects.get(language_code="ru"))
        assert translation.live
        assert page.live
        if page.pk != home.pk:
            assert translation.slug == page.slug
            assert translation.get_parent().pk == page.get_parent().get_translation(translation.locale).pk
    sections = SectionPage.objects.filter(locale=home.locale)
    assert [section.slug for section in sections] == SECTIONS
    assert sections.get(slug="kazakhstan").country == Country.objects.get(code="KZ")
    assert sections.get(slug="international").country is None


def test_titles_are_in_the_language_of_the_tree(portal):
    russian = SectionPage.objects.filter(locale__language_code="ru")
    assert russian.get(slug="kazakhstan").title == "Казахстан"
    assert russian.get(slug="international").title == "Международные эксперты"


def test_addresses_of_the_contract(portal):
    addresses = {page.get_url() for page in Page.objects.filter(depth__gt=1).specific()}
    assert {
        "/en/",
        "/ru/",
        "/en/practices/kazakhstan/",
        "/ru/practices/international/",
        "/ru/collections/",
    } <= addresses


def test_wagtails_own_beginnings_are_gone(portal):
    assert not Page.objects.exact_type(Page).filter(depth__gt=1).exists()
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()
    assert Workflow.objects.count() == 1


def test_a_group_for_each_role(portal):
    countries = {focal_points(country.name_en) for country in Country.objects.of_speca()}
    assert len(countries) == 7
    roles = {EXPERTS, TRANSLATORS, REVIEWERS, SECRETARIAT, ADMINISTRATORS} | countries
    assert set(Group.objects.values_list("name", flat=True)) == roles


def test_every_section_is_under_review(portal):
    names = {section.get_workflow().name for section in SectionPage.objects.all()}
    assert len(names) == 1
    assert HomePage.objects.first().get_workflow() is None


def test_what_was_deleted_is_made_again(portal):
    Theme.objects.filter(code="digital-payments").delete()
    SectionPage.objects.get(slug="kazakhstan", locale__language_code="ru").delete()
    PlainPage.objects.get(slug="privacy", locale__language_code="en").delete()
    CollectionIndexPage.objects.all().first().delete()
    Group.objects.get(name=EXPERTS).delete()
    GroupPagePermission.objects.filter(group__name=focal_points("Tajikistan")).first().delete()
    Collection.objects.get(name__startswith="Uzbekistan").delete()
    WorkflowPage.objects.all().delete()
    setup()
    test_the_trees_are_alike_in_both_languages(None)
    test_a_group_for_each_role(None)
    test_every_section_is_under_review(None)
    assert Theme.objects.filter(code="digital-payments").exists()
    assert GroupPagePermission.objects.filter(group__name=focal_points("Tajikistan")).count() == 4
    assert Group.objects.get(name=EXPERTS).page_permissions.count() == 4
    assert Collection.objects.filter(name__startswith="Uzbekistan").exists()


def test_what_people_did_stays(portal):
    section = SectionPage.objects.get(slug="kazakhstan", locale__language_code="en")
    page = a_practice(section, title="Theirs")
    section.title = "Republic of Kazakhstan"
    section.save_revision().publish()
    group = Group.objects.get(name=REVIEWERS)
    group.permissions.add(*Group.objects.get(name=TRANSLATORS).permissions.all())
    setup()
    assert PracticePage.objects.get(pk=page.pk).live
    assert SectionPage.objects.get(pk=section.pk).title == "Republic of Kazakhstan"
    assert group.permissions.count() == 2
    assert PracticesIndexPage.objects.count() == 2
