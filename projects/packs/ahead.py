"""What comes next: tasks, events and ends of projects ahead, as blocks."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from municipalities.models import Meeting
from projects.documents.blocks import Block, Column, Line, Paragraph, Row, Table, line
from projects.enums import OPEN_TASK_STATES
from projects.models import Event, Project, Task
from projects.packs import few, words
from projects.packs.changes import place_of
from projects.packs.read import Surroundings
from projects.summaries.agenda import AHEAD
from projects.summaries.state import State
from projects.summaries.tasklist import TaskFilter


def ahead_blocks(state: State, around: Surroundings) -> Iterator[Block]:
    """Due tasks, events, meetings and ends of projects of the next `AHEAD` days, the next first."""
    rows = sorted(_coming(state, around), key=lambda pair: pair[0])
    if not rows:
        yield Paragraph(
            line(_("Nothing dated lies ahead in the next %(days)s days.") % {"days": AHEAD})
        )
        return
    shown = few.first(rows, state)
    yield Table(
        caption=_("What is due in the next %(days)s days") % {"days": AHEAD},
        name=_("Ahead"),
        columns=(
            Column(_("What")),
            Column(_("Date")),
            Column(pgettext("coming", "Kind")),
            Column(_("Project")),
            Column(_("Municipality")),
        ),
        rows=tuple(tell() for _day, tell in shown),
        values=tuple((None, day, None, None, None) for day, _tell in shown),
    )
    yield from few.rest(rows, state, few.all_tasks(state, TaskFilter.OPEN))


def _coming(state: State, around: Surroundings) -> Iterator[tuple[date, Callable[[], Row]]]:
    """Days with what makes the row of the table, if it is among the first."""
    until = state.on + timedelta(days=AHEAD)
    going_on = {row.pk for row in state.facts() if not row.is_over}
    for task in state.tasks:
        due = task.due_date
        is_ahead = due is not None and state.on <= due <= until
        if is_ahead and task.state in OPEN_TASK_STATES and task.project_id in going_on:
            yield due, partial(_of_task, task, state, around)
    for meeting in around.meetings:
        yield meeting.date, partial(_of_meeting, meeting)
    for event in around.events:
        starts = timezone.localdate(event.starts_at)
        if event.project_id in state.projects and state.on <= starts <= until:
            yield starts, partial(_of_event, event, starts, state)
    for project in state.projects.values():
        ends = project.end_date
        if ends and project.pk in going_on and state.on <= ends <= until:
            yield ends, partial(_of_end, project)


def _of_task(task: Task, state: State, around: Surroundings) -> Row:
    project = state.projects[task.project_id]
    return _row(words.due(task), _("task"), around.task(task), project, place_of(task, state))


def _of_meeting(meeting: Meeting) -> Row:
    """Its pack is linked to where anybody may read it."""
    href = meeting.get_absolute_url() if meeting.is_public() else ""
    what = words.text(meeting.group, "name", href)
    return Row((what, line(words.day(meeting.date)), line(_("meeting")), (), ()))


def _of_event(event: Event, starts: date, state: State) -> Row:
    kind, what = str(event.get_kind_display()).lower(), words.text(event, "title")
    return _row(words.day(starts), kind, what, state.projects[event.project_id], ())


def _of_end(project: Project) -> Row:
    ends = words.day(project.end_date, project.date_precision)
    return _row(ends, _("end of project"), line(_("The project ends")), project, ())


def _row(shown: str, kind: str, what: Line, project: Project, place: Line) -> Row:
    return Row((what, line(shown), line(kind), words.project(project), place))
