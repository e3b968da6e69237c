"""Secret links to a draft."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from practices.models import ReviewLink
from tests.factories import a_focal_point, a_practice, a_superuser, a_translation, publish

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_suffices]


@pytest.fixture
def draft(tree):
    return a_practice(tree.section(), live=False, title="Not yet public")


@pytest.fixture
def author(tree):
    return a_focal_point(tree.section(), tree.section(language="ru"))


@pytest.fixture
def link(draft, author):
    return ReviewLink.objects.create(page=draft, created_by=author)


def manage(page) -> str:
    return reverse("practices_admin:review_links", args=(page.pk,))


def withdraw(link) -> str:
    return reverse("practices_admin:withdraw_review_link", args=(link.page_id, link.pk))


def test_whoever_has_it_reads_the_latest_draft(client, link, draft):
    html = client.get(link.get_absolute_url()).content.decode()
    assert "Not yet public" in html
    assert "Draft, not published." in html

    later = draft.get_latest_revision_as_object()
    later.title = "Later title"
    later.save_revision()
    assert "Later title" in client.get(link.get_absolute_url()).content.decode()


def test_it_shows_the_draft_of_a_published_page(client, tree, author):
    page = a_practice(tree.section(), title="Published title")
    changed = page.get_latest_revision_as_object()
    changed.title = "Changed title"
    changed.save_revision()
    link = ReviewLink.objects.create(page=page, created_by=author)
    assert "Changed title" in client.get(link.get_absolute_url()).content.decode()
    assert "Published title" in client.get(page.get_url()).content.decode()


@pytest.mark.parametrize("valid", [True, False])
def test_it_is_kept_out_of_caches_search_engines_and_other_sites(client, link, valid):
    address = link.get_absolute_url()
    if not valid:
        link.delete()
    answer = client.get(address)
    assert answer.status_code == (200 if valid else 404)
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert 'name="robots" content="noindex' in answer.content.decode()


def test_it_is_in_the_language_of_the_page(client, tree, author):
    page = a_translation(a_practice(tree.section()), live=False, title="Школы онлайн")
    address = ReviewLink.objects.create(page=page, created_by=author).get_absolute_url()
    assert address.startswith("/ru/review/")
    assert "Школы онлайн" in client.get(address).content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_only_reads(client, link, method):
    assert getattr(client, method)(link.get_absolute_url()).status_code == 405


def test_it_expires_and_cannot_be_guessed(client, link, draft):
    assert len(link.token) > 40
    assert link.token != ReviewLink.objects.create(page=draft).token
    assert timedelta(days=29) < link.expires - timezone.now() <= timedelta(days=30)
    ReviewLink.objects.filter(pk=link.pk).update(expires=timezone.now())
    answer = client.get(link.get_absolute_url())
    assert answer.status_code == 404
    assert "no longer opens" in answer.content.decode()
    assert client.get("/en/review/nonsense/").status_code == 404


def test_no_address_of_a_contact_is_shown(client, link):
    assert "office@example.org" not in client.get(link.get_absolute_url()).content.decode()


@pytest.mark.parametrize("end", ["publish", "approve", "reject", "cancel", "delete"])
def test_it_ends_with_the_review(client, link, draft, author, end):
    workflow = GroupApprovalTask.objects.create(name="Task")
    review = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=review, task=workflow)
    state = review.start(draft, author)
    assert client.get(link.get_absolute_url()).status_code == 200

    secretariat = a_superuser()
    if end == "publish":
        publish(draft)
    elif end == "delete":
        draft.delete()
    elif end == "cancel":
        state.cancel(user=author)
    else:
        getattr(state.current_task_state, end)(user=secretariat)
    assert client.get(link.get_absolute_url()).status_code == 404


def test_it_shows_no_more_than_who_made_it_may_see(client, link, author):
    author.groups.clear()
    assert client.get(link.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("gone", ["inactive", "deleted"])
def test_it_ends_with_the_account_of_who_made_it(client, link, author, gone):
    if gone == "deleted":
        author.delete()
    else:
        author.is_active = False
        author.save()
    assert client.get(link.get_absolute_url()).status_code == 404


def test_who_edits_the_page_makes_and_withdraws_links(client, tree, draft):
    author = a_focal_point(tree.section())
    client.force_login(author, backend="accounts.backends.PortalBackend")
    assert client.get(manage(draft)).status_code == 200
    assert not ReviewLink.objects.exists()

    client.post(manage(draft))
    link = ReviewLink.objects.get()
    assert link.created_by == author
    assert f"http://testserver{link.get_absolute_url()}" in client.get(manage(draft)).content.decode()

    assert client.get(withdraw(link)).status_code == 405
    client.post(withdraw(link))
    assert not ReviewLink.objects.exists()


def test_nobody_else_does(client, tree, draft, link):
    client.force_login(a_focal_point(tree.section("tajikistan")), backend="accounts.backends.PortalBackend")
    for address in (manage(draft), withdraw(link)):
        for method in (client.get, client.post):
            answer = method(address)
            assert link.token not in answer.content.decode()
            assert answer.status_code in (302, 403, 405)
    assert ReviewLink.objects.count() == 1
    client.logout()
    assert client.post(manage(draft)).status_code == 302
    assert ReviewLink.objects.count() == 1


def test_a_link_is_withdrawn_only_under_its_own_page(client, tree, link):
    own = a_practice(tree.section("tajikistan"), live=False)
    client.force_login(a_focal_point(tree.section("tajikistan")), backend="accounts.backends.PortalBackend")
    address = reverse("practices_admin:withdraw_review_link", args=(own.pk, link.pk))
    assert client.post(address, follow=True).status_code == 404
    assert ReviewLink.objects.count() == 1


def test_the_button_stands_in_the_editor(admin_client, draft):
    html = admin_client.get(reverse("wagtailadmin_pages:edit", args=(draft.pk,))).content.decode()
    assert manage(draft) in html
