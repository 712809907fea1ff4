"""Who may see and restore what: the same people as by the forms of today."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import models
from django.test import Client
from django.urls import reverse

from climateportal.models import User
from municipalities.models import Region, SteeringGroup
from projects.models import Goal, Participation, Project, Task
from tests.climateportal.adminworld import RULES, World, address, opens, world
from tests.climateportal.history.restores import (
    confirm,
    latest_moment,
    restore_address,
    restored,
    whole_project,
)
from tests.factories import (
    ContactFactory,
    DecisionFactory,
    GoalFactory,
    MeetingFactory,
    MunicipalityFactory,
    ProjectContactFactory,
    ProjectFactory,
    RegionFactory,
    SteeringGroupFactory,
    TaskFactory,
    UserFactory,
)

__all__ = ["world"]

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
WITH_HISTORY = [model for model in RULES if hasattr(model, "history")]
OUTSIDERS = ("no reach", "anonymous", "inactive", "not staff")


def _moment(row: models.Model) -> str:
    return type(row).history.filter(id=row.pk).earliest("history_date").history_date.isoformat()


@pytest.mark.parametrize("role", ["municipality", *OUTSIDERS])
def test_nobody_restores_out_of_reach(world: World, role: str) -> None:
    """Neither the page nor a confirmation, for any model (trap B1)."""
    for model in WITH_HISTORY:
        row = world.foreign[model]
        before = model.objects.filter(pk=row.pk).values().get()
        count = model.history.count()
        url = address(model, "restore", row.pk) + "?at=" + _moment(row).replace("+", "%2B")
        client = world.clients[role]
        assert not opens(client.get(url)), model
        assert not opens(client.post(url, {"part": f"{model._meta.model_name}-{row.pk}-title_fi"}))
        assert model.objects.filter(pk=row.pk).values().get() == before
        assert model.history.count() == count


def test_a_user_with_djangos_own_permissions_alone_restores_nothing(client: Client) -> None:
    """Trap B1: the right to view, even to change, of Django's tables is no reach."""
    project = ProjectFactory(title_fi="Ennen")
    moment = latest_moment(project)
    project.title_fi = "Nyt"
    project.save()
    user = UserFactory()
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="projects"))
    client.force_login(user)
    url = restore_address(project, moment)
    part = f"project-{project.pk}-title_fi"
    assert not opens(client.post(url, {"part": part, "title_fi": "HACKED"}))
    assert not opens(client.post(address(Project, "history", project.pk), {"title_fi": "HACKED"}))
    project.refresh_from_db()
    assert project.title_fi == "Nyt"


def test_what_is_typed_into_a_confirmation_is_not_read(client: Client) -> None:
    project = ProjectFactory(title_fi="Ennen")
    moment = latest_moment(project)
    project.title_fi = "Nyt"
    project.save()
    client.force_login(UserFactory(superuser=True))
    restored(client, restore_address(project, moment), title_fi="HACKED", summary_fi="HACKED")
    project.refresh_from_db()
    assert (project.title_fi, project.summary_fi) == ("Ennen", "Hankkeen ingressi.")


def test_every_page_of_history_refuses_outsiders(world: World) -> None:
    for model in WITH_HISTORY:
        for role in OUTSIDERS:
            client = world.clients[role]
            assert not opens(client.get(address(model, "deleted"))), (model, role)
            pk = world.own[model].pk
            assert not opens(client.get(address(model, "undelete", pk))), (model, role)


def test_a_coordinator_restores_only_the_fields_of_the_form(client: Client) -> None:
    """Official facts of a region are the administrator's, in the past too."""
    region = RegionFactory(name_fi="Vanha nimi", lead_fi="Vanha")
    moment = Region.history.filter(id=region.pk).latest().history_date
    region.name_fi, region.lead_fi = "Uusi nimi", "Uusi"
    region.save()
    user = UserFactory()
    user.regions.add(region)
    client.force_login(user)
    url = restore_address(region, moment)
    page = client.get(url)
    refused = [part.column.name for part in page.context["plan"].refused()]
    assert refused == ["name_fi"]
    keys = [part.key for part in page.context["plan"].parts]
    token = page.context["plan"].token
    assert client.post(url, {"seen": token, "part": keys, "without": "1"}).status_code == 403
    restored(client, url)
    region.refresh_from_db()
    assert (region.name_fi, region.lead_fi) == ("Uusi nimi", "Vanha")


def test_a_coordinator_does_not_bring_members_of_the_region_back(client: Client) -> None:
    """Who is a member decides what the coordinator may edit."""
    region = RegionFactory(members=[MunicipalityFactory()])
    moment = region.memberships.first().history.latest().history_date
    region.memberships.first().delete()
    user = UserFactory()
    user.regions.add(region)
    client.force_login(user)
    parts = client.get(restore_address(region, moment)).context["plan"].parts
    assert [part.refusal for part in parts] == ["Et saa muokata tätä riviä."]


