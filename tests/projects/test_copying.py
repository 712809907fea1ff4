"""A project or its tasks as the model of another: what is copied, and what never is."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from climateportal.publishing import PublicationState
from projects.copying import Part, copy_project, copy_tasks
from projects.enums import Stage, TaskState
from projects.models import Project, WorkPackage
from tests.factories import (
    ExpenseFactory,
    GoalFactory,
    MunicipalityFactory,
    ProjectContactFactory,
    ProjectFactory,
    RegionFactory,
    TaskFactory,
    ThemeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Project:
    """A project on its way, with something in every part."""
    place = MunicipalityFactory()
    project = ProjectFactory(
        municipalities=[place], regions=[RegionFactory()], themes=[ThemeFactory()],
        title_fi="Malli", title_sv="Modell", summary_sv="Kort", description_fi="<p>Kuvaus</p>",
        internal_notes="Vain meille", budget=1000, start_date=date(2024, 1, 1),
        end_date=date(2024, 12, 31), stage=Stage.IMPLEMENTATION,
    )  # fmt: skip
    package = WorkPackage.objects.create(
        project=project, title_fi="Osa", start_date=date(2024, 2, 1), order=0
    )
    TaskFactory(
        project=project, title_fi="Tehty", state=TaskState.DONE, completed_at=date(2024, 3, 1),
        due_date=date(2024, 3, 10), municipality=place, work_package=package, order=0,
    )  # fmt: skip
    TaskFactory(project=project, title_fi="Peruttu", state=TaskState.CANCELLED, order=1)
    GoalFactory(project=project, text_fi="Tavoite", base_value=5, target_value=10)
    ProjectContactFactory(project=project, is_primary=True)
    ExpenseFactory(project=project)
    return project


def test_texts_and_tasks_are_copied_and_progress_is_not(source: Project) -> None:
    user = UserFactory()
    copy = copy_project(source=source, title="Uusi", by=user, parts=Part, start=date(2027, 1, 1))
    copy.refresh_from_db()
    assert (copy.title_fi, copy.title_sv, copy.summary_sv) == ("Uusi", "", "Kort")
    assert copy.publication == PublicationState.DRAFT
    assert (copy.stage, copy.budget, copy.internal_notes) == (Stage.IDEA, None, "")
    assert copy.end_date == date(2027, 12, 31)
    assert not copy.expenses.exists()
    [task] = copy.tasks.all()
    assert (task.title_fi, task.state, task.completed_at) == ("Tehty", "not_started", None)
    assert task.due_date == date(2027, 3, 10)
    assert task.work_package.project == copy
    assert task.work_package.start_date == date(2027, 2, 1)
    goal = copy.goals.get()
    assert (goal.text_fi, goal.base_value, goal.target_value) == ("Tavoite", None, 10)
    assert copy.project_contacts.get().is_primary
    assert list(copy.themes.all()) == list(source.themes.all())
    assert list(copy.municipalities.all()) == list(source.municipalities.all())
    assert copy.history.first().history_user == user


def test_without_a_start_days_are_empty_and_without_parts_there_are_none(source: Project) -> None:
    copy = copy_project(source=source, title="Uusi", by=None, parts=[Part.TASKS])
    [task] = copy.tasks.all()
    assert (task.due_date, task.municipality, copy.end_date) == (None, None, None)
    assert not copy.goals.exists()
    assert not copy.municipalities.exists()
    assert not copy.project_contacts.exists()


def test_addresses_of_copies_are_their_own(source: Project) -> None:
    slugs = {copy_project(source=source, title="Malli", by=None, parts=()).slug for _ in range(2)}
    assert len(slugs | {source.slug}) == 3


def test_tasks_are_added_after_the_own_ones(source: Project) -> None:
    target = ProjectFactory()
    TaskFactory(project=target, title_fi="Oma", order=0)
    assert copy_tasks(source=source, to=target, by=None) == 1
    assert [task.title_fi for task in target.tasks.all()] == ["Oma", "Tehty"]
    assert target.tasks.last().municipality is None  # which takes no part in this one
    with pytest.raises(ValidationError, match="omia tehtäviä"):
        copy_tasks(source=target, to=target, by=None)


def test_tasks_do_not_double_without_end(source: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("projects.copying.MOST_TASKS", 1)
    target = ProjectFactory()
    TaskFactory(project=target)
    with pytest.raises(ValidationError, match="olisi 2 tehtävää"):
        copy_tasks(source=source, to=target, by=None)
    assert target.tasks.count() == 1
    assert not target.work_packages.exists()


# --- in the admin --------------------------------------------------------------------------------


@pytest.fixture
def signed_in(client: Client, source: Project) -> Client:
    user = UserFactory()
    user.municipalities.set(source.municipalities.all())
    client.force_login(user)
    return client


def send(client: Client, name: str, project: Project, data: dict[str, Any]) -> Any:
    return client.post(reverse(f"admin:projects_project_{name}", args=[project.pk]), data)


def test_a_copy_opens_for_its_maker(signed_in: Client, source: Project) -> None:
    response = send(signed_in, "copy", source, {"title": "Uusi", "parts": ["tasks"]})
    copy = Project.objects.get(title_fi="Uusi")
    assert response.url == reverse("admin:projects_project_change", args=[copy.pk])
    assert list(copy.municipalities.all()) == list(source.municipalities.all())  # the maker's own
    assert signed_in.get(response.url).status_code == 200


def test_odd_values_are_told_and_nothing_is_made(signed_in: Client, source: Project) -> None:
    for data in (
        {"title": ""}, {"title": "x" * 200}, {"title": "\0"}, {"title": "A", "parts": ["money"]},
        {"title": "A", "start": "32.1.2027"}, {"title": "A", "start": "31.12.9999"},
    ):  # fmt: skip
        response = send(signed_in, "copy", source, data)
        assert response.status_code == 422, data
        assert 'id="problems"' in response.content.decode()
    assert Project.objects.count() == 1


def test_tasks_of_public_projects_only(signed_in: Client, source: Project) -> None:
    hidden = ProjectFactory(draft=True)
    TaskFactory(project=hidden)
    for odd in (hidden.pk, "", "abc", "\0", "9" * 30, source.pk):
        assert send(signed_in, "take_tasks", source, {"source": odd}).status_code == 422, odd
    public = ProjectFactory()
    TaskFactory(project=public, title_fi="Naapurin tehtävä")
    response = send(signed_in, "take_tasks", source, {"source": public.pk})
    assert response.url == reverse("admin:projects_project_board", args=[source.pk])
    assert source.tasks.last().title_fi == "Naapurin tehtävä"
