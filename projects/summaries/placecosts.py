"""What projects cost one municipality: its share of each, its own expenses, and as of when.

Each project tells as much as it has chosen to publish (`openmoney`).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from django.db.models import Max, Q, Sum

from climateportal.keyrows import KeyRows
from climateportal.together import fetch_together
from municipalities.models import Municipality, Organisation
from projects.costs import percent_of
from projects.history import as_of
from projects.ledger import Ledger
from projects.models import Expense, Funding, Participation, Project
from projects.openmoney import OpenMoney, open_money
from projects.summaries.people import in_order
from projects.summaries.state import State

FUNDING = ("project_id", "funder_id", "amount", "share_percent", "order")


@dataclass(frozen=True)
class PlaceCost:
    """One project's money as one municipality sees it, in euros; None when not reported.

    `grants` and `own` are the whole project's; `share` is the municipality's part of `own`, and
    `used` its own expenses, claimed or paid: None too when it has only planned some.
    """

    project: Project
    budget: Decimal | None
    grants: Decimal | None
    own: Decimal | None
    share: Decimal | None
    share_percent: Decimal | None
    used: Decimal | None
    as_of: date

    @property
    def grant_percent(self) -> Decimal | None:
        """How many percent of the budget the grants cover."""
        return percent_of(self.grants, self.budget)


@dataclass(frozen=True)
class PlaceCosts:
    """A municipality's costs in its projects, the largest share first."""

    rows: tuple[PlaceCost, ...] = ()
    silent: int = 0  # projects that have published no sums

    @property
    def share(self) -> Decimal | None:
        """The known shares together; None when none is known."""
        return _sum(row.share for row in self.rows)

    @property
    def used(self) -> Decimal | None:
        """The known own expenses together; None when none is known."""
        return _sum(row.used for row in self.rows)

    @property
    def unshared(self) -> int:
        """Projects whose share is not known: the sum is without them."""
        return sum(row.share is None for row in self.rows)

    @property
    def unused(self) -> int:
        """Projects whose own expenses are not known: the sum is without them."""
        return sum(row.used is None for row in self.rows)

    @property
    def oldest(self) -> date | None:
        """The oldest date of the figures."""
        return min((row.as_of for row in self.rows), default=None)

    @property
    def newest(self) -> date | None:
        """The newest date of the figures."""
        return max((row.as_of for row in self.rows), default=None)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def spent_together(projects: Iterable[int]) -> list[Expense]:
    """Expenses of `projects` added up by municipality and state, as unsaved rows. One query.

    The date of each is the newest that went into it.
    """
    rows = (
        Expense.objects.filter(project__in=list(projects))
        .order_by()
        .values("project_id", "municipality_id", "state")
        .annotate(total=Sum("amount"), last=Max("date"))
    )
    return [
        Expense(
            project_id=row["project_id"],
            municipality_id=row["municipality_id"],
            state=row["state"],
            amount=row["total"],
            date=row["last"],
        )
        for row in rows
    ]


class Rows(Protocol):
    """What is known of who pays. There may be rows of other projects too."""

    payers: Sequence[Participation]
    fundings: Sequence[Funding]
    bodies: Sequence[Organisation]  # the funders
    places: Sequence[Municipality]  # the payers


def place_costs(
    whole: Collection[int],
    projects: Sequence[Project],
    rows: Rows,
    expenses: Iterable[Expense],
    silent: int = 0,
) -> PlaceCosts:
    """The costs of `projects` for a municipality; `whole` is its key and those merged into it.

    Everything was read already. `silent` is the number of projects known to publish no sums.
    """
    paying, promised, spent = map(_by_project, (rows.payers, rows.fundings, expenses))
    places = {place.pk: place for place in rows.places}
    bodies = {body.pk: body for body in rows.bodies}
    for row in rows.payers:
        row.municipality = places[row.municipality_id]
    for row in rows.fundings:
        row.funder = bodies[row.funder_id]
    found = []
    for project in projects:
        payers, fundings = paying.get(project.pk, ()), promised.get(project.pk, ())
        ledger = Ledger(project, sorted(fundings, key=in_order), sorted(payers, key=in_order))
        money = open_money(ledger, spent.get(project.pk, ()))
        if money.as_of is not None:
            found.append(_row(project, money, whole))
    found.sort(key=lambda row: (-(row.share or 0), -(row.budget or 0), row.project.pk))
    return PlaceCosts(tuple(found), silent + len(projects) - len(found))


@dataclass(frozen=True)
class _Known:
    """`Rows` of a past moment."""

    payers: Sequence[Participation]
    fundings: Sequence[Funding]
    bodies: Sequence[Organisation]
    places: Sequence[Municipality]


def costs_at(state: State) -> PlaceCosts:
    """What the projects of a municipality cost it at the moment of its state. Two queries.

    Populations and names are today's.
    """
    telling = {row.pk for row in state.facts() if row.tells_money}
    of_telling = Q(project_id__in=KeyRows(telling))
    (fundings,) = as_of(Funding, [state.at], of_telling, FUNDING)
    payers = [row for row in state.participations if row.project_id in telling]
    bodies, places = fetch_together(
        [
            Organisation.objects.filter(pk__in={row.funder_id for row in fundings}),
            Municipality.objects.filter(pk__in={row.municipality_id for row in payers}),
        ]
    )
    return place_costs(
        state.mergers.whole({state.area.pk}),
        [state.projects[pk] for pk in sorted(telling)],
        _Known(payers, fundings, bodies, places),
        state.expenses,
        silent=len(state.projects) - len(telling),
    )


def _row(project: Project, money: OpenMoney, whole: Collection[int]) -> PlaceCost:
    shares = [line for line in money.shares if line.municipality.pk in whole]
    its = [row for place, row in money.places if place is not None and place.pk in whole]
    return PlaceCost(
        project=project,
        budget=money.use.budget,
        grants=money.financing.grants,
        own=money.financing.own,
        share=_sum(line.amount for line in shares),
        share_percent=_sum(line.percent for line in shares),
        used=_sum(row.used or None for row in its),
        as_of=money.as_of,
    )


def _by_project(rows: Iterable) -> Mapping[int, list]:
    found: dict[int, list] = {}
    for row in rows:
        found.setdefault(row.project_id, []).append(row)
    return found
