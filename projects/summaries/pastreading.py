"""Reads the states of a region or a municipality at past moments.

From history, so that a pack tells what was known on its day. Only projects that were public then
are in it, and of those only the ones that still are: what was withdrawn stays withdrawn. Tasks and
goals that have been removed since are counted, but their words are gone.
"""

from collections.abc import Container, Sequence, Set
from copy import copy
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from climateportal.keyrows import KeyRows
from climateportal.publishing import published_q
from climateportal.together import fetch_together
from climateportal.translated import LANGUAGES, columns
from municipalities.models import ClimateTarget, Municipality, Region, RegionMember
from municipalities.register import REASON
from projects.enums import CostVisibility
from projects.history import as_of, as_of_each, latest
from projects.models import (
    Expense,
    Goal,
    GoalBaseline,
    Measurement,
    Participation,
    Project,
    Task,
)
from projects.summaries.members import Members
from projects.summaries.places import Mergers
from projects.summaries.state import Area, State

PROJECT = (
    "slug", *columns("title"), "stage", "activity", *columns("activity_reason"), "start_date",
    "end_date", "date_precision", "is_ongoing", "completed_on", "stated_status", "cost_sharing",
    *columns("stated_reason"), "budget", "money_as_of", *columns("money_source"), "cost_visibility",
    "content_updated_at", "publication", "published_at",
)  # fmt: skip
TASK = (
    "project_id", "municipality_id", *columns("title"), "state", "due_date", "due_precision",
    "completed_at", "completed_precision", *columns("cancel_reason"), "order",
)  # fmt: skip
GOAL = (
    "project_id", "municipality_id", "region_id", *columns("text"), *columns("unit"),
    *columns("programme"), "state", "base_value", "base_date", "target_value", "target_date",
    "order",
)  # fmt: skip
PARTICIPATION = (
    "project_id", "municipality_id", "stage", "contact_id", "cost_share_amount",
    "cost_share_percent", "order",
)  # fmt: skip
BASELINE = (
    "goal_id", "municipality_id", "base_value", "base_date", "target_value", "target_date",
)  # fmt: skip
MEASUREMENT = ("goal_id", "municipality_id", "date", "value")
EXPENSE = ("project_id", "municipality_id", "date", "amount", "category", "state")

Owned = TypeVar("Owned", Task, GoalBaseline, Measurement)  # of a municipality alone, or of all
Row = TypeVar("Row")


