"""A picture that is too large, damaged, strange or wrongly named is refused in the form; what is taken can be shown."""

import re
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import NoReverseMatch, reverse
from wagtail.images import get_image_model
from wagtail.images.models import Filter, Rendition
from wagtail.users.models import UserProfile

from core.pictures.cleaning import SIZES
from tests.core.uploading import ADD, CHOOSER, FORMS, MULTIPLE, upload
from tests.factories.pictures import KINDS, a_file, a_phone_photo, a_picture, a_png_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.sqlite_suffices,
]


def claiming(kind, width, height):
    """A small file whose header says another size."""
    data = bytearray(a_phone_photo(kind) if kind != "png" else a_png_of(8, 8))
    if kind == "jpg":
        position = re.search(rb"\xff[\xc0\xc2]", data).start() + 5
        struct.pack_into(">HH", data, position, height, width)
    elif kind == "gif":
        struct.pack_into("<HH", data, 6, width, height)
    elif kind == "webp":
        position = data.index(b"VP8X") + 12
        data[position : position + 6] = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    elif kind == "png":
        struct.pack_into(">II", data, 16, width, height)
        struct.pack_into(">I", data, 29, zlib.crc32(data[12:29]))
    else:
        position = data.index(b"ispe") + 8
        struct.pack_into(">II", data, position, width, height)
    return bytes(data)


def cut(kind):
    content = a_file(kind, a_picture("P" if kind == "gif" else "RGB", (300, 200)))
    return content[: len(content) // 2]


TOO_MANY = "too many pixels"
REFUSED = {
    "one-bit PNG of 128 million": (a_png_of(11_300, 11_300), "a.png", TOO_MANY),
    "PNG of 1,600 million": (claiming("png", 40_000, 40_000), "a.png", TOO_MANY),
    "PNG of 41 million": (claiming("png", 6_410, 6_410), "a.png", TOO_MANY),
    "JPEG of 4,000 million": (claiming("jpg", 65_000, 65_000), "a.jpg", TOO_MANY),
    "WebP of 268 million": (claiming("webp", 16_383, 16_383), "a.webp", TOO_MANY),
    "GIF of 4,000 million": (claiming("gif", 65_535, 65_535), "a.gif", TOO_MANY),
    "too narrow": (a_png_of(40, 20_000), "a.png", "too long and narrow"),
    "text": (b"Once upon a time", "a.jpg", ""),
    "page": (b"<html><script>alert(1)</script></html>", "a.png", ""),
    "drawing": (b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "a.svg", ""),
    "drawing with another name": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "a.jpg", ""),
    "nothing": (b"", "a.jpg", ""),
    "another format": (a_file("png"), "a.jpg", ""),
    "no picture's name": (a_file("jpg"), "a.exe", ""),
    "no extension": (a_file("jpg"), "photo", ""),
    "too heavy": (a_file("jpg") + bytes(10 * 1024 * 1024), "a.jpg", ""),
    "only a head": (b"\xff\xd8\xff\xe0", "a.jpg", ""),
    "PNG without its end": (a_png_of(50, 50)[:-12], "a.png", ""),
    # The format of their name is another's for Wagtail.
    "animated AVIF": (
        a_file("avif", a_picture(), save_all=True, append_images=[a_picture().rotate(90)]),
        "a.avif",
        "",
    ),
    "animated PNG": (
        a_file("png", a_picture(), save_all=True, append_images=[a_picture().rotate(90)]),
        "a.png",
        "",
    ),
    **{f"half a {kind}": (cut(kind), f"a.{kind}", "") for kind in KINDS},
}


def error_of(response, form):
    """What the person reads."""
    assert response.status_code == 200
    if form == MULTIPLE:
        answer = response.json()
        assert not answer["success"]
        return answer["error_message"]
    if form == CHOOSER:
        assert response.json()["step"] == "reshow_creation_form"
        return response.json()["htmlFragment"]
    assert response.context["form"].errors["file"]
    return response.content.decode()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_kept_is_a_form_error(admin_client, form, name):
    content, filename, words = REFUSED[name]
    error = error_of(upload(admin_client, form, content, filename), form)
    assert error
    assert words in error
    assert not get_image_model().objects.exists()
    assert not Rendition.objects.exists()


@pytest.mark.parametrize("form", FORMS)
def test_the_error_is_in_the_editors_language(admin_client, superuser, form):
    UserProfile.objects.create(user=superuser, preferred_language="ru")
    error = error_of(upload(admin_client, form, claiming("png", 40_000, 40_000), "a.png"), form)
    assert "слишком много пикселей" in error


STRANGE = {
    "one bit": a_file("png", a_picture("1")),
    "palette with a transparent colour": a_file("png", a_picture("P"), transparency=0),
    "grey with transparency": a_file("png", a_picture("LA")),
    "transparent": a_file("png", a_picture("RGBA")),
    "16 bits": a_file("png", a_picture("L").convert("I;16")),
    "one pixel": a_png_of(1, 1),
    "print colours": a_file("jpg", a_picture("CMYK")),
    "grey JPEG": a_file("jpg", a_picture("L")),
    "transparent WebP": a_file("webp", a_picture("RGBA")),
    "transparent AVIF": a_file("avif", a_picture("RGBA")),
    "animated GIF": a_file("gif", a_picture("P"), save_all=True, append_images=[a_picture("P").rotate(90)]),
    "animated WebP": a_file("webp", a_picture(), save_all=True, append_images=[a_picture().rotate(90)]),
    "tall": a_file("png", a_picture("L", (1_100, 16_000))),
}


@pytest.mark.parametrize("name", STRANGE)
def test_what_is_taken_can_be_shown_in_every_size(admin_client, name):
    content = STRANGE[name]
    kind = next(kind for kind in KINDS if content[:16].find(
        {"png": b"PNG", "jpg": b"\xff\xd8", "gif": b"GIF", "webp": b"WEBP", "avif": b"avi", "heic": b"hei"}[kind]
    ) >= 0)  # fmt: skip
    response = upload(admin_client, ADD, content, f"a.{kind}")
    assert response.status_code == 302, response.context["form"].errors
    image = get_image_model().objects.get()
    for size in SIZES:
        assert image.get_rendition(size).width >= 1


@pytest.mark.parametrize(
    "name", ["../../etc/a.jpg", "a\x00b.jpg", "имя файла.jpg", "a" * 300 + ".jpg", ".jpg", "a.JPG"]
)
def test_a_strange_name_is_taken_or_refused(admin_client, name):
    response = upload(admin_client, ADD, a_file("jpg"), name)
    assert response.status_code in (200, 302)
    for image in get_image_model().objects.all():
        assert image.file.name.startswith("original_images/")
        assert len(image.file.name) <= 100


def test_nobody_can_ask_for_another_size(admin_client):
    image = get_image_model().objects.create(title="A", file=SimpleUploadedFile("a.jpg", a_file("jpg")))
    for spec in ("width-30000", "width-800", "scale-900", "original"):
        address = reverse("wagtailimages:preview", args=[image.pk, spec])
        assert admin_client.get(address, follow=True).status_code == 404
        assert (
            admin_client.get(reverse("wagtailimages:url_generator", args=[image.pk]), follow=True).status_code
            == 404
        )
    with pytest.raises(NoReverseMatch):
        reverse("wagtailimages_serve", args=["x", image.pk, "width-800"])


def test_the_sizes_are_those_of_the_templates():
    found = set()
    for file in Path(settings.BASE_DIR, "templates").rglob("*.html"):
        for tag in re.findall(r"{% (?:srcset_)?image \S+ ([^%]*)%}", file.read_text()):
            filters = [
                part for part in tag.partition(" as ")[0].split() if re.fullmatch(r"[a-z]+-[\w{},]+", part)
            ]
            found |= set(Filter.expand_spec("|".join(filters)))
    assert len(found) == 5
    assert found <= SIZES


MEASURED = """
import resource, sys
import django
django.setup()
from io import BytesIO
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.exceptions import ValidationError
from wagtail.images.models import Filter, Image
from core.pictures.forms import PictureField
from tests.factories.pictures import a_png_of
width, height, bits = map(int, sys.argv[1:])
content = a_png_of(width, height, bits)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    file = PictureField().to_python(SimpleUploadedFile("a.png", content))
except ValidationError:
    pass
else:
    image = Image(width=width, height=height, collection_id=1)
    Filter("width-960|format-webp").run(image, BytesIO(), source=file)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""
AT_ONCE = """
import resource, sys, threading
import django
django.setup()
from io import BytesIO
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images.models import Filter, Image
from core.pictures.forms import PictureField
from tests.factories.pictures import a_webp_of
content = a_webp_of(6300, 6300)
done = []
def upload():
    done.append(PictureField().to_python(SimpleUploadedFile("a.webp", content)))
def make_rendition():
    image = Image(width=6300, height=6300, collection_id=1)
    done.append(Filter("width-960|format-webp").run(image, BytesIO(), source=BytesIO(content)))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
threads = [threading.Thread(target=work) for work in (upload, make_rendition, upload)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert len(done) == len(threads)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.parametrize(
    ("width", "height", "bits", "most"),
    [(11_300, 11_300, 1, 30), (6_300, 6_300, 1, 150), (6_300, 6_300, 8, 150)],
)
def test_no_upload_takes_much_memory(width, height, bits, most):
    """In MB above what the process has anyway, in a process of its own."""
    arguments = [sys.executable, "-c", MEASURED, str(width), str(height), str(bits)]
    run = subprocess.run(arguments, capture_output=True, text=True, cwd=settings.BASE_DIR, check=True)
    assert int(run.stdout) <= most


def test_pictures_at_once_take_the_memory_of_one():
    """The costliest one for its 50 bytes: libwebp holds two pictures of 160 MB, Pillow two more."""
    run = subprocess.run(
        [sys.executable, "-c", AT_ONCE], capture_output=True, text=True, cwd=settings.BASE_DIR, check=True
    )
    assert int(run.stdout) <= 5 * 160
