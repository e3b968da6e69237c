"""The portal's translations: `python -m ops.messages compile|extract|check`.

`compile FILE.po ...` writes the .mo files in Python, so that a machine without GNU gettext can serve.
`extract` takes new strings into the .po files; `check` fails when a string of the sources is not surely
translated. Both need gettext.
"""

import ast
import re
import sys
from pathlib import Path

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import makemessages

ROOT = Path(__file__).resolve().parent.parent
# Not shown to a reader or an editor.
IGNORED = [".venv", "var", "tests", "tools", "ops", "demo", "docs"]
# The English strings are the ids; every other language of the site has a file.
SOURCE_LANGUAGE = "en"
# Functions that mark a string for translation, without their lazy forms.
MARKS = ("_", "gettext", "ngettext", "pgettext", "npgettext")
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]|\{\w*\}")


class Extraction(makemessages.Command):
    """`makemessages` that stores the extracted strings in `found` instead of writing the .po files."""

    def write_po_file(self, potfile: str, locale: str) -> None:
        self.found = polib.pofile(potfile)


def languages() -> list[str]:
    return [code for code, _ in settings.LANGUAGES if code != SOURCE_LANGUAGE]


def scan(command: makemessages.Command) -> None:
    """Run the extraction with the same options for `extract` and `check`."""
    call_command(
        command,
        locale=languages(),
        extensions=["html", "txt", "py"],
        ignore_patterns=IGNORED,
        add_location="file",
        no_obsolete=True,
        verbosity=0,
    )


def compile_file(path: Path) -> None:
    """Write the .mo beside a .po; fuzzy and missing translations are left out and shown in English."""
    polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def placeholders(*texts: str) -> set[str]:
    """Return the placeholders in `texts`; an unknown one in a translation breaks the page, a missing one loses a value."""
    return {placeholder for text in texts for placeholder in PLACEHOLDER.findall(text)}


def fault_of(entry: polib.POEntry | None, forms: int) -> str:
    """Return what is wrong with a translation in a language with `forms` plural forms, '' if it is right."""
    if entry is None:
        return "not in the file"
    if entry.fuzzy:
        return "fuzzy"
    if not entry.translated():
        return "empty"
    if entry.msgid_plural and len(entry.msgstr_plural) != forms:
        return f"not {forms} plural forms"
    expected = placeholders(entry.msgid, entry.msgid_plural)
    used = placeholders(entry.msgstr, *entry.msgstr_plural.values())
    return "" if expected == used else "other placeholders"


def problems(language: str, sources: polib.POFile) -> list[str]:
    """Return a line for each missing, fuzzy or unused translation of `sources` in `language`."""
    path = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return [f"{path.relative_to(ROOT)}: no such file"]
    file = polib.pofile(str(path))
    forms = int(file.metadata["Plural-Forms"].partition("nplurals=")[2].partition(";")[0])
    entries = {(entry.msgctxt, entry.msgid): entry for entry in file if not entry.obsolete}
    expected = {(entry.msgctxt, entry.msgid): entry for entry in sources}
    lines = []
    for key, source in expected.items():
        if fault := fault_of(entries.get(key), forms):
            where = ", ".join(name for name, _ in source.occurrences[:2])
            lines.append(f"{language}: {fault}: {source.msgid!r} ({where})")
    lines += [f"{language}: not used any more: {key[1]!r}" for key in entries.keys() - expected.keys()]
    return sorted(lines)


def marked_in_f_strings(source: str) -> list[int]:
    """Return the line numbers of strings marked inside an f-string, where xgettext does not find them."""
    calls = (
        call
        for f_string in ast.walk(ast.parse(source))
        if isinstance(f_string, ast.JoinedStr)
        for call in ast.walk(f_string)
        if isinstance(call, ast.Call)
    )
    return [call.lineno for call in calls if _name_of(call).removesuffix("_lazy") in MARKS]


def _name_of(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def hidden_strings() -> list[str]:
    """Return a line for each string that no extraction finds."""
    sources = (path for path in ROOT.rglob("*.py") if path.relative_to(ROOT).parts[0] not in IGNORED)
    return [
        f"{path.relative_to(ROOT)}:{line}: marked inside an f-string"
        for path in sorted(sources)
        for line in marked_in_f_strings(path.read_text(encoding="utf-8"))
    ]


def check() -> int:
    """Print each fault and return their number."""
    extraction = Extraction()
    scan(extraction)
    lines = [line for language in languages() for line in problems(language, extraction.found)]
    lines += hidden_strings()
    print(*lines, sep="\n", end="\n" if lines else "")
    print(f"{len(extraction.found)} strings, {len(lines)} faults in the translations")
    return len(lines)


def main(arguments: list[str]) -> int:
    match arguments:
        case ["compile", *paths]:
            for path in paths:
                compile_file(Path(path))
        case ["extract"]:
            scan(makemessages.Command())
        case ["check"]:
            return min(check(), 1)
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
