"""What readers and writers of tables share."""

import re
from datetime import date
from decimal import Decimal
from typing import NamedTuple

Value = str | int | Decimal | date | None  # of a cell that is written
FAULT = "\ufdd0"  # begins a cell that Excel itself says is wrong (#REF!); no text contains it
_ODD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


class NotATable(ValueError):  # noqa: N818
    """The file cannot be read as a table, with the sentence that says why."""


class Line(NamedTuple):
    """One row: its number as a spreadsheet shows it, from 1, and its cells as text."""

    number: int
    cells: list[str]


def clean(text: str) -> str:
    """A cell's text with one sort of line break, with spaces for controls and none around it."""
    return _ODD.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
