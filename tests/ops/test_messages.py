"""What the check of translations finds, and that all are compiled."""

import re
from pathlib import Path

import polib
import pytest

from ops.messages import compile_file, fault_of, marked_in_f_strings, problems

pytestmark = pytest.mark.sqlite_suffices

ROOT = Path(__file__).resolve().parents[2]
RUSSIAN_FORMS = 4
HEADER = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": f"nplurals={RUSSIAN_FORMS}; plural=0;"}


def entry(msgid, msgstr="", **more):
    return polib.POEntry(msgid=msgid, msgstr=msgstr, **more)


@pytest.mark.parametrize(
    ("translation", "fault"),
    [
        (entry("Search", "Поиск"), ""),
        (entry("%(n)s of {total}", "{total}: %(n)s"), ""),
        (None, "not in the file"),
        (entry("Search"), "empty"),
        (entry("Search", "Поиск", flags=["fuzzy"]), "fuzzy"),
        (entry("by %(name)s", "автор: %(nmae)s"), "other placeholders"),
        (entry("by %(name)s", "автор"), "other placeholders"),
        (entry("%s practices", "практики"), "other placeholders"),
        (entry("one", msgid_plural="%(n)s", msgstr_plural={0: "один", 1: "%(n)s"}), "not 4 plural forms"),
        (
            entry("one", msgid_plural="%(n)s", msgstr_plural={0: "один", 1: "%(n)s", 2: "%(n)s", 3: "%(n)s"}),
            "",
        ),
    ],
)
def test_fault(translation, fault):
    assert fault_of(translation, RUSSIAN_FORMS) == fault


def test_problems_name_missing_and_unused(tmp_path, monkeypatch):
    monkeypatch.setattr("ops.messages.ROOT", tmp_path)
    path = tmp_path / "locale/ru/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True)
    file = polib.POFile()
    file.metadata = HEADER
    file.extend([entry("Search", "Поиск"), entry("Old", "Старое")])
    file.save(str(path))
    sources = polib.POFile()
    sources.extend([entry("Search"), entry("New", occurrences=[("templates/base.html", "")])])

    assert problems("ru", sources) == [
        "ru: not in the file: 'New' (templates/base.html)",
        "ru: not used any more: 'Old'",
    ]


def test_compiled_file_leaves_out_what_is_not_sure(tmp_path):
    path = tmp_path / "django.po"
    file = polib.POFile()
    file.metadata = HEADER
    file.extend([entry("Search", "Поиск"), entry("Find", "Найти?", flags=["fuzzy"])])
    file.save(str(path))

    compile_file(path)

    assert [one.msgid for one in polib.mofile(str(path.with_suffix(".mo")))] == ["Search"]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("x = f\"{_('New')}: {n}\"", [1]),
        ("x = f\"{gettext_lazy('New')}\"\ny = f\"{translation.pgettext('c', 'Old')}\"", [1, 2]),
        ('heading = _("New")\nx = f"{heading}: {label(n)}"', []),
    ],
)
def test_a_string_that_no_extraction_finds_is_named(source, lines):
    assert marked_in_f_strings(source) == lines


@pytest.mark.parametrize("document", ["docs/operations.md", "Dockerfile"])
def test_who_installs_by_the_book_compiles_every_catalogue(document):
    every = {path.relative_to(ROOT) for path in ROOT.glob("locale/**/*.po")}
    commands = re.findall(r"ops\.messages compile ([^\n\\]+)", (ROOT / document).read_text())
    assert commands
    for command in commands:
        patterns = (pattern for pattern in command.split() if pattern.endswith(".po"))
        assert {path.relative_to(ROOT) for pattern in patterns for path in ROOT.glob(pattern)} == every
