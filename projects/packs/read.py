"""What a pack needs besides the facts of its region: the meetings, items and people around it."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from climateportal.keyrows import KeyRows
from climateportal.publishing import published_q
from climateportal.together import fetch_together
from municipalities.alphabet import alphabetical
from municipalities.models import (
    Attendance,
    Meeting,
    Municipality,
    Organisation,
    Region,
    SteeringGroup,
)
from projects.documents.blocks import Line, Span, line
from projects.models import (
    Contact,
    Decision,
    Event,
    Project,
    ProjectContact,
    RegionCoordinator,
    StageChange,
    Task,
)
from projects.models.contact import valid_q
from projects.packs import words
from projects.packs.asking import Contacts
from projects.summaries.agenda import AHEAD
from projects.summaries.changes import Move
from projects.summaries.contacts import asked_q, own_contacts, primary_listed
from projects.summaries.coordinators import Coordinators, coordinators
from projects.summaries.people import in_order
from projects.summaries.state import State


def previous_meeting(meeting: Meeting) -> Meeting | None:
    """The group's meeting before this one, with its frozen pack if it has one.

    A public pack tells of no meeting whose own pack is not public (rule 5).
    """
    earlier = meeting.group.meetings.filter(date__lt=meeting.date).order_by("-date")
    if meeting.is_public():
        earlier = earlier.published()
    return earlier.select_related("frozen").first()


def moment_of(meeting: Meeting, now: datetime | None = None) -> datetime:
    """The moment whose facts a pack tells: when it was frozen, or else the end of its day.

    A meeting of today or later tells what is known now.
    """
    if hasattr(meeting, "frozen"):
        return meeting.frozen.at
    now = now or timezone.now()
    next_day = datetime.combine(meeting.date + timedelta(days=1), datetime.min.time())
    return min(timezone.make_aware(next_day) - timedelta(microseconds=1), now)


def items_of(*meetings: Meeting) -> list[list[Decision]]:
    """The items of each meeting with the public projects they concern, and the follow-up task where
    its project is public. Two queries.
    """
    public = Prefetch("projects", Project.objects.published(), to_attr="shown_projects")
    its_project = Project.objects.published().filter(pk=OuterRef("follow_up__project"))
    rows = Decision.objects.filter(meeting__in=meetings).select_related("follow_up")
    found = list(rows.prefetch_related(public).annotate(follow_up_is_public=Exists(its_project)))
    for row in found:
        if not row.follow_up_is_public:
            row.follow_up = None
    return [[row for row in found if row.meeting_id == meeting.pk] for meeting in meetings]


def as_known(items: Sequence[Decision], state: State) -> Sequence[Decision]:
    """Items of an earlier meeting whose follow-up tasks are as they were in a state of a past day;
    in one of today they are as read.

    Of a task elsewhere than in the region's projects nothing is known of that time: its `state` is
    empty.
    """
    if timezone.localdate(state.at) >= timezone.localdate():
        return items
    tasks = {task.pk: task for task in state.tasks}
    found = [copy(item) for item in items]
    for item in found:
        task = item.follow_up
        if task and task.project_id in state.projects:
            item.follow_up = tasks.get(task.pk)
        elif task:
            item.follow_up = copy(task)
            item.follow_up.state = ""
    return found


def last_decisions(region: Region, state: State) -> tuple[Meeting, Sequence[Decision]] | None:
    """A region's last meeting before the day of a state whose pack is public, with its items; None
    when it has none. Three queries.
    """
    meeting = Meeting.objects.held(region.pk, state.on).first()
    items = as_known(items_of(meeting)[0], state) if meeting else []
    return (meeting, items) if items else None


def attendances_of(meeting: Meeting) -> list[Attendance]:
    """Who was there, the chair first. One query."""
    return list(
        meeting.attendances.select_related("membership__organisation__municipality").order_by(
            "-membership__is_chair", "membership__order", "pk"
        )
    )


@dataclass(frozen=True)
class Surroundings:
    """Of today, not of a past moment: names are today's, and who is not shown today is missing."""

    events: Sequence[Event]  # of the projects, the next first
    meetings: Sequence[Meeting]  # announced ones of the region
    decided: Mapping[int, Meeting]  # by a task that follows from a decision: where it was made
    moves: Mapping[tuple[int, int | None], date]  # the last change of a stage: project and place
    partners: Mapping[int, Municipality]  # all that take part, for a municipality's own report
    contacts: Contacts
    children: Sequence[Region]

    def task(self, task: Task) -> Line:
        """A task's title, and the meeting that decided on it."""
        title, meeting = words.text(task, "title"), self.decided.get(task.pk)
        if meeting is None:
            return title
        told = _("decided in the meeting on %(day)s") % {"day": words.day(meeting.date)}
        return line(title, ", ", Span(told, href=meeting.get_absolute_url()))

    def moved_on(self, move: Move) -> date | None:
        """The day of a change of stage; None where it was not recorded."""
        place = move.municipality.pk if move.municipality else None
        return self.moves.get((move.project.pk, place)) or self.moves.get((move.project.pk, None))


def surroundings_of(
    state: State,
    since: datetime | None = None,
    meeting: Meeting | None = None,
    previous: Meeting | None = None,
) -> Surroundings:
    """What a document tells besides the facts of a state, and of changes since a moment. One query.

    `meeting` is the one that the document is for: it does not lie ahead of itself. Decisions are
    those of public meetings, and of the `previous` one, which the reader of its pack may know.
    """
    projects = KeyRows(state.projects)
    last = state.on + timedelta(days=AHEAD + 1)
    events_ahead = Event.objects.filter(
        project__in=projects, starts_at__date__gte=state.on, starts_at__date__lte=last
    )
    followed = _followed(state, meeting, previous)
    moves = StageChange.objects.filter(
        project__in=projects, at__gt=since or state.at, at__lte=state.at
    )
    partners = {row.municipality_id for row in state.participations}
    region = state.area.pk if isinstance(state.area, Region) else 0
    primary, coordinating, people = _asked(state, region)
    ahead = _meetings_ahead(region, state.on).exclude(pk=meeting and meeting.pk)
    told = Meeting.objects.filter(
        Q(pk__in=ahead.values("pk")) | Q(pk__in=followed.values("meeting"))
    )
    groups = SteeringGroup.objects.filter(pk__in=told.values("group"))
    events, listed, contacts, bodies, regions, coordinating, decisions, changes, *rest = (
        fetch_together(
            [
                events_ahead,
                primary,
                people,
                Organisation.objects.filter(pk__in=people.values("organisation")),
                Region.objects.filter(Q(parent=region) | Q(pk__in=groups.values("region"))),
                coordinating,
                followed,
                moves,
                told,
                groups,
                Municipality.objects.filter(pk__in=KeyRows(() if region else partners)),
            ]
        )
    )
    meetings = _with_groups(rest[0], rest[1], regions)
    children = [row for row in regions if row.parent_id == region]
    return Surroundings(
        events=sorted(events, key=lambda row: (row.starts_at, row.pk)),
        meetings=[
            row
            for row in meetings.values()
            if row.date >= state.on and row.group.region_id == region
        ],
        decided={
            row.follow_up_id: meetings[row.meeting_id]
            for row in sorted(decisions, key=lambda row: row.pk)
        },
        moves={
            (row.project_id, state.mergers.now(row.municipality_id)): timezone.localdate(row.at)
            for row in sorted(changes, key=lambda row: (row.at, row.pk))
        },
        partners={row.pk: row for row in sorted(rest[2], key=lambda row: alphabetical(row.name))},
        contacts=_contacts(
            state,
            listed,
            contacts,
            bodies,
            _coordinators(state, coordinating, children, contacts),
        ),
        children=sorted(children, key=lambda row: (row.kind, alphabetical(row.name_fi))),
    )


def _followed(
    state: State, meeting: Meeting | None, previous: Meeting | None
) -> QuerySet[Decision]:
    """Decisions made by the day of a state from which tasks of its projects follow."""
    known = Q(meeting__in=Meeting.objects.published()) | Q(meeting=previous and previous.pk)
    made = Decision.objects.exclude(outcome="").exclude(meeting=meeting and meeting.pk)
    projects = KeyRows(state.projects)
    return made.filter(known, follow_up__project__in=projects, meeting__date__lte=state.on)


def _asked(
    state: State, region: int
) -> tuple[QuerySet[ProjectContact], QuerySet[RegionCoordinator], QuerySet[Contact]]:
    """The primary contacts of the projects, the region's coordinators, and all who may be asked."""
    primary = primary_listed(state.projects, timezone.localdate())
    named = {row.contact_id for row in state.participations if row.contact_id}
    coordinating = RegionCoordinator.objects.filter(Q(region=region) | Q(region__parent=region))
    # each by its keys: one condition on every contact there is would be worked out for all of them
    own = Contact.objects.filter(asked_q(state.members.by_pk))
    people = Contact.objects.filter(
        valid_q(),
        Q(pk__in=primary.values("contact"))
        | Q(pk__in=named)
        | Q(pk__in=coordinating.values("contact"))
        | Q(pk__in=own.values("pk")),
    )
    return primary, coordinating, people


def _meetings_ahead(region: int, on: date) -> QuerySet[Meeting]:
    """Meetings of a region's groups of the next `AHEAD` days that anybody may know of.

    One that has been held since is told of when its pack is public.
    """
    known = published_q() | Q(is_announced=True, date__gte=timezone.localdate())
    until = on + timedelta(days=AHEAD)
    return Meeting.objects.filter(known, group__region=region, date__gte=on, date__lte=until)


def _with_groups(
    meetings: Sequence[Meeting], groups: Sequence[SteeringGroup], regions: Sequence[Region]
) -> dict[int, Meeting]:
    """Meetings that know their group and its region, by key."""
    areas = {row.pk: row for row in regions}
    by_pk = {row.pk: row for row in groups}
    for group in groups:
        group.region = areas[group.region_id]
    for row in meetings:
        row.group = by_pk[row.group_id]
    return {row.pk: row for row in meetings}


def _contacts(
    state: State,
    listed: Sequence[ProjectContact],
    contacts: Sequence[Contact],
    organisations: Sequence[Organisation],
    coordinators: Coordinators | None,
) -> Contacts:
    """A municipality's own contact as its region's page chooses it, or else whom it has named for
    its part of a project.
    """
    bodies = {row.pk: row for row in organisations}
    for row in contacts:
        row.organisation = bodies.get(row.organisation_id)
    by_pk = {row.pk: row for row in contacts}
    places = own_contacts(contacts)
    for row in state.participations:
        if row.contact_id in by_pk:
            places.setdefault(state.mergers.now(row.municipality_id), by_pk[row.contact_id])
    primary = {row.project_id: by_pk[row.contact_id] for row in sorted(listed, key=in_order)}
    return Contacts(places, primary, coordinators)


def _coordinators(
    state: State,
    rows: Sequence[RegionCoordinator],
    children: Sequence[Region],
    contacts: Sequence[Contact],
) -> Coordinators | None:
    if not isinstance(state.area, Region):
        return None
    regions = {row.pk: row for row in (state.area, *children)}
    people = {row.pk: row for row in contacts}
    return Coordinators(coordinators(state.area, rows, regions, people), state.members)