def states(
    area: Area, moments: Sequence[datetime], days: Sequence[date] | None = None
) -> list[State]:
    """The state of a region or a municipality at each of `moments`.

    Each is seen on its day of `days` (default: the day of the moment in Finland).

    Twelve queries at most, whatever the number of moments, projects and municipalities.
    """
    days = days or [timezone.localdate(at) for at in moments]
    members, mergers = _members(area, moments, days)
    projects = _projects(area, moments, members, mergers)
    in_any = Q(project_id__in=KeyRows({pk for found in projects for pk in found}))
    own = Q(region_id=area.pk) if isinstance(area, Region) else Q()
    own |= Q(municipality_id__in=list({pk for there in members for pk in there.by_pk}))
    participations = _of(projects, as_of(Participation, moments, in_any, PARTICIPATION))
    tasks = _of(projects, as_of(Task, moments, in_any, TASK, _removed(Task)))
    forget(tasks, ("title", "cancel_reason"))
    expenses = _of(projects, as_of(Expense, moments, in_any, EXPENSE))
    goals = as_of(Goal, moments, in_any | own | _followed_q(area), GOAL, _removed(Goal))
    forget(goals, ("text",))
    of_goals = Q(goal_id__in=KeyRows({goal.pk for found in goals for goal in found}))
    baselines = as_of(GoalBaseline, moments, of_goals, BASELINE)
    measurements = as_of(Measurement, moments, of_goals, MEASUREMENT)
    for n, found in enumerate(goals):
        figures = _here([*baselines[n], *measurements[n]], members[n], mergers[n])
        followed = {row.goal_id for row in figures if row.municipality_id}
        goals[n] = [
            row
            for row in found
            if row.project_id in projects[n]
            or _is_own(row, area, members[n])
            or (isinstance(area, Municipality) and row.region_id and row.pk in followed)
        ]
    keys = [{goal.pk for goal in found} for found in goals]
    baselines = _of(keys, baselines, "goal_id")
    measurements = _of(keys, measurements, "goal_id")
    parts = members[0].parts
    targets = [
        [row for row in found if row.region_id in parts or _is_own(row, area, members[n])]
        for n, found in enumerate(as_of(ClimateTarget, moments, own | Q(region_id__in=list(parts))))
    ]
    joint = [row for found in (*targets, *goals) for row in found if row.region_id]
    regions = {area.pk: area} if isinstance(area, Region) else {}
    if missing := {row.region_id for row in joint} - regions.keys():
        regions |= Region.objects.in_bulk(missing)
    for row in joint:
        row.region = regions[row.region_id]
    return [
        State(
            area=area,
            at=at,
            on=days[n],
            members=members[n],
            mergers=mergers[n],
            projects=projects[n],
            participations=participations[n],
            tasks=_here(tasks[n], members[n], mergers[n]),
            goals=sorted(goals[n], key=lambda goal: (goal.order, goal.pk)),
            baselines=_here(baselines[n], members[n], mergers[n]),
            measurements=_here(measurements[n], members[n], mergers[n]),
            measured_elsewhere=_goals_elsewhere(
                [*baselines[n], *measurements[n]], members[n], mergers[n]
            ),
            expenses=expenses[n],
            targets=targets[n],
        )
        for n, at in enumerate(moments)
    ]


def _removed(model: type[Task | Goal]) -> dict[str, Any]:
    return {"is_removed": ~Exists(model.objects.filter(pk=OuterRef("id")))}


def forget(states: Sequence[Sequence[Task | Goal]], names: Sequence[str]) -> None:
    """Replace the words of what has been removed since."""
    for row in {id(row): row for rows in states for row in rows if row.is_removed}.values():
        for name in names:
            for column, language in zip(columns(name), LANGUAGES, strict=True):
                with translation.override(language):
                    setattr(row, column, _("(removed since)") if getattr(row, column) else "")


def _of(
    owners: Sequence[Container[int]], found: Sequence[list[Row]], key: str = "project_id"
) -> list[list[Row]]:
    """At each moment the rows of what there was in the area at that moment."""
    return [
        [row for row in rows if getattr(row, key) in there]
        for there, rows in zip(owners, found, strict=True)
    ]


def _followed_q(area: Area) -> Q:
    """Goals of regions in which a municipality is followed by itself: its report tells them too."""
    if isinstance(area, Region):
        return Q()
    followed = Q(id__in=GoalBaseline.history.filter(municipality_id=area.pk).values("goal_id"))
    followed |= Q(id__in=Measurement.history.filter(municipality_id=area.pk).values("goal_id"))
    return followed & Q(region_id__isnull=False)


def _is_own(row: Goal | ClimateTarget, area: Area, members: Members) -> bool:
    """Whether it is of the region itself or of one of its municipalities at the moment."""
    of_region = isinstance(area, Region) and row.region_id == area.pk
    return of_region or row.municipality_id in members.by_pk


def _here(rows: Sequence[Owned], members: Members, mergers: Mergers) -> list[Owned]:
    """What is of all, or of a municipality of the area."""
    return [
        row
        for row in rows
        if row.municipality_id is None or mergers.now(row.municipality_id) in members.by_pk
    ]


def _goals_elsewhere(
    rows: Sequence[GoalBaseline | Measurement], members: Members, mergers: Mergers
) -> set[int]:
    """The goals that a municipality outside the area is followed in."""
    here = {id(row) for row in _here(rows, members, mergers)}
    return {row.goal_id for row in rows if id(row) not in here}


