"""Where a region asks for a second pair of eyes nobody publishes alone, whatever they send."""

from typing import Any, NamedTuple

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from climateportal.models import User
from climateportal.publishing import PublicationState
from municipalities.models import Region
from projects.actions import complete_task, refresh
from projects.models import Goal, Project, ProjectDraft, Task
from projects.review import needs_review, needs_review_q, reviewers
from projects.summaries.reviews import reviews
from tests.adminforms import controls, row, saved
from tests.factories import (
    GoalFactory,
    MunicipalityFactory,
    ProjectFactory,
    RegionFactory,
    TaskFactory,
    UserFactory,
)
from tests.projects.sheets.files import checked, csv, faults
from tests.projects.test_drafts import at, form_of

pytestmark = pytest.mark.django_db
ADD = "/admin/projects/project/add/"


class World(NamedTuple):
    """A region that asks for it, with two coordinators; a project of its municipality."""

    region: Region
    project: Project
    asker: User
    other: User
    mine: Client
    theirs: Client


@pytest.fixture
def world() -> World:
    place = MunicipalityFactory(name_fi="Akaa")
    region = RegionFactory(members=[place], requires_review=True, name_fi="Seutu")
    asker = UserFactory(first_name="Aino", last_name="Kysyjä", language="fi")
    other = UserFactory(first_name="Tove", last_name="Granskare", language="sv")
    clients = []
    for user in (asker, other):
        user.regions.add(region)
        clients.append(Client())
        clients[-1].force_login(user)
    project = ProjectFactory(title_fi="Hanke", municipalities=[place])
    return World(region, project, asker, other, *clients)


def send(client: Client, project: Project, button: str, **changes: Any) -> Any:
    return saved(client, at("change", project), form_of(client, project) | changes, button)


def decide(client: Client, project: Project, do: str, **more: Any) -> Any:
    waiting = ProjectDraft.objects.select_related("project").get()
    return client.post(at("draft", project), {"do": do, "version": waiting.seen, **more})


# --- which projects ------------------------------------------------------------------------------


def test_a_project_needs_it_through_its_region_or_its_municipality(world: World) -> None:
    direct, free = ProjectFactory(regions=[world.region]), ProjectFactory()
    for project, needed in ((world.project, True), (direct, True), (free, False)):
        assert needs_review(project.pk) == needed
        assert Project.objects.filter(needs_review_q(), pk=project.pk).exists() == needed


def test_the_rule_is_the_administrators_to_make(world: World) -> None:
    url = reverse("admin:municipalities_region_change", args=[world.region.pk])
    data = controls(world.mine.get(url), "region_form")
    data.pop("requires_review", None)
    world.mine.post(url, {**data, "_save": "1"})
    world.region.refresh_from_db()
    assert world.region.requires_review


# --- an attacker with a coordinator's account ----------------------------------------------------


@pytest.mark.parametrize("button", ["_save", "_continue", "_confirm", "_publish", "_addanother"])
def test_no_button_changes_a_public_page_alone(world: World, button: str) -> None:
    page = Client().get(world.project.get_absolute_url()).content
    send(world.mine, world.project, button, title_fi="Yksin julkaistu")
    assert Client().get(world.project.get_absolute_url()).content == page
    assert ProjectDraft.objects.get().as_sent()["title_fi"] == "Yksin julkaistu"  # nothing lost


def test_an_administrator_does_not_publish_alone_either(world: World) -> None:
    boss = Client()
    boss.force_login(UserFactory(superuser=True))
    send(boss, world.project, "_save", title_fi="Yksin")
    assert Project.objects.get().title_fi == "Hanke"


@pytest.mark.parametrize(
    "forged",
    [
        {"_publish": "1"},
        {"publication": "published"},
        {"publication": "published", "published_at_0": "1.1.2031", "published_at_1": "12.00"},
    ],
)
def test_a_new_project_is_saved_but_not_published(world: World, forged: dict[str, str]) -> None:
    data = controls(world.mine.get(ADD), "project_form")
    place = world.project.municipalities.get()
    regions: dict[str, Any] = {"regions": [], "more_municipalities": [place.pk]}
    data |= {"title_fi": "Uusi hanke", **regions, **forged}
    response = world.mine.post(ADD, {**data, "_save": "1"}, follow=True)
    project = Project.objects.get(title_fi="Uusi hanke")
    assert project.publication == PublicationState.DRAFT
    assert project.municipalities.get() == place
    told = list(map(str, response.context["messages"]))
    assert any("ei julkaistu" in words for words in told)
    assert not any("Kaikki näkevät" in words for words in told)


