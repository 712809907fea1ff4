"""What is late in a municipality, and whom to ask."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db.models import Q, QuerySet

from climateportal.keyrows import KeyRows
from municipalities.models import Municipality, Region
from projects.enums import OPEN_TASK_STATES
from projects.models import Contact, Project, ProjectContact, RegionCoordinator, Task
from projects.models.contact import valid_q
from projects.summaries.agenda import FEW, LateTask, PastEnd
from projects.summaries.contacts import NEAREST
from projects.summaries.coordinators import Asked
from projects.summaries.counts import ProjectFacts
from projects.summaries.people import in_order


@dataclass(frozen=True)
class Late:
    """The few longest late: open tasks, joint ones too, and projects past their end date."""

    tasks: tuple[LateTask, ...] = ()
    past: tuple[PastEnd, ...] = ()
    past_total: int = 0


class Rows(Protocol):
    """What was read with `late_queries`, and the regions of the municipality."""

    late: Sequence[Task]
    leads: Sequence[ProjectContact]
    coordinators: Sequence[RegionCoordinator]
    asked: Sequence[Contact]
    regions: Sequence[Region]


def late_queries(
    whole: Collection[int], facts: Sequence[ProjectFacts], regions: QuerySet[Region], on: date
) -> list[QuerySet]:
    """The first four of `Rows`. `whole` is the municipality's key and those merged into it."""
    going_on = KeyRows(row.pk for row in facts if not row.is_over)
    whose = Q(municipality=None) | Q(municipality__in=list(whole))
    late = Task.objects.filter(
        whose, project__in=going_on, state__in=OPEN_TASK_STATES, due_date__lt=on
    ).order_by("due_date", "pk")
    first = Task.objects.filter(pk__in=late.values("pk")[:FEW])
    of_late = Q(project__in=first.values("project")) | Q(project__in=_past(facts, on)[:FEW])
    valid = valid_q("contact__", on)
    leads = ProjectContact.objects.filter(valid, of_late, is_primary=True)
    coordinators = RegionCoordinator.objects.filter(valid, region__in=regions.values("pk"))
    asked = Contact.objects.filter(
        Q(pk__in=leads.values("contact")) | Q(pk__in=coordinators.values("contact"))
    )
    return [first, leads, coordinators, asked]


def late_projects(rows: Rows, facts: Sequence[ProjectFacts], on: date) -> set[int]:
    """The projects that are named with what is late."""
    return {*(task.project_id for task in rows.late), *_past(facts, on)[:FEW]}


def late_here(
    municipality: Municipality,
    rows: Rows,
    facts: Sequence[ProjectFacts],
    projects: Mapping[int, Project],
    on: date,
) -> Late:
    """What is late on a day; `projects` hold those of `late_projects`. No queries."""
    contacts = {row.pk: row for row in rows.asked}
    leads = {row.project_id: Asked(contacts[row.contact_id]) for row in rows.leads}
    coordinator = _nearest(rows.coordinators, {row.pk: row for row in rows.regions})
    instead = Asked(contacts[coordinator.contact_id], is_coordinator=True) if coordinator else None
    past = _past(facts, on)
    return Late(
        tasks=tuple(
            LateTask(
                task,
                projects[task.project_id],
                (on - task.due_date).days,
                municipality if task.municipality_id else None,
                leads.get(task.project_id, instead),
                decided_in=None,  # told on the region's pages
            )
            for task in sorted(rows.late, key=lambda task: (task.due_date, task.pk))
        ),
        past=tuple(
            PastEnd(projects[pk], (on - projects[pk].end_date).days, leads.get(pk, instead))
            for pk in past[:FEW]
        ),
        past_total=len(past),
    )


def _past(facts: Iterable[ProjectFacts], on: date) -> list[int]:
    """The projects that go on past their end date, the longest first."""
    return [
        pk for _day, pk in sorted((row.end_date, row.pk) for row in facts if row.is_past_end(on))
    ]


def _nearest(
    rows: Iterable[RegionCoordinator], regions: Mapping[int, Region]
) -> RegionCoordinator | None:
    """The first coordinator of the nearest region that has any."""
    known = [row for row in rows if regions[row.region_id].kind in NEAREST]
    return min(
        known,
        key=lambda row: (NEAREST.index(regions[row.region_id].kind), *in_order(row)),
        default=None,
    )
