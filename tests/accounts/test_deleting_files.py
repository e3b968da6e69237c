"""Whoever deletes a picture or a document is told which pages use it, live or as drafts, as far as they may know of them."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Collection, GroupCollectionPermission
from wagtail_factories import ImageFactory

from practices.models import PracticePage
from tests.factories import a_focal_point, a_practice, publish

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SINGLE = {"image": "wagtailimages:delete", "document": "wagtaildocs:delete"}
APP = {"image": "wagtailimages", "document": "wagtaildocs"}


@pytest.fixture(params=["image", "document"])
def used(request, tree):
    """A file that a live page shows, one only in its newer draft, and a draft of another country."""
    if request.param == "image":
        file = ImageFactory(collection=Collection.get_first_root_node())
        use = {"image": file}
    else:
        file = Document.objects.create(title="A", file=SimpleUploadedFile("a.txt", b"a"))
        use = {"challenge": f'<p><a linktype="document" id="{file.pk}">A</a></p>'}
    publish(a_practice(tree.section(), title="Live page"), **use)
    edited = a_practice(tree.section(), title="Edited page")
    for name, value in use.items():
        setattr(edited, name, value)
    edited.save_revision()
    draft = a_practice(tree.section("tajikistan"), live=False, title="Secret draft")
    for name, value in use.items():
        setattr(draft, name, value)
    draft.save_revision()
    return request.param, file


def shown(client, kind, file, way):
    if way == "single":
        url = reverse(SINGLE[kind], args=[file.pk])
    else:
        url = reverse("wagtail_bulk_action", args=[APP[kind], kind, "delete"]) + f"?id={file.pk}"
    answer = client.get(url)
    assert answer.status_code == 200
    soup = BeautifulSoup(answer.content, "html.parser")
    lines = soup.select(".pages-using li")
    return soup, [(" ".join(line.text.split()), line.a["href"] if line.a else None) for line in lines]


def edit(title):
    return reverse("wagtailadmin_pages:edit", args=[PracticePage.objects.get(title=title).pk])


@pytest.mark.parametrize("way", ["single", "bulk"])
def test_the_pages_are_named_with_their_state(admin_client, used, way):
    _soup, lines = shown(admin_client, *used, way)
    assert sorted(lines) == [
        ("Edited page (live; used only in its draft)", edit("Edited page")),
        ("Live page (live)", edit("Live page")),
        ("Secret draft (draft)", edit("Secret draft")),
    ]


@pytest.mark.parametrize("way", ["single", "bulk"])
def test_drafts_of_others_are_only_counted(client, tree, used, way):
    kind, file = used
    user = a_focal_point(tree.section())
    for codename in (f"change_{kind}", f"delete_{kind}", f"choose_{kind}"):
        GroupCollectionPermission.objects.get_or_create(
            group=user.groups.first(),
            collection=Collection.get_first_root_node(),
            permission=Permission.objects.get(codename=codename),
        )
    client.force_login(user, backend="accounts.backends.PortalBackend")
    soup, lines = shown(client, kind, file, way)
    assert [line for line, _url in lines] == [
        "Live page (live)",
        "Edited page (live; used only in its draft)",
    ]
    assert "Secret draft" not in soup.text
    assert "1 more page" in soup.text
