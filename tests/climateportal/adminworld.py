"""What the tests of rights share: the rule of every model, and a row and a user of every kind."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from climateportal.models import Notice, Page, User
from municipalities.models import Meeting, Municipality, Organisation, Region, SteeringGroup
from projects.models import Contact, Expense, Goal, GoodPractice, Project, Theme
from tests.factories import (
    ContactFactory,
    ExpenseFactory,
    GoalFactory,
    GoodPracticeFactory,
    MeetingFactory,
    MunicipalityFactory,
    OrganisationFactory,
    ProjectContactFactory,
    ProjectFactory,
    RegionFactory,
    SteeringGroupFactory,
    ThemeFactory,
    UserFactory,
)


class Rule(NamedTuple):
    """What coordinators may do with a model. `users`: who sees it at all."""

    users: set[str]
    add: set[str] = frozenset()
    delete_own: set[str] = frozenset()
    pick: bool = True  # whether coordinators may look its rows up for a relation
    nested: bool = False  # whether rows are made on another model's form: no index, no add page


BOTH = {"region", "municipality"}
RULES: dict[type[models.Model], Rule] = {
    Project: Rule(BOTH, add=BOTH, delete_own=BOTH),
    Contact: Rule(BOTH, add=BOTH, delete_own=BOTH),
    Goal: Rule(BOTH, add=BOTH, delete_own=BOTH),
    Expense: Rule(BOTH, delete_own=BOTH, nested=True),
    GoodPractice: Rule(BOTH, add=BOTH, delete_own=BOTH),
    Organisation: Rule(BOTH, add=BOTH, delete_own=BOTH),
    Municipality: Rule(BOTH),
    Region: Rule({"region"}),
    SteeringGroup: Rule({"region"}, add={"region"}, delete_own={"region"}),
    Meeting: Rule({"region"}, add={"region"}, delete_own={"region"}),
    Theme: Rule(set()),
    Page: Rule(set()),
    Notice: Rule(set()),
    User: Rule(set(), pick=False),
}
# fields through which each model is looked up; None: no relation leads to it
LOOKUPS = {
    Project: ("projects", "project", "related"),
    Contact: ("projects", "projectcontact", "contact"),
    Organisation: ("projects", "funding", "funder"),
    Municipality: ("projects", "participation", "municipality"),
    Region: ("projects", "project", "regions"),
    Theme: ("projects", "project", "themes"),
    User: ("projects", "project", "checked_by"),
    Goal: ("projects", "measurement", "goal"),
    GoodPractice: ("projects", "adoption", "practice"),
    SteeringGroup: ("municipalities", "membership", "group"),
    Expense: None,
    Meeting: ("projects", "decision", "meeting"),
    Page: None,
    Notice: None,
}
ROLES = ("superuser", "region", "municipality", "no reach", "anonymous", "inactive", "not staff")
MODELS = list(RULES)


class World(NamedTuple):
    """For each model a row in the coordinators' reach and one out of it; a client for each role."""

    own: dict[type[models.Model], models.Model]
    foreign: dict[type[models.Model], models.Model]
    clients: dict[str, Client]


def _side(place: Municipality, region: Region) -> dict[type[models.Model], models.Model]:
    project = ProjectFactory(municipalities=[place], draft=True)
    contact = ContactFactory()
    ProjectContactFactory(project=project, contact=contact)
    body = OrganisationFactory(municipality=place, kind="municipality")
    return {
        Project: project,
        Contact: contact,
        Goal: GoalFactory(project=project),
        Expense: ExpenseFactory(project=project, municipality=place),
        GoodPractice: GoodPracticeFactory(project=project),
        Organisation: body,
        Municipality: place,
        Region: region,
        SteeringGroup: (group := SteeringGroupFactory(region=region)),
        Meeting: MeetingFactory(group=group),
        Theme: ThemeFactory(),
        Page: Page.objects.create(title_fi="Sivu", slug=f"sivu-{place.slug}"),
        Notice: Notice.objects.create(text_fi="Katko"),
        User: UserFactory(),
    }


@pytest.fixture
def world() -> Iterator[World]:
    own_place, foreign_place = MunicipalityFactory(), MunicipalityFactory()
    own_region = RegionFactory(members=[own_place])
    foreign_region = RegionFactory(members=[foreign_place])
    people = {
        "superuser": UserFactory(superuser=True),
        "region": UserFactory(),
        "municipality": UserFactory(),
        "no reach": UserFactory(),
        "inactive": UserFactory(superuser=True, is_active=False),
        "not staff": UserFactory(is_staff=False),
    }
    people["region"].regions.add(own_region)
    people["municipality"].municipalities.add(own_place)
    people["not staff"].municipalities.add(own_place)
    clients = {role: Client() for role in ROLES}
    for role, user in people.items():
        clients[role].force_login(user)
    return World(
        own=_side(own_place, own_region),
        foreign=_side(foreign_place, foreign_region),
        clients=clients,
    )


def address(model: type[models.Model], page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def opens(response: Any) -> bool:
    """Whether a page was given; a refusal is 403, a redirect to the index, or one to log-in."""
    assert response.status_code in (200, 302, 403, 404), response.status_code
    return response.status_code == 200
