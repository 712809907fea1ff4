"""What steering groups have decided, as everybody may know it, and what became of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from climateportal.keyrows import KeyRows
from climateportal.models import User
from municipalities.models import Meeting, Region, SteeringGroup
from projects.models import Decision, Project, Task
from projects.permissions import pack_readable_q
from projects.summaries.people import in_order


@dataclass(frozen=True)
class Followed:
    """An item of a meeting; its follow-up task, if its project is public, and by how many days
    that is late.
    """

    decision: Decision
    task: Task | None
    project: Project | None
    days: int


@dataclass(frozen=True)
class Decided:
    """The items of a public meeting, and the meetings in which tasks were decided, by task."""

    meeting: Meeting | None
    items: tuple[Followed, ...]
    of_task: Mapping[int, Meeting]


@dataclass(frozen=True)
class DecidedRows:
    """What was read, before the projects of the tasks are known."""

    decisions: Sequence[Decision]
    tasks: Sequence[Task]

    @property
    def projects(self) -> set[int]:
        """The projects of the follow-up tasks."""
        return {row.project_id for row in self.tasks}

    def decided(self, last: Meeting | None, projects: Mapping[int, Project], on: date) -> Decided:
        """The items of the `last` meeting on a day. `projects` are those that are public."""
        tasks = {row.pk: row for row in self.tasks if row.project_id in projects}
        items = (row for row in self.decisions if last and row.meeting_id == last.pk)
        return Decided(
            meeting=last,
            items=tuple(_followed(row, tasks, projects, on) for row in sorted(items, key=in_order)),
            of_task=_by_task(self.decisions),
        )


def decided_rows(
    last: Meeting | None, tasks: Collection[int], on: date
) -> tuple[QuerySet, QuerySet, QuerySet, QuerySet, QuerySet]:
    """For `fetch_together`: the items of the `last` meeting and those that led to `tasks`, and
    around them meetings, groups, regions and follow-up tasks.

    Only of meetings that were held by the day and whose packs are public (rule 5).
    """
    items = _public(on).filter(Q(meeting=last) | Q(follow_up__in=list(tasks)))
    meetings = Meeting.objects.filter(pk__in=items.values("meeting"))
    groups = SteeringGroup.objects.filter(pk__in=meetings.values("group"))
    return (
        items,
        meetings,
        groups,
        Region.objects.filter(pk__in=groups.values("region")),
        Task.objects.filter(pk__in=items.filter(meeting=last).values("follow_up")),
    )


def decided_of(
    decisions: Sequence[Decision],
    meetings: Iterable[Meeting],
    groups: Iterable[SteeringGroup],
    regions: Iterable[Region],
    tasks: Sequence[Task],
) -> DecidedRows:
    """What `decided_rows` found, each put beside the other."""
    by_region = {row.pk: row for row in regions}
    by_group = {row.pk: row for row in groups}
    by_meeting = {row.pk: row for row in meetings}
    for group in by_group.values():
        group.region = by_region[group.region_id]
    for meeting in by_meeting.values():
        meeting.group = by_group[meeting.group_id]
    for decision in decisions:
        decision.meeting = by_meeting[decision.meeting_id]
    return DecidedRows(decisions, tasks)


def meetings_of(tasks: Collection[int], on: date) -> dict[int, Meeting]:
    """The public meetings in which tasks were decided, by task. One query at most."""
    if not tasks:
        return {}
    rows = _public(on).filter(follow_up__in=KeyRows(tasks)).select_related("meeting__group__region")
    return _by_task(rows)


def readable_meetings(meetings: Collection[Meeting], user: AnonymousUser | User) -> set[int]:
    """The keys of those whose packs the user may open, public or not. No query for a visitor, one
    for who has signed in.
    """
    if not user.is_authenticated or not meetings:
        return set()
    here = Meeting.objects.filter(pk__in={row.pk for row in meetings})
    return set(here.filter(pack_readable_q(user)).values_list("pk", flat=True))


def _public(on: date) -> QuerySet[Decision]:
    held = Meeting.objects.published().filter(date__lte=on)
    return Decision.objects.filter(meeting__in=held)


def _by_task(decisions: Iterable[Decision]) -> dict[int, Meeting]:
    """The first meeting that decided each task."""
    made = (row for row in decisions if row.outcome and row.follow_up_id)
    latest_first = sorted(made, key=lambda row: row.meeting.date, reverse=True)
    return {row.follow_up_id: row.meeting for row in latest_first}


def _followed(
    decision: Decision, tasks: Mapping[int, Task], projects: Mapping[int, Project], on: date
) -> Followed:
    task = tasks.get(decision.follow_up_id)
    if task is None:
        return Followed(decision, None, None, 0)
    project = projects[task.project_id]
    late = task.is_overdue(on) and not project.is_over()
    return Followed(decision, task, project, (on - task.due_date).days if late else 0)
