"""What is not public is nowhere, not even as a number."""

from datetime import timedelta

import pytest
from django.utils import timezone

from municipalities.models import Municipality, Region
from projects.models import Adoption, RegionCoordinator
from projects.summaries import (
    home_summary,
    municipality_summary,
    place_counts,
    region_summary,
)
from tests.factories import (
    ContactFactory,
    EventFactory,
    GoodPracticeFactory,
    MaterialFactory,
    OrganisationFactory,
    ProjectContactFactory,
    ProjectFactory,
    TaskFactory,
    ThemeFactory,
)
from tests.projects.summaries.reading import (
    TODAY,
    YESTERDAY,
    organisation_of,
)

pytestmark = pytest.mark.django_db


HIDDEN = [
    {"draft": True},
    {"published_at": timezone.now() + timedelta(days=2)},
]


class TestGate:
    """Rule 5: what is not public is nowhere, not even as a number."""

    @pytest.mark.parametrize("hidden", HIDDEN, ids=["draft", "not yet"])
    def test_hidden_projects_leave_no_trace(
        self, region: Region, akaa: Municipality, urjala: Municipality, hidden: dict
    ) -> None:
        empty = region_summary(region, TODAY), municipality_summary(akaa, TODAY)
        project = ProjectFactory(
            municipalities=[akaa, urjala],
            regions=[region],
            themes=[ThemeFactory()],
            budget=5,
            money_as_of=TODAY,
            **hidden,
        )
        TaskFactory(project=project, due_date=YESTERDAY)
        MaterialFactory(project=project, municipality=akaa)
        EventFactory(project=project, starts_at=timezone.now() + timedelta(days=1))
        project.participations.update(contact=ContactFactory())
        ProjectContactFactory(
            project=project,
            contact=ContactFactory(
                organisation=OrganisationFactory(municipality=akaa, kind="municipality")
            ),
        )
        assert region_summary(region, TODAY) == empty[0]
        assert municipality_summary(akaa, TODAY) == empty[1]
        home = home_summary(TODAY)
        assert (home.projects.total, home.latest, home.events, home.themes) == (0, (), (), ())
        counts = place_counts()
        assert not any(counts.regions.values())
        assert not any(counts.municipalities.values())

    def test_hidden_good_practices_are_not_shown(self, akaa: Municipality) -> None:
        for practice in (
            GoodPracticeFactory(title_fi="Julkinen"),
            GoodPracticeFactory(title_fi="Luonnos", publication="draft", published_at=None),
        ):
            Adoption.objects.create(practice=practice, municipality=akaa)
        assert [row.title for row in municipality_summary(akaa, TODAY).practices] == ["Julkinen"]

    def test_expired_contacts_have_gone(self, region: Region, akaa: Municipality) -> None:
        project = ProjectFactory(municipalities=[akaa])
        for name, until in (("Ennen", YESTERDAY), ("Nyt", TODAY), ("Aina", None)):
            contact = ContactFactory(
                name=name,
                valid_until=until,
                organisation=organisation_of(akaa),
            )
            ProjectContactFactory(project=project, contact=contact)
            RegionCoordinator.objects.create(region=region, contact=contact)
        assert [row.name for row in municipality_summary(akaa, TODAY).contacts] == ["Aina", "Nyt"]
        coordinators = region_summary(region, TODAY).coordinators
        assert {row.contact.name for row in coordinators} == {"Aina", "Nyt"}
