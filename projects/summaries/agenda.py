"""What is late and what comes next in a region, and the rows of what has happened. Few queries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from climateportal.keyrows import KeyRows
from climateportal.together import fetch_together
from municipalities.alphabet import alphabetical
from municipalities.models import Meeting, Municipality
from projects.enums import OPEN_TASK_STATES, Activity, Stage, TaskState
from projects.models import (
    Adoption,
    Contact,
    Event,
    GoodPractice,
    Project,
    StageChange,
    Task,
)
from projects.summaries.contacts import primary_of, primary_rows
from projects.summaries.coordinators import Asked, Coordinators
from projects.summaries.counts import ProjectFacts
from projects.summaries.decided import Decided, DecidedRows, decided_of, decided_rows

FEW = 6  # rows of each kind on the page; the lists have all
AHEAD = 120  # days


def going_on_q(prefix: str = "") -> Q:
    """Projects whose open tasks can be late: neither completed nor cancelled."""
    return ~Q(**{f"{prefix}stage": Stage.COMPLETED}) & ~Q(
        **{f"{prefix}activity": Activity.CANCELLED}
    )


def past_end_q(on: date) -> Q:
    """Projects whose end date is past on a day and that go on: `ProjectFacts.is_past_end`."""
    return ~Q(stage=Stage.COMPLETED) & Q(activity=Activity.ACTIVE, end_date__lt=on)


@dataclass(frozen=True)
class LateTask:
    """An overdue task with whose it is and whom to ask."""

    task: Task
    project: Project
    days: int
    municipality: Municipality | None
    asked: Asked | None
    decided_in: Meeting | None  # of which the task is the follow-up


@dataclass(frozen=True)
class PastEnd:
    """A project that goes on past its end date, by how many days, and whom to ask."""

    project: Project
    days: int
    asked: Asked | None


@dataclass(frozen=True)
class Happening:
    """Something that will happen on a day in a project."""

    on: date
    project: Project
    task: Task | None = None
    event: Event | None = None
    ends: bool = False  # the project's end date
    municipality: Municipality | None = None


@dataclass(frozen=True)
class Agenda:
    """The few most pressing rows of each kind. Every tuple may be empty."""

    past: tuple[PastEnd, ...]
    past_total: int
    late: tuple[LateTask, ...]
    coming: tuple[Happening, ...]
    practices: tuple[GoodPractice, ...]


@dataclass(frozen=True)
class AgendaRows:
    """What was read of the agenda, before the projects of the rows are known."""

    tasks: Sequence[Task]
    changes: Sequence[StageChange]
    events: Sequence[Event]
    practices: Sequence[GoodPractice]
    ending: Sequence[int]  # projects that end soonest
    past: Sequence[int]  # projects past their end date, the longest first
    whose: Mapping[int, Collection[int]]  # municipalities by project

    @property
    def projects(self) -> set[int]:
        """The projects that the rows speak of."""
        found = {row.project_id for row in (*self.tasks, *self.changes, *self.events)}
        return found | set(self.ending) | set(self.past[:FEW])

    def late_tasks(self, on: date) -> dict[int, Task]:
        """The late tasks, by key."""
        return {task.pk: task for task in self.tasks if task.is_overdue(on)}


def read_agenda(facts: Sequence[ProjectFacts], places: Collection[int], on: date) -> AgendaRows:
    """The rows of public projects on a day. One query.

    `places` are the municipalities whose own tasks count, with those merged into them.
    """
    going_on = {row.pk: row.end_date for row in facts if not row.is_over}
    past = sorted((row.end_date, row.pk) for row in facts if row.is_past_end(on))
    projects, places = KeyRows([row.pk for row in facts]), list(places)
    whose = Q(municipality=None) | Q(municipality__in=places)
    tasks = Task.objects.filter(whose, project__in=KeyRows(going_on))
    late = tasks.filter(state__in=OPEN_TASK_STATES, due_date__lt=on)
    until = on + timedelta(days=AHEAD)
    due = tasks.filter(state__in=OPEN_TASK_STATES, due_date__gte=on, due_date__lte=until)
    done = Task.objects.filter(
        whose, project__in=projects, state=TaskState.DONE, completed_at__lte=on
    )
    changes = StageChange.objects.filter(project__in=projects).exclude(from_stage="")
    morning = timezone.make_aware(datetime.combine(on, time.min))
    ends = morning + timedelta(days=AHEAD + 1)
    events = Event.objects.filter(project__in=projects, starts_at__gte=morning, starts_at__lt=ends)
    adopted = Adoption.objects.filter(municipality__in=places)
    practices = GoodPractice.objects.published().filter(
        Q(project__in=projects) | Q(pk__in=adopted.values("practice"))
    )

    def first(rows: QuerySet, *order: str) -> Q:
        return Q(pk__in=rows.order_by(*order).values("pk")[:FEW])

    found = fetch_together(
        [
            Task.objects.filter(
                first(late, "due_date", "pk")
                | first(late, "-due_date", "-pk")
                | first(due, "due_date", "pk")
                | first(done, "-completed_at", "-pk")
            ),
            StageChange.objects.filter(first(changes, "-at", "-pk")),
            Event.objects.filter(first(events, "starts_at", "pk")),
            GoodPractice.objects.published().filter(first(practices, "-published_at", "pk")),
        ]
    )
    ends = ((day, pk) for pk, day in going_on.items() if day)
    soonest = sorted((day, pk) for day, pk in ends if on <= day <= until)[:FEW]
    return AgendaRows(
        *found,
        ending=[pk for _day, pk in soonest],
        past=[pk for _day, pk in past],
        whose={row.pk: row.own_stages.keys() for row in facts},
    )


def read_around(
    rows: AgendaRows, last: Meeting | None, on: date
) -> tuple[dict[int, Contact], DecidedRows]:
    """Whom to ask about what is late, by project, and what was decided of it and in the `last`
    meeting. One query.
    """
    late = rows.late_tasks(on)
    projects = {*rows.past[:FEW], *(task.project_id for task in late.values())}
    asked = primary_rows(projects, on)
    found = fetch_together([*asked, *decided_rows(last, late, on)])
    return primary_of(*found[: len(asked)]), decided_of(*found[len(asked) :])


def agenda_of(
    rows: AgendaRows,
    primary: Mapping[int, Contact],
    projects: Mapping[int, Project],
    places: Mapping[int, Municipality],
    coordinators: Coordinators,
    decided: Decided,
    on: date,
) -> Agenda:
    """The agenda of rows whose `projects` are known, and the `primary` contacts of those.

    `places` are the municipalities by key, merged ones under their old key too.
    """
    late = rows.late_tasks(on).values()
    past = rows.past[:FEW]
    return Agenda(
        past=tuple(
            PastEnd(
                projects[pk],
                (on - projects[pk].end_date).days,
                coordinators.asked(primary.get(pk), rows.whose[pk]),
            )
            for pk in past
        ),
        past_total=len(rows.past),
        late=tuple(
            LateTask(
                task,
                projects[task.project_id],
                (on - task.due_date).days,
                places.get(task.municipality_id),
                coordinators.asked(
                    primary.get(task.project_id),
                    [places[task.municipality_id].pk]
                    if task.municipality_id
                    else rows.whose[task.project_id],
                ),
                decided.of_task.get(task.pk),
            )
            for task in sorted(late, key=lambda task: (task.due_date, task.pk))[:FEW]
        ),
        coming=_coming(rows, projects, places, on),
        practices=tuple(sorted(rows.practices, key=lambda row: alphabetical(row.title))),
    )


def _coming(
    found: AgendaRows,
    projects: Mapping[int, Project],
    places: Mapping[int, Municipality],
    on: date,
) -> tuple[Happening, ...]:
    rows = [
        Happening(
            task.due_date, projects[task.project_id], task=task,
            municipality=places.get(task.municipality_id),
        )
        for task in found.tasks
        if task.state in OPEN_TASK_STATES and task.due_date and task.due_date >= on
    ]  # fmt: skip
    rows += [
        Happening(timezone.localdate(event.starts_at), projects[event.project_id], event=event)
        for event in found.events
    ]
    rows += [Happening(projects[pk].end_date, projects[pk], ends=True) for pk in found.ending]
    return tuple(sorted(rows, key=lambda row: row.on)[:FEW])
