"""What was decided and what became of it: on the region's page and in its list of tasks."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from climateportal.publishing import PublicationState
from municipalities.models import Meeting, Region
from projects.models import Project
from tests.factories import (
    DecisionFactory,
    MeetingFactory,
    MembershipFactory,
    ProjectFactory,
    RegionFactory,
    SteeringGroupFactory,
    TaskFactory,
    UserFactory,
)
from tests.municipalities.reading import read, words

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
PAGE, TASKS = "/en/regions/alue/", "/en/regions/alue/tasks/"


@pytest.fixture
def region() -> Region:
    return RegionFactory(slug="alue")


@pytest.fixture
def project(region: Region) -> Project:
    return ProjectFactory(regions=[region])


@pytest.fixture
def held(region: Region) -> Meeting:
    """A public meeting of ten days ago."""
    return MeetingFactory(
        group=SteeringGroupFactory(region=region, name_fi="Ryhmä"),
        date=TODAY - timedelta(days=10),
        publication=PublicationState.PUBLISHED,
        published_at=timezone.now() - timedelta(days=9),
    )


def section(client: Client, page: str = PAGE) -> str:
    html = read(client, page)
    found = re.search(r'<section aria-labelledby="paatokset">.*?</section>', html, re.S)
    return words(found.group()) if found else ""


class TestDecisions:
    """Those of the last public meeting, on the region's page."""

    def test_each_with_what_became_of_it(
        self, client: Client, held: Meeting, project: Project
    ) -> None:
        late = TaskFactory(project=project, title_fi="Myöhä", due_date=TODAY - timedelta(days=3))
        done = TaskFactory(project=project, title_fi="Tehty", done=True)
        for title, outcome, task in (
            ("Yksi", "approved", late), ("Kaksi", "amended", done),
            ("Kolme", "noted", None), ("Neljä", "", None),
        ):  # fmt: skip
            DecisionFactory(meeting=held, title_fi=title, outcome=outcome, follow_up=task)
        told = section(client)
        assert "Yksi Approved Myöhä 3 days late due" in told
        assert "Kaksi Approved with changes Tehty Done" in told
        assert "Kolme Noted none" in told
        assert "Neljä No decision was recorded none" in told
        assert (
            f'href="{project.get_absolute_url()}#tehtava-{late.pk}"'
            in client.get(PAGE).content.decode()
        )

    def test_nothing_of_meetings_and_projects_that_are_not_public(
        self, client: Client, held: Meeting, region: Region
    ) -> None:
        draft = ProjectFactory(regions=[region], draft=True)
        hidden = TaskFactory(project=draft, title_fi="Salatehtävä")
        DecisionFactory(meeting=held, title_fi="Asia", outcome="approved", follow_up=hidden)
        later = MeetingFactory(group=held.group, date=TODAY - timedelta(days=1))
        DecisionFactory(meeting=later, title_fi="Sala-asia", outcome="approved")
        told = section(client)
        assert "Asia Approved none" in told
        assert "Sala" not in read(client, PAGE)

    def test_a_meeting_of_long_ago_is_not_told(self, client: Client, held: Meeting) -> None:
        DecisionFactory(meeting=held, title_fi="Asia", outcome="approved")
        Meeting.objects.update(date=TODAY - timedelta(days=400))
        assert section(client) == ""


class TestLateTasks:
    """A late task that follows from a decision says so."""

    @pytest.mark.parametrize("page", [PAGE, TASKS, f"{TASKS}?tila=myohassa"])
    def test_in_which_meeting_it_was_decided(
        self, client: Client, held: Meeting, project: Project, page: str
    ) -> None:
        task = TaskFactory(project=project, due_date=TODAY - timedelta(days=3))
        DecisionFactory(meeting=held, outcome="approved", follow_up=task)
        assert "decided in the meeting on" in words(read(client, page))

    @pytest.mark.parametrize("page", [PAGE, TASKS])
    @pytest.mark.parametrize("hidden", ["draft meeting", "no decision yet"])
    def test_not_of_what_nobody_may_know(
        self, client: Client, held: Meeting, project: Project, page: str, hidden: str
    ) -> None:
        task = TaskFactory(project=project, due_date=TODAY - timedelta(days=3))
        outcome = "approved" if hidden == "draft meeting" else ""
        DecisionFactory(meeting=held, outcome=outcome, follow_up=task)
        if hidden == "draft meeting":
            Meeting.objects.update(publication=PublicationState.DRAFT)
        assert "decided in the meeting" not in read(client, page)


class TestBand:
    """What the head of the page says of meetings."""

    def test_when_the_group_meets_next_and_met_last(self, client: Client, held: Meeting) -> None:
        coming = MeetingFactory(group=held.group, date=TODAY + timedelta(days=9))
        html = read(client, PAGE)
        band = html[: html.index('<dl class="figures')]
        assert "Next meeting" in band
        assert f'href="#ryhma-{held.group_id}"' in band
        assert f"/alue/meetings/{held.date.isoformat()}/" in band
        client.force_login(MembershipFactory(group=held.group, user=UserFactory()).user)
        html = client.get(PAGE).content.decode()
        assert f"/alue/meetings/{coming.date.isoformat()}/" in html[: html.index("<dl class=")]
        assert "Sign in to read it" not in html

    def test_a_member_elsewhere_is_not_asked_to_sign_in_again(
        self, client: Client, held: Meeting
    ) -> None:
        MeetingFactory(group=held.group, date=TODAY + timedelta(days=9))
        assert "Sign in to read it" in read(client, PAGE)
        client.force_login(UserFactory())
        html = client.get(PAGE).content.decode()
        assert "for the members of the group" in html
        assert "Sign in to read it" not in html

    @pytest.mark.usefixtures("project")
    def test_that_there_is_no_group(self, client: Client) -> None:
        assert "The region has no steering group." in words(read(client, PAGE))
        assert "so it has no meetings" in words(read(client, "/en/regions/alue/meetings/"))
