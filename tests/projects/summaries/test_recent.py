"""What a region's page says has happened: work, lateness, costs and measurements of a year."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from projects.models import Expense
from projects.summaries import region_summary
from projects.summaries.recent import FEW
from tests.factories import (
    GoalFactory,
    MeasurementFactory,
    MunicipalityFactory,
    ProjectFactory,
    RegionFactory,
    TaskFactory,
)
from tests.municipalities.reading import words

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def ago(days: int) -> object:
    return TODAY - timedelta(days=days)


def test_what_went_late_what_was_told_and_measured_and_nothing_of_long_ago(client: Client) -> None:
    akaa = MunicipalityFactory(name_fi="Akaa")
    region = RegionFactory(slug="alue", members=[akaa])
    project = ProjectFactory(municipalities=[akaa], budget=10, money_as_of=ago(2))
    Expense.objects.create(project=project, date=ago(4), amount="3", state="paid")
    TaskFactory(project=project, title_fi="Viivästynyt", due_date=ago(4))
    TaskFactory(project=project, title_fi="Valmis", done=True, completed_at=ago(5))
    TaskFactory(project=project, title_fi="Muinainen", done=True, completed_at=ago(400))
    for owner in ({"region": region}, {"municipality": akaa}):
        goal = GoalFactory(project=None, unit_fi="kg", **owner)
        MeasurementFactory(goal=goal, value=7, date=ago(6))
        MeasurementFactory(goal=goal, value=9, date=ago(500))
    html = client.get("/alueet/alue/").content.decode()
    told = words(html[html.index('id="muutokset"') : html.index('id="tulossa"')] if 'id="tulossa"'
                 in html else html[html.index('id="muutokset"') :])  # fmt: skip
    places = [
        told.index(part)
        for part in ("Kulut ilmoitettu: käytetty 3 € budjetista 10 €", "Myöhästyi: Viivästynyt",
                     "Tehty: Valmis", "Mitattu: ")
    ]  # fmt: skip
    assert places == sorted(places)
    assert told.count("Mitattu: 7 kg") == 2
    assert "Mitattu: 7 kg, Akaa. " in told
    assert "Muinainen" not in told


def test_a_goal_measured_in_many_places_is_told_once(client: Client) -> None:
    akaa = MunicipalityFactory(name_fi="Akaa")
    region = RegionFactory(slug="alue", members=[akaa])
    goal = GoalFactory(project=None, region=region, text_fi="Vähemmän")
    MeasurementFactory(goal=goal, municipality=akaa, value=7, date=ago(6))
    MeasurementFactory(goal=goal, value=8, date=ago(6))
    (told,) = region_summary(region, TODAY).recent
    assert (told.value, told.municipality) == (8, None)
    MeasurementFactory(goal=goal, municipality=akaa, value=9, date=ago(5))
    (told,) = region_summary(region, TODAY).recent
    assert (told.value, told.municipality) == (9, akaa)


def test_the_newest_late_tasks_are_news_and_the_longest_late_are_listed() -> None:
    region = RegionFactory()
    project = ProjectFactory(regions=[region])
    for days in range(1, 30):
        TaskFactory(project=project, due_date=ago(days + 1))
    summary = region_summary(region, TODAY)
    assert [row.days for row in summary.agenda.late] == [30, 29, 28, 27, 26, 25]
    assert summary.recent[0].on == ago(1)
    assert len(summary.recent) == FEW
