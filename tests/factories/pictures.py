"""Picture files as phones and programs write them, with metadata in every place that a format has."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, PngImagePlugin
from PIL.ExifTags import GPS, IFD, Base

SECRET = "Zaqwherewsx"  # stands in all metadata
CREATOR, RIGHTS = "Айгуль Серик", "(c) Ministry of Connection"
SIDEWAYS = 6
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
XMP = (
    f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    f'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{SECRET}</dc:title>'
    f"<dc:creator><rdf:Seq><rdf:li>{CREATOR}</rdf:li></rdf:Seq></dc:creator>"
    f'<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{RIGHTS}</rdf:li></rdf:Alt></dc:rights>'
    f"</rdf:Description></rdf:RDF></x:xmpmeta>"
).encode()
KINDS = ["jpg", "png", "webp", "avif", "gif", "heic"]
FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "avif": "AVIF", "gif": "GIF", "heic": "HEIF"}


def a_picture(mode: str = "RGB", size: tuple[int, int] = (60, 40)) -> Image.Image:
    """A picture in which every corner is another colour."""
    gradient = Image.linear_gradient("L").resize(size)
    turned = gradient.transpose(Image.Transpose.FLIP_LEFT_RIGHT).rotate(90)
    return Image.merge("RGB", (gradient, turned, gradient.point(lambda value: 255 - value))).convert(mode)


def a_file(kind: str = "jpg", picture: Image.Image | None = None, **options: Any) -> bytes:
    """The picture as a file without metadata."""
    output = BytesIO()
    (picture or a_picture()).save(output, FORMATS[kind], **options)
    return output.getvalue()


def a_phone_photo(kind: str = "jpg", size: tuple[int, int] = (60, 40)) -> bytes:
    """A file with where, when, by whom and with what it was taken, with a colour profile, and lying on its side."""
    picture = a_picture("P" if kind == "gif" else "RGB", size)
    if kind == "gif":
        return _with_gif_extensions(a_file("gif", picture, comment=SECRET.encode()))
    options: dict[str, Any] = {
        "exif": _exif(turned=kind in ("jpg", "png", "webp")),
        "icc_profile": PROFILE,
        "xmp": XMP,
    }
    if kind == "png":
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Comment", SECRET)
        texts.add_text("Description", SECRET, zip=True)
        texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
        texts.add(b"tIME", bytes(7))
        return a_file("png", picture, exif=options["exif"], icc_profile=PROFILE, pnginfo=texts)
    if kind == "jpg":
        plain = a_file("jpg", picture, comment=SECRET.encode(), quality=95, progressive=True, **options)
        return (
            _with_iptc(plain) + b"\xff\xd8" + SECRET.encode()
        )  # a second picture behind the end, as phones have it
    return a_file(kind, picture, **options)


def a_png_of(width: int, height: int, bits: int = 1) -> bytes:
    """A PNG of this size with next to nothing in it: some kB, however large it is decoded."""
    row = b"\x00" * (1 + (width * bits + 7) // 8)
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def a_webp_of(width: int, height: int) -> bytes:
    """A lossless WebP of this size in 48 bytes: in each of its five codes one symbol, which takes no bit a pixel."""
    fields = [(width - 1, 14), (height - 1, 14), (1, 1), (0, 3), (0, 1), (0, 1), (0, 1)]
    for symbol in (90, 30, 60, 255):  # green, red, blue, alpha
        fields += [(0b101, 3), (symbol, 8)]
    fields += [(0b001, 3), (0, 1)]  # distances
    bits = sum(
        value << sum(size for _, size in fields[:number]) for number, (value, size) in enumerate(fields)
    )
    stream = b"\x2f" + bits.to_bytes(-(-sum(size for _, size in fields) // 8) + 4, "little")
    stream += b"\x00" * (len(stream) % 2)
    return (
        b"RIFF" + struct.pack("<I", len(stream) + 12) + b"WEBPVP8L" + struct.pack("<I", len(stream)) + stream
    )


def _exif(turned: bool) -> bytes:
    exif = Image.Exif()
    exif[Base.Make] = exif[Base.Model] = exif[Base.ImageDescription] = SECRET
    exif[Base.Artist] = CREATOR.encode()
    exif[Base.Copyright] = RIGHTS
    if turned:
        exif[Base.Orientation] = SIDEWAYS
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (43.0, 14.0, 17.0)
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSMapDatum] = SECRET
    return exif.tobytes()


def _with_iptc(jpeg: bytes) -> bytes:
    def record(number: int, text: str) -> bytes:
        return struct.pack(">BBBH", 0x1C, 2, number, len(text.encode())) + text.encode()

    iptc = record(80, CREATOR) + record(116, RIGHTS) + record(90, SECRET)
    block = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(iptc)) + iptc + b"\x00" * (len(iptc) % 2)
    payload = b"Photoshop 3.0\x00" + block
    return jpeg[:2] + b"\xff\xed" + struct.pack(">H", len(payload) + 2) + payload + jpeg[2:]


def _with_gif_extensions(gif: bytes) -> bytes:
    text = SECRET.encode()
    extension = b"\x21\xff\x0bXMP DataXMP" + bytes([len(text)]) + text + b"\x00"
    return gif[:-1] + extension + gif[-1:] + text
