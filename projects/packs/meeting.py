"""The meeting pack: everything a steering group needs for one meeting, as one document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from climateportal.dates import occasion
from climateportal.translated import text_of
from municipalities.models import Attendance, Meeting
from projects.documents.blocks import Block, Document, Facts, Heading, Line, Paragraph, line
from projects.models import Decision
from projects.packs import words
from projects.packs.ahead import ahead_blocks
from projects.packs.changes import change_blocks
from projects.packs.decisions import item_blocks, last_time_blocks, record_blocks, rich
from projects.packs.figures import figure_facts
from projects.packs.goals import goal_blocks
from projects.packs.grid import grid_blocks, late_blocks
from projects.packs.money import money_blocks
from projects.packs.read import (
    Surroundings,
    as_known,
    attendances_of,
    items_of,
    moment_of,
    previous_meeting,
    surroundings_of,
)
from projects.packs.since import Since
from projects.summaries.changes import changes
from projects.summaries.pastreading import states
from projects.summaries.state import State

ITEMS = "paatettavat"  # the anchor of the items to be decided


@dataclass(frozen=True)
class PackFacts:
    """All that a pack is made of, read once and then told in any language."""

    meeting: Meeting
    previous: Meeting | None
    now: State
    before: State | None
    items: Sequence[Decision]
    last_items: Sequence[Decision]
    around: Surroundings

    @property
    def since(self) -> Since:
        """Since when it tells what has changed."""
        day = self.previous.date if self.previous else None
        return Since(day or self.now.on, self.now.on, day)


def pack_facts(meeting: Meeting, at: datetime | None = None) -> PackFacts:
    """Read the facts of a meeting's pack as they were at a moment (default: `moment_of`).

    The previous meeting's facts are those of the moment its pack was frozen, or of its day's end.
    """
    at = at or moment_of(meeting)
    previous = previous_meeting(meeting)
    moments = [at] if previous is None else [min(moment_of(previous), at), at]
    region = meeting.group.region
    found = states(region, moments)
    now = found[-1]
    items, *earlier = items_of(*filter(None, (meeting, previous)))
    last_items = as_known(earlier[0], now) if earlier else []
    return PackFacts(
        meeting=meeting,
        previous=previous,
        now=now,
        before=found[0] if previous else None,
        items=items,
        last_items=last_items,
        around=surroundings_of(now, moments[0], meeting, previous),
    )


def build_pack(facts: PackFacts, language: str) -> Document:
    """The pack in one language (fi, sv or en)."""
    with translation.override(language):
        group = facts.meeting.group
        return Document(
            title=_("Meeting pack %(day)s") % {"day": words.day(facts.meeting.date)},
            subtitle=f"{text_of(group, 'name').value} · {text_of(group.region, 'name').value}",
            lang=language,
            publisher=settings.SITE_NAME,
            address=facts.meeting.get_absolute_url(),
            blocks=tuple(_blocks(facts)),
        )


def _blocks(facts: PackFacts) -> Iterator[Block]:
    now, before, around, since = facts.now, facts.before, facts.around, facts.since
    yield _meeting(facts)
    yield Heading(2, _("In short"), "lyhyesti")
    yield figure_facts(now, before, since)
    yield Heading(2, _("To be decided"), ITEMS)
    yield from item_blocks(facts.items)
    agenda = rich(facts.meeting, "agenda", 3)
    if agenda:
        yield Heading(2, _("Agenda"), "esityslista")
        yield from agenda
    if facts.previous:
        yield Heading(2, _("Decisions of last time"), "viime-paatokset")
        yield from last_time_blocks(facts.previous, facts.last_items, now.on)
        yield Heading(2, since.of(_("What has changed")), "muutokset")
        found = changes(before, now)
        if found.is_empty:
            yield Paragraph(line(_("Nothing has changed since the previous meeting.")))
        yield from change_blocks(found, since, around)
    yield Heading(2, _("What is late"), "myohassa")
    yield from late_blocks(now, around)
    if now.members.by_pk:
        yield Heading(2, _("How the municipalities stand"), "kunnat")
        yield from grid_blocks(now, around.children, around.contacts)
    yield Heading(2, _("Money"), "rahat")
    yield from money_blocks(now)
    if now.goals:
        yield Heading(2, _("Goals"), "tavoitteet")
        yield from goal_blocks(now)
    yield Heading(2, _("What is ahead"), "tulossa")
    yield from ahead_blocks(now, around)


def _meeting(facts: PackFacts) -> Facts:
    meeting = facts.meeting
    rows: list[tuple[str, Line]] = [(_("Date"), line(words.at(meeting.date, meeting.time)))]
    if place := words.text(meeting, "place"):
        rows.append((_("Place"), place))
    rows.append((_("Group"), words.text(meeting.group, "name")))
    rows.append((_("Region"), words.region(meeting.group.region)))
    if facts.previous:
        day = words.day(facts.previous.date)
        rows.append((_("Previous meeting"), line(day)))
    rows.append((_("Figures are as of"), line(occasion(facts.now.at))))
    return Facts(tuple(rows))


def record_of(
    meeting: Meeting,
    language: str,
    items: Sequence[Decision] | None = None,
    attendances: Sequence[Attendance] | None = None,
) -> tuple[Block, ...]:
    """What was written down at and after the meeting, in one language; nothing before that."""
    items = items_of(meeting)[0] if items is None else items
    attendances = attendances_of(meeting) if attendances is None else attendances
    with translation.override(language):
        return tuple(record_blocks(meeting, items, attendances))


def for_the_group(document: Document) -> Document:
    """The pack with a warning in the active language, before anything else: it is not public."""
    told = _("Not published.") + " " + _("This pack is for the group. Do not pass it on.")
    return replace(document, blocks=(Paragraph(line(told), "warning"), *document.blocks))


def with_record(document: Document, record: Sequence[Block]) -> Document:
    """The pack with what was decided and written down before what was asked: what page, PDF and
    workbook hold.
    """
    blocks = document.blocks
    asked = (n for n, row in enumerate(blocks) if isinstance(row, Heading) and row.anchor == ITEMS)
    place = next(asked, len(blocks))
    return replace(document, blocks=(*blocks[:place], *record, *blocks[place:]))
