"""Attendance in the admin: a line for each member, and only what is said of them is stored."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from municipalities.models import Attendance, Meeting, SteeringGroup
from tests.adminforms import controls, problems, saved
from tests.factories import MembershipFactory, SteeringGroupFactory
from tests.projects.meetingworld import ADD, address, form_of

pytestmark = pytest.mark.django_db


def test_members_are_listed_and_only_what_is_said_of_them_is_stored(
    coordinator: Client, meeting: Meeting
) -> None:
    chair, second, third = [MembershipFactory(group=meeting.group, order=n) for n in range(3)]
    MembershipFactory(person="Toisen Ryhmän Jäsen")
    url = address(meeting)
    data = form_of(coordinator, url)
    assert data["attendances-TOTAL_FORMS"] == "3"
    assert {data[f"attendances-{n}-state"] for n in range(3)} == {""}
    assert "Toisen Ryhmän Jäsen" not in coordinator.get(url).content.decode()
    data |= {
        "attendances-0-state": "present", "attendances-1-state": "substitute",
        "attendances-1-substitute": "Sijainen Esimerkki", "guests": "Vieras, ELY",
    }  # fmt: skip
    saved(coordinator, url, data)
    assert {row.membership: (row.state, row.substitute) for row in meeting.attendances.all()} == {
        chair: ("present", ""), second: ("substitute", "Sijainen Esimerkki"),
    }  # fmt: skip
    data = form_of(coordinator, url)
    assert data["attendances-TOTAL_FORMS"] == "3"
    assert data["attendances-2-membership"] == str(third.pk)
    saved(coordinator, url, data)
    assert [row.history.count() for row in meeting.attendances.all()] == [1, 1]
    saved(coordinator, url, data | {"attendances-0-state": ""})
    assert [row.membership for row in meeting.attendances.all()] == [second]
    assert Attendance.history.filter(history_type="-").count() == 1


def test_who_has_left_is_listed_only_at_meetings_of_their_time(
    coordinator: Client, meeting: Meeting
) -> None:
    left = MembershipFactory(group=meeting.group, until=meeting.date - timedelta(days=1))
    stays = MembershipFactory(group=meeting.group, until=meeting.date)
    data = form_of(coordinator, address(meeting))
    assert data["attendances-TOTAL_FORMS"] == "1"
    assert data["attendances-0-membership"] == str(stays.pk)
    Attendance.objects.create(meeting=meeting, membership=left)
    assert form_of(coordinator, address(meeting))["attendances-TOTAL_FORMS"] == "2"


def test_attendance_is_recorded_while_the_meeting_is_added(
    coordinator: Client, group: SteeringGroup
) -> None:
    MembershipFactory(group=group)
    data = form_of(coordinator, f"{ADD}?group={group.pk}")
    saved(coordinator, ADD, data | {"date": "1.9.2026", "attendances-0-state": "absent"})
    assert Attendance.objects.get().state == "absent"


def test_the_name_of_a_substitute_says_enough(coordinator: Client, meeting: Meeting) -> None:
    MembershipFactory(group=meeting.group)
    data = form_of(coordinator, address(meeting)) | {"attendances-0-substitute": "Sijainen"}
    saved(coordinator, address(meeting), data)
    assert Attendance.objects.get().state == "substitute"


@pytest.mark.parametrize(
    ("state", "substitute", "field"),
    [("present", "Sijainen", "substitute"), ("asleep", "", "state")],
)
def test_a_line_that_contradicts_itself_is_told_at_its_field(
    coordinator: Client, meeting: Meeting, state: str, substitute: str, field: str
) -> None:
    MembershipFactory(group=meeting.group)
    url = address(meeting)
    data = form_of(coordinator, url)
    line = {"attendances-0-state": state, "attendances-0-substitute": substitute}
    response = coordinator.post(url, data | line)
    assert list(problems(response)) == [f"id_attendances-0-{field}"]
    again = controls(response, "meeting_form")
    assert again["attendances-0-substitute"] == substitute, "nothing typed is lost"
    assert not Attendance.objects.exists()


def test_a_member_of_another_group_cannot_be_sent(coordinator: Client, meeting: Meeting) -> None:
    MembershipFactory(group=meeting.group)
    data = form_of(coordinator, address(meeting))
    data |= {"attendances-0-membership": MembershipFactory().pk, "attendances-0-state": "present"}
    assert list(problems(coordinator.post(address(meeting), data))) == ["attendances-0"]
    assert not Attendance.objects.exists()


def test_a_meeting_with_attendance_does_not_change_its_group(
    coordinator: Client, meeting: Meeting
) -> None:
    member, other = MembershipFactory(group=meeting.group), SteeringGroupFactory(
        region=meeting.group.region
    )  # fmt: skip
    data = form_of(coordinator, address(meeting)) | {"group": other.pk}
    line = {"attendances-0-state": "present"}
    assert list(problems(coordinator.post(address(meeting), data | line))) == ["attendances-0"]
    Attendance.objects.create(meeting=meeting, membership=member)
    data = form_of(coordinator, address(meeting)) | {"group": other.pk}
    assert "id_group" in problems(coordinator.post(address(meeting), data))
    Attendance.objects.all().delete()
    saved(
        coordinator, address(meeting), form_of(coordinator, address(meeting)) | {"group": other.pk}
    )
    meeting.refresh_from_db()
    assert meeting.group == other


def test_a_member_who_was_at_a_meeting_stays_in_the_group(
    coordinator: Client, meeting: Meeting
) -> None:
    member = MembershipFactory(group=meeting.group)
    Attendance.objects.create(meeting=meeting, membership=member)
    url = reverse("admin:municipalities_steeringgroup_change", args=[meeting.group.pk])
    data = controls(coordinator.get(url), "steeringgroup_form")
    response = coordinator.post(url, data | {"memberships-0-DELETE": "on"})
    assert list(problems(response)) == ["memberships-group"]
    assert meeting.group.memberships.get() == member
