"""What a picture's file tells beside the picture is taken out when it is uploaded, and only that."""

from html import unescape
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image, ImageOps
from wagtail.images import get_image_model
from wagtail.models import Collection, UploadedFile

from core.models import PictureCredit
from core.pictures.exif import orientation_of
from core.pictures.metadata import credit_of, without_metadata
from tests.core.uploading import ADD, FORMS, MULTIPLE, upload
from tests.factories.pictures import (
    CREATOR,
    KINDS,
    PROFILE,
    RIGHTS,
    SECRET,
    a_file,
    a_phone_photo,
    a_picture,
)

# Wagtail leaves the file open from which it makes a rendition.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.sqlite_suffices,
]
LOSSLESS = [kind for kind in KINDS if kind != "heic"]


def stored(image):
    with image.open_file() as file:
        return file.read()


def opened(content):
    picture = Image.open(BytesIO(content))
    picture.load()
    return picture


@pytest.mark.parametrize("kind", LOSSLESS)
def test_metadata_go_and_pixels_orientation_and_profile_stay(kind):
    content = a_phone_photo(kind)
    before = opened(content)
    assert SECRET.encode() in content

    after_content = without_metadata(content, before)

    after = opened(after_content)
    assert SECRET.encode() not in after_content
    assert CREATOR.encode() not in after_content
    assert not set(after.getexif()) - {274}
    assert not any(after.getxmp().values())
    assert (after.format, after.mode) == ("JPEG" if kind == "jpg" else before.format, before.mode)
    assert after.tobytes() == before.tobytes()
    assert orientation_of(after) == orientation_of(before)
    assert after.info.get("icc_profile") == before.info.get("icc_profile")
    assert ImageOps.exif_transpose(after).size == ((40, 60) if kind in ("jpg", "png", "webp") else (60, 40))


@pytest.mark.parametrize("kind", LOSSLESS)
def test_what_is_clean_stays_byte_for_byte(kind):
    clean = without_metadata(a_phone_photo(kind), opened(a_phone_photo(kind)))
    assert without_metadata(clean, opened(clean)) == clean


@pytest.mark.parametrize("kind", ["gif", "webp", "png"])
def test_an_animation_keeps_its_frames(kind):
    frames = [a_picture().rotate(angle) for angle in (0, 90, 180)]
    content = a_file(kind, frames[0], save_all=True, append_images=frames[1:], duration=80, loop=0)
    before = opened(content)
    after = opened(without_metadata(content, before))
    assert after.n_frames == before.n_frames == 3
    for number in range(3):
        before.seek(number)
        after.seek(number)
        assert after.convert("RGBA").tobytes() == before.convert("RGBA").tobytes()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "gif"])
def test_creator_and_copyright_are_read_first(kind):
    assert credit_of(opened(a_phone_photo(kind))) == f"{CREATOR}, {RIGHTS}"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", FORMS)
def test_an_upload_is_kept_without_metadata_and_offers_its_credit(admin_client, form, kind):
    response = upload(admin_client, form, a_phone_photo(kind), name=f"photo.{kind}")

    assert response.status_code in (200, 302)
    image = get_image_model().objects.get()
    content = stored(image)
    assert SECRET.encode() not in content
    assert opened(content).info.get("icc_profile") == (None if kind == "gif" else PROFILE)
    assert image.file.name.endswith(".jpg" if kind == "heic" else f".{kind}")
    assert image.file_size == len(content)
    assert PictureCredit.objects.of(image) == ("" if kind == "gif" else f"{CREATOR}, {RIGHTS}")
    rendition = image.get_rendition("width-960|format-jpeg")
    assert SECRET.encode() not in stored(rendition)
    assert not opened(stored(rendition)).getexif()
    assert opened(stored(rendition)).size == ((40, 60) if kind in ("jpg", "png", "webp") else (60, 40))


@pytest.mark.parametrize(("kind", "read"), [("jpg", True), ("gif", False)])
def test_who_uploads_is_told_whom_the_photo_will_be_credited_to(admin_client, kind, read):
    """Before it in each form, and after it in the one that comes with the answer."""
    for form in (ADD, "wagtailimages_chooser:choose"):
        assert "that the photo's file names" in unescape(admin_client.get(reverse(form)).content.decode())
    assert "named as the author" in admin_client.get(reverse(MULTIPLE)).content.decode()
    answer = unescape(upload(admin_client, MULTIPLE, a_phone_photo(kind), f"photo.{kind}").json()["form"])
    assert ("Read from the photo's file" in answer) is read
    assert (f"{CREATOR}, {RIGHTS}" in answer) is read


def test_the_credit_is_shown_where_the_picture_is_edited_and_what_is_typed_stays(admin_client):
    upload(admin_client, ADD, a_phone_photo(), credit="Typed by hand")
    image = get_image_model().objects.get()
    edit = reverse("wagtailimages:edit", args=[image.pk])
    assert 'value="Typed by hand"' in admin_client.get(edit).content.decode()

    data = {"title": "New", "collection": image.collection_id, "credit": "Changed", "description": ""}
    admin_client.post(edit, data)
    assert PictureCredit.objects.of(image) == "Changed"
    admin_client.post(edit, data | {"credit": ""})
    assert PictureCredit.objects.of(image) == ""


@pytest.mark.parametrize("kind", ["jpg", "heic"])
def test_an_upload_that_waits_for_a_shorter_title_is_cleaned_too(admin_client, kind):
    response = upload(admin_client, MULTIPLE, a_phone_photo(kind), f"a.{kind}", title="x" * 300).json()
    waiting = UploadedFile.objects.get()
    assert SECRET.encode() not in waiting.file.read()

    address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting.pk])
    prefix = f"uploaded-image-{waiting.pk}"
    root = Collection.get_first_root_node().pk
    admin_client.post(address, {f"{prefix}-title": "Short", f"{prefix}-collection": root})

    assert response["success"]
    image = get_image_model().objects.get()
    assert SECRET.encode() not in stored(image)
    assert not UploadedFile.objects.exists()


def test_nor_does_a_file_that_is_too_large_for_memory_keep_them(admin_client, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100
    upload(admin_client, ADD, a_phone_photo())
    assert SECRET.encode() not in stored(get_image_model().objects.get())
