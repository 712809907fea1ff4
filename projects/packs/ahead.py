"""What comes next: tasks, events and ends of projects ahead, as blocks."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from projects.documents.blocks import Block, Column, Line, Paragraph, Row, Table, line
from projects.enums import OPEN_TASK_STATES, Activity
from projects.models import Event
from projects.packs import words
from projects.packs.changes import place_of
from projects.summaries.changes import is_over
from projects.summaries.state import State

DAYS = 120  # how far a pack looks ahead


def ahead_blocks(state: State, events: Sequence[Event]) -> Iterator[Block]:
    """Due tasks, events and ends of projects of the next `DAYS` days, the next first."""
    until = state.on + timedelta(days=DAYS)
    rows: list[tuple[date, Row]] = []
    for task in state.tasks:
        project = state.projects[task.project_id]
        going_on = project.activity == Activity.ACTIVE and not is_over(project)
        if (
            task.state in OPEN_TASK_STATES
            and going_on
            and task.due_date
            and state.on <= task.due_date <= until
        ):
            rows.append(
                (task.due_date, _row(words.due(task), _("task"), words.text(task, "title"),
                 project, place_of(task, state)))
            )  # fmt: skip
    for event in events:
        starts = timezone.localdate(event.starts_at)
        project = state.projects.get(event.project_id)
        if project is not None and state.on <= starts <= until:
            rows.append(
                (starts, _row(words.day(starts), str(event.get_kind_display()).lower(),
                 words.text(event, "title"), project, ()))
            )  # fmt: skip
    for project in state.projects.values():
        ends = project.end_date
        if ends and not is_over(project) and state.on <= ends <= until:
            shown = words.day(ends, project.date_precision)
            rows.append(
                (ends, _row(shown, _("end of project"), line(_("The project ends")), project, ()))
            )
    if not rows:
        yield Paragraph(
            line(_("Nothing dated lies ahead in the next %(days)s days.") % {"days": DAYS})
        )
        return
    rows.sort(key=lambda pair: pair[0])
    yield Table(
        caption=_("What is due in the next %(days)s days") % {"days": DAYS},
        name=_("Ahead"),
        columns=(
            Column(_("What")),
            Column(_("Date")),
            Column(pgettext("coming", "Kind")),
            Column(_("Project")),
            Column(_("Municipality")),
        ),
        rows=tuple(row for _day, row in rows),
        values=tuple((None, day, None, None, None) for day, _row in rows),
    )


def _row(shown: str, kind: str, what: Line, project: object, place: Line) -> Row:
    return Row((what, line(shown), line(kind), words.project(project), place))
