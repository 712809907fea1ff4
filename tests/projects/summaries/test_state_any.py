"""Whatever was edited in whatever order, a past moment is told as it was (rule 9).

A random series of edits is replayed on its days; after each one the region is written down by
plain loops over today's tables. Then each moment read from history must say the same, and the
difference of any two moments must be the difference of what was written down.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import models, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from climateportal.publishing import PublicationState
from municipalities.models import Municipality, Region, RegionMember
from projects import actions
from projects.enums import Activity, CostVisibility, ExpenseState, GoalState, Stage, TaskState
from projects.models import Expense, Goal, Measurement, Participation, Project, Task
from projects.summaries.changes import changes
from projects.summaries.pastreading import states
from projects.summaries.state import State
from tests.factories import MunicipalityFactory, RegionFactory

pytestmark = pytest.mark.django_db
START = timezone.make_aware(datetime(2025, 1, 1, 12))
OPEN = (TaskState.NOT_STARTED, TaskState.IN_PROGRESS)

number = st.integers(0, 5)
EDITS = st.lists(st.tuples(st.integers(0, 22), number, number, st.integers(1, 40)), max_size=22)

# projects that tell their costs, have not dated them, and hide them, each with expenses of all, of
# members and of another; then one hides its own
COSTS = [
    *((0, 3, kind, 1) for kind in (0, 0, 4, 5)),
    *((13, (n + n // 4) % 4, 1 + n % 2, 1) for n in range(16)),
    (20, 0, 0, 1),
]
# an expense that no municipality has of its own, only planned
PLANNED_ONLY = [
    (10, 5, 0, 4), (5, 2, 5, 4), (1, 0, 5, 8), (18, 3, 4, 15), (21, 2, 1, 20), (19, 1, 4, 14),
    (13, 4, 0, 33),
]  # fmt: skip


@dataclass
class World:
    """A region of two municipalities, one outside, and what happens to them."""

    at: datetime
    places: list[Municipality]
    region: Region
    projects: list[Project] = field(default_factory=list)
    serial: int = 0

    def save(self, row: models.Model) -> Any:
        row._history_date = self.at
        row.save()
        return row

    def delete(self, row: models.Model | None) -> None:
        if row is not None:
            row._history_date = self.at
            row.delete()

    def edit(self, kind: int, first: int, second: int) -> None:
        """One of the things that editors do; nothing where it makes no sense."""
        self.serial += 1
        if kind <= 1 or not self.projects:
            self._new_project(first, second)
            return
        project = Project.objects.get(pk=self.projects[first % len(self.projects)].pk)
        place = self.places[second % len(self.places)]
        tasks, expenses = list(project.tasks.all()), list(project.expenses.all())
        goals = list(project.goals.all())
        task = tasks[second % len(tasks)] if tasks else None
        match kind:
            case 2:
                actions.change_stage(
                    project=project, to=list(Stage)[second % 5], by=None, at=self.at
                )
            case 3:
                actions.change_activity(
                    project=project, to=list(Activity)[second % 3], by=None, at=self.at, fi="Syy"
                )
            case 4:
                with actions.editing(project=project, by=None, at=self.at):
                    is_draft = project.publication == PublicationState.DRAFT
                    project.publication = (
                        PublicationState.PUBLISHED if is_draft else PublicationState.DRAFT
                    )
                    project.published_at = self.at
            case 5:
                row = project.participations.filter(municipality=place).first()
                if row is None:
                    self.save(Participation(project=project, municipality=place))
                else:
                    self.delete(row)
            case 6:
                row = project.participations.first()
                if row is not None:
                    row.stage = ["", *Stage][second]
                    self.save(row)
            case 7 | 8:
                due = (self.at + timedelta(days=10 * second)).date()
                town = place if second % 2 else None
                self.save(Task(project=project, title_fi="T", due_date=due, municipality=town))
            case 9 if task and task.state in OPEN:
                actions.complete_task(task=self._dated(task), by=None, at=self.at)
            case 10 if task:
                task.state, task.completed_at = list(OPEN)[second % 2], None
                self.save(task)
            case 11 if task:
                task.state, task.completed_at = TaskState.CANCELLED, None
                self.save(task)
            case 12:
                self.delete(task)
            case 13 | 18 | 22:
                state = list(ExpenseState)[second % 3]
                day = self.at.date() + timedelta(days=second - 3)
                amount = Decimal(self.serial) + Decimal("0.5")
                town = [None, *self.places][self.serial % 4]
                row = Expense(project=project, date=day, amount=amount, state=state)
                row.municipality = town
                self.save(row)
            case 19 if expenses:
                row = expenses[second % len(expenses)]
                row.state = ExpenseState.PAID
                self.save(row)
            case 14:
                self.delete(expenses[second % len(expenses)] if expenses else None)
            case 15:
                self.save(Goal(project=project, text_fi="G", base_value=0, target_value=10))
            case 16 if goals:
                goal = goals[second % len(goals)]
                if second % 2:
                    goal.state = list(GoalState)[second % 3]
                    self.save(goal)
                else:
                    day = self.at.date()
                    goal.measurements.filter(date=day).delete()
                    self.save(Measurement(goal=goal, date=day, value=self.serial))
            case 20:
                with actions.editing(project=project, by=None, at=self.at):
                    project.cost_visibility = list(CostVisibility)[second % 3]
            case 21:
                with actions.editing(project=project, by=None, at=self.at):
                    project.money_as_of = self.at.date() if second % 2 else None
            case 17:
                row = self.region.memberships.filter(municipality=place).first()
                if row is None:
                    self.save(RegionMember(region=self.region, municipality=place))
                else:
                    self.delete(row)
                place.plan_status = ["", "none", "in_force"][second % 3]
                self.save(place)

    def _dated(self, task: Task) -> Task:
        task._history_date = self.at
        return task

    def _new_project(self, first: int, second: int) -> None:
        project = Project(
            slug=f"hanke-{self.serial}", title_fi=f"Hanke {self.serial}", stage=Stage.PLANNING,
            publication=PublicationState.PUBLISHED, published_at=self.at,
            budget=first * 100 if first else None,
            money_as_of=self.at.date() if second != 4 else None,
            cost_visibility=CostVisibility.NOTHING if second == 5 else CostVisibility.TOTALS,
        )  # fmt: skip
        with actions.editing(project=project, by=None, at=self.at):
            project.full_clean()
            project.save()
            if second % 2:
                project.regions.set([self.region])
            for place in self.places[: first % 4]:
                self.save(Participation(project=project, municipality=place))
        self.projects.append(project)


# --- what is written down, by plain loops --------------------------------------------------------


@dataclass(frozen=True)
class Page:
    """The region as anybody could have written it down from the public pages."""

    members: dict[int, str]  # plan status
    projects: dict[int, tuple]
    tasks: dict[int, tuple]
    expenses: dict[int, tuple]
    goals: dict[int, tuple]

    @classmethod
    def of(cls, world: World) -> "Page":
        members = {
            row.municipality_id: row.municipality.plan_status
            for row in RegionMember.objects.filter(region=world.region)
        }
        projects = {}
        for row in Project.objects.all():
            own = {p.municipality_id: p.stage for p in row.participations.all()}
            here = world.region in row.regions.all() or set(own) & set(members)
            if row.publication == PublicationState.PUBLISHED and here:
                money = row.budget, row.cost_visibility, row.money_as_of
                projects[row.pk] = (row.stage, row.activity, own, money)
        of_projects = {"project__in": list(projects)}
        return cls(
            members,
            projects,
            {
                row.pk: (row.project_id, row.state, row.due_date, row.municipality_id)
                for row in Task.objects.filter(**of_projects)
                if row.municipality_id is None or row.municipality_id in members
            },
            {
                row.pk: (row.project_id, row.amount, row.state, row.date, row.municipality_id)
                for row in Expense.objects.filter(**of_projects)
            },
            {
                row.pk: (
                    row.project_id,
                    row.state,
                    sorted((m.date, m.value) for m in row.measurements.all()),
                )
                for row in Goal.objects.filter(**of_projects)
            },
        )

    def only(self, public: dict[int, str]) -> "Page":
        """Without what is not public any more, or whose money is not."""

        def kept(rows: dict[int, tuple]) -> dict[int, tuple]:
            return {pk: row for pk, row in rows.items() if row[0] in public}

        projects = {}
        for pk, (*facts, money) in self.projects.items():
            if pk in public:
                told = money[1] if public[pk] != CostVisibility.NOTHING else public[pk]
                projects[pk] = (*facts, (money[0], told, money[2]))
        return Page(self.members, projects, kept(self.tasks), kept(self.expenses), kept(self.goals))

    def late(self, on: date) -> set[int]:
        return {
            pk
            for pk, (project, state, due, _place) in self.tasks.items()
            if state in OPEN and due < on and not over(self.projects[project])
        }

    def used(self, by_place: bool = False) -> dict[int | None, Decimal]:
        """By project, or by municipality with None for what is no member's own: of those that
        publish their costs, as of a day, and have told of some expense. What a municipality has
        only planned is nothing of its own yet.
        """
        found: dict[int | None, Decimal] = {}
        for project, amount, state, _day, place in self.expenses.values():
            _budget, visibility, as_of = self.projects[project][3]
            if visibility == CostVisibility.NOTHING or as_of is None:
                continue
            if by_place and state == ExpenseState.PLANNED:
                continue
            key = (place if place in self.members else None) if by_place else project
            spent = Decimal(0) if state == ExpenseState.PLANNED else amount
            found[key] = found.get(key, Decimal(0)) + spent
        return found


def over(project: tuple) -> bool:
    return project[0] == Stage.COMPLETED or project[1] == Activity.CANCELLED


def read(state: State) -> Page:
    """The same from a state."""
    own: dict[int, dict[int, str]] = {}
    for row in state.participations:
        own.setdefault(row.project_id, {})[row.municipality_id] = row.stage
    values: dict[int, list] = {}
    for row in state.measurements:
        values.setdefault(row.goal_id, []).append((row.date, row.value))
    return Page(
        {pk: place.plan_status for pk, place in state.members.by_pk.items()},
        {
            pk: (
                row.stage,
                row.activity,
                own.get(pk, {}),
                (row.budget, row.cost_visibility, row.money_as_of),
            )
            for pk, row in state.projects.items()
        },
        {r.pk: (r.project_id, r.state, r.due_date, r.municipality_id) for r in state.tasks},
        {
            r.pk: (r.project_id, r.amount, r.state, r.date, r.municipality_id)
            for r in state.expenses
        },
        {r.pk: (r.project_id, r.state, sorted(values.get(r.pk, []))) for r in state.goals},
    )


def used(state: State) -> tuple[dict[int, Decimal], dict[int | None, Decimal]]:
    """What a state says has been used, by project and by municipality."""
    by_project = {row.pk: row.used for row in state.money.projects if row.used is not None}
    places = ((row.municipality, row.used) for row in state.money.places)
    return by_project, {place.pk if place else None: amount for place, amount in places}


def compare(since: Page, until: Page, days: tuple[date, date], found: Any) -> None:
    """The difference of two pages, by plain loops, against the one of two states."""
    assert {row.pk for row in found.new} == set(until.projects) - set(since.projects)
    assert {row.pk for row in found.ended} == {
        pk
        for pk, row in until.projects.items()
        if over(row) and not (pk in since.projects and over(since.projects[pk]))
    }
    moved = {
        pk
        for pk, row in until.projects.items()
        if pk in since.projects
        and row[:2] != since.projects[pk][:2]
        and over(row) == over(since.projects[pk])
    }
    assert {move.project.pk for move in found.moves if move.municipality is None} == moved
    own = {
        (pk, place)
        for pk, row in until.projects.items()
        for place, stage in row[2].items()
        if pk in since.projects
        and place in until.members
        and since.projects[pk][2].get(place, stage) != stage
        and (since.projects[pk][2][place] or since.projects[pk][0]) != (stage or row[0])
    }
    assert {(m.project.pk, m.municipality.pk) for m in found.moves if m.municipality} == own
    for name, state in (("done", TaskState.DONE), ("cancelled", TaskState.CANCELLED)):
        assert {task.pk for task in getattr(found, name)} == {
            pk
            for pk, row in until.tasks.items()
            if row[1] == state
            and since.tasks.get(pk, ("", ""))[1] != state
            and (row[0] in since.projects or not over(until.projects[row[0]]))
        }
    assert {task.pk for task in found.added} == {
        pk
        for pk, row in until.tasks.items()
        if pk not in since.tasks and row[0] in since.projects and row[1] in OPEN
    }
    gone_late = until.late(days[1]) - since.late(days[0])
    assert {task.pk for task in found.gone_late} == gone_late
    before, after = since.used(), until.used()
    assert {row.project.pk: (row.before, row.after) for row in found.accruals} == {
        pk: (before.get(pk), used) for pk, used in after.items() if before.get(pk, 0) != used
    }
    assert {row.municipality.pk: (row.before, row.after) for row in found.plans} == {
        pk: (since.members[pk], status)
        for pk, status in until.members.items()
        if pk in since.members and since.members[pk] != status
    }


@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking would take minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(edits=EDITS, picks=st.tuples(st.integers(0, 99), st.integers(0, 99)))
@example(edits=COSTS, picks=(8, 20))
@example(edits=PLANNED_ONLY, picks=(65, 81))
def test_any_past_moment_is_as_it_was(edits: list[tuple], picks: tuple[int, int]) -> None:
    with transaction.atomic():
        world = World(START, [], RegionFactory.build(kind="cooperation"))
        world.save(world.region)
        world.places = [world.save(MunicipalityFactory.build()) for _ in range(3)]
        for place in world.places[:2]:
            world.save(RegionMember(region=world.region, municipality=place))
        pages: list[tuple[datetime, Page]] = [(world.at, Page.of(world))]
        for kind, first, second, days in edits:
            world.at += timedelta(days=days, hours=1)
            world.edit(kind, first, second)
            pages.append((world.at, Page.of(world)))
        public = dict(Project.objects.published().values_list("pk", "cost_visibility"))
        told = [page.only(public) for _at, page in pages]
        moments = [at + timedelta(minutes=30 * (n % 2)) for n, (at, _page) in enumerate(pages)]
        found = states(world.region, moments)
        for state, page in zip(found, told, strict=True):
            assert read(state) == page
            assert used(state) == (page.used(), page.used(by_place=True))
        one, two = sorted(pick % len(pages) for pick in picks)
        since, until = found[one], found[two]
        compare(told[one], told[two], (since.on, until.on), changes(since, until))
        transaction.set_rollback(True)
