"""An identifier of the running release, for caches of rendered pages."""

from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings

SOURCES = ("*/**/*.py", "templates/**/*", "static/**/*", "locale/**/*.mo", "requirements.txt")
EXCLUDED_FOLDERS = {".venv", "var", "tests", ".git", "node_modules"}


@cache
def release() -> str:
    """Return a digest of code, templates, styles and translations, the same in every process of one release.

    Computed once per process: later changes on disk do not affect the running code.
    """
    root = Path(settings.BASE_DIR)
    digest = blake2b(digest_size=6)
    files = {path for pattern in SOURCES for path in _source_files(root, pattern) if path.is_file()}
    for path in sorted(files):
        digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _source_files(root: Path, pattern: str) -> list[Path]:
    top_folder, _, rest = pattern.partition("/")
    if top_folder != "*":
        return list(root.glob(pattern))
    folders = [path for path in root.iterdir() if path.is_dir() and path.name not in EXCLUDED_FOLDERS]
    return [path for folder in folders for path in folder.glob(rest)]
