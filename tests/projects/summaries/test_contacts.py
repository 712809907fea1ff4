"""Whom a municipality's page names when the municipality has named nobody."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from municipalities.models import Municipality
from projects.models import Contact, Project, RegionCoordinator
from projects.summaries import municipality_summary
from projects.summaries.contacts import MOST_CONTACTS
from tests.factories import (
    ContactFactory,
    MunicipalityFactory,
    OrganisationFactory,
    ProjectContactFactory,
    ProjectFactory,
    RegionFactory,
)
from tests.projects.summaries.reading import TODAY, YESTERDAY, organisation_of

pytestmark = pytest.mark.django_db


def asked(place: Municipality) -> list[Contact]:
    return [row.contact for row in municipality_summary(place, TODAY).substitutes]


def led_by(contact: Contact, place: Municipality, **fields: object) -> Project:
    """A project of the municipality with this primary contact, and with another one."""
    project = ProjectFactory(municipalities=[place], **fields)
    ProjectContactFactory(project=project, contact=contact, is_primary=True)
    ProjectContactFactory(project=project)
    return project


def coordinated(place: Municipality, **fields: object) -> Contact:
    region = RegionFactory(members=[place], **fields)
    return RegionCoordinator.objects.create(region=region, contact=ContactFactory()).contact


def test_nobody_stands_in_for_contacts_of_its_own(akaa: Municipality) -> None:
    project = led_by(ContactFactory(), akaa)
    coordinated(akaa)
    own = ContactFactory(organisation=organisation_of(akaa))
    ProjectContactFactory(project=project, contact=own)
    summary = municipality_summary(akaa, TODAY)
    assert (summary.contacts, summary.substitutes) == ((own,), ())


def test_primary_contacts_of_its_projects_come_before_coordinators(akaa: Municipality) -> None:
    coordinated(akaa)
    both, one = ContactFactory(), ContactFactory()
    older, newer = led_by(both, akaa), led_by(both, akaa)
    Project.objects.filter(pk=older.pk).update(
        content_updated_at=timezone.now() - timedelta(days=9)
    )
    completed = led_by(one, akaa, stage="completed")
    found = municipality_summary(akaa, TODAY).substitutes
    assert [row.contact for row in found] == [both, one]
    assert [row.projects for row in found] == [(newer, older), (completed,)]
    assert found[0].region is None


def test_hidden_projects_and_expired_people_are_not_told(akaa: Municipality) -> None:
    led_by(ContactFactory(), akaa, draft=True)
    led_by(ContactFactory(valid_until=YESTERDAY), akaa)
    led_by(ContactFactory(), MunicipalityFactory())
    RegionCoordinator.objects.create(
        region=RegionFactory(members=[akaa]), contact=ContactFactory(valid_until=YESTERDAY)
    )
    assert asked(akaa) == []


def test_the_nearest_region_with_coordinators_answers(akaa: Municipality) -> None:
    county = coordinated(akaa, county=True)
    assert asked(akaa) == [county]
    area = coordinated(akaa)
    assert asked(akaa) == [area]
    assert municipality_summary(akaa, TODAY).substitutes[0].region.kind == "cooperation"


def test_a_long_list_of_people_is_cut(akaa: Municipality) -> None:
    for _n in range(MOST_CONTACTS + 1):
        led_by(ContactFactory(), akaa)
    assert len(asked(akaa)) == MOST_CONTACTS


@pytest.mark.parametrize("how", ["projects", "regions"])
def test_finding_them_takes_the_same_queries_for_any_number(
    akaa: Municipality, client: Client, how: str
) -> None:
    def add() -> None:
        contact = ContactFactory(organisation=OrganisationFactory(municipality=None))
        if how == "projects":
            led_by(contact, akaa)
        else:
            region = RegionFactory(members=[akaa])
            RegionCoordinator.objects.create(region=region, contact=contact)

    counts = []
    for _n in range(2):
        for _m in range(2):
            add()
        with CaptureQueriesContext(connection) as queries:
            client.get(akaa.get_absolute_url())
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_the_page_says_whose_they_are(akaa: Municipality, client: Client) -> None:
    def text() -> str:
        html = client.get(f"/en/municipalities/{akaa.slug}/").content.decode()
        card = re.search(r'aria-labelledby="yhteystiedot">.*?</section>', html, re.S)
        return " ".join(re.sub(r"<[^>]+>", " ", card.group() if card else "").split())

    assert "Contacts" not in text()
    coordinated(akaa, name_fi="Etelä-Pirkanmaa")
    assert "You can ask the coordinators of its region." in text()
    assert "Answers for : Etelä-Pirkanmaa" in text().replace("for:", "for :")
    contact = ContactFactory()
    for number in range(5):
        led_by(contact, akaa, title_fi=f"Hanke {number}")
    assert "You can ask the contacts of its projects." in text()
    assert "and 2 other projects" in text()
    assert "its region" not in text()
