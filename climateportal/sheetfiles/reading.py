"""A file somebody chose, read into rows of text: by what it contains, not by what it is called."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from climateportal.sheetfiles import csvtext, workbooks
from climateportal.sheetfiles.tables import Line, NotATable

MB = 1024 * 1024
LARGEST = 5 * MB
MOST_ROWS = 10_000
MOST_COLUMNS = 100
LONGEST_CELL = 100_000  # characters; as much as a rich text may have
MOST_CHARACTERS = 60 * MB  # of all cells; a workbook holds a text that repeats only once

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OTHER = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")


class Read(NamedTuple):
    """Rows that hold something, with their numbers, and the names of the sheets left out."""

    lines: list[Line]
    others: list[str]


def read(data: bytes) -> Read:
    """The table in a file. Raises NotATable with a sentence that says what to do."""
    if len(data) > LARGEST:
        text = _("The file is %(size)s MB, and at most %(most)s MB can be read. Divide it.")
        raise NotATable(text % {"size": round(len(data) / MB, 1), "most": LARGEST // MB})
    if not data.strip():
        raise NotATable(_("The file is empty."))
    if data.startswith(_OLE):
        raise NotATable(
            _("This is an old Excel file (.xls), or it has a password. Save it as an Excel "
              "workbook (.xlsx) without a password.")
        )  # fmt: skip
    if data.startswith(_OTHER):
        raise NotATable(_("This is not a table. Choose an Excel workbook (.xlsx) or a CSV file."))
    lines, others = workbooks.read(data) if data.startswith(b"PK") else (csvtext.read(data), [])
    return Read(_within_limits(lines), others)


def _within_limits(lines: Iterable[Line]) -> list[Line]:
    """The rows that hold something. Stops at what is too much: nobody reads what nobody keeps."""
    filled: list[Line] = []
    length = 0
    for line in lines:
        if not any(line.cells):
            continue
        if len(filled) > MOST_ROWS:
            raise _too_many_rows()
        longest = max(map(len, line.cells))
        length += sum(map(len, line.cells))
        if any(line.cells[MOST_COLUMNS:]):
            text = _("Row %(row)s has more than %(most)s columns. Remove the extra ones.")
            raise NotATable(text % {"row": line.number, "most": MOST_COLUMNS})
        if longest > LONGEST_CELL:
            text = _("A cell on row %(row)s has more than %(most)s characters. Shorten it.")
            raise NotATable(text % {"row": line.number, "most": LONGEST_CELL})
        if length > MOST_CHARACTERS:
            raise workbooks.too_large()
        filled.append(Line(line.number, line.cells[:MOST_COLUMNS]))
    if not filled:
        raise NotATable(_("The table is empty."))
    return filled


def _too_many_rows() -> NotATable:
    text = ngettext(
        "The table has more than %(most)s row. Divide it.",
        "The table has more than %(most)s rows. Divide it.",
        MOST_ROWS,
    )
    return NotATable(text % {"most": MOST_ROWS})
