"""A spreadsheet program opens the tables as they are meant: LibreOffice, which `ops/services up libreoffice` installs."""

import csv
import os
import shutil
import subprocess
from dataclasses import replace

import pytest
from django.utils.translation import override

from core.spreadsheets import MAX_CELL_LENGTH
from exports.columns import table_of
from exports.tables import as_csv, as_xlsx
from practices.kind import PRACTICE
from tests.exports.entries_to_import import entries_to_import
from tests.factories.entries import an_entry

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_suffices]

OFFICE = os.environ.get("LIBREOFFICE") or shutil.which("soffice")
# Commas, quotes, UTF-8, from the first line on; every cell as it is shown.
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"
READ_CSV = "CSV:44,34,76,1"
FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(1;1)", "\t=1+1", "#N/A", "=HYPERLINK(\"http://example.org\";\"x\")"]  # fmt: skip
TABLE = replace(table_of(PRACTICE), headings=["Heading"])


def shown(path, folder, *options):
    """The cells of a file as LibreOffice shows them, and that it had nothing to say of it."""
    if not OFFICE:
        pytest.skip("No LibreOffice; ops/services up libreoffice installs it.")
    command = [OFFICE, "--headless", f"-env:UserInstallation=file://{folder}/profile", *options]
    ended = subprocess.run(
        [*command, "--convert-to", AS_CSV, "--outdir", folder / "out", path],
        capture_output=True, text=True, timeout=120, env=os.environ | {"HOME": str(folder)},
    )  # fmt: skip
    said = [
        line for line in ended.stderr.splitlines() if "javaldx" not in line
    ]  # it has no Java, and needs none here
    assert (ended.returncode, said) == (0, [])
    with (folder / "out" / f"{path.stem}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def entries_with(texts):
    return [an_entry(title=text, summary=f"Школа № 1, «первая»\n{text}") for text in texts]


def test_an_xlsx_opens_without_a_word_and_no_formula_runs(tmp_path):
    file = tmp_path / "practices.xlsx"
    with as_xlsx(entries_with(FORMULAS), TABLE, "Практики") as made:
        file.write_bytes(made.read())
    above, *rows = shown(file, tmp_path)
    assert above[0] == "Heading"
    assert [row[3] for row in rows] == FORMULAS
    assert [row[4] for row in rows] == [f"Школа № 1, «первая»\n{text}" for text in FORMULAS]
    assert all({"2020", "2026-03-06", "Kazakhstan; Kyrgyzstan", "KZ; KG"} <= set(row) for row in rows)


def test_a_csv_opens_without_a_formula(tmp_path):
    file = tmp_path / "practices.csv"
    file.write_text("".join(as_csv(entries_with(FORMULAS), TABLE)), encoding="utf-8", newline="")
    _, *rows = shown(file, tmp_path, f"--infilter={READ_CSV}")
    assert [row[3].lstrip("'").strip() for row in rows] == [formula.strip() for formula in FORMULAS]


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("letter", ["ж", "=", "😀"])
def test_a_text_that_a_cell_cannot_hold_says_where_it_is_cut(tmp_path, language, letter):
    """LibreOffice shows all of a cell; Excel drops what is beyond 32,767 characters of UTF-16 without a word."""
    mark = {"en": "The JSON file has all of it.", "ru": "Весь текст есть в файле JSON."}[language]
    texts = [letter * 40_000, letter * (MAX_CELL_LENGTH // len(letter.encode("utf-16-le")) - 1)]
    xlsx, plain = tmp_path / "practices.xlsx", tmp_path / "plain.csv"
    with override(language):
        with as_xlsx(entries_with(texts), TABLE, "Практики") as made:
            xlsx.write_bytes(made.read())
        plain.write_text("".join(as_csv(entries_with(texts), TABLE)), encoding="utf-8", newline="")
    for file, options in ((xlsx, ()), (plain, (f"--infilter={READ_CSV}",))):
        _, (*_, cut), (*_, whole) = [row[:4] for row in shown(file, tmp_path, *options)]
        assert len(cut.encode("utf-16-le")) in (2 * MAX_CELL_LENGTH, 2 * MAX_CELL_LENGTH - 2)
        assert cut.endswith(mark)
        assert whole.removeprefix("'") == texts[1]


def test_names_and_titles_are_shown_as_they_are(tmp_path):
    """Of the demo's practices and of 200 with quotes, commas, semicolons, braces, ampersands and Cyrillic letters."""
    entries = entries_to_import()
    table = table_of(PRACTICE)
    wanted = [
        [
            entry.title,
            entry.organisation,
            "; ".join(partner.name for partner in entry.partners),
            entry.permanent,
        ]
        for entry in entries
    ]
    xlsx, comma_separated = tmp_path / "practices.xlsx", tmp_path / "lines.csv"
    with as_xlsx(entries, table, "Практики") as made:
        xlsx.write_bytes(made.read())
    comma_separated.write_text("".join(as_csv(entries, table)), encoding="utf-8", newline="")
    for rows in (shown(xlsx, tmp_path), shown(comma_separated, tmp_path, f"--infilter={READ_CSV}")):
        columns = [
            rows[0].index(name) for name in ("Title", "Lead organisation", "Partners", "Permanent address")
        ]
        assert [[row[column] for column in columns] for row in rows[1:]] == wanted
