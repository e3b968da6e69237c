"""`make lint`: limits of the length of files, functions and template lines. Divide longer ones by subject."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST_LINES_OF_FILE = 300
MOST_LINES_OF_FUNCTION = 45
# The branches of one page belong side by side.
MOST_LINES_OF_VIEW = 79
LONGEST_TEMPLATE_LINE = 150
EXCLUDED_FOLDERS = {"var", "node_modules"}


def problems(root: Path) -> Iterator[str]:
    """Yield a line for each limit that is exceeded, in the order of the files."""
    for path in sorted(root.rglob("*")):
        place = path.relative_to(root)
        if any(part.startswith(".") or part in EXCLUDED_FOLDERS for part in place.parts):
            continue
        if path.suffix == ".py" and "migrations" not in place.parts:
            yield from python_problems(place, path.read_text())
        elif path.suffix in (".html", ".txt") and "templates" in place.parts:
            yield from template_problems(place, path.read_text())


def python_problems(place: Path, source: str) -> Iterator[str]:
    """Yield a line for each limit that a Python file exceeds; `place` is its path below the root."""
    lines = len(source.splitlines())
    if lines > MOST_LINES_OF_FILE:
        yield f"{place}: {lines} lines in the file, at most {MOST_LINES_OF_FILE}"
    is_view = place.stem == "views" or place.parent.name == "views"
    most = MOST_LINES_OF_VIEW if is_view else MOST_LINES_OF_FUNCTION
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > most:
                yield f"{place}:{node.lineno}: {length} lines in {node.name}(), at most {most}"


def template_problems(place: Path, source: str) -> Iterator[str]:
    """Yield a line for each template line with too many characters."""
    for number, line in enumerate(source.splitlines(), start=1):
        if len(line) > LONGEST_TEMPLATE_LINE:
            yield f"{place}:{number}: {len(line)} characters in the line, at most {LONGEST_TEMPLATE_LINE}"


if __name__ == "__main__":
    messages = list(problems(ROOT))
    print("\n".join(messages), file=sys.stderr)
    sys.exit(bool(messages))