def test_a_region_is_not_taken_away_to_publish_and_put_back(world: World) -> None:
    project = ProjectFactory(draft=True, regions=[world.region], municipalities=[])
    own = MunicipalityFactory()
    world.asker.municipalities.add(own)
    data = form_of(world.mine, project) | {"regions": [], "more_municipalities": [own.pk]}
    saved(world.mine, at("change", project), data, "_publish")
    project.refresh_from_db()
    assert project.publication == PublicationState.DRAFT
    Project.objects.filter(pk=project.pk).update(
        publication="published", published_at=project.created_at
    )
    data = form_of(world.mine, project) | {"regions": [world.region.pk]}
    response = world.mine.post(at("change", project), {**data, "_save": "1"})
    assert response.status_code == 409
    assert response.context["refusal"].kind == "alone"
    assert not project.regions.exists()


def test_the_asker_does_not_decide(world: World) -> None:
    send(world.mine, world.project, "_ask", title_fi="Uusi")
    for do in ("approve", "return", "publish"):
        assert decide(world.mine, world.project, do, _note="x").status_code == 403
    assert Project.objects.get().title_fi == "Hanke"
    assert ProjectDraft.objects.get().asked_at
    assert "Hyväksy ja julkaise" not in world.mine.get(at("draft", world.project)).content.decode()


def test_whoever_writes_into_what_was_asked_does_not_publish_it(world: World) -> None:
    send(world.mine, world.project, "_ask", title_fi="Uusi")
    send(world.theirs, world.project, "_draft", title_fi="Toisen teksti")
    assert decide(world.theirs, world.project, "approve").status_code == 403
    send(world.theirs, world.project, "_ask", title_fi="Toisen teksti")
    assert decide(world.theirs, world.project, "approve").status_code == 403
    decide(world.mine, world.project, "approve")
    assert Project.objects.get().title_fi == "Toisen teksti"


def test_a_projects_contact_and_a_towns_coordinator_do_not_decide(world: World) -> None:
    send(world.mine, world.project, "_ask", title_fi="Uusi")
    for relation in ("projects", "municipalities"):
        user, client = UserFactory(), Client()
        target = world.project if relation == "projects" else world.project.municipalities.get()
        getattr(user, relation).add(target)
        client.force_login(user)
        assert decide(client, world.project, "approve").status_code == 403
        assert not reviews(user).to_decide
    assert Project.objects.get().title_fi == "Hanke"


def test_no_earlier_state_comes_back_alone(world: World) -> None:
    moment = world.project.history.latest().history_date.isoformat()
    Project.objects.get().save()
    url = at("restore", world.project) + f"?at={moment.replace('+', '%2B')}"
    for method in (world.mine.get, world.mine.post):
        assert method(url).url == at("change", world.project)
    goal = GoalFactory(project=world.project)
    url = reverse("admin:projects_goal_restore", args=[goal.pk]) + f"?at={moment}"
    assert world.mine.post(url).status_code == 302


