"""A restore obeys the rules of every edit; what is deleted comes back whole."""

from datetime import date

import pytest
from django.apps import apps
from django.db import models
from django.test import Client

from climateportal.models import OldSlug, User
from climateportal.publishing import PublicationState
from projects.actions import change_stage, complete_task, editing
from projects.enums import Stage, TaskState
from projects.models import Contact, Material, Project, ProjectContact, Task
from tests.climateportal.adminworld import address
from tests.climateportal.history.restores import (
    confirm,
    latest_moment,
    restore_address,
    restored,
    state_of,
    whole_project,
)
from tests.contentmoves import moving
from tests.factories import (
    ContactFactory,
    ProjectContactFactory,
    ProjectFactory,
    TaskFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client: Client) -> User:
    user = UserFactory(superuser=True)
    client.force_login(user)
    return user


def test_rules_of_an_edit_hold_for_a_restore(client: Client, boss: User) -> None:
    project = ProjectFactory(slug="ennen", stage=Stage.PLANNING)
    moment = latest_moment(project)
    with editing(project=project, by=boss):
        project.slug = "nyt"
    change_stage(project=project, to=Stage.COMPLETED, by=boss)
    lines = project.stage_changes.count()
    updated = Project.objects.get(pk=project.pk).content_updated_at
    with moving():
        restored(client, restore_address(project, moment))
    stored = Project.objects.get(pk=project.pk)
    assert (stored.slug, stored.stage, stored.completed_on) == ("ennen", Stage.PLANNING, None)
    assert OldSlug.objects.target(Project, "nyt") == project.pk
    newest = stored.stage_changes.first()
    assert stored.stage_changes.count() == lines + 1
    assert (newest.from_stage, newest.to_stage, newest.by) == (
        Stage.COMPLETED, Stage.PLANNING, boss,
    )  # fmt: skip
    assert stored.content_updated_at > updated
    record = Project.history.filter(id=project.pk).latest()
    assert record.history_user == boss
    assert record.history_change_reason.startswith("restored: ")
    page = client.get(address(Project, "history", project.pk))
    assert page.context["saves"][0].reason.startswith("Palautettu tilanteeseen ")


def test_an_internal_note_moves_no_date(client: Client, boss: User) -> None:
    project = ProjectFactory(internal_notes="Ennen")
    moment = latest_moment(project)
    with editing(project=project, by=boss):
        project.internal_notes = "Nyt"
    updated = Project.objects.get(pk=project.pk).content_updated_at
    restored(client, restore_address(project, moment))
    stored = Project.objects.get(pk=project.pk)
    assert (stored.internal_notes, stored.content_updated_at) == ("Ennen", updated)


def test_one_field_comes_back_with_what_belongs_to_it(client: Client, boss: User) -> None:
    task = TaskFactory(project=ProjectFactory(), title_fi="Ennen")
    moment = latest_moment(task.project)
    complete_task(task=task, by=boss, on=date(2026, 3, 1))
    task.title_fi = "Nyt"
    task.save()
    restored(client, restore_address(task.project, moment, f"task-{task.pk}-state"))
    task.refresh_from_db()
    assert (task.state, task.completed_at) == (TaskState.IN_PROGRESS, None)
    assert task.title_fi == "Nyt"


def test_half_of_what_belongs_together_is_refused_in_words(client: Client, boss: User) -> None:
    task = TaskFactory(project=ProjectFactory())
    moment = latest_moment(task.project)
    complete_task(task=task, by=boss, on=date(2026, 3, 1))
    count = Task.history.count()
    url = restore_address(task.project, moment)
    response = confirm(client, url, part=[f"task-{task.pk}-state"])
    assert response.status_code == 200
    assert "tehtävä" in response.context["problems"][0].lower()
    assert response.context["ticked"] == {f"task-{task.pk}-state"}
    assert Task.history.count() == count


def test_a_tick_moves_back_to_the_first_contact(client: Client, boss: User) -> None:
    project = ProjectFactory()
    first = ProjectContactFactory(project=project, is_primary=True)
    second = ProjectContactFactory(project=project, is_primary=False)
    moment = latest_moment(project)
    for row, tick in ((first, False), (second, True)):
        row.is_primary = tick
        row.save()
    restored(client, restore_address(project, moment))
    assert project.project_contacts.get(is_primary=True) == first


def test_what_was_changed_meanwhile_is_shown_again(client: Client, boss: User) -> None:
    project = ProjectFactory(title_fi="Ennen")
    moment = latest_moment(project)
    with editing(project=project, by=boss):
        project.title_fi = "Nyt"
    url = restore_address(project, moment)
    token = client.get(url).context["plan"].token
    with editing(project=project, by=boss):
        project.title_fi = "Toisen muutos"
    part = f"project-{project.pk}-title_fi"
    response = client.post(url, {"seen": token, "part": part})
    assert "Joku ehti muuttaa" in response.context["problems"][0]
    assert Project.objects.get(pk=project.pk).title_fi == "Toisen muutos"


