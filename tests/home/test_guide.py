"""The editor's guide stands in the admin, in the editor's language; another product's does not."""

import re

import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_suffices]
TITLES = {"en": "Editor's guide", "ru": "Руководство для редакторов"}


@pytest.fixture(params=TITLES)
def language(request, superuser):
    UserProfile.objects.update_or_create(user=superuser, defaults={"preferred_language": request.param})
    return request.param


def test_the_guide_is_under_help_in_the_editors_language(admin_client, tree, language):
    home = admin_client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("editors_guide") in home
    assert "guide.wagtail.org" not in home
    html = admin_client.get(reverse("editors_guide")).content.decode()
    title = re.search(r"<title>\s*(.*?)\s*[-<]", html, re.S)[1].replace("&#x27;", "'")
    assert title == TITLES[language]


def test_every_link_and_picture_of_it_leads_somewhere(admin_client, tree, language):
    html = admin_client.get(reverse("editors_guide")).content.decode()
    guide = html[html.index('class="guide') :]
    guide = guide[: guide.index("</main>")] if "</main>" in guide else guide
    anchors = set(re.findall(r'id="([^"]+)"', guide))
    links = re.findall(r'href="([^"]+)"', guide)
    assert {link[1:] for link in links if link.startswith("#")} <= anchors
    for address in [link for link in links if link.startswith("/admin/guide/")] + re.findall(
        r'src="([^"]+)"', guide
    ):
        assert admin_client.get(address).status_code == 200, address
    assert re.search(r'src="/admin/guide/images/', guide)
    assert "<table>" in guide


@pytest.mark.parametrize("name", ["none.png", "..%2fsettings.png", "search-en.jpg"])
def test_no_other_file_is_served(admin_client, tree, name):
    assert admin_client.get(f"/admin/guide/images/{name}", follow=True).status_code == 404
    assert admin_client.get("/admin/guide/de/", follow=True).status_code == 404
