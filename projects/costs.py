"""Money as arithmetic: who pays which part, and what has been spent. Pure, exact to the cent.

None is a figure that nobody has reported. It is never taken for zero: a sum with an unknown part
is unknown, and so is all that follows from it.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from projects.enums import CostSharing, ExpenseCategory, ExpenseState

CENT = Decimal("0.01")
TENTH = Decimal("0.1")  # how exactly percentages that follow from euros are told
HUNDRED = Decimal(100)


def total_of(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum; None when there is nothing to add up or a part of it is unknown."""
    known = list(amounts)
    return None if not known or None in known else sum(known, Decimal(0))


def percent_of(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """How many percent of the whole the part is, to a tenth; None when that cannot be told.

    A hundred only when it is exactly that: 99.97 → 99.9, 100.02 → 100.1.
    """
    if part is None or not whole:
        return None
    share = (part / whole * 100).quantize(TENTH, ROUND_HALF_UP)
    if share == 100 and part != whole:
        return share + TENTH.copy_sign(part - whole)
    return share


def split(
    whole: Decimal, weights: Sequence[Decimal | int], unit: Decimal = CENT
) -> tuple[Decimal, ...]:
    """`whole` in parts that follow the weights, each in whole units; together exactly the whole.

    Each part is rounded down, and the units left over go to the parts that lost most, the first
    ones first. Raises ValueError when the whole is negative or not in whole units, when a weight
    is negative, or when none is above zero.
    """
    units = whole / unit
    if whole < 0 or units != units.to_integral_value():
        raise ValueError(f"{whole} cannot be split in units of {unit}")
    exact = [Fraction(weight) for weight in weights]
    if any(weight < 0 for weight in exact) or not sum(exact):
        raise ValueError("weights are at least zero, and some are above it")
    wanted = [int(units) * weight / sum(exact) for weight in exact]
    parts = [int(part) for part in wanted]
    lost = sorted(range(len(parts)), key=lambda n: (parts[n] - wanted[n], n))
    for n in lost[: int(units) - sum(parts)]:
        parts[n] += 1
    return tuple(unit * part for part in parts)


@dataclass(frozen=True, slots=True)
class Promise:
    """One funder's promise: an amount, a share of the total costs in percent, both or neither.

    `is_own`: the funder is one of the municipalities taking part, so the money is no grant.
    """

    amount: Decimal | None = None
    percent: Decimal | None = None
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Financing:
    """The total costs of a project and the promises that cover them.

    That no promise is known does not mean that nobody has promised. There are no grants when the
    municipalities alone are told as funders, or when their `shares`, their parts in euros
    together, are the total.
    """

    total: Decimal | None = None
    promises: tuple[Promise, ...] = ()
    shares: Decimal | None = None

    @property
    def amounts(self) -> tuple[Decimal | None, ...]:
        """What each promise is in euros: as reported, else its share of the total."""
        by_share = [
            row.percent if row.amount is None and row.percent is not None else Decimal(0)
            for row in self.promises
        ]
        rest = HUNDRED - sum(by_share)
        follow: tuple[Decimal | None, ...] = (None,) * len(by_share)
        if self.total is not None and rest >= 0:
            follow = split(self.total, [*by_share, rest])
        return tuple(
            row.amount if row.amount is not None or row.percent is None else amount
            for row, amount in zip(self.promises, follow, strict=False)
        )

    @property
    def percents(self) -> tuple[Decimal | None, ...]:
        """What each promise is of the total in percent: as reported, else it follows."""
        return tuple(
            percent_of(row.amount, self.total) if row.percent is None else row.percent
            for row in self.promises
        )

    @property
    def percent_sum(self) -> Decimal:
        """The reported percentages together; more than a hundred cannot be true."""
        return sum((row.percent for row in self.promises if row.percent is not None), Decimal(0))

    @property
    def promised(self) -> Decimal | None:
        """All promises together."""
        return total_of(self.amounts)

    @property
    def grants(self) -> Decimal | None:
        """What others than the municipalities taking part have promised."""
        others = [
            amount
            for row, amount in zip(self.promises, self.amounts, strict=True)
            if not row.is_own
        ]
        if not others and (self.promises or (self.shares and self.shares == self.total)):
            return Decimal(0)
        return total_of(others)

    @property
    def own(self) -> Decimal | None:
        """What is left for the municipalities, or their shares in euros when that is not known.

        None also when the grants exceed the total.
        """
        if self.total is None or self.grants is None:
            return self.shares
        return None if self.grants > self.total else self.total - self.grants

    @property
    def grant_percent(self) -> Decimal | None:
        """How many percent of the total the grants cover."""
        return percent_of(self.grants, self.total)


class MismatchKind(StrEnum):
    """Why cost shares cannot be right. `projects.ledger` has the sentence of each."""

    NOTHING_GIVEN = "nothing_given"
    PERCENTS = "percents"
    EUROS = "euros"
    OVER_BUDGET = "over_budget"
    NO_POPULATION = "no_population"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """What is wrong with cost shares. `missing` is negative when there is too much.

    `keys` are the payers whose population is not known.
    """

    kind: MismatchKind
    given: Decimal = Decimal(0)
    missing: Decimal = Decimal(0)
    keys: tuple[Hashable, ...] = ()


@dataclass(frozen=True, slots=True)
class Payer:
    """A municipality and what is known of its share; which figure counts follows from `how`."""

    key: Hashable
    amount: Decimal | None = None
    percent: Decimal | None = None
    population: int | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """What one municipality pays."""

    key: Hashable
    amount: Decimal | None
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Sharing:
    """How municipalities share `own`, what grants do not cover of the costs in `total`.

    Of a payer without a figure among others with one: the others carry the whole, so it pays 0.
    """

    how: str
    own: Decimal | None
    payers: tuple[Payer, ...]
    total: Decimal | None = None

    @property
    def weights(self) -> tuple[Decimal | int | None, ...]:
        """The figure of each payer that counts."""
        match self.how:
            case CostSharing.EUROS:
                return tuple(payer.amount for payer in self.payers)
            case CostSharing.PERCENT:
                return tuple(payer.percent for payer in self.payers)
            case CostSharing.POPULATION:
                return tuple(payer.population for payer in self.payers)
        return ()

    @property
    def mismatch(self) -> Mismatch | None:
        """Why the shares cannot be right, or None. What cannot be checked is not wrong."""
        weights = self.weights
        if self.how == CostSharing.NOT_AGREED:
            return None
        if self.how == CostSharing.POPULATION:
            unknown = [
                payer.key for payer, weight in zip(self.payers, weights, strict=True) if not weight
            ]
            if unknown or not weights:
                return Mismatch(MismatchKind.NO_POPULATION, keys=tuple(unknown))
            return None
        known = [weight for weight in weights if weight is not None]
        if not known:
            return Mismatch(MismatchKind.NOTHING_GIVEN)
        given = sum(known, Decimal(0))
        if self.how == CostSharing.PERCENT and given != HUNDRED:
            return Mismatch(MismatchKind.PERCENTS, given, HUNDRED - given)
        if self.how == CostSharing.EUROS and self.own is not None and given != self.own:
            return Mismatch(MismatchKind.EUROS, given, self.own - given)
        if self.how == CostSharing.EUROS and self.total is not None and given > self.total:
            return Mismatch(MismatchKind.OVER_BUDGET, given, self.total - given)
        return None

    @property
    def shares(self) -> tuple[Share, ...]:
        """What each one pays; nothing is worked out from shares that cannot be right."""
        if self.how == CostSharing.NOT_AGREED:
            return ()
        if self.mismatch is not None:
            return tuple(Share(payer.key, None, None) for payer in self.payers)
        weights = [weight or 0 for weight in self.weights]
        amounts: Iterable[Decimal | None]
        percents: Iterable[Decimal | None]
        percents = split(HUNDRED, weights, TENTH) if any(weights) else (None,) * len(weights)
        if self.how == CostSharing.EUROS:
            amounts = [Decimal(weight) for weight in weights]
        elif self.own is None:
            amounts = (None,) * len(weights)
        else:
            amounts = split(self.own, weights)
        if self.how == CostSharing.PERCENT:
            percents = [Decimal(weight) for weight in weights]
        return tuple(
            Share(payer.key, amount, percent)
            for payer, amount, percent in zip(self.payers, amounts, percents, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """One expense."""

    day: date
    amount: Decimal
    category: str
    state: str
    municipality: int | None = None


@dataclass(frozen=True, slots=True)
class Spending:
    """Expenses by the state of their payment application. Planned ones are not used money."""

    planned: Decimal = Decimal(0)
    claimed: Decimal = Decimal(0)
    paid: Decimal = Decimal(0)

    @property
    def used(self) -> Decimal:
        """What has been spent: claimed from the funder or paid by it."""
        return self.claimed + self.paid

    @property
    def total(self) -> Decimal:
        """Used and planned together."""
        return self.used + self.planned

    def __add__(self, other: "Spending") -> "Spending":
        return Spending(
            self.planned + other.planned, self.claimed + other.claimed, self.paid + other.paid
        )

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Spending | None":
        """The totals; None when no expense has been reported."""
        by_state: dict[str, list[Decimal]] = {}
        for entry in entries:
            by_state.setdefault(ExpenseState(entry.state).value, []).append(entry.amount)
        if not by_state:
            return None
        return cls(**{state: sum(amounts, Decimal(0)) for state, amounts in by_state.items()})


def totals_by_year(entries: Iterable[Entry]) -> dict[int, Spending]:
    """Totals of the years that have expenses, the first year first."""
    return dict(sorted(_totals(entries, lambda entry: entry.day.year).items()))


def totals_by_category(entries: Iterable[Entry]) -> dict[ExpenseCategory, Spending]:
    """Totals of the categories that have expenses, in the order of the categories."""
    found = _totals(entries, lambda entry: ExpenseCategory(entry.category))
    return {category: found[category] for category in ExpenseCategory if category in found}


def totals_by_municipality(entries: Iterable[Entry]) -> dict[int | None, Spending]:
    """Totals of the municipalities that have expenses; None for what is common to all."""
    return _totals(entries, lambda entry: entry.municipality)


def _totals(entries: Iterable[Entry], key: Callable[[Entry], Any]) -> dict[Any, Spending]:
    groups: dict[Any, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(key(entry), []).append(entry)
    return {name: Spending.of(group) or Spending() for name, group in groups.items()}


@dataclass(frozen=True, slots=True)
class BudgetUse:
    """A budget beside what has been used of it. Either may be unknown."""

    budget: Decimal | None = None
    spending: Spending | None = None

    @property
    def used(self) -> Decimal | None:
        """Euros spent so far."""
        return None if self.spending is None else self.spending.used

    @property
    def left(self) -> Decimal | None:
        """What the budget still has; negative when more has been used."""
        if self.budget is None or self.used is None:
            return None
        return self.budget - self.used

    @property
    def over(self) -> Decimal | None:
        """By how much the budget has been exceeded; None when it has not, or nobody knows."""
        return -self.left if self.left is not None and self.left < 0 else None

    @property
    def percent(self) -> Decimal | None:
        """How many percent of the budget have been used; may be over a hundred."""
        return percent_of(self.used, self.budget)


def figures_as_of(stated: date | None, entries: Iterable[Entry]) -> date | None:
    """The day that the figures are of: the stated one, or that of a later expense in use.

    None when no day has been stated: such sums are not published.
    """
    if stated is None:
        return None
    used = (entry.day for entry in entries if entry.state != ExpenseState.PLANNED)
    return max([stated, *used])
