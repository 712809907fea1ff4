"""Case Kestävät: writes three meetings of its steering group and keeps the packs of past ones."""

from datetime import date, timedelta

from django.utils import translation

from climateportal.publishing import PublicationState
from municipalities.models import Attendance, Meeting, SteeringGroup
from projects.demo.kestavat_minutes import MEETINGS, Held, Item, agenda
from projects.demo.plan import workday
from projects.demo.texts import L, columns_of
from projects.demo.world import World
from projects.models import Decision, Project, Task
from projects.packs import freeze_pack


def make_meetings(world: World, group: SteeringGroup) -> None:
    """Two past meetings that everybody may read, and one to come whose pack is a draft."""
    last = None
    for held in MEETINGS:
        last = _make(world, group, held, last)


def _make(world: World, group: SteeringGroup, held: Held, last: Meeting | None) -> Meeting:
    by, day = world.editor("koordinaattori.kestavat"), workday(world.today + timedelta(held.days))
    called = min(day - timedelta(days=14), world.today - timedelta(days=1))
    meeting = world.add(
        Meeting, at=world.moment(called), by=by, group=group, date=day, place=held.place,
        agenda=agenda(held.items), time=world.clock(day, held.hour).time(),
    )  # fmt: skip
    items = [
        _item(world, meeting, called, order, item, last) for order, item in enumerate(held.items, 1)
    ]
    if not held.present:
        return meeting
    written = world.moment(day + timedelta(days=2))
    for seat, state in zip(group.memberships.order_by("order"), held.present, strict=True):
        world.add(Attendance, at=written, by=by, meeting=meeting, membership=seat, state=state)
    for decision, item in zip(items, held.items, strict=True):
        _decide(world, decision, item, day)
    for name, text in columns_of({"minutes": held.minutes, "guests": held.guests}).items():
        setattr(meeting, name, text)
    meeting.publication, meeting.published_at = PublicationState.PUBLISHED, written
    world.write(meeting, at=written, by=by)
    return meeting


def _item(
    world: World, meeting: Meeting, day: date, order: int, item: Item, last: Meeting | None
) -> Decision:
    by = world.editor("koordinaattori.kestavat")
    decision = world.add(
        Decision, at=world.moment(day), by=by, meeting=meeting, order=order, title=item.title,
        proposal=_linked(item.proposal, last),
    )  # fmt: skip
    decision.projects.add(Project.objects.get(slug=item.project))
    return decision


def _linked(text: L, last: Meeting | None) -> L:
    """With the address of the last meeting, in each language, where the text has “{last}”."""
    if last is None:
        return text
    found = []
    for language, words in text._asdict().items():
        with translation.override(language):
            found.append(words.replace("{last}", last.get_absolute_url()))
    return L(*found)


def _decide(world: World, decision: Decision, item: Item, day: date) -> None:
    decision.outcome = item.outcome
    for name, text in columns_of({"text": item.text}).items():
        setattr(decision, name, text)
    if item.follow_up:
        tasks = Task.objects.filter(project__slug=item.project)
        decision.follow_up = tasks.filter(title_fi=item.follow_up).first()
    by = world.editor("koordinaattori.kestavat")
    world.write(decision, at=world.moment(day + timedelta(days=2)), by=by)


def freeze_packs(world: World) -> None:
    """Keep what the group saw at its past meetings, each as it was when the meeting began."""
    past = Meeting.objects.filter(
        group__region__slug="kestavat", date__lt=world.today, frozen=None
    ).select_related("group__region")
    for meeting in past.order_by("date"):
        freeze_pack(
            meeting=meeting, by=world.editor("koordinaattori.kestavat"), at=meeting.starts_at
        )
