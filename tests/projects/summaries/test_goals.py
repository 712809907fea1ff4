"""Goals with their figures: whose they are, in what order, and what stays behind the gate."""

from datetime import timedelta
from decimal import Decimal

import pytest

from municipalities.models import Municipality, Region
from projects.models import Goal, GoalBaseline, Measurement
from projects.progress import Standing
from projects.summaries import municipality_summary
from projects.summaries.goals import GoalRow, goal_rows, read_places
from tests.factories import (
    GoalBaselineFactory,
    GoalFactory,
    MeasurementFactory,
    MunicipalityFactory,
    ProjectFactory,
    RegionFactory,
)
from tests.projects.summaries.reading import TODAY

pytestmark = pytest.mark.django_db
FIGURES = {"base_value": Decimal(0), "target_value": Decimal(10)}


def read(*goals: Goal, on=TODAY) -> tuple[GoalRow, ...]:
    measurements, baselines = list(Measurement.objects.all()), list(GoalBaseline.objects.all())
    places = read_places(measurements, baselines)
    return goal_rows(goals, measurements, baselines, places, on)


def measured(goal: Goal, value: int, place: Municipality | None = None) -> None:
    MeasurementFactory(goal=goal, municipality=place, value=Decimal(value))


def test_goals_keep_their_order_and_figures_do_not_mix() -> None:
    first, second, bare = GoalFactory(**FIGURES), GoalFactory(**FIGURES), GoalFactory()
    measured(first, 5)
    measured(second, 10)
    rows = read(second, bare, first)
    assert [row.goal for row in rows] == [second, bare, first]
    assert [[s.progress.percent for s in row.series] for row in rows] == [[100], [], [50]]
    assert [row.is_reached for row in rows] == [True, False, False]


def test_the_whole_is_first_then_municipalities_by_the_finnish_alphabet() -> None:
    goal = GoalFactory(**FIGURES)
    for name in ("Öja", "Alavus", "Äetsä"):
        place = MunicipalityFactory(name_fi=name)
        GoalBaselineFactory(goal=goal, municipality=place)
        measured(goal, 3, place)
    measured(goal, 9)
    (row,) = read(goal)
    names = [series.place.name if series.place else None for series in row.series]
    assert names == [None, "Alavus", "Äetsä", "Öja"]


def test_what_is_a_municipalitys_own_replaces_the_goals() -> None:
    goal = GoalFactory(**FIGURES)
    place = MunicipalityFactory()
    GoalBaselineFactory(goal=goal, municipality=place, target_value=Decimal(20))
    measured(goal, 5, place)
    (row,) = read(goal)
    assert row.series[0].progress.percent == 25


def test_the_contradicting_series_are_named() -> None:
    goal = GoalFactory(**FIGURES, state="met")
    behind, there = MunicipalityFactory(), MunicipalityFactory()
    for place, value in ((behind, 9), (there, 10)):
        GoalBaselineFactory(goal=goal, municipality=place)
        measured(goal, value, place)
    (row,) = read(goal)
    assert [series.place for series in row.clash] == [behind]
    assert row.of_place(behind).clash and not row.of_place(there).clash
    assert (row.is_reached, row.of_place(there).is_reached) == (False, True)
    (alone,) = row.of_place(there).series
    assert (alone.place, alone.progress.last.value) == (None, 10)
    assert row.of_place(MunicipalityFactory()).series == ()


def test_municipalities_are_asked_for_only_when_not_known(django_assert_num_queries) -> None:
    goal, place = GoalFactory(), MunicipalityFactory()
    measured(goal, 1, place)
    measured(goal, 1)
    rows = list(Measurement.objects.all())
    with django_assert_num_queries(0):
        assert read_places(rows, [], [place]) == {place.pk: place}
    with django_assert_num_queries(1):
        assert read_places(rows, []) == {place.pk: place}
    with django_assert_num_queries(0):
        assert read_places([], []) == {}


class TestMunicipality:
    """The goals on a municipality's page."""

    def test_own_goals_have_their_figures(self, akaa: Municipality) -> None:
        goal = GoalFactory(project=None, municipality=akaa, **FIGURES)
        measured(goal, 4)
        summary = municipality_summary(akaa, TODAY)
        (row,) = summary.goals
        assert (row.goal, row.series[0].progress.percent) == (goal, 40)
        assert summary.joint_goals == ()

    def test_joint_goals_tell_the_municipalitys_own_part(
        self, akaa: Municipality, urjala: Municipality, region: Region
    ) -> None:
        project = ProjectFactory(title_fi="Yhteinen", municipalities=[akaa, urjala])
        of_project, of_region = GoalFactory(project=project), GoalFactory(
            project=None, region=region, **FIGURES
        )  # fmt: skip
        GoalFactory(project=project)
        measured(of_project, 8, akaa)
        measured(of_project, 9, urjala)
        measured(of_region, 99)
        GoalBaselineFactory(goal=of_region, municipality=akaa)
        GoalBaselineFactory(goal=of_region, municipality=urjala)
        found = municipality_summary(akaa, TODAY).joint_goals
        assert {(row.row.goal, row.owner) for row in found} == {
            (of_project, project), (of_region, region),
        }  # fmt: skip
        by_owner = {row.owner: row.row.series for row in found}
        assert [series.progress.last.value for series in by_owner[project]] == [8]
        assert [series.progress.standing for series in by_owner[region]] == [
            Standing.NOT_MEASURED
        ]  # fmt: skip

    @pytest.mark.parametrize(
        "fields",
        [{"draft": True}, {"published_at": None, "publication": "draft"}],
    )
    def test_goals_of_drafts_leak_nowhere(self, akaa: Municipality, fields: dict) -> None:
        goal = GoalFactory(project=ProjectFactory(municipalities=[akaa], **fields))
        measured(goal, 8, akaa)
        GoalBaselineFactory(goal=goal, municipality=akaa)
        assert municipality_summary(akaa, TODAY).joint_goals == ()

    def test_another_regions_goal_is_not_the_municipalitys(self, akaa: Municipality) -> None:
        goal = GoalFactory(project=None, region=RegionFactory())
        measured(goal, 8, akaa)
        assert municipality_summary(akaa, TODAY).joint_goals == ()

    def test_a_measurement_to_come_is_not_yet_a_goal_here(self, akaa: Municipality) -> None:
        goal = GoalFactory()
        MeasurementFactory(goal=goal, municipality=akaa, date=TODAY + timedelta(days=1))
        assert municipality_summary(akaa, TODAY).joint_goals == ()
        (joint,) = municipality_summary(akaa, TODAY + timedelta(days=1)).joint_goals
        assert joint.row.goal == goal
