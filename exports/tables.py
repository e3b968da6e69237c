"""A table of records as CSV and as XLSX. No cell is a formula, whatever a practice says."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from tempfile import TemporaryFile
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from exports.columns import Cell, Table
from exports.entries import Entry

# With what a spreadsheet program takes a text for a formula, or loses its first character.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# With what Excel's errors begin, such as #N/A.
ERROR = "#"
# Of a column, in characters: a title can be read without widening it.
WIDTH = 24
# Excel takes a file for UTF-8 only with this before it.
BYTE_ORDER_MARK = "\ufeff"
# Programs that read CSV have no place for them either.
NOT_IN_XML = re.compile(f"{ILLEGAL_CHARACTERS_RE.pattern}|[\ufffe\uffff]")


class Line:
    """What csv.writer writes to: it gives back what it is given."""

    def write(self, line: str) -> str:
        return line


def as_csv(found: Iterable[Entry], table: Table) -> Iterator[str]:
    """Line by line, as RFC 4180 has it."""
    yield BYTE_ORDER_MARK + "".join(csv_lines([table.headings]))
    yield from csv_lines(table.cells(entry) for entry in found)


def csv_lines(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Rows as lines of CSV, no cell a formula."""
    line = csv.writer(Line()).writerow
    return (line([_in_csv(cell) for cell in row]) for row in rows)


def as_xlsx(found: Iterable[Entry], table: Table, name: str) -> IO[bytes]:
    """A workbook with one sheet of this name, in a file without a name: it goes with whoever reads it, however that ends."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(name)
    sheet.freeze_panes, sheet.sheet_format.defaultColWidth = "A2", WIDTH
    with ExitStack() as undo:
        file = undo.enter_context(TemporaryFile())
        sheet.append([_bold(sheet, heading) for heading in table.headings])
        undo.callback(_forget, sheet)
        for entry in found:
            sheet.append([_in_xlsx(sheet, cell) for cell in table.cells(entry)])
        workbook.save(file)
        undo.pop_all()
    file.seek(0)
    return file


def _forget(sheet: Any) -> None:
    """Remove what a sheet that is not to be has written: openpyxl would keep it until the process ends."""
    try:
        if not sheet.closed:
            sheet.close()
    finally:
        with suppress(FileNotFoundError):
            sheet._writer.cleanup()


def _in_csv(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = NOT_IN_XML.sub("", cell)
    return f"'{text}" if text.startswith(FORMULA) else text


def _in_xlsx(sheet: Any, value: Cell) -> Any:
    if not isinstance(value, str):
        return value
    text = NOT_IN_XML.sub("", value)
    if not text.startswith((*FORMULA, ERROR)):
        return text or None
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    # So that it stays a text when somebody edits it.
    cell.quotePrefix = True
    return cell


def _bold(sheet: Any, heading: str) -> Any:
    cell = WriteOnlyCell(sheet, heading)
    cell.font = Font(bold=True)
    return cell
