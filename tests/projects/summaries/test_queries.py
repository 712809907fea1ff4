"""A summary costs the same number of queries however much there is."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from municipalities.models import Emission, Membership, Municipality, Region, SteeringGroup
from projects.models import Adoption, RegionCoordinator
from projects.summaries import (
    MunicipalitySummary,
    RegionSummary,
    home_summary,
    municipality_summary,
    region_summary,
)
from tests.factories import (
    ClimateTargetFactory,
    ContactFactory,
    EventFactory,
    ExpenseFactory,
    FundingFactory,
    GoalBaselineFactory,
    GoalFactory,
    GoodPracticeFactory,
    MaterialFactory,
    MeasurementFactory,
    MunicipalityFactory,
    OrganisationFactory,
    ProjectContactFactory,
    ProjectFactory,
    RegionFactory,
    TaskFactory,
    ThemeFactory,
)
from tests.projects.summaries.reading import (
    TODAY,
    YESTERDAY,
)

pytestmark = pytest.mark.django_db


def lit_up(number: int) -> tuple[Region, Municipality]:
    """A region and a municipality with `number` of everything a page can show."""
    place = MunicipalityFactory()
    organisation = OrganisationFactory(municipality=place, kind="municipality")
    region = RegionFactory(county=True, members=[place])
    for _n in range(number):
        other = MunicipalityFactory()
        merged = MunicipalityFactory(successor=other, valid_until=date(2020, 12, 31))
        region.memberships.create(municipality=other)
        part = RegionFactory(parent=region, members=[other])
        project = ProjectFactory(
            municipalities=[place, other, merged],
            regions=[part],
            themes=[ThemeFactory()],
            budget=1,
            money_as_of=TODAY,
            cost_sharing="population",
        )
        FundingFactory(project=project, funder=organisation)
        ExpenseFactory(project=project, municipality=place)
        ProjectFactory(municipalities=[MunicipalityFactory()], themes=project.themes.all())
        TaskFactory(project=project, due_date=YESTERDAY)
        TaskFactory(project=project, done=True, municipality=place)
        contact = ContactFactory(organisation=organisation)
        ProjectContactFactory(project=project, contact=contact)
        project.participations.update(contact=ContactFactory())
        for owner in ({"region": region}, {"municipality": place}, {"municipality": other}):
            goal = GoalFactory(project=None, **owner)
            MeasurementFactory(goal=goal)
            if "region" in owner:
                GoalBaselineFactory(goal=goal, municipality=place)
            ClimateTargetFactory(**{"municipality": None, **owner})
        MeasurementFactory(goal=GoalFactory(project=project), municipality=place)
        MaterialFactory(project=project, municipality=place)
        Adoption.objects.create(practice=GoodPracticeFactory(), municipality=place)
        EventFactory(project=project, starts_at=timezone.now() + timedelta(days=1))
        group = SteeringGroup.objects.create(region=region, name_fi="Ryhmä")
        for body in (organisation, OrganisationFactory()):
            Membership.objects.create(group=group, organisation=body)
        for where in (region, part):
            RegionCoordinator.objects.create(
                region=where, contact=ContactFactory(organisation=organisation)
            )
        Emission.objects.create(
            municipality=place,
            year=2000 + Emission.objects.count(),
            sector="total",
            kilotonnes=5,
            method="hinku",
            source="SYKE",
            retrieved_on=TODAY,
        )
    return region, place


def touch(summary: RegionSummary | MunicipalitySummary) -> None:
    """Read what the templates read, so that a lazy relation would be caught."""
    if isinstance(summary, RegionSummary):
        for steering in summary.steering:
            for seat in steering.seats:
                seat.organisation.get_absolute_url()
        for row in summary.coordinators:
            assert row.contact.organisation.name
        for target in summary.targets:
            assert target.region.name
        assert all(row.series for row in summary.goals)
    else:
        for contact in summary.contacts:
            assert contact.organisation.name
        for material in summary.materials:
            assert material.project.title
        for joint in summary.joint_goals:
            assert joint.owner.get_absolute_url() and joint.row.series
        for row in summary.projects:
            assert row.project.title and row.project.get_absolute_url()
            assert [place.name for place in row.partners]
        for row in summary.costs.rows:
            assert row.project.get_absolute_url() and row.share is not None
        for late in summary.late.tasks:
            assert late.project.get_absolute_url()
            assert late.asked.contact.organisation.municipality.slug
        assert summary.late.tasks
        for row in summary.similar:
            assert row.municipality.get_absolute_url() and row.project.title and row.themes
        assert summary.costs.rows and summary.similar


@pytest.mark.parametrize("what", ["region", "municipality", "home"])
def test_queries_do_not_grow_with_the_rows(what: str) -> None:
    """One of everything and four of everything cost the same."""
    counts = []
    for number in (1, 4):
        region, place = lit_up(number)
        with CaptureQueriesContext(connection) as queries:
            if what == "home":
                summary = home_summary()
                assert summary.events and summary.themes and summary.latest
            else:
                read = region_summary if what == "region" else municipality_summary
                touch(read(region if what == "region" else place))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10
