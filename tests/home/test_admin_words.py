"""The admin's lists say no word of a program: None, True, a UUID, a time with its offset."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import ngettext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page
from wagtail.users.models import UserProfile

from indexing.models import Withdrawal
from tests.factories import a_focal_point, a_practice

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_suffices]
PROGRAMS_WORDS = re.compile(r"\b(None|True|False)\b|[0-9a-f]{8}-[0-9a-f]{4}-|\+00:00|Wagtail")
SCRIPTS = re.compile(r"<(script|style|template)\b.*?</\1>", re.S)
LISTS = [
    "wagtailadmin_home",
    "wagtailadmin_reports:aging_pages",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_tasks",
    "wagtailadmin_reports:page_types_usage",
    "wagtailusers_users:index",
    "wagtailsites:index",
    "wagtailsnippets_indexing_withdrawal:list",
    "messages:index",
]


def words(html):
    """What is read or read aloud: texts, and the titles of icons among them."""
    return re.sub(r"\s+", " ", strip_tags(SCRIPTS.sub("", html)))


@pytest.fixture
def something_to_list(tree, superuser):
    kept, gone = a_practice(tree.section(), title="Schools"), a_practice(tree.section(), title="Gone school")
    gone.save_revision()
    Withdrawal.objects.create(page=kept, replaced_by=gone, merged=True)
    Withdrawal.objects.create(page=gone)
    gone.delete()
    draft = Page.objects.get(pk=kept.pk).specific
    draft.save_revision(user=superuser)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_lists_say_no_word_of_a_program(admin_client, superuser, something_to_list, language):
    UserProfile.objects.update_or_create(user=superuser, defaults={"preferred_language": language})
    found = {}
    addresses = [reverse(name) for name in LISTS] + [
        reverse("wagtailadmin_pages:search") + "?q=school",
        reverse("wagtailadmin_pages:search") + "?q=school&content_type=practices.practicepage",
        reverse("wagtailadmin_explore_root"),
    ]
    for address in addresses:
        response = admin_client.get(address)
        assert response.status_code == 200, address
        text = words(response.content.decode())
        if shown := PROGRAMS_WORDS.search(text):
            found[address] = text[max(shown.start() - 60, 0) : shown.end() + 20]
    assert found == {}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_time_is_local(client, superuser, tree, language):
    """What was done at 21:30 UTC is shown as of 02:30 in Almaty, the next day."""
    moment = datetime(2027, 3, 1, 21, 30, tzinfo=UTC)
    with time_machine.travel(moment, tick=False):
        page = a_practice(tree.section(), title="Schools", owner=superuser)
        page.title = "Schools again"
        page.save_revision(user=superuser, log_action=True)
        UserProfile.objects.update_or_create(user=superuser, defaults={"preferred_language": language})
    with time_machine.travel(moment + timedelta(days=40), tick=False):
        client.force_login(superuser, backend="accounts.backends.PortalBackend")
        of_page = [
            reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
            for name in ("edit", "history", "revisions_index", "usage")
        ]
        of_section = reverse("wagtailadmin_explore", args=[page.get_parent().pk])
        for address in [*map(reverse, LISTS), *of_page, of_section]:
            html = SCRIPTS.sub("", client.get(address, follow=True).content.decode())
            html = re.sub(r'datetime="[^"]*"', "", html)
            assert not re.search(r"\b(21:30|9:30 p\.?m)", html), address
            assert "March 1," not in html, address
            assert "1 марта" not in html, address
        assert re.search("02:30|2:30 a", client.get(of_page[1]).content.decode())


@pytest.mark.parametrize(
    ("language", "said"), [("en", "pages of any type match"), ("ru", "страниц всех типов")]
)
def test_what_is_counted_above_a_list_of_one_type_is_said(
    admin_client, superuser, something_to_list, language, said
):
    """ "78 matching pages" stood above "1-20 of 43"."""
    UserProfile.objects.update_or_create(user=superuser, defaults={"preferred_language": language})
    address = reverse("wagtailadmin_pages:search") + "?content_type=practices.practicepage"
    text = words(admin_client.get(address).content.decode())
    assert "matching pages" not in text
    assert said in text


def test_a_deleted_practice_is_named_by_its_last_address(admin_client, something_to_list):
    text = words(admin_client.get(reverse("wagtailsnippets_indexing_withdrawal:list")).content.decode())
    assert "Deleted: practices/kazakhstan/gone-school" in text


ENGLISH = re.compile(
    r"\b(Search|Choose|Edit|Add|Delete|Permanent|Temporary|Port|Site name|Root|pages|others|Actions|Home|Type|Alt text)\b"
    r"|practices\.practicepage|[0-9] (группы|страницы|типы|пользователи|записи|страны) *<"
)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_wagtail_translates_too_early_is_in_the_persons_language(
    admin_client, superuser, something_to_list, language
):
    """And in no other: the language of the browser is not theirs."""
    UserProfile.objects.update_or_create(user=superuser, defaults={"preferred_language": language})
    Redirect.objects.create(old_path="/old", redirect_link="/new")
    Collection.get_first_root_node().add_child(name="Bilder")
    found = {}
    for name in ("wagtailredirects:index", "wagtailsites:index", "wagtaillocales:index", "wagtailimages_chooser:choose",
                 "wagtaildocs_chooser:choose", "wagtailadmin_explore_root", "wagtailusers_groups:add",
                 "wagtailadmin_reports:page_types_usage", "wagtailimages:index", "wagtailusers_users:index",
                 "wagtailsnippets_taxonomy_country:list", "wagtailadmin_reports:site_history"):  # fmt: skip
        response = admin_client.get(
            reverse(name), headers={"accept-language": {"en": "ru", "ru": "en"}[language]}
        )
        html = response.json()["html"] if "chooser" in name else response.content.decode()
        main = BeautifulSoup(html, "html.parser")
        main = main.select_one("main") or main
        for hidden in main.select("script, template, style"):
            hidden.decompose()
        text = " | ".join(main.stripped_strings) + " ".join(
            str(tag[key]) for key in ("aria-label", "title", "placeholder") for tag in main.select(f"[{key}]")
        )
        expected = ENGLISH if language == "ru" else re.compile("[а-яё]{3}(?<!сск)")
        if shown := expected.search(
            re.sub("Русский|SPECA[^|]*|СПЕКА|Передовая практика|Казахстан|Таджикистан", "", text)
        ):
            found[name] = text[max(shown.start() - 60, 0) : shown.end() + 40]
    assert not found, "\n".join(f"{name}: {words}" for name, words in found.items())


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_refusal_is_in_the_persons_language(client, tree, language):
    person = a_focal_point(tree.section())
    UserProfile.objects.update_or_create(user=person, defaults={"preferred_language": language})
    client.force_login(person, backend="accounts.backends.PortalBackend")
    browser = {"accept-language": {"en": "ru", "ru": "en"}[language]}
    other = a_practice(tree.section("tajikistan"), live=False)
    for address in (reverse("wagtailadmin_pages:edit", args=[other.pk]), reverse("wagtailsites:index")):
        text = client.get(address, headers=browser, follow=True).content.decode()
        assert ("У вас нет доступа" in text) is (language == "ru"), address
        assert ("you do not have permission" in text) is (language == "en"), address
    page = client.get(reverse("wagtailadmin_home"), headers=browser).content.decode()
    assert f"/{language}/accounts/login/" in page, "where the editor leads who is signed out"


@pytest.mark.parametrize(
    ("one", "many", "name", "expected"),
    [
        (
            "This page has one unpublished subpage",
            "This page has %(counter)s unpublished subpages",
            "counter",
            ["1 неопубликованная страница", "3 неопубликованные страницы", "20 неопубликованных страниц"],
        ),
        (
            "This page has one subpage",
            "This page has %(counter)s subpages",
            "counter",
            ["1 опубликованная страница", "3 опубликованные страницы", "20 опубликованных страниц"],
        ),
        (
            "This page has one subpage. Unpublish this too",
            "This page has %(live_descendant_count)s subpages. Unpublish these too",
            "live_descendant_count",
            ["1 опубликованная страница.", "3 опубликованные страницы.", "20 опубликованных страниц."],
        ),
        (
            "This page has one child page",
            "This page has %(counter)s child pages",
            "counter",
            ["1 страница", "3 страницы", "20 страниц"],
        ),
        (
            "This will copy %(count)s subpage.",
            "This will copy %(count)s subpages.",
            "count",
            [
                "скопирована 1 вложенная страница",
                "скопированы 3 вложенные",
                "скопировано 20 вложенных страниц",
            ],
        ),
        (
            "%(num_child_objects)d child page",
            "%(num_child_objects)d child pages",
            "num_child_objects",
            ["1 вложенная страница", "3 вложенные страницы", "20 вложенных страниц"],
        ),
    ],
)
def test_pages_are_counted_in_russian(one, many, name, expected):
    with translation.override("ru"):
        for number, words_ in zip((1, 3, 20), expected, strict=True):
            assert words_ in ngettext(one, many, number) % {name: number}
        assert expected[0].replace("1 ", "21 ") in ngettext(one, many, 21) % {name: 21}
