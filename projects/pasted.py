"""Expenses pasted from Excel or LibreOffice: text to rows, with what is wrong said by row. Pure.

Nothing is guessed: a word, day or sum that can be read in two ways is an error, and the rows are
for the caller to write only when there is none.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from climateportal.numerals import NotANumber, ThousandOrOne, read_number
from projects.enums import ExpenseCategory, ExpenseState

COLUMNS = ("date", "amount", "category", "municipality", "state", "note")  # without headings
HEADINGS = {
    "date": "päivä päivämäärä pvm pv datum date day",
    "amount": "summa euroa euro eur määrä kustannus hinta belopp kostnad amount sum cost",
    "category": "kululaji kustannuslaji menolaji laji luokka kategoria kostnadsslag category",
    "municipality": "kunta kaupunki kommun municipality",
    "state": "tila maksatus maksatushakemus status utbetalning state payment",
    "note": "huomautus huomio huom selite kuvaus lisätieto anteckning beskrivning note description",
}
# what people write besides the words of the portal itself
CATEGORY_WORDS = {
    ExpenseCategory.STAFF: "palkka palkkakulut palkkamenot henkilöstö henkilöstökulut lön "
    "lönekostnader personal personalkostnader salary staff",
    ExpenseCategory.SERVICES: "ostopalvelu palvelut palveluostot asiantuntijapalvelut tjänster "
    "konsulttjänster services",
    ExpenseCategory.TRAVEL: "matka matkakulut matkakustannukset resekostnader",
    ExpenseCategory.COMMUNICATION: "viestintä tapahtumat kommunikation evenemang communication "
    "events",
    ExpenseCategory.EQUIPMENT: "laite laitteet investoinnit investointi hankinnat utrustning "
    "investeringar equipment investments",
    ExpenseCategory.OTHER: "muu muut muut_kustannukset övrigt övriga other",
}
STATE_WORDS = {
    ExpenseState.PLANNED: "suunnitteilla suunniteltu planerat",
    ExpenseState.CLAIMED: "haettu ansökt ansökts applied claimed",
    ExpenseState.PAID: "maksettu utbetalt utbetalats betald betalt",
}
COMMON = {"yhteinen", "yhteiset", "gemensam", "gemensamt", "common"}  # to all municipalities
MOST_ROWS = 500
LONGEST_NOTE = 200
LARGEST = Decimal(10) ** 10  # what the column holds
FIRST_YEAR = 1990
_DAYS = (
    re.compile(r"(?P<d>\d{1,2})\. ?(?P<m>\d{1,2})\. ?(?P<y>\d{4}|\d\d)", re.ASCII),
    re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})", re.ASCII),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})", re.ASCII),
)
_MIDNIGHT = re.compile(r"[ T]0?0[:.]00([:.]00)?$")


@dataclass(frozen=True, slots=True)
class PastedExpense:
    """One row that can be written. `row` is its number in what was pasted, from 1."""

    row: int
    date: date
    amount: Decimal
    category: ExpenseCategory
    state: ExpenseState
    municipality: int | None
    note: str


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong in a row; row 0 is the whole."""

    row: int
    text: str


