"""Writes leave their traces: dated history, redirects, honest dates (rules 4, 8 and 9)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from climateportal.models import OldSlug
from projects import actions
from projects.enums import Activity, CostVisibility, Stage, TaskState
from projects.models import Participation, Project
from tests.factories import (
    ContactFactory,
    ExpenseFactory,
    GoalFactory,
    MunicipalityFactory,
    ProjectContactFactory,
    ProjectFactory,
    TaskFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2023, 1, 30, 12, tzinfo=UTC)


@pytest.fixture
def project() -> Project:
    project = ProjectFactory(content_updated_at=LONG_AGO, start_date=date(2022, 1, 1))
    assert Project.objects.get(pk=project.pk).content_updated_at == LONG_AGO
    return project


def updated(project: Project) -> datetime:
    return Project.objects.get(pk=project.pk).content_updated_at


def test_a_new_project_begins_its_public_history(project: Project) -> None:
    change = project.stage_changes.get()
    assert (change.from_stage, change.to_stage) == ("", Stage.IMPLEMENTATION)


def test_an_empty_save_moves_no_date_and_writes_no_change(project: Project) -> None:
    with actions.editing(project=project, by=None):
        pass
    assert updated(project) == LONG_AGO
    assert project.stage_changes.count() == 1


def test_an_internal_note_moves_no_date(project: Project) -> None:
    with actions.editing(project=project, by=None):
        project.internal_notes = "Soita Lapualle."
    assert updated(project) == LONG_AGO


def test_a_recount_moves_no_date(project: Project) -> None:
    assert actions.refresh(project=Project.objects.get(pk=project.pk)) is False
    assert updated(project) == LONG_AGO


@pytest.mark.parametrize(
    "change",
    [
        lambda p: setattr(p, "title_sv", "Ny titel"),
        lambda p: setattr(p, "end_date", date(2027, 1, 1)),
        lambda p: TaskFactory(project=p),
        lambda p: GoalFactory(project=p),
        lambda p: p.municipalities.add(MunicipalityFactory()),
        lambda p: ProjectContactFactory(project=p),
    ],
    ids=["translation", "date", "task", "goal", "municipality", "contact"],
)
def test_public_content_moves_the_date(project: Project, change) -> None:
    before = timezone.now()
    with actions.editing(project=project, by=None):
        change(project)
    assert updated(project) >= before


def test_money_that_nobody_sees_moves_no_date(project: Project) -> None:
    with actions.editing(project=project, by=None):
        project.cost_visibility = CostVisibility.NOTHING
    moved = updated(project)
    with actions.editing(project=project, by=None):
        project.budget, project.money_as_of = 1000, date(2026, 1, 1)
        ExpenseFactory(project=project)
    assert updated(project) == moved


def test_a_visible_sum_moves_the_date_and_the_same_sum_written_otherwise_does_not(
    project: Project,
) -> None:
    with actions.editing(project=project, by=None, at=LONG_AGO + timedelta(days=1)):
        project.budget, project.money_as_of = 1000, date(2026, 1, 1)
    assert updated(project) == LONG_AGO + timedelta(days=1)
    fresh = Project.objects.get(pk=project.pk)
    with actions.editing(project=fresh, by=None):
        fresh.budget = "1000.00"
    assert updated(project) == LONG_AGO + timedelta(days=1)


def test_a_confirmation_is_a_second_date(project: Project) -> None:
    user = UserFactory()
    actions.confirm_up_to_date(project=project, by=user)
    stored = Project.objects.get(pk=project.pk)
    assert stored.content_updated_at == LONG_AGO
    assert stored.checked_at is not None
    assert stored.checked_by == user
    assert stored.checked_or_updated_at() == stored.checked_at


def test_a_stage_change_is_dated_signed_and_public(project: Project) -> None:
    user = UserFactory()
    at = timezone.now() - timedelta(days=3)
    actions.change_stage(project=project, to=Stage.COMPLETED, by=user, at=at)
    change = project.stage_changes.first()
    assert (change.from_stage, change.to_stage) == (Stage.IMPLEMENTATION, Stage.COMPLETED)
    assert (change.at, change.by) == (at, user)
    assert Project.objects.get(pk=project.pk).completed_on == timezone.localdate(at)
    assert project.history.get(history_date=at).history_user == user


def test_the_history_knows_when_content_changed(project: Project) -> None:
    """In the row of the edit itself, or in one of its own when something else was edited."""
    first, later = timezone.now(), timezone.now() + timedelta(hours=1)
    rows = project.history.count()
    with actions.editing(project=project, by=None, at=first):
        project.title_fi = "Uusi nimi"
    assert project.history.count() == rows + 1
    assert project.history.first().content_updated_at == first
    contact = ProjectContactFactory(project=project).contact
    actions.refresh(project=project, at=later)
    assert project.history.count() == rows + 2
    assert project.history.first().content_updated_at == later
    contact.refresh_from_db()
    actions.refresh(project=project, at=later + timedelta(hours=1))
    assert project.history.count() == rows + 2


def test_going_back_from_completed_forgets_the_day(project: Project) -> None:
    actions.change_stage(project=project, to=Stage.COMPLETED, by=None)
    actions.change_stage(project=project, to=Stage.IMPLEMENTATION, by=None)
    assert Project.objects.get(pk=project.pk).completed_on is None


def test_a_municipality_s_own_stage_has_its_own_history(project: Project) -> None:
    row = Participation.objects.create(project=project, municipality=MunicipalityFactory())
    with actions.editing(project=project, by=None):
        row.stage = Stage.PLANNING
        row.save()
    change = project.stage_changes.first()
    assert change.municipality == row.municipality
    assert (change.from_stage, change.to_stage) == (Stage.IMPLEMENTATION, Stage.PLANNING)


def test_being_on_hold_needs_a_reason_and_leaves_a_line(project: Project) -> None:
    with pytest.raises(ValidationError):
        actions.change_activity(project=project, to=Activity.PAUSED, by=None)
    project.refresh_from_db()
    assert project.activity == Activity.ACTIVE
    actions.change_activity(project=project, to=Activity.PAUSED, by=None, fi="Rahoitus puuttuu.")
    change = project.stage_changes.first()
    assert (change.from_activity, change.to_activity) == (Activity.ACTIVE, Activity.PAUSED)
    assert project.activity_since == timezone.localdate()


def test_unknown_languages_are_refused(project: Project) -> None:
    with pytest.raises(TypeError, match="de"):
        actions.change_activity(project=project, to=Activity.PAUSED, by=None, de="Pause")


def test_a_task_is_done_on_a_day(project: Project) -> None:
    task = TaskFactory(project=project)
    actions.complete_task(task=task, by=None)
    task.refresh_from_db()
    assert (task.state, task.completed_at) == (TaskState.DONE, timezone.localdate())


def test_an_edit_is_all_or_nothing(project: Project) -> None:
    with pytest.raises(ValidationError), actions.editing(project=project, by=None):
        TaskFactory(project=project)
        project.end_date = date(2021, 1, 1)
    assert not project.tasks.exists()
    assert updated(project) == LONG_AGO


def test_a_changed_address_keeps_leading_to_the_project(project: Project, client) -> None:
    old = project.get_absolute_url()
    with actions.editing(project=project, by=None):
        project.slug = "uusi-osoite"
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, "/hankkeet/uusi-osoite/")
    assert client.get("/sv/projekt/" + old.split("/")[2] + "/").status_code == 301


def test_taking_an_old_address_back_leaves_no_loop(project: Project, client) -> None:
    first = project.slug
    for slug in ("toinen", first):
        with actions.editing(project=project, by=None):
            project.slug = slug
    assert client.get(f"/hankkeet/{first}/").status_code == 200
    assert client.get("/hankkeet/toinen/").status_code == 301
    assert OldSlug.objects.count() == 1


def test_a_draft_s_former_address_tells_nothing(client) -> None:
    project = ProjectFactory(draft=True)
    old = project.get_absolute_url()
    with actions.editing(project=project, by=None):
        project.slug = "salainen"
    assert client.get(old).status_code == 404


def test_a_contact_s_new_address_is_news_on_each_page(project: Project) -> None:
    contact = ContactFactory()
    with actions.editing(project=project, by=None, at=LONG_AGO):
        ProjectContactFactory(project=project, contact=contact)
    contact.email = "uusi@example.fi"
    contact.save()
    before = timezone.now()
    actions.refresh_projects_of(contact=contact)
    assert updated(project) >= before


def test_an_inexact_end_date_is_the_end_of_its_period(project: Project) -> None:
    with actions.editing(project=project, by=None):
        project.end_date, project.date_precision = date(2027, 3, 1), "year"
    assert Project.objects.get(pk=project.pk).end_date == date(2027, 12, 31)


def test_a_link_from_another_project_moves_no_date(project: Project) -> None:
    other = ProjectFactory()
    with actions.editing(project=other, by=None):
        other.related.add(project)
    with actions.editing(project=project, by=None):
        pass
    assert updated(project) == LONG_AGO
