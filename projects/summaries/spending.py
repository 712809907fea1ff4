"""What the projects of a region have cost, by project and by municipality, against budgets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import Max, Q, Sum

from climateportal.keyrows import KeyRows
from municipalities.models import Municipality
from projects.costs import percent_of, total_of
from projects.enums import ExpenseState
from projects.models import Expense, Project
from projects.summaries.counts import ProjectFacts
from projects.summaries.places import Mergers

SPENT = (ExpenseState.CLAIMED, ExpenseState.PAID)
MOST_MISSING = 50
FEW = 6  # projects named on the page; the list has all


@dataclass(frozen=True)
class ProjectMoney:
    """A project's budget and what has been used of it, in euros; None when not reported.

    `as_of` is the day stated, or that of a later expense in use.
    """

    pk: int
    budget: Decimal | None
    used: Decimal | None
    as_of: date
    reaches_out: bool = False  # municipalities outside the region take part too
    project: Project | None = None  # when the page names it

    @property
    def left(self) -> Decimal | None:
        """What is left of the budget, less than nothing when it is exceeded; None if unknown."""
        return None if self.budget is None or self.used is None else self.budget - self.used

    @property
    def percent(self) -> Decimal | None:
        """How many percent of the budget have been used; None when that cannot be told."""
        return percent_of(self.used, self.budget)

    @property
    def over(self) -> Decimal | None:
        """By how much the budget has been exceeded; None when it has not, or nobody knows."""
        return -self.left if self.left is not None and self.left < 0 else None


@dataclass(frozen=True)
class PlaceMoney:
    """What has been recorded as one municipality's own cost; None for joint costs."""

    municipality: Municipality | None
    used: Decimal


@dataclass(frozen=True)
class RegionMoney:
    """Costs against budgets, each project once. Projects that keep their money are not in it."""

    projects: tuple[ProjectMoney, ...]  # the largest budget first
    places: tuple[PlaceMoney, ...]
    untold: tuple[int, ...]  # keys of projects that have published neither budget nor costs
    missing: tuple[Project, ...] = ()  # the first few of them, when the page names them

    @property
    def silent(self) -> int:
        """How many projects have published neither budget nor costs."""
        return len(self.untold)

    @property
    def missing_more(self) -> int:
        """How many of those are left unnamed."""
        return self.silent - len(self.missing)

    @property
    def compared(self) -> Sequence[ProjectMoney]:
        """Those whose budget and use are both known."""
        return [row for row in self.projects if row.left is not None]

    @property
    def left(self) -> Decimal | None:
        """What is left together of the budgets whose use is known."""
        return total_of(row.left for row in self.compared)

    @property
    def percent(self) -> Decimal | None:
        """How many percent of those budgets have been used."""
        known = self.compared
        return percent_of(total_of(r.used for r in known), total_of(r.budget for r in known))

    @property
    def exceeded(self) -> Sequence[ProjectMoney]:
        """Those over their budget, by most first."""
        return sorted((row for row in self.projects if row.over), key=lambda row: -row.over)

    @property
    def over(self) -> Decimal | None:
        """By how much they are over together."""
        return total_of(row.over for row in self.exceeded)

    @property
    def reaching_out(self) -> int:
        """Projects in the sums in which municipalities outside the region take part too."""
        return sum(row.reaches_out for row in self.projects)

    @property
    def budget(self) -> Decimal | None:
        """Budgets together, None when none is known."""
        known = [row.budget for row in self.projects if row.budget is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def used(self) -> Decimal | None:
        """Claimed and paid together, None when no expense has been reported."""
        known = [row.used for row in self.projects if row.used is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def budget_unknown(self) -> int:
        """Projects that are in the sums without a budget."""
        return sum(row.budget is None for row in self.projects)

    @property
    def use_unknown(self) -> int:
        """Projects that are in the sums without having reported any expense."""
        return sum(row.used is None for row in self.projects)

    @property
    def oldest(self) -> date | None:
        """The oldest date of the figures."""
        return min((row.as_of for row in self.projects), default=None)

    @property
    def newest(self) -> date | None:
        """The newest date of the figures."""
        return max((row.as_of for row in self.projects), default=None)

    @property
    def most(self) -> Sequence[ProjectMoney]:
        """The largest few."""
        return self.projects[:FEW]

    @cached_property
    def by_pk(self) -> Mapping[int, ProjectMoney]:
        """Each project's, by its key."""
        return {row.pk: row for row in self.projects}

    def named(self, projects: Mapping[int, Project]) -> "RegionMoney":
        """With the projects that the page names."""
        rows = (replace(row, project=projects.get(row.pk)) for row in self.projects)
        missing = tuple(projects[pk] for pk in self.untold[:MOST_MISSING] if pk in projects)
        return replace(self, projects=tuple(rows), missing=missing)

    @property
    def to_name(self) -> set[int]:
        """The projects that a page names."""
        return {row.pk for row in (*self.most, *self.exceeded[:FEW])} | set(self.untold[:FEW])

    @property
    def has_places(self) -> bool:
        """Whether some cost is one municipality's own."""
        return any(row.municipality for row in self.places)


# a project, the municipality whose own cost it is, euros used and the day of the last of them; None
# where expenses are only planned
Spent = tuple[int, int | None, Decimal | None, date | None]


def money_of(
    facts: Iterable[ProjectFacts],
    spent: Iterable[Spent],
    places: Mapping[int, Municipality],
    mergers: Mergers,
) -> RegionMoney:
    """The money of projects: of today's for a page, of a moment's for a pack. Pure.

    As on a project's page (`openmoney`): what is only planned is no use, but it is reported, so
    the use is then nothing and not unknown; a municipality that only plans has no row. What is
    told of other projects is left out.
    """
    facts = list(facts)
    telling = {row.pk: row for row in facts if row.tells_money}
    by_project: dict[int, Decimal] = {}
    by_place: dict[int | None, Decimal] = {}
    as_of = {pk: row.money_as_of for pk, row in telling.items()}
    for pk, municipality, total, last in spent:
        if pk not in telling:
            continue
        place = mergers.now(municipality)
        key = place if place in places else None
        by_project[pk] = by_project.get(pk, Decimal(0)) + (total or 0)
        if total is not None:
            by_place[key] = by_place.get(key, Decimal(0)) + total
        as_of[pk] = max(as_of[pk], last or as_of[pk])
    found = [
        ProjectMoney(
            pk,
            row.budget,
            by_project.get(pk),
            as_of[pk],
            not row.own_stages.keys() <= places.keys(),
        )
        for pk, row in telling.items()
        if row.budget is not None or pk in by_project
    ]
    found.sort(key=lambda row: (-(row.budget or 0), row.pk))
    own = [PlaceMoney(places[pk], by_place[pk]) for pk in places if pk in by_place]
    if None in by_place:
        own.append(PlaceMoney(None, by_place[None]))
    told = {row.pk for row in found}
    untold = tuple(sorted(row.pk for row in facts if row.pk not in told))
    return RegionMoney(tuple(found), tuple(own), untold)


def region_money(
    facts: Sequence[ProjectFacts], places: Mapping[int, Municipality], mergers: Mergers
) -> RegionMoney:
    """The money of public projects today. One query."""
    used = Q(state__in=SPENT)
    rows = (
        Expense.objects.filter(project__in=KeyRows(row.pk for row in facts if row.tells_money))
        .order_by()
        .values_list("project_id", "municipality_id")
        .annotate(total=Sum("amount", filter=used), last=Max("date", filter=used))
    )
    return money_of(facts, rows, places, mergers)
