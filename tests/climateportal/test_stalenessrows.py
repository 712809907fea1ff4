"""Rows of a form that two editors change: both keep theirs, and nothing comes or goes unasked."""

from datetime import date

import pytest
from django.test import Client

from projects.enums import TaskState
from projects.models import Expense, Project, Task
from tests.adminforms import controls, row, saved
from tests.climateportal.staleworld import address, maija, mine, opened, project, refused, theirs
from tests.factories import (
    ExpenseFactory,
    MunicipalityFactory,
    ProjectFactory,
    TaskFactory,
    UserFactory,
)

__all__ = ["maija", "mine", "project", "theirs"]
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def tasks(project: Project) -> list[Task]:
    return [
        TaskFactory(project=project, title_fi=name, order=number)
        for number, name in enumerate(("Yksi", "Kaksi", "Kolme"))
    ]


def test_rows_of_both_are_kept(
    mine: Client, theirs: Client, project: Project, tasks: list[Task]
) -> None:
    first, second = opened(theirs, project), opened(mine, project)
    first |= {"tasks-0-title_fi": "Yksi heiltä", "tasks-1-DELETE": "on"}
    new = {"state": "not_started", "due_precision": "day", "completed_precision": "day"}
    first = row(first, "tasks", title_fi="Neljä heiltä", order=4, **new)
    saved(theirs, address(project), first)
    second |= {"tasks-2-title_fi": "Kolme minulta", "tasks-2-state": "in_progress"}
    second = row(second, "tasks", title_fi="Viisi minulta", order=5, **new)
    response = mine.post(address(project), second)
    kinds = {item.kind for item in refused(response).values()}
    assert kinds == {"taken", "removed", "added"}
    saved(mine, address(project), controls(response, "project_form"))
    assert [task.title_fi for task in project.tasks.order_by("order")] == [
        "Yksi heiltä", "Kolme minulta", "Neljä heiltä", "Viisi minulta",
    ]  # fmt: skip
    assert project.tasks.get(title_fi="Kolme minulta").state == TaskState.IN_PROGRESS


@pytest.mark.parametrize("choice", ["mine", "stored"])
def test_a_row_removed_there_and_edited_here(
    mine: Client, theirs: Client, project: Project, tasks: list[Task], choice: str
) -> None:
    first, second = opened(theirs, project), opened(mine, project)
    saved(theirs, address(project), first | {"tasks-1-DELETE": "on"})
    response = mine.post(address(project), second | {"tasks-1-title_fi": "Kaksi minulta"})
    (told,) = refused(response).values()
    assert told.kind == "kept" and "Kaksi minulta" in told.mine and "Kaksi" in told.label
    saved(mine, address(project), controls(response, "project_form") | {told.choice: choice})
    titles = {task.title_fi for task in project.tasks.all()}
    assert titles == {"Yksi", "Kolme"} | ({"Kaksi minulta"} if choice == "mine" else set())


@pytest.mark.parametrize("choice", ["mine", "stored"])
def test_a_row_removed_here_and_edited_there(
    mine: Client, theirs: Client, project: Project, tasks: list[Task], choice: str
) -> None:
    first, second = opened(theirs, project), opened(mine, project)
    saved(theirs, address(project), first | {"tasks-1-title_fi": "Kaksi heiltä"})
    response = mine.post(address(project), second | {"tasks-1-DELETE": "on"})
    (told,) = refused(response).values()
    assert told.kind == "unwanted" and "Kaksi heiltä" in told.stored
    saved(mine, address(project), controls(response, "project_form") | {told.choice: choice})
    titles = {task.title_fi for task in project.tasks.all()}
    assert titles == {"Yksi", "Kolme"} | ({"Kaksi heiltä"} if choice == "stored" else set())


def test_a_field_of_a_row_can_be_chosen(
    mine: Client, theirs: Client, project: Project, tasks: list[Task]
) -> None:
    first, second = opened(theirs, project), opened(mine, project)
    saved(theirs, address(project), first | {"tasks-1-body_fi": "<p>Heidän</p>"})
    response = mine.post(address(project), second | {"tasks-1-body_fi": "<p>Minun</p>"})
    (told,) = refused(response).values()
    assert told.label.startswith("Tehtävä ”Kaksi”")
    saved(mine, address(project), controls(response, "project_form") | {told.choice: "stored"})
    tasks[1].refresh_from_db()
    assert tasks[1].body_fi == "<p>Heidän</p>"


def test_of_many_expenses_only_those_on_the_form_count(
    mine: Client, theirs: Client, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("projects.admin.money.MOST_ROWS", 2)
    for day in range(1, 5):
        ExpenseFactory(project=project, date=date(2026, 1, day), note=f"Kulu {day}")
    data = opened(mine, project)
    assert data["expenses-INITIAL_FORMS"] == "2"
    saved(mine, address(project), data | {"title_fi": "Uusi nimi"})  # no false alarm
    data = opened(mine, project)
    Expense.objects.filter(note="Kulu 1").update(amount=7)  # not on the form
    saved(mine, address(project), data)
    data = opened(mine, project)
    new = ExpenseFactory(project=project, date=date(2026, 2, 1), note="Liitetty")
    response = mine.post(address(project), data)
    assert [item.kind for item in refused(response).values()] == ["added"]
    kept = controls(response, "project_form")
    keys = {kept[f"expenses-{number}-id"] for number in range(3)}
    assert str(new.pk) in keys and kept["expenses-INITIAL_FORMS"] == "3"
    saved(mine, address(project), kept)
    assert project.expenses.count() == 5


def test_the_own_part_of_a_joint_project_is_guarded_too(theirs: Client) -> None:
    place = MunicipalityFactory()
    project = ProjectFactory(municipalities=[place, MunicipalityFactory()])
    TaskFactory(project=project, municipality=place, title_fi="Oma")
    coordinator, client = UserFactory(), Client()
    coordinator.municipalities.add(place)
    client.force_login(coordinator)
    first, second = opened(theirs, project), opened(client, project)
    assert "title_fi" not in second
    saved(theirs, address(project), first | {"title_fi": "Ei minun", "tasks-0-title_fi": "Heidän"})
    response = client.post(address(project), second | {"tasks-0-title_fi": "Minun"})
    (told,) = refused(response).values()
    assert (told.mine, told.stored) == ("Minun", "Heidän")
    data = controls(response, "project_form")
    saved(client, address(project), data)
    assert client.post(address(project), data | {"_save": "1"}).status_code == 302
    project.refresh_from_db()
    assert (project.title_fi, project.tasks.get().title_fi) == ("Ei minun", "Minun")
