"""The portal's translations: `python -m ops.messages compile|extract|check`.

`compile FILE.po ...` writes the .mo files in Python, so that a machine without GNU gettext can serve. `extract` takes new
strings into the .po files; `check` fails when a string of the sources is not, or not surely, translated. Both need gettext.
"""

import sys
from pathlib import Path

import django
import polib
from django.conf import settings
from django.core.management.commands import makemessages

ROOT = Path(__file__).resolve().parent.parent
# Not shown to a reader or an editor.
IGNORED = [".venv", "var", "tests", "bench", "ops", "demo", "docs"]
# The English strings are the ids; every other language of the site has a file.
SOURCE_LANGUAGE = "en"


class Extraction(makemessages.Command):
    """`makemessages` that hands over what it found instead of writing it into the .po files."""

    def write_po_file(self, potfile: str, locale: str) -> None:
        self.found = polib.pofile(potfile)


def languages() -> list[str]:
    return [code for code, _ in settings.LANGUAGES if code != SOURCE_LANGUAGE]


def options() -> dict:
    """What `makemessages` is asked, the same for extraction and check."""
    return {
        "locale": languages(),
        "exclude": [],
        "domain": "django",
        "all": False,
        "extensions": ["html", "txt", "py"],
        "symlinks": False,
        "ignore_patterns": IGNORED,
        "use_default_ignore_patterns": True,
        "no_wrap": False,
        "no_location": False,
        "add_location": "file",
        "no_obsolete": True,
        "keep_pot": False,
        "verbosity": 0,
    }


def compile_file(path: Path) -> None:
    """Write the .mo beside a .po; fuzzy and missing entries are left out, so the reader sees English there."""
    polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def extract() -> None:
    makemessages.Command().handle(**options())


def problems(language: str, sources: polib.POFile) -> list[str]:
    """In: a language and the strings of the sources; out: a line for each that is missing, fuzzy or not used any more."""
    path = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return [f"{path.relative_to(ROOT)}: no such file"]
    entries = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path)) if not entry.obsolete}
    wanted = {(entry.msgctxt, entry.msgid): entry for entry in sources}
    found = []
    for key, source in wanted.items():
        entry = entries.get(key)
        fault = (
            "not in the file"
            if entry is None
            else "fuzzy"
            if entry.fuzzy
            else ""
            if entry.translated()
            else "empty"
        )
        if fault:
            where = ", ".join(name for name, _ in source.occurrences[:2])
            found.append(f"{language}: {fault}: {source.msgid!r} ({where})")
    found += [f"{language}: not used any more: {key[1]!r}" for key in entries.keys() - wanted.keys()]
    return sorted(found)


def check() -> int:
    """Out: the number of faults, each printed."""
    extraction = Extraction()
    extraction.handle(**options())
    found = [line for language in languages() for line in problems(language, extraction.found)]
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{len(extraction.found)} strings, {len(found)} faults in the translations")
    return len(found)


def main(arguments: list[str]) -> int:
    match arguments:
        case ["compile", *paths]:
            for path in paths:
                compile_file(Path(path))
        case ["extract"]:
            django.setup()
            extract()
        case ["check"]:
            django.setup()
            return min(check(), 1)
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