@dataclass(frozen=True)
class Pasted:
    """What was read. `left_out` are headings of columns that expenses do not have."""

    rows: tuple[PastedExpense, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Terms:
    """What rows are read with: names of places, and what an empty cell means.

    `places` leads from a folded name to the municipality taking part, `elsewhere` are the folded
    names of all others.
    """

    places: Mapping[str, int]
    today: date
    elsewhere: frozenset[str] = frozenset()
    category: ExpenseCategory = ExpenseCategory.OTHER
    state: ExpenseState = ExpenseState.PLANNED


class Wrong(ValueError):  # noqa: N818
    """A cell that cannot be used, with the sentence that says why."""


def folded(text: str) -> str:
    """A word for comparing: lower case, without marks and doubled spaces. “Summa (€)” → summa."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"[^\W_]+(?:-[^\W_]+)*", text))


@cache
def _words(kind: type[ExpenseCategory] | type[ExpenseState]) -> dict[str, str]:
    """Every word for the choices of a vocabulary, in all languages: folded word → value."""
    more = CATEGORY_WORDS if kind is ExpenseCategory else STATE_WORDS
    found = {}
    for choice in kind:
        for word in more[choice].split():
            found[folded(word.replace("_", " "))] = choice
        for language in ("fi", "sv", "en"):
            with override(language):
                found[folded(str(choice.label))] = choice
    return found


def _table(text: str) -> list[list[str]]:
    """Cells of the pasted text. Excel parts them with tabs, a CSV file with semicolons."""
    delimiter = "\t" if "\t" in text else ";"
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:  # a lone quotation mark in a cell
        rows = [line.split(delimiter) for line in text.splitlines()]
    return [[" ".join(cell.split()) for cell in row] for row in rows]


def read_expenses(text: str, terms: Terms) -> Pasted:
    """Read pasted rows. The first one may hold headings, in any order and language."""
    table = _table(text)
    filled = [(number, row) for number, row in enumerate(table, start=1) if any(row)]
    if not filled:
        return Pasted(problems=(RowProblem(0, _("Paste the rows first.")),))
    names, left_out, problems = _headings(filled[0])
    if names is None:
        names = COLUMNS
    else:
        del filled[0]
    if problems:
        return Pasted(problems=tuple(problems))
    if len(filled) > MOST_ROWS:
        too_many = ngettext(
            "At most %(count)s row can be pasted at a time.",
            "At most %(count)s rows can be pasted at a time.",
            MOST_ROWS,
        )
        return Pasted(problems=(RowProblem(0, too_many % {"count": MOST_ROWS}),))
    if not filled:
        return Pasted(problems=(RowProblem(0, _("There are headings, but no rows below them.")),))
    reading = _Reading(names, terms)
    for number, row in filled:
        reading.take(number, row)
    return Pasted(tuple(reading.rows), tuple(reading.problems), left_out)


def _heading(cell: str) -> str | None:
    words = folded(cell).removesuffix(" eur").removesuffix(" euroa")
    if not words and "€" in cell:
        return "amount"
    return next((name for name, known in HEADINGS.items() if words in known.split()), None)


def _headings(
    first: tuple[int, list[str]],
) -> tuple[tuple[str | None, ...] | None, tuple[str, ...], list[RowProblem]]:
    """Names of the columns, or None when the first row is data; columns left out; problems."""
    number, cells = first
    names = tuple(_heading(cell) for cell in cells)
    known = [name for name in names if name]
    if not {"date", "amount"} & set(known):
        return None, (), []
    twice = {name for name in known if known.count(name) > 1}
    problems = [
        RowProblem(number, _("Two columns have the same heading: %(name)s.") % {"name": cell})
        for cell, name in zip(cells, names, strict=True)
        if name in twice
    ][:1]
    for name, sentence in (
        ("date", _("The column of days is missing. Its heading is “Date”.")),
        ("amount", _("The column of sums is missing. Its heading is “Sum”.")),
    ):
        if name not in known:
            problems.append(RowProblem(number, sentence))
    left_out = tuple(cell for cell, name in zip(cells, names, strict=True) if cell and not name)
    return names, left_out, problems


@dataclass
class _Reading:
    """Rows read so far, and what was wrong in them."""

    names: tuple[str | None, ...]
    terms: Terms
    rows: list[PastedExpense] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)

    def take(self, number: int, cells: list[str]) -> None:
        """Read one row."""
        if any(cells[len(self.names) :]):
            self._wrong(number, _("The row has more columns than there should be."))
            return
        values = dict(zip(self.names, cells, strict=False))
        found, failed = {}, False
        for name in COLUMNS:
            try:
                found[name] = getattr(self, f"_{name}")(values.get(name, ""))
            except Wrong as error:
                self._wrong(number, str(error))
                failed = True
        if failed:
            return
        if found["state"] != ExpenseState.PLANNED and found["date"] > self.terms.today:
            self._wrong(number, future_text())
            return
        self.rows.append(PastedExpense(row=number, **found))

    def _wrong(self, number: int, text: str) -> None:
        self.problems.append(RowProblem(number, text))

    def _date(self, cell: str) -> date:
        if not cell:
            raise Wrong(_("The day is missing."))
        text = _MIDNIGHT.sub("", cell)
        for pattern in _DAYS:
            if found := pattern.fullmatch(text):
                year = int(found["y"]) + (2000 if len(found["y"]) == 2 else 0)
                try:
                    day = date(year, int(found["m"]), int(found["d"]))
                except ValueError:
                    break
                if day.year >= FIRST_YEAR:
                    return day
        raise Wrong(_("“%(cell)s” is not a day. Write it as 1.5.2026.") % {"cell": cell})

    def _amount(self, cell: str) -> Decimal:
        if not cell:
            raise Wrong(_("The sum is missing."))
        try:
            amount = read_number(cell)
        except ThousandOrOne as error:
            text = _("Is “%(value)s” thousands or decimals? Write 1 000 or 1,00.")
            raise Wrong(text % {"value": cell}) from error
        except NotANumber as error:
            text = _("“%(cell)s” is not a sum. Write it as 1 000,50.")
            raise Wrong(text % {"cell": cell}) from error
        if amount < 0:
            raise Wrong(_("A sum of money cannot be negative."))
        if amount != round(amount, 2):
            text = _("“%(cell)s” has more than two decimals.")
            raise Wrong(text % {"cell": cell})
        if amount >= LARGEST:
            raise Wrong(_("“%(cell)s” is too large a sum.") % {"cell": cell})
        return amount

    def _category(self, cell: str) -> ExpenseCategory:
        return self._choice(cell, ExpenseCategory, self.terms.category)

    def _state(self, cell: str) -> ExpenseState:
        return self._choice(cell, ExpenseState, self.terms.state)

    def _choice(self, cell: str, kind: type, empty: str) -> str:
        if not cell:
            return empty
        if value := _words(kind).get(folded(cell)):
            return value
        choices = ", ".join(str(choice.label) for choice in kind)
        text = _("“%(cell)s” is none of these: %(choices)s.")
        raise Wrong(text % {"cell": cell, "choices": choices})

    def _municipality(self, cell: str) -> int | None:
        name = folded(cell)
        if not cell or name in COMMON:
            return None
        if name in self.terms.places:
            return self.terms.places[name]
        if name in self.terms.elsewhere:
            raise Wrong(_("%(cell)s takes no part in this project.") % {"cell": cell})
        raise Wrong(_("There is no municipality called “%(cell)s”.") % {"cell": cell})

    def _note(self, cell: str) -> str:
        if len(cell) > LONGEST_NOTE:
            text = _("The note is %(length)s characters long, and %(most)s fit.")
            raise Wrong(text % {"length": len(cell), "most": LONGEST_NOTE})
        return cell


def future_text() -> str:
    """Why a claimed or paid expense cannot be in the future."""
    return _("An expense in the future is only planned. Correct the day or the payment.")
