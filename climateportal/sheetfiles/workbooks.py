"""XLSX read and written. What a stranger sends is opened with care: nothing in it is run."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from climateportal.sheetfiles.tables import FAULT, Line, NotATable, Value, clean

MB = 1024 * 1024
LARGEST_INSIDE = 60 * MB  # unpacked; a table of 10 000 rows and 40 columns has about 25
MOST_PARTS = 500
MOST_CELLS = 4_000_000  # with those that a file leaves out before its last one in a row
LAST_ROW = 1_048_576  # of Excel
LONGEST = 32_767  # characters that a cell of Excel takes
WIDEST = 48
# Both are tried on what may be no XML at all: a part of a tag ends at the next "<" and is short, so
# that no text makes them look at the same place again and again.
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^<>]{0,200}\bref=\"([A-Z0-9:]+)\"")
# a formula whose value the program that wrote the file did not store
_NO_VALUE = re.compile(
    rb"<(?:\w+:)?c\b[^<>]{0,200}\br=\"([A-Z]+\d+)\"[^<>]{0,200}>\s*+<(?:\w+:)?f\b"
    rb"(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)\s*+(?:<(?:\w+:)?v\s*+/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*+"
    rb"</(?:\w+:)?c>"
)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how XLSX tells characters that XML cannot hold
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')  # in a number format
_LIKE_THOUSANDS = re.compile(r"-?\d{1,3}\.\d{3}")


# --- reading -------------------------------------------------------------------------------------


def read(data: bytes) -> tuple[Iterator[Line], list[str]]:
    """The rows of the first sheet that is shown, one by one, and the names of the others. Raises
    NotATable, also while the rows are read.
    """
    _check_parts(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl does not keep does not matter here
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            if not shown:
                raise NotATable(_("The workbook has no sheet that is shown."))
            sheet = shown[0]
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                _check_sheet(archive.read(sheet._worksheet_path.lstrip("/")))
            sheet.reset_dimensions()  # what the file says of its size need not be true
    except NotATable:
        raise
    except Exception as error:  # whatever a broken file makes openpyxl raise
        raise _broken() from error
    return _lines(sheet), [other.title for other in shown[1:]]


def _lines(sheet: Any) -> Iterator[Line]:
    """The rows of a sheet. A small file can tell of a cell in row two milliard, or of the last
    column in every row; openpyxl makes up all that would come before it.
    """
    cells = 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for number, row in enumerate(sheet.iter_rows(), start=1):
                cells += len(row)
                if cells > MOST_CELLS or number > LAST_ROW:
                    raise too_large()
                if row:
                    yield Line(number, [_text(cell) for cell in row])
    except NotATable:
        raise
    except Exception as error:
        raise _broken() from error


def too_large() -> NotATable:
    """What is told of a file that would fill the memory."""
    return NotATable(_("The workbook is too large inside. Copy the rows to a new workbook."))


def _broken() -> NotATable:
    return NotATable(
        _("The Excel workbook is broken. Open it in Excel or LibreOffice, save it again as .xlsx "
          "and try once more.")
    )  # fmt: skip


def _check_parts(data: bytes) -> None:
    """Refuses what is no workbook, would fill the memory, or holds macros or XML entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if "mimetype" in names or "content.xml" in names:
                text = _("This is an OpenDocument file. Save it as an Excel workbook (.xlsx).")
                raise NotATable(text)
            if "xl/workbook.xml" not in names:
                text = _("This is not an Excel workbook. Choose a file that ends with .xlsx.")
                raise NotATable(text)
            if any("vba" in name.lower() for name in names):
                text = _("The workbook has macros. Save it as an ordinary workbook (.xlsx).")
                raise NotATable(text)
            inside = sum(part.file_size for part in parts)
            if inside > LARGEST_INSIDE or len(parts) > MOST_PARTS:
                raise too_large()
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    content = archive.read(part)
                    if b"<!DOCTYPE" in content or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
                        raise _broken()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise _broken() from error  # damaged, packed in an odd way, with a password


def _check_sheet(xml: bytes) -> None:
    if merged := _MERGED.findall(xml):
        text = _("The table has merged cells: %(cells)s. Unmerge them and fill each cell in.")
        raise NotATable(text % {"cells": ", ".join(cell.decode() for cell in merged[:10])})
    if empty := _NO_VALUE.findall(xml):
        text = _("These cells have a formula without a stored value: %(cells)s. Open the file in "
                 "Excel or LibreOffice and save it again.")  # fmt: skip
        raise NotATable(text % {"cells": ", ".join(cell.decode() for cell in empty[:10])})


def _text(cell: Any) -> str:
    """A cell as a person would type it; days and numbers so that they are read in one way only."""
    value = cell.value
    match value:
        case None:
            return ""
        case str():
            if cell.data_type == "e":
                return FAULT + value
            return clean(_ESCAPE.sub(lambda found: chr(int(found[1], 16)), value))
        case bool():
            return "true" if value else "false"
        case datetime():
            return _day(value, cell.number_format or "")
        case int() | float():
            percent = "%" in (cell.number_format or "")
            return f"{_number(value * 100)} %" if percent else _number(value)
    return str(value)


def _day(value: datetime, number_format: str) -> str:
    """2021-05-01; 5/2021 and 2021 where the cell shows no more than that."""
    shown = _LITERAL.sub("", number_format).lower()
    if "d" not in shown and "y" in shown:
        return f"{value.month}/{value.year}" if "m" in shown else str(value.year)
    return value.isoformat(sep=" ").removesuffix(" 00:00:00")


def _number(value: int | float) -> str:
    """Without the noise of binary fractions; 1.234 as 1.2340, which is not thousands."""
    text = f"{value:.9f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return f"{text}0" if _LIKE_THOUSANDS.fullmatch(text) else text


# --- writing -------------------------------------------------------------------------------------


def write(
    headings: Sequence[str],
    rows: Sequence[Sequence[Value]],
    *,
    title: str,
    more: Sequence[tuple[str, Sequence[Sequence[Value]]]] = (),
) -> bytes:
    """A workbook whose first sheet has the table; `more` are sheets after it, headings included."""
    book = Workbook(write_only=True)  # a third of the time and memory
    for name, table in ((title, [headings, *rows]), *more):
        _fill(book.create_sheet(name[:31]), table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Any, rows: Sequence[Sequence[Value]]) -> None:
    for column in range(max(map(len, rows))):
        longest = max((len(str(row[column])) for row in rows if column < len(row)), default=0)
        width = min(max(longest + 2, 8), WIDEST)
        sheet.column_dimensions[get_column_letter(column + 1)].width = width
    sheet.freeze_panes = "A2"
    first = [_cell(sheet, value) for value in rows[0]]
    for cell in first:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE6D8")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.append(first)
    for row in rows[1:]:
        sheet.append([None if value in (None, "") else _cell(sheet, value) for value in row])


def _cell(sheet: Any, value: Value) -> Cell:
    """A text stays a text, whatever it begins with; a day is a day, a sum is a number."""
    cell = WriteOnlyCell(sheet)
    match value:
        case str():
            text = _ESCAPE.sub(lambda found: f"_x005F{found[0]}", value)
            cell.value = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
            cell.data_type = "s"  # “=1+1” is no formula
            if value[:1] in "=+-@":
                cell.quotePrefix = True
        case date():
            cell.value = value
            cell.number_format = "d.m.yyyy"
        case Decimal():
            cell.value = value
            cell.number_format = "General" if value == value.to_integral_value() else "0.00#"
        case _:
            cell.value = value
    return cell
