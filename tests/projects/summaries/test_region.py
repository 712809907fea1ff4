"""What a region's page knows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from municipalities.enums import PlanStatus, RegionKind, TargetKind
from municipalities.models import Membership, Municipality, Region, SteeringGroup
from projects.enums import Stage
from projects.models import Project, RegionCoordinator
from projects.summaries import (
    municipality_summary,
    region_summary,
)
from tests.factories import (
    ClimateTargetFactory,
    ContactFactory,
    GoalFactory,
    MembershipFactory,
    MunicipalityFactory,
    OrganisationFactory,
    ProjectFactory,
    RegionFactory,
    SteeringGroupFactory,
)
from tests.projects.summaries.reading import (
    TODAY,
    rows_of,
)

pytestmark = pytest.mark.django_db


class TestRegion:
    """What else a region's page knows."""

    def test_rows_stand_under_cooperation_areas_and_each_once(self) -> None:
        first, second, third = (
            MunicipalityFactory(name_fi=name) for name in ("Iisalmi", "Kuopio", "Kaavi")
        )
        county = RegionFactory(county=True, members=[first, second, third])
        RegionFactory(name_fi="Ylä-Savo", parent=county, members=[first, MunicipalityFactory()])
        RegionFactory(name_fi="Kuopion seutu", parent=county, members=[second, first])
        RegionFactory(
            name_fi="Seutukunta", parent=county, kind=RegionKind.SUBREGION, code="111",
            members=[third],
        )  # fmt: skip
        summary = region_summary(county, TODAY)
        assert [
            (group.region and group.region.name, [row.municipality.name for row in group.rows])
            for group in summary.groups
        ] == [("Kuopion seutu", ["Iisalmi", "Kuopio"]), (None, ["Kaavi"])]
        assert {child.name for child in summary.children} == {
            "Kuopion seutu", "Seutukunta", "Ylä-Savo"
        }  # fmt: skip

    def test_sub_regions_group_a_county_without_cooperation_areas(self, akaa: Municipality) -> None:
        county = RegionFactory(county=True, members=[akaa])
        part = RegionFactory(parent=county, kind=RegionKind.SUBREGION, code="111", members=[akaa])
        assert [group.region for group in region_summary(county, TODAY).groups] == [part]

    def test_climate_plans_are_counted_and_unknown_ones_told(
        self, region: Region, akaa: Municipality, urjala: Municipality
    ) -> None:
        third = MunicipalityFactory(plan_status=PlanStatus.IN_PREPARATION)
        region.memberships.create(municipality=third)
        Municipality.objects.filter(pk=akaa.pk).update(plan_status=PlanStatus.BEING_UPDATED)
        summary = region_summary(region, TODAY)
        assert (summary.plans.has_plan, summary.plans.reported) == (1, 2)
        assert (summary.members, summary.plans_unknown) == (3, 1)

    def test_the_target_is_ones_own_before_a_joint_one(
        self, region: Region, akaa: Municipality, urjala: Municipality
    ) -> None:
        joint = ClimateTargetFactory(municipality=None, region=region, target_year=2035)
        own = ClimateTargetFactory(municipality=akaa, target_year=2040)
        ClimateTargetFactory(municipality=akaa, target_year=2030, kind=TargetKind.REDUCTION)
        summary = region_summary(region, TODAY)
        found = rows_of(summary)
        assert (found["Akaa"].target, found["Urjala"].target) == (own, joint)
        assert summary.targets == (joint,)
        assert municipality_summary(akaa, TODAY).target == own
        assert municipality_summary(urjala, TODAY).target == joint

    def test_a_countys_target_covers_who_has_no_nearer_one(
        self, akaa: Municipality, urjala: Municipality
    ) -> None:
        third = MunicipalityFactory(name_fi="Kolmas")
        county = RegionFactory(county=True, members=[akaa, urjala, third])
        target = ClimateTargetFactory(municipality=None, region=county, target_year=2040)
        own = ClimateTargetFactory(municipality=third, target_year=2050)
        area = RegionFactory(parent=county, members=[urjala])
        joint = ClimateTargetFactory(municipality=None, region=area, target_year=2045)
        found = rows_of(region_summary(county, TODAY))
        assert [found[name].target for name in ("Akaa", "Urjala", "Kolmas")] == [target, joint, own]
        summary = municipality_summary(akaa, TODAY)
        assert (summary.target, summary.targets) == (None, (target,))

    def test_joint_projects_are_those_that_go_on_first(
        self, region: Region, akaa: Municipality, urjala: Municipality
    ) -> None:
        both = [akaa, urjala]
        done = ProjectFactory(municipalities=both, stage=Stage.COMPLETED)
        old = ProjectFactory(municipalities=[*both, MunicipalityFactory()])
        new = ProjectFactory(regions=[region])
        ProjectFactory(municipalities=[akaa])
        for project, days in ((done, 0), (old, 5), (new, 1)):
            Project.objects.filter(pk=project.pk).update(
                content_updated_at=timezone.now() - timedelta(days=days)
            )
        summary = region_summary(region)
        assert [row.project for row in summary.joint] == [new, old, done]
        assert summary.joint_total == 3
        assert summary.joint[1].municipalities == [akaa, urjala]
        assert (summary.joint[1].elsewhere, summary.joint[0].municipalities) == (1, [])
        assert summary.joint[0].project.schedule_status == "unknown"

    def test_goals_of_the_region_and_of_its_members(
        self, region: Region, akaa: Municipality
    ) -> None:
        second, first = (GoalFactory(project=None, region=region, order=order) for order in (2, 1))
        own = GoalFactory(project=None, municipality=akaa)
        GoalFactory(project=None, municipality=MunicipalityFactory())
        GoalFactory(project=ProjectFactory(municipalities=[akaa]))
        summary = region_summary(region, TODAY)
        assert [row.goal for row in summary.goals] == [first, second]
        assert [
            (row.municipality, [goal.goal for goal in row.goals]) for row in summary.member_goals
        ] == [(akaa, [own])]
        assert [row.goal for row in municipality_summary(akaa, TODAY).goals] == [own]

    def test_the_steering_groups_chair_comes_first(self, region: Region) -> None:
        group = SteeringGroup.objects.create(region=region, name_fi="Ohjausryhmä")
        for person, is_chair, order in (
            ("Toinen", False, 1),
            ("Kolmas", False, 2),
            ("Pj", True, 9),
        ):
            Membership.objects.create(
                group=group,
                person=person,
                is_chair=is_chair,
                order=order,
                organisation=OrganisationFactory(),
            )
        (steering,) = region_summary(region, TODAY).steering
        assert steering.group == group
        assert [seat.person for seat in steering.seats] == ["Pj", "Toinen", "Kolmas"]

    def test_who_has_left_a_steering_group_is_not_shown(self, region: Region) -> None:
        group = SteeringGroupFactory(region=region)
        MembershipFactory(group=group, person="Lähtenyt", until=TODAY - timedelta(days=1))
        MembershipFactory(group=group, person="Lähtevä", until=TODAY)
        (steering,) = region_summary(region, TODAY).steering
        assert [seat.person for seat in steering.seats] == ["Lähtevä"]

    def test_coordinators_of_the_parts_stand_under_them(self, region: Region) -> None:
        part = RegionFactory(parent=region)
        for place in (part, region):
            RegionCoordinator.objects.create(region=place, contact=ContactFactory())
        assert [row.part for row in region_summary(region, TODAY).coordinators] == [None, part]
