"""The differences between two recordings, each kind once: one changed text on 300 pages is one difference."""

import difflib
from collections import defaultdict
from pathlib import Path

from tools.recordings.normalising import cleaned

MOST_EXAMPLES = 2
LONGEST_LINE = 300


def differences(before: Path, after: Path) -> list[str]:
    """Lines that say what is missing, what is new, and each distinct change with its number and examples."""
    old, new = _files(before), _files(after)
    found = [f"only before: {_url(old[name])}" for name in sorted(old.keys() - new.keys())]
    found += [f"only after: {_url(new[name])}" for name in sorted(new.keys() - old.keys())]
    changes: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name in sorted(old.keys() & new.keys()):
        for change in _changes(old[name], new[name]):
            changes[change].append(_url(new[name]))
    for change, urls in sorted(changes.items(), key=lambda pair: -len(pair[1])):
        found.append(f"\n{len(urls)} times, at {', '.join(list(dict.fromkeys(urls))[:MOST_EXAMPLES])}")
        found += [line[:LONGEST_LINE] for line in change]
    return found


def _files(folder: Path) -> dict[str, list[str]]:
    return {path.name: cleaned(path.read_text()).split("\n") for path in folder.glob("*.txt")}


def _url(lines: list[str]) -> str:
    return lines[0]


def _changes(old: list[str], new: list[str]) -> list[tuple[str, ...]]:
    """Each run of changed lines as one change."""
    if old == new:
        return []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=len(old) + len(new) > 4_000)
    return [
        (*(f"-{line}" for line in old[a:b]), *(f"+{line}" for line in new[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]
