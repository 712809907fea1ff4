"""Entering goals and measured values: quick, told at the field, by those who may."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from climateportal.models import User
from municipalities.models import Municipality, Region
from projects.actions import refresh
from projects.models import Goal, GoalBaseline, Measurement, Project
from tests.adminforms import controls, problems, row, saved
from tests.factories import (
    GoalBaselineFactory,
    GoalFactory,
    MeasurementFactory,
    MunicipalityFactory,
    ProjectFactory,
    RegionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
FIGURES = {"unit_fi": "kg", "base_value": Decimal(0), "target_value": Decimal(10)}


@pytest.fixture
def places() -> list[Municipality]:
    return [MunicipalityFactory(name_fi=name) for name in ("Alavus", "Kurikka")]


@pytest.fixture
def project(places: list[Municipality]) -> Project:
    return ProjectFactory(municipalities=places)


@pytest.fixture
def user(places: list[Municipality]) -> User:
    """A coordinator of both municipalities: the project is the user's as a whole."""
    user = UserFactory()
    user.municipalities.set(places)
    return user


@pytest.fixture
def coordinator(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def address(obj: models.Model, page: str = "change") -> str:
    name = f"admin:{obj._meta.app_label}_{obj._meta.model_name}_{page}"
    return reverse(name, args=[obj.pk])


def form_of(client: Client, obj: models.Model) -> dict[str, Any]:
    return controls(client.get(address(obj)), f"{obj._meta.model_name}_form")


class TestOnAProjectsForm:
    """A value is written where the goal is."""

    def test_a_value_alone_is_enough(self, coordinator: Client, project: Project) -> None:
        goal = GoalFactory(project=project, **FIGURES)
        goal_before = goal.history.count()
        data = form_of(coordinator, project)
        saved(coordinator, address(project), data | {"goals-0-new_value": "1 000,5"})
        found = goal.measurements.get()
        assert (found.value, found.date, found.municipality) == (Decimal("1000.5"), TODAY(), None)
        assert goal.history.count() == goal_before, "the goal itself was not changed"

    def test_its_author_and_the_projects_date_are_kept(
        self, coordinator: Client, user: User, project: Project
    ) -> None:
        GoalFactory(project=project, **FIGURES)
        refresh(project=project)
        old = timezone.now() - timedelta(days=90)
        Project.objects.update(content_updated_at=old)
        data = form_of(coordinator, project)
        saved(coordinator, address(project), data)
        assert Project.objects.get().content_updated_at == old
        saved(coordinator, address(project), data | {"goals-0-new_value": "4"})
        (change,) = Measurement.history.all()
        assert (change.history_type, change.history_user) == ("+", user)
        assert Project.objects.get().content_updated_at > old

    def test_a_municipality_a_day_and_a_note(
        self, coordinator: Client, project: Project, places: list[Municipality]
    ) -> None:
        goal = GoalFactory(project=project, **FIGURES)
        data = form_of(coordinator, project)
        assert data["goals-0-new_municipality"] == ""
        new = {"new_value": "4", "new_date": "1.9.2024", "new_note": "Laskutus",
               "new_municipality": places[1].pk}  # fmt: skip
        data |= {f"goals-0-{name}": value for name, value in new.items()}
        saved(coordinator, address(project), data)
        found = goal.measurements.get()
        assert (found.date, found.note) == (date(2024, 9, 1), "Laskutus")
        assert found.municipality == places[1]

    def test_a_new_goal_and_its_first_value_together(
        self, coordinator: Client, project: Project
    ) -> None:
        data = form_of(coordinator, project)
        data = row(
            data, "goals", text_fi="Uusi", unit_fi="kg", state="open", order=0, new_value="3"
        )
        saved(coordinator, address(project), data)
        assert Goal.objects.get().measurements.get().value == 3

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"new_value": "paljon"}, "new_value"),
            ({"new_date": "1.9.2024"}, "new_value"),
            ({"new_note": "Laskutus"}, "new_value"),
            ({"new_value": "1", "new_date": "1.9.2999"}, "new_date"),
            ({"new_value": "1", "new_date": "huomenna"}, "new_date"),
            ({"new_value": "1", "new_date": "1.6.2024"}, "new_date"),
            ({"new_value": "1", "new_municipality": "999999"}, "new_municipality"),
            ({"new_value": "1", "unit_fi": ""}, "unit_fi"),
            ({"base_date": "1.6.2024", "target_date": "1.6.2024"}, "target_date"),
        ],
    )
    def test_what_is_wrong_is_told_at_its_field_and_nothing_is_saved(
        self, coordinator: Client, project: Project, given: dict, field: str
    ) -> None:
        goal = GoalFactory(project=project, **FIGURES)
        MeasurementFactory(goal=goal, date=date(2024, 6, 1))
        data = form_of(coordinator, project)
        data |= {f"goals-0-{name}": value for name, value in given.items()}
        found = problems(coordinator.post(address(project), data))
        assert list(found) == [f"id_goals-0-{field}"]
        assert Measurement.objects.count() == 1

    def test_only_municipalities_that_take_part_are_offered(
        self, coordinator: Client, project: Project
    ) -> None:
        goal = GoalFactory(project=project, **FIGURES)
        data = form_of(coordinator, project)
        other = MunicipalityFactory()
        data |= {"goals-0-new_value": "1", "goals-0-new_municipality": other.pk}
        found = problems(coordinator.post(address(project), data))
        assert list(found) == ["id_goals-0-new_municipality"]
        assert not goal.measurements.exists()

    def test_the_folded_row_tells_the_progress(
        self, coordinator: Client, project: Project, places: list[Municipality]
    ) -> None:
        goal = GoalFactory(project=project, **FIGURES)
        MeasurementFactory(goal=goal, value=Decimal(4))
        html = coordinator.get(address(project)).content.decode().replace("\xa0", " ")
        assert "40 % tavoitteesta saavutettu" in html
        assert f'href="{address(goal)}#measurements-group"' in html

    def test_many_goals_cost_no_more_queries(
        self, coordinator: Client, project: Project, places: list[Municipality],
        django_assert_max_num_queries: Any,
    ) -> None:  # fmt: skip
        def make(number: int) -> None:
            for _n in range(number):
                goal = GoalFactory(project=project, **FIGURES)
                for place in (None, *places):
                    MeasurementFactory(goal=goal, municipality=place)
                GoalBaselineFactory(goal=goal, municipality=places[0])

        make(1)
        coordinator.get(address(project))
        with django_assert_max_num_queries(80) as one:
            coordinator.get(address(project))
        make(4)
        with django_assert_max_num_queries(80) as five:
            coordinator.get(address(project))
        assert len(five) == len(one)


