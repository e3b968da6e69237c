"""Collections of earlier databases go on showing what their stored query found."""

from importlib import import_module

import pytest
from django.apps import apps
from wagtail_localize.models import TranslationSource

from curation.models import CollectionPage

pytestmark = pytest.mark.django_db
queries_name_their_kind = import_module("curation.migrations.0004_queries_name_their_kind")
NAMED = "kind=practice&theme=gender"


def test_pages_drafts_history_and_sources_of_translations_name_the_kind(a_collection, in_russian):
    page = a_collection(question="theme=gender")
    without = a_collection("Picked by hand")
    russian = in_russian(page)
    TranslationSource.update_or_create_from_instance(page)
    page.question = "q=masts"
    page.save_revision()
    queries_name_their_kind.name_kind(apps, None)

    pages = CollectionPage.objects.in_bulk([page.pk, without.pk, russian.pk])
    assert [pages[one.pk].question for one in (page, without, russian)] == [NAMED, "", NAMED]
    assert pages[page.pk].get_latest_revision_as_object().question == "q=masts&kind=practice"
    assert pages[without.pk].get_latest_revision_as_object().question == ""
    assert pages[russian.pk].get_latest_revision_as_object().question == NAMED
    assert pages[page.pk].revisions.first().content["question"] == NAMED
    assert TranslationSource.objects.get_for_instance(page).as_instance().question == NAMED
