"""The dialog of the schedule names its time zone and the button by its name, and refuses a time that has gone by."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from tests.factories import a_practice
from tests.factories.editing import edit_url, form_of, loaded_from, posted, snapshot_data

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_suffices]
PUBLISH = {"action-publish": "1"}


def typed(moment: datetime) -> str:
    return f"{moment.astimezone(timezone.get_default_timezone()):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize("action", [{}, PUBLISH, {"action-submit": "1"}])
@pytest.mark.parametrize("kind", ["practice", "section"])
def test_a_time_that_has_gone_by_is_refused(admin_client, tree, kind, action):
    page = a_practice(tree.section(), live=False) if kind == "practice" else tree.section()
    past, coming = timezone.now() - timedelta(days=1), timezone.now() + timedelta(days=1)
    answer = admin_client.post(edit_url(page), form_of(page) | {"go_live_at": typed(past)} | action)
    assert "This time has passed." in str(answer.context["form"].errors["go_live_at"])
    if kind == "practice":
        assert not type(page).objects.get(pk=page.pk).live
    answer = admin_client.post(edit_url(page), form_of(page) | {"go_live_at": typed(coming)} | action)
    assert answer.status_code == 302


def test_a_page_that_went_live_by_its_date_is_edited_on(admin_client, tree):
    """Its date has passed, as it should; neither this nor its seconds are the editor's fault."""
    page = a_practice(tree.section())
    page.go_live_at = timezone.now() - timedelta(days=1)
    page.save_revision().publish()
    form = posted(**snapshot_data() | {"slug": page.slug, "go_live_at": typed(page.go_live_at)})
    assert admin_client.post(edit_url(page), form | loaded_from(page) | PUBLISH).status_code == 302


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Time zone: Asia/Tashkent (UTC+05:00)", "when you choose “Schedule” at the foot"]),
        (
            "ru",
            ["Часовой пояс: Asia/Tashkent (UTC+05:00)", "нажмёте внизу страницы «Запланировать публикацию»"],
        ),
    ],
)
def test_the_dialog_names_the_zone_and_the_button(admin_client, superuser, tree, language, words):
    profile = UserProfile.get_for_user(superuser)
    profile.preferred_language, profile.current_time_zone = language, "Asia/Tashkent"
    profile.save()
    page = a_practice(tree.section(), live=False)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision()
    content = admin_client.get(edit_url(page)).content.decode()
    for expected in words:
        assert expected in content
    assert "Schedule to publish" not in content


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(
    ("live_in", "expires_in", "told"),
    [
        (2, 1, {"en": "must go live before it expires", "ru": "раньше, чем её снимут с публикации"}),
        (None, -1, {"en": "does not expire", "ru": "не снималась с публикации"}),
    ],
    ids=["before it goes live", "in the past"],
)
def test_a_wrong_expiry_is_told_once(admin_client, superuser, tree, language, live_in, expires_in, told):
    UserProfile.objects.update_or_create(user=superuser, defaults={"preferred_language": language})
    page = a_practice(tree.section(), live=False)
    days = {"go_live_at": live_in, "expire_at": expires_in}
    dates = {
        name: typed(timezone.now() + timedelta(days=after))
        for name, after in days.items()
        if after is not None
    }
    errors = admin_client.post(edit_url(page), form_of(page) | dates).context["form"].errors
    assert [*errors] == ["expire_at"]
    assert told[language] in str(errors["expire_at"])


def test_the_account_offers_places_as_time_zones(admin_client):
    html = admin_client.get(reverse("wagtailadmin_account")).content.decode()
    assert 'value="Asia/Almaty"' in html
    assert 'value="Factory"' not in html
    assert 'value="localtime"' not in html
