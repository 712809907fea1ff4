"""A project's money read from its rows, and what in it cannot be true.

Works on stored rows and on those of a form alike, so that the form and the actions refuse the
same things in the same words.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from climateportal.numerals import euros, percent
from municipalities.models import Municipality
from projects.costs import (
    Entry,
    Financing,
    Mismatch,
    MismatchKind,
    Payer,
    Promise,
    Sharing,
    percent_of,
    total_of,
)
from projects.enums import CostSharing
from projects.models import Expense, Funding, Participation, Project

# which figure of a participation counts; the others are cleared when the project is saved
COUNTING = {
    CostSharing.EUROS: "cost_share_amount",
    CostSharing.PERCENT: "cost_share_percent",
}


ROUNDING = Decimal("0.5")  # per cent: “two thirds” may be told as 67


class Place(StrEnum):
    """Where on the form a fault is corrected."""

    FUNDING = "fundings"
    MUNICIPALITIES = "participations"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something about the money that cannot be true, in words that say what to do."""

    place: Place
    text: str


@dataclass(frozen=True)
class Ledger:
    """Who pays for a project. `spent_in` are the municipalities named by its expenses."""

    project: Project
    fundings: Sequence[Funding]
    participations: Sequence[Participation]
    spent_in: frozenset[int] = frozenset()

    @classmethod
    def read(cls, project: Project) -> "Ledger":
        """The stored rows. Three queries."""
        return cls.read_many([project])[project.pk]

    @classmethod
    def read_many(cls, projects: Sequence[Project]) -> dict[int, "Ledger"]:
        """The stored rows of several projects, by primary key. Three queries for all of them."""
        keys = [project.pk for project in projects]
        fundings, participations, spent = defaultdict(list), defaultdict(list), defaultdict(set)
        for row in Funding.objects.filter(project__in=keys).select_related("funder"):
            fundings[row.project_id].append(row)
        for row in Participation.objects.filter(project__in=keys).select_related("municipality"):
            participations[row.project_id].append(row)
        named = Expense.objects.filter(project__in=keys).exclude(municipality=None).order_by()
        for pk, place in named.values_list("project", "municipality").distinct():
            spent[pk].add(place)
        return {
            project.pk: cls(
                project=project,
                fundings=fundings[project.pk],
                participations=participations[project.pk],
                spent_in=frozenset(spent[project.pk]),
            )
            for project in projects
        }

    @property
    def financing(self) -> Financing:
        """The budget and the promises. What a participating municipality pays is no grant."""
        own = {row.municipality_id for row in self.participations}
        return Financing(
            total=self.project.budget,
            promises=tuple(
                Promise(row.amount, row.share_percent, row.funder.municipality_id in own)
                for row in self.fundings
            ),
            shares=self._shares_in_euros,
        )

    @property
    def _shares_in_euros(self) -> Decimal | None:
        if self.project.cost_sharing != CostSharing.EUROS:
            return None
        told = (row.cost_share_amount for row in self.participations)
        return total_of(amount for amount in told if amount is not None)

    @property
    def sharing(self) -> Sharing:
        """How the municipalities share what grants do not cover."""
        return Sharing(
            how=self.project.cost_sharing,
            own=self.financing.own,
            total=self.project.budget,
            payers=tuple(
                Payer(
                    key=row.municipality_id,
                    amount=row.cost_share_amount,
                    percent=row.cost_share_percent,
                    population=row.municipality.population,
                )
                for row in self.participations
            ),
        )

    @property
    def faults(self) -> list[Fault]:
        """What cannot be true."""
        found = []
        if self.financing.percent_sum > 100:
            found.append(Fault(Place.FUNDING, self._shares_over()))
        if mismatch := self.sharing.mismatch:
            found.append(Fault(Place.MUNICIPALITIES, self._shares_wrong(mismatch)))
        taking_part = {row.municipality_id for row in self.participations}
        if strangers := self.spent_in - taking_part:
            names = ", ".join(map(str, Municipality.objects.filter(pk__in=strangers)))
            found.append(Fault(Place.MUNICIPALITIES, _stranger_text() % {"names": names}))
        return found

    @property
    def doubts(self) -> list[str]:
        """What may be true but is to be looked at, in words that say what to do."""
        found, financing = [], self.financing
        total, promised = financing.total, financing.promised
        if total is not None and promised is not None and promised > total:
            text = _(
                "The funders have promised %(promised)s together, and the budget is %(budget)s. "
                "Correct the budget, or the sums."
            )
            found.append(text % {"promised": euros(promised), "budget": euros(total)})
        for row, promise in zip(self.fundings, financing.promises, strict=True):
            follows = percent_of(promise.amount, total)
            told = promise.percent
            if follows is not None and told is not None and abs(follows - told) > ROUNDING:
                text = _(
                    "%(funder)s: %(amount)s is %(follows)s of the budget %(budget)s, but the share "
                    "says %(told)s. Correct one of them, or leave the share empty."
                )
                values = {"amount": euros(promise.amount), "budget": euros(total)}
                values |= {"follows": percent(follows), "told": percent(told, 2)}
                found.append(text % {"funder": row.funder, **values})
        return found

    def _shares_over(self) -> str:
        return _(
            "The funders' shares add up to %(sum)s, and they can be 100%% at most. Lower one of "
            "them, or leave a share empty when it is not known."
        ) % {"sum": percent(self.financing.percent_sum, 2)}

    def _shares_wrong(self, mismatch: Mismatch) -> str:
        is_percent = mismatch.kind == MismatchKind.PERCENTS
        written = (lambda value: percent(value, 2)) if is_percent else euros
        names = [str(row) for row in self.participations if row.municipality_id in mismatch.keys]
        return _mismatch_text(mismatch, named=bool(names)) % {
            "given": written(mismatch.given),
            "difference": written(abs(mismatch.missing)),
            "budget": euros(self.financing.total),
            "grants": euros(self.financing.grants),
            "own": euros(self.financing.own),
            "names": ", ".join(names),
        }


