"""Goals on pages: words first, then bar, line and table; regress and contradiction in sight."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone, translation

from municipalities.models import Municipality
from projects.models import Goal, Project
from tests.factories import (
    GoalBaselineFactory,
    GoalFactory,
    MeasurementFactory,
    MunicipalityFactory,
    ProjectFactory,
)
from tests.municipalities.reading import read, words

pytestmark = pytest.mark.django_db
BASE_DAY = date(2020, 1, 1)


def falling(**more: object) -> Goal:
    """From 40 to 20 by 2040."""
    return GoalFactory(
        text_fi="Hävikki puolittuu",
        unit_fi="kg vuodessa",
        base_value=Decimal(40),
        base_date=BASE_DAY,
        target_value=Decimal(20),
        target_date=date(2040, 1, 1),
        **more,
    )


def measured(goal: Goal, *values: str, place: Municipality | None = None, note: str = "") -> None:
    for number, value in enumerate(values):
        MeasurementFactory(
            goal=goal, municipality=place, value=Decimal(value), note=note,
            date=date(2021 + number, 6, 1),
        )  # fmt: skip


def item(client: Client, project: Project, language: str = "") -> str:
    """The goal's <li> on the project's page."""
    prefix = {"": "/hankkeet/", "sv": "/sv/projekt/", "en": "/en/projects/"}[language]
    html = read(client, f"{prefix}{project.slug}/")
    return html[html.index('<ol class="goals">') : html.index("</ol>", html.index("goals"))]


def test_progress_is_told_in_words_and_the_bar_says_the_same(client: Client) -> None:
    goal = falling()
    measured(goal, "36", "31.5")
    html = item(client, goal.project)
    text = words(html)
    assert text.startswith("Hävikki puolittuu Mittari: kg vuodessa 42 % tavoitteesta saavutettu")
    assert "mitattu 1.6.2022" in text
    assert "Parempi kuin edellisessä mittauksessa (36, 1.6.2021)." in text
    assert '<svg class="bar" aria-hidden="true">' in html
    assert '<rect class="f" width="42.5%"' in html


@pytest.mark.parametrize(
    ("value", "words_told", "bar"),
    [
        ("48", "Etääntynyt tavoitteesta, −40 %", '<rect class="r" width="6"'),
        ("40", "Ennallaan lähtöarvossa, 0 %", '<rect class="f" width="0%"'),
        ("10", "Ylittänyt tavoitteen, 150 %", '<rect class="f" width="100%"'),
    ],
)
def test_regress_and_more_than_all_are_shown_as_they_are(
    client: Client, value: str, words_told: str, bar: str
) -> None:
    goal = falling()
    measured(goal, value)
    html = item(client, goal.project)
    assert words_told in words(html)
    assert bar in html


def test_what_is_not_known_has_no_bar_and_no_line(client: Client) -> None:
    """An empty bar would say zero (rule 3)."""
    goal = falling()
    html = item(client, goal.project)
    assert "Ei vielä mitattu" in words(html)
    assert 'class="bar"' not in html and 'class="chart"' not in html and "<table" not in html
    unknown = GoalFactory(target_value=Decimal(5))
    measured(unknown, "0")
    html = item(client, unknown.project)
    assert "Viimeisin arvo 0 mitattu 1.6.2021 Lähtöarvoa ei ole ilmoitettu, tavoite 5." in words(
        html
    )
    assert 'class="bar"' not in html
    assert 'class="chart"' in html


def test_a_goal_without_a_figure_is_only_its_sentence(client: Client) -> None:
    goal = GoalFactory(text_fi="Yhteinen malli")
    assert words(item(client, goal.project)) == "Yhteinen malli"


def test_the_stated_state_and_figures_against_it_stand_side_by_side(client: Client) -> None:
    goal = falling(state="met")
    measured(goal, "30")
    text = words(item(client, goal.project))
    assert "Saavutettu" in text and "50 % tavoitteesta saavutettu" in text
    assert "Ilmoitettu saavutetuksi, mutta lukujen mukaan tavoitetta ei ole saavutettu." in text


def test_municipalities_have_lines_of_their_own(client: Client) -> None:
    goal = falling()
    for name, value in (("Lapua", "20"), ("Alavus", "44")):
        place = MunicipalityFactory(name_fi=name)
        GoalBaselineFactory(goal=goal, municipality=place)
        measured(goal, value, place=place)
    GoalBaselineFactory(goal=goal, municipality=MunicipalityFactory(name_fi="Kurikka"))
    html = item(client, goal.project)
    text = words(html)
    assert (
        "3 kuntaa: 1 saavuttanut tavoitteen, 1 etääntynyt tavoitteesta, 1 ei vielä mitattu" in text
    )
    assert text.index("Alavus Etääntynyt") < text.index("Kurikka Ei vielä mitattu")
    assert text.index("Kurikka") < text.index("Lapua Tavoite saavutettu")
    assert html.count('class="chart"') == 2
    assert 'aria-label="Alavus: 1 mittaus' in html
    assert "<details" not in html[: html.index("<table")].replace(
        '<details class="data"><summary>Näytä luvut taulukkona', ""
    )


def test_many_municipalities_are_folded_under_a_sentence(client: Client) -> None:
    goal = falling()
    for _n in range(5):
        GoalBaselineFactory(goal=goal, municipality=MunicipalityFactory())
    html = item(client, goal.project)
    assert '<details class="data"><summary>5 kuntaa: 5 ei vielä mitattu</summary>' in html


def test_the_table_has_every_value_with_headers_and_a_caption(client: Client) -> None:
    goal = falling()
    measured(goal, "36", "1030.25", note="Laskutuksesta")
    html = item(client, goal.project)
    table = html[html.index("<table") : html.index("</table>")]
    assert "<caption>Hävikki puolittuu (kg vuodessa)</caption>" in table
    assert '<span lang="fi">Laskutuksesta</span>' in table
    assert [words(cell) for cell in re.findall(r'<th scope="col".*?</th>', table)] == [
        "Mitattu", "Arvo", "Lisätieto",
    ]  # fmt: skip
    rows = [words(row) for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", table)]
    assert rows == ["1.6.2022 1 030,25 Laskutuksesta", "1.6.2021 36 Laskutuksesta"]
    place = MunicipalityFactory(name_fi="Lapua")
    measured(goal, "12", place=place)
    table = item(client, goal.project)
    heads = [words(cell) for cell in re.findall(r'<th scope="(?:col|row)".*?</th>', table)]
    assert heads == ["Kunta", "Mitattu", "Arvo", "Lisätieto", "kokonaisuus", "kokonaisuus", "Lapua"]


@pytest.mark.parametrize("language", ["", "sv", "en"])
def test_coordinates_have_decimal_points_in_every_language(client: Client, language: str) -> None:
    goal = falling()
    measured(goal, "36.5", "31.25", "33.33")
    html = item(client, goal.project, language)
    svg = html[html.index('<svg class="chart"') :]
    values = re.findall(r'\b(?:x|y|x1|x2|y1|y2|cx|cy|width|height|r)="([^"]*)"', svg)
    assert len(values) > 20
    assert all(re.fullmatch(r"\d+(\.\d+)?%?", value) for value in values)


def test_another_language_marks_the_finnish_text_and_unit(client: Client) -> None:
    goal = falling()
    measured(goal, "36")
    html = item(client, goal.project, "sv")
    assert '<span lang="fi">Hävikki puolittuu</span>' in html
    assert '<span lang="fi">kg vuodessa</span>' in html
    assert "20 % av målet har nåtts" in words(html)


def test_only_what_was_measured_by_today_is_told(client: Client) -> None:
    goal = falling()
    MeasurementFactory(goal=goal, value=Decimal(20), date=timezone.localdate().replace(year=2100))
    assert "Ei vielä mitattu" in words(item(client, goal.project))


def test_figures_cost_no_more_queries(client: Client, django_assert_max_num_queries) -> None:
    project, places = ProjectFactory(), [MunicipalityFactory() for _n in range(3)]
    for place in places[:2]:
        project.municipalities.add(place)
    GoalFactory(project=project)
    with translation.override("fi"):
        address = project.get_absolute_url()
    client.get(address)
    with django_assert_max_num_queries(12) as before:
        client.get(address)
    for _n in range(5):
        goal = falling(project=project)
        measured(goal, "38", "36")
        for place in places:
            GoalBaselineFactory(goal=goal, municipality=place)
            measured(goal, "30", "25", place=place)
    with django_assert_max_num_queries(12) as after:
        client.get(address)
    # one more for the municipality that does not take part in the project any more
    assert len(after) - len(before) == 1


class TestMunicipality:
    """The same on a municipality's page."""

    def test_own_goals_and_its_part_in_joint_ones(self, client: Client) -> None:
        place = MunicipalityFactory(name_fi="Lapua", slug="lapua", fi_in="Lapualla")
        own = falling(project=None, municipality=place, programme_fi="Kestävyysohjelma")
        measured(own, "44")
        joint = GoalFactory(
            project=ProjectFactory(title_fi="Vaaka"), text_fi="Lautanen tyhjenee",
            base_value=Decimal(0), target_value=Decimal(4),
        )  # fmt: skip
        for who, value in ((place, "1"), (MunicipalityFactory(name_fi="Alavus"), "2")):
            GoalBaselineFactory(goal=joint, municipality=who)
            measured(joint, value, place=who)
        html = read(client, "/kunnat/lapua/")
        text = words(html)
        assert "Kunnan tavoitteet Hävikki puolittuu Kestävyysohjelma" in text
        assert "Etääntynyt tavoitteesta, −20 %" in text
        assert "Yhteiset tavoitteet Lapualla Lautanen tyhjenee Vaaka" in text
        assert "25 % tavoitteesta saavutettu" in text
        assert "50 %" not in text and "Alavus" not in text
        assert 'aria-label="1 mittaus' in html, "no name: the page is the municipality's"

    def test_without_goals_there_are_no_headings(self, client: Client) -> None:
        place = MunicipalityFactory()
        html = read(client, f"/kunnat/{place.slug}/")
        assert "tavoitteet" not in re.findall(r'<h2 id="([^"]+)"', html)
