"""Which release of the portal runs: what pages are made of beside the content."""

from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings

SOURCES = ("*/**/*.py", "templates/**/*", "static/**/*", "locale/**/*.mo", "requirements.txt")
NOT_OURS = {".venv", "var", "tests", ".git", "node_modules"}


@cache
def release() -> str:
    """Return a digest of code, templates, styles and translations, the same in every process of one release.

    Read once in each process: what is changed on disk afterwards is not what the process runs.
    """
    root = Path(settings.BASE_DIR)
    digest = blake2b(digest_size=6)
    files = {path for pattern in SOURCES for path in _ours(root, pattern) if path.is_file()}
    for path in sorted(files):
        digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _ours(root: Path, pattern: str) -> list[Path]:
    first, _, rest = pattern.partition("/")
    if first != "*":
        return list(root.glob(pattern))
    folders = [path for path in root.iterdir() if path.is_dir() and path.name not in NOT_OURS]
    return [path for folder in folders for path in folder.glob(rest)]
