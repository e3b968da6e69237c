"""Whatever becomes of a practice, whoever kept its address is led to it, or told what replaces it."""

from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import PageViewRestriction

from core.jobs.worker import run_all
from indexing.models import Withdrawal
from practices.models import PracticePage
from tests.factories import a_practice, a_translation, publish

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OLD, OLD_RU = "/en/practices/kazakhstan/schools-online/", "/ru/practices/kazakhstan/schools-online/"


@pytest.fixture
def practice(tree):
    return a_practice(tree.section("kazakhstan"), title="Schools online")


def led_to(client, path, status=301):
    """Where an address leads in the end, by as many steps as there are."""
    answer = client.get(path, follow=True)
    assert answer.redirect_chain[0][1] == status
    assert answer.status_code == 200
    return answer.redirect_chain[-1][0]


def test_a_new_slug_and_a_new_section_lead_on_in_both_languages(client, tree, practice):
    publish(practice, slug="connected-schools")
    assert led_to(client, OLD) == "/en/practices/kazakhstan/connected-schools/"
    assert led_to(client, OLD_RU) == "/ru/practices/kazakhstan/connected-schools/"
    PracticePage.objects.get(pk=practice.pk).move(tree.section("tajikistan"), pos="last-child")
    for path in (OLD, "/en/practices/kazakhstan/connected-schools/"):
        assert led_to(client, path) == "/en/practices/tajikistan/connected-schools/"


def test_a_renamed_section_takes_its_practices_along(client, tree, practice):
    section = tree.section("kazakhstan")
    section.slug = "qazaqstan"
    section.save()
    assert led_to(client, OLD) == "/en/practices/qazaqstan/schools-online/"
    assert led_to(client, OLD_RU) == "/ru/practices/qazaqstan/schools-online/"


@pytest.mark.parametrize("end", ["unpublish", "delete"])
def test_a_withdrawn_practice_says_so_by_its_name(client, practice, end):
    a_translation(practice, title="Школы в сети")
    draft = practice.get_latest_revision_as_object()
    draft.title = "Not reviewed"
    draft.save_revision()
    for page in PracticePage.objects.filter(translation_key=practice.translation_key).order_by("-pk"):
        getattr(page, end)()
    permanent = f"/p/{practice.translation_key}"
    for path, accepted, title in (
        (permanent, "en", "Schools online"), (permanent, "ru", "Школы в сети"),
        (OLD, "en", "Schools online"), (OLD_RU, "en", "Школы в сети"),
    ):  # fmt: skip
        answer = client.get(path, headers={"accept-language": accepted})
        assert (answer.status_code, named_in(answer)) == (410, (title, None)), path
        assert "Not reviewed" not in answer.content.decode()


def test_a_title_in_the_other_language_is_marked(client, practice):
    practice.unpublish()
    assert named_in(client.get(OLD_RU)) == ("Schools online", "en")


def named_in(answer):
    """The name on a page of a withdrawn record and its language, if that is marked."""
    name = BeautifulSoup(answer.content, "html.parser").select_one("main strong")
    return (name.get_text(strip=True), name.get("lang")) if name else None


