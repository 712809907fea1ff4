"""The task board: who moves which task where, and what is refused without a loss."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from projects import actions
from projects.enums import TaskState
from projects.models import Project, Task
from tests.factories import MunicipalityFactory, ProjectFactory, TaskFactory, UserFactory

pytestmark = pytest.mark.django_db


class OnBoard:
    """A joint project with a task of each kind; `client` coordinates the first municipality."""

    def __init__(self, joint: bool) -> None:
        self.own, self.other = MunicipalityFactory(), MunicipalityFactory()
        places = [self.own, self.other] if joint else [self.own]
        self.project: Project = ProjectFactory(municipalities=places)
        self.task: Task = TaskFactory(
            project=self.project,
            municipality=self.own,
            title_fi="Oma",
            order=0,
            state=TaskState.NOT_STARTED,
        )
        self.common: Task = TaskFactory(
            project=self.project, title_fi="Yhteinen", order=1, state=TaskState.NOT_STARTED
        )
        self.user = UserFactory()
        self.user.municipalities.add(self.own)
        self.client = Client()
        self.client.force_login(self.user)
        self.url = reverse("admin:projects_project_board", args=[self.project.pk])

    def press(self, do: str, task: Task, **data: Any) -> Any:
        data = {"was": task.state, "task": task.pk, **data}
        return self.client.post(self.url, {"do": do, **data})

    def stored(self, task: Task) -> Task:
        return Task.objects.get(pk=task.pk)


@pytest.fixture
def whole() -> OnBoard:
    return OnBoard(joint=False)


@pytest.fixture
def part() -> OnBoard:
    return OnBoard(joint=True)


def test_a_task_goes_through_its_states(whole: OnBoard) -> None:
    today = timezone.localdate()
    whole.press("start", whole.task)
    task = whole.stored(whole.task)
    assert task.state == TaskState.IN_PROGRESS
    response = whole.press("done", task, **{f"done{task.pk}-on": f"{today:%d.%m.%Y}"})
    assert response.url == f"{whole.url}#task-{task.pk}"
    task = whole.stored(task)
    assert (task.state, task.completed_at) == (TaskState.DONE, today)
    assert task.history.first().history_user == whole.user
    whole.press("start", task)
    task = whole.stored(task)
    assert (task.state, task.completed_at) == (TaskState.IN_PROGRESS, None)


def test_cancelling_needs_a_reason_that_residents_see(whole: OnBoard) -> None:
    task = whole.task
    refused = whole.press("cancel", task, **{f"cancel{task.pk}-reason": ""})
    assert refused.status_code == 422
    assert whole.stored(task).state == TaskState.NOT_STARTED
    whole.press("cancel", task, **{f"cancel{task.pk}-reason": "Rahat loppuivat"})
    task = whole.stored(task)
    assert (task.state, task.cancel_reason_fi) == (TaskState.CANCELLED, "Rahat loppuivat")


@pytest.mark.parametrize("day", ["", "32.1.2026", "1.1.2999"])
def test_an_odd_day_is_told_at_its_field_and_kept(whole: OnBoard, day: str) -> None:
    name = f"done{whole.task.pk}-on"
    refused = whole.press("done", whole.task, **{name: day})
    html = refused.content.decode()
    assert refused.status_code == 422
    assert "<details open>" in html
    assert f'value="{day}"' in html or not day
    assert whole.stored(whole.task).state == TaskState.NOT_STARTED


def test_what_somebody_else_moved_meanwhile_stays(whole: OnBoard) -> None:
    Task.objects.filter(pk=whole.task.pk).update(state=TaskState.IN_PROGRESS)
    page = whole.client.post(
        whole.url, {"do": "put_back", "task": whole.task.pk, "was": "not_started"}, follow=True
    )
    assert whole.stored(whole.task).state == TaskState.IN_PROGRESS
    assert "Joku muu on siirtänyt" in page.content.decode()


@pytest.mark.parametrize("do", ["start", "done", "cancel", "up"])
def test_who_is_first_at_the_lock_is_not_written_over(
    whole: OnBoard, do: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The board was looked at before the project was locked: an other's press comes in between."""
    editing = actions.editing
    key = whole.task.pk
    other = {"state": TaskState.CANCELLED, "cancel_reason_fi": "Raha loppui"}

    def waited(**given: Any) -> Any:
        Task.objects.filter(pk=key).update(**other)
        return editing(**given)

    monkeypatch.setattr(actions, "editing", waited)
    typed = {f"done{key}-on": "1.5.2026", f"cancel{key}-reason": "Muu syy"}
    page = whole.client.post(
        whole.url, {"do": do, "task": key, "was": "not_started", **typed}, follow=True
    )
    stored = whole.stored(whole.task)
    assert (stored.state, stored.cancel_reason_fi) == (TaskState.CANCELLED, "Raha loppui")
    assert "Joku muu on siirtänyt" in page.content.decode()


