"""Two municipalities and their region."""

import pytest

from municipalities.models import Municipality, Region
from tests.factories import MunicipalityFactory, RegionFactory


@pytest.fixture
def akaa() -> Municipality:
    return MunicipalityFactory(name_fi="Akaa", slug="akaa")


@pytest.fixture
def urjala() -> Municipality:
    return MunicipalityFactory(name_fi="Urjala", slug="urjala")


@pytest.fixture
def region(akaa: Municipality, urjala: Municipality) -> Region:
    return RegionFactory(members=[akaa, urjala])
