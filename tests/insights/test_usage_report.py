"""The report on use: who sees it, that it counts what was counted, and what it suggests for searches in vain."""

import csv
import io
from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from accounts.roles import SECRETARIAT, TRANSLATORS
from taxonomy.models import Synonym
from tests.factories import a_practice, a_translation, a_user
from usage.facts import Count, Event, Fact, TextCount
from usage.memory import memory
from usage.models import HiddenText
from usage.writer import write

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
REPORT = "usage_admin:report"


def day(ago: int):
    return timezone.localdate() - timedelta(days=ago)


def happened(fact: Fact, number: int, ago: int = 0, language: str = "en", is_bot: bool = False) -> None:
    memory.add(Counter({Count(day(ago), language, is_bot, fact): number}))
    write()


def searched(text: str, days: int, found: bool = False, language: str = "en") -> None:
    """The text was searched for once on each of the last days, today excluded."""
    memory.add(Counter([TextCount(day(ago), language, text, found) for ago in range(1, days + 1)]))
    write()


def report(client, **selection: str) -> BeautifulSoup:
    response = client.get(reverse(REPORT), selection)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def cells(table) -> dict[str, list[str]]:
    """First cell of each row -> the others."""
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])]
        for row in table.select("tbody tr")
    ]
    return {first: rest for first, *rest in rows}


def test_it_counts_what_was_counted(admin_client, tree):
    practice = a_practice(tree.section(), title="Schools online", countries=["KZ", "KG"])
    read = Fact(Event.READ, "KG KZ", str(practice.translation_key))
    happened(read, 1200)
    happened(read, 30, ago=3, language="ru")
    happened(read, 7, is_bot=True)
    happened(read, 5, ago=31)
    happened(Fact(Event.FILTER, detail="country=KZ"), 4)
    happened(Fact(Event.DOWNLOAD, detail="csv"), 2, ago=8)

    page = report(admin_client)
    assert cells(page.find(id="totals-content"))["Practices read"] == ["1,230", "5", "7"]
    chart = page.find(id="chart-read-content")
    assert sum(int(numbers[0].replace(",", "")) for numbers in cells(chart).values()) == 1230
    assert len(chart.svg.find_all("title")) == len(cells(chart)) == 30
    assert cells(page.find(id="table-1-content")) == {
        "English": ["0", "0", "1,200", "2", "0", "0"],
        "Russian": ["0", "0", "30", "0", "0", "0"],
    }
    assert cells(page.find(id="table-2-content")) == {
        "Kazakhstan": ["1,230", "0", "0", "0"],
        "Kyrgyzstan": ["1,230", "0", "0", "0"],
    }
    assert page.find(id="read-content").li.get_text(strip=True) == "Schools online: 1,230"
    assert cells(page.find(id="list-1-content")) == {"Country: Kazakhstan": ["4"]}
    assert cells(page.find(id="list-2-content")) == {"Downloads: CSV": ["2"]}

    narrow = report(admin_client, days="7", language="ru", country="KZ")
    assert cells(narrow.find(id="totals-content"))["Practices read"] == ["30", "0", "0"]
    assert list(cells(narrow.find(id="table-2-content"))) == ["Kazakhstan"]
    odd = report(admin_client, days="x", language="%00", country="ZZZ")
    assert cells(odd.find(id="totals-content"))["Practices read"] == ["1,230", "5", "7"]


def test_the_files_have_all_of_it_and_no_formula(admin_client, tree):
    key = uuid4()
    happened(Fact(Event.READ, "KZ", str(key)), 2)
    happened(Fact(Event.SEARCH), 3, is_bot=True)
    searched("=cmd|calc", days=3)
    counts = admin_client.get(reverse("usage_admin:counts"))
    rows = list(csv.reader(io.StringIO(b"".join(counts).decode("utf-8-sig"))))
    today = day(0).isoformat()
    assert rows[1:] == [
        [today, "Practices read", "en", "KZ", f"http://127.0.0.1:8000/p/{key}", "", "no", "2"],
        [today, "Searches", "en", "", "", "", "yes", "3"],
    ]
    texts = b"".join(admin_client.get(reverse("usage_admin:searches"))).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(texts)))[1:] == [["en", "'=cmd|calc", "3", "3", "3"]]


