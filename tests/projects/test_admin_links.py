"""Broken links in the admin: each editor sees those to mend, and comes to where that is done."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from climateportal.models import Page, User
from municipalities.models import Municipality
from projects.linkrights import brokenlink_in_reach_q, can_mend
from projects.models import BrokenLink, Project
from projects.reminders import digest_for
from projects.summaries.worklist import worklist
from tests.factories import (
    BrokenLinkFactory,
    ClimateTargetFactory,
    DecisionFactory,
    FundingFactory,
    GoodPracticeFactory,
    MaterialFactory,
    MeetingFactory,
    MunicipalityFactory,
    OrganisationFactory,
    ProjectFactory,
    RegionFactory,
    SteeringGroupFactory,
    TaskFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/admin/projects/brokenlink/"
OLD = "https://vanha.example.fi/sivu"
RICH = f'<p><a href="{OLD}">vanha</a></p>'


def broken(row: Any, column: str, **owner: Any) -> BrokenLink:
    place = row._meta.label_lower
    return BrokenLinkFactory(address=OLD, place=place, row=row.pk, column=column, **owner)


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(UserFactory(superuser=True))
    return client


def listed(client: Client) -> str:
    response = client.get(LIST)
    assert response.status_code == 200
    return response.content.decode().partition('id="changelist"')[2]


def _everywhere() -> dict[str, BrokenLink]:
    """A broken link in a place of every kind; the address of the form that each must lead to."""
    town, region = MunicipalityFactory(website=OLD), RegionFactory(website=OLD)
    project = ProjectFactory(implements_url=OLD, afterlife_fi=RICH)
    material = MaterialFactory(project=project, url=OLD)
    funding = FundingFactory(project=project, decision_url=OLD)
    target = ClimateTargetFactory(region=region, municipality=None, decision_url=OLD)
    meeting = MeetingFactory(group=SteeringGroupFactory(region=region), minutes_fi=RICH)
    decision = DecisionFactory(meeting=meeting, proposal_fi=RICH)
    body = OrganisationFactory(website=OLD)
    practice = GoodPracticeFactory(how_fi=RICH)
    page = Page.objects.create(title_fi="Sivu", slug="sivu", body_sv=RICH)
    of_project = f"projects/project/{project.pk}/change/"
    return {
        f"{of_project}#section-basics": broken(project, "implements_url", project=project),
        f"{of_project}#section-afterlife": broken(project, "afterlife_fi", project=project),
        f"{of_project}#section-materials": broken(material, "url", project=project),
        f"{of_project}#section-money": broken(funding, "decision_url", project=project),
        f"municipalities/municipality/{town.pk}/change/#section-": broken(
            town, "website", municipality=town
        ),
        f"municipalities/region/{region.pk}/change/#section-targets": broken(
            target, "decision_url", region=region
        ),
        f"municipalities/meeting/{meeting.pk}/change/#section-minutes": broken(
            meeting, "minutes_fi", region=region
        ),
        f"municipalities/meeting/{meeting.pk}/change/#section-decisions": broken(
            decision, "proposal_fi", region=region
        ),
        f"municipalities/organisation/{body.pk}/change/": broken(
            body, "website", organisation=body
        ),
        f"projects/goodpractice/{practice.pk}/change/#section-": broken(
            practice, "how_fi", practice=practice
        ),
        f"climateportal/page/{page.pk}/change/": broken(page, "body_sv"),
    }


def test_each_place_leads_to_its_section_in_as_many_queries_for_more_of_them(boss: Client) -> None:
    forms = _everywhere()
    with CaptureQueriesContext(
        connection,
    ) as once:
        page = listed(boss)
    for form in forms:
        assert f'href="/admin/{form}' in page, form
    assert "Korjattu" not in page
    _everywhere_again()
    with CaptureQueriesContext(connection) as twice:
        listed(boss)
    assert len(once) == len(twice)


def _everywhere_again() -> None:
    for link in BrokenLink.objects.all():
        link.pk, link.address = None, f"{OLD}/2"
        link.save()


def test_a_row_says_what_is_wrong_and_where(boss: Client) -> None:
    project = ProjectFactory(title_fi="Pyörätiet & <katu>")
    material = MaterialFactory(project=project, title_fi="Opas", url=OLD)
    broken(material, "url", project=project)
    page = listed(boss)
    assert "Pyörätiet &amp; &lt;katu&gt;" in page
    assert "Aineisto ”Opas”, osoite" in page
    assert "Sivua ei löydy (404)" in page
    assert f'<a href="{OLD}" rel="noopener noreferrer">{OLD}</a>' in page
    link = BrokenLink.objects.get()
    alone = boss.get(f"{LIST}{link.pk}/change/").content.decode()
    assert "Aineisto ”Opas”, osoite" in alone and "#section-materials" in alone


def test_an_address_that_is_mended_says_so_until_the_next_check(boss: Client) -> None:
    project = ProjectFactory(implements_url="https://uusi.example.fi/")
    broken(project, "implements_url", project=project)
    gone = MaterialFactory(project=project, url=OLD)
    broken(gone, "url", project=project)
    gone.delete()
    assert listed(boss).count("Korjattu tai poistettu") == 2


def test_what_gets_a_second_chance_is_not_told(boss: Client) -> None:
    project = ProjectFactory(implements_url=OLD)
    broken(project, "implements_url", project=project, is_told=False)
    assert OLD not in listed(boss)
    assert worklist(UserFactory(superuser=True)).broken_links == 0


# --- who ------------------------------------------------------------------------------------------


def coordinator(**reach: Any) -> User:
    user = UserFactory()
    for name, rows in reach.items():
        getattr(user, name).set(rows)
    return user


def sees(user: User) -> set[BrokenLink]:
    found = set(BrokenLink.objects.filter(brokenlink_in_reach_q(user)))
    assert found == {link for link in BrokenLink.objects.all() if can_mend(user, link)}
    assert worklist(user).broken_links == len(found)
    return found


@pytest.fixture
def town() -> Municipality:
    return MunicipalityFactory()


@pytest.fixture
def joint(town: Municipality) -> Project:
    return ProjectFactory(municipalities=[town, MunicipalityFactory()])


def test_in_a_joint_project_one_mends_the_own_tasks(
    client: Client, town: Municipality, joint: Project
) -> None:
    own = TaskFactory(project=joint, municipality=town, body_fi=RICH)
    other = TaskFactory(project=joint, body_fi=RICH)
    mine = broken(own, "body_fi", project=joint, municipality=town)
    broken(other, "body_fi", project=joint)
    broken(joint, "description_fi", project=joint)
    user = coordinator(municipalities=[town])
    assert sees(user) == {mine}
    client.force_login(user)
    page = listed(client)
    assert page.count(OLD) == 2  # its address and its words
    assert f"/admin/projects/project/{joint.pk}/change/#section-own" in page
    assert len(sees(coordinator(projects=[joint]))) == 3


def test_areas_bodies_and_examples_are_mended_by_those_who_edit_them(town: Municipality) -> None:
    region = RegionFactory()
    project = ProjectFactory(municipalities=[town])
    body = OrganisationFactory(municipality=town, kind="municipality")
    practice = GoodPracticeFactory(project=project)
    page = Page.objects.create(title_fi="Sivu", slug="sivu", body_fi=RICH)
    of_town = broken(town, "website", municipality=town)
    of_body = broken(body, "website", organisation=body)
    of_practice = broken(practice, "how_fi", practice=practice)
    of_region = broken(region, "website", region=region)
    of_site = broken(page, "body_fi")
    assert sees(coordinator(municipalities=[town])) == {of_town, of_body, of_practice}
    assert sees(coordinator(regions=[region])) == {of_region}
    assert sees(coordinator(projects=[project])) == {of_practice}
    assert sees(coordinator(viewed_regions=[region])) == set()
    assert of_site in sees(UserFactory(superuser=True))
    assert not can_mend(UserFactory(is_staff=False), of_town)


def test_the_front_page_and_the_reminder_tell_how_many(client: Client, town: Municipality) -> None:
    user = coordinator(municipalities=[town])
    client.force_login(user)
    assert "ei johda mihinkään" not in client.get("/admin/").content.decode()
    project = ProjectFactory(municipalities=[town], draft=True)
    broken(project, "implements_url", project=project)
    page = client.get("/admin/").content.decode()
    assert "1 linkki sivuillasi ei johda mihinkään" in page
    assert f'href="{LIST}"' in page
    digest = digest_for(user, timezone.localdate())
    assert digest and digest.links == "1 linkki sivuillasi ei johda mihinkään"
    assert digest.broken.endswith(LIST)
    BrokenLink.objects.all().delete()
    digest = digest_for(user, timezone.localdate())
    assert digest and not digest.links
