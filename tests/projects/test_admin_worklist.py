"""The work list on the admin's front page: each row has its action, and who may do it does."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from climateportal.models import User
from municipalities.models import Municipality
from projects import actions
from projects.enums import Stage, TaskState
from projects.models import Project, Task
from tests.factories import (
    MunicipalityFactory,
    ProjectFactory,
    RegionFactory,
    TaskFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
INDEX = "/admin/"
TODAY = timezone.localdate()
PAST, AHEAD = TODAY - timedelta(days=10), TODAY + timedelta(days=30)


def coordinator(*places: Municipality) -> User:
    user = UserFactory()
    user.municipalities.set(places)
    return user


@pytest.fixture
def town() -> Municipality:
    return MunicipalityFactory()


@pytest.fixture
def editor(town: Municipality) -> User:
    return coordinator(town)


@pytest.fixture
def signed_in(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def project(town: Municipality) -> Project:
    return ProjectFactory(municipalities=[town], end_date=PAST, title_fi="Pyörätiet")


@pytest.fixture
def task(project: Project) -> Task:
    return TaskFactory(project=project, due_date=PAST, title_fi="Kartoitus")


def post(client: Client, **data: Any) -> Any:
    return client.post(reverse("admin:worklist"), data, follow=True)


def text(response: Any) -> str:
    return response.content.decode()


def test_the_front_page_says_what_is_needed(signed_in: Client, task: Task) -> None:
    page = text(signed_in.get(INDEX))
    for words in ("Työlista", "Kartoitus", "10 päivää myöhässä", "Päättymispäivä", "Pyörätiet"):
        assert words in page


def test_fields_say_which_task_they_are_of(signed_in: Client, task: Task) -> None:
    page = text(signed_in.get(INDEX))
    for label in ("Tehty", "Uusi päivä", "Miksi se siirtyy"):
        assert f'{label}<span class="visually-hidden">: Kartoitus</span></label>' in page


def test_a_task_is_done_with_its_day(signed_in: Client, editor: User, task: Task) -> None:
    response = post(signed_in, do="done", task=task.pk, **{f"done{task.pk}-on": "1.2.2026"})
    task.refresh_from_db()
    assert (task.state, task.completed_at) == (TaskState.DONE, date(2026, 2, 1))
    assert task.history.first().history_user == editor
    assert response.redirect_chain[0][0].endswith(f"#project-{task.project_id}")
    assert "Kartoitus" in text(response)


def move(task: Task, **data: str) -> dict[str, str]:
    values = {"was": task.due_date.isoformat(), "to": f"{AHEAD:%d.%m.%Y}", "reason": "Sataa"}
    return {f"move{task.pk}-{name}": value for name, value in (values | data).items()}


def finish(client: Client, task: Task) -> int:
    """Post that a task was done on 1 February 2026; the status of the answer."""
    sent = {f"done{task.pk}-on": "1.2.2026"}
    return post(client, do="done", task=task.pk, **sent).status_code


def test_a_due_date_moves_with_its_reason(signed_in: Client, task: Task) -> None:
    post(signed_in, do="move", task=task.pk, **move(task))
    task.refresh_from_db()
    assert task.due_date == AHEAD
    assert task.history.first().history_change_reason == "Sataa"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"reason": ""}, "Tämä kenttä vaaditaan"),
        ({"to": "huomenna"}, "Kirjoita päivä"),
        ({"to": f"{PAST:%d.%m.%Y}"}, "on jo mennyt"),
        ({"reason": "x" * 101}, "100"),
        ({"was": "2020-01-01"}, "on siirtänyt"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(
    signed_in: Client, task: Task, data: dict[str, str], words: str
) -> None:
    sent = move(task, **data)
    response = post(signed_in, do="move", task=task.pk, **sent)
    task.refresh_from_db()
    assert (response.status_code, task.due_date) == (422, PAST)
    page = text(response)
    assert words in page
    for name in ("to", "reason"):
        assert sent[f"move{task.pk}-{name}"] in page


def test_after_a_warning_the_same_can_be_sent_again(signed_in: Client, task: Task) -> None:
    response = post(signed_in, do="move", task=task.pk, **move(task, was="2020-01-01"))
    assert f'value="{PAST.isoformat()}"' in text(response)


def test_a_day_to_come_is_no_day_of_doing(signed_in: Client, task: Task) -> None:
    sent = {f"done{task.pk}-on": f"{AHEAD:%d.%m.%Y}"}
    response = post(signed_in, do="done", task=task.pk, **sent)
    assert response.status_code == 422
    assert "vasta tulossa" in text(response)


def test_an_end_moves_and_a_project_is_completed(signed_in: Client, project: Project) -> None:
    sent = {f"end{project.pk}-{name}": value for name, value in (
        ("was", PAST.isoformat()), ("to", f"{AHEAD:%d.%m.%Y}"), ("reason", "Rahoitus jatkui"),
    )}  # fmt: skip
    post(signed_in, do="end", project=project.pk, **sent)
    project.refresh_from_db()
    assert project.end_date == AHEAD
    assert project.history.filter(history_change_reason="Rahoitus jatkui").exists()
    post(signed_in, do="complete", project=project.pk, **{f"complete{project.pk}-on": "1.2.2026"})
    project.refresh_from_db()
    assert (project.stage, project.completed_on) == (Stage.COMPLETED, date(2026, 2, 1))
    assert project.stage_changes.first().to_stage == Stage.COMPLETED


def test_one_and_all_ticked_ones_are_confirmed(
    signed_in: Client, editor: User, town: Municipality, project: Project
) -> None:
    other = ProjectFactory(municipalities=[town])
    updated = project.content_updated_at
    response = post(signed_in, do="confirm", project=[project.pk, other.pk])
    for one in (project, other):
        one.refresh_from_db()
        assert one.checked_at.date() == timezone.now().date()
        assert one.checked_by == editor
    assert project.content_updated_at == updated
    assert "2 hankkeen sivuilla" in text(response)


def test_after_a_confirmed_project_comes_the_next(signed_in: Client, project: Project) -> None:
    below = ProjectFactory(municipalities=project.municipalities.all())
    TaskFactory(project=below, due_date=PAST)
    first, after = [row[2] for row in signed_in.get(INDEX).context["rows"]]
    assert after == ""
    response = post(signed_in, do="confirm", project=project.pk, after=first)
    assert response.redirect_chain[0][0].endswith(f"#project-{first}")
    assert f"”{project}” sivulla lukee nyt" in text(response)
    odd = post(signed_in, do="confirm", project=project.pk, after="//x")
    assert odd.redirect_chain[0][0].endswith("#worklist")


def test_nothing_ticked_is_told(signed_in: Client, project: Project) -> None:
    assert "Valitse ensin" in text(post(signed_in, do="confirm"))


def test_a_task_done_meanwhile_stays_as_it_is(signed_in: Client, project: Project) -> None:
    done = TaskFactory(project=project, state="done", completed_at=PAST)
    post(signed_in, do="done", task=done.pk, **{f"done{done.pk}-on": "1.2.2026"})
    done.refresh_from_db()
    assert done.completed_at == PAST


@pytest.mark.parametrize("key", ["", "x", "9" * 40, "0", "-1"])
@pytest.mark.parametrize("do", ["done", "move", "end", "complete", "confirm"])
def test_odd_keys_are_refused(signed_in: Client, do: str, key: str) -> None:
    assert post(signed_in, do=do, task=key, project=key).status_code == 403


def test_an_odd_wish_is_told_and_a_visit_leads_to_the_list(signed_in: Client) -> None:
    assert "ei ymmärretty" in text(post(signed_in, do="x"))
    assert signed_in.get(reverse("admin:worklist")).url == INDEX


def test_others_projects_are_out_of_reach(client: Client, town: Municipality, task: Task) -> None:
    place = MunicipalityFactory()
    client.force_login(coordinator(place))
    assert finish(client, task) == 403
    for do in ("end", "complete", "confirm"):
        assert post(client, do=do, project=task.project_id).status_code == 403
    mine = ProjectFactory(municipalities=[place])
    assert post(client, do="confirm", project=[mine.pk, task.project_id]).status_code == 403
    mine.refresh_from_db()
    assert mine.checked_at is None
    task.refresh_from_db()
    assert task.state != TaskState.DONE


def test_in_a_joint_project_only_the_own_task(signed_in: Client, town: Municipality) -> None:
    other = MunicipalityFactory()
    joint = ProjectFactory(municipalities=[town, other], end_date=PAST)
    own = TaskFactory(project=joint, municipality=town, due_date=PAST)
    foreign = TaskFactory(project=joint, municipality=other, due_date=PAST)
    assert finish(signed_in, own) == 200
    assert finish(signed_in, foreign) == 403
    assert post(signed_in, do="confirm", project=joint.pk).status_code == 403


@pytest.mark.parametrize(
    ("relation", "tasks", "whole"),
    [
        ("regions", 200, 200),
        ("municipalities", 200, 403),
        ("projects", 200, 200),
        ("viewed_municipalities", 403, 403),
        ("viewed_regions", 403, 403),
        ("", 403, 403),
    ],
)
def test_who_may_do_what_in_a_joint_project(
    client: Client, town: Municipality, relation: str, tasks: int, whole: int
) -> None:
    region = RegionFactory(members=[town])
    joint = ProjectFactory(municipalities=[town, MunicipalityFactory()], regions=[region])
    task = TaskFactory(project=joint, municipality=town, due_date=PAST)
    user = UserFactory()
    row = town if "municipalities" in relation else joint if relation == "projects" else region
    if relation:
        getattr(user, relation).add(row)
    client.force_login(user)
    assert (task.title_fi in text(client.get(INDEX))) is (tasks == 200)
    assert finish(client, task) == tasks
    assert post(client, do="confirm", project=joint.pk).status_code == whole


def test_a_task_that_was_cancelled_in_the_same_moment_is_not_done(
    signed_in: Client, task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between what was read and what is written, somebody else was faster."""
    read = actions.reread

    def slowly(row: Task) -> None:
        Task.objects.filter(pk=row.pk).update(state=TaskState.CANCELLED)
        read(row)

    monkeypatch.setattr(actions, "reread", slowly)
    data = {"do": "done", "task": task.pk, f"done{task.pk}-on": f"{TODAY:%d.%m.%Y}"}
    response = signed_in.post(reverse("admin:worklist"), data)
    assert response.status_code == 422
    assert "Joku muu on siirtänyt" in response.content.decode()
    task.refresh_from_db()
    assert task.completed_at is None
