"""Who may edit a meeting, and who may read its pack: every role × every kind of meeting."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from climateportal.publishing import PublicationState
from municipalities.models import Meeting
from municipalities.permissions import can_change_meeting, meeting_in_reach_q
from projects.permissions import can_read_pack, pack_readable_q
from tests.factories import (
    MeetingFactory,
    MembershipFactory,
    MunicipalityFactory,
    RegionFactory,
    SteeringGroupFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DRAFTS = {"draft", "soon", "other group", "other region"}
EVERYTHING = DRAFTS | {"public"}
OWN_REGION = EVERYTHING - {"other region"}
OWN_GROUP = OWN_REGION - {"other group"}
# role → (may edit, may read)
RULES: dict[str, tuple[set[str], set[str]]] = {
    "administrator": (EVERYTHING, EVERYTHING),
    "coordinator of the region": (OWN_REGION, OWN_REGION),
    "coordinator of a member municipality": (set(), {"public"}),
    "coordinator elsewhere": ({"other region"}, {"other region", "public"}),
    "member who edits nothing": (set(), OWN_GROUP),
    "member who is no editor": (set(), OWN_GROUP),
    "member of the other group": (set(), {"other group", "public"}),
    "member whose account is closed": (set(), {"public"}),
    "coordinator whose account is closed": (set(), {"public"}),
    "coordinator who is no editor": (set(), {"public"}),
    "administrator whose account is closed": (set(), {"public"}),
    "administrator who is no editor": (set(), {"public"}),
    "signed in": (set(), {"public"}),
    "anonymous": (set(), {"public"}),
    "nobody": (set(), {"public"}),
}


class Table:
    """One region with two groups, another region, and a user of every role."""

    def __init__(self) -> None:
        place = MunicipalityFactory()
        region, elsewhere = RegionFactory(members=[place]), RegionFactory()
        group, other = SteeringGroupFactory(region=region), SteeringGroupFactory(region=region)
        now = timezone.now()
        public = {"publication": PublicationState.PUBLISHED}
        self.meetings = {
            "draft": MeetingFactory(group=group, date="2026-01-01"),
            "soon": MeetingFactory(
                group=group, date="2026-02-01", published_at=now + timedelta(days=1),
                **public,
            ),
            "public": MeetingFactory(group=group, date="2026-03-01", published_at=now, **public),
            "other group": MeetingFactory(group=other, date="2026-01-02"),
            "other region": MeetingFactory(group=SteeringGroupFactory(region=elsewhere)),
        }  # fmt: skip

        def person(
            seat: Any = None, regions: Any = (), municipalities: Any = (), **how: Any
        ) -> Any:
            user = UserFactory(**how)
            user.regions.set(regions)
            user.municipalities.set(municipalities)
            if seat:
                MembershipFactory(group=seat, user=user)
            return user

        closed, plain = {"is_active": False}, {"is_staff": False}
        self.users = {
            "administrator": person(superuser=True),
            "coordinator of the region": person(regions=[region]),
            "coordinator of a member municipality": person(municipalities=[place]),
            "coordinator elsewhere": person(regions=[elsewhere]),
            "member who edits nothing": person(group),
            "member who is no editor": person(group, **plain),
            "member of the other group": person(other),
            "member whose account is closed": person(group, **closed),
            "coordinator whose account is closed": person(regions=[region], **closed),
            "coordinator who is no editor": person(regions=[region], **plain),
            "administrator whose account is closed": person(superuser=True, **closed),
            "administrator who is no editor": person(is_superuser=True, **plain),
            "signed in": person(),
            "anonymous": AnonymousUser(),
            "nobody": None,
        }


@pytest.fixture
def table() -> Table:
    return Table()


def _agree(table: Table, user: Any, predicate: Callable, condition: Callable) -> set[str]:
    """Names of the meetings that both the predicate and the condition allow."""
    allowed = {name for name, row in table.meetings.items() if predicate(user, row)}
    found = list(Meeting.objects.filter(condition(user)))
    assert len(found) == len(set(found))
    assert {name for name, row in table.meetings.items() if row in found} == allowed
    return allowed


@pytest.mark.parametrize("role", RULES)
def test_editing_and_reading(table: Table, role: str) -> None:
    may_edit, may_read = RULES[role]
    user = table.users[role]
    assert _agree(table, user, can_change_meeting, meeting_in_reach_q) == may_edit
    assert _agree(table, user, can_read_pack, pack_readable_q) == may_read


def test_two_seats_list_a_meeting_once(table: Table) -> None:
    user = table.users["member who is no editor"]
    MembershipFactory(group=table.meetings["draft"].group, user=user)
    found = list(Meeting.objects.filter(pack_readable_q(user)))
    assert found.count(table.meetings["draft"]) == 1


def test_a_seat_given_up_ends_the_reading(table: Table) -> None:
    user, meeting = table.users["member who is no editor"], table.meetings["draft"]
    user.seats.update(user=None)
    assert not can_read_pack(user, meeting)


def test_a_member_reads_to_the_last_day_in_the_group(table: Table) -> None:
    user, meeting = table.users["member who is no editor"], table.meetings["draft"]
    for days, reads in ((0, True), (-1, False)):
        user.seats.update(until=timezone.localdate() + timedelta(days=days))
        assert can_read_pack(user, meeting) == reads
