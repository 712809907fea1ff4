"""Drawings in packs and reports: which are drawn, what they say in words, that they are kept."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from municipalities.models import Municipality, Region
from projects.documents import plaintext
from projects.documents.blocks import Block, Document, Figure, Paragraph, Table, plain
from projects.documents.frozen import from_json, to_json
from projects.enums import ExpenseState
from projects.models import Goal, Project
from projects.packs import build_report
from projects.packs.drawings import MOST_LINES
from projects.packs.goals import goal_blocks
from projects.packs.money import money_blocks
from projects.summaries.pastreading import states
from tests.factories import (
    ExpenseFactory,
    GoalBaselineFactory,
    GoalFactory,
    MeasurementFactory,
    MunicipalityFactory,
    ProjectFactory,
    RegionFactory,
    TaskFactory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def places() -> list[Municipality]:
    return [MunicipalityFactory(name_fi=name) for name in ("Akaa", "Urjala")]


@pytest.fixture
def region(places: list[Municipality]) -> Region:
    return RegionFactory(members=places)


@pytest.fixture
def project(region: Region, places: list[Municipality]) -> Project:
    return ProjectFactory(title_fi="Lämpö", municipalities=places)


def goal(place: Municipality | None = None, *values: int, **fields: object) -> Goal:
    """A goal measured on as many days as there are values."""
    made = GoalFactory(base_value=10, target_value=0, **fields)
    for number, value in enumerate(values):
        day = TODAY - timedelta(days=30 - number)
        MeasurementFactory(goal=made, municipality=place, date=day, value=value)
    return made


def drawn(area: Region | Municipality) -> list[Block]:
    (state,) = states(area, [timezone.now()])
    return list(goal_blocks(state))


def figures(blocks: list[Block]) -> list[Figure]:
    return [block for block in blocks if isinstance(block, Figure)]


def test_a_line_for_a_goal_measured_twice_before_its_table(
    region: Region, project: Project
) -> None:
    goal(None, 10, 7, project=project, text_fi="Kulutus pienenee.", unit_fi="MWh")
    goal(None, 10, project=project, text_fi="Kerran mitattu.")
    found = drawn(region)
    (line,) = figures(found)
    assert isinstance(found[0], Figure) and isinstance(found[2], Table)
    assert plain(found[1].spans) == (
        "Alla olevista 2 rivistä on kuvana 1. Ilman kuvaa: mitattu enintään kerran 1."
    )
    assert line.caption == "Kulutus pienenee (MWh)"
    assert line.alt.startswith("2 mittausta: ensimmäinen 10 (")
    assert line.svg.startswith("<svg")
    assert ",5" not in line.svg


def test_the_whole_is_drawn_when_it_is_measured_else_each_municipality(
    region: Region, project: Project, places: list[Municipality]
) -> None:
    both = goal(places[0], 9, 8, project=project, text_fi="Kaikki.")
    for number in (1, 2):
        MeasurementFactory(goal=both, date=TODAY - timedelta(days=number), value=5)
    alone = goal(places[0], 9, 8, project=project, text_fi="Kunnittain.")
    GoalBaselineFactory(goal=alone, municipality=places[1])
    found = drawn(region)
    assert [row.caption for row in figures(found)] == ["Kaikki.", "Akaa: Kunnittain."]
    note = next(block for block in found if isinstance(block, Paragraph))
    assert plain(note.spans) == (
        "Alla olevista 4 rivistä on kuvana 2. Ilman kuvaa: tavoite on kuvassa kokonaisuutena 1, "
        "mitattu enintään kerran 1."
    )
    (table,) = [block for block in found if isinstance(block, Table)]
    assert table.caption == (
        "Luvuin seuratut tavoitteet (2 tavoitetta; kunnittain seuratulla on rivi joka kunnalle)"
    )


def test_no_more_than_a_page_of_lines(region: Region, project: Project) -> None:
    for number in range(MOST_LINES + 2):
        goal(None, 9, 8, project=project, text_fi=f"T{number}")
    found = drawn(region)
    assert len(figures(found)) == MOST_LINES
    (table,) = [block for block in found if isinstance(block, Table)]
    assert len(table.rows) == MOST_LINES + 2
    note = next(block for block in found if isinstance(block, Paragraph))
    assert plain(note.spans) == (
        "Alla olevista 10 rivistä on kuvana 8. Ilman kuvaa: ei mahtunut 2."
    )
    assert table.caption == "Luvuin seuratut tavoitteet (10)"


def money(region: Region) -> list[Block]:
    (state,) = states(region, [timezone.now()])
    return list(money_blocks(state))


def spending(place: Municipality, title: str, budget: int | None, used: int) -> Project:
    made = ProjectFactory(title_fi=title, municipalities=[place], budget=budget, money_as_of=TODAY)
    ExpenseFactory(project=made, amount=used, state=ExpenseState.PAID, date=TODAY)
    return made


def test_bars_of_budgets_the_largest_first(region: Region, places: list[Municipality]) -> None:
    spending(places[0], "Pieni", 100, 150)
    assert figures(money(region)) == []
    spending(places[0], "Suuri", 1000, 250)
    spending(places[0], "Ei budjettia", None, 50)
    ProjectFactory(municipalities=places, budget=5000, money_as_of=TODAY)
    found = money(region)
    (bars,) = figures(found)
    assert found[0] is bars and isinstance(found[1], Table)
    words = bars.alt.replace("\xa0", " ")
    assert words == "Suuri: 250 € / 1 000 €, 25 %; Pieni: 150 € / 100 €, 150 %."


def test_a_report_tells_nothing_of_other_municipalities_as_joint(
    project: Project, places: list[Municipality]
) -> None:
    """Another's task, measurements and line are not this municipality's."""
    akaa, urjala = places
    goal(urjala, 9, 8, project=project, text_fi="Urjalan mittari.")
    ours = goal(urjala, 9, 8, project=project, text_fi="Yhteinen mittari.")
    for number in (1, 2):
        MeasurementFactory(goal=ours, municipality=akaa, date=TODAY - timedelta(number), value=6)
    soon = TODAY + timedelta(days=5)
    TaskFactory(project=project, municipality=urjala, title_fi="Urjalan tehtävä", due_date=soon)
    TaskFactory(project=project, municipality=akaa, title_fi="Akaan tehtävä", due_date=soon)
    document = build_report(akaa, TODAY - timedelta(days=20), TODAY, "fi")
    text = plaintext.render(document)
    assert "Akaan tehtävä" in text and "Urjalan tehtävä" not in text
    assert [row.caption for row in figures(list(document.blocks))] == ["Akaa: Yhteinen mittari."]
    assert text.count("Urjala") == 2, "the text of the goal itself, and who takes part"


def test_a_frozen_pack_keeps_its_drawings(region: Region, project: Project) -> None:
    goal(None, 9, Decimal(8), project=project)
    document = Document("Aineisto", "fi", tuple(drawn(region)))
    kept = from_json(to_json(document))
    assert figures(list(kept.blocks)) == figures(list(document.blocks)) != []


def test_the_day_of_a_measurement_counts(region: Region, project: Project) -> None:
    """A state of an earlier day draws what was known then."""
    made = goal(None, 9, 8, project=project)
    first = date.min
    for row in made.measurements.all():
        first = max(first, row.date)
    (state,) = states(region, [timezone.now()], [first - timedelta(days=1)])
    assert figures(list(goal_blocks(state))) == []
