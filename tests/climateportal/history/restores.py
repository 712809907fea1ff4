"""What tests of history share: a whole project, its state in one value, asking for a restore."""

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db import models
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from climateportal.admin.history.family import UNTOLD, family, live
from climateportal.admin.history.parts import KEPT
from climateportal.models import User
from projects.enums import TaskState
from projects.models import Project, ProjectOrganisation
from tests.factories import (
    ContactFactory,
    EventFactory,
    ExpenseFactory,
    FundingFactory,
    GoalBaselineFactory,
    GoalFactory,
    MaterialFactory,
    MeasurementFactory,
    MunicipalityFactory,
    OrganisationFactory,
    ProjectContactFactory,
    ProjectFactory,
    RegionFactory,
    TaskFactory,
    ThemeFactory,
    UpdateFactory,
    UserFactory,
    WorkPackageFactory,
)

A_MOMENT = timedelta(microseconds=1)


def whole_project(**fields: Any) -> Project:
    """A project with a row of every kind, and two of some."""
    places = [MunicipalityFactory() for _ in range(3)]
    project = ProjectFactory(
        municipalities=places, regions=[RegionFactory(members=places)], themes=[ThemeFactory()],
        title_sv="Projekt", description_fi="<p>Ensimmäinen kappale.</p>", budget=100_000,
        money_as_of=date(2024, 1, 1), **fields,
    )  # fmt: skip
    part = WorkPackageFactory(project=project)
    TaskFactory(project=project, work_package=part, municipality=places[0])
    TaskFactory(project=project, state=TaskState.DONE, completed_at=date(2024, 3, 1))
    goal = GoalFactory(project=project, unit_fi="MWh", base_value=10, target_value=5)
    for _ in range(2):
        MeasurementFactory(goal=goal)
    GoalBaselineFactory(goal=goal, municipality=places[0])
    GoalFactory(project=project)
    ProjectContactFactory(project=project, contact=ContactFactory(), is_primary=True)
    ProjectContactFactory(project=project, contact=ContactFactory(), is_primary=False)
    ProjectOrganisation.objects.create(project=project, organisation=OrganisationFactory())
    FundingFactory(project=project, amount=60_000)
    ExpenseFactory(project=project, municipality=places[0])
    MaterialFactory(project=project)
    UpdateFactory(project=project)
    EventFactory(project=project)
    return project


def request_of(user: User) -> Any:
    """A request of the user's, for asking an admin directly."""
    request = RequestFactory().get("/")
    request.user = user
    return request


def state_of(obj: models.Model) -> dict[str, Any]:
    """Everything that a restore may bring back of an object and its rows, comparable."""
    page = admin.site.get_model_admin(type(obj))
    boss = User(pk=0, is_superuser=True, is_staff=True, is_active=True)
    found = {}
    for kin in family(page, request_of(boss), type(obj)._base_manager.get(pk=obj.pk)):
        columns = [c for c in kin.model._meta.concrete_fields if c.editable or c.primary_key]
        kept = {c.attname for c in columns if c.name not in KEPT | UNTOLD}
        told = kept | {field.name for field in kin.many}
        for pk, facts in live(kin, obj.pk).items():
            found[f"{kin.name}-{pk}"] = {k: v for k, v in facts.items() if k in told}
    return found


def address(obj: models.Model, page: str = "restore") -> str:
    """A page of history of the object."""
    meta = type(obj)._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[obj.pk])


def restore_address(obj: models.Model, at: datetime, part: str = "") -> str:
    """The page that restores the object, or a part of it, as it was at a moment."""
    return f"{address(obj)}?{urlencode({'at': at.isoformat(), **({'part': part} if part else {})})}"


def confirm(client: Client, url: str, **more: Any) -> HttpResponse:
    """Look at the preview and confirm what it has ticked."""
    page = client.get(url)
    assert page.status_code == 200, page.status_code
    context = page.context
    data = {"seen": context["plan"].token, "part": sorted(context["ticked"]), "without": "1"}
    return client.post(url, data | more)


def restored(client: Client, url: str, **more: Any) -> HttpResponse:
    """The same, and it must have worked."""
    response = confirm(client, url, **more)
    problems = response.context["problems"] if response.status_code == 200 else []
    assert response.status_code == 302, problems
    return response


def latest_moment(obj: Project) -> datetime:
    """The last moment of the history of a project and its rows."""
    page = admin.site.get_model_admin(type(obj))
    boss = UserFactory.build(superuser=True)
    dates = []
    for kin in family(page, request_of(boss), obj):
        records = kin.records.objects.filter(kin.records_of(obj.pk))
        dates += records.order_by("-history_date").values_list("history_date", flat=True)[:1]
    return max(dates)
