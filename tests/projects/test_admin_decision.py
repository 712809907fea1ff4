"""Items of a meeting in the admin: what is told at which field, and the task that follows."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from climateportal.models import User
from municipalities.models import Meeting
from projects.models import Decision, Project, Task
from tests.adminforms import controls, problems, row, saved
from tests.factories import (
    DecisionFactory,
    MeetingFactory,
    MunicipalityFactory,
    ProjectFactory,
    RegionFactory,
    SteeringGroupFactory,
    TaskFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    """The coordinator of one region."""
    user = UserFactory()
    user.regions.add(RegionFactory(members=[MunicipalityFactory(name_fi="Oma")]))
    return user


@pytest.fixture
def coordinator(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


@pytest.fixture
def meeting(user: User) -> Meeting:
    return MeetingFactory(group=SteeringGroupFactory(region=user.regions.get()))


@pytest.fixture
def url(meeting: Meeting) -> str:
    return reverse("admin:municipalities_meeting_change", args=[meeting.pk])


@pytest.fixture
def own(meeting: Meeting) -> Project:
    """A public project that the coordinator may edit."""
    return ProjectFactory(title_fi="Oma hanke", regions=[meeting.group.region])


@pytest.fixture
def public() -> Project:
    """A public project of others."""
    return ProjectFactory(title_fi="Muiden hanke")


@pytest.fixture
def hidden() -> Project:
    """Somebody else's draft."""
    return ProjectFactory(title_fi="Salainen hanke", draft=True)


def form_of(client: Client, url: str) -> dict[str, Any]:
    return controls(client.get(url), "meeting_form")


def changed(data: dict[str, Any], number: int = 0, **values: Any) -> dict[str, Any]:
    return data | {f"decisions-{number}-{name}": value for name, value in values.items()}


def refused(client: Client, url: str, data: dict[str, Any]) -> list[str]:
    """Fields of the first item that have something to correct. Nothing may have been saved."""
    tasks, decisions = Task.objects.count(), list(Decision.objects.values())
    found = problems(client.post(url, data | {"guests": "Puoliksi tallennettu"}))
    assert Task.objects.count() == tasks
    assert list(Decision.objects.values()) == decisions
    assert not Meeting.objects.filter(guests="Puoliksi tallennettu").exists()
    return [target.removeprefix("id_decisions-0-") for target in found]


# --- the item -------------------------------------------------------------------------------------


def test_items_are_written_with_projects_public_or_in_reach(
    coordinator: Client, url: str, own: Project, public: Project, hidden: Project
) -> None:
    data = row(form_of(coordinator, url), "decisions", title_fi="Kilpailutus",
               proposal_fi="<p>Kilpailutetaan</p><script>x</script>", order="1",
               projects=[own.pk, public.pk])  # fmt: skip
    saved(coordinator, url, data)
    decision = Decision.objects.get()
    assert set(decision.projects.all()) == {own, public}
    assert decision.proposal_fi == "<p>Kilpailutetaan</p>"
    assert decision.outcome == ""
    assert {row.project for row in decision.history.latest().projects.all()} == {own, public}
    data = changed(form_of(coordinator, url), projects=[own.pk, hidden.pk])
    assert refused(coordinator, url, data) == ["projects"]


def test_a_decision_without_an_outcome_is_told_at_the_outcome(
    coordinator: Client, url: str, meeting: Meeting
) -> None:
    DecisionFactory(meeting=meeting)
    data = changed(form_of(coordinator, url), text_fi="Hyväksyttiin")
    assert refused(coordinator, url, data) == ["outcome"]
    saved(coordinator, url, changed(data, outcome="approved"))
    assert Decision.objects.get().text_fi == "Hyväksyttiin"


def test_projects_that_the_editor_does_not_see_survive_a_save(
    coordinator: Client, url: str, meeting: Meeting, own: Project, public: Project, hidden: Project
) -> None:
    task = TaskFactory(project=hidden, title_fi="Salainen tehtävä")
    decision = DecisionFactory(meeting=meeting, projects=[own, hidden], follow_up=task)
    page = coordinator.get(url).content.decode()
    assert "Salainen" not in page
    saved(coordinator, url, changed(form_of(coordinator, url), projects=[public.pk]))
    decision.refresh_from_db()
    assert set(decision.projects.all()) == {public, hidden}
    assert decision.follow_up == task


# --- an existing task -----------------------------------------------------------------------------


def test_tasks_of_the_items_projects_can_be_chosen(
    coordinator: Client, url: str, meeting: Meeting, own: Project, public: Project
) -> None:
    mine, theirs = TaskFactory(project=own), TaskFactory(project=public)
    elsewhere = TaskFactory(project=ProjectFactory(), title_fi="Muualla")
    DecisionFactory(meeting=meeting, projects=[own, public])
    page = coordinator.get(url).content.decode()
    for task in (mine, theirs):
        assert f'<option value="{task.pk}">{task.title_fi} ({task.project})' in page
    assert "Muualla" not in page
    data = form_of(coordinator, url)
    assert refused(coordinator, url, changed(data, follow_up=elsewhere.pk)) == ["follow_up"]
    gone = changed(data, follow_up=mine.pk, projects=[public.pk])
    assert refused(coordinator, url, gone) == ["follow_up"]
    for task in (mine, theirs):
        saved(coordinator, url, changed(form_of(coordinator, url), follow_up=task.pk))
        assert Decision.objects.get().follow_up == task


