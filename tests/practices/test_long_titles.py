"""Every form of the admin that writes a title or a name refuses one longer than the database keeps, beside the field."""

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import CharField
from django.db.models.functions import Length
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Collection, Locale
from wagtail_factories import ImageFactory
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object

from home.models import PlainPage
from practices.models import PracticePage
from practices.translations import translation_of
from tests.factories import a_practice
from tests.factories.editing import add_url, edit_url, posted

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LONG = "x" * 256


@pytest.fixture
def practice(tree):
    return a_practice(tree.section(), title="Schools online")


@pytest.fixture
def plain(tree):
    home = tree.homes["en"]
    return home.add_child(instance=PlainPage(title="About", slug="about", locale=home.locale))


def copied(client, page, **fields):
    data = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": page.get_parent().pk} | fields
    return client.post(reverse("wagtailadmin_pages:copy", args=(page.pk,)), data)


@pytest.mark.parametrize(
    ("kind", "field", "length", "is_accepted"),
    [
        ("practice", "new_title", 120, True),
        ("practice", "new_title", 121, False),
        ("practice", "new_title", 256, False),
        ("practice", "new_slug", 255, True),
        ("practice", "new_slug", 256, False),
        ("plain page", "new_title", 255, True),
        ("plain page", "new_title", 256, False),
        ("plain page", "new_slug", 300, False),
    ],
)
def test_a_copy_has_the_limits_of_its_page_type(
    admin_client, practice, plain, kind, field, length, is_accepted
):
    page = {"practice": practice, "plain page": plain}[kind]
    answer = copied(admin_client, page, **{field: "x" * length})
    siblings = page.get_parent().get_children()
    assert siblings.filter(**{field.removeprefix("new_"): "x" * length}).exists() is is_accepted
    if not is_accepted:
        assert answer.status_code == 200
        assert [*answer.context["form"].errors] == [field]
        html = answer.content.decode()
        assert "x" * length in html
        assert str(length) in html  # what was typed, and how long it is
        maxlength = answer.context["form"].fields[field].widget.attrs["maxlength"]
        assert f'maxlength="{maxlength}"' in html


def forms(practice, plain) -> dict:
    """Form: (address, data)."""
    collection = Collection.get_first_root_node().add_child(name="Pictures")
    image, document = (
        ImageFactory(),
        Document.objects.create(title="A", file=SimpleUploadedFile("a.txt", b"a")),
    )
    plain_data = {"slug": "x", "body-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    return {
        "practice": (edit_url(practice), posted(title=LONG)),
        "slug of a practice": (edit_url(practice), posted(title="A", slug="x" * 256)),
        "new practice": (add_url(practice.get_parent()), posted(title=LONG)),
        "plain page": (edit_url(plain), plain_data | {"title": LONG}),
        "slug of a plain page": (edit_url(plain), plain_data | {"title": "A", "slug": LONG}),
        "new collection": (reverse("wagtailadmin_collections:add"), {"name": LONG, "parent": 1}),
        "collection": (reverse("wagtailadmin_collections:edit", args=[collection.pk]), {"name": LONG}),
        "image": (reverse("wagtailimages:edit", args=[image.pk]), {"title": LONG, "collection": 1}),
        "tag": (
            reverse("wagtailimages:edit", args=[image.pk]),
            {"title": "A", "collection": 1, "tags": "x" * 101},
        ),
        "document": (reverse("wagtaildocs:edit", args=[document.pk]), {"title": LONG, "collection": 1}),
        "workflow": (
            reverse("wagtailadmin_workflows:add"),
            {"name": LONG, "active": "on", "workflow_tasks-TOTAL_FORMS": "0"},
        ),
        "redirect": (
            reverse("wagtailredirects:add"),
            {"old_path": f"/{LONG}", "redirect_link": "https://a.kz/"},
        ),
        "group": (reverse("wagtailusers_groups:add"), {"name": LONG}),
    }


FORMS = [
    "practice", "slug of a practice", "new practice", "plain page", "slug of a plain page", "new collection", "collection",
    "image", "tag", "document", "workflow", "redirect", "group",
]  # fmt: skip


def too_long() -> list[str]:
    """Which values of the database are longer than their field says: SQLite keeps them, PostgreSQL answers with an error."""
    return [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, CharField) and field.max_length
        if model._base_manager.annotate(stored=Length(field.name))
        .filter(**{"stored__gt": field.max_length})
        .exists()
    ]


@pytest.mark.parametrize("name", FORMS)
def test_each_form_refuses_it_beside_the_field(admin_client, practice, plain, name):
    table = forms(practice, plain)
    assert [*table] == FORMS
    url, data = table[name]
    answer = admin_client.post(url, data)
    assert answer.status_code == 200
    assert not too_long()


@pytest.mark.parametrize(
    ("text", "length"), [("Schools online", 121), ("Schools online", 256), ("A child", 201)]
)
def test_a_segment_that_is_too_long_is_told_so(admin_client, tree, text, length):
    practice = a_practice(tree.section(), title="Schools online", image_alt="A child")
    translate_object(practice, [Locale.objects.get(language_code="ru")])
    Translation.objects.update(enabled=True)
    translation, page = Translation.objects.get(), translation_of(practice, "ru")
    segment = translation.source.stringsegment_set.get(string__data=text)
    url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    answer = admin_client.put(url, encode_multipart(BOUNDARY, {"value": "ш" * length}), MULTIPART_CONTENT)
    assert str(length) in answer.json()["error"]
    assert answer.json()["data"] == "ш" * length
    assert not too_long()
    answer = admin_client.post(edit_url(page), {"action": "publish"}, follow=True)
    assert answer.status_code == 200
    assert not too_long()
    page = PracticePage.objects.get(pk=page.pk)
    assert "шшш" not in page.title + page.draft_title + page.image_alt
    answer = admin_client.put(url, encode_multipart(BOUNDARY, {"value": "Школы и дети"}), MULTIPART_CONTENT)
    assert answer.json()["error"] is None
    if text == "Schools online":
        assert PracticePage.objects.get(pk=page.pk).draft_title == "Школы и дети"


def test_a_segment_of_before_is_told_so_at_publication(admin_client, practice):
    translate_object(practice, [Locale.objects.get(language_code="ru")])
    Translation.objects.update(enabled=True)
    translation, page = Translation.objects.get(), translation_of(practice, "ru")
    segment = translation.source.stringsegment_set.get(string__data="Schools online")
    russian = Locale.objects.get(language_code="ru")
    StringTranslation.objects.bulk_create(
        [
            StringTranslation(
                translation_of=segment.string, locale=russian, context=segment.context, data="ш" * 256
            )
        ]
    )
    answer = admin_client.post(edit_url(page), {"action": "publish"}, follow=True)
    assert answer.status_code == 200
    assert StringTranslation.objects.get().has_error
