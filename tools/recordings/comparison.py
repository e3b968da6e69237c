"""Compare two recordings and list each distinct difference once: one changed text on 300 pages is one difference."""

import difflib
from collections import defaultdict
from pathlib import Path

from tools.recordings.normalising import normalise_text

MOST_EXAMPLES = 2
LONGEST_LINE = 300


def differences(before: Path, after: Path) -> list[str]:
    """Return lines for missing files, new files, and each distinct change with its count and examples."""
    old, new = _files(before), _files(after)
    lines = [f"only before: {_url(old[name])}" for name in sorted(old.keys() - new.keys())]
    lines += [f"only after: {_url(new[name])}" for name in sorted(new.keys() - old.keys())]
    changes: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name in sorted(old.keys() & new.keys()):
        for change in _changes(old[name], new[name]):
            changes[change].append(_url(new[name]))
    for change, urls in sorted(changes.items(), key=lambda pair: -len(pair[1])):
        lines.append(f"\n{len(urls)} times, at {', '.join(list(dict.fromkeys(urls))[:MOST_EXAMPLES])}")
        lines += [line[:LONGEST_LINE] for line in change]
    return lines


def _files(folder: Path) -> dict[str, list[str]]:
    return {path.name: normalise_text(path.read_text()).split("\n") for path in folder.glob("*.txt")}


def _url(lines: list[str]) -> str:
    return lines[0]


def _changes(old: list[str], new: list[str]) -> list[tuple[str, ...]]:
    """Return each run of changed lines as one change."""
    if old == new:
        return []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=len(old) + len(new) > 4_000)
    return [
        (*(f"-{line}" for line in old[a:b]), *(f"+{line}" for line in new[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]