def _members(
    area: Area, moments: Sequence[datetime], days: Sequence[date]
) -> tuple[list[Members], list[Mergers]]:
    """The municipalities of the region at each moment, with what was known of their plans, and
    which had been merged into others.

    The register's memberships are facts of law, not edits: they count from before the day on which
    the portal was installed.
    """
    ended = Q(valid_until__lt=max(days))
    if isinstance(area, Municipality):
        places = list(Municipality.objects.filter(Q(pk=area.pk) | ended))
        pairs: list[Set[tuple[int, int]]] = [{(0, area.pk)}] * len(moments)
        return _with_plans(moments, days, pairs, places, 0), Mergers.of_days(days, places)
    here = Q(region_id=area.pk) | Q(region__parent=area)
    rows = as_of(RegionMember, moments, here, ("region_id", "municipality_id"))
    added = RegionMember.history.filter(id=OuterRef("pk"), history_type="+")
    in_law = RegionMember.objects.filter(here, Exists(added.filter(history_change_reason=REASON)))
    then = {row.municipality_id for found in rows for row in found}
    registered, places = fetch_together(
        [
            in_law,
            Municipality.objects.filter(
                Q(pk__in=then) | Q(pk__in=in_law.values("municipality")) | ended
            ),
        ]
    )
    law = {(row.region_id, row.municipality_id) for row in registered}
    pairs = [{(row.region_id, row.municipality_id) for row in found} | law for found in rows]
    return _with_plans(moments, days, pairs, places, area.pk), Mergers.of_days(days, places)


def _with_plans(
    moments: Sequence[datetime],
    days: Sequence[date],
    pairs: Sequence[Set[tuple[int, int]]],
    municipalities: Sequence[Municipality],
    area: int,
) -> list[Members]:
    """Members from (region, municipality), with what was known of their plans. One query."""
    here = {pk for some in pairs for _owner, pk in some}
    places = {row.pk: row for row in municipalities if row.pk in here}
    fields = ("plan_status", "plan_decided_on")
    blank = {name: Municipality._meta.get_field(name).get_default() for name in fields}
    known = as_of(Municipality, moments, Q(id__in=list(places)), fields)
    found = []
    for number, some in enumerate(pairs):
        plans = {row.pk: row for row in known[number]}
        then = {}
        for pk, place in places.items():
            then[pk] = copy(place)
            for field in fields:
                setattr(then[pk], field, getattr(plans.get(pk), field, blank[field]))
        here_then = ((owner, then[pk]) for owner, pk in sorted(some))
        found.append(Members(area, days[number], here_then))
    return found


def _projects(
    area: Area,
    moments: Sequence[datetime],
    members: Sequence[Members],
    mergers: Sequence[Mergers],
) -> list[dict[int, Project]]:
    """The projects of the region that were public at each moment and still are. One query.

    Whose money is not public today tells none of that of former days either.
    """
    record = Project.history.model
    named = record._meta.get_field("historicalproject_regions").related_model.objects
    # asked of each that is here: as a set it would be read as a list of all there are
    public = Q(Exists(Project.objects.published().filter(pk=OuterRef("id"))))
    conditions = []
    for at, there, merged in zip(moments, members, mergers, strict=True):
        whole = merged.whole(there.by_pk)
        taking_part = latest(Participation, at, Q(municipality_id__in=whole))
        here = Q(id__in=taking_part.values("project_id"))
        if isinstance(area, Region):
            below = Region.objects.filter(
                Q(pk=area.pk) | Q(parent=area) | Q(parent__parent=area)
            ).values("pk")
            here |= Q(history_id__in=named.filter(region__in=below).values("history_id"))
        conditions.append(public & published_q(at=at) & here)
    live = Project.objects.filter(pk=OuterRef("id"))
    hides = {"hides_money": Exists(live.filter(cost_visibility=CostVisibility.NOTHING))}
    found = as_of_each(Project, moments, conditions, PROJECT, hides)
    for row in (row for rows in found for row in rows if row.hides_money):
        row.cost_visibility = CostVisibility.NOTHING
    return [{row.pk: row for row in rows} for rows in found]
