"""What tests of meetings in the admin share: a coordinator, the region's group and its meeting."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from climateportal.models import User
from municipalities.models import Meeting, SteeringGroup
from tests.adminforms import controls
from tests.factories import MeetingFactory, RegionFactory, SteeringGroupFactory, UserFactory

ADD = "/admin/municipalities/meeting/add/"


@pytest.fixture
def user() -> User:
    """The coordinator of one region."""
    user = UserFactory()
    user.regions.add(RegionFactory(name_fi="Oma"))
    return user


@pytest.fixture
def coordinator(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


@pytest.fixture
def group(user: User) -> SteeringGroup:
    return SteeringGroupFactory(region=user.regions.get(), name_fi="Ryhmä")


@pytest.fixture
def meeting(group: SteeringGroup) -> Meeting:
    return MeetingFactory(group=group, date=date(2026, 9, 1))


def address(meeting: Meeting, page: str = "change") -> str:
    return reverse(f"admin:municipalities_meeting_{page}", args=[meeting.pk])


def form_of(client: Client, url: str) -> dict[str, Any]:
    return controls(client.get(url), "meeting_form")
