"""The municipalities side by side, and what is late, as blocks."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from climateportal.templatetags.ui import number
from municipalities.models import ClimateTarget, Region
from projects.documents.blocks import Block, Bullets, Column, Line, Paragraph, Row, Table, line
from projects.enums import ScheduleStatus, Stage
from projects.models import Project, Task
from projects.packs import few, words
from projects.packs.asking import Contacts
from projects.packs.changes import place_of, plan_word
from projects.packs.read import Surroundings
from projects.summaries.counts import ProjectCounts
from projects.summaries.members import MunicipalityRow, groups, municipality_rows
from projects.summaries.state import State
from projects.summaries.tasklist import TaskFilter


def rows_of(state: State) -> list[MunicipalityRow]:
    """A row for each municipality, by name."""
    return municipality_rows(state.members, state.facts(), state.task_table(), state.targets)


def grid_blocks(state: State, children: Sequence[Region], contacts: Contacts) -> Iterator[Block]:
    """Municipality × climate plan, target, projects by stage, tasks, contact."""
    facts = state.facts()
    table = state.task_table()
    rows: list[Row] = []
    values: list[tuple] = []
    parts = groups(state.members, children, rows_of(state), facts, table)
    for part in parts:
        if len(parts) > 1:
            named = words.region(part.region) if part.region else line(_("Other municipalities"))
            rows.append(Row((named,), "part"))
            values.append((None,))
        for row in part.rows:
            rows.append(Row(_cells(row, contacts)))
            values.append(_values(row))
    counts = ProjectCounts.of((row.stage, row.activity, 1) for row in facts)
    tasks = table.of_places(state.members.by_pk.keys(), facts)
    rows.append(
        Row(
            (
                line(_("Total, each project once")), (), (),
                *(line(number(stage.count)) for stage in counts.stages),
                line(number(counts.paused + counts.cancelled)),
                line(f"{number(tasks.done)}/{number(tasks.total)}"),
                line(number(tasks.late)), (),
            ),
            "total",
        )
    )  # fmt: skip
    values.append(
        (
            None, None, None, *(stage.count for stage in counts.stages),
            counts.paused + counts.cancelled, None, tasks.late, None,
        )
    )  # fmt: skip
    stages = _("Projects by stage")
    done = _("Tasks")
    yield Table(
        caption=_("The municipalities on %(day)s") % {"day": words.day(state.on)},
        name=_("Municipalities"),
        columns=(
            Column(_("Municipality")),
            Column(_("Climate plan")),
            Column(_("Target year")),
            *(Column(str(stage.label), stages, numeric=True) for stage in Stage),
            Column(pgettext("projects", "Halted"), stages, numeric=True),
            Column(pgettext("tasks", "Done"), done, numeric=True),
            Column(pgettext("tasks", "Late"), done, numeric=True),
            Column(_("Contact")),
        ),
        rows=tuple(rows),
        values=tuple(values),
    )
    yield Paragraph(
        line(
            _("A joint project is in the figures of each municipality that takes part, "
              "in that municipality's own stage, and once in the total.")
        ),
        "note",
    )  # fmt: skip


def _cells(row: MunicipalityRow, contacts: Contacts) -> tuple[Line, ...]:
    return (
        words.municipality(row.municipality),
        line(plan_word(row.municipality.plan_status)),
        _target(row.target),
        *(line(number(stage.count)) for stage in row.projects.stages),
        line(number(row.projects.paused + row.projects.cancelled)),
        line(f"{number(row.tasks.done)}/{number(row.tasks.total)}"),
        line(number(row.tasks.late)),
        contacts.of_place(row.municipality.pk),
    )


def _target(target: ClimateTarget | None) -> Line:
    """“2030”, “2030 (joint)” for one that a region has set for all its municipalities."""
    if target is None:
        return line(words.unknown())
    year = str(target.target_year)
    joint = " (", pgettext("target", "joint"), ")"
    return line(year, *(joint if target.region_id else ()))


def _values(row: MunicipalityRow) -> tuple:
    return (
        None, None, row.target.target_year if row.target else None,
        *(stage.count for stage in row.projects.stages),
        row.projects.paused + row.projects.cancelled, None, row.tasks.late, None,
    )  # fmt: skip


def _concerned(task: Task, state: State) -> Collection[int]:
    place = state.mergers.now(task.municipality_id)
    return [place] if place else state.places_of[task.project_id]


def _end_passed(day: date, on: date) -> str:
    days = (on - day).days
    told = ngettext(
        "the end date %(date)s was %(days)s day ago.",
        "the end date %(date)s was %(days)s days ago.",
        days,
    )
    return told % {"date": words.day(day), "days": number(days)}


def _stated(project: Project) -> Line:
    """What its coordinator says of the schedule, with the reason (rule 2); nothing unsaid."""
    if not project.stated_status:
        return ()
    status = str(ScheduleStatus(project.stated_status).label)
    told = _("Stated schedule: %(status)s") % {"status": status}
    reason = words.text(project, "stated_reason")
    return line(" ", told, " (" if reason else "", reason, ")." if reason else ".")


def late_blocks(state: State, around: Surroundings) -> Iterator[Block]:
    """Overdue tasks with days, whose they are and whom to ask; projects past their end."""
    overdue = state.overdue()
    past = sorted((row.end_date, row.pk) for row in state.facts() if row.is_past_end(state.on))
    if not overdue and not past:
        yield Paragraph(line(_("Nothing is late.")))
        return
    if past:
        yield Bullets(
            tuple(
                line(
                    words.project(state.projects[pk]),
                    ": ",
                    _end_passed(day, state.on),
                    _stated(state.projects[pk]),
                    " ",
                    _("Contact"),
                    ": ",
                    around.contacts.of_project(pk, state.places_of[pk]),
                )
                for day, pk in few.first(past, state)
            )
        )
        yield from few.rest(past, state, few.all_projects(state))
    if overdue:
        yield Table(
            caption=_("Late tasks, the longest late first"),
            name=_("Late tasks"),
            columns=(
                Column(_("Task")),
                Column(_("Project")),
                Column(_("Municipality")),
                Column(_("Due")),
                Column(pgettext("duration", "Late by"), numeric=True),
                Column(_("Contact")),
            ),
            rows=tuple(
                Row(
                    (
                        around.task(task),
                        words.project(state.projects[task.project_id]),
                        place_of(task, state),
                        line(words.due(task)),
                        line(words.days_late(task, state.on)),
                        around.contacts.of_project(task.project_id, _concerned(task, state)),
                    )
                )
                for task in few.first(overdue, state)
            ),
            values=tuple(
                (None, None, None, task.due_date, Decimal((state.on - task.due_date).days), None)
                for task in few.first(overdue, state)
            ),
        )
        yield from few.rest(overdue, state, few.all_tasks(state, TaskFilter.LATE))
