"""The demo's past: what was not known on a day is not told of that day."""

import pytest

from municipalities.models import Meeting, Region
from projects.enums import Stage
from projects.models import Participation, StageChange
from projects.summaries.pastreading import states

pytestmark = pytest.mark.usefixtures("demo", "db")


def test_own_stages_came_on_their_days() -> None:
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
