"""The task board, copying, order by dragging and room left in texts, in Chromium."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from climateportal.models import User
from projects.models import Project
from tests.browser.adminpages import Opener, change, faults, go_to
from tests.browser.answered import ORIGIN

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def at(name: str, project: Project) -> str:
    return reverse(f"admin:projects_project_{name}", args=[project.pk])


def test_pages_of_board_and_copying_have_no_faults(
    opened: Opener, boss: User, project: Project
) -> None:
    page = opened(at("board", project), boss)
    card = page.locator(".board-card").first
    card.locator("summary", has_text="Peru tehtävä").press("Enter")
    assert faults(page) == []
    for name in ("copy", "take_tasks"):
        page.goto(ORIGIN + at(name, project))
        page.locator("input[type=submit]").click()
        expect(page.locator("#problems")).to_be_visible()
        assert faults(page) == [], name


def test_stage_and_dates_of_many_without_scripts(
    opened: Opener, boss: User, project: Project
) -> None:
    address = f"{reverse('admin:projects_project_stages')}?project={project.pk}"
    page = opened(address, boss, width=360, script=False)
    page.get_by_label("Alkaa").fill("1.1.2020")
    page.get_by_label("Päättyy").fill("1.1.1999")
    with page.expect_navigation():
        page.get_by_role("button", name="Tallenna kaikki rivit").press("Enter")
    expect(page.locator(".board-row .errorlist")).to_contain_text("Päättymispäivä on ennen")
    page = opened(address, boss)
    assert faults(page) == []


def test_a_task_is_moved_by_keyboard_and_without_scripts(
    opened: Opener, boss: User, project: Project
) -> None:
    page = opened(at("board", project), boss, width=360, script=False)

    def press(name: str) -> None:
        """And open the board again: `answered` stays where a page without scripts leads to."""
        with page.expect_navigation():
            page.get_by_role("button", name=re.compile(name)).press("Enter")
        page.goto(ORIGIN + at("board", project))

    page.get_by_label("Uusi tehtävä suomeksi").fill("Taulun tehtävä")
    press("^Lisää tehtävä")
    press("^Aloita.*Taulun tehtävä")
    started = page.get_by_role("region", name="Käynnissä")
    expect(started.get_by_role("heading", name="Taulun tehtävä")).to_be_visible()


def test_rows_are_dragged_to_another_place(opened: Opener, boss: User, project: Project) -> None:
    page = opened(change(project), boss)
    go_to(page, "tasks")
    labels = page.locator("#tasks-group .has_original .inline_label")
    first, second = labels.all_inner_texts()
    handle = page.locator("#tasks-1 .drag-handle")
    handle.drag_to(page.locator("#tasks-0"), target_position={"x": 30, "y": 5})
    assert labels.all_inner_texts() == [second, first]
    page.locator("input[name=_continue]").click()
    page.wait_for_load_state()
    assert [task.title for task in project.tasks.all()] == [second, first]


def test_rows_are_moved_added_and_removed_without_losing_the_keyboard(
    opened: Opener, boss: User, project: Project
) -> None:
    page = opened(change(project) + "#section-tasks", boss)
    heard = page.locator("#aloud")
    page.get_by_role("button", name="Siirrä alas: Ensimmäinen").press("Enter")
    expect(page.get_by_role("button", name="Siirrä ylös: Ensimmäinen")).to_be_focused()
    expect(heard).to_have_text("Ensimmäinen, 2/2")
    page.get_by_role("button", name="Lisää tehtävä").press("Space")
    expect(page.locator("#id_tasks-2-title_fi")).to_be_focused()
    page.keyboard.type("Kolmas")
    expect(page.get_by_role("button", name="Siirrä ylös: Kolmas")).to_be_visible()
    page.get_by_role("button", name="Poista: Kolmas").press("Space")
    expect(page.locator("#tasks-group summary", has_text="Ensimmäinen")).to_be_focused()
    expect(heard).to_have_text("Poistettu: Kolmas")


def test_little_room_is_told(opened: Opener, boss: User, project: Project) -> None:
    page = opened(change(project), boss)
    title = page.locator("#id_title_fi")
    title.fill("x" * 60)
    heard = page.locator("#id_title_fi_room + [role=status]")
    expect(heard).to_have_text("")
    title.fill("x" * 133)  # as by pasting
    expect(heard).to_have_text("Merkkejä jäljellä: 7")
    expect(title).to_have_accessible_description(re.compile("Merkkejä jäljellä: 7$"))
    title.press_sequentially("x")
    expect(page.locator("#id_title_fi_room")).to_have_text("Merkkejä jäljellä: 6")
    expect(heard).to_have_text("Merkkejä jäljellä: 7")  # every letter would be too much
    title.fill("x")
    expect(page.locator("#id_title_fi_room")).to_have_text("")


def test_what_came_of_a_press_takes_the_keyboard_beside_its_task(
    opened: Opener, boss: User, project: Project
) -> None:
    page = opened(at("board", project), boss)
    page.get_by_role("button", name="Siirrä alas: Ensimmäinen").press("Enter")
    told = page.get_by_role("group", name="”Ensimmäinen” on nyt paikalla 2/2.")
    expect(told).to_be_focused()
    assert told.evaluate("told => told.parentElement.matches('li.board-card:target')")
    page.get_by_role("button", name="Lisää tehtävä").press("Enter")
    expect(page.locator("#problems")).to_be_focused()
