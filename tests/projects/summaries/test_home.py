"""The front page's numbers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from municipalities.models import Municipality
from projects.models import Project
from projects.summaries import (
    home_summary,
)
from tests.factories import (
    EventFactory,
    ProjectFactory,
    RegionFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


class TestHome:
    """The front page's numbers."""

    def test_counties_themes_and_latest(self, akaa: Municipality) -> None:
        county = RegionFactory(county=True, members=[akaa])
        empty = RegionFactory(county=True)
        theme, _unused = ThemeFactory(), ThemeFactory()
        first = ProjectFactory(municipalities=[akaa], regions=[county], themes=[theme])
        second = ProjectFactory(regions=[county])
        Project.objects.filter(pk=first.pk).update(
            content_updated_at=timezone.now() + timedelta(seconds=5)
        )
        summary = home_summary()
        assert {row.county: row.count for row in summary.counties} == {county: 2, empty: 0}
        assert [(row.value, len(row.projects)) for row in summary.themes] == [(theme.slug, 1)]
        assert summary.latest == (first, second)
        assert [name.value for name in summary.municipalities] == ["Akaa"]

    def test_events_of_today_and_later(self) -> None:
        def at(days: int) -> object:
            return timezone.now() + timedelta(days=days)

        project = ProjectFactory()
        over = EventFactory(project=project, starts_at=at(-5), ends_at=at(-2))
        going_on = EventFactory(project=project, starts_at=at(-3), ends_at=at(1))
        tomorrow = EventFactory(project=project, starts_at=at(1))
        events = home_summary().events
        assert events == (going_on, tomorrow)
        assert over not in events