def test_a_search_in_vain_becomes_a_synonym_and_is_found(admin_client, tree):
    a_practice(tree.section(), title="Telemedicine")
    searched("remote doctors", days=3)
    searched("known to two days", days=2)
    searched("telemedicine", days=4, found=True)

    unmet = report(admin_client).find(id="unmet-content")
    assert list(cells(unmet.table)) == ["remote doctors"]
    form = admin_client.get(unmet.find("a", string="Add a synonym")["href"])
    assert "remote doctors" in form.context["form"]["words"].value()
    call = unmet.find("a", string="Write a call for practices")["href"]
    assert call.startswith("mailto:?subject=Call%20for%20practices%3A%20remote%20doctors&body=")

    Synonym.objects.create(words="remote doctors\ntelemedicine")
    assert not report(admin_client).find(id="unmet-content").table


def test_a_text_is_kept_off_the_front_page_and_let_back(client, superuser, tree):
    texts = ["open data", "smart city", "telemedicine"]
    for text in texts:
        a_practice(tree.section(), title=text.capitalize())
        searched(text, days=3, found=True)
    admin = Client(enforce_csrf_checks=True)
    admin.force_login(superuser, backend="accounts.backends.PortalBackend")

    def press(button: str, text: str) -> str:
        panel = report(admin).find(id="front-content")
        form = next(form for form in panel.find_all("form") if form.find(["s", "span"]).string == text)
        assert button in form.button.get_text()
        data = {field["name"]: field["value"] for field in form.find_all("input")}
        data |= {form.button["name"]: form.button["value"]} if form.button.get("name") else {}
        return admin.post(form["action"], data, follow=True).content.decode()

    def front_page() -> list[str]:
        page = BeautifulSoup(client.get("/en/").content, "html.parser")
        return [link.get_text() for link in page.select(".hero__examples a")]

    assert front_page() == texts
    assert "no longer shown" in press("Do not show", "smart city")
    assert "smart city" not in front_page()
    assert "again" in press("Show again", "smart city")
    assert front_page() == texts


def test_what_is_not_in_a_language_is_listed(admin_client, tree):
    a_practice(tree.section(), title="Only in English")
    a_translation(a_practice(tree.section(), title="In both"), title="На обоих")
    searched("школы", days=3, language="ru")
    page = report(admin_client)
    target = page.find("a", string="See what is not translated")["href"].removeprefix("#")
    assert [
        link.get_text() for link in page.find(id=target).find_all("a") if "practices/" in link["href"]
    ] == ["Only in English"]


def test_in_russian(admin_client, superuser, tree):
    UserProfile.objects.update_or_create(user=superuser, defaults={"preferred_language": "ru"})
    a_practice(tree.section(), title="Schools online")
    happened(Fact(Event.READ, "KZ", str(uuid4())), 1234)
    searched("школы онлайн", days=3, language="ru")
    page = report(admin_client)
    assert cells(page.find(id="totals-content"))["Прочитанные практики"] == ["1\xa0234", "0", "0"]
    assert page.find("a", string="Добавить синоним")
    assert "Казахстан" in cells(page.find(id="table-2-content"))


@pytest.mark.parametrize(("role", "sees"), [(SECRETARIAT, True), (TRANSLATORS, False)])
def test_the_secretariat_sees_it(client, role, sees):
    call_command("setup_portal", verbosity=0)
    client.force_login(a_user(role), backend="accounts.backends.PortalBackend")
    hide = {"language": "en", "text": "rudeness", "is_hidden": "1"}
    client.post(reverse("usage_admin:hidden"), hide)
    assert HiddenText.objects.exists() is sees
    for name in (REPORT, "usage_admin:counts", "usage_admin:searches"):
        assert (client.get(reverse(name)).status_code == 200) is sees
    assert (reverse(REPORT) in client.get(reverse("wagtailadmin_home")).content.decode()) is sees
