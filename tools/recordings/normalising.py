"""Convert a response to lines of text without values that differ on each run: tokens, secrets, hashes of files."""

import io
import json
import re
import zipfile

from bs4 import BeautifulSoup, Tag
from django.http.response import HttpResponseBase

TOKENS = [
    (re.compile(r"\.[0-9a-f]{32}\."), ".SECRET."),
    (re.compile(r"\.[0-9a-f]{8,12}\.(css|js|svg|png|woff2|ico|webp)"), r".HASH.\1"),
    (re.compile(r'(nonce-|nonce=")[\w+/=-]+'), r"\1NONCE"),
    # Draftail names its blocks anew each time.
    (re.compile(r'(\\*"key\\*": \\*")[a-z0-9]{5}(?=\\*")'), r"\1BLOCK"),
    (re.compile(r"\?v=[0-9a-f]+"), "?v=HASH"),
    (re.compile(r"signed=[\w:.-]+"), "signed=TOKEN"),
    (re.compile(r"\b[A-Za-z0-9_-]{20,}:[A-Za-z0-9_-]{4,8}:[A-Za-z0-9_-]{20,}"), "SIGNED"),
    (re.compile(r"\b[A-Za-z0-9]{64}\b"), "TOKEN"),
    (re.compile(r"\b[\w-]{4,}:[\w-]{6}:[\w-]{27,}"), "SIGNED"),
]
FIELDS = ("csrfmiddlewaretoken",)


def normalise_response(response: HttpResponseBase, content: bytes) -> str:
    """Return a response as text: HTML one node per line, JSON indented, a workbook as XML, other binary files as their type."""
    kind = response.get("Content-Type", "")
    if "html" in kind:
        return normalise_text(_html_lines(content))
    if "spreadsheetml" in kind:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [
                archive.read(name).decode() for name in sorted(archive.namelist()) if "docProps" not in name
            ]
        return normalise_text("\n".join(parts).replace("><", ">\n<"))
    if "json" in kind:
        return normalise_text(json.dumps(json.loads(content), ensure_ascii=False, indent=1))
    if "pdf" in kind or kind.startswith("image/"):
        return f"{content[:4]!r}"
    return normalise_text(content.decode(errors="replace").replace("><", ">\n<"))


def normalise_text(text: str) -> str:
    for pattern, instead in TOKENS:
        text = pattern.sub(instead, text)
    return text


def _html_lines(content: bytes) -> str:
    """Return each element and each text on its own line, white space folded, attributes sorted by name."""
    soup = BeautifulSoup(content, "lxml")
    for field in soup.select(", ".join(f"input[name={name}]" for name in FIELDS)):
        field["value"] = "TOKEN"
    lines: list[str] = []
    for node in soup.descendants:
        if isinstance(node, Tag):
            attributes = " ".join(
                f'{key}="{" ".join(value) if isinstance(value, list) else " ".join(str(value).split())}"'
                for key, value in sorted(node.attrs.items())
            )
            lines.append(f"<{node.name} {attributes}>".replace(" >", ">"))
        elif text := " ".join(str(node).split()):
            lines.append(text)
    return "\n".join(lines)