class TestOnAreasForms:
    """Goals of municipalities' and regions' own programmes."""

    def test_a_municipality_measures_its_own_goal(
        self, coordinator: Client, places: list[Municipality]
    ) -> None:
        goal = GoalFactory(project=None, municipality=places[0], **FIGURES)
        data = form_of(coordinator, places[0])
        assert "goals-0-new_municipality" not in data, "it is the municipality's own"
        saved(coordinator, address(places[0]), data | {"goals-0-new_value": "2,5"})
        assert goal.measurements.get().value == Decimal("2.5")

    def test_a_region_measures_its_members(
        self, client: Client, places: list[Municipality]
    ) -> None:
        region, user = RegionFactory(members=places), UserFactory()
        user.regions.add(region)
        client.force_login(user)
        goal = GoalFactory(project=None, region=region, **FIGURES)
        data = form_of(client, region)
        data |= {"goals-0-new_value": "2", "goals-0-new_municipality": places[1].pk}
        saved(client, address(region), data)
        assert goal.measurements.get().municipality == places[1]


class TestOnItsOwnPage:
    """All values of a goal, and the municipalities it follows."""

    def test_an_empty_row_waits_and_the_day_is_today(
        self, coordinator: Client, project: Project
    ) -> None:
        goal = GoalFactory(project=project, **FIGURES)
        data = form_of(coordinator, goal)
        assert data["measurements-0-value"] == ""
        saved(coordinator, address(goal), data)
        assert not goal.measurements.exists()
        saved(coordinator, address(goal), data | {"measurements-0-value": "−1 000,5"})
        assert (goal.measurements.get().value, goal.measurements.get().date) == (
            Decimal("-1000.5"), TODAY(),
        )  # fmt: skip

    @pytest.mark.parametrize(
        "values",
        [
            {"value": "1", "date": "1.6.2024"},
            {"value": "1", "date": (timezone.localdate() + timedelta(days=1)).isoformat()},
        ],
    )
    def test_a_day_that_is_taken_or_to_come_is_refused_at_the_day(
        self, coordinator: Client, project: Project, values: dict
    ) -> None:
        goal = GoalFactory(project=project, **FIGURES)
        MeasurementFactory(goal=goal, date=date(2024, 6, 1))
        data = form_of(coordinator, goal)
        data |= {f"measurements-1-{name}": value for name, value in values.items()}
        assert list(problems(coordinator.post(address(goal), data))) == ["id_measurements-1-date"]
        assert goal.measurements.count() == 1

    def test_two_new_values_of_one_day_are_refused_at_the_second(
        self, coordinator: Client, project: Project, places: list[Municipality]
    ) -> None:
        goal = GoalFactory(project=project, **FIGURES)
        data = form_of(coordinator, goal) | {"measurements-0-value": "1"}
        twice = row(data, "measurements", value="2")
        assert list(problems(coordinator.post(address(goal), twice))) == ["id_measurements-1-date"]
        assert not goal.measurements.exists()
        apart = row(data, "measurements", value="2", municipality=places[0].pk)
        saved(coordinator, address(goal), apart)
        assert goal.measurements.count() == 2

    def test_a_value_is_corrected_and_removed_with_history(
        self, coordinator: Client, user: User, project: Project
    ) -> None:
        goal = GoalFactory(project=project, **FIGURES)
        MeasurementFactory(goal=goal, value=Decimal(3))
        data = form_of(coordinator, goal)
        assert data["measurements-0-value"] == "3"
        saved(coordinator, address(goal), data | {"measurements-0-value": "4"})
        assert goal.measurements.get().value == 4
        data = form_of(coordinator, goal)
        saved(coordinator, address(goal), data | {"measurements-0-DELETE": "on"})
        assert not goal.measurements.exists()
        changes = Measurement.history.order_by("history_id")
        assert [change.history_type for change in changes] == ["+", "~", "-"]
        assert {change.history_user for change in changes[1:]} == {user}

    def test_every_municipality_is_followed_with_one_tick(
        self, coordinator: Client, project: Project, places: list[Municipality]
    ) -> None:
        goal = GoalFactory(project=project, **FIGURES)
        GoalBaselineFactory(goal=goal, municipality=places[1], base_value=Decimal(5))
        data = form_of(coordinator, goal)
        saved(coordinator, address(goal), data | {"follow_all": "on"})
        rows = {row.municipality: row.base_value for row in goal.baselines.all()}
        assert rows == {places[0]: None, places[1]: 5}
        assert GoalBaseline.history.filter(history_type="+").count() == 2

    def test_what_is_a_municipalitys_own_is_checked_at_its_field(
        self, coordinator: Client, project: Project, places: list[Municipality]
    ) -> None:
        goal = GoalFactory(project=project, **FIGURES)
        data = row(form_of(coordinator, goal), "baselines", municipality=places[0].pk,
                   base_date="1.6.2024", target_date="1.5.2024")  # fmt: skip
        assert list(problems(coordinator.post(address(goal), data))) == [
            "id_baselines-0-target_date"
        ]
        data = row(form_of(coordinator, goal), "baselines", municipality=places[0].pk)
        twice = row(data, "baselines", municipality=places[0].pk)
        assert list(problems(coordinator.post(address(goal), twice))) == [
            "id_baselines-1-municipality"
        ]

    def test_a_municipality_that_left_keeps_its_values(
        self, coordinator: Client, project: Project, places: list[Municipality]
    ) -> None:
        goal = GoalFactory(project=project, **FIGURES)
        gone = MunicipalityFactory(name_fi="Lapua")
        MeasurementFactory(goal=goal, municipality=gone)
        saved(coordinator, address(goal), form_of(coordinator, goal) | {"text_fi": "Muutettu"})
        assert goal.measurements.get().municipality == gone

    def test_a_goal_of_one_municipality_has_nobody_to_follow(
        self, coordinator: Client, places: list[Municipality]
    ) -> None:
        goal = GoalFactory(project=None, municipality=places[0], **FIGURES)
        data = form_of(coordinator, goal)
        assert "follow_all" not in data
        assert not [name for name in data if name.startswith("baselines")]
        assert "measurements-0-municipality" not in data

    def test_a_regional_project_offers_the_members_of_its_regions(self, client: Client) -> None:
        region = RegionFactory(members=[MunicipalityFactory(name_fi="Ähtäri")])
        goal = GoalFactory(project=ProjectFactory(regions=[region]), **FIGURES)
        client.force_login(UserFactory(superuser=True))
        html = client.get(address(goal)).content.decode()
        assert html.count(">Ähtäri</option>") == 3, "the waiting row and both templates"