def test_a_goal_of_a_public_page_is_measured_and_not_rewritten(world: World) -> None:
    goal = GoalFactory(project=world.project, text_fi="Tavoite", unit_fi="kpl")
    url = reverse("admin:projects_goal_change", args=[goal.pk])
    data = controls(world.mine.get(url), "goal_form") | {"text_fi": "Yksin kirjoitettu"}
    data |= {"measurements-0-value": "5", "measurements-0-date": "1.1.2026"}
    saved(world.mine, url, data)
    goal.refresh_from_db()
    assert (goal.text_fi, goal.measurements.count()) == ("Tavoite", 1)
    assert world.mine.post(url.replace("change", "delete"), {"post": "yes"}).status_code == 403
    new = controls(world.mine.get("/admin/projects/goal/add/"), "goal_form")
    new |= {"text_fi": "Uusi tavoite", "project": world.project.pk, "_save": "1"}
    assert world.mine.post("/admin/projects/goal/add/", new).status_code == 200
    assert Goal.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "lines", "refused"),
    [
        ("task", ["Numero;Tehtävä", "{task};Yksin"], True),
        ("task", ["Hanke;Tehtävä", "{slug};Uusi"], True),
        ("task", ["Numero;Tila;Valmistunut", "{task};Tehty;1.1.2026"], False),
        ("project", ["Numero;Nimi (suomi)", "{project};Yksin"], True),
        ("goal", ["Hanke;Tavoite (suomi)", "{slug};Yksin"], True),
    ],
)
def test_no_file_changes_a_public_page_alone(
    world: World, kind: str, lines: list[str], refused: bool
) -> None:
    task = TaskFactory(project=world.project, due_date=None)
    keys = {"task": task.pk, "slug": world.project.slug, "project": world.project.pk}
    data = csv(*(line.format(**keys) for line in lines))
    told = " ".join(map(str, faults(checked(kind, data, world.asker)).values()))
    assert ("Toinen henkilö tarkistaa" in told) == refused, told


def test_the_board_moves_tasks_and_writes_no_texts_alone(world: World) -> None:
    task = TaskFactory(project=world.project, state="not_started")
    seen = {"task": task.pk, "was": "not_started"}
    page = world.mine.get(at("board", world.project)).content.decode()
    assert "Toinen henkilö" in page
    for do in ("add", "cancel"):
        assert f'value="{do}"' not in page
        typed = {"new-title_fi": "Yksin", f"cancel{task.pk}-reason": "Yksin"}
        sent = world.mine.post(at("board", world.project), {"do": do, **seen, **typed})
        assert sent.status_code == 403
    other = TaskFactory(title_fi="Yksin").project
    sent = world.mine.post(at("take_tasks", world.project), {"source": other.pk})
    assert sent.status_code == 403
    assert [row.state for row in world.project.tasks.all()] == ["not_started"]
    world.mine.post(at("board", world.project), {"do": "start", **seen})
    assert [row.state for row in world.project.tasks.all()] == ["in_progress"]


def test_tasks_of_a_project_that_is_not_public_are_written_freely(world: World) -> None:
    draft = ProjectFactory(draft=True, municipalities=world.project.municipalities.all())
    world.mine.post(at("board", draft), {"do": "add", "new-title_fi": "Uusi"})
    assert draft.tasks.get().title_fi == "Uusi"


def test_a_towns_coordinator_writes_facts_of_the_own_part_and_no_texts(world: World) -> None:
    town = MunicipalityFactory()
    project = ProjectFactory(municipalities=[town, *world.project.municipalities.all()])
    task = TaskFactory(project=project, municipality=town, title_fi="Tehtävä", due_date=None)
    user, client = UserFactory(), Client()
    user.municipalities.add(town)
    client.force_login(user)
    data = form_of(client, project)
    prefix = next(name for name in data if name.startswith("tasks") and name.endswith("-0-state"))
    prefix = prefix.removesuffix("state")
    data |= {f"{prefix}title_fi": "Yksin", f"{prefix}state": "done",
             f"{prefix}completed_at": "1.1.2026"}  # fmt: skip
    data = row(data, prefix.split("-")[0], title_fi="Uusi", state="in_progress",
               due_precision="day", completed_precision="day", order=9)  # fmt: skip
    saved(client, at("change", project), data)
    task.refresh_from_db()
    assert (task.title_fi, task.state) == ("Tehtävä", "done")
    assert project.tasks.count() == 1


# --- the way it goes -----------------------------------------------------------------------------


