"""What the public sees of a project's money: nothing, totals or every expense, and nothing beyond.

The page shows this and the digest of public content is made of it, so neither can tell more than
the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from climateportal.translated import columns
from municipalities.alphabet import alphabetical
from municipalities.models import Municipality
from projects.costs import (
    BudgetUse,
    Financing,
    Spending,
    figures_as_of,
    total_of,
    totals_by_category,
    totals_by_municipality,
    totals_by_year,
)
from projects.enums import CostSharing, CostVisibility, ExpenseCategory, ExpenseState
from projects.ledger import Ledger, entries_of
from projects.models import Expense, Funding, Project


@dataclass(frozen=True, slots=True)
class FundingLine:
    """One funder. `amount` and `percent` are None when not reported or not published."""

    funding: Funding
    amount: Decimal | None = None
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ShareLine:
    """What one municipality pays of the municipalities' own part."""

    municipality: Municipality
    amount: Decimal | None
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class SpendingTable:
    """Used and planned money in rows: its caption, the heading of its first column, the rows."""

    caption: str
    heading: str
    rows: tuple[tuple[Any, Spending], ...]


@dataclass(frozen=True)
class OpenMoney:
    """A project's money at the level that the project has chosen to publish.

    `as_of` is None when no sums are published: sums without a date are not.
    """

    project: Project
    fundings: tuple[FundingLine, ...] = ()
    as_of: date | None = None
    use: BudgetUse = field(default_factory=BudgetUse)
    financing: Financing = field(default_factory=Financing)
    shares: tuple[ShareLine, ...] = ()
    years: tuple[tuple[int, Spending], ...] = ()
    categories: tuple[tuple[ExpenseCategory, Spending], ...] = ()
    places: tuple[tuple[Municipality | None, Spending], ...] = ()  # None: common to all
    expenses: tuple[Expense, ...] = ()

    @property
    def tells(self) -> bool:
        """Whether there is more to show than who pays."""
        return self.project.cost_visibility != CostVisibility.NOTHING and bool(
            self.fundings or self.as_of
        )

    @property
    def tables(self) -> list[SpendingTable]:
        """Used and planned money by year, category, and municipality where one has its own."""
        if not self.years:
            return []
        found = [
            SpendingTable(_("Expenses by year"), _("Year"), self.years),
            SpendingTable(
                _("Expenses by category"),
                _("Category"),
                tuple((str(name.label), row) for name, row in self.categories),
            ),
        ]
        if self.places:
            rows = tuple((self._name(place), row) for place, row in self.places)
            heading = _("Municipality")
            found.append(SpendingTable(_("Expenses by municipality"), heading, rows))
        return found

    @staticmethod
    def _name(place: Municipality | None) -> str:
        return place.name if place else pgettext("expense", "common")

    @property
    def shared(self) -> Decimal | None:
        """What the municipalities' shares are together."""
        return total_of(line.amount for line in self.shares)

    @property
    def shared_percent(self) -> Decimal | None:
        """What the municipalities' shares are together in percent of their part."""
        return total_of(line.percent for line in self.shares)

    @property
    def states(self) -> list[tuple[str, Decimal]]:
        """How much is paid, applied for and planned; what there is none of is left out."""
        if self.spending is None:
            return []
        sums = (
            (ExpenseState.PAID, self.spending.paid),
            (ExpenseState.CLAIMED, self.spending.claimed),
            (ExpenseState.PLANNED, self.spending.planned),
        )
        return [(str(state.label), amount) for state, amount in sums if amount]

    @property
    def spending(self) -> Spending | None:
        """All expenses; None when none has been reported."""
        return self.use.spending

    def digest(self) -> list[Any]:
        """Everything of this that the project's editors decide, for the digest of the page.

        Populations and the shares that follow from them are left out: a new register is no edit.
        """
        if not self.tells:
            return [_who(row.funding) for row in self.fundings]
        fundings = [[*_who(row.funding), *self._promise(row.funding)] for row in self.fundings]
        if self.as_of is None:
            return fundings
        spending = self.spending or Spending()
        return [
            fundings,
            self.as_of,
            [getattr(self.project, name) for name in columns("money_source")],
            self.use.budget,
            [self.project.cost_sharing, *map(self._chosen, self.shares)],
            [spending.planned, spending.claimed, spending.paid],
            [[name, row.planned, row.used] for name, row in (*self.years, *self.categories)],
            [
                [row.date, row.amount, row.category, row.state, row.municipality_id, row.note]
                for row in self.expenses
            ],
            # nothing at all without them: digests of before there were any stay as they are
            *([place and place.pk, row.planned, row.used] for place, row in self.places),
        ]

    def _promise(self, funding: Funding) -> list[Any]:
        amount = None if self.as_of is None else funding.amount
        return [amount, funding.share_percent, funding.decided_on, funding.decision_url]

    def _chosen(self, line: ShareLine) -> list[Any]:
        match self.project.cost_sharing:
            case CostSharing.EUROS:
                return [line.municipality.pk, line.amount]
            case CostSharing.PERCENT:
                return [line.municipality.pk, line.percent]
        return [line.municipality.pk]


