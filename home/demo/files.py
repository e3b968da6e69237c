"""Read the demo content in `demo/` and convert its plain texts to rich text."""

from html import escape
from typing import Any

import yaml
from django.conf import settings

FOLDER = settings.BASE_DIR / "demo"
# Parsing in C takes a tenth of the time, and each start reads all of it.
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(name: str) -> Any:
    """Return the content of `demo/<name>.yaml`. Raises OSError if the file does not exist."""
    return yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), Loader=Loader)


def russian_texts() -> dict[str, dict[str, Any]]:
    """Return the Russian texts of the fully translated practices by slug."""
    return {path.stem: read(f"russian/{path.stem}") for path in sorted((FOLDER / "russian").glob("*.yaml"))}


def prose(text: str | None) -> str:
    """Return rich text with a paragraph per line of `text`, '' for an empty text."""
    return "".join(
        f"<p>{escape(line, quote=False)}</p>" for line in (text or "").splitlines() if line.strip()
    )
