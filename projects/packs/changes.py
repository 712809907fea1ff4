"""What changed since the last meeting, as blocks."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from climateportal.templatetags.ui import euros
from municipalities.enums import PlanStatus
from municipalities.models import Municipality
from projects.documents.blocks import Block, Bullets, Column, Heading, Line, Row, Table, line
from projects.enums import Stage
from projects.models import Goal, Project, Task
from projects.packs import few, words
from projects.packs.goals import moved, owner_of, state_word
from projects.packs.read import Surroundings
from projects.packs.since import Since
from projects.summaries.changes import Accrual, Changes, Move
from projects.summaries.spending import ProjectMoney
from projects.summaries.state import State
from projects.summaries.tasklist import TaskFilter


def places_of(project: Project, state: State, around: Surroundings) -> Line:
    """The municipalities that took part in a project: those of the region, or in a municipality's
    own report all of them.
    """
    known = around.partners or state.members.by_pk
    found = [known[pk] for pk in known if pk in state.places_of[project.pk]]
    return words.joined(words.text(row, "name") for row in found)


def place_of(task: Task, state: State) -> Line:
    """The one municipality whose task it is; “joint” for a task of the whole project."""
    found: Municipality | None = state.members.by_pk.get(state.mergers.now(task.municipality_id))
    return words.text(found, "name") if found else line(pgettext("task", "joint"))


@dataclass(frozen=True)
class _Told:
    """What changed, since when, and what else is known of it."""

    found: Changes
    since: Since
    around: Surroundings


def change_blocks(found: Changes, since: Since, around: Surroundings) -> Iterator[Block]:
    """Everything that changed, kind by kind: a table each, or a list under a heading."""
    told = _Told(found, since, around)
    yield from _projects(_("New projects"), found.new, told)
    yield from _projects(_("Ended projects"), found.ended, told)
    yield from _moves(told)
    yield from _tasks(
        _("New tasks"), _("Due"), found.added, told,
        lambda task: line(words.due(task)), TaskFilter.OPEN, lambda task: task.due_date,
    )  # fmt: skip
    yield from _tasks(
        _("Tasks done"),
        _("Done on"),
        found.done,
        told,
        lambda task: line(words.day(task.completed_at, task.completed_precision)),
        TaskFilter.DONE,
        lambda task: task.completed_at,
    )
    yield from _tasks(
        _("Tasks that have become late"), _("Due"), found.gone_late, told,
        lambda task: line(words.due(task)), TaskFilter.LATE, lambda task: task.due_date,
    )  # fmt: skip
    yield from _tasks(
        _("Cancelled tasks"), _("Reason"), found.cancelled, told,
        lambda task: words.text(task, "cancel_reason") or line(words.unknown()),
    )  # fmt: skip
    yield from _accruals(told)
    yield from _goals(told)
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


def _projects(title: str, projects: tuple[Project, ...], told: _Told) -> Iterator[Block]:
    if not projects:
        return
    until = told.found.until
    yield Table(
        caption=told.since.of(title),
        name=title,
        columns=(Column(_("Project")), Column(_("Municipalities")), Column(_("Stage"))),
        rows=tuple(
            Row(
                (
                    words.project(row),
                    places_of(row, until, told.around) or line(_("the whole region")),
                    line(words.stage_word(row.stage, row.activity)),
                )
            )
            for row in few.first(projects, until)
        ),
    )
    yield from few.rest(projects, until, few.all_projects(until))


def _moves(told: _Told) -> Iterator[Block]:
    found = told.found
    if not found.moves:
        return
    title = _("Changes of stage")
    shown = few.first(found.moves, found.until)
    days = [told.around.moved_on(row) for row in shown]
    yield Table(
        caption=told.since.of(title),
        name=title,
        columns=(
            Column(_("Project")),
            Column(_("Municipality")),
            Column(pgettext("change", "Before")),
            Column(pgettext("change", "Now")),
            Column(_("Changed on")),
        ),
        rows=tuple(
            Row(
                (
                    words.project(row.project),
                    words.text(row.municipality, "name")
                    if row.municipality
                    else line(_("whole project")),
                    line(words.stage_word(row.stages[0], row.activities[0])),
                    line(_stage_now(row)),
                    line(words.day(day)),
                )
            )
            for row, day in zip(shown, days, strict=True)
        ),
        values=tuple((None, None, None, None, day) for day in days),
    )
    yield from few.rest(found.moves, found.until, few.all_projects(found.until))


def _stage_now(move: Move) -> str:
    """“4/5 Implementation”, “2/5 Decided, backwards”."""
    told = words.stage_word(move.stages[1], move.activities[1])
    was, now = (Stage(stage).number for stage in move.stages)
    return _("%(stage)s, backwards") % {"stage": told} if now < was else told


def _tasks(
    title: str,
    last: str,
    tasks: tuple[Task, ...],
    told: _Told,
    tell: Callable[[Task], Line],
    which: TaskFilter = TaskFilter.ALL,
    date_of: Callable[[Task], date | None] = lambda task: None,
) -> Iterator[Block]:
    if not tasks:
        return
    until = told.found.until
    shown = few.first(tasks, until)
    yield Table(
        caption=told.since.of(title),
        name=title,
        columns=(
            Column(_("Task")),
            Column(_("Project")),
            Column(_("Municipality")),
            Column(last),
        ),
        rows=tuple(
            Row(
                (
                    told.around.task(task),
                    words.project(until.projects[task.project_id]),
                    place_of(task, until),
                    tell(task),
                )
            )
            for task in shown
        ),
        values=tuple((None, None, None, date_of(task)) for task in shown),
    )
    yield from few.rest(tasks, until, few.all_tasks(until, which))


def _accruals(told: _Told) -> Iterator[Block]:
    found = told.found
    if not found.accruals:
        return
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
                *_used(then.get(row.project.pk)),
                *_used(now[row.project.pk]),
                line(_change(row.amount)),
            )
        )
        for row in shown
    ]
    values: list[tuple] = [
        (None, row.before, _day(row, then), row.after, _day(row, now), row.amount) for row in shown
    ]
    if all(row.amount is not None for row in largest):  # else some of it may be older
        before = sum((row.before for row in largest), Decimal(0))
        after = sum((row.after for row in largest), Decimal(0))
        sums = line(euros(before)), (), line(euros(after)), (), line(_change(after - before))
        rows.append(Row((line(_("Total of these projects")), *sums), "total"))
        values.append((None, before, None, after, None, after - before))
    title = _("Changes in costs")
    was, is_now = pgettext("change", "Before"), pgettext("change", "Now")
    yield Table(
        caption=told.since.of(title),
        name=title,
        columns=(
            Column(_("Project")),
            Column(_("Used"), was, numeric=True),
            Column(_("As of"), was),
            Column(_("Used"), is_now, numeric=True),
            Column(_("As of"), is_now),
            Column(_("Change"), numeric=True),
        ),
        rows=tuple(rows),
        values=tuple(values),
    )
    yield from few.rest(largest, found.until, few.all_costs(found.until))


def _used(money: ProjectMoney | None) -> tuple[Line, Line]:
    """“1 200 €” and “12.5.2026”, of when the figure is."""
    if money is None or money.used is None:
        return line(words.unknown()), ()
    return line(euros(money.used)), line(words.day(money.as_of))


def _day(row: Accrual, known: Mapping[int, ProjectMoney]) -> date | None:
    money = known.get(row.project.pk)
    return money.as_of if money and money.used is not None else None


def _change(amount: Decimal | None) -> str:
    """“+1 200 €”; where nothing was told before, that these are the first figures."""
    if amount is None:
        return _("first figures")
    return words.change(amount, money=True) or euros(amount)


def _goals(told: _Told) -> Iterator[Block]:
    """A row for each figure that moved: the whole's or one municipality's; and changed states."""
    rows: list[Row] = []
    found = told.found
    moves = sorted(found.goals, key=lambda move: move.goal.project_id is not None)
    for move in few.first(moves, found.until):  # the region's and the municipalities' own first
        was = {row.place: row.progress for row in move.before.series} if move.before else {}
        if move.before is not None and move.before.state != move.after.state:
            stated = state_word(move.before.state), state_word(move.after.state)
            rows.append(_goal_row(found, move.goal, None, *stated))
        for series in move.after.series:
            before, after = was.get(series.place), series.progress
            if (before.last if before else None) == after.last:
                continue
            figures = moved(move.goal, before, after)
            rows.append(_goal_row(found, move.goal, series.place, *figures))
    if not rows:
        return
    title = _("Changes in goals")
    yield Table(
        caption=told.since.of(title),
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