def test_the_task_of_a_hidden_project_cannot_be_chosen(
    coordinator: Client, url: str, meeting: Meeting, own: Project, hidden: Project
) -> None:
    task = TaskFactory(project=hidden)
    DecisionFactory(meeting=meeting, projects=[own, hidden])
    data = changed(form_of(coordinator, url), follow_up=task.pk)
    assert refused(coordinator, url, data) == ["follow_up"]


# --- a new task -----------------------------------------------------------------------------------


def test_a_new_task_goes_to_the_items_only_project(
    coordinator: Client, url: str, own: Project, user: User
) -> None:
    place = user.regions.get().members.get()
    data = row(form_of(coordinator, url), "decisions", title_fi="Kilpailutus", projects=[own.pk],
               order="0", task_title="Kilpailuta kysely", task_due="30.4.2027",
               task_municipality=place.pk)  # fmt: skip
    response = saved(coordinator, url, data)
    task = own.tasks.get()
    assert (task.title_fi, task.due_date) == ("Kilpailuta kysely", date(2027, 4, 30))
    assert (task.state, task.municipality) == ("not_started", place)
    assert Decision.objects.get().follow_up == task
    assert task.history.get().history_user == user
    assert "Kilpailuta kysely" in coordinator.get(response.url).content.decode()
    data = form_of(coordinator, url)
    assert data["decisions-0-follow_up"] == str(task.pk)
    assert data["decisions-0-task_title"] == ""
    saved(coordinator, url, data)
    assert Task.objects.count() == 1


def test_two_items_add_to_one_project_in_one_save(
    coordinator: Client, url: str, own: Project, meeting: Meeting
) -> None:
    for _number in range(2):
        DecisionFactory(meeting=meeting, projects=[own])
    data = changed(form_of(coordinator, url), 0, task_title="Ensimmäinen")
    saved(coordinator, url, changed(data, 1, task_title="Toinen"))
    assert [task.title_fi for task in own.tasks.all()] == ["Ensimmäinen", "Toinen"]
    assert {row.follow_up.title_fi for row in meeting.decisions.all()} == {"Ensimmäinen", "Toinen"}


def test_a_project_that_may_not_be_edited_gets_no_task(
    coordinator: Client, url: str, meeting: Meeting, own: Project, public: Project
) -> None:
    DecisionFactory(meeting=meeting, projects=[public])
    data = changed(form_of(coordinator, url), task_title="Tehtävä")
    assert refused(coordinator, url, data) == ["task_title"]
    both = changed(data, projects=[own.pk, public.pk])
    assert refused(coordinator, url, both) == ["task_project"], "which of the two"
    assert refused(coordinator, url, changed(both, task_project=public.pk)) == ["task_project"]
    saved(coordinator, url, changed(both, task_project=own.pk))
    assert (own.tasks.count(), public.tasks.count()) == (1, 0)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"task_due": "1.5.2027"}, "task_title"),
        ({"task_title": "Tehtävä", "projects": []}, "projects"),
        ({"task_title": "Tehtävä", "task_due": "joskus"}, "task_due"),
        ({"task_title": "x" * 201}, "task_title"),
        ({"task_title": "Tehtävä", "task_project": "other"}, "task_project"),
        ({"task_title": "Tehtävä", "task_project": "hidden"}, "task_project"),
        ({"task_title": "Tehtävä", "follow_up": "task"}, "task_title"),
        ({"task_title": "Tehtävä", "task_municipality": "99999"}, "task_municipality"),
    ],
)
def test_what_stops_a_task_is_told_at_its_field(
    coordinator: Client, url: str, meeting: Meeting, own: Project, public: Project,
    hidden: Project, values: dict[str, Any], field: str,
) -> None:  # fmt: skip
    known = {"other": public.pk, "hidden": hidden.pk, "task": TaskFactory(project=own).pk}
    DecisionFactory(meeting=meeting, projects=[own])
    sent = {
        name: known.get(value, value) if isinstance(value, str) else value
        for name, value in values.items()
    }
    data = changed(form_of(coordinator, url), **sent)
    assert refused(coordinator, url, data) == [field]


def test_a_project_with_something_to_correct_is_told_before_saving(
    coordinator: Client, url: str, meeting: Meeting, own: Project
) -> None:
    Project.objects.filter(pk=own.pk).update(stated_status="late", stated_reason_fi="")
    DecisionFactory(meeting=meeting, projects=[own])
    data = changed(form_of(coordinator, url), task_title="Tehtävä")
    assert refused(coordinator, url, data) == ["task_title"]


def test_an_item_that_is_removed_leaves_no_task(
    coordinator: Client, url: str, meeting: Meeting, own: Project
) -> None:
    DecisionFactory(meeting=meeting, projects=[own])
    saved(coordinator, url, changed(form_of(coordinator, url), task_title="Tehtävä", DELETE="on"))
    assert not Decision.objects.exists()
    assert not Task.objects.exists()
