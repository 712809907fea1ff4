"""What changed since the last meeting, as blocks."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from climateportal.templatetags.ui import euros
from municipalities.enums import PlanStatus
from municipalities.models import Municipality
from projects.documents.blocks import Block, Bullets, Column, Heading, Line, Row, Table, line
from projects.models import Project, Task
from projects.packs import words
from projects.packs.goals import standing
from projects.summaries.changes import Changes
from projects.summaries.state import State


def places_of(project: Project, state: State) -> Line:
    """The municipalities that took part in a project, those of the region."""
    keys = {
        state.mergers.now(row.municipality_id)
        for row in state.participations
        if row.project_id == project.pk
    }
    found = [state.members.by_pk[pk] for pk in state.members.by_pk if pk in keys]
    return words.joined(words.text(row, "name") for row in found)


def place_of(task: Task, state: State) -> Line:
    """The one municipality whose task it is; “joint” for a task of the whole project."""
    found: Municipality | None = state.members.by_pk.get(state.mergers.now(task.municipality_id))
    return words.text(found, "name") if found else line(pgettext("task", "joint"))


def change_blocks(found: Changes) -> Iterator[Block]:
    """Everything that changed, kind by kind. No empty heading ever."""
    yield from _projects(_("New projects"), found.new, found.until, with_stage=True)
    yield from _projects(_("Ended projects"), found.ended, found.until, with_stage=True)
    yield from _moves(found)
    yield from _tasks(
        _("Tasks done"),
        _("Done on"),
        found.done,
        found.until,
        lambda task: line(words.day(task.completed_at, task.completed_precision)),
    )
    yield from _tasks(
        _("Tasks that have become late"), _("Due"), found.gone_late, found.until,
        lambda task: line(words.due(task)),
    )  # fmt: skip
    yield from _tasks(
        _("Cancelled tasks"), _("Reason"), found.cancelled, found.until,
        lambda task: words.text(task, "cancel_reason") or line(words.unknown()),
    )  # fmt: skip
    yield from _accruals(found)
    yield from _goals(found)
    if found.plans:
        yield Heading(3, _("Climate plans"))
        yield Bullets(
            tuple(
                line(
                    words.municipality(row.municipality),
                    f": {plan_word(row.before)} → {plan_word(row.after)}",
                )
                for row in found.plans
            )
        )


def plan_word(status: str) -> str:
    """The status of a climate plan; “not reported” when nobody has said."""
    return str(PlanStatus(status).label) if status else words.unknown()


def _projects(
    heading: str, projects: tuple[Project, ...], state: State, with_stage: bool
) -> Iterator[Block]:
    if not projects:
        return
    yield Heading(3, heading)
    yield Table(
        caption=heading,
        name=heading,
        columns=(Column(_("Project")), Column(_("Municipalities")), Column(_("Stage"))),
        rows=tuple(
            Row(
                (
                    words.project(row),
                    places_of(row, state) or line(_("the whole region")),
                    line(words.stage_word(row.stage, row.activity)),
                )
            )
            for row in projects
        ),
    )


def _moves(found: Changes) -> Iterator[Block]:
    if not found.moves:
        return
    title = _("Changes of stage")
    yield Heading(3, title)
    yield Table(
        caption=title,
        name=title,
        columns=(
            Column(_("Project")),
            Column(_("Municipality")),
            Column(pgettext("change", "Before")),
            Column(pgettext("change", "Now")),
        ),
        rows=tuple(
            Row(
                (
                    words.project(row.project),
                    words.text(row.municipality, "name")
                    if row.municipality
                    else line(_("whole project")),
                    line(words.stage_word(row.stages[0], row.activities[0])),
                    line(words.stage_word(row.stages[1], row.activities[1])),
                )
            )
            for row in found.moves
        ),
    )


def _tasks(
    heading: str, last: str, tasks: tuple[Task, ...], state: State, tell: Callable[[Task], Line]
) -> Iterator[Block]:
    if not tasks:
        return
    yield Heading(3, heading)
    yield Table(
        caption=heading,
        name=heading,
        columns=(
            Column(_("Task")),
            Column(_("Project")),
            Column(_("Municipality")),
            Column(last),
        ),
        rows=tuple(
            Row(
                (
                    words.text(task, "title"),
                    words.project(state.projects[task.project_id]),
                    place_of(task, state),
                    tell(task),
                )
            )
            for task in tasks
        ),
    )


def _accruals(found: Changes) -> Iterator[Block]:
    if not found.accruals:
        return
    title = _("Costs")
    yield Heading(3, title)
    total = sum(row.amount for row in found.accruals)
    rows = [
        Row(
            (
                words.project(row.project),
                line(euros(row.before)),
                line(euros(row.after)),
                line(words.change(row.amount, money=True)),
            )
        )
        for row in found.accruals
    ]
    values: list[tuple] = [(None, row.before, row.after, row.amount) for row in found.accruals]
    rows.append(
        Row((line(_("Total")), (), (), line(words.change(total, money=True) or "0")), "total")
    )
    values.append((None, None, None, total))
    yield Table(
        caption=_("Expenses claimed or paid"),
        name=title,
        columns=(
            Column(_("Project")),
            Column(pgettext("change", "Before"), numeric=True),
            Column(pgettext("change", "Now"), numeric=True),
            Column(_("Change"), numeric=True),
        ),
        rows=tuple(rows),
        values=tuple(values),
    )


def _goals(found: Changes) -> Iterator[Block]:
    if not found.goals:
        return
    title = _("Goals that moved")
    yield Heading(3, title)
    yield Table(
        caption=title,
        name=title,
        columns=(
            Column(_("Goal")),
            Column(pgettext("change", "Before")),
            Column(pgettext("change", "Now")),
        ),
        rows=tuple(
            Row(
                (
                    words.text(row.goal, "text"),
                    line(standing(row.goal, row.before, found.since))
                    if row.before
                    else line(_("not measured")),
                    line(standing(row.goal, row.after, found.until)),
                )
            )
            for row in found.goals
        ),
    )
