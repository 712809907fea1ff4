"""Reading the register's CSV files: every cell is checked before anything is written."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import translation

from climateportal.translated import columns
from municipalities.models import Municipality, Region

DATA = Path(__file__).parent / "data"

REGION_FACTS = (*columns("name"), "fi_genitive", "fi_in")
MUNICIPALITY_FACTS = (
    *columns("name"),
    *("title", "languages"),
    *("fi_genitive", "fi_in", "fi_from", "fi_to"),
)
FIGURES = ("population", "population_year", "latitude", "longitude")


def _code(digits: int) -> models.Field:
    return models.CharField(validators=[RegexValidator(rf"^\d{{{digits}}}$", f"{digits} digits.")])


def _fields(model: type[models.Model], names: Iterable[str]) -> dict[str, models.Field]:
    return {name: model._meta.get_field(name) for name in names}


# Columns by file, in any order; a cell must be what the model's field of that name accepts.
FILES: dict[str, dict[str, models.Field]] = {
    "counties.csv": {"code": _code(2), **_fields(Region, ("slug", *REGION_FACTS))},
    "subregions.csv": {
        "code": _code(3),
        "county_code": _code(2),
        **_fields(Region, ("slug", *REGION_FACTS)),
    },
    "municipalities.csv": {
        "county_code": _code(2),
        "subregion_code": _code(3),
        **_fields(Municipality, ("code", "slug", *MUNICIPALITY_FACTS, *FIGURES)),
    },
    "mergers.csv": {
        "effective": models.DateField(),
        "successor_code": _code(3),
        **_fields(Municipality, ("code", "slug", *MUNICIPALITY_FACTS)),
    },
}


class RegisterError(Exception):
    """The register cannot be loaded; the message says where and why."""


@dataclass(frozen=True)
class Row:
    """One line of a file: where it stands and its cleaned cells by column."""

    file: str
    line: int
    cells: dict[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.cells[column]

    def pick(self, names: Iterable[str]) -> dict[str, Any]:
        """Some of the cells."""
        return {name: self.cells[name] for name in names}

    def wrong(self, column: str, problem: str) -> RegisterError:
        """An error that names the file, the row (the header is row 1) and the column."""
        return RegisterError(f"{self.file}, row {self.line}, column {column}: {problem}")


@dataclass(frozen=True)
class Register:
    """The whole register, cells checked and references known to exist."""

    counties: list[Row]
    subregions: list[Row]
    municipalities: list[Row]
    mergers: list[Row]


def read(folder: Path = DATA) -> Register:
    """The register in `folder`. Raises `RegisterError` at the first thing that is wrong."""
    with translation.override(None):  # errors in one language
        register = Register(*(_rows(folder / name, fields) for name, fields in FILES.items()))
    for rows in (register.counties, register.subregions):
        _check_unique(rows, "code")
    _check_unique(register.counties + register.subregions, "slug")
    for column in ("code", "slug"):
        _check_unique(register.municipalities + register.mergers, column)
    _check_places(register)
    _check_successors(register)
    return register


def _rows(path: Path, fields: dict[str, models.Field]) -> list[Row]:
    """The rows of one file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RegisterError(f"{path.name}: {error}") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    try:
        header = next(reader, [])
        for problem, names in (
            ("is missing", fields.keys() - set(header)),
            ("is not known", set(header) - fields.keys()),
            ("is there twice", {name for name in header if header.count(name) > 1}),
        ):
            for name in sorted(names):
                raise Row(path.name, 1, {}).wrong(name or "(no name)", f"{problem}.")
        for cells in reader:
            rows.append(_row(path.name, reader.line_num, header, cells, fields))
    except csv.Error as error:
        raise RegisterError(f"{path.name}, row {reader.line_num}: {error}") from error
    if not rows:
        raise RegisterError(f"{path.name} is empty.")
    return rows


def _row(
    file: str, line: int, header: list[str], cells: list[str], fields: dict[str, models.Field]
) -> Row:
    """One row with clean cells."""
    row = Row(file, line, {})
    if len(cells) != len(header):
        column = header[len(cells)] if len(cells) < len(header) else header[-1]
        raise row.wrong(column, f"the row has {len(cells)} cells, the header {len(header)}.")
    for column, cell in zip(header, cells, strict=True):
        if not cell or cell != cell.strip():
            raise row.wrong(column, f"“{cell}” is empty or has a space at its edge.")
        try:
            row.cells[column] = fields[column].clean(cell, None)
        except ValidationError as error:
            raise row.wrong(column, f"“{cell}”: {' '.join(error.messages)}") from error
    return row


def _check_unique(rows: list[Row], column: str) -> None:
    seen: dict[Any, Row] = {}
    for row in rows:
        if other := seen.get(row[column]):
            raise row.wrong(
                column, f"“{row[column]}” is already in {other.file}, row {other.line}."
            )
        seen[row[column]] = row


def _check_places(register: Register) -> None:
    """Counties and sub-regions exist, and a sub-region lies in one county."""
    counties = {row["code"] for row in register.counties}
    county_of = {row["code"]: row["county_code"] for row in register.subregions}
    for row in register.subregions + register.municipalities:
        if row["county_code"] not in counties:
            raise row.wrong("county_code", f"there is no county “{row['county_code']}”.")
    for row in register.municipalities:
        county = county_of.get(row["subregion_code"])
        if county is None:
            raise row.wrong("subregion_code", f"there is no sub-region “{row['subregion_code']}”.")
        if county != row["county_code"]:
            raise row.wrong("subregion_code", f"this sub-region lies in county {county}.")


def _check_successors(register: Register) -> None:
    """Every merger leads, perhaps through later ones, to a municipality that exists."""
    mergers = {row["code"]: row for row in register.mergers}
    alive = {row["code"] for row in register.municipalities}
    for row in register.mergers:
        code = row["successor_code"]
        if code not in alive and (
            code not in mergers or mergers[code]["effective"] <= row["effective"]
        ):
            raise row.wrong(
                "successor_code", f"“{code}” is neither a municipality nor one merged later."
            )
