"""A workbook of 1 000 expenses as LibreOffice saved it, with days and sums typed in many ways.

`libreoffice.xlsx` was typed as text and opened in LibreOffice Calc 7.4 with Finnish settings: what
it took for a day or a sum is one, the rest stayed text.
"""

import io
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from climateportal.models import User
from projects.models import Expense, Project
from projects.sheets.exports import export
from projects.sheets.kinds import kind_of
from tests.factories import MunicipalityFactory, ProjectFactory, UserFactory
from tests.projects.sheets.files import checked, fates, faults, imported

pytestmark = pytest.mark.django_db
FILE = Path(__file__).parent / "libreoffice.xlsx"
ROWS = 1000


@pytest.fixture
def boss() -> User:
    ProjectFactory(
        slug="yhteinen",
        municipalities=[MunicipalityFactory(name_fi=name) for name in ("Akaa", "Urjala")],
    )
    return UserFactory(superuser=True)


def typed() -> list[tuple[object, ...]]:
    rows = load_workbook(FILE).active.iter_rows(min_row=2, values_only=True)
    return [row[:3:2] for row in rows]


def day(cell: object) -> date:
    """Read by hand, in another way than the import does."""
    if isinstance(cell, datetime):
        return cell.date()
    number, month, year = str(cell).replace(" ", "").split(".")
    return date(int(year), int(month), int(number))


def cents(cell: object) -> int:
    """Digits of a sum that is written with its cents, or a number."""
    if isinstance(cell, int | float):
        return round(cell * 100)
    return int("".join(filter(str.isdigit, str(cell))))


def test_days_and_sums_are_what_was_typed(boss: User) -> None:
    kinds = Counter(type(cell).__name__ for row in typed() for cell in row)
    assert kinds["str"] > 200 < kinds["datetime"]  # or the file would try little
    imported("expense", FILE.read_bytes(), boss)
    stored = Expense.objects.order_by("pk").values_list("amount", "date")
    assert len(stored) == ROWS
    expected = [(Decimal(cents(amount)) / 100, day(when)) for amount, when in typed()]
    assert Counter(stored) == Counter(expected)


def test_what_is_exported_changes_nothing_when_it_comes_back(boss: User) -> None:
    imported("expense", FILE.read_bytes(), boss)
    kind = kind_of("expense")
    data = export(kind, Expense.objects.all(), boss, "xlsx")
    pending = checked("expense", data, boss)
    assert Counter(fates(pending).values()) == {"same": ROWS}


def test_broken_cells_are_named_and_nothing_is_written(boss: User) -> None:
    book = load_workbook(FILE)
    sheet = book.active
    columns = {cell.value: cell.column for cell in sheet[1]}
    broken = {  # row: heading in the file, what is typed there, heading in the portal
        7: ("Summa", "paljon", "Summa, €"),
        99: ("PÄIVÄMÄÄRÄ", "31.2.2024", "Päivä"),
        500: ("Kunta", "Atlantis", "Kunta"),
        501: ("kululaji", "Ilo", "Kululaji"),
        1000: ("hanke", "ei-ole", "Hanke"),
        1001: ("Maksatus", "ehkä", "Maksatus"),
    }
    for row, (name, value, _heading) in broken.items():
        sheet.cell(row, columns[name]).value = value
    out = io.BytesIO()
    book.save(out)
    told = faults(checked("expense", out.getvalue(), boss))
    assert {row: [heading for heading, _text in texts] for row, texts in told.items()} == {
        row: [heading] for row, (_name, _value, heading) in broken.items()
    }
    assert not Expense.objects.exists()
    assert Project.objects.get().money_as_of is None
