"""What changed in a region between two moments: the difference of two states. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from municipalities.models import Municipality
from projects.enums import OPEN_TASK_STATES, Activity, TaskState
from projects.models import Goal, Participation, Project, Task
from projects.progress import GoalAssessment
from projects.summaries.state import State


@dataclass(frozen=True)
class Move:
    """A project, or one municipality in it, in another stage than before, on hold or going on."""

    project: Project
    municipality: Municipality | None
    stages: tuple[str, str]  # before, after
    activities: tuple[str, str] = (Activity.ACTIVE, Activity.ACTIVE)


@dataclass(frozen=True)
class Accrual:
    """How much more a project had cost; may be negative after a correction.

    `before` is None where nothing was told of its costs then: these are the first figures, not what
    has been spent since.
    """

    project: Project
    before: Decimal | None
    after: Decimal

    @property
    def amount(self) -> Decimal | None:
        """Euros; None where it is not known."""
        return None if self.before is None else self.after - self.before


@dataclass(frozen=True)
class GoalMove:
    """A goal whose figures or state are not what they were; `before` is None for a new one."""

    goal: Goal
    before: GoalAssessment | None
    after: GoalAssessment


@dataclass(frozen=True)
class PlanMove:
    """A municipality whose climate plan is at another stage."""

    municipality: Municipality
    before: str
    after: str


@dataclass(frozen=True)
class Changes:
    """All that changed from `since` to `until`. Every tuple may be empty."""

    since: State
    until: State
    new: tuple[Project, ...]
    ended: tuple[Project, ...]  # completed or cancelled in between, or new and already over
    moves: tuple[Move, ...]  # other changes of stage, on hold included
    added: tuple[Task, ...]  # open ones of projects that there were
    done: tuple[Task, ...]
    gone_late: tuple[Task, ...]
    cancelled: tuple[Task, ...]
    accruals: tuple[Accrual, ...]
    goals: tuple[GoalMove, ...]
    plans: tuple[PlanMove, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not any(
            (
                self.new, self.ended, self.moves, self.added, self.done, self.gone_late,
                self.cancelled, self.accruals, self.goals, self.plans,
            )
        )  # fmt: skip


def changes(since: State, until: State) -> Changes:
    """What changed in a region from one state to a later one."""
    old = since.projects
    before = {task.pk: task for task in since.tasks}
    was_late = {task.pk for task in since.overdue()}
    ended = [
        row
        for pk, row in until.projects.items()
        if row.is_over() and not (pk in old and old[pk].is_over())
    ]

    def turned(state: TaskState) -> tuple[Task, ...]:
        return tuple(
            task
            for task in until.tasks
            if task.state == state
            and (task.pk not in before or before[task.pk].state != state)
            and (task.project_id in old or not until.projects[task.project_id].is_over())
        )

    return Changes(
        since=since,
        until=until,
        new=tuple(row for pk, row in until.projects.items() if pk not in old),
        ended=tuple(ended),
        moves=tuple(_moves(since, until)),
        added=tuple(
            task
            for task in until.tasks
            if task.pk not in before and task.project_id in old and task.state in OPEN_TASK_STATES
        ),
        done=tuple(sorted(turned(TaskState.DONE), key=lambda task: (task.completed_at, task.pk))),
        gone_late=tuple(task for task in until.overdue() if task.pk not in was_late),
        cancelled=turned(TaskState.CANCELLED),
        accruals=tuple(_accruals(since, until)),
        goals=tuple(_goals(since, until)),
        plans=tuple(_plans(since, until)),
    )


def _moves(since: State, until: State) -> Iterable[Move]:
    for pk, row in until.projects.items():
        old = since.projects.get(pk)
        if old is None:
            continue
        if (old.stage, old.activity) != (
            row.stage,
            row.activity,
        ) and old.is_over() == row.is_over():
            yield Move(row, None, (old.stage, row.stage), (old.activity, row.activity))
    own = {(row.project_id, row.municipality_id): row for row in since.participations}
    for row in until.participations:
        was = own.get((row.project_id, row.municipality_id))
        place = until.members.by_pk.get(until.mergers.now(row.municipality_id))
        if was is None or place is None or was.stage == row.stage:
            continue
        project = until.projects[row.project_id]
        stages = (_stage(was, since.projects), _stage(row, until.projects))
        if stages[0] != stages[1]:
            yield Move(project, place, stages)


def _stage(row: Participation, projects: Mapping[int, Project]) -> str:
    return row.stage or projects[row.project_id].stage


def _accruals(since: State, until: State) -> Iterable[Accrual]:
    before, after = since.money.by_pk, until.money.by_pk
    for pk, project in until.projects.items():
        was, now = (rows[pk].used if pk in rows else None for rows in (before, after))
        if now is not None and (was or 0) != now:
            yield Accrual(project, was, now)


def _goals(since: State, until: State) -> Iterable[GoalMove]:
    old = since.assessments()
    for goal, after in until.assessments().values():
        _, before = old.get(goal.pk, (goal, None))
        if before is None:
            if any(series.progress.last for series in after.series):
                yield GoalMove(goal, None, after)
        elif _said(before) != _said(after):
            yield GoalMove(goal, before, after)


def _said(goal: GoalAssessment) -> tuple:
    return goal.state, tuple(
        (row.place, row.progress.last and (row.progress.last.day, row.progress.last.value))
        for row in goal.series
    )


def _plans(since: State, until: State) -> Iterable[PlanMove]:
    for pk, place in until.members.by_pk.items():
        was = since.members.by_pk.get(pk)
        if was is not None and was.plan_status != place.plan_status:
            yield PlanMove(place, was.plan_status, place.plan_status)
