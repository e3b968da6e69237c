"""PNG without metadata (W3C PNG, third edition): the chunks that draw are copied, all others dropped."""

import struct
import zlib

from core.pictures.exif import UPRIGHT, tiff_with

SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Picture, palette and transparency; colours; density and background; animation.
KEPT = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS",
    b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"mDCv", b"cLLi",
    b"bKGD", b"pHYs",
    b"acTL", b"fcTL", b"fdAT",
}  # fmt: skip


def strip_png(data: bytes, orientation: int = UPRIGHT) -> bytes:
    """Return the PNG with its picture, colours and orientation; ValueError where a chunk is cut off."""
    if not data.startswith(SIGNATURE):
        raise ValueError("not a PNG")
    chunks = [SIGNATURE]
    position, name = len(SIGNATURE), b""
    while name != b"IEND":
        if position + 12 > len(data):
            raise ValueError("the end is missing")
        length, name = struct.unpack_from(">I4s", data, position)
        end = position + 12 + length
        if end > len(data):
            raise ValueError("a chunk is cut off")
        if name in KEPT:
            chunks.append(data[position:end])
        if name == b"IHDR" and orientation != UPRIGHT:
            chunks.append(_chunk(b"eXIf", tiff_with(orientation)))
        position = end
    return b"".join(chunks)


def _chunk(name: bytes, payload: bytes) -> bytes:
    return struct.pack(">I", len(payload)) + name + payload + struct.pack(">I", zlib.crc32(name + payload))
