"""The facts of a region at past moments: what a meeting pack is made of.

Read from history, so that a pack tells what was known on its day. Only projects that were public
then are in it, and of those only the ones that still are: what was withdrawn stays withdrawn.
"""

from collections.abc import Container, Mapping, Sequence, Set
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from climateportal.keyrows import KeyRows
from climateportal.publishing import published_q
from climateportal.together import fetch_together
from climateportal.translated import columns
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
from projects.progress import GoalAssessment, Reading, Track, assess_goal
from projects.schedule import Assessment, ProjectDates, TaskDates, assess
from projects.summaries.counts import ProjectFacts, TaskTable
from projects.summaries.members import Members
from projects.summaries.places import Mergers
from projects.summaries.spending import SPENT

PROJECT = (
    "slug", *columns("title"), "stage", "activity", *columns("activity_reason"), "start_date",
    "end_date", "date_precision", "is_ongoing", "completed_on", "stated_status",
    *columns("stated_reason"), "budget", "money_as_of", "cost_visibility", "content_updated_at",
    "publication", "published_at",
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
PARTICIPATION = ("project_id", "municipality_id", "stage", "contact_id")
BASELINE = (
    "goal_id", "municipality_id", "base_value", "base_date", "target_value", "target_date",
)  # fmt: skip
MEASUREMENT = ("goal_id", "municipality_id", "date", "value")
EXPENSE = ("project_id", "municipality_id", "date", "amount", "category", "state")


@dataclass(frozen=True)
class State:
    """What was known of a region at a moment, seen on a day. Objects are unsaved, by primary key.

    What a joint project does or measures for a municipality elsewhere alone is not in it.
    Relations of the objects lead to today's rows: follow the keys (`project_id`) in here instead.
    """

    area: "Area"
    at: datetime
    on: date
    members: Members
    mergers: Mergers
    projects: Mapping[int, Project]
    participations: Sequence[Participation]
    tasks: Sequence[Task]
    goals: Sequence[Goal]
    baselines: Sequence[GoalBaseline]
    measurements: Sequence[Measurement]
    expenses: Sequence[Expense]
    targets: Sequence[ClimateTarget]

    def facts(self) -> list[ProjectFacts]:
        """What is counted of the projects, as `project_facts` reads it from today's rows."""
        return list(self._facts)

    @cached_property
    def _facts(self) -> list[ProjectFacts]:
        found = {
            pk: ProjectFacts(
                pk, row.stage, row.activity, row.content_updated_at,
                row.budget, row.money_as_of, row.cost_visibility, row.end_date,
            )
            for pk, row in self.projects.items()
        }  # fmt: skip
        for row in self.participations:
            place = self.mergers.now(row.municipality_id)
            own = found[row.project_id].own_stages
            if row.municipality_id == place or place not in own:  # its own word before a merged one
                own[place] = row.stage
        return list(found.values())

    def overdue(self) -> list[Task]:
        """Open tasks past their due date, of projects that go on; the longest late first."""
        over = {row.pk for row in self._facts if row.is_over}
        late = (t for t in self.tasks if t.project_id not in over and t.is_overdue(self.on))
        return sorted(late, key=lambda task: (task.due_date, task.pk))

    def task_table(self) -> TaskTable:
        """The tasks, counted as `TaskTable.read` counts today's."""
        return self._task_table

    @cached_property
    def _task_table(self) -> TaskTable:
        return TaskTable.of(
            (
                (task.project_id, self.mergers.now(task.municipality_id), task)
                for task in self.tasks
            ),
            self.on,
        )

    @cached_property
    def _tasks_of(self) -> Mapping[int, Sequence[Task]]:
        found: dict[int, list[Task]] = {}
        for task in self.tasks:
            found.setdefault(task.project_id, []).append(task)
        return found

    @cached_property
    def places_of(self) -> Mapping[int, Set[int]]:
        """Today's municipalities that took part in each project."""
        return {row.pk: row.own_stages.keys() for row in self._facts}

    def schedule(self, project: Project) -> Assessment:
        """The schedule status of a project and why (rule 2)."""
        tasks = [
            TaskDates(t.title, t.state, t.due_date, t.completed_at, t.completed_precision)
            for t in self._tasks_of.get(project.pk, ())
        ]
        return assess(
            ProjectDates(
                stage=project.stage,
                activity=project.activity,
                end=project.end_date,
                completed_on=project.completed_on,
                stated=project.stated_status,
                tasks=tasks,
            ),
            self.on,
        )

    def assessments(self) -> dict[int, tuple[Goal, GoalAssessment]]:
        """Each goal with what its figures say on the day, in the goals' order."""
        return dict(self._assessments)

    @cached_property
    def _assessments(self) -> Mapping[int, tuple[Goal, GoalAssessment]]:
        readings: dict[int, list[Reading]] = {}
        for row in sorted(self.measurements, key=lambda row: (row.date, row.pk)):
            readings.setdefault(row.goal_id, []).append(
                Reading(row.date, row.value, row.municipality_id)
            )
        own: dict[int, dict[int, Track]] = {}
        for row in self.baselines:
            own.setdefault(row.goal_id, {})[row.municipality_id] = row.track
        return {
            goal.pk: (
                goal,
                assess_goal(
                    state=goal.state,
                    track=Track(
                        goal.base_value, goal.base_date, goal.target_value, goal.target_date
                    ),
                    own_tracks=own.get(goal.pk, {}),
                    readings=readings.get(goal.pk, ()),
                    on=self.on,
                ),
            )
            for goal in self.goals
        }

    def telling_costs(self) -> set[int]:
        """Projects that publish what they have cost, and as of when."""
        return {
            pk
            for pk, row in self.projects.items()
            if row.cost_visibility != CostVisibility.NOTHING and row.money_as_of is not None
        }

    def spent(self) -> list[Expense]:
        """Expenses claimed or paid, of projects that publish what they cost."""
        public = self.telling_costs()
        return [row for row in self.expenses if row.project_id in public and row.state in SPENT]


Area = Region | Municipality
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
    tasks = _of(projects, as_of(Task, moments, in_any, TASK))
    expenses = _of(projects, as_of(Expense, moments, in_any, EXPENSE))
    goals = [
        [row for row in found if row.project_id in projects[n] or _is_own(row, area, members[n])]
        for n, found in enumerate(as_of(Goal, moments, in_any | own, GOAL))
    ]
    keys = [{goal.pk for goal in found} for found in goals]
    of_goals = Q(goal_id__in=KeyRows(set().union(*keys)))
    baselines = _of(keys, as_of(GoalBaseline, moments, of_goals, BASELINE), "goal_id")
    measurements = _of(keys, as_of(Measurement, moments, of_goals, MEASUREMENT), "goal_id")
    parts = members[0].parts
    targets = [
        [row for row in found if row.region_id in parts or _is_own(row, area, members[n])]
        for n, found in enumerate(as_of(ClimateTarget, moments, own | Q(region_id__in=list(parts))))
    ]
    joint = [target for found in targets for target in found if target.region_id]
    regions = {area.pk: area} if isinstance(area, Region) else {}
    if missing := {target.region_id for target in joint} - regions.keys():
        regions |= Region.objects.in_bulk(missing)
    for target in joint:
        target.region = regions[target.region_id]
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
            expenses=expenses[n],
            targets=targets[n],
        )
        for n, at in enumerate(moments)
    ]


def _of(
    owners: Sequence[Container[int]], found: Sequence[list[Row]], key: str = "project_id"
) -> list[list[Row]]:
    """At each moment the rows of what there was in the area at that moment."""
    return [
        [row for row in rows if getattr(row, key) in there]
        for there, rows in zip(owners, found, strict=True)
    ]


def _is_own(row: Goal | ClimateTarget, area: "Area", members: Members) -> bool:
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
    """The projects of the region that were public at each moment and still are. One query."""
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
    return [
        {row.pk: row for row in found}
        for found in as_of_each(Project, moments, conditions, PROJECT)
    ]
