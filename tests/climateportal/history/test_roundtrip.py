"""Random edits of a project and its rows, then a restore: everything is as it was."""

import random
from datetime import date
from typing import Any

import pytest
from django.test import Client

from climateportal.models import User
from projects.actions import editing
from projects.enums import TaskState
from projects.models import Goal, Project, Task
from tests.climateportal.history.restores import (
    latest_moment,
    restore_address,
    restored,
    state_of,
    whole_project,
)
from tests.factories import (
    ContactFactory,
    ExpenseFactory,
    GoalFactory,
    MeasurementFactory,
    ProjectContactFactory,
    TaskFactory,
    ThemeFactory,
    UserFactory,
    WorkPackageFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss() -> User:
    return UserFactory(superuser=True)


def _rows(project: Project, relation: str) -> list[Any]:
    return list(getattr(project, relation).order_by("pk"))


def _edit_row(project: Project, dice: random.Random) -> None:
    relation, field, values = dice.choice([
        ("tasks", "title_sv", ["Ny", "Nyare", ""]),
        ("tasks", "due_date", [date(2030, 1, 1), None]),
        ("goals", "text_fi", ["Toinen tavoite", "Kolmas"]),
        ("expenses", "amount", [5, 7]),
        ("materials", "title_fi", ["Opas", "Kortti"]),
        ("participations", "note_fi", ["Oma linja", ""]),
        ("participations", "stage", ["planning", "idea", ""]),
        ("project_contacts", "role_en", ["Lead", ""]),
    ])  # fmt: skip
    for row in _rows(project, relation)[:1]:
        setattr(row, field, dice.choice(values))
        row.save()


def _complete(project: Project, dice: random.Random) -> None:
    for task in project.tasks.order_by("pk"):
        done = dice.random() < 0.5
        task.state = TaskState.DONE if done else TaskState.IN_PROGRESS
        task.completed_at = date(2025, 5, 5) if done else None
        task.save()


def _move_primary(project: Project, dice: random.Random) -> None:
    rows = _rows(project, "project_contacts")
    if len(rows) < 2:
        return
    chosen = dice.choice(rows)
    for row in sorted(rows, key=lambda row: row == chosen):
        row.is_primary = row == chosen
        row.save()


def _delete(project: Project, dice: random.Random) -> None:
    relation = dice.choice(
        ["tasks", "goals", "expenses", "work_packages", "project_contacts", "updates", "fundings"]
    )
    rows = _rows(project, relation)
    if rows:
        dice.choice(rows).delete()


def _add(project: Project, dice: random.Random) -> None:
    match dice.randrange(5):
        case 0:
            TaskFactory(project=project, work_package=WorkPackageFactory(project=project))
        case 1:
            MeasurementFactory(goal=GoalFactory(project=project))
        case 2:
            ProjectContactFactory(project=project, contact=ContactFactory(), is_primary=False)
        case 3:
            ExpenseFactory(project=project)
        case 4:
            goal = Goal.objects.filter(project=project).first()
            if goal:
                MeasurementFactory(goal=goal)


def _many(project: Project, dice: random.Random) -> None:
    dice.choice([
        lambda: project.themes.set([ThemeFactory()]),
        lambda: project.regions.clear(),
        lambda: project.themes.clear(),
    ])()  # fmt: skip


def _texts(project: Project, dice: random.Random) -> None:
    project.title_fi = dice.choice(["Uusi nimi", "Vielä uudempi"])
    project.slug = dice.choice(["uusi-nimi", "vanha-nimi"])
    project.stage = dice.choice(["planning", "implementation"])
    project.description_sv = dice.choice(["<p>Ett stycke</p>", ""])
    project.end_date = dice.choice([None, date(2031, 12, 31)])


EDITS = (_edit_row, _complete, _move_primary, _delete, _add, _many, _texts)


def _random_edits(project: Project, by: User, dice: random.Random, times: int) -> None:
    for _ in range(times):
        with editing(project=Project.objects.get(pk=project.pk), by=by) as edited:
            dice.choice(EDITS)(edited, dice)


@pytest.mark.parametrize("seed", range(3))
def test_any_edits_are_undone_and_the_undoing_too(client: Client, boss: User, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311
    project = whole_project()
    client.force_login(boss)
    then, moment = state_of(project), latest_moment(project)
    _random_edits(project, boss, dice, 12)
    later, later_moment = state_of(project), latest_moment(project)
    restored(client, restore_address(project, moment))
    assert state_of(project) == then
    restored(client, restore_address(project, later_moment))
    assert state_of(project) == later


def test_an_empty_plan_has_nothing_to_confirm(client: Client, boss: User) -> None:
    project = whole_project()
    client.force_login(boss)
    page = client.get(restore_address(project, latest_moment(project)))
    assert page.context["plan"].parts == []
    assert "Mikään ei muuttuisi" in page.content.decode()


def test_the_next_edit_begins_from_what_was_restored(client: Client, boss: User) -> None:
    """The history rows of a restore tell the whole state: later reads of that moment find it."""
    project = whole_project()
    client.force_login(boss)
    moment = latest_moment(project)
    Task.objects.filter(project=project).first().delete()
    restored(client, restore_address(project, moment))
    back = latest_moment(project)
    then = state_of(project)
    _random_edits(project, boss, random.Random(3), 5)  # noqa: S311
    restored(client, restore_address(project, back))
    assert state_of(project) == then
