"""The tests' own snapshots: what is put there is what was made, in every table."""

import pytest
from django.apps import apps
from django.db import transaction

from core.models import ContentVersion
from core.versions import current_version
from home.models import HomePage
from tests.factories import a_country, make_tree
from tests.support.snapshots import Snapshot

pytestmark = pytest.mark.django_db


def everything():
    models = [model for model in apps.get_models(include_auto_created=True) if model is not ContentVersion]
    return {model._meta.label: sorted(map(repr, model._base_manager.values_list())) for model in models}


def test_the_rows_are_those_that_were_made_and_the_version_goes_on():
    snapshot = Snapshot(make_tree)
    with transaction.atomic():
        made, rows, version = snapshot.put(), everything(), current_version()
        transaction.set_rollback(True)
    assert not HomePage.objects.exists()
    put = snapshot.put()
    assert everything() == rows
    assert put == made
    assert current_version() > version
    assert put.section("kazakhstan", "ru").get_url() == "/ru/practices/kazakhstan/"


def test_where_something_is_there_already_it_is_made_anew():
    snapshot = Snapshot(make_tree)
    with transaction.atomic():
        snapshot.put()
        transaction.set_rollback(True)
    kazakhstan = a_country("KZ")
    assert snapshot.put().section("kazakhstan").country == kazakhstan