def test_a_group_is_not_given_back_to_a_region_of_others(client: Client) -> None:
    foreign, own = RegionFactory(), RegionFactory()
    group = SteeringGroupFactory(region=foreign)
    moment = SteeringGroup.history.filter(id=group.pk).latest().history_date
    group.region = own
    group.save()
    user = UserFactory()
    user.regions.add(own)
    client.force_login(user)
    parts = client.get(restore_address(group, moment)).context["plan"].parts
    assert [bool(part.refusal) for part in parts] == [True]


def test_nobody_restores_themselves_out_of_a_project(client: Client) -> None:
    """A state from before the own municipality took part would lock its editor out."""
    own, other = MunicipalityFactory(), MunicipalityFactory()
    project = ProjectFactory(municipalities=[other])
    moment = latest_moment(project)
    row = Participation.objects.create(project=project, municipality=own)
    user = UserFactory()
    user.regions.add(RegionFactory(members=[own]))
    client.force_login(user)
    response = confirm(client, restore_address(project, moment))
    assert f"participation-{row.pk}" in response.context["ticked"]
    assert "et voisi enää muokata" in response.context["problems"][0]
    assert project.participations.count() == 2


def test_what_a_frozen_meeting_proposed_stays(client: Client) -> None:
    from django.utils import timezone

    from projects.models import FrozenPack

    meeting = MeetingFactory()
    decision = DecisionFactory(meeting=meeting, title_fi="Ennen")
    moment = type(decision).history.latest().history_date
    decision.title_fi = "Nyt"
    decision.save()
    boss = UserFactory(superuser=True)
    FrozenPack.objects.create(meeting=meeting, at=timezone.now(), by=boss, documents={"schema": 1})
    client.force_login(boss)
    plan = client.get(restore_address(meeting, moment)).context["plan"]
    assert not plan.chosen_by_default()


def test_names_of_drafts_of_others_are_not_told(world: World) -> None:
    """Rule 5: a link that somebody else made to their own draft."""
    project, hidden = world.own[Project], world.foreign[Project]
    hidden.title_fi = "Salainen luonnos"
    hidden.save()
    project.related.add(hidden)
    client = world.clients["municipality"]
    page = client.get(address(Project, "history", project.pk)).content.decode()
    assert "Salainen luonnos" not in page
    assert "Hanke, jota et näe" in page
    boss = world.clients["superuser"].get(address(Project, "history", project.pk))
    assert "Salainen luonnos" in boss.content.decode()


def test_deleted_ones_are_listed_for_those_who_could_delete_them(world: World) -> None:
    listed: dict[str, set[str]] = {}
    titles = {
        "own": str(world.own[Project]), "foreign": str(world.foreign[Project]),
    }  # fmt: skip
    world.own[Project].delete()
    world.foreign[Project].delete()
    for role in ("superuser", "region", "municipality"):
        rows = world.clients[role].get(address(Project, "deleted")).context["rows"]
        listed[role] = {row["title"] for row in rows}
    assert listed["superuser"] == set(titles.values())
    assert listed["region"] == listed["municipality"] == {titles["own"]}


def test_asking_who_could_delete_leaves_nothing_behind(world: World) -> None:
    project = world.own[Project]
    pk, title = project.pk, str(project)
    project.delete()
    history = {model: model.history.count() for model in (Project, Task, Goal)}
    page = world.clients["municipality"].get(address(Project, "deleted"))
    assert title in page.content.decode()
    assert not Project.objects.filter(pk=pk).exists()
    assert history == {model: model.history.count() for model in history}


def test_a_published_project_that_the_administrator_deleted_is_not_the_coordinators(
    client: Client,
) -> None:
    place = MunicipalityFactory()
    project = ProjectFactory(municipalities=[place])
    pk = project.pk
    project.delete()
    user = UserFactory()
    user.municipalities.add(place)
    client.force_login(user)
    assert client.get(address(Project, "deleted")).context["rows"] == []
    assert not opens(client.get(address(Project, "undelete", pk)))
    assert not opens(client.post(address(Project, "undelete", pk), {"seen": "x"}))
    assert not Project.objects.filter(pk=pk).exists()


def test_every_inline_with_history_is_part_of_some_history() -> None:
    """A new kind of row is told and restored, or this says that its history is missing."""
    without = {
        inline.model.__name__
        for page in admin.site._registry.values()
        for inline in page.inlines
        if not hasattr(inline.model, "history")
    }
    assert not without


