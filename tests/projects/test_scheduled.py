"""A draft is published at its moment: once, by who said so, and never over what others wrote."""

from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from climateportal.models import User
from projects.actions import complete_task
from projects.admin.scheduling import due, publish_scheduled
from projects.models import Project, ProjectDraft
from projects.summaries.reviews import reviews
from tests.adminforms import saved
from tests.factories import ProjectFactory, RegionFactory, TaskFactory, UserFactory
from tests.projects.test_drafts import at, drafted, form_of

pytestmark = pytest.mark.django_db
TOMORROW = (timezone.localtime() + timedelta(days=1)).strftime("%d.%m.%Y")
NEXT_WEEK = timezone.now() + timedelta(days=7)


@pytest.fixture
def boss() -> User:
    return UserFactory(superuser=True, first_name="Pomo", last_name="Julkaisija")


@pytest.fixture
def mine(boss: User) -> Client:
    client = Client()
    client.force_login(boss)
    return client


@pytest.fixture
def project() -> Project:
    return ProjectFactory(title_fi="Hanke", regions=[RegionFactory()])


def schedule(client: Client, project: Project, day: str = TOMORROW) -> int:
    draft = ProjectDraft.objects.select_related("project").get()
    data = {"do": "schedule", "version": draft.seen, "publish_at_0": day, "publish_at_1": "9.00"}
    return client.post(at("draft", project), data).status_code


def run(when: datetime = NEXT_WEEK) -> list[bool | None]:
    return [publish_scheduled(pk, when) for pk in due(when)]


def test_a_draft_is_published_once_at_its_moment(
    mine: Client, boss: User, project: Project
) -> None:
    drafted(mine, project, title_fi="Uusi nimi")
    assert schedule(mine, project) == 302
    assert "Luonnos julkaistaan itsestään" in mine.get(at("draft", project)).content.decode()
    assert run(timezone.now()) == []
    assert run() == [True]
    assert run() == []
    project.refresh_from_db()
    assert project.title_fi == "Uusi nimi"
    record = project.history.latest()
    assert record.history_user == boss
    assert record.history_change_reason == f"draft by: {boss}"
    assert not ProjectDraft.objects.exists()


def test_the_command_tells_how_many(mine: Client, project: Project) -> None:
    drafted(mine, project, title_fi="Uusi nimi")
    schedule(mine, project)
    ProjectDraft.objects.update(publish_at=timezone.now())
    for told in ("Published: 1. Held back: 0.", "Published: 0. Held back: 0."):
        out = StringIO()
        call_command("publish_scheduled", stdout=out)
        assert out.getvalue().strip() == told


def test_one_draft_that_breaks_does_not_stop_the_next(
    mine: Client,
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    drafted(mine, project, title_fi="Uusi nimi")
    schedule(mine, project)
    draft = ProjectDraft.objects.get()
    broken = draft.pk + 1

    def publish(pk: int, moment: datetime) -> bool | None:
        if pk == broken:
            raise ZeroDivisionError
        return publish_scheduled(pk, NEXT_WEEK)

    command = "projects.management.commands.publish_scheduled"
    monkeypatch.setattr(f"{command}.due", lambda moment: [broken, draft.pk])
    monkeypatch.setattr(f"{command}.publish_scheduled", publish)
    with pytest.raises(CommandError, match="1 failed"):
        call_command("publish_scheduled")
    assert not ProjectDraft.objects.exists()
    assert f"Draft {broken}" in caplog.text


def test_a_moment_that_is_past_or_no_moment_is_refused(mine: Client, project: Project) -> None:
    drafted(mine, project, title_fi="Uusi nimi")
    for day in ("1.1.2020", "ei päivä", ""):
        assert schedule(mine, project, day) == 422
    assert ProjectDraft.objects.get().publish_at is None


def test_what_was_overtaken_is_held_and_told(mine: Client, boss: User, project: Project) -> None:
    drafted(mine, project, title_fi="Luonnosnimi")
    schedule(mine, project)
    data = form_of(mine, project, "?version=public") | {"title_fi": "Korjattu nimi"}
    saved(mine, at("change", project), data)
    assert run() == [False]
    assert run() == []
    project.refresh_from_db()
    assert project.title_fi == "Korjattu nimi"
    assert [row.project for row in reviews(boss).held] == [project]
    assert "Piti julkaista" in mine.get("/admin/").content.decode()
    assert form_of(mine, project)["title_fi"] == "Luonnosnimi"


def test_the_work_of_the_week_is_no_obstacle(mine: Client, project: Project) -> None:
    task = TaskFactory(project=project)
    drafted(mine, project, title_fi="Uusi nimi")
    schedule(mine, project)
    complete_task(task=task, by=None)
    assert run() == [True]
    task.refresh_from_db()
    assert (Project.objects.get().title_fi, task.state) == ("Uusi nimi", "done")


def test_a_draft_saved_again_waits_for_a_new_moment(mine: Client, project: Project) -> None:
    drafted(mine, project, title_fi="Uusi nimi")
    schedule(mine, project)
    drafted(mine, project, title_fi="Toinen nimi")
    assert run() == []


def test_a_moment_is_taken_back(mine: Client, project: Project) -> None:
    drafted(mine, project, title_fi="Uusi nimi")
    schedule(mine, project)
    draft = ProjectDraft.objects.select_related("project").get()
    mine.post(at("draft", project), {"do": "unschedule", "version": draft.seen})
    assert run() == []
    assert ProjectDraft.objects.get().publish_at is None


@pytest.mark.parametrize("lost", ["reach", "account", "rule"])
def test_who_may_not_publish_any_more_does_not(lost: str, project: Project) -> None:
    user, client = UserFactory(), Client()
    user.regions.add(project.regions.get())
    client.force_login(user)
    drafted(client, project, title_fi="Uusi nimi")
    schedule(client, project)
    if lost == "reach":
        user.regions.clear()
    elif lost == "account":
        User.objects.filter(pk=user.pk).update(is_active=False)
    else:
        project.regions.update(requires_review=True)
    assert run() == [False]
    assert Project.objects.get().title_fi == "Hanke"


def test_a_second_pair_of_eyes_sets_the_moment_and_the_writer_does_not(
    mine: Client, boss: User, project: Project
) -> None:
    project.regions.update(requires_review=True)
    user, client = UserFactory(), Client()
    user.regions.add(project.regions.get())
    client.force_login(user)
    drafted(client, project, "_ask", title_fi="Uusi nimi")
    assert schedule(client, project) == 403
    assert schedule(mine, project) == 302
    assert run() == [True]
    project.refresh_from_db()
    assert (project.title_fi, project.history.latest().history_user) == ("Uusi nimi", boss)
