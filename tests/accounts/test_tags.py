"""Tags that are offered, and suggested while one types, are those of what the person may see."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.accounts.requesting import told

pytestmark = pytest.mark.slow

SECRET, SHARED = "zaqsecrettag", "zaqsharedtag"


@pytest.fixture
def tagged(scenario):
    place = scenario.places["kazakhstan"]
    for file in (place.image, place.document):
        file.tags.add(SECRET)
    place.live.tags.add(SHARED)
    place.live.save()
    place.draft.tags.add(SECRET + "draft")
    place.draft.save()
    return place


@pytest.mark.parametrize(
    ("role", "sees"), [("focal point", True), ("neighbour", False), ("secretariat", True)]
)
def test_tags_of_files_are_told_to_those_who_may_use_them(signed_in, tagged, role, sees):
    client = signed_in(role)
    for name in ("wagtailimages:index", "wagtaildocs:index", "wagtailimages_chooser:choose"):
        page = client.get(reverse(name))
        assert (SECRET in told(page)) is sees, name
    for address in ("/admin/tag-autocomplete/", "/admin/tag-autocomplete/taggit/tag/"):
        found = client.get(address, {"term": "zaq"}).json()
        assert (SECRET in found) is sees, address
        assert (SECRET + "draft" in found) is sees, address
        assert SHARED in found, "what is published is public"
        assert client.get(address).json() == []


def test_nobody_else_asks_for_tags(client, tagged):
    response = client.get("/admin/tag-autocomplete/", {"term": "zaq"})
    assert response.status_code == 302
    assert not BeautifulSoup(response.content, "html.parser").get_text()
