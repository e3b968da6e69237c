"""GIF without metadata (GIF89a): comments and foreign extensions are left out, frames copied."""

HEADERS = (b"GIF87a", b"GIF89a")
TRAILER, EXTENSION, FRAME = 0x3B, 0x21, 0x2C
GRAPHIC_CONTROL, APPLICATION = 0xF9, 0xFF
# How often an animation is repeated, and the colour profile.
APPLICATIONS = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")


def strip_gif(data: bytes) -> bytes:
    """Return the GIF with frames, timing and colour profile. Raises ValueError or IndexError if it is cut off."""
    if data[:6] not in HEADERS:
        raise ValueError("not a GIF")
    position = 13 + _table(data[10])
    parts = [data[:position]]
    while data[position] != TRAILER:
        start = position
        if data[position] == EXTENSION:
            position = _after_blocks(data, position + 2)
            if _is_kept(data[start + 1], data[start + 3 : start + 14]):
                parts.append(data[start:position])
        elif data[position] == FRAME:
            position = _after_blocks(data, position + 10 + _table(data[position + 9]) + 1)
            parts.append(data[start:position])
        else:
            raise ValueError("no block starts here")
    return b"".join([*parts, bytes([TRAILER])])


def _is_kept(label: int, name: bytes) -> bool:
    return label == GRAPHIC_CONTROL or (label == APPLICATION and name in APPLICATIONS)


def _table(flags: int) -> int:
    """Return the length in bytes of the colour table that these flags announce."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _after_blocks(data: bytes, position: int) -> int:
    while data[position]:
        position += data[position] + 1
    return position + 1