def restrict(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def open_again(page):
    page.get_view_restrictions().delete()


SECRETS = {
    "restricted, then deleted": [restrict, lambda page: page.delete()],
    "restricted, then unpublished": [restrict, lambda page: page.unpublish()],
    "restricted, retitled, unpublished, open again": [
        restrict, lambda page: publish(page, title="Secret"), lambda page: page.unpublish(), open_again
    ],
    "unpublished, then restricted": [lambda page: page.unpublish(), restrict],
    "unpublished, restricted, open again": [lambda page: page.unpublish(), restrict, open_again],
    "section restricted, then deleted": [lambda page: restrict(page.get_parent()), lambda page: page.delete()],
    "unpublished, then section restricted": [
        lambda page: page.unpublish(), lambda page: restrict(page.get_parent())
    ],
    "section restricted, then unpublished": [
        lambda page: restrict(page.get_parent()), lambda page: page.unpublish()
    ],
}  # fmt: skip


@pytest.mark.parametrize("steps", SECRETS.values(), ids=list(SECRETS))
@pytest.mark.parametrize("jobs", ["before the jobs", "after the jobs"])
def test_what_was_restricted_is_not_named(client, practice, steps, jobs):
    for step in steps:
        step(PracticePage.objects.get(pk=practice.pk))
        if jobs == "after the jobs":
            run_all()
    for path in (OLD, OLD_RU, f"/p/{practice.translation_key}"):
        answer = client.get(path)
        assert answer.status_code == 410, path
        assert named_in(answer) is None
        assert not any(word in answer.content.decode() for word in ("Schools online", "Secret"))


def test_what_was_open_again_before_it_went_is_named(client, practice):
    restrict(practice)
    open_again(practice)
    practice.unpublish()
    assert named_in(client.get(OLD)) == ("Schools online", None)


@pytest.mark.parametrize("kind", [PageViewRestriction.PASSWORD, PageViewRestriction.LOGIN])
@pytest.mark.parametrize("where", ["practice", "section"])
def test_a_guarded_practice_is_not_gone_and_its_addresses_are_the_door(
    client, superuser, practice, kind, where
):
    """They do not tell its new slug, which is made from its title, before somebody may read it."""
    page = practice if where == "practice" else practice.get_parent()
    publish(practice, slug="connected-schools")
    PageViewRestriction.objects.create(page=page, restriction_type=kind, password="secret")
    here = "/en/practices/kazakhstan/connected-schools/"
    permanent = f"/p/{practice.translation_key}"
    asks_password = kind == PageViewRestriction.PASSWORD
    for path in (permanent, OLD, OLD_RU):
        answer = client.get(path, follow=True)
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "withdrawn" not in text
        assert "Schools online" not in text
        assert not any("connected-schools" in url for url, _ in answer.redirect_chain)
        assert "connected-schools" not in text
        assert ("_util/authenticate_with_password" in text) is asks_password
        assert asks_password or quote(path, safe="") in answer.redirect_chain[-1][0], "and back to it"
    assert client.get(permanent).headers["Cache-Control"].count("no-store") == 1
    if asks_password:
        form = BeautifulSoup(client.get(OLD).content, "html.parser").select_one("main form")
        hidden = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
        answer = Client().post(form["action"], hidden | {"password": "secret"}, follow=True)
    else:
        client.force_login(superuser, backend="accounts.backends.PortalBackend")
        answer = client.get(permanent, follow=True)
    assert [url for url, _ in answer.redirect_chain][-1] == here
    assert "Schools online" in answer.content.decode()
    client.logout()
    for file in ("brief.pdf", "citation.bib", "citation.json"):
        answer = client.get(f"/en/record/{practice.translation_key}/{file}")
        assert answer.status_code == 404, file
        assert b"Schools online" not in answer.content, file


def test_a_reason_in_one_language_says_which_it_is(client, practice):
    practice.unpublish()
    Withdrawal.objects.create(page=practice, reason_en="The project ended.")
    for url, language in ((OLD_RU, "en"), (OLD, None)):
        reason = BeautifulSoup(client.get(url).content, "html.parser").select_one(".lead")
        assert (reason.get_text(strip=True), reason.get("lang")) == ("The project ended.", language)


def test_what_replaces_it_is_named_and_what_it_was_merged_into_is_led_to(client, tree, practice):
    other = a_practice(tree.section("tajikistan"), title="All schools online")
    practice.unpublish()
    said = Withdrawal.objects.create(page=practice, replaced_by=other, reason_en="The project ended.")
    answer = client.get(OLD)
    assert answer.status_code == 410
    text = answer.content.decode()
    assert "The project ended." in text
    assert "/en/practices/tajikistan/all-schools-online/" in text
    said.merged = True
    said.save()
    assert led_to(client, OLD) == "/en/practices/tajikistan/all-schools-online/"
    assert led_to(client, f"/p/{practice.translation_key}", status=302).endswith("/all-schools-online/")
    publish(practice)
    assert client.get(OLD).status_code == 200


def test_two_merged_into_each_other_are_gone_and_not_for_ever_asked(client, tree, practice):
    other = a_practice(tree.section("tajikistan"), title="All schools online")
    for one, into in ((practice, other), (other, practice)):
        Withdrawal.objects.create(page=one, replaced_by=into, merged=True)
        one.unpublish()
    assert client.get(OLD).status_code == 410


def test_the_permanent_address_goes_by_the_readers_language(client, practice):
    a_translation(practice, title="Школы в сети")
    permanent = f"/p/{practice.translation_key}"
    assert led_to(client, permanent, status=302) == OLD
    assert client.get(permanent, headers={"accept-language": "ru"}).url == OLD_RU


def test_a_draft_was_never_there(client, tree):
    draft = a_practice(tree.section("kazakhstan"), title="Not yet", live=False)
    assert client.get(f"/p/{draft.translation_key}", follow=True).status_code == 404
    assert client.get("/en/practices/kazakhstan/not-yet/").status_code == 404


def test_a_practice_is_neither_its_own_successor_nor_withdrawn_twice(practice):
    for fields in ({"replaced_by": practice}, {"merged": True}):
        with pytest.raises(ValidationError):
            Withdrawal(page=practice, **fields).full_clean()
    Withdrawal.objects.create(page=practice)
    with pytest.raises(ValidationError):
        Withdrawal(page=practice).full_clean()


def test_the_list_of_withdrawn_pages_stays_where_it_was_in_the_admin(admin_client, tree, practice):
    """What is entered there may be only what readers find by search."""
    url = "/admin/snippets/practices/withdrawal/"
    answers = [
        admin_client.post(f"{url}add/", {"page": page.pk, "replaced_by": "", "reason_en": "It ended."})
        for page in (tree.section(), practice)
    ]
    assert [answer.status_code for answer in answers] == [200, 302]
    assert answers[0].context["form"].errors["page"]
    entered = Withdrawal.objects.get()
    assert entered.key == practice.translation_key
    for place in ("", f"edit/{entered.pk}/"):
        assert "Schools online" in admin_client.get(f"{url}{place}").content.decode()
