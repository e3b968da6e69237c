"""The admin's report on the search: who sees it, what it tells on either engine, and what it tells of a failed server."""

import io
import re
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from wagtail.users.models import UserProfile

import indexing.consistency
from accounts.roles import ADMINISTRATORS, EXPERTS, REVIEWERS, SECRETARIAT, TRANSLATORS, focal_points
from core.jobs.running import run_next
from core.jobs.worker import run_all
from indexing.models import JobStatus, Record, SearchIndex
from indexing.rebuild import rebuild
from indexing.shipping import ship
from search.engines.circuit_breaker import CircuitBreaker
from search.report import FIRST_KEYS, gather
from tests.factories import a_practice, a_user, publish
from tests.support.serving import search_server

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_suffices]

NOBODY_LISTENS = "http://127.0.0.1:9"
ROLES = {
    focal_points("Kazakhstan"): False,
    EXPERTS: False,
    TRANSLATORS: False,
    REVIEWERS: False,
    SECRETARIAT: True,
    ADMINISTRATORS: True,
}


@pytest.fixture
def practice(tree):
    return a_practice(tree.section("kazakhstan"), title="Lighthouse")


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setattr(CircuitBreaker, "_probe", lambda engine: None)  # would outlive the test
    with search_server():
        yield


@pytest.fixture
def failed_server(monkeypatch):
    monkeypatch.setattr(CircuitBreaker, "_probe", lambda engine: None)
    with search_server(NOBODY_LISTENS):
        yield


def happened(kind: str, text: str) -> JobStatus:
    return JobStatus.objects.create(kind=kind, at=timezone.now(), text=text)


def shown(response) -> str:
    """The words of the report, without its tags."""
    assert response.status_code == 200
    main = response.content.decode().partition("<main")[2]
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", main))


def report(client) -> str:
    return shown(client.get(reverse("search_admin:report")))


def check(client) -> str:
    """What is shown after the button was pressed."""
    assert client.post(reverse("search_admin:check")).status_code == 302
    run_all()
    return report(client)


@pytest.mark.parametrize(("role", "allowed"), ROLES.items())
def test_who_sees_it_and_who_checks(client, db, role, allowed):
    call_command("setup_portal", verbosity=0, stdout=io.StringIO())
    client.force_login(a_user(role), backend="accounts.backends.PortalBackend")
    address, home = reverse("search_admin:report"), reverse("wagtailadmin_home")
    assert (address in client.get(home).content.decode()) is allowed
    assert (client.get(address).status_code == 200) is allowed
    assert client.post(reverse("search_admin:check")).url == (address if allowed else home)
    run_all()
    assert JobStatus.objects.filter(kind="check").exists() is allowed


def test_a_check_needs_the_form_of_the_report(superuser):
    client = Client(enforce_csrf_checks=True)
    client.force_login(superuser, backend="accounts.backends.PortalBackend")
    assert client.get(reverse("search_admin:check")).status_code == 405
    assert client.post(reverse("search_admin:check")).status_code == 403
    token = re.search(
        r'name="csrfmiddlewaretoken" value="(\w+)"',
        client.get(reverse("search_admin:report")).content.decode(),
    )
    assert client.post(reverse("search_admin:check"), {"csrfmiddlewaretoken": token[1]}).status_code == 302


def test_a_check_says_how_far_it_is_and_goes_on_by_itself(admin_client, tree, monkeypatch):
    for number in range(3):
        a_practice(tree.section(), title=f"Number {number}")
    monkeypatch.setattr(indexing.consistency, "STEP_SECONDS", 0)
    admin_client.post(reverse("search_admin:check"))
    page = admin_client.get(reverse("search_admin:report"))
    assert "A check is about to start." in shown(page)
    assert page["Refresh"]
    run_next(seconds=0)
    assert "A check is in progress: 1 of 3 practices compared." in report(admin_client)
    admin_client.post(reverse("search_admin:check"))
    run_all()
    page = admin_client.get(reverse("search_admin:report"))
    assert "everything agrees." in shown(page)
    assert "Refresh" not in page


