"""All public tasks of a region, filtered: the proof of the numbers on its page."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from municipalities.alphabet import alphabetical
from municipalities.models import Municipality, Region
from projects.enums import OPEN_TASK_STATES, TaskState
from projects.models import Project, ProjectContact, Task
from projects.models.contact import valid_q
from projects.summaries.agenda import going_on_q
from projects.summaries.members import Members
from projects.summaries.places import Mergers, in_region_q

PER_PAGE = 50


class TaskFilter(StrEnum):
    """Which tasks; the value stands in the address."""

    ALL = "kaikki"
    DONE = "tehty"
    OPEN = "avoin"
    LATE = "myohassa"


@dataclass(frozen=True)
class TaskLine:
    """A task with its project, whose it is and, when it is late, by how many days."""

    task: Task
    project: Project
    municipality: Municipality | None
    days: int
    contact: object | None


@dataclass(frozen=True)
class TaskList:
    """One page of a region's tasks."""

    page: Page
    lines: tuple[TaskLine, ...]
    municipalities: tuple[Municipality, ...]
    municipality: Municipality | None
    on: date


def region_tasks(
    region: Region, which: TaskFilter, municipality: str, number: int, on: date | None = None
) -> TaskList:
    """A page of tasks: common ones and those of members, as the region's page counts them.

    `municipality` is a slug, empty for all. Eight queries at most.
    """
    on = on or timezone.localdate()
    members = Members.read(region, on)
    mergers = Mergers(on)
    chosen = next((row for row in members.by_pk.values() if row.slug == municipality), None)
    published = Project.objects.published().filter(in_region_q(region.pk, on))
    tasks = Task.objects.filter(project__in=published).exclude(state=TaskState.CANCELLED)
    places = mergers.whole({chosen.pk} if chosen else members.by_pk.keys())
    if chosen:
        tasks = tasks.filter(
            Q(municipality__in=places)
            | Q(municipality=None, project__participations__municipality__in=places)
        )
    else:
        tasks = tasks.filter(Q(municipality__in=places) | Q(municipality=None))
    page = Paginator(_narrowed(tasks, which, on), PER_PAGE).get_page(number)
    rows = list(page.object_list.select_related("project"))
    return TaskList(
        page=page,
        lines=tuple(_lines(rows, members, mergers, on)),
        municipalities=tuple(
            sorted(members.by_pk.values(), key=lambda row: alphabetical(row.name))
        ),
        municipality=chosen,
        on=on,
    )


def _narrowed(tasks: QuerySet[Task], which: TaskFilter, on: date) -> QuerySet[Task]:
    match which:
        case TaskFilter.DONE:
            found = tasks.filter(state=TaskState.DONE)
            return found.order_by("-completed_at", "-pk")
        case TaskFilter.OPEN:
            found = tasks.filter(state__in=OPEN_TASK_STATES)
        case TaskFilter.LATE:
            found = tasks.filter(going_on_q("project__"), state__in=OPEN_TASK_STATES)
            found = found.filter(due_date__lt=on)
        case _:
            found = tasks
    return found.order_by(F("due_date").asc(nulls_last=True), "pk")


def _lines(rows: list[Task], members: Members, mergers: Mergers, on: date) -> list[TaskLine]:
    listed = ProjectContact.objects.filter(
        valid_q("contact__", on), project__in={row.project_id for row in rows}, is_primary=True
    ).select_related("contact")
    primary = {row.project_id: row.contact for row in listed}
    return [
        TaskLine(
            task=row,
            project=row.project,
            municipality=members.by_pk.get(mergers.now(row.municipality_id)),
            days=(on - row.due_date).days if _is_late(row, on) else 0,
            contact=primary.get(row.project_id),
        )
        for row in rows
    ]


def _is_late(task: Task, on: date) -> bool:
    over = task.project.stage == "completed" or task.project.activity == "cancelled"
    return task.is_overdue(on) and not over
