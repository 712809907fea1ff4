"""A refused page of the admin says so in its title, takes the keyboard and leads to each field."""

from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from projects.models import Project, ProjectDraft, Task
from tests.factories import (
    MeetingFactory,
    MunicipalityFactory,
    ProjectFactory,
    RegionFactory,
    TaskFactory,
    UserFactory,
)
from tests.projects.test_drafts import at, drafted

pytestmark = pytest.mark.django_db
DUE = date(2026, 1, 1)


class Shown(HTMLParser):
    """The elements of a page by their ids, and the ids that its list of problems leads to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: dict[str, dict[str, Any]] = {}
        self.targets: list[str] = []
        self._listing = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids[found.get("id") or ""] = found
        self._listing = self._listing or found.get("id") == "problems"
        if self._listing and tag == "a":
            self.targets.append(found["href"].removeprefix("#"))

    def handle_endtag(self, tag: str) -> None:
        self._listing = self._listing and tag != "ul"


def is_told(response: Any) -> list[str]:
    """The fields that the list on top leads to, each marked and described by its error."""
    html = response.content.decode()
    assert "<title>Virhe:" in html.replace("\n", "")
    page = Shown(html)
    assert {"tabindex", "autofocus"} <= set(page.ids["problems"])
    assert page.targets
    for target in page.targets:
        assert page.ids[target].get("aria-invalid") == "true", target
        described = page.ids[target]["aria-describedby"].split()
        assert set(described) <= set(page.ids), described
    return page.targets


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(UserFactory(superuser=True))
    return client


@pytest.fixture
def task() -> Task:
    project = ProjectFactory(municipalities=[MunicipalityFactory()], regions=[RegionFactory()])
    return TaskFactory(project=project, due_date=DUE)


def test_board(boss: Client, task: Task) -> None:
    url = reverse("admin:projects_project_board", args=[task.project_id])
    assert is_told(boss.post(url, {"do": "add"})) == ["id_new-title_fi"]
    odd = {"do": "done", "task": task.pk, "was": task.state, f"done{task.pk}-on": "x"}
    response = boss.post(url, odd)
    assert is_told(response) == [f"id_done{task.pk}-on"]
    assert response.context["problems"][0].about.startswith(task.title)


def test_work_list(boss: Client, task: Task) -> None:
    key = f"move{task.pk}"
    odd = {"do": "move", "task": task.pk, f"{key}-was": DUE.isoformat(), f"{key}-to": "x"}
    found = is_told(boss.post(reverse("admin:worklist"), odd))
    assert found == [f"id_{key}-to", f"id_{key}-reason"]


def test_stages(boss: Client, task: Task) -> None:
    key = f"p{task.project_id}"
    odd = {
        f"{key}-stage": "planning", f"{key}-start_date": "2.1.2026", f"{key}-end_date": "1.1.2026",
    }  # fmt: skip
    url = f"{reverse('admin:projects_project_stages')}?project={task.project_id}"
    assert is_told(boss.post(url, odd)) == [f"id_{key}-end_date"]


@pytest.mark.parametrize(
    ("page", "field", "label"),
    [("copy", "title", "Uuden hankkeen nimi"), ("take_tasks", "source", "Hanke, jonka tehtävät")],
)
def test_copying(boss: Client, task: Task, page: str, field: str, label: str) -> None:
    url = reverse(f"admin:projects_project_{page}", args=[task.project_id])
    response = boss.post(url, {"start": ""})
    assert is_told(response) == [f"id_{field}"]
    assert response.context["problems"][0].about.startswith(label)


def test_pasting(boss: Client, task: Task) -> None:
    url = reverse("admin:projects_project_paste", args=[task.project_id])
    terms = {"category": "other", "state": "planned"}
    for text in ("", "1.1.2026\tpaljon"):
        assert is_told(boss.post(url, {"text": text, "_preview": "1", **terms})) == ["id_text"]


def test_links_of_a_meeting(boss: Client) -> None:
    url = reverse("admin:municipalities_meeting_links", args=[MeetingFactory().pk])
    assert is_told(boss.post(url, {"until": "x"})) == ["id_until"]


def test_files(boss: Client) -> None:
    assert "id_file" in is_told(boss.post(reverse("admin:sheets"), {"_read": "1"}))


def test_publishing_later(boss: Client, task: Task) -> None:
    drafted(boss, task.project, title_fi="Uusi nimi")
    draft = ProjectDraft.objects.select_related("project").get()
    odd = {"do": "schedule", "version": draft.seen, "publish_at_0": "x", "publish_at_1": "9.00"}
    assert is_told(boss.post(at("draft", task.project), odd)) == ["id_publish_at_0"]


def test_returning_a_draft_without_a_word(boss: Client) -> None:
    region = RegionFactory(requires_review=True)
    project: Project = ProjectFactory(regions=[region])
    asker, other = Client(), UserFactory()
    writer = UserFactory()
    for user in (writer, other):
        user.regions.add(region)
    asker.force_login(writer)
    drafted(asker, project, "_ask", title_fi="Uusi nimi")
    boss.force_login(other)
    draft = ProjectDraft.objects.select_related("project").get()
    odd = {"do": "return", "version": draft.seen, "_note": " "}
    assert is_told(boss.post(at("draft", project), odd)) == ["id_note"]