def test_another_coordinator_looks_and_publishes(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send(world.mine, world.project, "_ask", title_fi="Uusi nimi", _note="Onko näin hyvä?")
    (letter,) = mail.outbox
    assert letter.to == [world.other.email]
    assert "Onko näin hyvä?" in letter.body
    assert letter.subject.startswith("Ilmastohankkeet: Väntar på")
    assert [row.project for row in reviews(world.other).to_decide] == [world.project]
    assert [row.project for row in reviews(world.asker).waiting] == [world.project]
    front = world.theirs.get("/admin/").content.decode()
    assert at("draft", world.project) in front
    page = world.theirs.get(at("draft", world.project))
    assert {item.change.name for step in page.context["steps"] for item in step.changes} == {
        "title_fi"
    }
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        decide(world.theirs, world.project, "approve")
    project = Project.objects.get()
    assert project.title_fi == "Uusi nimi"
    record = project.history.latest()
    assert record.history_user == world.other
    assert record.history_change_reason == "draft by: Aino Kysyjä"
    assert not ProjectDraft.objects.exists()
    (letter,) = mail.outbox
    assert letter.to == [world.asker.email]
    assert project.get_absolute_url() in letter.body
    assert letter.subject == "Ilmastohankkeet: Julkaistu: Uusi nimi"


def test_a_returned_draft_comes_back_with_its_note(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    send(world.mine, world.project, "_ask", title_fi="Uusi nimi")
    answer = decide(world.theirs, world.project, "return", _note="  ")
    assert answer.status_code == 422
    assert ProjectDraft.objects.get().asked_at
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        decide(world.theirs, world.project, "return", _note="Korjaa nimi.")
    (letter,) = mail.outbox
    assert letter.to == [world.asker.email]
    assert "Korjaa nimi." in letter.body
    assert [row.return_note for row in reviews(world.asker).returned] == ["Korjaa nimi."]
    assert "Korjaa nimi." in world.mine.get("/admin/").content.decode()
    page = world.mine.get(at("change", world.project)).content.decode()
    assert "Korjaa nimi." in page
    assert "Uusi nimi" in page
    send(world.mine, world.project, "_ask", title_fi="Parempi nimi")
    decide(world.theirs, world.project, "approve")
    assert Project.objects.get().title_fi == "Parempi nimi"


def test_a_new_project_is_published_as_it_was_asked(world: World) -> None:
    project = ProjectFactory(draft=True, title_fi="Uusi", regions=[world.region])
    refresh(project=project)
    send(world.mine, project, "_ask")
    assert ProjectDraft.objects.get().sent == ""
    seen = ProjectDraft.objects.select_related("project").get().seen
    send(world.theirs, project, "_save", title_fi="Muutettu")
    answer = world.theirs.post(at("draft", project), {"do": "approve", "version": seen})
    project.refresh_from_db()
    assert (answer.status_code, project.publication) == (302, "draft")
    decide(world.theirs, project, "approve")  # seen, but not what was asked about
    project.refresh_from_db()
    assert project.publication == "draft"
    send(world.mine, project, "_ask", title_fi="Muutettu")
    decide(world.theirs, project, "approve")
    project.refresh_from_db()
    assert project.is_public()
    assert not ProjectDraft.objects.exists()


def test_the_weekly_round_shows_at_once(world: World) -> None:
    task: Task = TaskFactory(project=world.project)
    send(world.mine, world.project, "_ask", title_fi="Uusi nimi")
    data = {"do": "done", "task": task.pk, f"done{task.pk}-on": "1.1.2026"}
    world.mine.post(reverse("admin:worklist"), data)
    task.refresh_from_db()
    assert task.state == "done"
    decide(world.theirs, world.project, "approve")
    task.refresh_from_db()
    assert (Project.objects.get().title_fi, task.state) == ("Uusi nimi", "done")


def test_what_both_changed_is_returned_not_published(world: World) -> None:
    task = TaskFactory(project=world.project, title_fi="Tehtävä", due_date=None)
    data = {"tasks-0-state": "cancelled", "tasks-0-cancel_reason_fi": "Ei tarvita."}
    send(world.mine, world.project, "_ask", **data)
    complete_task(task=task, by=world.other)
    decide(world.theirs, world.project, "approve")
    task.refresh_from_db()
    assert task.state == "done"
    assert ProjectDraft.objects.exists()


def test_administrators_are_asked_where_a_region_has_one_coordinator(world: World) -> None:
    world.other.regions.clear()
    boss = UserFactory(superuser=True)
    assert reviewers(world.project, world.asker) == [boss]
    send(world.mine, world.project, "_ask", title_fi="Uusi")
    assert [row.project for row in reviews(boss).to_decide] == [world.project]
    boss.delete()
    page = world.mine.get(at("change", world.project))
    data = {**form_of(world.mine, world.project), "_ask": "1"}
    page = world.mine.post(at("change", world.project), data, follow=True)
    assert any("Kukaan muu" in str(words) for words in page.context["messages"])