@pytest.fixture
def foreign_goals() -> list[Goal]:
    """A goal of a project, a municipality and a region out of reach."""
    place = MunicipalityFactory()
    return [
        GoalFactory(project=ProjectFactory(municipalities=[place]), **FIGURES),
        GoalFactory(project=None, municipality=place, **FIGURES),
        GoalFactory(project=None, region=RegionFactory(members=[place]), **FIGURES),
    ]


def test_nobody_measures_what_is_out_of_reach(
    coordinator: Client, project: Project, foreign_goals: list[Goal]
) -> None:
    own = GoalFactory(project=project, **FIGURES)
    data = form_of(coordinator, own) | {"measurements-0-value": "1", "text_fi": "Kaapattu"}
    for goal in foreign_goals:
        assert coordinator.get(address(goal)).status_code == 302
        sent = data | {"measurements-0-goal": goal.pk}
        assert coordinator.post(address(goal), sent).status_code in (302, 403)
        assert coordinator.post(address(goal, "delete"), {"post": "yes"}).status_code in (302, 403)
        goal.refresh_from_db()
        assert goal.text_fi != "Kaapattu"
        assert not goal.measurements.exists()


def test_a_row_cannot_be_sent_to_anothers_goal(
    coordinator: Client, project: Project, foreign_goals: list[Goal]
) -> None:
    """The hidden keys of a row are the browser's to change."""
    own, foreign = GoalFactory(project=project, **FIGURES), foreign_goals[0]
    theirs = MeasurementFactory(goal=foreign, value=Decimal(7))
    data = form_of(coordinator, own)
    data |= {"measurements-0-value": "1", "measurements-0-goal": foreign.pk,
             "measurements-0-id": theirs.pk}  # fmt: skip
    coordinator.post(address(own), data)
    coordinator.post(address(own), data | {"measurements-INITIAL_FORMS": "1"})
    theirs.refresh_from_db()
    assert (theirs.goal, theirs.value) == (foreign, 7)
    assert foreign.measurements.count() == 1


