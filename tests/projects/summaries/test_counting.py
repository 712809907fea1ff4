"""Everything is counted once, in each municipality's own stage."""

from datetime import date
from decimal import Decimal

import pytest

from municipalities.models import Municipality, Region
from projects.enums import Activity, CostVisibility, Stage, TaskState
from projects.models import Project, Task
from projects.summaries import (
    home_summary,
    in_region_q,
    municipality_summary,
    place_counts,
    region_summary,
)
from projects.summaries.counts import TaskCounts, TaskTable, project_facts
from projects.summaries.places import Mergers
from tests.factories import (
    MunicipalityFactory,
    ProjectFactory,
    RegionFactory,
    TaskFactory,
)
from tests.projects.summaries.reading import (
    TODAY,
    YESTERDAY,
    rows_of,
    stages,
)

pytestmark = pytest.mark.django_db


class TestCounting:
    """Rule 6: a project once in any total, in its own stage in each municipality."""

    def test_a_joint_project_is_one_in_the_total_and_one_in_each_row(
        self, region: Region, akaa: Municipality, urjala: Municipality
    ) -> None:
        project = ProjectFactory(
            municipalities=[akaa, urjala], regions=[region], stage=Stage.IMPLEMENTATION
        )
        project.participations.filter(municipality=urjala).update(stage=Stage.COMPLETED)
        summary = region_summary(region, TODAY)
        assert stages(summary.projects) == {"implementation": 1}
        assert summary.projects.total == summary.projects.under_way == 1
        assert summary.participating == summary.members == 2
        found = rows_of(summary)
        assert stages(found["Akaa"].projects) == {"implementation": 1}
        assert stages(found["Urjala"].projects) == {"completed": 1}
        assert stages(municipality_summary(urjala, TODAY).counts) == {"completed": 1}
        assert [row.own_stage for row in municipality_summary(akaa, TODAY).projects] == [
            Stage.IMPLEMENTATION
        ]

    @pytest.mark.parametrize("how", ["member", "named", "named part", "named part of a part"])
    def test_how_a_project_belongs_to_a_region(
        self, how: str, region: Region, akaa: Municipality
    ) -> None:
        part = RegionFactory(parent=region)
        inner = RegionFactory(parent=part)
        belongs = {
            "member": {"municipalities": [akaa]},
            "named": {"regions": [region]},
            "named part": {"regions": [part]},
            "named part of a part": {"regions": [inner]},
        }
        project = ProjectFactory(**belongs[how])
        ProjectFactory(municipalities=[MunicipalityFactory()], regions=[RegionFactory()])
        assert list(Project.objects.filter(in_region_q(region.pk))) == [project]
        assert region_summary(region, TODAY).projects.total == 1
        assert place_counts().regions[region.slug] == 1

    def test_on_hold_and_cancelled_stand_beside_the_stages(
        self, region: Region, akaa: Municipality
    ) -> None:
        for activity in (Activity.ACTIVE, Activity.PAUSED, Activity.CANCELLED, Activity.CANCELLED):
            ProjectFactory(municipalities=[akaa], activity=activity)
        for counts in (
            region_summary(region, TODAY).projects,
            rows_of(region_summary(region, TODAY))["Akaa"].projects,
            municipality_summary(akaa, TODAY).counts,
            home_summary(TODAY).projects,
        ):
            assert (counts.in_stages, counts.paused, counts.cancelled) == (1, 1, 2)
            assert counts.total == 4

    def test_tasks_are_counted_once_and_where_they_belong(
        self, region: Region, akaa: Municipality, urjala: Municipality
    ) -> None:
        elsewhere = MunicipalityFactory()
        project = ProjectFactory(municipalities=[akaa, urjala, elsewhere])
        TaskFactory(project=project, done=True)
        TaskFactory(project=project, due_date=YESTERDAY)
        TaskFactory(project=project, due_date=TODAY)
        TaskFactory(project=project, due_date=YESTERDAY, municipality=urjala)
        TaskFactory(project=project, due_date=YESTERDAY, municipality=elsewhere)
        TaskFactory(project=project, due_date=YESTERDAY, state=TaskState.CANCELLED)
        summary = region_summary(region, TODAY)

        def numbers(tasks: object) -> tuple[int, ...]:
            return tasks.done, tasks.open, tasks.late, tasks.total

        assert numbers(summary.tasks) == (1, 3, 2, 4)
        found = rows_of(summary)
        assert numbers(found["Akaa"].tasks) == (1, 2, 1, 3)
        assert numbers(found["Urjala"].tasks) == (1, 3, 2, 4)
        assert numbers(municipality_summary(akaa, TODAY).tasks) == (1, 2, 1, 3)
        assert numbers(municipality_summary(urjala, TODAY).projects[0].tasks) == (1, 3, 2, 4)

    @pytest.mark.parametrize("over", [{"stage": Stage.COMPLETED}, {"activity": Activity.CANCELLED}])
    def test_open_tasks_of_a_project_that_is_over_are_not_late(
        self, region: Region, akaa: Municipality, over: dict
    ) -> None:
        project = ProjectFactory(municipalities=[akaa], **over)
        TaskFactory(project=project, due_date=YESTERDAY)
        for tasks in (region_summary(region, TODAY).tasks, municipality_summary(akaa, TODAY).tasks):
            assert (tasks.open, tasks.late) == (1, 0)

    def test_budgets_are_summed_once_and_only_those_that_are_public_and_dated(
        self, region: Region, akaa: Municipality, urjala: Municipality
    ) -> None:
        both = [akaa, urjala]
        ProjectFactory(municipalities=both, budget="100000.50", money_as_of=date(2023, 5, 1))
        ProjectFactory(municipalities=both, budget="1000", money_as_of=date(2024, 1, 31))
        ProjectFactory(municipalities=both, budget="77", money_as_of=None)
        ProjectFactory(municipalities=both, budget=None, money_as_of=TODAY)
        ProjectFactory(
            municipalities=both,
            budget="99",
            money_as_of=TODAY,
            cost_visibility=CostVisibility.NOTHING,
        )
        summary = region_summary(region, TODAY)
        assert summary.money.budget == Decimal("101000.50")
        assert (summary.money.oldest, summary.money.newest) == (date(2023, 5, 1), date(2024, 1, 31))
        assert (len(summary.money.projects), summary.money.silent) == (2, 3)

    def test_no_known_budget_is_not_zero(self, region: Region, akaa: Municipality) -> None:
        ProjectFactory(municipalities=[akaa])
        assert region_summary(region, TODAY).money.budget is None


def test_stored_and_past_tasks_are_counted_alike() -> None:
    project = ProjectFactory()
    TaskFactory(project=project, done=True)
    TaskFactory(project=project, due_date=YESTERDAY)
    TaskFactory.create_batch(2, project=project, state=TaskState.CANCELLED)
    rows = [(task.project_id, task.municipality_id, task) for task in Task.objects.all()]
    facts = project_facts(Project.objects.all(), Mergers(TODAY))
    tables = TaskTable.read(Task.objects.all(), TODAY, Mergers(TODAY)), TaskTable.of(rows, TODAY)
    for table in tables:
        assert table.of_places((), facts) == TaskCounts(total=2, done=1, late=1, cancelled=2)
