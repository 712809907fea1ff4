"""Never lose work, in Chromium: two editors, an ended session, a double click, leaving a form."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from climateportal.models import Session, User
from projects.models import Project
from tests.browser.adminpages import (
    Opener,
    add_row,
    change,
    faults,
    go_to,
    is_saved,
    pick,
    rich,
    start_editors,
)
from tests.factories import MunicipalityFactory, OrganisationFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
PASSWORD = "hyvin-pitkä-salasana"


def save(page: Page) -> None:
    page.locator("input[name=_save]").click()


@pytest.mark.parametrize("script", [True, False])
def test_two_editors_and_nothing_is_lost(
    opened: Opener, boss: User, project: Project, script: bool
) -> None:
    maija = UserFactory(superuser=True, first_name="Maija", last_name="Meikäläinen")
    theirs = opened(change(project), maija)
    mine = opened(change(project), boss, script=script)
    theirs.locator("#id_title_fi").fill("Heidän nimensä")
    theirs.locator("#id_summary_fi").fill("Heidän ingressinsä")
    rich(theirs, "description_fi").fill("Heidän kuvauksensa")
    save(theirs)
    is_saved(theirs)
    mine.locator("#id_title_fi").fill("Minun nimeni")
    mine.locator("#id_summary_fi").fill("Minun ingressini")
    mine.locator("#id_image_alt_sv").evaluate("box => { box.value = 'Min bild'; }")
    save(mine)
    panel = mine.locator("#refusal")
    expect(panel).to_contain_text("Joku tallensi tämän sillä aikaa, kun muokkasit")
    expect(panel).to_contain_text("Minun nimeni")
    expect(panel).to_contain_text("Heidän nimensä")
    expect(panel).to_contain_text("Maija Meikäläinen")
    expect(panel).to_contain_text("Heidän kuvauksensa")  # not mine, so it is in the form
    expect(mine.locator("#id_title_fi")).to_have_value("Minun nimeni")
    expect(mine.locator("#id_image_alt_sv")).to_have_value("Min bild")
    project.refresh_from_db()
    assert project.title_fi == "Heidän nimensä"
    if script:
        assert mine.evaluate("document.activeElement.id") == "refusal"
        start_editors(mine)
        assert faults(mine) == []
    mine.get_by_role("group", name="Ingressi (suomi)").get_by_label("Nyt tallessa").check()
    save(mine)
    is_saved(mine)
    project.refresh_from_db()
    assert project.title_fi == "Minun nimeni"
    assert project.summary_fi == "Heidän ingressinsä"
    assert project.description_fi == "<p>Heidän kuvauksensa</p>"
    assert project.image_alt_sv == "Min bild"


@pytest.mark.parametrize("script", [True, False])
def test_an_ended_session_lets_the_save_go_on(
    opened: Opener, boss: User, project: Project, script: bool
) -> None:
    boss.set_password(PASSWORD)
    boss.save()
    page = opened(change(project), boss, script=script)
    page.locator("#id_title_fi").fill("Kirjoitettu ennen päättymistä")
    Session.objects.all().delete()
    save(page)
    expect(page.locator(".note.ok")).to_contain_text("kirjoittamasi säilyy")
    page.locator("[name=login]").fill(boss.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button.btn").first.click()
    expect(page.locator("#refusal")).to_contain_text("ei ole vielä tallennettu")
    expect(page.locator("#id_title_fi")).to_have_value("Kirjoitettu ennen päättymistä")
    if script:
        assert faults(page) == []
    save(page)
    is_saved(page)
    project.refresh_from_db()
    assert project.title_fi == "Kirjoitettu ennen päättymistä"


@pytest.mark.parametrize("script", [True, False])
def test_a_double_click_saves_once(opened: Opener, boss: User, script: bool) -> None:
    page = opened("/admin/projects/project/add/", boss, script=script)
    page.locator("#id_title_fi").fill("Kerran vain")
    page.locator("input[name=_save]").dblclick()
    is_saved(page)
    assert Project.objects.filter(title_fi="Kerran vain").count() == 1


# --- leaving ------------------------------------------------------------------------------------


def asks(page: Page) -> bool:
    """Whether leaving the form is asked about; leaves it."""
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator(".breadcrumbs a").first.click()
    page.wait_for_url("**/admin/")
    return asked == ["beforeunload"]


def type_and_take_back(page: Page) -> None:
    page.locator("#id_title_fi").fill("Muu")
    page.locator("#id_title_fi").fill("Yhteinen hanke")
    editor = rich(page, "description_fi")
    editor.click()
    page.keyboard.type("x")
    page.keyboard.press("Backspace")


def type_rich(page: Page) -> None:
    rich(page, "description_fi").click()
    page.keyboard.type("Lisää")


def pick_one(page: Page) -> None:
    OrganisationFactory(name_fi="Ylläpitäjä")
    go_to(page, "afterlife")
    pick(page, page.locator(".field-maintainer .select2-selection"), "Ylläpitäjä")


def pick_several(page: Page) -> None:
    MunicipalityFactory(name_fi="Sysmä")
    go_to(page, "people")
    pick(page, page.locator(".field-more_municipalities .select2-selection"), "Sysmä")


def choose_file(page: Page) -> None:
    page.locator("#id_image").set_input_files(
        files=[{"name": "kuva.png", "mimeType": "image/png", "buffer": b"x"}]
    )


def type_new_row(page: Page) -> None:
    go_to(page, "goals")
    add_row(page, "goals")
    page.locator("#id_goals-1-text_fi").fill("Uusi tavoite")


def move_row(page: Page) -> None:
    go_to(page, "tasks")
    page.locator("#tasks-1 [data-step='-1']").click()


def see_every_editor(page: Page) -> None:
    start_editors(page)


def be_refused(page: Page) -> None:
    go_to(page, "progress")
    page.locator("#id_start_date").fill("keväällä")
    page.keyboard.press("Enter")  # the keyboard saves too
    expect(page.locator("#problems")).to_be_focused()


@pytest.mark.parametrize(
    ("do", "is_asked"),
    [
        (see_every_editor, False),
        (type_and_take_back, False),
        (type_rich, True),
        (pick_one, True),
        (pick_several, True),
        (choose_file, True),
        (type_new_row, True),
        (move_row, True),
        (be_refused, True),
    ],
)
def test_leaving_is_asked_about_when_something_would_be_lost(
    opened: Opener, boss: User, project: Project, do: Callable[[Page], None], is_asked: bool
) -> None:
    page = opened(change(project), boss)
    page.wait_for_load_state()
    do(page)
    assert asks(page) == is_asked