def test_every_field_is_on_the_form_or_not_told() -> None:
    """What a history tells an administrator is everything that an editor can write."""
    boss = User(is_superuser=True, is_staff=True, is_active=True, pk=0)
    from climateportal.admin.history.family import UNTOLD, family
    from climateportal.admin.history.parts import KEPT
    from tests.climateportal.history.restores import request_of

    project = whole_project()
    page = admin.site.get_model_admin(Project)
    unseen: dict[str, Any] = {}
    for kin in family(page, request_of(boss), project):
        told = {field.name for field in kin.told_fields()}
        columns = {
            field.name for field in kin.model._meta.concrete_fields
            if field.editable and not field.primary_key and field.attname != kin.link
        }  # fmt: skip
        if left := columns - told - UNTOLD - KEPT:
            unseen[kin.name] = left
    # goals of a project have no programme, and belong to nobody else
    programme = {"programme_fi", "programme_sv", "programme_en"}
    assert unseen == {"goal": {"municipality", "region", *programme}}


def test_a_contact_link_comes_back_although_the_contact_can_no_longer_be_picked(
    client: Client,
) -> None:
    """The link was the editor's own: taking it away must not be for good."""
    place = MunicipalityFactory()
    project = ProjectFactory(municipalities=[place], draft=True)
    contact = ContactFactory()
    link = ProjectContactFactory(project=project, contact=contact).pk
    moment = latest_moment(project)
    project.project_contacts.get().delete()
    user = UserFactory()
    user.municipalities.add(place)
    client.force_login(user)
    restored(client, restore_address(project, moment, f"projectcontact-{link}"))
    assert project.project_contacts.get().contact == contact


def test_moments_that_are_none_are_not_found(client: Client) -> None:
    client.force_login(UserFactory(superuser=True))
    project = ProjectFactory()
    url = reverse("admin:projects_project_restore", args=[project.pk])
    for at in ("", "eilen", "2026-01-01T00:00:00", "0001-01-01T00:00:00+00:00", "9" * 400):
        assert client.get(url, {"at": at}).status_code == 404, at
    assert client.get(url, {"at": "2026-01-01T00:00:00+00:00", "part": "x' --"}).status_code == 200


def test_rows_of_a_task_are_not_restored_through_another_project(client: Client) -> None:
    """A part names a row; one of another project is none of this plan."""
    place = MunicipalityFactory()
    own = ProjectFactory(municipalities=[place])
    task = TaskFactory(title_fi="Vieras")
    moment = latest_moment(own)
    task.title_fi = "Muutettu"
    task.save()
    user = UserFactory()
    user.municipalities.add(place)
    client.force_login(user)
    url = restore_address(own, moment)
    token = client.get(url).context["plan"].token
    response = client.post(url, {"seen": token, "part": f"task-{task.pk}-title_fi"})
    assert response.status_code in (200, 403)
    task.refresh_from_db()
    assert task.title_fi == "Muutettu"


def test_goals_with_measurements_belong_to_the_project(client: Client) -> None:
    goal = GoalFactory(project=ProjectFactory())
    client.force_login(UserFactory(superuser=True))
    page = client.get(address(Project, "history", goal.project_id))
    assert goal.text_fi in page.content.decode()


def test_in_a_joint_project_the_own_part_is_restored_and_no_more(client: Client) -> None:
    own, other = MunicipalityFactory(), MunicipalityFactory()
    project = ProjectFactory(municipalities=[own, other], title_fi="Ennen")
    mine = TaskFactory(project=project, municipality=own, title_fi="Oma")
    theirs = TaskFactory(project=project, municipality=other, title_fi="Toisen")
    moment = latest_moment(project)
    for row in (mine, theirs, project):
        row.title_fi = "Muutettu"
        row.save()
    user = UserFactory()
    user.municipalities.add(own)
    client.force_login(user)
    url = restore_address(project, moment)
    page = client.get(url)
    assert page.context["ticked"] == {f"task-{mine.pk}-title_fi"}
    parts = [part.key for part in page.context["plan"].parts]
    assert len(parts) == 3
    token = page.context["plan"].token
    assert client.post(url, {"seen": token, "part": parts}).status_code == 403
    restored(client, url)
    titles = {row.pk: row.title_fi for row in (*project.tasks.all(),)}
    assert titles == {mine.pk: "Oma", theirs.pk: "Muutettu"}
    project.refresh_from_db()
    assert project.title_fi == "Muutettu"


def test_a_task_of_others_is_not_brought_back_into_a_joint_project(client: Client) -> None:
    own, other = MunicipalityFactory(), MunicipalityFactory()
    project = ProjectFactory(municipalities=[own, other])
    theirs = TaskFactory(project=project, municipality=other).pk
    moment = latest_moment(project)
    project.tasks.get().delete()
    user = UserFactory()
    user.municipalities.add(own)
    client.force_login(user)
    url = restore_address(project, moment, f"task-{theirs}")
    token = client.get(url).context["plan"].token
    response = client.post(url, {"seen": token, "part": f"task-{theirs}"})
    assert response.status_code == 403
    assert not project.tasks.exists()
