"""Which municipalities are about the same size, and which of their projects are shown."""

from typing import Any

import pytest

from climateportal.publishing import PublicationState
from municipalities.models import Municipality
from projects.enums import Activity
from projects.models import Project, Theme
from projects.summaries import municipality_summary
from projects.summaries.similar import (
    NEAREST,
    OF_ONE,
    SHOWN,
    Candidate,
    is_similar,
    similar_examples,
)
from tests.factories import MunicipalityFactory, ProjectFactory, ThemeFactory
from tests.projects.summaries.reading import TODAY, YESTERDAY


def candidate(project: int, **values: Any) -> Candidate:
    usual = {"place": project, "population": 1000, "theme": 1, "updated_at": 0.0}
    return Candidate(project, **{**usual, **values})


def chosen(*candidates: Candidate, population: int | None = 1000) -> list[int]:
    return [row.project for row in similar_examples(population, candidates)]


class TestRule:
    """The rule itself, without a database."""

    @pytest.mark.parametrize(
        ("one", "other", "similar"),
        [(1000, 500, True), (1000, 499, False), (1000, 2000, True), (1000, 2001, False),
         (1000, 1000, True), (None, 1000, False), (1000, None, False), (0, 0, False)],
    )  # fmt: skip
    def test_half_to_twice_the_inhabitants(self, one: Any, other: Any, similar: bool) -> None:
        assert is_similar(one, other) is similar
        assert is_similar(other, one) is similar

    def test_more_themes_then_nearer_in_size_then_newer(self) -> None:
        rows = [
            candidate(1, population=1500),
            candidate(2, population=900),
            candidate(3, population=1100, updated_at=5),
            candidate(4, population=1900, theme=1),
            candidate(4, population=1900, theme=2),
            candidate(5, population=1500, place=1, updated_at=9),
        ]
        assert chosen(*rows) == [4, 3, 2, 5, 1]

    def test_a_project_once_under_the_municipality_nearest_in_size(self) -> None:
        rows = [candidate(1, place=7, population=1900), candidate(1, place=8, population=1001)]
        (found,) = similar_examples(1000, rows)
        assert (found.place, found.themes) == (8, {1})

    def test_a_handful_and_few_of_one_municipality(self) -> None:
        of_one = [candidate(number, place=1) for number in range(9)]
        assert len(chosen(*of_one)) == OF_ONE
        others = [candidate(number) for number in range(20)]
        assert len(chosen(*others)) == SHOWN

    def test_nobody_is_similar_to_an_unknown_population(self) -> None:
        assert chosen(candidate(1), population=None) == []


@pytest.fixture
def theme(akaa: Municipality) -> Theme:
    """A theme on which Akaa has a project."""
    theme = ThemeFactory(name_fi="Energia")
    ProjectFactory(municipalities=[akaa], themes=[theme, ThemeFactory()])
    return theme


def shown(place: Municipality) -> list[Project]:
    return [row.project for row in municipality_summary(place, TODAY).similar]


@pytest.mark.django_db
class TestRead:
    """What the page finds."""

    def test_projects_of_similar_municipalities_on_the_same_theme(
        self, akaa: Municipality, urjala: Municipality, theme: Theme
    ) -> None:
        there = ProjectFactory(municipalities=[urjala], themes=[theme, ThemeFactory()])
        ProjectFactory(municipalities=[urjala], themes=[ThemeFactory()])
        ProjectFactory(municipalities=[MunicipalityFactory(population=10_001)], themes=[theme])
        (row,) = municipality_summary(akaa, TODAY).similar
        assert (row.project, row.municipality, row.themes) == (there, urjala, (theme,))
        assert (row.municipality.population, row.municipality.name) == (5000, "Urjala")

    def test_not_what_is_hidden_cancelled_its_own_or_of_one_that_has_ended(
        self, akaa: Municipality, urjala: Municipality, theme: Theme
    ) -> None:
        there = {"municipalities": [urjala], "themes": [theme]}
        ProjectFactory(publication=PublicationState.DRAFT, **there)
        ProjectFactory(activity=Activity.CANCELLED, activity_reason_fi="Raha loppui", **there)
        ProjectFactory(municipalities=[akaa, urjala], themes=[theme])
        merged = MunicipalityFactory(successor=akaa, valid_until=YESTERDAY)
        ProjectFactory(municipalities=[merged, urjala], themes=[theme])
        ProjectFactory(
            municipalities=[MunicipalityFactory(successor=urjala, valid_until=YESTERDAY)],
            themes=[theme],
        )
        assert shown(akaa) == []

    def test_a_draft_of_its_own_makes_no_theme(
        self, akaa: Municipality, urjala: Municipality
    ) -> None:
        theme = ThemeFactory()
        ProjectFactory(publication=PublicationState.DRAFT, municipalities=[akaa], themes=[theme])
        ProjectFactory(municipalities=[urjala], themes=[theme])
        assert shown(akaa) == []

    def test_the_nearest_in_size_are_found_among_many(
        self, akaa: Municipality, theme: Theme
    ) -> None:
        sizes = [5000 + 100 * number for number in range(1, NEAREST + 3)]
        for size in reversed(sizes):
            place = MunicipalityFactory(population=size)
            ProjectFactory(municipalities=[place], themes=[theme])
        found = municipality_summary(akaa, TODAY).similar
        assert [row.municipality.population for row in found] == sizes[:SHOWN]

    def test_none_without_a_known_population(self, urjala: Municipality, theme: Theme) -> None:
        small = MunicipalityFactory(population=None, population_year=None)
        ProjectFactory(municipalities=[small], themes=[theme])
        ProjectFactory(municipalities=[urjala], themes=[theme])
        assert shown(small) == []
