"""From dates to a schedule status and its reasons. Pure: values in, values out, no database.

Rule 2 of the product: the status follows from dates and says why. A coordinator may state another
status; the stated one is then the badge, and facts that contradict it are told beside it.
`ProjectQuerySet.with_schedule` says the same in SQL, and a test compares the two.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from projects.enums import Activity, Precision, ScheduleStatus, Stage, TaskState

RUNNING_STATUSES = (ScheduleStatus.ON_TIME, ScheduleStatus.AT_RISK, ScheduleStatus.LATE)
COMPLETED_STATUSES = (ScheduleStatus.COMPLETED_ON_TIME, ScheduleStatus.COMPLETED_LATE)
OPEN = (TaskState.NOT_STARTED, TaskState.IN_PROGRESS)


class FactKind(StrEnum):
    """What a fact tells. `projects.templatetags.projects` has the sentence of each."""

    TASK_OVERDUE = "task_overdue"  # days, task
    END_PASSED = "end_passed"  # days, date
    TASKS_DONE_AFTER_END = "tasks_done_after_end"  # tasks, date
    COMPLETED_AFTER_END = "completed_after_end"  # days, date
    COMPLETED_BEFORE_END = "completed_before_end"  # date
    TASKS_LEFT_OPEN = "tasks_left_open"  # tasks
    NEXT_DUE = "next_due"  # date: the earliest due date or end ahead
    DATES_SAY = "dates_say"  # status: what follows from the dates when another one is stated
    COMPLETION_DAY_MISSING = "completion_day_missing"
    END_MISSING = "end_missing"
    NOTHING_DATED = "nothing_dated"


@dataclass(frozen=True, slots=True)
class Fact:
    """One dated fact about a schedule. `days` counts whole days after the due or end date."""

    kind: FactKind
    days: int = 0
    on: date | None = None
    tasks: tuple[str, ...] = ()
    status: ScheduleStatus | None = None


@dataclass(frozen=True, slots=True)
class TaskDates:
    """What the rules need of a task."""

    title: str
    state: str
    due: date | None = None
    completed: date | None = None
    completed_precision: str = Precision.DAY


@dataclass(frozen=True, slots=True)
class ProjectDates:
    """What the rules need of a project. `end` is the last day of what its precision says."""

    stage: str
    activity: str = Activity.ACTIVE
    end: date | None = None
    completed_on: date | None = None
    stated: str = ""
    tasks: Sequence[TaskDates] = field(default=())


@dataclass(frozen=True, slots=True)
class Assessment:
    """A schedule status with its reasons, the worst first."""

    status: ScheduleStatus
    is_stated: bool
    facts: tuple[Fact, ...]


def period_end(day: date, precision: str) -> date:
    """The last day of the day, month or year that `day` lies in."""
    if precision == Precision.YEAR:
        return date(day.year, 12, 31)
    if precision == Precision.MONTH:
        return date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])
    return day


def period_start(day: date, precision: str) -> date:
    """The first day of the day, month or year that `day` lies in."""
    if precision == Precision.YEAR:
        return date(day.year, 1, 1)
    if precision == Precision.MONTH:
        return date(day.year, day.month, 1)
    return day


def assess(project: ProjectDates, on: date) -> Assessment:
    """The schedule status of a project on a day (local date in Finland), and why."""
    if project.activity != Activity.ACTIVE:
        return Assessment(ScheduleStatus.UNKNOWN, is_stated=False, facts=())
    completed = project.stage == Stage.COMPLETED
    computed, facts = _completed(project) if completed else _running(project, on)
    allowed = COMPLETED_STATUSES if completed else RUNNING_STATUSES
    if project.stated not in allowed:
        return Assessment(computed, is_stated=False, facts=tuple(facts))
    stated = ScheduleStatus(project.stated)
    facts = _beside_stated(stated, computed, facts)
    return Assessment(stated, is_stated=True, facts=tuple(facts))


def _running(project: ProjectDates, on: date) -> tuple[ScheduleStatus, list[Fact]]:
    overdue = sorted(
        (task for task in project.tasks if task.state in OPEN and task.due and task.due < on),
        key=lambda task: (task.due, task.title),
    )
    facts = [
        Fact(FactKind.TASK_OVERDUE, days=(on - task.due).days, on=task.due, tasks=(task.title,))
        for task in overdue
    ]
    if project.end and project.end < on:
        facts.insert(0, Fact(FactKind.END_PASSED, days=(on - project.end).days, on=project.end))
    late = bool(facts)
    facts += _done_after_end(project)
    if late:
        return ScheduleStatus.LATE, facts
    is_dated = project.end or any(
        task.due for task in project.tasks if task.state != TaskState.CANCELLED
    )
    if is_dated:
        ahead = [task.due for task in project.tasks if task.state in OPEN and task.due]
        ahead += [project.end] if project.end else []
        next_due = [Fact(FactKind.NEXT_DUE, on=min(ahead))] if ahead else []
        return ScheduleStatus.ON_TIME, [*facts, *next_due]
    return ScheduleStatus.UNKNOWN, [*facts, Fact(FactKind.NOTHING_DATED)]


def _completed(project: ProjectDates) -> tuple[ScheduleStatus, list[Fact]]:
    left = tuple(task.title for task in project.tasks if task.state in OPEN)
    facts = [Fact(FactKind.TASKS_LEFT_OPEN, tasks=left)] if left else []
    if project.end is None:
        return ScheduleStatus.UNKNOWN, [Fact(FactKind.END_MISSING), *facts]
    if project.completed_on is None:
        return ScheduleStatus.UNKNOWN, [
            Fact(FactKind.COMPLETION_DAY_MISSING),
            *_done_after_end(project),
            *facts,
        ]
    days = (project.completed_on - project.end).days
    if days > 0:
        fact = Fact(FactKind.COMPLETED_AFTER_END, days=days, on=project.completed_on)
        return ScheduleStatus.COMPLETED_LATE, [fact, *_done_after_end(project), *facts]
    fact = Fact(FactKind.COMPLETED_BEFORE_END, on=project.completed_on)
    return ScheduleStatus.COMPLETED_ON_TIME, [fact, *_done_after_end(project), *facts]


def _done_after_end(project: ProjectDates) -> list[Fact]:
    if project.end is None:
        return []
    late = tuple(
        task.title
        for task in project.tasks
        if task.completed and period_start(task.completed, task.completed_precision) > project.end
    )
    return [Fact(FactKind.TASKS_DONE_AFTER_END, on=project.end, tasks=late)] if late else []


def _beside_stated(
    stated: ScheduleStatus, computed: ScheduleStatus, facts: list[Fact]
) -> list[Fact]:
    """What to tell beside a stated status: dates that contradict it, never hidden."""
    silent = (
        FactKind.NOTHING_DATED, FactKind.END_MISSING, FactKind.COMPLETION_DAY_MISSING,
        FactKind.NEXT_DUE,
    )  # fmt: skip
    told = [fact for fact in facts if fact.kind not in silent]
    if computed in (stated, ScheduleStatus.UNKNOWN):
        return told
    return [Fact(FactKind.DATES_SAY, status=computed), *told]
