"""All public tasks of a region, filtered: the proof of the numbers on its page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.utils import timezone

from climateportal.keyrows import KeyRows
from municipalities.alphabet import alphabetical
from municipalities.models import Meeting, Municipality, Region
from projects.enums import OPEN_TASK_STATES, TaskState
from projects.models import Participation, Project, Task
from projects.summaries.agenda import going_on_q, past_end_q
from projects.summaries.contacts import primary_contacts
from projects.summaries.coordinators import Asked, Coordinators
from projects.summaries.decided import meetings_of
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
    asked: Asked | None
    decided_in: Meeting | None  # of which the task is the follow-up


@dataclass(frozen=True)
class TaskList:
    """One page of a region's tasks."""

    page: Page
    lines: tuple[TaskLine, ...]
    municipalities: tuple[Municipality, ...]
    municipality: Municipality | None
    counts: Mapping[str, int]  # by filter
    past_end: int  # projects past their end date, told with late tasks
    on: date


def region_tasks(
    region: Region,
    which: TaskFilter,
    municipality: str,
    number: int,
    on: date | None = None,
    per_page: int = PER_PAGE,
) -> TaskList:
    """A page of tasks: common ones and those of members, as the region's page counts them.

    `municipality` is a slug, empty for all. Eleven queries at most.
    """
    on = on or timezone.localdate()
    members = Members.read(region, on)
    mergers = Mergers(on)
    chosen = next((row for row in members.by_pk.values() if row.slug == municipality), None)
    published = Project.objects.published().filter(in_region_q(region.pk, on))
    tasks = Task.objects.filter(project__in=published).exclude(state=TaskState.CANCELLED)
    places = mergers.whole({chosen.pk} if chosen else members.by_pk.keys())
    tasks = tasks.filter(Q(municipality__in=places) | Q(municipality=None))
    if chosen:
        theirs = Participation.objects.filter(municipality__in=places)
        tasks = tasks.filter(project__in=theirs.values("project"))
    page = Paginator(_in_order(tasks.filter(_of(which, on)), which, on), per_page).get_page(number)
    rows = list(page.object_list.select_related("project"))
    coordinators = Coordinators.read(region, members, on)
    late = which == TaskFilter.LATE
    return TaskList(
        page=page,
        lines=tuple(_lines(rows, members, mergers, coordinators, on)),
        counts=tasks.aggregate(
            **{str(known): Count("pk", filter=_of(known, on)) for known in TaskFilter}
        ),
        municipalities=tuple(
            sorted(members.by_pk.values(), key=lambda row: alphabetical(row.name))
        ),
        municipality=chosen,
        past_end=published.filter(past_end_q(on)).count() if late else 0,
        on=on,
    )


def _of(which: TaskFilter, on: date) -> Q:
    is_open = Q(state__in=OPEN_TASK_STATES)
    match which:
        case TaskFilter.DONE:
            return Q(state=TaskState.DONE)
        case TaskFilter.OPEN:
            return is_open
        case TaskFilter.LATE:
            return going_on_q("project__") & is_open & Q(due_date__lt=on)
    return Q(pk__isnull=False)


def _in_order(tasks: QuerySet[Task], which: TaskFilter, on: date) -> QuerySet[Task]:
    """The longest late first, then what is open by its due date, then the latest done."""
    if which == TaskFilter.DONE:
        return tasks.order_by("-completed_at", "-pk")
    place = Case(
        When(_of(TaskFilter.LATE, on), then=Value(0)),
        When(_of(TaskFilter.OPEN, on), then=Value(1)),
        default=Value(2),
    )
    due = Case(When(_of(TaskFilter.OPEN, on), then=F("due_date")))
    latest = F("completed_at").desc(nulls_last=True)
    return tasks.order_by(place, due.asc(nulls_last=True), latest, "pk")


def _lines(
    rows: Sequence[Task],
    members: Members,
    mergers: Mergers,
    coordinators: Coordinators,
    on: date,
) -> Iterator[TaskLine]:
    primary = primary_contacts({row.project_id for row in rows}, on)
    joint = {row.project_id for row in rows if not row.municipality_id} - primary.keys()
    whose: dict[int, set[int]] = {}
    theirs = Participation.objects.filter(project__in=KeyRows(joint)).values_list(
        "project", "municipality"
    )
    for project, place in theirs if joint else ():
        whose.setdefault(project, set()).add(mergers.now(place))
    decided = meetings_of({row.pk for row in rows}, on)
    for row in rows:
        place = mergers.now(row.municipality_id)
        yield TaskLine(
            task=row,
            project=row.project,
            municipality=members.by_pk.get(place),
            days=(on - row.due_date).days if _is_late(row, on) else 0,
            asked=coordinators.asked(
                primary.get(row.project_id), [place] if place else whose.get(row.project_id, ())
            ),
            decided_in=decided.get(row.pk),
        )


def _is_late(task: Task, on: date) -> bool:
    return task.is_overdue(on) and not task.project.is_over()
