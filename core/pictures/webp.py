"""WebP without metadata (RFC 9649): the RIFF chunks that draw are copied."""

import struct
from collections.abc import Iterator

from core.pictures.exif import UPRIGHT, tiff_with

KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
FLAG_EXIF, FLAG_XMP = 0x08, 0x04
FRAME_HEAD = 16


def strip_webp(data: bytes, orientation: int = UPRIGHT) -> bytes:
    """Return the WebP with its picture, profile and orientation; ValueError where a chunk is cut off."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise ValueError("not a WebP")
    turned = orientation != UPRIGHT
    size = struct.unpack_from("<I", data, 4)[0]
    chunks = []
    for name, payload in _chunks(data[12 : 8 + size]):
        if name == b"VP8X":
            flags = payload[0] & ~(FLAG_EXIF | FLAG_XMP) | (FLAG_EXIF if turned else 0)
            payload = bytes([flags]) + payload[1:]
        if name == b"ANMF":
            inner = (_chunk(*one) for one in _chunks(payload[FRAME_HEAD:]) if one[0] in KEPT)
            payload = payload[:FRAME_HEAD] + b"".join(inner)
        if name in KEPT:
            chunks.append(_chunk(name, payload))
    if turned:  # a file that has EXIF has VP8X, which says so
        chunks.append(_chunk(b"EXIF", tiff_with(orientation)))
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = 0
    while position + 8 <= len(data):
        name, length = struct.unpack_from("<4sI", data, position)
        payload = data[position + 8 : position + 8 + length]
        if len(payload) < length or (name == b"VP8X" and not length):
            raise ValueError("a chunk is cut off")
        yield name, payload
        position += 8 + length + length % 2


def _chunk(name: bytes, payload: bytes) -> bytes:
    return name + struct.pack("<I", len(payload)) + payload + b"\x00" * (len(payload) % 2)