def _stranger_text() -> str:
    return _(
        "Expenses name a municipality that takes no part in the project: %(names)s. Keep it among "
        "the municipalities, or change those expenses first."
    )


def _mismatch_text(mismatch: Mismatch, named: bool) -> str:
    match mismatch.kind:
        case MismatchKind.PERCENTS if mismatch.missing > 0:
            return _(
                "The cost shares add up to %(given)s: %(difference)s is missing. Correct the "
                "shares so that they make 100%%."
            )
        case MismatchKind.PERCENTS:
            return _(
                "The cost shares add up to %(given)s: %(difference)s too much. Correct the shares "
                "so that they make 100%%."
            )
        case MismatchKind.EUROS if mismatch.missing > 0:
            return _(
                "The cost shares add up to %(given)s: %(difference)s is missing from the "
                "municipalities' own part, %(own)s (budget %(budget)s, grants %(grants)s)."
            )
        case MismatchKind.EUROS:
            return _(
                "The cost shares add up to %(given)s: %(difference)s more than the "
                "municipalities' own part, %(own)s (budget %(budget)s, grants %(grants)s)."
            )
        case MismatchKind.OVER_BUDGET:
            return _(
                "The cost shares add up to %(given)s: %(difference)s more than the budget, "
                "%(budget)s. Correct the shares, or the budget."
            )
        case MismatchKind.NOTHING_GIVEN:
            return _(
                "Give the municipalities their cost shares, or choose that the sharing of costs "
                "has not been agreed."
            )
        case MismatchKind.NO_POPULATION if named:
            return _(
                "The population of %(names)s is not known, so the costs cannot be shared by it. "
                "Choose another way of sharing."
            )
        case MismatchKind.NO_POPULATION:
            return _("Add the municipalities that share the costs.")
    raise ValueError(f"No sentence for {mismatch.kind}")


def entries_of(expenses: Iterable[Expense]) -> tuple[Entry, ...]:
    """Expenses as the arithmetic of `costs` needs them."""
    return tuple(
        Entry(
            day=row.date,
            amount=row.amount,
            category=row.category,
            state=row.state,
            municipality=row.municipality_id,
        )
        for row in expenses
    )
