"""The demo content as it stands in `demo/`, and what its plain texts become on a page."""

from html import escape
from typing import Any

import yaml
from django.conf import settings

FOLDER = settings.BASE_DIR / "demo"
# Parsing in C takes a tenth of the time, and each start reads all of it.
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(name: str) -> Any:
    """The content of `demo/<name>.yaml`. Raises OSError where there is no such file."""
    return yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), Loader=Loader)


def russian_texts() -> dict[str, dict[str, Any]]:
    """By slug, the practices that are wholly in Russian too."""
    return {path.stem: read(f"russian/{path.stem}") for path in sorted((FOLDER / "russian").glob("*.yaml"))}


def prose(text: str | None) -> str:
    """Rich text of a plain one, a paragraph a line; empty where a source says nothing."""
    return "".join(
        f"<p>{escape(line, quote=False)}</p>" for line in (text or "").splitlines() if line.strip()
    )