def _who(funding: Funding) -> list[Any]:
    return [funding.funder_id, *(getattr(funding, name) for name in columns("programme"))]


def open_money(ledger: Ledger, expenses: Sequence[Expense]) -> OpenMoney:
    """What is published of a project's money. `expenses` are all of the project's."""
    project = ledger.project
    if project.cost_visibility == CostVisibility.NOTHING:
        return OpenMoney(project, tuple(FundingLine(row) for row in ledger.fundings))
    entries, financing, shares = entries_of(expenses), ledger.financing, _shares(ledger)
    as_of = figures_as_of(project.money_as_of, entries)
    has_sums = project.budget is not None or entries or shares
    if as_of is None or not (has_sums or any(row.amount is not None for row in ledger.fundings)):
        undated = (FundingLine(row, percent=row.share_percent) for row in ledger.fundings)
        return OpenMoney(project, tuple(undated))
    promises = zip(ledger.fundings, financing.amounts, financing.percents, strict=True)
    return OpenMoney(
        project=project,
        fundings=tuple(FundingLine(*line) for line in promises),
        as_of=as_of,
        use=BudgetUse(project.budget, Spending.of(entries)),
        financing=financing,
        shares=shares,
        years=tuple(totals_by_year(entries).items()),
        categories=tuple(totals_by_category(entries).items()),
        places=_places(ledger, totals_by_municipality(entries)),
        expenses=_each(expenses) if project.cost_visibility == CostVisibility.ALL else (),
    )


def _places(
    ledger: Ledger, totals: Mapping[int | None, Spending]
) -> tuple[tuple[Municipality | None, Spending], ...]:
    """The participants' own expenses by name, then what is common; nothing when all is common."""
    named = {row.municipality_id: row.municipality for row in ledger.participations}
    own = sorted((named[key] for key in totals if key in named), key=_by_name)
    if not own:
        return ()
    # an expense of a municipality that takes no part is refused by the form; an old one is common
    rest = [row for key, row in totals.items() if key not in named]
    common = [(None, sum(rest[1:], rest[0]))] if rest else []
    return (*((place, totals[place.pk]) for place in own), *common)


def _by_name(place: Municipality) -> tuple[str, int]:
    return alphabetical(place.name), place.pk


def _each(expenses: Sequence[Expense]) -> tuple[Expense, ...]:
    return tuple(sorted(expenses, key=lambda row: (row.date, row.pk)))


def _shares(ledger: Ledger) -> tuple[ShareLine, ...]:
    places = {row.municipality_id: row.municipality for row in ledger.participations}
    return tuple(
        ShareLine(places[row.key], row.amount, row.percent) for row in ledger.sharing.shares
    )