def test_a_task_deleted_meanwhile_is_no_error(
    whole: OnBoard, monkeypatch: pytest.MonkeyPatch
) -> None:
    editing = actions.editing

    def waited(**given: Any) -> Any:
        Task.objects.filter(pk=whole.task.pk).delete()
        return editing(**given)

    monkeypatch.setattr(actions, "editing", waited)
    for do in ("start", "up"):
        assert whole.press(do, whole.task).status_code == 403


def test_texts_written_meanwhile_are_not_written_back(whole: OnBoard) -> None:
    """The row is read again within the edit."""
    from projects.taskmoves import set_task_state

    read_before = whole.stored(whole.task)
    Task.objects.filter(pk=whole.task.pk).update(title_fi="Uusi nimi")
    set_task_state(task=read_before, to=TaskState.IN_PROGRESS, by=None)
    assert whole.stored(whole.task).title_fi == "Uusi nimi"


def test_order_changes_within_a_state_only(whole: OnBoard) -> None:
    started = TaskFactory(project=whole.project, state=TaskState.IN_PROGRESS, order=2)
    whole.press("down", whole.task)
    order = [whole.common, whole.task, started]
    assert list(whole.project.tasks.all()) == order
    whole.press("up", whole.common)  # is the first one
    whole.press("up", started)  # is alone
    assert list(whole.project.tasks.all()) == order


def test_fields_say_which_task_they_are_of(whole: OnBoard) -> None:
    whole.press("start", whole.task)
    page = whole.client.get(whole.url).content.decode()
    for label in ("Tehty", "Miksi peruttu, suomeksi"):
        assert f'{label}<span class="visually-hidden">: Oma</span></label>' in page


def test_a_move_is_told_and_the_message_is_named(whole: OnBoard) -> None:
    whole.press("down", whole.task)
    page = whole.client.get(whole.url).content.decode()
    assert "”Oma” on nyt paikalla 2/2." in page
    assert '<div id="told" role="group" aria-labelledby="told-words" tabindex="-1"' in page


def test_a_new_task_is_the_last_and_keeps_what_was_typed_when_refused(whole: OnBoard) -> None:
    refused = whole.client.post(whole.url, {"do": "add", "new-title_fi": "", "new-due_date": "x"})
    assert refused.status_code == 422
    assert 'value="x"' in refused.content.decode()
    data = {"do": "add", "new-title_fi": "Uusi tehtävä", "new-due_date": "1.5.2030"}
    whole.client.post(whole.url, data)
    task = whole.project.tasks.last()
    assert (task.title_fi, task.municipality, str(task.due_date)) == (
        "Uusi tehtävä", None, "2030-05-01",
    )  # fmt: skip


def test_of_a_joint_project_only_the_own_tasks_move(part: OnBoard) -> None:
    html = part.client.get(part.url).content.decode()
    assert "Yhteinen" in html
    assert f'name="task" value="{part.common.pk}"' not in html
    assert f'name="task" value="{part.task.pk}"' in html
    assert part.press("start", part.common).status_code == 403
    assert part.stored(part.common).state == TaskState.NOT_STARTED
    part.press("start", part.task)
    assert part.stored(part.task).state == TaskState.IN_PROGRESS


def test_a_new_task_of_a_joint_project_is_the_own_municipalitys(part: OnBoard) -> None:
    data = {"do": "add", "new-title_fi": "Uusi"}
    assert part.client.post(part.url, data).status_code == 422
    for foreign in (part.other.pk, "", "abc", "\0"):
        refused = part.client.post(part.url, data | {"new-municipality": foreign})
        assert refused.status_code == 422
    part.client.post(part.url, data | {"new-municipality": part.own.pk})
    assert part.project.tasks.last().municipality == part.own


def test_another_projects_task_is_out_of_reach(whole: OnBoard) -> None:
    foreign = TaskFactory()
    assert whole.press("start", foreign).status_code == 403
    for odd in ("abc", "\0", "9" * 30, "-1"):
        assert whole.client.post(whole.url, {"do": "start", "task": odd}).status_code == 403
    assert whole.client.post(whole.url, {"do": "fly"}).status_code == 302


@pytest.mark.usefixtures("whole")
def test_queries_do_not_grow_with_tasks(whole: OnBoard, django_assert_max_num_queries: Any) -> None:
    TaskFactory.create_batch(12, project=whole.project)
    with django_assert_max_num_queries(22):
        whole.client.get(whole.url)
