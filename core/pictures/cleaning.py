"""Clean the stored pictures one at a time; may be killed at any point and repeated."""

import logging
import os
from io import BytesIO
from pathlib import Path

from django.db import transaction
from PIL import Image
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.utils.file import hash_filelike

from core.models import PictureCredit
from core.pictures.metadata import credit_of, without_metadata
from core.pictures.storage import is_secret_name
from core.versions import next_version

logger = logging.getLogger(__name__)
# The renditions used in templates/ and Wagtail's admin; others from earlier versions are not created again.
SIZES = {
    "width-480|format-webp", "width-800|format-webp", "width-960|format-webp", "width-1080|format-webp",
    "width-960|format-jpeg", "max-165x165", "max-400x400", "max-800x600",
}  # fmt: skip


def clean_all() -> tuple[int, int]:
    """Clean every stored picture and give every rendition a name with a random part.

    Return how many pictures were changed, and how many could not be read; these are logged and left.
    """
    changed = failed = 0
    images = get_image_model().objects
    for key in images.order_by("pk").values_list("pk", flat=True):
        image = images.filter(pk=key).first()
        if image is None:  # deleted meanwhile
            continue
        try:
            was_dirty = clean_stored(image)
            renewed = renew_renditions(image, all_of_them=was_dirty)
        except Exception:
            logger.exception("The picture %s (%s) could not be cleaned", image.pk, image.file.name)
            failed += 1
        else:
            changed += was_dirty or renewed
    return changed, failed


def clean_stored(image: AbstractImage) -> bool:
    """Remove the metadata of the stored file of `image`; return whether there was any.

    The credit is kept first, and the file replaced in one step: killed in between, the next run ends what is left.
    """
    with image.open_file() as file:
        content = file.read()
    with Image.open(BytesIO(content)) as picture:
        clean = without_metadata(content, picture)
        if clean != content:
            picture.load()  # PNG has texts behind the picture too
            _keep_credit(image, credit_of(picture))
            _replace(image, clean)
    digest = hash_filelike(BytesIO(clean))
    if (image.file_hash, image.file_size) != (digest, len(clean)):
        image.file_hash, image.file_size = digest, len(clean)
        image.save(update_fields=["file_hash", "file_size"])
    return clean != content


def _keep_credit(image: AbstractImage, credit: str) -> None:
    if credit and not PictureCredit.objects.of(image):
        PictureCredit.objects.keep(image, credit)


def _replace(image: AbstractImage, content: bytes) -> None:
    """Replace the file under the same name, so that a kill cannot leave the old file behind."""
    path = Path(image.file.path)
    unfinished = path.with_name(f"{path.name}.cleaned")
    unfinished.write_bytes(content)
    os.chmod(unfinished, path.stat().st_mode & 0o777)
    os.replace(unfinished, path)


def renew_renditions(image: AbstractImage, all_of_them: bool = False) -> bool:
    """Recreate the renditions with guessable names, or all of them; return whether there were any.

    The file goes before its row, so that a killed run finds the row again.
    """
    old = [one for one in image.renditions.all() if all_of_them or not is_secret_name(one.file.name)]
    for rendition in old:
        rendition.file.storage.delete(rendition.file.name)
        with transaction.atomic():
            rendition.delete()
    if old:
        next_version()  # cached pages refer to the old ones
    for spec in {one.filter_spec for one in old} & SIZES:
        image.get_rendition(spec)
    return bool(old)
