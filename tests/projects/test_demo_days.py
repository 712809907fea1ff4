"""The demo's days: work is done on working days, and nothing is known before its day."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from municipalities.models import Meeting, Region
from projects.demo.plan import easter, is_day_off, workday
from projects.enums import Precision, Stage
from projects.models import Participation, StageChange, Task
from projects.summaries.pastreading import states


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        (date(2026, 11, 20), 0),
        (date(2026, 11, 21), 2),
        (date(2026, 11, 22), 1),
        (date(2026, 5, 1), 3),  # May Day, a Friday
        (date(2026, 12, 24), 4),
        (date(2027, 1, 6), 1),
        (date(2026, 6, 19), 3),  # Midsummer Eve
        (date(2026, 4, 3), 4),  # Good Friday to Easter Monday
        (date(2026, 5, 14), 1),  # Ascension Day
    ],
)
def test_nobody_meets_on_a_weekend_or_a_holiday(day: date, moved: int) -> None:
    assert workday(day) == day + timedelta(days=moved)


@pytest.mark.parametrize(
    "sunday",
    [
        date(2019, 4, 21), date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5),
        date(2027, 3, 28), date(2038, 4, 25), date(2049, 4, 18), date(2076, 4, 19),
    ],
)  # fmt: skip
def test_easter(sunday: date) -> None:
    assert easter(sunday.year) == sunday


def test_what_is_ahead_is_on_working_days(demo: None, db: None) -> None:
    today = timezone.localdate()
    due = Task.objects.filter(due_date__gt=today, due_precision=Precision.DAY)
    days = [
        *due.values_list("due_date", flat=True),
        *Meeting.objects.values_list("date", flat=True),
    ]
    assert len(days) > 20
    assert not [day for day in days if is_day_off(day)]


def test_own_stages_came_on_their_days(demo: None, db: None) -> None:
    """So that a past meeting does not see a municipality further than it was."""
    for part in Participation.objects.exclude(stage=""):
        assert part.history.earliest().stage == "", part
        change = StageChange.objects.get(project=part.project, municipality=part.municipality)
        assert change.from_stage != change.to_stage == part.stage
    region = Region.objects.get(slug="kestavat")
    meeting = Meeting.objects.filter(group__region=region).earliest("date")
    (then,) = states(region, [meeting.starts_at])
    scales = next(row for row in then.facts() if then.projects[row.pk].slug.startswith("havikki"))
    assert {scales.stage_in(place) for place in scales.own_stages} == {Stage.DECIDED}
