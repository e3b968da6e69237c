"""Acts on many practices: done by the worker, one at a time, by the person who asked, and never against a review."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from core.jobs.running import run_next
from practices.models import DeskAct, PracticePage, ReviewLink
from practices.notices import translators
from tests.factories import a_beneficiary, a_practice, a_theme, a_translation, a_user
from tests.practices.desk import DESK, row_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
START = "practices_desk:start_act"


def again(page) -> PracticePage:
    return PracticePage.objects.get(pk=page.pk)


def draft_of(page) -> PracticePage:
    return again(page).get_latest_revision_as_object()


def act(client, code: str, *pages, **data) -> DeskAct:
    """Start an act on these practices and let the worker finish it."""
    return finished(start(client, code, *pages, **data))


def start(client, code: str, *pages, **data) -> DeskAct:
    """Start an act as one does: see the question, then confirm it."""
    data = {"act": code, "id": [page.pk for page in pages]} | data
    shown = client.get(reverse(START), data).context["shown"]
    response = client.post(reverse(START), data | {"shown": shown})
    assert response.status_code == 302, response.content.decode()
    desk_act = DeskAct.objects.first()
    assert response.url == reverse("practices_desk:act", args=[desk_act.pk])
    return desk_act


def finished(desk_act: DeskAct) -> DeskAct:
    while run_next():
        pass
    desk_act.refresh_from_db()
    assert desk_act.is_finished
    return desk_act


def save(page, **fields) -> PracticePage:
    """Save a newer draft, as its author would."""
    draft = draft_of(page)
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision()
    return draft


def codes(page, field: str = "themes") -> set[str]:
    return {term.code for term in getattr(page, field).all()}


@pytest.fixture
def original(tree):
    return a_practice(tree.section(), title="Schools online", themes=["digital-skills"])


def test_a_published_practice_and_its_translation_show_the_change_at_once(admin_client, superuser, original):
    russian = a_translation(original, title="Школы онлайн")
    theme = a_theme("e-resilience")
    assert act(admin_client, "add-theme", original, value=theme.pk).left_out == []
    for page in (original, russian):
        assert codes(again(page)) == {"digital-skills", "e-resilience"}
        assert not again(page).has_unpublished_changes
    assert again(original).latest_revision.user == superuser
    assert act(admin_client, "remove-theme", original, value=theme.pk).changed == 1
    assert codes(again(original)) == codes(again(russian)) == {"digital-skills"}


def test_a_newer_draft_gets_the_fact_and_stays_a_draft(admin_client, original):
    original.title = "Schools and hospitals online"
    original.save_revision()
    act(admin_client, "set-evidence", original, value="3")
    assert (again(original).title, again(original).evidence_level) == ("Schools online", "3")
    draft = draft_of(original)
    assert (draft.title, draft.evidence_level) == ("Schools and hospitals online", "3")
    assert again(original).has_unpublished_changes


def test_a_fact_leaves_a_draft_with_its_author(admin_client, superuser, original):
    author = a_user(username="author", email="author@example.org")
    russian = a_translation(original, title="Школы онлайн")
    for page in (original, russian):
        save(page, title="Hospitals online")
    Revision.objects.update(user=author, created_at=timezone.now() - timedelta(days=4))
    PracticePage.objects.update(latest_revision_created_at=timezone.now() - timedelta(days=4))
    link = ReviewLink.objects.create(page=original)
    row = row_of(admin_client, "Schools online")
    assert act(admin_client, "set-evidence", original, value="3").changed == 1
    after = row_of(admin_client, "Schools online")
    assert (after.evidence, after.state) == ("Independent evaluation", "changed")
    assert (after.holders, after.days) == (row.holders, row.days) == (["author"], 4)
    assert ReviewLink.objects.filter(pk=link.pk).exists()
    assert superuser not in translators(again(original))
    history = admin_client.get(reverse("wagtailadmin_pages:history", args=[original.pk])).content.decode()
    assert "Fact changed in the list of practices" in history


def test_a_draft_stays_a_draft_in_each_language(admin_client, tree):
    draft = a_practice(tree.section(), live=False, title="Not yet")
    russian = a_translation(draft, live=False, title="Ещё нет")
    act(admin_client, "add-beneficiary", draft, value=a_beneficiary("women").pk)
    for page in (draft, russian):
        assert "women" in codes(draft_of(page), "beneficiaries")
        assert not again(page).live


def test_a_tag_is_added_and_taken_away(admin_client, original):
    act(admin_client, "add-tag", original, value="rural schools")
    assert [tag.name for tag in again(original).tags.all()] == ["rural schools"]
    act(admin_client, "remove-tag", original, value=again(original).tags.get().pk)
    assert not again(original).tags.exists()


def test_what_a_practice_needs_is_not_taken_away(admin_client, original):
    theme, country = original.themes.get(), original.countries.get()
    before = Revision.objects.count()
    assert act(admin_client, "remove-theme", original, value=theme.pk).left_out[0][0] == "Schools online"
    assert act(admin_client, "remove-country", original, value=country.pk).changed == 0
    assert act(admin_client, "add-theme", original, value=theme.pk).changed == 0
    assert Revision.objects.count() == before


def test_publishing_leaves_out_what_is_incomplete(admin_client, tree):
    whole = a_practice(tree.section(), live=False, title="Whole")
    lacking = a_practice(tree.section(), live=False, snapshot=False, title="Lacking")
    desk_act = act(admin_client, "publish", whole, lacking)
    assert (again(whole).live, again(lacking).live) == (True, False)
    assert [title for title, _reason in desk_act.left_out] == ["Lacking"]


def test_publishing_leaves_out_what_is_withdrawn_scheduled_or_deleted(admin_client, tree, original):
    russian = a_translation(original, title="Школы онлайн")
    again(russian).unpublish()
    save(original, title="Hospitals online")
    withdrawn, gone = (a_practice(tree.section(), title=title) for title in ("Withdrawn", "Gone"))
    again(withdrawn).unpublish()
    save(gone, title="Going")
    later = a_practice(tree.section(), live=False, title="Later")
    save(later, go_live_at=timezone.now() + timedelta(days=3))
    desk_act = start(admin_client, "publish", original, withdrawn, gone, later)
    again(gone).delete()
    reasons = dict(finished(desk_act).left_out)
    assert reasons.pop("Withdrawn").startswith("It was unpublished")
    assert reasons.pop("Later") == "Its publication is scheduled."
    assert list(reasons.values()) == ["It was deleted."]
    assert (again(original).title, again(russian).live, again(later).live) == (
        "Hospitals online",
        False,
        False,
    )


def test_only_the_drafts_that_were_confirmed_are_published(admin_client, tree):
    same, other = (a_practice(tree.section(), live=False, title=title) for title in ("Same", "Other"))
    desk_act = start(admin_client, "publish", same, other)
    save(other, summary="Something that nobody confirmed.")
    assert finished(desk_act).left_out == [["Other", "It was changed after you confirmed."]]
    assert (again(same).live, again(other).live) == (True, False)


def test_one_that_cannot_be_saved_keeps_no_other_waiting(admin_client, tree):
    broken, whole = (a_practice(tree.section(), title=title) for title in ("A broken one", "Whole"))
    PracticePage.objects.filter(pk=broken.pk).update(content_licence="gone")
    desk_act = act(admin_client, "set-evidence", broken, whole, value="3")
    assert [title for title, _reason in desk_act.left_out] == ["A broken one"]
    assert desk_act.left_out[0][1].startswith("It could not be saved: ")
    assert (again(broken).evidence_level, again(whole).evidence_level) == ("", "3")


def test_an_error_of_the_portal_is_told_without_its_text(admin_client, original, monkeypatch):
    def fail(*args):
        raise RuntimeError("SELECT secret")

    monkeypatch.setattr("practices.jobs.perform", fail)
    desk_act = act(admin_client, "unpublish", original)
    assert "error in the portal" in desk_act.left_out[0][1]
    assert "SELECT" not in desk_act.left_out[0][1]


def test_withdrawal_is_in_all_languages(admin_client, original):
    russian = a_translation(original)
    act(admin_client, "unpublish", original)
    assert not again(original).live
    assert not again(russian).live


def test_all_means_all_that_the_filters_leave(admin_client, tree):
    here = [a_practice(tree.section(), title=f"Here {number}") for number in range(3)]
    there = a_practice(tree.section("tajikistan"), title="There")
    data = {"all": "1", "query": "country=KZ", "value": "4"}
    assert len(act(admin_client, "set-evidence", **data).keys) == 3
    assert {again(page).evidence_level for page in here} == {"4"}
    assert again(there).evidence_level == ""
    for query in ("country=XX", "status=nonsense", "country=KZ&q=a%00"):
        answer = admin_client.post(reverse(START), data | {"act": "set-evidence", "query": query})
        assert answer.status_code == 400, query


def test_the_question_names_what_is_meant_before_anything_is_done(admin_client, original, tree):
    a_practice(tree.section(), title="Another")
    page = admin_client.get(f"{reverse(START)}?act=add-theme&id={original.pk}").content.decode()
    assert "Schools online" in page
    assert "Another" not in page
    assert re.search(r"<title>\s*Add a theme", page)
    assert not DeskAct.objects.exists()
    nothing = admin_client.get(f"{reverse(START)}?act=add-theme&query=country%3DKZ")
    assert nothing.status_code == 302
    assert nothing.url == f"{reverse(DESK)}?country=KZ"


def test_the_question_repeats_only_numbers(admin_client, original):
    asked = {"act": "add-theme", "id": [original.pk, '"><script>alert(1)</script>']}
    page = admin_client.get(reverse(START), asked)
    assert "<script>alert(1)" not in page.content.decode()
    assert page.context["ids"] == [str(original.pk)]


def test_the_question_says_how_many_are_left_as_they_are(admin_client, tree, original):
    save(a_practice(tree.section(), title="Changed"), title="Change")
    page = admin_client.get(reverse(START), {"act": "publish", "all": "1"})
    assert (page.context["total"], page.context["without_draft"], page.context["left_total"]) == (2, 1, 0)
    assert "1 practice has no draft to publish" in page.content.decode()


def test_all_is_asked_again_when_it_means_others(admin_client, tree, original):
    data = {"act": "unpublish", "all": "1", "query": "country=KZ"}
    shown = admin_client.get(reverse(START), data).context["shown"]
    a_practice(tree.section(), title="New")
    answer = admin_client.post(reverse(START), data | {"shown": shown})
    assert answer.status_code == 200
    assert "The list has changed." in answer.content.decode()
    assert not DeskAct.objects.exists()
    assert admin_client.post(reverse(START), data | {"shown": answer.context["shown"]}).status_code == 302


def test_an_act_is_ones_own(admin_client, client, original, superuser):
    desk_act = DeskAct.objects.create(owner=superuser, code="publish", keys=[str(original.translation_key)])
    shown = admin_client.get(reverse("practices_desk:act", args=[desk_act.pk]))
    assert shown.status_code == 200
    assert shown["Refresh"]
    assert re.search(r"<title>\s*Practices", shown.content.decode())


def test_a_publication_that_is_scheduled_is_not_called_off(admin_client, original):
    original.title, original.go_live_at = "Later", timezone.now() + timedelta(days=3)
    original.save_revision().publish()
    assert again(original).approved_schedule
    assert act(admin_client, "set-evidence", original, value="3").changed == 0
    assert again(original).approved_schedule
