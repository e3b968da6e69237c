"""Take the metadata out of a picture without changing a pixel, and read the credit from it first."""

import re
from io import BytesIO
from typing import Any

from PIL import Image, IptcImagePlugin
from PIL.ExifTags import Base

from core.pictures.avif import strip_avif
from core.pictures.exif import orientation_of
from core.pictures.gif import strip_gif
from core.pictures.jpeg import strip_jpeg
from core.pictures.png import strip_png
from core.pictures.webp import strip_webp

LONGEST_CREDIT = 150
JPEG_QUALITY_OF_HEIC = 92
IPTC_CREATOR, IPTC_COPYRIGHT = (2, 80), (2, 116)
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]+")


def without_metadata(data: bytes, picture: Image.Image, whole: bool = False) -> bytes:
    """Return the file without EXIF, XMP, IPTC, texts and comments; `picture` is `data`, opened.

    Pixels, orientation and colour profile stay. ValueError, IndexError or struct.error where the file is damaged, with
    `whole` also where a JPEG lacks its end.
    """
    orientation = orientation_of(picture)
    match picture.format:
        case "JPEG" | "MPO":
            return strip_jpeg(data, orientation, whole)
        case "PNG":
            return strip_png(data, orientation)
        case "WEBP":
            return strip_webp(data, orientation)
        case "GIF":
            return strip_gif(data)
        case "AVIF":
            return strip_avif(data)
    raise ValueError(f"not a kind of picture that is kept: {picture.format}")


def as_jpeg(picture: Image.Image) -> bytes:
    """Return a HEIC as JPEG, upright and with its colour profile, since few browsers show HEIC."""
    output = BytesIO()
    profile = picture.info.get("icc_profile")
    upright = picture.convert("RGB")  # the decoder has turned it already
    upright.save(output, "JPEG", quality=JPEG_QUALITY_OF_HEIC, icc_profile=profile, exif=b"")
    return output.getvalue()


def credit_of(picture: Image.Image) -> str:
    """Return creator and copyright as the metadata of an opened picture have them, in 150 characters at most; '' if nowhere."""
    creator, rights = "", ""
    for read in (_from_iptc, _from_exif, _from_xmp, _from_png):
        try:
            values = read(picture)
        except Exception:  # metadata may be anything, and a picture without a credit is fine
            continue
        creator, rights = creator or _clean(values[0]), rights or _clean(values[1])
    parts = [rights] if creator and creator in rights else [creator, rights]
    return ", ".join(part for part in parts if part)[:LONGEST_CREDIT].strip()


def _from_iptc(picture: Any) -> tuple[Any, Any]:
    info = IptcImagePlugin.getiptcinfo(picture) or {}
    return info.get(IPTC_CREATOR, b""), info.get(IPTC_COPYRIGHT, b"")


def _from_exif(picture: Image.Image) -> tuple[Any, Any]:
    exif = picture.getexif()
    return exif.get(Base.Artist, ""), exif.get(Base.Copyright, "")


def _from_xmp(picture: Image.Image) -> tuple[Any, Any]:
    tree = picture.getxmp()
    return _text(_find(tree, "creator")), _text(_find(tree, "rights"))


def _from_png(picture: Image.Image) -> tuple[Any, Any]:
    texts = getattr(picture, "text", {})
    return texts.get("Author", ""), texts.get("Copyright", "")


def _find(tree: object, name: str) -> Any:
    """Return the first value under this name, however deep."""
    if isinstance(tree, dict):
        if name in tree:
            return tree[name]
        tree = list(tree.values())
    if isinstance(tree, list):
        return next((value for one in tree if (value := _find(one, name))), None)
    return None


def _text(value: object) -> str:
    """Return the text of an XMP property: plain, or in a list of alternatives or of several people."""
    if isinstance(value, dict):
        return next((_text(value[key]) for key in ("Seq", "Bag", "Alt", "li", "text") if value.get(key)), "")
    if isinstance(value, list):
        return ", ".join(filter(None, map(_text, value)))
    return value if isinstance(value, str) else ""


def _clean(value: object) -> str:
    if isinstance(value, list):
        value = b", ".join(value)
    raw = value if isinstance(value, bytes) else str(value).encode("latin-1", "ignore")
    if isinstance(value, str) and not value.isascii() and raw.decode("latin-1") != value:
        text = value  # characters outside Latin-1: it was decoded correctly
    else:
        # EXIF calls its texts ASCII; cameras write UTF-8, and Pillow reads Latin-1.
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("latin-1")
    return UNPRINTABLE.sub(" ", text).strip(" ,;\ufeff")
