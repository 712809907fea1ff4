"""A municipality's own report: its share of the costs, the goals in which it is followed."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from municipalities.models import ClimateTarget, Municipality, Region
from projects.documents.blocks import Document, Facts, plain
from projects.enums import CostSharing
from projects.models import Expense, Funding, Goal, GoalBaseline, Measurement
from projects.packs import build_report
from tests.factories import OrganisationFactory, RegionFactory
from tests.projects.packs.case import FIRST, SECOND, Case, saved, table

pytestmark = pytest.mark.django_db
LONG_AGO = FIRST - timedelta(days=40)


def report(case: Case, place: Municipality) -> Document:
    return build_report(place, FIRST, SECOND, "fi")


def told(document: Document) -> dict[str, str]:
    """The figures at the top."""
    block = next(row for row in document.blocks if isinstance(row, Facts) and row.tone)
    return {name: plain(value).replace("\u00a0", " ") for name, value in block.rows}


def share(case: Case, percent: int) -> None:
    """The municipalities share by percent what a grant of 400 leaves of 1 000."""
    case.project.cost_sharing = CostSharing.PERCENT
    saved(case.project, LONG_AGO)
    for place, part in zip(case.places, (percent, 100 - percent), strict=True):
        row = case.project.participations.get(municipality=place)
        row.cost_share_percent = part
        saved(row, LONG_AGO)
    funder = OrganisationFactory()
    saved(Funding(project=case.project, funder=funder, amount=Decimal(400)), LONG_AGO)


def test_the_share_is_that_of_the_municipality_at_the_moment(case: Case) -> None:
    share(case, 25)
    figures = told(report(case, case.places[0]))
    assert figures["Kunnan osuus"] == "150 €"
    rows = [[cell.replace("\u00a0", " ") for cell in row]
            for row in table(report(case, case.places[1]), "Kunnan osuus")]  # fmt: skip
    assert rows[0][:4] == ["Lämpöhanke", "400 €", "600 €", "450 €, 75 %"]
    row = case.project.participations.get(municipality=case.places[0])
    row.cost_share_percent = 90
    saved(row, SECOND + timedelta(days=2))
    assert told(report(case, case.places[0]))["Kunnan osuus"] == "150 €"


def test_a_share_that_is_not_known_is_not_told_as_zero(case: Case) -> None:
    assert "Kunnan osuus" not in told(report(case, case.places[0]))
    assert "0 €" not in str(report(case, case.places[0]))


def test_a_regions_goal_is_there_where_the_municipality_is_followed_by_itself(case: Case) -> None:
    goal = saved(Goal(region=case.region, text_fi="Yhteinen säästö", base_value=0), LONG_AGO)
    other: Region = saved(RegionFactory.build(), LONG_AGO)
    saved(Goal(region=other, text_fi="Muiden säästö", base_value=0), LONG_AGO)
    row = GoalBaseline(goal=goal, municipality=case.places[0], base_value=0, target_value=100)
    saved(row, LONG_AGO)
    saved(Measurement(goal=goal, municipality=case.places[0], date=FIRST, value=59), FIRST)
    rows = table(report(case, case.places[0]), "Luvuin seuratut")
    assert [row[:2] for row in rows] == [["Yhteinen säästö", case.places[0].name]]
    assert rows[0][-1].replace("\u00a0", " ").startswith("59 % matkasta")
    assert "säästö" not in str(report(case, case.places[1]))


def test_how_many_municipalities_take_part_is_not_told_of_one(case: Case) -> None:
    document = report(case, case.places[0])
    assert not any(name.startswith("Kuntia mukana") for name in told(document))


def test_what_the_dates_say_against_a_stated_status_is_told(case: Case) -> None:
    """Rule 2; and the figures name what is past its end though nothing else is late."""
    case.project.end_date, case.project.stated_status = FIRST, "on_time"
    case.project.stated_reason_fi = "Jatkuu keväällä"
    saved(case.project, LONG_AGO)
    document = report(case, case.places[0])
    assert table(document, "Kunnan oma vaihe")[0][2] == (
        "Aikataulussa, päivämäärien mukaan myöhässä"
    )
    past = [value for name, value in told(document).items() if "päättymispäivä" in name]
    assert past == ["1"]


def test_the_climate_target_is_told(case: Case) -> None:
    target = ClimateTarget(
        municipality=case.places[0], kind="carbon_neutral", target_year=2030, base_year=2007
    )
    saved(target, LONG_AGO)
    facts = next(row for row in report(case, case.places[0]).blocks if isinstance(row, Facts))
    assert plain(dict(facts.rows)["Ilmastotavoite"]).endswith("2030")
    facts = next(row for row in report(case, case.places[1]).blocks if isinstance(row, Facts))
    assert "Ilmastotavoite" not in dict(facts.rows)
    joint = ClimateTarget(region=case.region, kind="carbon_neutral", target_year=2035)
    saved(joint, LONG_AGO)
    document = build_report(case.region, FIRST, SECOND, "fi")
    facts = next(row for row in document.blocks if isinstance(row, Facts))
    assert plain(dict(facts.rows)["Ilmastotavoite"]).endswith("2035")


def test_own_expenses_say_of_how_many_projects_they_are_not_known(case: Case) -> None:
    row = Expense(project=case.project, municipality=case.places[0], date=FIRST, amount=5)
    row.state = "paid"
    saved(row, FIRST)
    other = case.new("Toinen", LONG_AGO, budget=7)
    saved(Expense(project=other, date=FIRST, amount=5, state="paid"), FIRST)
    names = [name for name in told(report(case, case.places[0])) if name.startswith("Omat kulut")]
    assert names == ["Omat kulut, 1 hankkeesta ei ilmoitettu"]


def test_what_is_not_its_own_is_the_others_and_joint_costs(case: Case) -> None:
    for place in (*case.places, None):
        row = Expense(project=case.project, municipality=place, date=FIRST, amount=5, state="paid")
        saved(row, FIRST)
    rows = table(report(case, case.places[0]), "Käytetty kunnittain")
    assert [[cell.replace("\u00a0", " ") for cell in row] for row in rows] == [
        ["Akaa", "5 €"], ["Muut kunnat ja yhteiset", "10 €"],
    ]  # fmt: skip


def test_the_source_of_the_money_is_told_where_some_project_states_it(case: Case) -> None:
    assert len(table(report(case, case.places[0]), "Kustannukset ja budjetti")[0]) == 5
    case.project.money_source_fi = "kirjanpito"
    saved(case.project, LONG_AGO)
    case.new("Toinen", LONG_AGO, budget=7)
    rows = table(report(case, case.places[0]), "Kustannukset ja budjetti")
    assert [row[-1] for row in rows] == ["kirjanpito", "ei ilmoitettu", ""]


def test_queries_do_not_grow(case: Case) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            report(case, case.places[0])
        return len(captured)

    share(case, 25)
    one = queries()
    for number in range(3):
        case.new(f"Toinen {number}", LONG_AGO, budget=7)
    assert queries() == one <= 18
