"""A translation that is behind: what has changed is shown, and those who translated it hear of it."""

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.urls import reverse
from wagtail.models import Revision
from wagtail.users.models import UserProfile

from practices.changes import changes
from practices.models import PracticePage
from practices.translations import mark_up_to_date, outdated_field_labels
from tests.factories import a_focal_point, a_practice, a_translation, publish
from tests.factories.editing import edit_url

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_suffices]
INDICATOR = {"name": "Stations", "value": "28", "unit": "stations", "year": 2024}


@pytest.fixture
def original(tree):
    return a_practice(
        tree.section(),
        title="Early warning",
        results="<p>There are 28 stations.</p>",
        indicators=[("indicator", INDICATOR)],
    )


@pytest.fixture
def russian(original):
    return a_translation(original, title="Раннее оповещение", results="<p>Работают 28 станций.</p>")


@pytest.fixture
def translator(tree, russian):
    user = a_focal_point(tree.section("kazakhstan", "ru"))
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = "ru"
    profile.save()
    again(russian).save_revision(user=user).publish()
    return user


def again(page):
    return PracticePage.objects.get(pk=page.pk)


def new_version(original, commits, **fields):
    with commits(execute=True):
        publish(original, **fields)


def test_it_shows_what_has_changed_side_by_side(admin_client, original, russian):
    publish(
        original,
        results="<p>There are <b>30</b> stations.</p>",
        indicators=[("indicator", INDICATOR | {"value": "30"})],
    )
    publish(original, results="<p>There are 31 stations.</p>")
    panel = BeautifulSoup(admin_client.get(edit_url(russian)).content, "html.parser")
    sides = {
        part.summary.get_text(strip=True): [
            [mark.get_text() for mark in part.find_all(name)] for name in ("del", "ins")
        ]
        for part in panel.find_all(class_="change")
    }
    assert sides == {
        "What has changed: Results": [["28"], ["31"]],
        "What has changed: Indicators": [["28"], ["30"]],
    }
    assert "There are 28 stations." in panel.find(class_="change").get_text()


def test_markup_in_a_text_stays_text(original, russian):
    publish(original, summary="<script>alert(1)</script> 30")
    (change,) = changes(again(russian))
    assert "<script>" not in change.before + change.after
    assert "&lt;script&gt;" in change.after


def test_an_earlier_version_that_is_gone_is_not_made_up(original, russian):
    publish(original, results="<p>There are 30 stations.</p>")
    Revision.objects.for_instance(original).exclude(pk=again(original).live_revision_id).delete()
    (change,) = changes(again(russian))
    assert (change.before, change.after) == ("", "There are 30 stations.")


def test_the_translator_hears_once_of_each_new_version(
    original, russian, translator, django_capture_on_commit_callbacks
):
    draft = again(original).get_latest_revision_as_object()
    draft.results = "<p>There are 30 stations.</p>"
    with django_capture_on_commit_callbacks(execute=True):
        draft.save_revision()
    assert not mail.outbox  # a draft so far
    new_version(original, django_capture_on_commit_callbacks, results="<p>There are 30 stations.</p>")
    (letter,) = mail.outbox
    assert letter.to == [translator.email]
    assert letter.subject == "Изменился оригинал: Early warning"
    assert "- Результаты" in letter.body
    assert edit_url(russian) in letter.body

    new_version(original, django_capture_on_commit_callbacks)  # nothing new in it
    new_version(original, django_capture_on_commit_callbacks, status="completed")  # a fact follows by itself
    assert len(mail.outbox) == 1
    new_version(original, django_capture_on_commit_callbacks, results="<p>There are 31 stations.</p>")
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("way", ["translated", "ticked off"])
def test_the_home_page_lists_it_until_it_is_up_to_date(
    client, original, russian, translator, django_capture_on_commit_callbacks, way
):
    client.force_login(translator, backend="accounts.backends.PortalBackend")
    home = reverse("wagtailadmin_home")
    listed = "translations-behind"
    assert listed not in client.get(home).content.decode()
    new_version(original, django_capture_on_commit_callbacks, results="<p>There are 30 stations.</p>")
    html = client.get(home).content.decode()
    assert listed in html
    assert "Результаты" in html
    assert edit_url(russian) in html
    if way == "translated":
        publish(russian, results="<p>Работают 30 станций.</p>")
    else:
        draft = again(russian).get_latest_revision_as_object()
        mark_up_to_date(draft)
        draft.save_revision().publish()
    assert outdated_field_labels(again(russian)) == []
    assert listed not in client.get(home).content.decode()


def test_who_may_no_longer_edit_it_hears_nothing(
    original, russian, translator, django_capture_on_commit_callbacks
):
    translator.groups.clear()
    new_version(original, django_capture_on_commit_callbacks, results="<p>There are 30 stations.</p>")
    assert not mail.outbox