def test_what_is_gone_is_said_and_left_out_by_choice(client: Client, boss: User) -> None:
    project, contact = ProjectFactory(title_fi="Ennen"), ContactFactory(name="Aino Esimerkki")
    ProjectContactFactory(project=project, contact=contact)
    moment = latest_moment(project)
    contact.delete()
    with editing(project=project, by=boss):
        project.title_fi = "Nyt"
    url = restore_address(project, moment)
    page = client.get(url)
    (refused,) = page.context["plan"].refused()
    assert "Aino Esimerkki" in refused.refusal
    data = {"seen": page.context["plan"].token, "part": sorted(page.context["ticked"])}
    assert "ei voi palauttaa" in client.post(url, data).context["problems"][0]
    assert client.post(url, data | {"without": "1"}).status_code == 302
    assert Project.objects.get(pk=project.pk).title_fi == "Ennen"


def test_a_missing_file_is_said(client: Client, boss: User) -> None:
    project = ProjectFactory()
    row = Material.objects.create(project=project, title_fi="Opas", url="https://example.fi/")
    Material.history.filter(id=row.pk).update(file="aineistot/ei-ole.pdf", url="")
    moment = latest_moment(project)
    Material.objects.filter(pk=row.pk).delete()
    page = client.get(restore_address(project, moment))
    assert "ei-ole.pdf" in page.content.decode()


def test_a_wholly_deleted_project_comes_back_as_a_draft(client: Client, boss: User) -> None:
    project = whole_project(slug="kaupunkipuut")
    change_stage(project=project, to=Stage.PLANNING, by=boss)
    pk, before, lines = project.pk, state_of(project), project.stage_changes.count()
    updated = Project.objects.get(pk=pk).content_updated_at
    Project.objects.get(pk=pk).delete()
    ProjectFactory(slug="kaupunkipuut")
    (row,) = client.get(address(Project, "deleted")).context["rows"]
    page = client.get(row["url"])
    assert "kaupunkipuut-2" in page.content.decode()
    data = {"seen": page.context["plan"].token, "part": sorted(page.context["ticked"])}
    response = client.post(row["url"], data)
    assert response.status_code == 302, response.context["problems"]
    made = Project.objects.get(pk=pk)
    assert (made.publication, made.slug) == (PublicationState.DRAFT, "kaupunkipuut-2")
    after = state_of(made)
    assert after.keys() == before.keys()
    after[f"project-{pk}"]["slug"] = "kaupunkipuut"
    assert after == before
    assert made.stage_changes.count() == lines
    assert made.content_updated_at == updated
    assert client.get(address(Project, "deleted")).context["rows"] == []


def test_a_deleted_contact_comes_back_on_its_projects(client: Client, boss: User) -> None:
    link = ProjectContactFactory(project=ProjectFactory(), contact=ContactFactory())
    pk = link.contact_id
    Contact.objects.get(pk=pk).delete()
    url = address(Contact, "undelete", pk)
    page = client.get(url)
    data = {"seen": page.context["plan"].token, "part": sorted(page.context["ticked"])}
    assert client.post(url, data).status_code == 302
    assert ProjectContact.objects.get(project=link.project_id).contact_id == pk
    assert client.post(url, data).status_code == 302  # it is no longer deleted: nothing to do
    assert Contact.objects.filter(pk=pk).count() == 1


def test_every_column_of_every_language_is_in_the_history() -> None:
    """Trap A1: a history without its translated columns loses them silently."""
    for model in apps.get_models():
        if not hasattr(model, "history") or not hasattr(model.history, "model"):
            continue
        kept = {field.name for field in model.history.model._meta.fields}
        columns = {
            field.name for field in model._meta.concrete_fields
            if field.name.endswith(("_fi", "_sv", "_en"))
        }  # fmt: skip
        assert columns <= kept, model


def test_a_removed_part_leaves_its_trace_in_the_tasks(client: Client, boss: User) -> None:
    """Trap A5: the database's own “set to nothing” would leave no row in their history."""
    project = ProjectFactory()
    task = TaskFactory(project=project)
    moment = latest_moment(project)
    from tests.factories import WorkPackageFactory

    task.work_package = WorkPackageFactory(project=project)
    task.save()
    restored(client, restore_address(project, moment, f"workpackage-{task.work_package_id}"))
    assert task.history.latest().work_package_id is None
    assert task.history.latest().history_user == boss


def _has_author(model: type[models.Model]) -> bool:
    return hasattr(model.history.model, "history_user")


def test_every_history_knows_authors() -> None:
    histories = [m for m in apps.get_models() if hasattr(getattr(m, "history", None), "model")]
    assert len(histories) > 25
    assert all(_has_author(model) for model in histories)
