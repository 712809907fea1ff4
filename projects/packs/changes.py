"""What changed since the last meeting, as blocks."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from climateportal.templatetags.ui import euros
from municipalities.enums import PlanStatus
from municipalities.models import Municipality
from projects.documents.blocks import Block, Bullets, Column, Heading, Line, Row, Table, line
from projects.models import Goal, Project, Task
from projects.packs import few, words
from projects.packs.goals import moved, owner_of, state_word
from projects.summaries.changes import Changes
from projects.summaries.spending import ProjectMoney
from projects.summaries.state import State
from projects.summaries.tasklist import TaskFilter


def places_of(project: Project, state: State) -> Line:
    """The municipalities that took part in a project, those of the region."""
    keys = state.places_of[project.pk]
    found = [state.members.by_pk[pk] for pk in state.members.by_pk if pk in keys]
    return words.joined(words.text(row, "name") for row in found)


def place_of(task: Task, state: State) -> Line:
    """The one municipality whose task it is; “joint” for a task of the whole project."""
    found: Municipality | None = state.members.by_pk.get(state.mergers.now(task.municipality_id))
    return words.text(found, "name") if found else line(pgettext("task", "joint"))


def change_blocks(found: Changes) -> Iterator[Block]:
    """Everything that changed, kind by kind. No empty heading ever."""
    yield from _projects(_("New projects"), found.new, found)
    yield from _projects(_("Ended projects"), found.ended, found)
    yield from _moves(found)
    yield from _tasks(
        _("New tasks"), _("Due"), found.added, found,
        lambda task: line(words.due(task)), TaskFilter.OPEN, lambda task: task.due_date,
    )  # fmt: skip
    yield from _tasks(
        _("Tasks done"),
        _("Done on"),
        found.done,
        found,
        lambda task: line(words.day(task.completed_at, task.completed_precision)),
        TaskFilter.DONE,
        lambda task: task.completed_at,
    )
    yield from _tasks(
        _("Tasks that have become late"), _("Due"), found.gone_late, found,
        lambda task: line(words.due(task)), TaskFilter.LATE, lambda task: task.due_date,
    )  # fmt: skip
    yield from _tasks(
        _("Cancelled tasks"), _("Reason"), found.cancelled, found,
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


def _projects(heading: str, projects: tuple[Project, ...], found: Changes) -> Iterator[Block]:
    if not projects:
        return
    yield Heading(3, heading)
    yield Table(
        caption=_since(heading, found),
        name=heading,
        columns=(Column(_("Project")), Column(_("Municipalities")), Column(_("Stage"))),
        rows=tuple(
            Row(
                (
                    words.project(row),
                    places_of(row, found.until) or line(_("the whole region")),
                    line(words.stage_word(row.stage, row.activity)),
                )
            )
            for row in few.first(projects, found.until)
        ),
    )
    yield from few.rest(projects, found.until, few.all_projects(found.until))


def _moves(found: Changes) -> Iterator[Block]:
    if not found.moves:
        return
    title = _("Changes of stage")
    yield Heading(3, title)
    yield Table(
        caption=_since(title, found),
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
            for row in few.first(found.moves, found.until)
        ),
    )
    yield from few.rest(found.moves, found.until, few.all_projects(found.until))


def _tasks(
    heading: str,
    last: str,
    tasks: tuple[Task, ...],
    found: Changes,
    tell: Callable[[Task], Line],
    which: TaskFilter = TaskFilter.ALL,
    date_of: Callable[[Task], date | None] = lambda task: None,
) -> Iterator[Block]:
    if not tasks:
        return
    yield Heading(3, heading)
    yield Table(
        caption=_since(heading, found),
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
                    words.project(found.until.projects[task.project_id]),
                    place_of(task, found.until),
                    tell(task),
                )
            )
            for task in few.first(tasks, found.until)
        ),
        values=tuple((None, None, None, date_of(task)) for task in few.first(tasks, found.until)),
    )
    yield from few.rest(tasks, found.until, few.all_tasks(found.until, which))


def _accruals(found: Changes) -> Iterator[Block]:
    if not found.accruals:
        return
    title = _("Changes in costs")
    yield Heading(3, title)
    largest = sorted(
        found.accruals,
        key=lambda row: (-abs(row.after if row.amount is None else row.amount), row.project.pk),
    )
    shown = few.first(largest, found.until)
    then, now = found.since.money.by_pk, found.until.money.by_pk
    rows = [
        Row(
            (
                words.project(row.project),
                _told(then.get(row.project.pk)),
                _told(now[row.project.pk]),
                line(_change(row.amount)),
            )
        )
        for row in shown
    ]
    values: list[tuple] = [(None, row.before, row.after, row.amount) for row in shown]
    if all(row.amount is not None for row in largest):  # else some of it may be older
        before = sum((row.before for row in largest), Decimal(0))
        after = sum((row.after for row in largest), Decimal(0))
        told = line(euros(before)), line(euros(after)), line(_change(after - before))
        rows.append(Row((line(_("Total of these projects")), *told), "total"))
        values.append((None, before, after, after - before))
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
    yield from few.rest(largest, found.until, few.all_costs(found.until))


def _told(money: ProjectMoney | None) -> Line:
    """“1 200 € (12.5.2026)”: of when the figure is."""
    if money is None or money.used is None:
        return line(words.unknown())
    return line(f"{euros(money.used)} ({words.day(money.as_of)})")


def _change(amount: Decimal | None) -> str:
    """“+1 200 €”; where nothing was told before, that these are the first figures."""
    if amount is None:
        return _("first figures")
    return words.change(amount, money=True) or euros(amount)


def _goals(found: Changes) -> Iterator[Block]:
    """A row for each figure that moved: the whole's or one municipality's; and changed states."""
    rows: list[Row] = []
    moves = sorted(found.goals, key=lambda move: move.goal.project_id is not None)
    for move in few.first(moves, found.until):  # the region's and the municipalities' own first
        was = {row.place: row.progress for row in move.before.series} if move.before else {}
        if move.before is not None and move.before.state != move.after.state:
            told = state_word(move.before.state), state_word(move.after.state)
            rows.append(_goal_row(found, move.goal, None, *told))
        for series in move.after.series:
            before, after = was.get(series.place), series.progress
            if (before.last if before else None) == after.last:
                continue
            told = moved(move.goal, before, after)
            rows.append(_goal_row(found, move.goal, series.place, *told))
    if not rows:
        return
    title = _("Changes in goals")
    yield Heading(3, title)
    yield Table(
        caption=_since(title, found),
        name=title,
        columns=(
            Column(_("Goal")),
            Column(_("Whose")),
            Column(pgettext("change", "Before")),
            Column(pgettext("change", "Now")),
        ),
        rows=tuple(rows),
    )
    yield from few.rest(moves, found.until, few.all_projects(found.until))


def _goal_row(found: Changes, goal: Goal, place: int | None, before: str, after: str) -> Row:
    municipality = found.until.members.by_pk.get(found.until.mergers.now(place))
    whose = words.text(municipality, "name") if municipality else owner_of(goal, found.until)
    return Row((words.text(goal, "text"), whose, line(before), line(after)))


def _since(title: str, found: Changes) -> str:
    """“Tasks done since 24.4.2026”: a caption that says more than the heading above it."""
    return _("%(what)s since %(day)s") % {"what": title, "day": words.day(found.since.on)}
