"""Who may edit which project, and who sees it: every role × every kind of project."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q
from django.utils import timezone

from projects import permissions as may
from projects.models import Expense, Participation, Project, Task
from tests.factories import (
    ExpenseFactory,
    MembershipFactory,
    MunicipalityFactory,
    ProjectFactory,
    RegionFactory,
    SteeringGroupFactory,
    TaskFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
OWN = {"alone"}
JOINT = {"joint"}
OF_REGION = {"alone", "joint", "of the neighbour", "of the region"}
EVERYTHING = OF_REGION | {"elsewhere", "far joint"}
# role → (edits the whole, edits a part, says whose it is, the admin shows, reads the draft)
RULES: dict[str, tuple[set[str], set[str], set[str], set[str], set[str]]] = {
    "administrator": (EVERYTHING, set(), EVERYTHING, EVERYTHING, EVERYTHING),
    "regional": ({*OF_REGION, "far joint"}, set(), {*OF_REGION, "far joint"},
                 {*OF_REGION, "far joint"}, {*OF_REGION, "far joint"}),
    "municipal": (OWN, {"joint", "far joint"}, OWN,
                  {*OWN, "joint", "far joint"}, {*OWN, "joint", "far joint"}),
    "municipal of both": ({"alone", "joint", "of the neighbour"}, {"far joint"},
                          {"alone", "joint", "of the neighbour"},
                          {"alone", "joint", "of the neighbour", "far joint"},
                          {"alone", "joint", "of the neighbour", "far joint"}),
    "contact": (JOINT, set(), set(), JOINT, JOINT),
    "viewer of the region": (set(), set(), set(), {*OF_REGION, "far joint"},
                             {*OF_REGION, "far joint"}),
    "viewer of the municipality": (set(), set(), set(), {"alone", "joint", "far joint"},
                                   {"alone", "joint", "far joint"}),
    "member": (set(), set(), set(), set(), {*OF_REGION, "far joint"}),
    "member who edits nothing": (set(), set(), set(), set(), {*OF_REGION, "far joint"}),
    "member of yesterday": (set(), set(), set(), set(), set()),
    "municipal who views the region": (OWN, {"joint", "far joint"}, OWN,
                                       {*OF_REGION, "far joint"}, {*OF_REGION, "far joint"}),
    "elsewhere": ({"elsewhere"}, {"far joint"}, {"elsewhere"},
                  {"elsewhere", "far joint"}, {"elsewhere", "far joint"}),
    **dict.fromkeys(
        ("closed", "no editor", "signed in", "anonymous", "nobody"),
        (set(), set(), set(), set(), set()),
    ),
}  # fmt: skip


class Table:
    """Two municipalities in a region and one elsewhere, drafts of each kind, users of each role."""

    def __init__(self) -> None:
        own, neighbour, far = (MunicipalityFactory() for _ in range(3))
        region = RegionFactory(members=[own, neighbour])
        group = SteeringGroupFactory(region=region)
        places = {
            "alone": [own], "joint": [own, neighbour], "of the neighbour": [neighbour],
            "of the region": [], "elsewhere": [far], "far joint": [own, far],
        }  # fmt: skip
        self.projects = {
            name: ProjectFactory(
                draft=True, municipalities=of, regions=[region] if name == "of the region" else []
            )
            for name, of in places.items()
        }
        self.own, self.neighbour = own, neighbour

        def person(seat_until: Any = "none", **reach: Any) -> Any:
            how = {key: reach.pop(key) for key in list(reach) if isinstance(reach[key], bool)}
            user = UserFactory(**how)
            for name, rows in reach.items():
                getattr(user, name).set(rows)
            if seat_until != "none":
                MembershipFactory(group=group, user=user, until=seat_until)
            return user

        self.users = {
            "administrator": person(superuser=True),
            "regional": person(regions=[region]),
            "municipal": person(municipalities=[own]),
            "municipal of both": person(municipalities=[own, neighbour]),
            "contact": person(projects=[self.projects["joint"]]),
            "viewer of the region": person(viewed_regions=[region]),
            "viewer of the municipality": person(viewed_municipalities=[own]),
            "member": person(seat_until=None, is_staff=False),
            "member who edits nothing": person(seat_until=None),
            "member of yesterday": person(
                seat_until=timezone.localdate() - timedelta(days=1), is_staff=False
            ),
            "municipal who views the region": person(municipalities=[own], viewed_regions=[region]),
            "elsewhere": person(municipalities=[far]),
            "closed": person(regions=[region], is_active=False),
            "no editor": person(municipalities=[own], is_staff=False),
            "signed in": person(),
            "anonymous": AnonymousUser(),
            "nobody": None,
        }


@pytest.fixture
def table() -> Table:
    return Table()


PAIRS: list[tuple[Callable[[Any, Project], bool], Callable[[Any], Q]]] = [
    (may.can_change_project, may.project_in_reach_q),
    (may.can_change_part, may.project_part_q),
    (may.can_change_owners, may.project_of_area_q),
    (may.can_open_project, may.project_open_q),
    (may.can_read_project, may.project_readable_q),
]


def test_projects(table: Table) -> None:
    for role, rights in RULES.items():
        user = table.users[role]
        for (predicate, condition), expected in zip(PAIRS, rights, strict=True):
            allowed = {name for name, row in table.projects.items() if predicate(user, row)}
            assert allowed == expected, (role, predicate.__name__)
            found = list(Project.objects.filter(condition(user)))
            assert len(found) == len(expected), (role, "listed once")
            assert {name for name, row in table.projects.items() if row in found} == expected
        visible = Project.objects.visible_to(user)
        assert {n for n, row in table.projects.items() if row in visible} == rights[-1], role


def test_rows_of_a_joint_project(table: Table) -> None:
    joint = table.projects["joint"]
    made = {"own": table.own, "neighbour's": table.neighbour, "common": None}
    tasks = {name: TaskFactory(project=joint, municipality=place) for name, place in made.items()}
    costs = {name: ExpenseFactory(project=joint, municipality=of) for name, of in made.items()}
    parts = {
        name: joint.participations.get(municipality=place) for name, place in made.items() if place
    }
    # a task of another project that names the municipality gives no right
    stray = TaskFactory(project=table.projects["elsewhere"], municipality=table.own)
    expected = {
        "administrator": set(made), "regional": set(made), "municipal": {"own"},
        "municipal of both": set(made), "contact": set(made),
        "municipal who views the region": {"own"},
    }  # fmt: skip
    kinds: list[tuple[dict[str, Any], type[Model], Callable, Callable]] = [
        (tasks, Task, may.can_change_task, may.task_in_reach_q),
        (costs, Expense, may.can_change_expense, may.expense_in_reach_q),
        (parts, Participation, may.can_change_participation, may.participation_in_reach_q),
    ]
    for role, user in table.users.items():
        for rows, model, predicate, condition in kinds:
            allowed = {name for name, row in rows.items() if predicate(user, row)}
            assert allowed == expected.get(role, set()) & set(rows), (role, model)
            found = model._default_manager.filter(condition(user))
            assert {name for name, row in rows.items() if row in found} == allowed, role
        assert may.can_change_task(user, stray) == (role in ("administrator", "elsewhere")), role


def test_only_a_draft_of_the_own_is_deleted(table: Table) -> None:
    project = table.projects["joint"]
    deleting = {name for name, user in table.users.items() if may.can_delete_project(user, project)}
    assert deleting == {"administrator", "regional", "municipal of both", "contact"}
    project.publication, project.published_at = "published", timezone.now()
    project.save()
    deleting = {name for name, user in table.users.items() if may.can_delete_project(user, project)}
    assert deleting == {"administrator"}
