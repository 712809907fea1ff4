"""What a municipality's page knows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from municipalities.models import Emission, Municipality
from projects.enums import Stage
from projects.models import Project
from projects.summaries import (
    municipality_summary,
)
from tests.factories import (
    ContactFactory,
    MaterialFactory,
    ProjectContactFactory,
    ProjectFactory,
    RegionFactory,
)
from tests.projects.summaries.reading import (
    TODAY,
    organisation_of,
)

pytestmark = pytest.mark.django_db


class TestMunicipality:
    """What else a municipality's page knows."""

    def test_projects_that_go_on_come_before_those_that_are_over_for_it(
        self, akaa: Municipality, urjala: Municipality
    ) -> None:
        done_here = ProjectFactory(municipalities=[akaa])
        done_here.participations.update(stage=Stage.COMPLETED)
        old = ProjectFactory(municipalities=[akaa, urjala])
        Project.objects.filter(pk=old.pk).update(
            content_updated_at=timezone.now() - timedelta(days=9)
        )
        summary = municipality_summary(akaa, TODAY)
        assert [row.project for row in summary.projects] == [old, done_here]
        assert summary.projects[0].partners == (urjala,)
        assert summary.updated_at == Project.objects.get(pk=done_here.pk).content_updated_at

    def test_contacts_are_its_own_and_of_its_organisation(self, akaa: Municipality) -> None:
        project = ProjectFactory(municipalities=[akaa])
        other = ProjectFactory()
        body = organisation_of(akaa)
        named = ContactFactory(name="Nimetty")
        project.participations.update(contact=named)
        of_body = ContactFactory(name="Oma", organisation=body)
        mailbox = ContactFactory(name="Postilaatikko", kind="role", organisation=body)
        ContactFactory(name="Ei hankkeessa", organisation=body)
        for contact in (of_body, mailbox, ContactFactory(name="Vieras")):
            ProjectContactFactory(project=other, contact=contact)
        found = municipality_summary(akaa, TODAY).contacts
        assert found == (mailbox, named, of_body)
        assert found[0].organisation.municipality == akaa

    def test_emissions_are_totals_of_one_method(self, akaa: Municipality) -> None:
        def add(year: int, method: str, sector: str = "total") -> None:
            Emission.objects.create(
                municipality=akaa,
                year=year,
                sector=sector,
                kilotonnes=year,
                method=method,
                source="SYKE",
                retrieved_on=TODAY,
            )

        assert municipality_summary(akaa, TODAY).emissions is None
        add(2020, "alas")
        assert municipality_summary(akaa, TODAY).emissions.method == "alas"
        for year in (2022, 2019):
            add(year, "hinku")
        add(2022, "hinku", "waste")
        series = municipality_summary(akaa, TODAY).emissions
        assert (series.method, [row.year for row in series.rows]) == ("hinku", [2019, 2022])
        assert (series.of(2019), series.of(2020)) == (2019, None)

    def test_materials_about_it_and_the_regions_it_is_in(
        self, akaa: Municipality, urjala: Municipality
    ) -> None:
        own = MaterialFactory(municipality=akaa)
        MaterialFactory(municipality=urjala)
        area = RegionFactory(name_fi="Etelä-Pirkanmaa", members=[akaa])
        county = RegionFactory(county=True, name_fi="Pirkanmaa", members=[akaa])
        RegionFactory(county=True, members=[urjala])
        summary = municipality_summary(akaa, TODAY)
        assert summary.materials == (own,)
        assert summary.regions == (county, area)
        assert summary.county == county
