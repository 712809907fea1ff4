"""Counting projects, tasks and money, each thing once (rule 6). Rows in, numbers out."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from projects.enums import (
    OPEN_TASK_STATES,
    UNDER_WAY,
    Activity,
    CostVisibility,
    Stage,
    TaskState,
)
from projects.models import Project, Task
from projects.summaries.places import Mergers


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many projects are in one stage."""

    stage: Stage
    count: int


@dataclass(frozen=True, slots=True)
class ProjectCounts:
    """Projects by stage. Those on hold and cancelled have no stage: they stand beside."""

    stages: tuple[StageCount, ...]
    paused: int = 0
    cancelled: int = 0

    @property
    def in_stages(self) -> int:
        """Projects that go on or are completed."""
        return sum(row.count for row in self.stages)

    @property
    def total(self) -> int:
        """All projects."""
        return self.in_stages + self.paused + self.cancelled

    @property
    def under_way(self) -> int:
        """Projects in planning or implementation."""
        return sum(row.count for row in self.stages if row.stage in UNDER_WAY)

    @property
    def not_begun(self) -> int:
        """Ideas, and projects that are decided but not in planning yet."""
        return self.in_stages - self.under_way - self.completed

    @property
    def completed(self) -> int:
        """Completed projects."""
        return sum(row.count for row in self.stages if row.stage == Stage.COMPLETED)

    @classmethod
    def of(cls, numbers: Iterable[tuple[str, str, int]]) -> "ProjectCounts":
        """From (stage, activity, how many) of projects, each project in one of them."""
        stages: Counter[str] = Counter()
        halted: Counter[str] = Counter()
        for stage, activity, count in numbers:
            if activity == Activity.ACTIVE:
                stages[stage] += count
            else:
                halted[activity] += count
        return cls(
            stages=tuple(StageCount(stage, stages[stage]) for stage in Stage),
            paused=halted[Activity.PAUSED],
            cancelled=halted[Activity.CANCELLED],
        )


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """Tasks; the cancelled ones stand beside the total. Late: open and past their due date."""

    total: int = 0
    done: int = 0
    late: int = 0
    cancelled: int = 0

    @property
    def open(self) -> int:
        """Not started or in progress."""
        return self.total - self.done

    def __add__(self, other: "TaskCounts") -> "TaskCounts":
        return TaskCounts(
            self.total + other.total,
            self.done + other.done,
            self.late + other.late,
            self.cancelled + other.cancelled,
        )


class TaskTable:
    """Task counts of projects, split by the municipality that a task belongs to alone, if any."""

    def __init__(self, rows: Iterable[tuple[int, int | None, TaskCounts]]) -> None:
        self._by_project: dict[int, list[tuple[int | None, TaskCounts]]] = {}
        for project, municipality, counts in rows:
            self._by_project.setdefault(project, []).append((municipality, counts))

    @classmethod
    def read(cls, tasks: QuerySet[Task], on: date, mergers: Mergers) -> "TaskTable":
        """Count `tasks` on a day. One query, a row per project and municipality."""
        rows = (
            tasks.order_by()
            .values_list("project_id", "municipality_id")
            .annotate(
                total=Count("pk", filter=~Q(state=TaskState.CANCELLED)),
                done=Count("pk", filter=Q(state=TaskState.DONE)),
                late=Count("pk", filter=Q(state__in=OPEN_TASK_STATES, due_date__lt=on)),
                cancelled=Count("pk", filter=Q(state=TaskState.CANCELLED)),
            )
        )
        return cls(
            (project, mergers.now(place), TaskCounts(*counts)) for project, place, *counts in rows
        )

    @classmethod
    def of(cls, tasks: Iterable[tuple[int, int | None, Task]], on: date) -> "TaskTable":
        """Count (project, municipality, task) on a day."""

        found: dict[tuple[int, int | None], list[int]] = {}
        for project, place, task in tasks:
            counts = found.setdefault((project, place), [0, 0, 0, 0])
            if task.state == TaskState.CANCELLED:
                counts[3] += 1
                continue
            counts[0] += 1
            counts[1] += task.state == TaskState.DONE
            counts[2] += task.is_overdue(on)
        return cls((*owner, TaskCounts(*counts)) for owner, counts in found.items())

    def of_places(self, places: Collection[int], projects: Iterable["ProjectFacts"]) -> TaskCounts:
        """Tasks of `projects`, each once: the common ones and those of `places` alone.

        Open tasks of a project that is over were left undone: they are open, not late.
        """
        total = done = late = cancelled = 0
        for project in projects:
            is_over = project.is_over
            for place, counts in self._by_project.get(project.pk, ()):
                if place is None or place in places:
                    total += counts.total
                    done += counts.done
                    late += 0 if is_over else counts.late
                    cancelled += counts.cancelled
        return TaskCounts(total, done, late, cancelled)


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What is counted of one project."""

    pk: int
    stage: str
    activity: str
    updated_at: datetime
    budget: Decimal | None = None
    money_as_of: date | None = None
    cost_visibility: str = CostVisibility.TOTALS
    end_date: date | None = None
    own_stages: dict[int, str] = field(default_factory=dict)  # by municipality, "" = the project's

    @property
    def is_over(self) -> bool:
        """Whether nothing more is done in the project."""
        return self.activity == Activity.CANCELLED or self.stage == Stage.COMPLETED

    def is_past_end(self, on: date) -> bool:
        """Whether the end date is past on a day and the project goes on all the same."""
        goes_on = self.activity == Activity.ACTIVE and self.stage != Stage.COMPLETED
        return goes_on and self.end_date is not None and self.end_date < on

    @property
    def tells_money(self) -> bool:
        """Whether its sums are public: chosen so, and their date is known."""
        return self.cost_visibility != CostVisibility.NOTHING and self.money_as_of is not None

    def stage_in(self, municipality: int) -> str:
        """The stage of one municipality: its own if given, else the project's (rule 6)."""
        return self.own_stages.get(municipality) or self.stage


# columns of a project that `ProjectFacts` holds, in its order
_COUNTED = (
    "pk",
    "stage",
    "activity",
    "content_updated_at",
    "budget",
    "money_as_of",
    "cost_visibility",
    "end_date",
)


def project_facts(projects: QuerySet[Project], mergers: Mergers) -> list[ProjectFacts]:
    """`projects`, each once, with the own stages of today's municipalities in them. One query."""
    found: dict[int, ProjectFacts] = {}
    rows = projects.order_by().values_list(
        *_COUNTED, "participations__municipality", "participations__stage"
    )
    for pk, *values, named, own_stage in rows:
        facts = found.setdefault(pk, ProjectFacts(pk, *values))
        place = mergers.now(named)
        if place is None:  # a project without municipalities
            continue
        if named == place or place not in facts.own_stages:  # its own word before a merged one's
            facts.own_stages[place] = own_stage
    return list(found.values())
