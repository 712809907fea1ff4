"""What a merged municipality did is its successor's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from municipalities.models import Municipality, Region
from projects.enums import Stage
from projects.models import Participation
from projects.summaries import (
    municipality_summary,
    place_counts,
    region_summary,
)
from tests.factories import (
    MunicipalityFactory,
    ProjectFactory,
    TaskFactory,
)
from tests.projects.summaries.reading import (
    TODAY,
    rows_of,
    stages,
)

pytestmark = pytest.mark.django_db


class TestMergers:
    """Rule 8: what a merged municipality did is its successor's."""

    @pytest.fixture
    def lavia(self, akaa: Municipality) -> Municipality:
        """Merged into a municipality that was later merged into Akaa."""
        between = MunicipalityFactory(successor=akaa, valid_until=TODAY - timedelta(days=100))
        return MunicipalityFactory(successor=between, valid_until=TODAY - timedelta(days=900))

    def test_its_projects_and_tasks_are_the_successors(
        self, region: Region, akaa: Municipality, lavia: Municipality
    ) -> None:
        project = ProjectFactory(municipalities=[lavia], stage=Stage.IDEA)
        project.participations.update(stage=Stage.PLANNING)
        TaskFactory(project=project, municipality=lavia)
        summary = region_summary(region, TODAY)
        assert summary.projects.total == summary.tasks.total == 1
        assert stages(rows_of(summary)["Akaa"].projects) == {"planning": 1}
        own = municipality_summary(akaa, TODAY)
        assert stages(own.counts) == {"planning": 1}
        assert (own.tasks.total, own.projects[0].partners) == (1, ())
        assert place_counts().municipalities["akaa"] == 1

    @pytest.mark.parametrize("is_first", [True, False])
    def test_the_successors_own_word_comes_first(
        self, akaa: Municipality, lavia: Municipality, is_first: bool
    ) -> None:
        project = ProjectFactory(stage=Stage.IDEA)
        rows = [(akaa, "completed"), (lavia, "planning")]
        for place, stage in rows if is_first else reversed(rows):
            Participation.objects.create(project=project, municipality=place, stage=stage)
        assert stages(municipality_summary(akaa, TODAY).counts) == {"completed": 1}

    def test_a_region_has_as_many_members_as_there_are_today(
        self, region: Region, urjala: Municipality, akaa: Municipality
    ) -> None:
        for days, members in ((0, 2), (1, 1)):
            until = timezone.localdate() - timedelta(days=days)
            Municipality.objects.filter(pk=urjala.pk).update(successor=akaa, valid_until=until)
            assert Region.objects.with_member_count().get(pk=region.pk).member_count == members

    def test_until_its_last_day_it_is_itself(
        self, region: Region, akaa: Municipality, urjala: Municipality
    ) -> None:
        Municipality.objects.filter(pk=urjala.pk).update(successor=akaa, valid_until=TODAY)
        ProjectFactory(municipalities=[urjala])
        today = rows_of(region_summary(region, TODAY))
        assert (today["Urjala"].projects.total, today["Akaa"].projects.total) == (1, 0)
        assert municipality_summary(akaa, TODAY).counts.total == 0
        assert municipality_summary(akaa, TODAY + timedelta(days=1)).counts.total == 1
        tomorrow = rows_of(region_summary(region, TODAY + timedelta(days=1)))
        assert tomorrow.keys() == {"Akaa"}
        assert tomorrow["Akaa"].projects.total == 1
