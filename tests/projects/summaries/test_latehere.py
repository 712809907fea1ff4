"""What is late in a municipality stands on its page by name, with whom to ask."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from municipalities.enums import RegionKind
from municipalities.models import Municipality
from projects.enums import Activity, Stage
from projects.models import Contact, Project, RegionCoordinator, Task
from projects.summaries import municipality_summary
from projects.summaries.agenda import FEW
from projects.summaries.latehere import Late
from tests.factories import (
    ContactFactory,
    MunicipalityFactory,
    ProjectContactFactory,
    ProjectFactory,
    RegionFactory,
    TaskFactory,
)
from tests.municipalities.reading import read, words
from tests.projects.summaries.reading import TODAY, YESTERDAY

pytestmark = pytest.mark.django_db


def late(place: Municipality) -> Late:
    return municipality_summary(place, TODAY).late


def coordinated(place: Municipality, **fields: object) -> Contact:
    region = RegionFactory(members=[place], **fields)
    return RegionCoordinator.objects.create(region=region, contact=ContactFactory()).contact


def test_joint_tasks_and_its_own_but_nobody_elses(akaa: Municipality, urjala: Municipality) -> None:
    project = ProjectFactory(municipalities=[akaa, urjala])
    joint = TaskFactory(project=project, due_date=YESTERDAY)
    own = TaskFactory(project=project, due_date=TODAY - timedelta(days=9), municipality=akaa)
    TaskFactory(project=project, due_date=YESTERDAY, municipality=urjala)
    TaskFactory(project=project, due_date=TODAY)
    TaskFactory(project=project, due_date=YESTERDAY, done=True)
    for over in ({"activity": Activity.CANCELLED}, {"stage": Stage.COMPLETED}):
        gone = ProjectFactory(municipalities=[akaa])
        TaskFactory(project=gone, due_date=YESTERDAY)
        Project.objects.filter(pk=gone.pk).update(**over)
    rows = late(akaa).tasks
    assert [(row.task, row.days, row.municipality) for row in rows] == [
        (own, 9, akaa), (joint, 1, None),
    ]  # fmt: skip
    assert len(rows) == municipality_summary(akaa, TODAY).tasks.late


def test_tasks_of_a_merged_municipality_are_those_of_the_one_it_is_now(akaa: Municipality) -> None:
    merged = MunicipalityFactory(successor=akaa, valid_until=TODAY - timedelta(days=900))
    project = ProjectFactory(municipalities=[merged])
    TaskFactory(project=project, due_date=YESTERDAY, municipality=merged)
    assert [row.municipality for row in late(akaa).tasks] == [akaa]


def test_only_the_longest_late_are_named(akaa: Municipality) -> None:
    project = ProjectFactory(municipalities=[akaa])
    for days in range(FEW + 2):
        TaskFactory(project=project, due_date=YESTERDAY - timedelta(days=days))
    found = municipality_summary(akaa, TODAY)
    assert [row.days for row in found.late.tasks] == list(range(FEW + 2, 2, -1))
    assert found.tasks.late == FEW + 2


def test_projects_past_their_end_are_late_too(akaa: Municipality) -> None:
    old = ProjectFactory(municipalities=[akaa], end_date=TODAY - timedelta(days=30))
    ProjectFactory(municipalities=[akaa], end_date=TODAY)
    found = late(akaa)
    assert [(row.project, row.days) for row in found.past] == [(old, 30)]
    assert found.past_total == 1


def test_the_primary_contact_is_asked_else_the_nearest_coordinator(akaa: Municipality) -> None:
    coordinated(akaa, county=True)
    near = coordinated(akaa, kind=RegionKind.COOPERATION)
    led, unled = (ProjectFactory(municipalities=[akaa]) for _ in range(2))
    lead = ProjectContactFactory(project=led, is_primary=True).contact
    ProjectContactFactory(project=unled)
    for project in (led, unled):
        TaskFactory(project=project, due_date=YESTERDAY)
    asked = {row.project: (row.asked.contact, row.asked.is_coordinator) for row in late(akaa).tasks}
    assert asked == {led: (lead, False), unled: (near, True)}
    Contact.objects.update(valid_until=YESTERDAY)
    assert [row.asked for row in late(akaa).tasks] == [None, None]


def test_the_page_says_it_and_what_was_done_is_a_list(
    client: Client, akaa: Municipality, urjala: Municipality
) -> None:
    county = RegionFactory(county=True, members=[akaa, urjala])
    project = ProjectFactory(municipalities=[akaa, urjala], title_fi="Vaaka")
    project.participations.filter(municipality=akaa).update(stage=Stage.COMPLETED)
    day = timezone.localdate() - timedelta(days=8)
    TaskFactory(project=project, title_fi="Yhteenveto", due_date=day)
    TaskFactory(project=project, municipality=urjala, due_date=day)
    html = read(client, akaa.get_absolute_url())
    text = words(html)
    assert "Mikä on myöhässä" in text
    assert "Yhteenveto Vaaka yhteinen 8 päivää" in text
    assert "1 valmiina" in text
    assert "Koko hankkeen aikataulu: Myöhässä" in text
    tasks = f"{county.get_absolute_url()}tehtavat/"
    done = f"{tasks}?tila=tehty&amp;kunta=akaa"
    assert f'href="{done}"' in html
    assert html.index("kunnat/akaa/raportti/") < html.index("Mikä on myöhässä")
    Task.objects.update(due_date=None)
    text = words(read(client, urjala.get_absolute_url()))
    assert "Mikä on myöhässä" not in text


def test_the_headline_adds_up_in_words(client: Client, akaa: Municipality) -> None:
    kinds = (Stage.IDEA, Stage.DECIDED, Stage.PLANNING, Stage.COMPLETED)
    for stage in kinds:
        ProjectFactory(municipalities=[akaa], stage=stage)
    ProjectFactory(municipalities=[akaa], activity=Activity.PAUSED)
    text = words(read(client, akaa.get_absolute_url()))
    assert "1 käynnissä, 2 ei vielä käynnissä, 1 valmiina, 1 tauolla" in text