@pytest.mark.parametrize("owner", ["region", "project of the region"])
def test_a_regions_coordinator_measures_its_goals_and_no_others(
    client: Client, places: list[Municipality], foreign_goals: list[Goal], owner: str
) -> None:
    region, user = RegionFactory(members=places), UserFactory()
    user.regions.add(region)
    client.force_login(user)
    belongs = (
        {"project": None, "region": region}
        if owner == "region"
        else {"project": ProjectFactory(regions=[region])}
    )
    goal = GoalFactory(**belongs, **FIGURES)
    data = form_of(client, goal) | {"measurements-0-value": "1"}
    saved(client, address(goal), data)
    assert goal.measurements.get().value == 1
    assert all(client.get(address(foreign)).status_code == 302 for foreign in foreign_goals)


def test_a_goal_is_not_given_to_an_owner_out_of_reach(
    coordinator: Client, project: Project, foreign_goals: list[Goal]
) -> None:
    goal = GoalFactory(project=project, **FIGURES)
    data = form_of(coordinator, goal) | {"project": foreign_goals[0].project_id}
    assert list(problems(coordinator.post(address(goal), data))) == ["id_project"]
    other = Region.objects.get(goals=foreign_goals[2])
    data = form_of(coordinator, goal) | {"project": "", "region": other.pk}
    assert "id_region" in problems(coordinator.post(address(goal), data))
