"""What packs and reports say of goals: what is counted, what the figures deny, what has moved."""

from datetime import timedelta
from typing import Any

import pytest

from municipalities.models import Municipality
from projects.models import Goal, GoalBaseline, Measurement
from projects.packs import build_report
from tests.factories import MunicipalityFactory
from tests.projects.packs.case import FIRST, SECOND, Case, figures, noon, saved, table

pytestmark = pytest.mark.django_db
LONG_AGO = FIRST - timedelta(days=40)
BETWEEN = FIRST + timedelta(days=5)


def goal(case: Case, **values: Any) -> Goal:
    made = case.project.goals.create(text_fi="Säästö", **values)
    made.history.update(history_date=noon(LONG_AGO))
    return made


def met(document: Any) -> tuple[str, str]:
    """The name and the value of the count of goals."""
    return next((name, value) for name, value in figures(document).items() if "tavoitteita" in name)


def moved(case: Case) -> list[str]:
    """The figures before and now of the one goal that moved."""
    return [cell.replace("\u00a0", " ") for cell in table(case.pack(), "Tavoitteiden muutokset")[0]]


def test_a_goal_stated_as_met_that_its_figures_deny_is_told_beside_the_count(case: Case) -> None:
    made = goal(case, state="met", base_value=0, target_value=10)
    saved(Measurement(goal=made, date=FIRST, value=8), FIRST)
    name, value = met(case.pack())
    assert (name.split(", ")[-1], value) == ("niistä lukujen mukaan kesken 1", "1/1")
    saved(Measurement(goal=made, date=BETWEEN, value=10), BETWEEN)
    name, value = met(case.pack())
    assert ("lukujen mukaan" in name, value) == (False, "1/1")
    assert moved(case)[-1].endswith("tavoite saavutettiin tällä välillä")


def test_what_one_municipality_has_reached_is_told_of_the_region_and_of_itself(case: Case) -> None:
    made = goal(case)
    for place, value in zip(case.places, (103, 50), strict=True):
        row = GoalBaseline(goal=made, municipality=place, base_value=0, target_value=100)
        saved(row, LONG_AGO)
        saved(Measurement(goal=made, municipality=place, date=FIRST, value=value), FIRST)
    reports = [build_report(area, FIRST, SECOND, "fi") for area in (case.region, *case.places)]
    assert [met(report)[0].split(", ")[-1] for report in reports] == [
        "lukujen mukaan osassa kunnista saavutettu lisäksi 1",
        "lukujen mukaan tässä kunnassa saavutettu lisäksi 1",
        "Kunnan ja sen hankkeiden tavoitteita saavutettu",
    ]


def test_what_all_here_have_reached_is_a_part_where_others_have_not(case: Case) -> None:
    made = goal(case)

    def measure(place: Municipality, value: int) -> None:
        row = GoalBaseline(goal=made, municipality=place, base_value=0, target_value=10)
        saved(row, LONG_AGO)
        saved(Measurement(goal=made, municipality=place, date=FIRST, value=value), FIRST)

    for place in case.places:
        measure(place, 10)
    assert met(case.pack())[0].endswith("lukujen mukaan saavutettu lisäksi 1")
    measure(MunicipalityFactory(), 3)
    assert met(case.pack())[0].endswith("lukujen mukaan osassa kunnista saavutettu lisäksi 1")


def test_an_open_goal_is_not_told_to_be_unfinished_when_nobody_has_said_so(case: Case) -> None:
    goal(case)
    goal(case, state="not_met")
    rows = table(case.pack(), "Tavoitteet, joita ei seurata luvuin (2)")
    assert [row[-1] for row in rows] == ["ei ilmoitettu", "Ei saavutettu"]


def test_a_measurement_between_two_meetings_is_told_with_the_last_one(case: Case) -> None:
    made = goal(case, base_value=36, target_value=24)
    for number, value in enumerate((35, 38.5)):
        day = BETWEEN + timedelta(days=number)
        saved(Measurement(goal=made, date=day, value=value), day)
    before, now = moved(case)[2:]
    assert before == "ei mitattu"
    assert now.startswith("38,5 (kauempana tavoitteesta kuin alussa (−20 %), mitattu")
    day = f"{BETWEEN.day}.{BETWEEN.month}.{BETWEEN.year}"
    assert now.endswith(f"etääntynyt tavoitteesta: sitä ennen 35 ({day}))")


def test_a_target_that_was_left_again_is_told(case: Case) -> None:
    made = goal(case, base_value=0, target_value=10)
    saved(Measurement(goal=made, date=FIRST, value=10), FIRST)
    saved(Measurement(goal=made, date=BETWEEN, value=9), BETWEEN)
    assert moved(case)[-1].endswith("ei enää tavoitteessa")


@pytest.mark.parametrize(("last", "word"), [(17900, "laskenut"), (18200, "noussut")])
def test_which_way_a_value_without_a_start_has_moved_is_told(
    case: Case, last: int, word: str
) -> None:
    made = goal(case, target_value=24000)
    for day, value in ((FIRST, 18150), (BETWEEN, last)):
        saved(Measurement(goal=made, date=day, value=value), day)
    assert f"{word}: sitä ennen 18 150" in moved(case)[-1]
