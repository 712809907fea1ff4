"""CSV as Excel, LibreOffice and others write it: any of three delimiters and four encodings."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from climateportal.dates import NBSP
from climateportal.numerals import typed_number
from climateportal.sheetfiles.tables import Line, NotATable, Value, clean

_WIDE = (b"\xff\xfe", b"\xfe\xff")  # “Unicode text” of Excel
DELIMITERS = ";\t,"  # in the order of preference
# What a spreadsheet would run as a formula. An apostrophe in front makes it a text; where the text
# itself begins so, one more is put there, so that taking one away always gives the text back.
_RISKY = re.compile(r"'*[=+\-@\t\r\n]")
_GUARDED = re.compile(r"''*[=+\-@\t\r\n]")


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if _RISKY.match(text) else text


def unguarded(text: str) -> str:
    """The text that was given to `guarded`."""
    return text[1:] if _GUARDED.match(text) else text


def write(headings: list[str], rows: list[list[Value]]) -> bytes:
    """With semicolons, as Finnish spreadsheets expect, in UTF-8 with the mark that tells it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(map(guarded, headings))
    writer.writerows([_written(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _written(value: Value) -> str:
    match value:
        case None:
            return ""
        case Decimal():
            return typed_number(value).replace(NBSP, "")
        case date():
            return f"{value.day}.{value.month}.{value.year}"
    return guarded(str(value))


def read(data: bytes) -> Iterator[Line]:
    """The rows of a CSV file, one by one. Raises NotATable, also while they are read."""
    is_wide = data.startswith(_WIDE)
    if not is_wide and b"\x00" in data:
        raise NotATable(_("This is not a table. Choose an Excel workbook (.xlsx) or a CSV file."))
    text = _decoded(data, ["utf-16"] if is_wide else ["utf-8-sig", "cp1252"])
    told = re.match(r"sep=(.)\r?\n", text)  # a line of Excel's own
    delimiter = told[1] if told and told[1] in DELIMITERS else _delimiter(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, row in enumerate(rows, start=1):
            if row and not (told and number == 1):
                yield Line(number, [clean(unguarded(cell)) for cell in row])
    except csv.Error as error:
        raise NotATable(
            _("A quotation mark in the CSV file is not closed, or is in a wrong place. Save the "
              "table again from Excel or LibreOffice, preferably as .xlsx.")
        ) from error  # fmt: skip


def _decoded(data: bytes, encodings: list[str]) -> str:
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotATable(
        _("The characters of the file cannot be read. Save it as “CSV UTF-8” or as an Excel "
          "workbook (.xlsx).")
    )  # fmt: skip


def _delimiter(text: str) -> str:
    """The one that parts the first row that holds something into most cells."""
    first = next((line for line in io.StringIO(text, newline="") if line.strip()), "")
    unquoted = re.sub(r'"[^"]*"', "", first)
    return max(DELIMITERS, key=unquoted.count)
