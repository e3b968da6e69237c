"""JPEG without metadata (ITU-T T.81): its segments are copied, the scans byte by byte."""

import re
import struct

from core.pictures.exif import UPRIGHT, tiff_with

START, END = b"\xff\xd8", b"\xff\xd9"
SCAN = 0xDA
# Frames and tables: all of 0xC0 to 0xCF, and those that scans need.
DECODING = {*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF}
JFIF, ICC, ADOBE = (0xE0, b"JFIF\x00"), (0xE2, b"ICC_PROFILE\x00"), (0xEE, b"Adobe")
EXIF_MARKER = 0xE1
JFIF_LENGTH = 18  # with marker and length, without its thumbnail
# Within a scan 0xFF is followed by zero, or by one of the restart markers.
END_OF_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def strip_jpeg(data: bytes, orientation: int = UPRIGHT, whole: bool = False) -> bytes:
    """Return the JPEG with what decoding needs, its colour profile and orientation; ValueError where a segment is cut off.

    A scan that is cut off gets an end, as decoders take it, but ValueError with `whole`.
    What follows the end of the picture goes too: phones put further pictures there, with metadata of their own.
    """
    if not data.startswith(START):
        raise ValueError("not a JPEG")
    segments: list[bytes] = []
    position = len(START)
    while (position := data.find(b"\xff", position)) >= 0:
        marker = data[position + 1]
        if marker == 0xFF:  # padding
            position += 1
            continue
        if marker == END[1]:
            break
        end = position + 2 + struct.unpack_from(">H", data, position + 2)[0]
        if end > len(data):
            raise ValueError("a segment is cut off")
        segments += _segments_to_keep(marker, data[position:end])
        position = end
        if marker == SCAN:
            end_of_scan = END_OF_SCAN.search(data, position)
            if whole and not end_of_scan:
                raise ValueError("the end is missing")
            end = end_of_scan.start() if end_of_scan else len(data)
            segments.append(data[position:end])
            position = end
    if orientation != UPRIGHT:
        index = 1 if segments and segments[0][1] == JFIF[0] else 0
        segments.insert(index, _segment(EXIF_MARKER, b"Exif\x00\x00" + tiff_with(orientation)))
    return b"".join([START, *segments, END])


def _segments_to_keep(marker: int, segment: bytes) -> list[bytes]:
    payload = segment[4:]
    if marker == JFIF[0] and payload.startswith(JFIF[1]):
        head = segment[4 : JFIF_LENGTH - 2].ljust(JFIF_LENGTH - 6, b"\x00")
        return [_segment(marker, head + b"\x00\x00")]  # a thumbnail of no size
    profile = marker == ICC[0] and payload.startswith(ICC[1])
    colours = marker == ADOBE[0] and payload.startswith(ADOBE[1])
    return [segment] if marker in DECODING or profile or colours else []


def _segment(marker: int, payload: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload
