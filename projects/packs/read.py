"""What a pack needs besides the facts of its region: the meetings, items and people around it."""

from datetime import datetime, timedelta

from django.db.models import Prefetch
from django.utils import timezone

from municipalities.models import Attendance, Meeting
from projects.documents.blocks import Line, line
from projects.models import Contact, Decision, Event, Project, ProjectContact
from projects.models.contact import valid_q
from projects.packs.ahead import DAYS
from projects.summaries.state import State


def previous_meeting(meeting: Meeting) -> Meeting | None:
    """The group's meeting before this one, with its frozen pack if it has one."""
    earlier = meeting.group.meetings.filter(date__lt=meeting.date).order_by("-date")
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


def items_of(meeting: Meeting) -> list[Decision]:
    """The items of a meeting with the public projects they concern. Two queries."""
    public = Prefetch("projects", Project.objects.published(), to_attr="shown_projects")
    return list(meeting.decisions.select_related("follow_up").prefetch_related(public))


def attendances_of(meeting: Meeting) -> list[Attendance]:
    """Who was there, the chair first. One query."""
    return list(
        meeting.attendances.select_related("membership__organisation__municipality").order_by(
            "-membership__is_chair", "membership__order", "pk"
        )
    )


def events_of(state: State) -> list[Event]:
    """Events ahead of the projects of a state. One query."""
    last = state.on + timedelta(days=DAYS + 1)
    found = Event.objects.filter(project__in=list(state.projects), starts_at__date__lte=last)
    return list(found.filter(starts_at__date__gte=state.on).order_by("starts_at", "pk"))


def contacts_of(state: State) -> dict[int, Line]:
    """Whom to ask: by municipality its own contacts, by −project the primary one. Two queries.

    Names as they are today: somebody whose time has ended is in no pack that is not frozen.
    """
    found: dict[int, Line] = {}
    primary = ProjectContact.objects.filter(
        valid_q("contact__"), project__in=list(state.projects), is_primary=True
    ).select_related("contact__organisation")
    for row in primary:
        found[-row.project_id] = line(row.contact.name)
    named = {row.contact_id for row in state.participations if row.contact_id}
    names = dict(Contact.objects.filter(valid_q(), pk__in=named).values_list("pk", "name"))
    for row in state.participations:
        place = state.mergers.now(row.municipality_id)
        if row.contact_id in names and place not in found:
            found[place] = line(names[row.contact_id])
    for row in primary:
        organisation = row.contact.organisation
        place = organisation.municipality_id if organisation else None
        if place and place not in found:
            found[place] = line(row.contact.name)
    return found
