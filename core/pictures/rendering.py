"""Changes to Willow, with which Wagtail renders pictures: read the size from the header, and make fewer copies."""

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

from PIL import Image, ImageOps
from wagtail.images.models import Filter
from willow.image import (
    AvifImageFile,
    GIFImageFile,
    HeicImageFile,
    ImageFile,
    JPEGImageFile,
    PNGImageFile,
    WebPImageFile,
)
from willow.plugins.pillow import PillowImage
from willow.registry import registry

from core.pictures.exif import UPRIGHT, orientation_of

FORMATS = (AvifImageFile, GIFImageFile, HeicImageFile, JPEGImageFile, PNGImageFile, WebPImageFile)
P = ParamSpec("P")
R = TypeVar("R")
_decoding = Lock()


def one_at_a_time(function: Callable[P, R]) -> Callable[P, R]:
    """Decorate `function` so that one thread at a time decodes: a picture of 40 million pixels takes up to 640 MB."""

    @wraps(function)
    def waiting(*args: P.args, **kwargs: P.kwargs) -> R:
        with _decoding:
            return function(*args, **kwargs)

    return waiting


class LeanPillowImage(PillowImage):
    """Willow's Pillow image without redundant copies, which take 160 MB each at 40 million pixels."""

    image: Image.Image

    def crop(self, rect: Any) -> PillowImage:
        whole = tuple(rect) == (0, 0, *self.image.size)
        return self if whole else PillowImage(super().crop(rect).image)


def upright(picture: PillowImage) -> LeanPillowImage:
    """Return the picture upright, in a mode that every rendition format supports."""
    image = picture.image
    if image.mode == "1":  # grey takes a quarter of the memory of colours
        image = image.convert("L")
    elif image.mode.startswith("I"):  # 16 bits, which JPEG has not and WebP would cut off at white
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    return LeanPillowImage(image if orientation_of(image) == UPRIGHT else ImageOps.exif_transpose(image))


def size_in_header(file: ImageFile) -> tuple[int, int]:
    """Return width and height without decoding the picture, as Willow would."""
    file.f.seek(0)
    return Image.open(file.f).size


def register() -> None:
    for format_class in FORMATS:
        registry.register_operation(format_class, "get_size", size_in_header)
    registry.register_operation(PillowImage, "auto_orient", upright)
    Filter.run = one_at_a_time(Filter.run)
