"""What one does with a record has URLs of its key; those of before, when every record was a practice, answer for ever."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from enquiries.models import Message
from tests.factories import a_practice, a_translation

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_suffices]
FORMS = ["contact/", "report/", "adopted/"]
SENT = [f"{form}sent/" for form in FORMS]
FILES = ["citation.bib", "citation.ris", "citation.json"]
MESSAGE = {
    "text": "How did you pay for the masts?", "sender_name": "Reader", "sender_email": "reader@example.org",
    "country": "Uzbekistan", "organisation": "District of Nukus",
}  # fmt: skip


@pytest.fixture
def practice(tree):
    page = a_practice(tree.section("kazakhstan"), title="Schools online")
    a_translation(page, title="Школы в сети")
    return page


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("name", [*FORMS, *SENT, *FILES])
def test_a_former_url_leads_to_the_new_one_for_good_with_its_query(client, practice, language, name):
    former, url = (
        f"/{language}/{start}/{practice.translation_key}/{name}" for start in ("practice", "record")
    )
    answer = client.get(f"{former}?later=1&q=%D1%88%D0%BA%D0%BE%D0%BB%D0%B0")
    assert answer.status_code == 301
    assert answer["Location"] == f"{url}?later=1&q=%D1%88%D0%BA%D0%BE%D0%BB%D0%B0"
    assert client.head(former)["Location"] == url
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_former_url_of_the_brief_leads_to_the_one_beside_the_page(client, practice, language):
    answer = client.get(f"/{language}/practice/{practice.translation_key}/brief.pdf", follow=True)
    assert [code for _, code in answer.redirect_chain] == [301, 301]
    assert answer.request["PATH_INFO"] == f"/{language}/practices/kazakhstan/schools-online/brief.pdf"
    assert answer.status_code == 200


@pytest.mark.parametrize("form", FORMS)
def test_a_form_that_was_opened_before_the_update_is_still_taken(practice, form):
    former, url = (f"/ru/{start}/{practice.translation_key}/{form}" for start in ("practice", "record"))
    client = Client(enforce_csrf_checks=True)
    page = BeautifulSoup(client.get(url).content, "html.parser")
    token = page.find("input", {"name": "csrfmiddlewaretoken"})["value"]
    refused = client.post(former, MESSAGE)
    assert refused.status_code == 403
    assert MESSAGE["text"] in refused.content.decode()
    wrong = client.post(former, MESSAGE | {"text": "Short", "csrfmiddlewaretoken": token})
    assert wrong.status_code == 200
    assert not Message.objects.exists()
    sent = client.post(former, MESSAGE | {"csrfmiddlewaretoken": token})
    assert (sent.status_code, sent["Location"]) == (302, f"{url}sent/")
    assert Message.objects.get().record_key == practice.translation_key


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_page_links_to_the_new_urls_only(client, practice, language):
    html = client.get(practice.get_url().replace("/en/", f"/{language}/")).content.decode()
    new, former = (f"/{language}/{start}/{practice.translation_key}/" for start in ("record", "practice"))
    assert all(f"{new}{name}" in html for name in [*FORMS, *FILES])
    assert former not in html
