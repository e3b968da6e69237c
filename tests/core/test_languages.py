"""What is done to a page follows in its other languages, or whoever does it is asked: pages of every kind."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from practices.models import PracticePage
from tests.factories import a_country, a_focal_point, a_practice, a_translation, publish
from tests.factories.editing import edit_url, form_of
from tests.support.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BOTH = ["delete", "unpublish"]


def state(page):
    found = Page.objects.filter(pk=page.pk).values_list("live", flat=True)
    return found[0] if found else "gone"


def after(action):
    return "gone" if action == "delete" else False


def do(client, page, action, **data):
    return client.post(reverse(f"wagtailadmin_pages:{action}", args=(page.pk,)), data, follow=True)


@pytest.mark.parametrize("action", BOTH)
def test_nothing_goes_before_one_has_chosen(admin_client, pair, action):
    english, russian = pair
    question = text_of(admin_client.get(reverse(f"wagtailadmin_pages:{action}", args=(english.pk,))))
    assert f"English: “{english.title}”" in question
    assert f"Russian: “{russian.title}”" in question
    for answer in ({}, {"languages": "nonsense"}):
        assert "Nothing was done" in text_of(do(admin_client, english, action, **answer))
    assert (state(english), state(russian)) == (True, True)


@pytest.mark.parametrize("action", BOTH)
def test_all_languages_or_one_go(admin_client, pair, action):
    english, russian = pair
    do(admin_client, russian, action, languages="one")
    assert (state(english), state(russian)) == (True, after(action))
    if action == "unpublish":
        russian.save_revision().publish()
        do(admin_client, english, action, languages="all")
        assert (state(english), state(russian)) == (False, False)


def test_both_are_deleted_together(admin_client, pair):
    english, russian = pair
    do(admin_client, english, "delete", languages="all")
    assert (state(english), state(russian)) == ("gone", "gone")


@pytest.mark.parametrize("action", BOTH)
def test_bulk_actions_send_to_the_question_at_once(admin_client, tree, action):
    english = a_practice(tree.section(), title="Schools online")
    russian = a_translation(english, title="Школы онлайн")
    alone = a_practice(tree.section(), title="Not translated")
    address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", action)) + "?next=/admin/"
    before = admin_client.get(f"{address}&id={english.pk}&id={alone.pk}").content.decode()
    first, _, left_out = before.partition("These are left out, because they have a page in another language")
    assert "Not translated" in first
    assert "Schools online" not in first
    assert reverse(f"wagtailadmin_pages:{action}", args=(english.pk,)) in left_out
    assert "Yes, " not in text_of(admin_client.get(f"{address}&id={english.pk}"))
    told = admin_client.post(f"{address}&id={english.pk}&id={alone.pk}", follow=True).content.decode()
    assert "one by one" in told
    assert "“Schools online”" in told
    assert [state(page) for page in (english, russian, alone)] == [True, True, after(action)]
    assert "one by one" in text_of(admin_client.post(f"{address}&id={english.pk}", follow=True))
    assert (state(english), state(russian)) == (True, True)


def test_who_may_not_take_the_other_away_takes_only_this_one(client, tree):
    english = a_practice(tree.section(), title="Schools online")
    russian = a_translation(english, live=False, title="Школы онлайн")
    user = a_focal_point(tree.section("kazakhstan", "ru"), permissions=("add", "change", "publish"))
    client.force_login(user, backend="accounts.backends.PortalBackend")
    assert (
        "all these languages"
        not in client.get(reverse("wagtailadmin_pages:delete", args=(russian.pk,))).content.decode()
    )
    assert "Nothing was done" in text_of(do(client, russian, "delete", languages="all"))
    do(client, russian, "delete", languages="one")
    assert (state(english), state(russian)) == (True, "gone")


def parents(*pages):
    return [Page.objects.get(pk=page.pk).get_parent().slug for page in pages]


@pytest.mark.parametrize("way", ["view", "bulk", "code"])
def test_a_practice_moves_in_all_its_languages(admin_client, tree, way):
    english = a_practice(tree.section(), title="Schools online")
    russian = a_translation(english, title="Школы онлайн")
    target = tree.section("tajikistan")
    if way == "view":
        confirm = reverse("wagtailadmin_pages:move_confirm", args=(english.pk, target.pk))
        assert "“Школы онлайн” into “Таджикистан”" in text_of(admin_client.get(confirm))
        admin_client.post(confirm)
    elif way == "bulk":
        address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "move"))
        admin_client.post(f"{address}?next=/admin/&id={english.pk}", {"chooser": target.pk})
    else:
        PracticePage.objects.get(pk=russian.pk).move(tree.section("tajikistan", "ru"), pos="last-child")
    assert parents(english, russian) == ["tajikistan", "tajikistan"]
    countries = [
        {term.code for term in PracticePage.objects.get(pk=page.pk).countries.all()}
        for page in (english, russian)
    ]
    assert countries[0] == countries[1] >= {"TJ"}


def test_who_may_not_move_the_other_moves_neither(client, tree):
    english = a_practice(tree.section(), title="Schools online")
    russian = a_translation(english, title="Школы онлайн")
    user = a_focal_point(tree.section(), tree.section("tajikistan"), permissions=("add", "change", "publish"))
    client.force_login(user, backend="accounts.backends.PortalBackend")
    confirm = reverse("wagtailadmin_pages:move_confirm", args=(english.pk, tree.section("tajikistan").pk))
    assert "which would move along" in text_of(client.post(confirm, follow=True))
    assert parents(english, russian) == ["kazakhstan", "kazakhstan"]
    bulk = (
        reverse("wagtail_bulk_action", args=("wagtailcore", "page", "move"))
        + f"?next=/admin/&id={english.pk}"
    )
    assert "“Школы онлайн”" in text_of(client.get(bulk))
    answer = client.post(bulk, {"chooser": tree.section("tajikistan").pk}, follow=True)
    assert "would move along, and you may not move that one there" in text_of(answer)
    assert parents(english, russian) == ["kazakhstan", "kazakhstan"]


def order(parent):
    return [page.title for page in Page.objects.get(pk=parent.pk).get_children()]


@pytest.mark.parametrize("first", ["English", "Russian"])
def test_the_order_that_pages_are_given_is_that_of_all_languages(admin_client, tree, first):
    english = [a_practice(tree.section(), title=title) for title in ("1", "2", "3", "4")]
    russian = [a_translation(page, title=page.title) for page in english if page.title != "3"]
    a_practice(tree.section("kazakhstan", "ru"), title="Only here")
    here, there = tree.section(), tree.section("kazakhstan", "ru")
    pages = {page.title: page for page in (english if first == "English" else russian)}
    if first == "Russian":
        here, there = there, here
    for title, position in (("4", 0), ("1", 3), ("2", 0), ("4", ""), ("1", 1)):
        place = reverse("wagtailadmin_pages:set_page_position", args=(pages[title].pk,))
        admin_client.post(f"{place}?position={position}")
        shared = [found for found in order(here) if found in ("1", "2", "4")]
        assert [found for found in order(there) if found in ("1", "2", "4")] == shared
    assert len(order(there)) == 4
    assert Page.find_problems() == ([], [], [], [], [])


def expiry(page):
    return type(page).objects.get(pk=page.pk).expire_at


def test_a_page_expires_in_all_its_languages(admin_client, pair):
    english, russian = pair
    day = timezone.now().replace(microsecond=0) + timedelta(days=3)
    publish(english, expire_at=day)
    assert expiry(russian) == day
    publish(russian, title="Новее")  # a draft of before does not take it back
    assert expiry(russian) == day
    fields = admin_client.get(edit_url(russian)).context["form"].fields
    assert "expire_at" not in fields
    assert f"“{english.title}”" in fields["go_live_at"].help_text
    assert "Time zone: " in fields["go_live_at"].help_text
    fields = admin_client.get(edit_url(english)).context["form"].fields
    assert fields["expire_at"].help_text.startswith("It expires in all its languages then. Time zone: ")
    Page.objects.filter(pk__in=[english.pk, russian.pk]).update(
        expire_at=timezone.now() - timedelta(minutes=1)
    )
    call_command("publish_scheduled")
    assert (state(english), state(russian)) == (False, False)
    publish(english, expire_at=None)
    assert expiry(russian) is None


def test_a_day_of_expiry_that_only_the_translation_has_is_not_dropped(admin_client, pair):
    """As databases have it of before, or where the original was a draft when it was set."""
    english, russian = pair
    day = timezone.now().replace(second=0, microsecond=0) + timedelta(days=3)
    Page.objects.filter(pk=russian.pk).update(expire_at=day)
    publish(english, title="Newer")
    assert expiry(english) == expiry(russian) == day
    publish(english, expire_at=None)
    assert expiry(english) is None
    assert expiry(russian) is None

    Page.objects.filter(pk=russian.pk).update(expire_at=day)
    field = admin_client.get(edit_url(russian)).context["form"].fields["expire_at"]
    assert field.help_text.startswith("It expires in all its languages then.")
    publish(russian, title="Новее")
    assert expiry(english) == expiry(russian) == day
    publish(english, expire_at=None)
    assert expiry(english) is None
    assert expiry(russian) is None


@pytest.mark.parametrize("pair", ["practice", "section"], indirect=True)
def test_a_day_of_expiry_typed_before_the_original_had_another_is_refused(admin_client, pair):
    english, russian = pair
    day = timezone.now().replace(second=0, microsecond=0) + timedelta(days=3)
    publish(english, expire_at=day)
    for typed, refused in ((day + timedelta(days=1), True), (day, False)):
        local = timezone.localtime(typed)
        form = form_of(russian) | {
            "title": "Школы",
            "slug": russian.slug,
            "expire_at": f"{local:%Y-%m-%d %H:%M}",
        }
        response = admin_client.post(edit_url(russian), form)
        errors = response.context["form"].errors if response.status_code == 200 else {}
        assert ("expire_at" in errors) == refused, errors
        if refused:
            assert f"“{english.title}” (English)" in str(errors["expire_at"])
    assert expiry(russian) == expiry(english) == day


def test_a_section_keeps_its_country_in_all_languages(tree):
    publish(tree.section("international"), country=a_country("EE"))
    found = type(tree.section()).objects.get(pk=tree.section("international", "ru").pk)
    assert found.country.code == "EE"
