"""What the tests of sheets share: files as people make them, and an import from end to end."""

import io
from typing import Any

from openpyxl import Workbook

from climateportal.models import User
from projects.models import PendingImport
from projects.sheets import imports
from projects.sheets.columns import Column
from projects.sheets.kinds import kind_of


def workbook(rows: list[list[Any]], *, formats: dict[str, str] | None = None) -> bytes:
    """A workbook as a spreadsheet program saves it: days are days, sums are numbers."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cell, number_format in (formats or {}).items():
        book.active[cell].number_format = number_format
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(lines).encode(encoding)


def checked(kind: str, data: bytes, user: User, name: str = "taulukko.xlsx") -> PendingImport:
    """The file, read and checked; every heading must be known."""
    pending = imports.receive(user=user, kind=kind, filename=name, data=data)
    assert [heading.text for heading in imports.headings_of(pending) if not heading.column] == []
    imports.settle_headings(pending, {})
    while not imports.check(pending, user):
        pass
    return pending


def fates(pending: PendingImport) -> dict[int, str]:
    """What becomes of each row."""
    return {row["row"]: row["fate"] for row in pending.told("outcome")}


def faults(pending: PendingImport) -> dict[int, list[tuple[str, str]]]:
    """What is wrong: row → heading and sentence."""
    return {
        row["row"]: [tuple(problem) for problem in row["problems"]]
        for row in pending.told("outcome")
        if row["problems"]
    }


def changes(pending: PendingImport) -> dict[int, list[tuple[str, str, str]]]:
    """What changes: row → heading, before, after."""
    return {
        row["row"]: [tuple(change) for change in row["changes"]]
        for row in pending.told("outcome")
        if row["changes"]
    }


def imported(kind: str, data: bytes, user: User) -> Any:
    """A file without errors, written."""
    pending = checked(kind, data, user)
    assert faults(pending) == {}
    written = imports.confirm(pending, user)
    assert written is not None
    return written


def column(kind: str, name: str) -> Column:
    return kind_of(kind).by_name[name]
