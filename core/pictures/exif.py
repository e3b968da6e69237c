"""The one thing in EXIF that a picture needs: which way up it is."""

import struct

from PIL import Image
from PIL.ExifTags import Base

UPRIGHT = 1
TURNED = range(2, 9)
# Big-endian TIFF with a directory at byte 8 that has no entry.
EMPTY_TIFF = struct.pack(">2sHIHI", b"MM", 42, 8, 0, 0)


def orientation_of(picture: Image.Image) -> int:
    """Return the EXIF orientation, 1 to 8; 1 (upright) if it is missing or invalid."""
    orientation = picture.getexif().get(Base.Orientation, UPRIGHT)
    return orientation if orientation in TURNED else UPRIGHT


def tiff_with(orientation: int) -> bytes:
    """Return EXIF data, without its format's header, that says the orientation and nothing else."""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, Base.Orientation, 3, 1, orientation, 0, 0)
