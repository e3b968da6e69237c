"""The desk lists each practice once, says of it what its public page or its draft says, and finds it by every filter."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Length
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import Page
from wagtail.users.models import UserProfile

from practices.desk import columns
from practices.desk.named_views import SHIPPED
from practices.desk.states import Care, care_of, due_since, overdue_since
from practices.models import DeskView, PracticePage
from tests.factories import a_country, a_practice, a_practice_type, a_theme, a_translation, a_user, publish
from tests.practices.desk import DESK, listed, row_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def original(tree):
    return a_practice(tree.section(), title="Schools online", evidence_level="2", practice_type="programme")


def states_of(row) -> dict[str, str]:
    return {cell.code: str(cell.state) for cell in row.languages}


def test_a_practice_is_one_row_in_all_its_languages(admin_client, original):
    assert states_of(row_of(admin_client, "Schools online")) == {"en": "whole", "ru": "missing"}
    russian = a_translation(original, title="Школы онлайн", live=False)
    assert states_of(row_of(admin_client, "Schools online")) == {"en": "whole", "ru": "draft"}
    publish(russian)
    assert states_of(row_of(admin_client, "Schools online")) == {"en": "whole", "ru": "whole"}
    publish(original, challenge="<p>Fewer were connected than we said.</p>")
    assert states_of(row_of(admin_client, "Schools online")) == {"en": "whole", "ru": "behind"}
    assert listed(admin_client) == ["Schools online"]
    assert listed(admin_client, "language_ru=behind&language_en=whole") == ["Schools online"]
    assert listed(admin_client, "language_ru=missing") == []


def test_the_title_is_in_the_readers_language(admin_client, superuser, original):
    a_translation(original, title="Школы онлайн")
    UserProfile.objects.update_or_create(user=superuser, defaults={"preferred_language": "ru"})
    assert listed(admin_client) == ["Школы онлайн"]
    assert listed(admin_client, "q=SCHOOLS") == ["Школы онлайн"]
    assert listed(admin_client, "q=школы") == ["Школы онлайн"]


@pytest.fixture
def redrafted(tree):
    """A draft whose row in the database still is that of its first saving."""
    page = a_practice(tree.section(), live=False, title="Old", themes=["digital-skills"], evidence_level="1")
    draft = PracticePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.title, draft.evidence_level, draft.last_verified = "New", "4", timezone.localdate()
    draft.themes = [a_theme("e-resilience")]
    draft.countries.add(a_country("TJ"))
    draft.practice_type = a_practice_type("policy")
    draft.save_revision()
    return draft


def test_a_draft_counts_as_its_latest_version_says(admin_client, redrafted):
    row = row_of(admin_client, "New")
    assert (row.countries, row.themes, row.type) == (["Kazakhstan", "Tajikistan"], ["E resilience"], "Policy")
    assert (row.evidence, row.care) == ("Peer-reviewed", Care.VERIFIED)
    for query in (
        "theme=e-resilience",
        "country=TJ",
        "evidence=4",
        "type=policy",
        "care=verified",
        "status=draft",
    ):
        assert listed(admin_client, query) == ["New"], query
    for query in ("theme=digital-skills", "evidence=1", "type=none", "care=overdue", "status=published"):
        assert listed(admin_client, query) == [], query


def test_what_a_draft_does_not_say_is_not_given(admin_client, tree):
    a_practice(tree.section(), live=False, title="Bare")
    for query in ("type=none", "evidence=none", "care=overdue"):
        assert listed(admin_client, query) == ["Bare"], query


def test_a_published_practice_counts_as_its_readers_see_it(admin_client, original):
    original.evidence_level = "4"
    original.save_revision()
    assert row_of(admin_client, "Schools online").evidence == "Monitored data"
    assert listed(admin_client, "status=changed&evidence=2") == ["Schools online"]
    assert listed(admin_client, "evidence=4") == []
    PracticePage.objects.get(pk=original.pk).unpublish()
    assert listed(admin_client, "status=withdrawn&evidence=4") == ["Schools online"]


def test_a_theme_stands_for_its_parts(admin_client, tree):
    a_theme("broadband", parent="digital-connectivity")
    a_practice(tree.section(), title="Broadband", themes=["broadband"])
    assert listed(admin_client, "theme=digital-connectivity") == ["Broadband"]


def test_verification_is_due_after_22_months_and_overdue_after_24(admin_client, tree):
    for name, day in (
        ("verified", due_since()),
        ("due", due_since() - timedelta(days=1)),
        ("due too", overdue_since()),
        ("overdue", overdue_since() - timedelta(days=1)),
        ("never", None),
    ):
        a_practice(tree.section(), title=name, last_verified=day)
    assert listed(admin_client, "care=verified") == ["verified"]
    assert listed(admin_client, "care=due") == ["due", "due too"]
    assert listed(admin_client, "care=overdue") == ["never", "overdue"]
    assert care_of(None) == Care.OVERDUE
    assert all(
        row_of(admin_client, name).care == name.split()[0] for name in ("verified", "due too", "overdue")
    )


def test_sorting_puts_those_without_a_value_last(admin_client, tree):
    for kind in ("research", "policy"):
        a_practice_type(kind)
    a_practice(tree.section("tajikistan"), title="b", evidence_level="1", practice_type="research")
    a_practice(tree.section("international"), title="c", evidence_level="3", practice_type="policy")
    a_practice(tree.section("kazakhstan"), title="a")
    assert listed(admin_client, "ordering=evidence") == ["b", "c", "a"]
    assert listed(admin_client, "ordering=-evidence") == ["c", "b", "a"]
    assert listed(admin_client, "ordering=type") == ["c", "b", "a"]
    assert listed(admin_client, "ordering=country") == ["a", "b", "c"]
    assert listed(admin_client, "ordering=-country") == ["b", "a", "c"]
    assert listed(admin_client, "ordering=-title") == ["c", "b", "a"]
    assert listed(admin_client, "ordering=nonsense") == ["a", "b", "c"]


def test_the_number_of_queries_does_not_grow_with_the_rows(admin_client, tree):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert admin_client.get(reverse(DESK)).status_code == 200
        return len(captured)

    for number in range(2):
        a_practice(tree.section(), live=bool(number), title=f"First {number}")
    few = queries()
    for number in range(48):
        a_practice(tree.section(), live=bool(number % 3), title=f"More {number}")
    assert len(listed(admin_client)) == 50
    assert queries() <= few


def test_another_app_adds_a_column_that_sorts_and_is_exported(admin_client, tree, monkeypatch):
    monkeypatch.setattr(columns, "_columns", {})
    page = Page.objects.filter(translation_key=OuterRef("translation_key"))
    columns.register_column(
        columns.ProvidedColumn("views", "Views", lambda: Subquery(page.values(n=Length("title"))[:1]))
    )
    for title in ("aaa", "bb", "c"):
        a_practice(tree.section(), title=title)
    assert listed(admin_client, "ordering=views") == ["c", "bb", "aaa"]
    assert "Views" in admin_client.get(reverse(DESK)).content.decode()
    assert [line["Views"] for line in exported(admin_client, "ordering=views")] == ["1", "2", "3"]


def exported(client, query: str) -> list[dict[str, str]]:
    response = client.get(f"{reverse(DESK)}?{query}&export=csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_export_has_all_that_the_filters_leave_and_no_formula(admin_client, tree, original):
    for number in range(60):
        a_practice(tree.section("tajikistan"), live=False, snapshot=False, title=f"={number}")
    lines = exported(admin_client, "country=TJ")
    assert len(lines) == 60
    assert lines[0]["Title"] == "'=0"
    line = exported(admin_client, "country=KZ")[0]
    expected = {"Title": "Schools online", "Country": "Kazakhstan", "Status": "Published", "English": "Up to date",
                "Russian": "Missing", "Evidence": "Monitored data", "Type": "Programme", "Verification": "Overdue"}  # fmt: skip
    assert expected.items() <= line.items()
    assert line["Permanent address"].endswith(f"/p/{original.translation_key}")
    response = admin_client.get(f"{reverse(DESK)}?country=TJ&export=xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert sheet.max_row == 61


def test_views_are_ones_own(admin_client, client, superuser, original, tree):
    query = "country=KZ&evidence=2&ordering=-title"
    admin_client.post(
        reverse("practices_desk:save_view"), {"name": "Measured", "query": f"{query}&p=3&export=csv&x=1"}
    )
    view = DeskView.objects.get()
    assert (view.owner, view.name, view.query) == (superuser, "Measured", query)
    page = admin_client.get(f"{reverse(DESK)}?{query}")
    assert next(view for view in page.context["named_views"] if view.is_current).name == "Measured"
    other = DeskView.objects.create(owner=a_user(), name="Theirs", query="")
    assert admin_client.post(reverse("practices_desk:delete_view", args=[other.pk])).status_code == 404
    assert "Theirs" not in page.content.decode()
    admin_client.post(reverse("practices_desk:delete_view", args=[view.pk]))
    assert list(DeskView.objects.all()) == [other]


def test_the_views_that_everybody_has_are_marked_when_chosen(admin_client, original):
    for name, query in SHIPPED:
        context = admin_client.get(f"{reverse(DESK)}?{query}").context
        assert [view.name for view in context["named_views"] if view.is_current] == [str(name)]
        assert not query or context["filters"].form.is_valid()
