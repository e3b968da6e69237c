"""How Willow, with which Wagtail makes the sizes of a picture, does it here: the size from the header, fewer copies."""

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
    """Let `function` decode a picture while no other thread does: at 40 million pixels each takes up to 640 MB."""

    @wraps(function)
    def waiting(*args: P.args, **kwargs: P.kwargs) -> R:
        with _decoding:
            return function(*args, **kwargs)

    return waiting


class LeanPillowImage(PillowImage):
    """Pillow's picture without copies that change nothing: at 40 million pixels each takes 160 MB."""

    image: Image.Image

    def crop(self, rect: Any) -> PillowImage:
        whole = tuple(rect) == (0, 0, *self.image.size)
        return self if whole else PillowImage(super().crop(rect).image)


def upright(picture: PillowImage) -> LeanPillowImage:
    """Return the picture the right way up, in a mode that every format of a rendition can be saved in."""
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
