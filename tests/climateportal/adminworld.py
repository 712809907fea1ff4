"""What the tests of rights share: the rule of every model, and a row and a user of every kind."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from climateportal.invitations import invite
from climateportal.models import Feedback, Invitation, Notice, Page, User
from municipalities.models import Meeting, Municipality, Organisation, Region, SteeringGroup
from projects.actions import make_pack_link
from projects.models import BrokenLink, Contact, Expense, Goal, GoodPractice, Project, Theme
from tests.factories import (
    BrokenLinkFactory,
    ContactFactory,
    ExpenseFactory,
    FeedbackFactory,
    GoalFactory,
    GoodPracticeFactory,
    MeetingFactory,
    MembershipFactory,
    MunicipalityFactory,
    OrganisationFactory,
    ProjectContactFactory,
    ProjectFactory,
    RegionFactory,
    SteeringGroupFactory,
    ThemeFactory,
    UserFactory,
)
from tests.prepared import Prepared


class Rule(NamedTuple):
    """What each role may do with a model and its own row of it; a superuser everything.

    Letters: l(ist), v(iew), c(hange), a(dd), d(elete), p(ick for a relation). A role that is not
    named may nothing.
    """

    may: dict[str, str]
    nested: bool = False  # whether rows are made on another model's form: no index, no add page
    given: bool = False  # whether rows come from elsewhere: no add page

    def roles(self, letter: str) -> set[str]:
        return {role for role, letters in self.may.items() if letter in letters}


EDITORS = {"region", "municipality", "contact"}
WHOLE = {**dict.fromkeys(EDITORS, "lvcadp"), "viewer": "lv"}
OF_REGIONS = {"region": "lvcadp", "municipality": "p", "contact": "p", "viewer": "lv"}
PICKED = dict.fromkeys(EDITORS, "p")
RULES: dict[type[models.Model], Rule] = {
    Project: Rule({**WHOLE, "contact": "lvcdp"}),
    Contact: Rule(WHOLE),
    Goal: Rule(WHOLE),
    Expense: Rule({**dict.fromkeys(EDITORS, "lvcd"), "viewer": "lv"}, nested=True),
    GoodPractice: Rule(WHOLE),
    Organisation: Rule({**WHOLE, "contact": "lap"}),
    Municipality: Rule({"region": "lvcp", "municipality": "lvcp", "contact": "p", "viewer": "lv"}),
    Region: Rule({**OF_REGIONS, "region": "lvcp"}),
    SteeringGroup: Rule(OF_REGIONS),
    Meeting: Rule(OF_REGIONS),
    Theme: Rule(PICKED),
    Page: Rule({}),
    Notice: Rule({}),
    User: Rule({}),
    Invitation: Rule({"region": "lvad"}),
    Feedback: Rule(dict.fromkeys(EDITORS, "lvc"), given=True),
    BrokenLink: Rule(dict.fromkeys(EDITORS, "lv"), given=True),
}


class Shut(NamedTuple):
    """A page of an admin beside Django's own: whose row it is about, and who may open and send it.

    `more` makes the arguments of its address that follow the row's key.
    """

    model: type[models.Model]
    roles: set[str]
    more: Callable[[Any], list[Any]] = lambda row: []


def _link(meeting: Meeting) -> list[Any]:
    until = timezone.localdate() + timedelta(days=3)
    return [make_pack_link(meeting=meeting, by=None, until=until).pk]


# every page and every action of an admin that is not Django's: a new one fails until it is here
PAGES = {
    "projects_project_paste": Shut(Project, EDITORS),
    "projects_project_preview": Shut(Project, {*EDITORS, "viewer"}),
    "projects_project_draft": Shut(Project, EDITORS),
    "projects_project_unpublish": Shut(Project, EDITORS),
    "projects_project_archive": Shut(Project, EDITORS),
    "projects_project_board": Shut(Project, EDITORS),
    "projects_project_take_tasks": Shut(Project, EDITORS),
    "projects_project_copy": Shut(Project, EDITORS - {"contact"}),  # who makes no projects
    "municipalities_meeting_freeze": Shut(Meeting, {"region"}),
    "municipalities_meeting_links": Shut(Meeting, {"region"}),
    "municipalities_meeting_revoke": Shut(Meeting, {"region"}, _link),
    "auth_user_password_change": Shut(User, set()),
    "climateportal_user_second_step": Shut(User, set()),
    "climateportal_invitation_again": Shut(Invitation, {"region"}),
    "climateportal_invitation_revoke": Shut(Invitation, {"region"}),
}
ACTIONS: dict[tuple[type[models.Model], str], set[str]] = {
    (Project, "confirm_up_to_date"): EDITORS,
    (Project, "archive_chosen"): EDITORS,
    (Project, "unpublish_chosen"): EDITORS,
    (Expense, "mark_claimed"): EDITORS,
    (Expense, "mark_paid"): EDITORS,
}
# actions that lead to a page of their own, with tests of its own
LEADING = {(Project, "edit_stages")}  # tests/projects/test_stagesanddates.py
# what an action finds something to do in, where the rows of the world give it nothing
READY = {
    "archive_chosen": {"stage": "completed"},
    "unpublish_chosen": {"publication": "published", "published_at": timezone.now()},
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
    Invitation: None,
    Feedback: None,
    BrokenLink: None,
    Notice: None,
}
ROLES = (
    "superuser", "region", "municipality", "contact", "viewer", "neighbour", "member", "no reach",
    "anonymous", "inactive", "not staff",
)  # fmt: skip
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
        Feedback: FeedbackFactory(project=project),
        BrokenLink: BrokenLinkFactory(project=project),
    }


def _make() -> World:
    own_place, foreign_place = MunicipalityFactory(), MunicipalityFactory()
    own_region = RegionFactory(members=[own_place])
    foreign_region = RegionFactory(members=[foreign_place])
    people = {
        "superuser": UserFactory(superuser=True),
        "region": UserFactory(),
        "municipality": UserFactory(),
        "contact": UserFactory(),
        "viewer": UserFactory(),
        "neighbour": UserFactory(),  # coordinates a municipality that takes part in no project
        "member": UserFactory(is_staff=False),
        "no reach": UserFactory(),
        "inactive": UserFactory(superuser=True, is_active=False),
        "not staff": UserFactory(is_staff=False),
    }
    people["region"].regions.add(own_region)
    people["municipality"].municipalities.add(own_place)
    people["not staff"].municipalities.add(own_place)
    people["neighbour"].municipalities.add(MunicipalityFactory())
    people["viewer"].viewed_regions.add(own_region)
    clients = {role: Client() for role in ROLES}
    for role, user in people.items():
        clients[role].force_login(user)
    own, foreign = _side(own_place, own_region), _side(foreign_place, foreign_region)
    boss = {"by": people["superuser"], "role": "municipality"}
    foreign[Invitation], _ = invite(**boss, email="toinen@example.fi", municipalities=[own_place])
    own[Invitation], _ = invite(
        by=people["region"], email="oma@example.fi", role="region", regions=[own_region]
    )
    people["contact"].projects.add(own[Project])
    MembershipFactory(group=own[SteeringGroup], user=people["member"])
    return World(own=own, foreign=foreign, clients=clients)


@pytest.fixture(scope="session")
def world_made(prepared: Prepared, django_db_blocker: pytest.FixtureRequest) -> World:
    with django_db_blocker.unblock(), translation.override("fi"):
        return prepared.once("world", _make)


@pytest.fixture
def world(prepared: Prepared, world_made: World, db: None) -> Iterator[World]:
    """Rows and clients of this test's own, as they were made."""
    with prepared.begin_with("world"):
        yield World(
            own=_read_again(world_made.own),
            foreign=_read_again(world_made.foreign),
            clients={role: _same(client) for role, client in world_made.clients.items()},
        )


def _read_again(rows: dict[type[models.Model], models.Model]) -> dict[type[models.Model], Any]:
    return {model: model._base_manager.get(pk=row.pk) for model, row in rows.items()}


def _same(client: Client) -> Client:
    """Another client, logged in as the same user."""
    other = Client()
    for name, morsel in client.cookies.items():
        other.cookies[name] = morsel.value
    return other


def address(model: type[models.Model], page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def opens(response: Any) -> bool:
    """Whether a page was given; a refusal is 403, a redirect to the index, or one to log-in."""
    assert response.status_code in (200, 302, 403, 404), response.status_code
    return response.status_code == 200
