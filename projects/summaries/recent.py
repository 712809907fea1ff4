"""What has happened in a region within a year, the newest first. Of rows that were read already."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from municipalities.models import Municipality
from projects.enums import TaskState
from projects.models import Goal, Project, StageChange, Task
from projects.summaries.agenda import AgendaRows
from projects.summaries.goals import GoalRow
from projects.summaries.spending import ProjectMoney, RegionMoney

FEW = 8
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class News:
    """One thing that happened: a task done or gone late, a stage, costs told or a measurement."""

    on: date
    project: Project | None = None  # None for a goal of the region or of a municipality
    done: Task | None = None
    gone_late: Task | None = None
    change: StageChange | None = None
    money: ProjectMoney | None = None
    goal: Goal | None = None
    value: Decimal | None = None
    municipality: Municipality | None = None


def news(
    rows: AgendaRows,
    goals: Iterable[GoalRow],
    money: RegionMoney,
    projects: Mapping[int, Project],
    places: Mapping[int, Municipality],
    on: date,
) -> tuple[News, ...]:
    """The few newest of the last year. Money is told of the projects that the page names."""
    found = [*_work(rows, projects, places, on), *_costs(money), *_measured(goals, places)]
    lately = (row for row in found if on - YEAR <= row.on <= on)
    return tuple(sorted(lately, key=lambda row: row.on, reverse=True)[:FEW])


def _work(
    rows: AgendaRows,
    projects: Mapping[int, Project],
    places: Mapping[int, Municipality],
    on: date,
) -> Iterator[News]:
    for task in rows.tasks:
        project, place = projects[task.project_id], places.get(task.municipality_id)
        if task.state == TaskState.DONE:
            yield News(task.completed_at, project, done=task, municipality=place)
        elif task.is_overdue(on):
            day = task.due_date + timedelta(days=1)
            yield News(day, project, gone_late=task, municipality=place)
    for change in rows.changes:
        yield News(
            timezone.localdate(change.at),
            projects[change.project_id],
            change=change,
            municipality=places.get(change.municipality_id),
        )


def _costs(money: RegionMoney) -> Iterator[News]:
    for row in money.projects:
        if row.project is not None and row.used is not None:
            yield News(row.as_of, row.project, money=row)


def _measured(goals: Iterable[GoalRow], places: Mapping[int, Municipality]) -> Iterator[News]:
    """The latest measurement of each goal: of the whole before those of the same day in it."""
    for row in goals:
        measured = [series for series in row.series if series.progress.last]
        if measured:
            newest = max(measured, key=lambda one: (one.progress.last.day, one.place is None))
            last, place = newest.progress.last, newest.place or places.get(row.goal.municipality_id)
            yield News(last.day, goal=row.goal, value=last.value, municipality=place)
