"""What is to be decided, what was decided last time, who was there: blocks of a meeting."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from climateportal.templatetags.ui import number
from climateportal.translated import text_of
from municipalities.enums import AttendanceState
from municipalities.models import Attendance, Meeting
from projects.documents.blocks import (
    Block,
    Bullets,
    Column,
    Facts,
    Heading,
    Line,
    Paragraph,
    Row,
    Span,
    Table,
    line,
    plain,
)
from projects.documents.richblocks import blocks_of
from projects.enums import OPEN_TASK_STATES, DecisionOutcome, TaskState
from projects.models import Decision, Task
from projects.packs import words


def rich(obj: object, name: str, level: int) -> tuple[Block, ...]:
    """A translated rich text as blocks whose headings begin at `level`."""
    found = text_of(obj, name)
    lang = "" if found.lang == get_language() else found.lang
    if not found.value:
        return ()
    return blocks_of(found.value, below=level - 1, name=str(obj), lang=lang)


def _concerned(decision: Decision) -> tuple[tuple[str, Line], ...]:
    """The public projects an item concerns, with their name; nothing when there are none."""
    found = decision.shown_projects
    name = _("Project") if len(found) == 1 else _("Projects")
    return ((name, words.joined(map(words.project, found))),) if found else ()


def item_blocks(items: Sequence[Decision]) -> Iterator[Block]:
    """The items that need a decision, numbered, with background and proposal."""
    if not items:
        yield Paragraph(line(_("Nothing needs a decision in this meeting.")))
        return
    for place, item in enumerate(items, start=1):
        yield Heading(3, f"{place}. {item.title}", f"asia-{item.pk}")
        yield from rich(item, "proposal", 4)
        if concerned := _concerned(item):
            yield Facts(concerned)


def last_time_blocks(meeting: Meeting, items: Sequence[Decision], on: date) -> Iterator[Block]:
    """The decisions of the previous meeting and what has become of them by a day."""
    if not items:
        yield Paragraph(line(_("No decisions were recorded in the previous meeting.")))
        return
    caption = _("Decisions of the meeting on %(day)s")
    yield Table(
        caption=caption % {"day": words.day(meeting.date)},
        name=_("Previous decisions"),
        columns=(
            Column(_("Item")),
            Column(_("Decision")),
            Column(_("Follow-up task")),
            Column(_("How far it is")),
        ),
        rows=tuple(
            Row(
                (
                    words.text(item, "title"),
                    _outcome(item),
                    words.text(item.follow_up, "title") if item.follow_up else line(_("none")),
                    line(followed(item.follow_up, on)) if item.follow_up else (),
                )
            )
            for item in items
        ),
    )


def _outcome(item: Decision) -> Line:
    if not item.outcome:
        return line(_("No decision was recorded"))
    label, said = str(DecisionOutcome(item.outcome).label), _said(item)
    return line(label, ": ", said) if said else line(label)


def _said(item: Decision) -> Line:
    """The words of a decision, where they say more than its outcome."""
    said, label = words.text(item, "text"), str(DecisionOutcome(item.outcome).label)
    return () if plain(said).strip().rstrip(".") == label else said


def followed(task: Task, on: date) -> str:
    """“Done 3.9.2026”, “In progress, due 1.12.2026”, “Not started, 12 days late”."""
    if not task.state:
        return words.unknown()
    if task.state == TaskState.DONE:
        return _("Done %(day)s") % {"day": words.day(task.completed_at, task.completed_precision)}
    label = str(TaskState(task.state).label)
    if task.state not in OPEN_TASK_STATES or task.due_date is None:
        return label
    if task.is_overdue(on):
        return _("%(state)s, %(days)s late") % {
            "state": label,
            "days": words.days_late(task, on),
        }
    return _("%(state)s, due %(day)s") % {"state": label, "day": words.due(task)}


def record_blocks(
    meeting: Meeting, items: Sequence[Decision], attendances: Sequence[Attendance]
) -> Iterator[Block]:
    """What was written down at and after the meeting. Nothing at all before that."""
    decided = [item for item in items if item.outcome]
    minutes = rich(meeting, "minutes", 3)
    if not decided and not minutes and not attendances and not meeting.guests:
        return
    if attendances or meeting.guests:
        yield Heading(2, _("Who was there"), "paikalla")
        rows = [line(*_seat(row)) for row in attendances]
        if meeting.guests:
            lang = "" if get_language() == "fi" else "fi"  # has no translations
            rows.append(line(_("Also present"), ": ", Span(meeting.guests, lang=lang)))
        yield Bullets(tuple(rows))
    if decided:
        yield Heading(2, _("Decisions"), "paatokset")
        for place, item in enumerate(items, start=1):
            if not item.outcome:
                continue
            yield Heading(3, f"{number(place)}. {item.title}")
            facts: list[tuple[str, Line]] = [
                (_("Decision"), line(str(DecisionOutcome(item.outcome).label)))
            ]
            if said := _said(item):
                facts.append((_("What was decided"), said))
            facts.extend(_concerned(item))
            if item.follow_up:
                due = line(", ", _("due %(day)s") % {"day": words.due(item.follow_up)})
                told = line(words.text(item.follow_up, "title"), due if _dated(item) else "")
                facts.append((_("Follow-up task"), told))
            yield Facts(tuple(facts))
    if minutes:
        yield Heading(2, _("Minutes"), "poytakirja")
        yield from minutes


def _dated(item: Decision) -> bool:
    return item.follow_up.due_date is not None


def _seat(row: Attendance) -> tuple[str | Line, ...]:
    seat = row.membership
    body = words.text(seat.organisation, "name")
    person: Line = line(seat.person, ", ", body) if seat.person else body
    state = AttendanceState(row.state)
    if state == AttendanceState.SUBSTITUTE and row.substitute:
        return (person, ": ", _("substitute %(name)s") % {"name": row.substitute})
    return (person, ": ", str(state.label).lower())
