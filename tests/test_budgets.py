"""What a page weighs on the wire: HTML and the stylesheets for the screen, as browsers get them."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import brotli
import pytest
from django.test import Client

from climateportal.staticstorage import STYLESHEET, bundle
from municipalities.enums import PlanStatus
from municipalities.models import Emission, Municipality, Region
from tests.factories import (
    ClimateTargetFactory,
    GoalFactory,
    MeasurementFactory,
    ProjectFactory,
    RegionFactory,
    TaskFactory,
    ThemeFactory,
)
from tests.prepared import Prepared

ROOT = Path(__file__).resolve().parent.parent
ONE_ROUND_TRIP = 14_000  # bytes
LONG_LIST = 20_000  # bytes, for lists of all 308 municipalities
QUALITY = 5  # what servers use for pages made on request; files are compressed harder beforehand

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("filled")]


def stylesheet(name: str = STYLESHEET) -> int:
    """Bytes of a stylesheet as production serves it."""
    path = ROOT / "static" / name
    css = bundle(path) if name == STYLESHEET else path.read_text(encoding="utf-8")
    return len(brotli.compress(css.encode()))


def weight(client: Client, path: str) -> int:
    """Bytes of a page and its stylesheets for the screen."""
    response = client.get(path)
    assert response.status_code == 200, path
    html = response.content.decode()
    sheets = re.findall(r'<link rel="stylesheet" href="[^"]*/static/([^"]+)">', html)
    assert STYLESHEET in sheets, sheets
    return len(brotli.compress(response.content, quality=QUALITY)) + sum(map(stylesheet, sheets))


@pytest.fixture(scope="module")
def filled(
    prepared: Prepared, register_made: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """The register and more projects than any page shows, each with words of its own."""
    with django_db_blocker.unblock(), prepared.begin_with("register"):
        _fill()
        yield


def _fill() -> None:
    county = Region.objects.get(slug="pohjois-savo")
    members = list(county.members.order_by("code"))
    for number in range(4):
        RegionFactory(
            name_fi=f"Yhteistyöalue {number}",
            parent=county,
            members=members[number * 4 : number * 4 + 4],
        )
    kuopio = Municipality.objects.get(slug="kuopio")
    others = [place for place in members if place != kuopio]
    Municipality.objects.update(plan_status=PlanStatus.IN_FORCE)
    themes = [ThemeFactory(name_fi=f"Teeman nimi {number}") for number in range(8)]
    for number in range(24):
        project = ProjectFactory(
            title_fi=f"Hankkeen {number} nimi, joka ei ole aivan lyhyt {number * 7919}",
            summary_fi=f"Ingressi kertoo hankkeesta {number} yhden virkkeen {number * 104729}.",
            municipalities=[kuopio, *others[number % 12 : number % 12 + number % 5]],
            themes=[themes[number % 8]],
            start_date=date(2024, 1 + number % 12, 1),
            end_date=date(2027, 1 + number % 12, 28),
        )
        TaskFactory(project=project, due_date=date(2024, 2, 1))
    for number in range(6):
        GoalFactory(project=None, region=county, text_fi=f"Alueen tavoite {number * 7919}")
        goal = GoalFactory(
            project=None,
            municipality=kuopio,
            text_fi=f"Tavoite {number * 104729}",
            unit_fi="MWh vuodessa",
            base_value=Decimal(1000 + number * 37),
            base_date=date(2020, 1, 1),
            target_value=Decimal(500 - number * 11),
            target_date=date(2030, 1 + number, 1),
        )
        for year in range(2020, 2026):
            MeasurementFactory(
                goal=goal,
                date=date(year, 12 - number, 1),
                value=Decimal(1000 - (year - 2020) * 7919 % 101 * 3),
            )
    ClimateTargetFactory(municipality=kuopio)
    for year in range(2005, 2023):
        Emission.objects.create(
            municipality=kuopio,
            year=year,
            sector="total",
            kilotonnes=900 - (year * 7919) % 97,
            method="hinku",
            source="Suomen ympäristökeskus",
            retrieved_on=date(2024, 9, 13),
        )


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/sv/",
        "/en/",
        "/hankkeet/",
        "/kunnat/kuopio/",
        "/kunnat/?q=joki",
        "/alueet/",
        "/alueet/pohjois-savo/",
        "/en/regions/pohjois-savo/",
    ],
)
def test_a_page_comes_in_one_round_trip(client: Client, path: str) -> None:
    assert weight(client, path) <= ONE_ROUND_TRIP


@pytest.mark.parametrize("path", ["/kunnat/", "/sv/kommuner/", "/en/municipalities/"])
def test_the_list_of_all_municipalities_stays_small(client: Client, path: str) -> None:
    assert weight(client, path) <= LONG_LIST
