"""What a history says: saves, before and after, in words."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from climateportal.models import Page, User
from projects.actions import complete_task, editing
from projects.models import Participation, Project, Theme
from tests.climateportal.adminworld import address
from tests.factories import (
    ExpenseFactory,
    GoalFactory,
    MeasurementFactory,
    MunicipalityFactory,
    ProjectFactory,
    TaskFactory,
    ThemeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client: Client) -> User:
    user = UserFactory(superuser=True, first_name="Kaisa", last_name="Virta")
    client.force_login(user)
    return user


def _told(client: Client, obj: models.Model, **query: str) -> list[list[str]]:
    """For each save what it says: “title | field: before → after”."""
    page = client.get(address(type(obj), "history", obj.pk), query)
    found = []
    for save in page.context["saves"]:
        lines = []
        for step in save.steps:
            changes = [item.change for item in step.changes] if step.act == "changed" else []
            lines += [f"{step.title} | {c.label}: {c.before} → {c.after}" for c in changes]
            lines += [f"{step.act} | {step.title}"] if not changes else []
        found.append(lines)
    return found


def test_a_save_of_the_form_is_one_save_with_its_rows(client: Client, boss: User) -> None:
    from tests.adminforms import controls

    with time_machine.travel(timezone.now() - timedelta(days=1)):
        project = ProjectFactory(title_fi="Ennen", themes=[ThemeFactory(name_fi="Energia")])
        TaskFactory(project=project, title_fi="Kartoitus")
    url = address(Project, "change", project.pk)
    data = controls(client.get(url), "project_form")
    data |= {"title_fi": "Nyt", "budget": "1 000,50", "themes": [], "tasks-0-due_date": "1.5.2030"}
    assert client.post(url, data | {"_save": "1"}).status_code == 302
    newest = _told(client, project)[0]
    assert newest == [
        "Nyt | Nimi (suomi): Ennen → Nyt",
        "Nyt | Budjetti:  → 1\u00a0000,50\u00a0€",
        "Nyt | Teemat: Energia → ",
        "Tehtävä: Kartoitus | Määräpäivä:  → 1.5.2030",
    ]
    page = client.get(address(Project, "history", project.pk))
    assert page.context["saves"][0].who == "Kaisa Virta"


def test_choices_days_and_yes_are_words(client: Client, boss: User) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=1)):
        task = TaskFactory(project=ProjectFactory(), title_fi="Kartoitus")
    complete_task(task=task, by=boss, on=date(2026, 3, 1))
    assert _told(client, task.project)[0] == [
        "Tehtävä: Kartoitus | Tila: Käynnissä → Tehty",
        "Tehtävä: Kartoitus | Tehty:  → 1.3.2026",
    ]
    with editing(project=task.project, by=boss, at=timezone.now() + timedelta(days=1)) as project:
        project.is_ongoing = True
    assert _told(client, task.project)[0][0].endswith(": ei → kyllä")


def test_rows_of_rows_name_their_owner(client: Client, boss: User) -> None:
    goal = GoalFactory(project=ProjectFactory(), text_fi="Päästöt puoleen")
    MeasurementFactory(goal=goal, date=date(2026, 3, 1))
    lines = [line for save in _told(client, goal.project) for line in save]
    assert any(line.endswith(": Päästöt puoleen: 1.3.2026") for line in lines)


def test_a_deleted_row_keeps_its_name(client: Client, boss: User) -> None:
    project = ProjectFactory()
    place = MunicipalityFactory(name_fi="Akaa")
    row = Participation.objects.create(project=project, municipality=place)
    pk = row.pk
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        row.delete()
    assert _told(client, project)[0] == ["deleted | Osallistuva kunta: Akaa"]
    page = client.get(address(Project, "history", project.pk))
    assert f"part=participation-{pk}" in page.content.decode()


def test_internal_fields_are_left_out(client: Client, boss: User) -> None:
    project = ProjectFactory()
    with editing(project=project, by=boss, at=timezone.now() + timedelta(hours=1)):
        project.summary_fi = "Uusi"
    newest = _told(client, project)[0]
    assert [line.split(" | ")[1] for line in newest] == [
        "Ingressi (suomi): Hankkeen ingressi. → Uusi"
    ]


def test_a_save_without_changes_says_so(client: Client, boss: User) -> None:
    project = ProjectFactory()
    with editing(project=project, by=boss, at=timezone.now() + timedelta(hours=1)):
        pass
    assert _told(client, project)[0] == []
    page = client.get(address(Project, "history", project.pk)).content.decode()
    assert "Tallennettu ilman muutoksia." in page


def test_rich_text_is_compared_by_words_for_eyes_and_ears(client: Client, boss: User) -> None:
    project = ProjectFactory(description_fi="<p>Kunta säästää energiaa.</p>")
    with editing(project=project, by=boss, at=timezone.now() + timedelta(hours=1)):
        project.description_fi = "<p>Kunta säästää <script>paljon</script>rahaa.</p>"
    page = client.get(address(Project, "history", project.pk)).content.decode()
    assert '<del><span class="visually-hidden">[poistettu: </span>energiaa.' in page
    assert '<ins><span class="visually-hidden">[lisätty: </span>rahaa.' in page
    assert "<script>paljon" not in page


def test_a_new_order_of_many_rows_is_one_line(client: Client, boss: User) -> None:
    project = ProjectFactory()
    tasks = [TaskFactory(project=project, order=n) for n in range(4)]
    with editing(project=project, by=boss, at=timezone.now() + timedelta(hours=1)) as edited:
        for task in tasks:
            task.order = 10 - task.order
            task._history_date = edited._history_date
            task._history_user = boss
            task.save()
    assert _told(client, project)[0] == ["moved | Tehtävät: järjestys muuttui"]


def test_saves_of_two_people_at_once_are_two(client: Client, boss: User) -> None:
    other = UserFactory(first_name="Toinen", last_name="Tekijä")
    project = ProjectFactory()
    at = timezone.now() + timedelta(hours=1)
    for number, user in enumerate((boss, other)):
        moment = at + timedelta(milliseconds=number)
        with editing(project=project, by=user, at=moment) as edited:
            edited.title_fi = f"Nimi {number}"
    page = client.get(address(Project, "history", project.pk))
    assert [save.who for save in page.context["saves"][:2]] == ["Toinen Tekijä", "Kaisa Virta"]


def test_the_history_is_narrowed_down(client: Client, boss: User) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=9)):
        project = ProjectFactory()
    task = TaskFactory(project=project)
    with editing(project=project, by=boss, at=timezone.now() + timedelta(hours=1)):
        project.title_fi = "Uusi nimi"
    assert len(_told(client, project)) == 3
    assert len(_told(client, project, by=str(boss.pk))) == 1
    form = client.get(address(Project, "history", project.pk)).context["form"]
    kinds = dict(form["kind"].field.choices)
    tasks = next(str(key) for key, words in kinds.items() if words == "Tehtävät")
    assert _told(client, project, kind=tasks) == [[f"added | Tehtävä: {task.title_fi}"]]
    since = (timezone.localdate() - timedelta(days=1)).strftime("%d.%m.%Y")
    assert len(_told(client, project, since=since)) == 2
    for odd in ({"by": "x"}, {"kind": "99"}, {"since": "eilen"}, {"page": "0"}, {"page": "x"}):
        assert len(_told(client, project, **odd)) == 3, odd


def test_pages_of_history_take_the_same_queries(client: Client, boss: User) -> None:
    """For 1 and for 30 rows of each kind, written in as many saves."""

    def count(rows: int) -> int:
        project = ProjectFactory(municipalities=[MunicipalityFactory()], themes=[ThemeFactory()])
        for number in range(rows):
            at = timezone.now() + timedelta(hours=number + 1)
            with time_machine.travel(at):
                TaskFactory(project=project, municipality=MunicipalityFactory())
                MeasurementFactory(goal=GoalFactory(project=project))
                ExpenseFactory(project=project)
                project.title_fi = f"Nimi {number}"
                project.save()
                project.themes.set([ThemeFactory()])
        url = address(Project, "history", project.pk)
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    assert count(1) == count(8)


def test_a_long_history_has_pages(client: Client, boss: User) -> None:
    theme = ThemeFactory()
    start = timezone.now()
    for number in range(25):
        theme.name_fi = f"Teema {number}"
        theme._history_date = start + timedelta(minutes=number)
        theme.save()
    first = client.get(address(Theme, "history", theme.pk))
    assert len(first.context["saves"]) == 20
    second = client.get(address(Theme, "history", theme.pk), {"page": "2"})
    assert len(second.context["saves"]) == 5  # made in the first of 25 moments
    assert 'href="?page=2"' in first.content.decode()


@pytest.mark.parametrize("make", [
    lambda: Page.objects.create(title_fi="Sivu", slug="sivu"),
    MunicipalityFactory, ThemeFactory, UserFactory,
])  # fmt: skip
def test_other_objects_have_a_history_too(client: Client, boss: User, make: object) -> None:
    obj = make()
    assert client.get(address(type(obj), "history", obj.pk)).status_code == 200


def test_the_public_history_stays_simple(client: Client, boss: User) -> None:
    """Only stages, days and places: no author, no before and after of texts."""
    project = ProjectFactory(title_fi="Hanke")
    with editing(project=project, by=boss, at=timezone.now() + timedelta(hours=1)):
        project.summary_fi = "Aivan uusi ingressi"
    client.logout()
    page = client.get(project.get_absolute_url()).content.decode()
    assert "Kaisa Virta" not in page
    assert "Hankkeen ingressi." not in page
