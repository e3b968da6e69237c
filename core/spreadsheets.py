"""Tables as CSV and as XLSX. No cell is ever a formula, whatever it contains."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from datetime import date
from tempfile import TemporaryFile
from typing import IO, Any

from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

CellValue = str | int | float | date | None

# First characters that make a spreadsheet program read a text as a formula, or that it drops.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# First character of Excel's errors, such as #N/A.
ERROR = "#"
# Width of a column in characters, enough to read a title.
WIDTH = 24
# Excel reads a CSV file as UTF-8 only if it begins with this.
BYTE_ORDER_MARK = "\ufeff"
# What a cell holds in Excel, counted in UTF-16; it drops the rest without a word, in a CSV file too.
MAX_CELL_LENGTH = 32_767
# Characters that XML cannot contain; removed from CSV too.
NOT_IN_XML = re.compile(f"{ILLEGAL_CHARACTERS_RE.pattern}|[\ufffe\uffff]")


class Line:
    """A file-like object for csv.writer: `write` returns the line, and so does `writerow`."""

    def write(self, line: str) -> str:
        return line


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[CellValue]]) -> Iterator[str]:
    """Yield the table line by line, as in RFC 4180."""
    yield BYTE_ORDER_MARK + "".join(csv_lines([headings]))
    yield from csv_lines(rows)


def csv_lines(rows: Iterable[Sequence[CellValue]]) -> Iterator[str]:
    """Yield rows as lines of CSV, no cell a formula."""
    line = csv.writer(Line()).writerow
    return (line([_in_csv(cell) for cell in row]) for row in rows)


def as_xlsx(headings: Sequence[str], rows: Iterable[Sequence[CellValue]], name: str) -> IO[bytes]:
    """Return a workbook with one sheet of this name as an open temporary file, deleted when it is closed."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(name)
    sheet.freeze_panes, sheet.sheet_format.defaultColWidth = "A2", WIDTH
    with ExitStack() as undo:
        file = undo.enter_context(TemporaryFile())
        sheet.append([_bold(sheet, heading) for heading in headings])
        undo.callback(_discard_sheet, sheet)
        for row in rows:
            sheet.append([_in_xlsx(sheet, cell) for cell in row])
        workbook.save(file)
        undo.pop_all()
    file.seek(0)
    return file


def _discard_sheet(sheet: Any) -> None:
    """Delete the temporary file of an unfinished sheet; openpyxl would keep it until the process ends."""
    try:
        if not sheet.closed:
            sheet.close()
    finally:
        with suppress(FileNotFoundError):
            sheet._writer.cleanup()


def _in_csv(cell: CellValue) -> CellValue:
    if not isinstance(cell, str):
        return cell
    text = NOT_IN_XML.sub("", cell)
    return shorten_cell(f"'{text}" if text.startswith(FORMULA) else text)


def _in_xlsx(sheet: Any, value: CellValue) -> Any:
    if not isinstance(value, str):
        return value
    text = shorten_cell(NOT_IN_XML.sub("", value))
    if not text.startswith((*FORMULA, ERROR)):
        return text or None
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    # Keeps the cell a text when somebody edits it.
    cell.quotePrefix = True
    return cell


def shorten_cell(text: str) -> str:
    """Return a text that a cell can hold; one that is too long ends in a mark that says so."""
    in_utf_16 = text.encode("utf-16-le")
    if len(in_utf_16) <= 2 * MAX_CELL_LENGTH:
        return text
    mark = gettext(" […] The text is cut here: a cell cannot hold more. The JSON file has all of it.")
    # Half of a pair at the end is dropped.
    return in_utf_16[: 2 * (MAX_CELL_LENGTH - len(mark))].decode("utf-16-le", "ignore") + mark


def _bold(sheet: Any, heading: str) -> Any:
    cell = WriteOnlyCell(sheet, heading)
    cell.font = Font(bold=True)
    return cell
