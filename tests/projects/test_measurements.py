"""Measured values: written once a day, dated, signed, and news of the project."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from projects import actions
from projects.freshness import digest
from projects.models import Goal, GoalBaseline, Measurement, Project
from tests.factories import (
    GoalBaselineFactory,
    GoalFactory,
    MeasurementFactory,
    MunicipalityFactory,
    ProjectFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2023, 1, 30, 12, tzinfo=UTC)
AT = datetime(2024, 5, 6, 12, tzinfo=UTC)


@pytest.fixture
def goal() -> Goal:
    project = ProjectFactory()
    goal = GoalFactory(project=project)
    actions.refresh(project=project)
    Project.objects.update(content_updated_at=LONG_AGO)
    project.refresh_from_db()
    return goal


def updated(goal: Goal) -> datetime:
    return Project.objects.get(pk=goal.project_id).content_updated_at


def test_a_value_is_dated_signed_and_news_of_the_project(goal: Goal) -> None:
    user, place = UserFactory(), MunicipalityFactory()
    row = actions.record_measurement(
        goal=goal, value=Decimal("4.5"), by=user, municipality=place, note="Laskutus", at=AT
    )
    stored = Measurement.objects.get()
    assert stored == row
    assert (stored.date, stored.value, stored.municipality) == (date(2024, 5, 6), 4.5, place)
    (change,) = Measurement.history.all()
    assert (change.history_type, change.history_user, change.history_date) == ("+", user, AT)
    assert updated(goal) == AT


def test_a_value_of_an_earlier_day_is_written_today(goal: Goal) -> None:
    before = timezone.now()
    row = actions.record_measurement(goal=goal, value=Decimal(1), by=None, on=date(2024, 1, 1))
    assert row.date == date(2024, 1, 1)
    assert Measurement.history.get().history_date >= before
    assert updated(goal) >= before


def test_the_day_of_a_value_is_the_day_in_finland(goal: Goal) -> None:
    with time_machine.travel("2026-01-15T22:30:00+00:00", tick=False):
        row = actions.record_measurement(goal=goal, value=Decimal(1), by=None)
    assert row.date == date(2026, 1, 16)


def test_a_value_of_the_future_is_refused(goal: Goal) -> None:
    with pytest.raises(ValidationError) as refusal:
        actions.record_measurement(
            goal=goal, value=Decimal(1), by=None, on=timezone.localdate() + timedelta(days=1)
        )
    assert list(refusal.value.message_dict) == ["date"]
    assert updated(goal) == LONG_AGO


@pytest.mark.parametrize("of_a_place", [True, False])
def test_a_day_has_one_value_for_the_whole_and_for_each_municipality(
    goal: Goal, of_a_place: bool
) -> None:
    place = MunicipalityFactory() if of_a_place else None
    first = {"goal": goal, "value": Decimal(1), "by": None, "at": AT, "municipality": place}
    actions.record_measurement(**first)
    actions.record_measurement(**first | {"municipality": MunicipalityFactory()})
    with pytest.raises(ValidationError):
        actions.record_measurement(**first)
    assert Measurement.objects.count() == 2


def test_a_goal_of_a_programme_needs_no_project() -> None:
    goal = GoalFactory(project=None, municipality=MunicipalityFactory())
    actions.record_measurement(goal=goal, value=Decimal(0), by=None)
    assert goal.measurements.get().value == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda goal: MeasurementFactory(goal=goal),
        lambda goal: MeasurementFactory(goal=goal, municipality=MunicipalityFactory()),
        lambda goal: GoalBaselineFactory(goal=goal),
        lambda goal: Goal.objects.filter(pk=goal.pk).update(target_value=5),
        lambda goal: Goal.objects.filter(pk=goal.pk).update(unit_sv="st"),
    ],
)
def test_figures_are_public_content(goal: Goal, change) -> None:
    assert actions.refresh(project=goal.project) is False
    change(goal)
    assert actions.refresh(project=goal.project) is True
    assert actions.refresh(project=goal.project) is False


@pytest.mark.parametrize("factory", [MeasurementFactory, GoalBaselineFactory])
def test_a_removed_figure_is_news_and_leaves_the_page_as_it_was(goal: Goal, factory) -> None:
    """A digest made before there were figures stays good: installing this moves no date."""
    before = digest(goal.project)
    row = factory(goal=goal)
    actions.refresh(project=goal.project)
    row.delete()
    assert actions.refresh(project=goal.project) is True
    assert digest(goal.project) == before


def test_another_projects_figures_are_not_news_here(goal: Goal) -> None:
    MeasurementFactory()
    GoalBaselineFactory()
    assert actions.refresh(project=goal.project) is False


def test_every_change_of_a_figure_leaves_a_row_of_history(goal: Goal) -> None:
    row, own = MeasurementFactory(goal=goal), GoalBaselineFactory(goal=goal)
    row.value, own.target_value = Decimal(7), Decimal(9)
    row.save()
    own.save()
    goal.delete()
    assert not Measurement.objects.exists()
    assert not GoalBaseline.objects.exists()
    for model, value in ((Measurement, "value"), (GoalBaseline, "target_value")):
        rows = model.history.order_by("history_id")
        assert [change.history_type for change in rows] == ["+", "~", "-"]
        assert getattr(rows[1], value) == (7 if model is Measurement else 9)
