"""Fixtures of the tests with odd input."""

import pytest

from climateportal.models import User
from tests.climateportal.adminworld import World, world, world_made
from tests.factories import ContactFactory, MunicipalityFactory
from tests.odd.values import Bold

__all__ = ["world", "world_made"]


@pytest.fixture
def administrator(world: World) -> Bold:
    """Nothing is out of the administrator's reach, and every field is a control."""
    MunicipalityFactory(), ContactFactory()  # for rows that may not repeat those there are
    client = Bold()
    client.force_login(User.objects.get(is_superuser=True, is_active=True))
    return client


@pytest.fixture
def anybody() -> Bold:
    """A visitor."""
    return Bold()
