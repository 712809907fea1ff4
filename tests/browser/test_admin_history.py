"""History in Chromium: accessible, by keyboard alone, at the width of a phone."""

import re

import pytest
from playwright.sync_api import expect

from climateportal.models import User
from projects.actions import editing
from projects.models import Project, Task
from tests.browser.adminpages import Opener, faults
from tests.browser.answered import ORIGIN
from tests.climateportal.history.restores import address
from tests.factories import ContactFactory, ProjectContactFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def edited(boss: User, project: Project) -> Project:
    """A project whose text, task and contact were changed or deleted after it was made."""
    long = "Kunta säästää energiaa kaikissa rakennuksissaan ja kertoo siitä asukkaille."
    contact = ContactFactory(name="Pois Lähtenyt")
    ProjectContactFactory(project=project, contact=contact, is_primary=False)
    project.description_fi = f"<p>{long}</p>"
    project.save()
    contact.delete()
    with editing(project=project, by=boss) as changed:
        changed.title_fi = "Muutettu nimi"
        changed.description_fi = f"<p>{long.replace('energiaa', 'rahaa')}</p><p>Lisää.</p>"
        for task in changed.tasks.all()[:1]:
            task._history_date, task._history_user = changed._history_date, boss
            task.delete()
    return changed


@pytest.mark.parametrize("width", [1280, 360])
def test_a_change_is_taken_back_by_keyboard(
    opened: Opener, boss: User, edited: Project, width: int
) -> None:
    page = opened(address(edited, "history"), boss, width=width)
    assert faults(page) == []
    newest = page.locator(".saves > li").first
    expect(newest).to_contain_text("Muutettu nimi")
    expect(newest.locator("del").first).to_contain_text("poistettu: energiaa")
    title = edited.history.earliest().title_fi
    newest.get_by_role("link", name=re.compile(r"Peru tämä muutos\s?: Nimi \(suomi\)")).press(
        "Enter"
    )
    expect(page.locator("h1")).to_have_text("Peru muutos")
    assert faults(page) == []
    expect(page.locator("input[name=part]:checked")).to_have_count(1)
    page.get_by_role("button", name="Palauta rastitut").press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Aiempi tilanne on palautettu")
    assert Project.objects.get(pk=edited.pk).title_fi == title
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_whole_state_says_what_cannot_come_back(
    opened: Opener, boss: User, edited: Project
) -> None:
    page = opened(address(edited, "history"), boss)
    page.locator(".saves a.button").last.press("Enter")
    assert faults(page) == []
    expect(page.locator("body")).to_contain_text("Mitään ei ole vielä muutettu")
    page.get_by_role("button", name="Palauta rastitut").press("Enter")
    if page.locator("#problems").count():
        expect(page.locator("#problems")).to_be_focused()
        assert faults(page) == []
        page.locator("#without").check()
        page.get_by_role("button", name="Palauta rastitut").press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Aiempi tilanne on palautettu")


def test_a_deleted_project_is_found_and_brought_back(
    opened: Opener, boss: User, edited: Project
) -> None:
    pk, tasks = edited.pk, Task.objects.filter(project=edited).count()
    Project.objects.get(pk=pk).delete()
    page = opened("/admin/projects/project/", boss, width=360)
    page.get_by_role("link", name="Poistetut").press("Enter")
    assert faults(page) == []
    page.locator(".saves a.button").first.press("Enter")
    assert faults(page) == []
    page.get_by_role("button", name="Palauta").press("Enter")
    page.wait_for_url(f"{ORIGIN}/admin/projects/project/{pk}/change/")
    assert Task.objects.filter(project=pk).count() == tasks
