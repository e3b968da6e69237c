"""AVIF without metadata (ISO/IEC 14496-12 and 23008-12), written over in place.

Everything in the file is found by its distance from the start, so nothing is taken out: the bytes of metadata are replaced
by an empty directory and by blanks. A picture is turned by a property of its own, not by EXIF.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from core.pictures.exif import EMPTY_TIFF

CONTAINERS = (b"moov", b"trak", b"mdia", b"minf", b"stbl")
FREE = (b"uuid", b"udta", b"free", b"skip")
# The replacement of metadata: an empty but readable document, and the bytes to pad it with.
Filler = tuple[bytes, bytes]
EMPTY_EXIF: Filler = (b"\x00\x00\x00\x00" + EMPTY_TIFF, b"\x00")
EMPTY_XML: Filler = (b"<x/>", b" ")


class Box(NamedTuple):
    name: bytes
    start: int
    body: int
    end: int


def strip_avif(data: bytes) -> bytes:
    """Return the AVIF with blank metadata and of the same length; ValueError or struct.error where a box is cut off."""
    result = bytearray(data)
    _strip_boxes(result, 0, len(result), inside=b"")
    return bytes(result)


def check_boxes(data: bytes) -> None:
    """Raise ValueError where the file, of this format or HEIC, ends before its boxes do: decoders fill what is missing."""
    list(_boxes(bytearray(data), 0, len(data)))


def _strip_boxes(data: bytearray, start: int, end: int, inside: bytes) -> None:
    for box in _boxes(data, start, end):
        if box.name in FREE or (box.name == b"meta" and inside):
            data[box.start + 4 : box.start + 8] = b"free"
            data[box.body : box.end] = bytes(box.end - box.body)
        elif box.name in CONTAINERS:
            _strip_boxes(data, box.body, box.end, inside=box.name)
        elif box.name == b"meta":
            _strip_items(data, box.body + 4, box.end)


def _strip_items(data: bytearray, start: int, end: int) -> None:
    boxes = {box.name: box for box in _boxes(data, start, end)}
    if b"iinf" not in boxes or b"iloc" not in boxes:
        return
    fillers = dict(_metadata_items(data, boxes[b"iinf"]))
    data_box = boxes.get(b"idat")
    for item, extents in _locations(data, boxes[b"iloc"], data_box.body if data_box else 0):
        if item not in fillers:
            continue
        blank, padding = fillers[item]
        blank = blank.ljust(sum(length for _, length in extents), padding)
        for offset, length in extents:
            if offset + length > len(data):
                raise ValueError("metadata lie outside the file")
            data[offset : offset + length] = blank[:length]
            blank = blank[length:]


def _boxes(data: bytearray, start: int, end: int) -> Iterator[Box]:
    while start + 8 <= end:
        size, name = struct.unpack_from(">I4s", data, start)
        body = start + 8
        if size == 1:
            size = struct.unpack_from(">Q", data, body)[0]
            body += 8
        stop = end if size == 0 else start + size
        if stop > end or stop < body:
            raise ValueError("a box is cut off")
        yield Box(name, start, body, stop)
        start = stop


def _metadata_items(data: bytearray, box: Box) -> Iterator[tuple[int, Filler]]:
    """Yield (item, what to fill it with) for each item that draws nothing."""
    count_size = 2 if data[box.body] == 0 else 4
    for entry in _boxes(data, box.body + 4 + count_size, box.end):
        version = data[entry.body]
        if version < 2:
            continue
        number_format, length = (">H", 2) if version == 2 else (">I", 4)
        number = struct.unpack_from(number_format, data, entry.body + 4)[0]
        kind = bytes(data[entry.body + 6 + length : entry.body + 10 + length])
        if kind == b"Exif":
            yield number, EMPTY_EXIF
        elif kind in (b"mime", b"uri "):
            yield number, EMPTY_XML


def _locations(data: bytearray, box: Box, data_box: int) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Yield (item, its extents as (offset in the file, length)), by the layout of `iloc`."""
    version, sizes = data[box.body], struct.unpack_from(">H", data, box.body + 4)[0]
    offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_size = sizes & 15 if version else 0
    position = box.body + 6

    def number(size: int) -> int:
        nonlocal position
        if position + size > box.end:
            raise ValueError("the list of items is cut off")
        value = int.from_bytes(data[position : position + size])
        position += size
        return value

    wide = 4 if version == 2 else 2
    for _ in range(number(wide)):
        item = number(wide)
        method = number(2) & 15 if version else 0
        number(2)  # the number of another file
        base = number(base_size) + (data_box if method == 1 else 0)
        extents = []
        for _ in range(number(2)):
            number(index_size)
            offset = base + number(offset_size)
            extents.append((offset, number(length_size)))
        yield item, extents
