"""The pictures of before: cleaned by a command that may be killed at any write and run again."""

from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from PIL import Image
from wagtail.images import get_image_model
from wagtail.images.models import Rendition
from wagtail.utils.file import hash_filelike

from core.models import PictureCredit
from core.pictures import cleaning
from core.pictures.storage import RenditionStorage, is_secret_name
from tests.factories.pictures import CREATOR, RIGHTS, SECRET, a_file, a_phone_photo

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.sqlite_suffices,
]
KINDS = ["jpg", "png", "webp", "avif"]
SPECS = ["width-480|format-webp", "width-800|format-webp", "max-165x165", "scale-300"]


@pytest.fixture
def folder(settings, tmp_path):
    """Uploads in files, as in production."""
    settings.MEDIA_ROOT = str(tmp_path)
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "renditions": {"BACKEND": "core.pictures.storage.RenditionStorage"},
    }
    field = get_image_model()._meta.get_field("file")
    renditions = Rendition._meta.get_field("file")
    before = field.storage, renditions.storage
    field.storage, renditions.storage = FileSystemStorage(), FileSystemStorage()
    yield tmp_path
    field.storage, renditions.storage = before


def stored_before(kind="jpg"):
    """An image as earlier versions kept it: with its metadata, and renditions under guessable names."""
    image = get_image_model()(title=f"A {kind}", file=ContentFile(a_phone_photo(kind), name=f"photo.{kind}"))
    image._set_image_file_metadata()
    image.save()
    for spec in SPECS:
        name = f"photo.{spec.replace('|', '.')}.{kind}"
        image.renditions.create(filter_spec=spec, file=ContentFile(a_phone_photo(), name=name))
    return image


def secret_names(monkeypatch):
    """From here on renditions are kept as this version does."""
    storage = RenditionStorage()
    monkeypatch.setattr(Rendition._meta.get_field("file"), "storage", storage)


def state(folder):
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    rows = list(Rendition.objects.order_by("pk").values_list("pk", "file"))
    return files, rows, list(PictureCredit.objects.values_list("image", "credit"))


def run():
    output = StringIO()
    call_command("clean_pictures", stdout=output, stderr=output)
    return output.getvalue()


def judge(folder, images):
    files, rows, credits = state(folder)
    assert not [name for name, content in files.items() if SECRET.encode() in content]
    assert set(files) == {name for _, name in rows} | {image.file.name for image in images}
    assert all(is_secret_name(name) for _, name in rows)
    assert sorted(credits) == [(image.pk, f"{CREATOR}, {RIGHTS}") for image in images]
    for image in get_image_model().objects.all():
        content = files[image.file.name]
        assert (image.file_size, image.file_hash) == (len(content), hash_filelike(BytesIO(content)))
        Image.open(BytesIO(content)).load()


def test_old_pictures_are_cleaned_and_their_sizes_get_other_names(folder, monkeypatch):
    images = [stored_before(kind) for kind in KINDS]
    old = {name for _, name in state(folder)[1]}
    secret_names(monkeypatch)

    assert run() == "4 pictures were cleaned or got new names for their sizes.\n"

    judge(folder, images)
    assert not old & set(state(folder)[0])
    made = Rendition.objects.filter(image=images[0]).values_list("filter_spec", flat=True)
    assert sorted(made) == sorted(SPECS[:3])  # the fourth is no size of the portal
    after = state(folder)
    assert run() == ""
    assert state(folder) == after


class Killed(BaseException):
    pass


def kill_at(monkeypatch, number):
    """Ends the run before its write of this number; returns how many there were."""
    seen = []

    def watched(function):
        def call(*args, **kwargs):
            seen.append(function)
            if len(seen) == number:
                raise Killed
            return function(*args, **kwargs)

        return call

    for owner, name in (
        (cleaning.os, "replace"), (Path, "write_bytes"), (get_image_model(), "save"), (Rendition, "save"),
        (Rendition, "delete"), (FileSystemStorage, "delete"), (FileSystemStorage, "_save"), (PictureCredit, "save"),
    ):  # fmt: skip
        monkeypatch.setattr(owner, name, watched(getattr(owner, name)))
    return seen


@pytest.mark.parametrize("number", range(1, 16))
def test_a_run_that_is_killed_is_ended_by_the_next(folder, monkeypatch, number):
    images = [stored_before("jpg"), stored_before("png")]
    secret_names(monkeypatch)
    with monkeypatch.context() as patch:
        kill_at(patch, number)
        with pytest.raises(Killed):
            run()
    run()
    files, rows, _ = state(folder)
    unnamed = set(files) - {name for _, name in rows} - {image.file.name for image in images}
    for name in unnamed:  # a size that was made when the run was killed: nobody can ask for it
        assert is_secret_name(name)
        (folder / name).unlink()
    judge(folder, images)


def test_a_picture_that_cannot_be_read_is_named_and_keeps_nobody_waiting(folder, monkeypatch, caplog):
    broken, good = stored_before(), stored_before("png")
    Path(broken.file.path).write_bytes(b"no picture")
    secret_names(monkeypatch)
    assert "1 pictures could not be read" in run()
    assert broken.file.name in caplog.text
    assert SECRET.encode() not in Path(good.file.path).read_bytes()


def test_a_typed_credit_stays(folder):
    image = stored_before()
    PictureCredit.objects.keep(image, "Typed by hand")
    run()
    assert PictureCredit.objects.of(image) == "Typed by hand"


def test_what_has_no_metadata_is_not_touched(folder):
    content = a_file("jpg")
    image = get_image_model().objects.create(title="Plain", file=ContentFile(content, name="plain.jpg"))
    run()
    assert Path(image.file.path).read_bytes() == content
