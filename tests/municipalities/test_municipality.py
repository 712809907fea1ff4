"""How a municipality is called."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from municipalities.enums import MunicipalityTitle
from municipalities.models import Municipality
from tests.factories import MunicipalityFactory, RegionFactory


@pytest.mark.parametrize(
    ("name", "title", "official"),
    [
        ("Vasa", "city", "Vasa stad"),
        ("Helsingfors", "city", "Helsingfors stad"),
        ("Mariehamn", "city", "Mariehamns stad"),
        ("Björneborg", "city", "Björneborgs stad"),
        ("Korsholm", "municipality", "Korsholms kommun"),
        ("Malax", "municipality", "Malax kommun"),
        ("Vörå", "municipality", "Vörå kommun"),
    ],
)
def test_swedish_bodies(name: str, title: str, official: str) -> None:
    with translation.override("sv"):
        assert Municipality(name_fi="x", name_sv=name, title=title).official_name == official


def test_finnish_and_english_bodies() -> None:
    place = Municipality(name_fi="Akaa", fi_genitive="Akaan", title=MunicipalityTitle.CITY)
    with translation.override("fi"):
        assert place.official_name == "Akaan kaupunki"
    with translation.override("en"):
        assert place.official_name == "City of Akaa"


@pytest.mark.django_db
def test_a_region_cannot_be_its_own_ancestor() -> None:
    grandparent = RegionFactory()
    parent = RegionFactory(parent=grandparent)
    child = RegionFactory(parent=parent)
    grandparent.parent = child
    with pytest.raises(ValidationError) as caught:
        grandparent.clean()
    assert "parent" in caught.value.message_dict


@pytest.mark.django_db
def test_an_approved_plan_has_a_status() -> None:
    place = MunicipalityFactory()
    place.plan_decided_on = "2024-01-01"
    with pytest.raises(ValidationError):
        place.clean()