def test_where_the_database_answers(admin_client, practice):
    told = report(admin_client)
    assert "Readers are answered by the database" in told
    assert "Practices that can be found 1" in told
    assert "Nothing has been checked yet." in told
    assert "Waiting to be sent" not in told
    assert "Index" not in told
    assert "everything agrees." in check(admin_client)
    at = JobStatus.objects.get(kind="check").at
    assert f"{date_format(timezone.localtime(at), 'DATETIME_FORMAT')}: everything agrees." in report(
        admin_client
    )


def test_drift_is_named_with_a_link_to_the_page(admin_client, practice):
    Record.objects.filter(key=practice.translation_key).update(title_terms="something else")
    ghost = Record.objects.create(key=uuid4(), kind="practice", change=1)
    told = check(admin_client)
    assert "Practices that the search knows in an old state: 1 Lighthouse" in told
    assert f"though they are no longer published: 1 {ghost.key}" in told
    page = admin_client.get(reverse("search_admin:report")).content.decode()
    assert f'<a href="{reverse("wagtailadmin_pages:edit", args=[practice.pk])}">Lighthouse</a>' in page


def test_of_much_drift_the_first_keys_are_named(admin_client, db):
    keys = [UUID(int=number) for number in range(1234)]
    happened("check", "\n".join(f"server missing {key}" for key in keys))
    told = report(admin_client)
    assert "Practices that the search server does not have: 1,234" in told
    assert str(keys[FIRST_KEYS - 1]) in told
    assert str(keys[FIRST_KEYS]) not in told
    assert "and more: 1,214" in told


def test_where_the_server_answers(admin_client, practice, server):
    rebuild(lambda _: None)
    index = SearchIndex.objects.get()
    told = report(admin_client)
    assert "Readers are answered by Elasticsearch" in told
    assert f"→ {index.name}" in told
    assert f"{index.name} answers" in told
    assert "Waiting to be sent nothing" in told
    publish(practice, title="Beacon")
    assert re.search(r"Waiting to be sent 1, the oldest since \w+\. \d", report(admin_client))
    ship()
    told = report(admin_client)
    assert "Waiting to be sent nothing" in told
    assert re.search(r"Last sent \w+\. \d.*, practices: 1 Last error –", told)
    assert "everything agrees." in check(admin_client)


def test_an_index_that_is_being_filled_is_shown_with_how_far_it_is(admin_client, practice, server):
    rebuild(lambda _: None)
    SearchIndex.objects.create(name="the-next-one", fingerprint="", filled_to=UUID(int=2**128 - 1))
    assert "the-next-one being filled: 1 of 1" in report(admin_client)


def test_before_the_first_rebuild(admin_client, practice, server):
    told = report(admin_client)
    assert "Readers are answered by the database" in told
    assert "none yet; an administrator makes it by search_rebuild" in told
    assert "Could not check, since the search server is away: no index" in check(admin_client)


def test_where_the_server_has_failed(admin_client, practice, failed_server):
    SearchIndex.objects.create(name="its-index", fingerprint="", stage="live", shipped=1)
    happened("error", "Connection refused")
    told = report(admin_client)
    assert "Elasticsearch cannot answer now. The database answers readers in its place" in told
    assert "Readers are answered by the database" in told
    assert "→ its-index" in told
    assert "Waiting to be sent 1, the oldest since" in told
    assert re.search(r"Last error \w+\. \d.* Connection refused", told)
    assert "Could not check, since the search server is away: ConnectionError" in check(admin_client)
    assert not JobStatus.objects.filter(kind="check").exists()


def test_in_russian(admin_client, superuser, practice):
    UserProfile.objects.update_or_create(user=superuser, defaults={"preferred_language": "ru"})
    happened("check", "\n".join(f"record missing {UUID(int=number)}" for number in range(1234)))
    told = report(admin_client)
    assert "Читателям отвечает база данных" in told
    assert "1\xa0234" in told
    assert re.search(r"\d+ \w+ \d{4} г\.", told)
    assert "Check now" not in told


def test_it_asks_the_database_little_however_much_has_drifted(db, django_assert_max_num_queries, tree):
    pages = [a_practice(tree.section("kazakhstan"), title=f"Number {number}") for number in range(3)]
    happened("check", "\n".join(f"record stale {page.translation_key}" for page in pages))
    with translation.override("en"), django_assert_max_num_queries(18):
        gather()
