"""The admin in Chromium: accessible in every mode, sections, errors, languages, the whole way."""

import re

import pytest
from playwright.sync_api import expect

from climateportal.models import User
from projects.models import Project, StageChange
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
from tests.browser.answered import ORIGIN
from tests.factories import (
    ContactFactory,
    MunicipalityFactory,
    OrganisationFactory,
    ProjectContactFactory,
    ProjectFactory,
    RegionFactory,
    ThemeFactory,
    UserFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_pages_have_no_faults_that_a_machine_can_see(
    opened: Opener, boss: User, project: Project
) -> None:
    assert faults(opened("/tunnus/kirjaudu/?next=/admin/")) == []
    page = opened("/admin/", boss)
    assert faults(page) == []
    contact = project.project_contacts.get().contact
    for path in (
        "/admin/projects/project/",
        "/admin/projects/project/?q=hanke&stage__exact=implementation",
        f"/admin/projects/project/{project.pk}/history/",
        f"/admin/projects/project/{project.pk}/delete/",
        f"/admin/projects/contact/{contact.pk}/change/",
        "/admin/projects/contact/",
        "/admin/projects/expense/",
        f"/admin/projects/expense/{project.expenses.get().pk}/change/",
        f"/admin/projects/project/{project.pk}/paste/",
        f"/admin/municipalities/municipality/{project.municipalities.first().pk}/change/",
        f"/admin/municipalities/region/{project.regions.get().pk}/change/",
        "/admin/municipalities/organisation/add/",
        "/admin/climateportal/page/add/",
        "/admin/climateportal/notice/add/",
        "/admin/climateportal/user/add/",
        f"/admin/climateportal/user/{boss.pk}/change/",
        "/admin/password_change/",
    ):
        page.goto(ORIGIN + path)
        start_editors(page)
        assert faults(page) == [], path


def test_the_project_form_has_no_faults_in_any_state(
    opened: Opener, boss: User, project: Project
) -> None:
    page = opened(change(project), boss)
    start_editors(page)
    assert faults(page) == []
    slugs = page.eval_on_selector_all(".form-section", "all => all.map(one => one.id.slice(8))")
    for slug in slugs:
        section = f"#section-{slug}"
        page.set_viewport_size({"width": 1280, "height": 900})
        go_to(page, slug)
        for fold in page.locator(f"{section} details:not([open]) > summary").all():
            if fold.is_visible():
                fold.click()
        for button in page.locator(f"{section} .add-row a").all():
            button.click()
        start_editors(page, section)
        assert faults(page, section) == [], slug
    page.locator("[data-switch=sv]").click()
    go_to(page, "tasks")
    start_editors(page, "#tasks-0")
    assert faults(page, "#tasks-0") == []


def test_the_project_form_with_errors_has_no_faults(
    opened: Opener, boss: User, project: Project
) -> None:
    page = opened(change(project), boss)
    page.locator("#id_title_fi").fill("")
    page.locator("input[name=_save]").click()
    expect(page.locator("#problems")).to_be_focused()
    start_editors(page)
    assert faults(page) == []
    for slug in ("tasks", "people"):
        go_to(page, slug)
        assert faults(page, f"#section-{slug}") == [], slug


# --- sections, errors, languages ------------------------------------------------------------------


def test_one_section_at_a_time_and_back_to_it_after_saving(
    opened: Opener, boss: User, project: Project
) -> None:
    page = opened(change(project), boss)
    assert page.locator(".form-section:visible").count() == 1
    go_to(page, "goals")
    assert page.locator(".form-section:visible").count() == 1
    assert page.locator(".sections a[aria-current]").inner_text() == (
        page.locator("#section-goals .section-title").inner_text()
    )
    page.locator("input[name=_continue]").click()
    page.wait_for_url(re.compile(r"/change/#section-goals$"))
    expect(page.locator("#section-goals #told")).to_be_focused()
    page.reload()
    expect(page.locator("#section-goals .section-title")).to_be_focused()
    page.locator(".sections button").click()
    assert page.locator(".form-section:visible").count() == 9


def test_errors_take_the_keyboard_and_lead_to_fields_in_other_sections_and_languages(
    opened: Opener, boss: User, project: Project
) -> None:
    page = opened(change(project), boss)
    page.locator("#id_title_fi").fill("")
    go_to(page, "tasks")
    page.locator("#tasks-1 summary").first.click()
    page.locator("#id_tasks-1-state").select_option("done")
    page.locator("[data-switch=sv]").click()
    page.locator("input[name=_save]").click()
    expect(page.locator("#problems")).to_be_focused()
    assert page.title().startswith("Virhe:")
    page.locator("[data-switch=sv]").click()
    page.locator("#problems a").first.click()
    expect(page.locator("#id_title_fi")).to_be_focused()
    page.locator("#problems a").last.click()
    expect(page.locator("#id_tasks-1-completed_at")).to_be_focused()
    expect(page.locator("#section-basics")).to_be_hidden()
    described = page.locator("#id_tasks-1-completed_at").get_attribute("aria-describedby")
    for name in described.split():
        assert page.locator(f"#{name}").count() == 1


def test_languages_are_switched_for_the_whole_form_and_what_is_missing_is_counted(
    opened: Opener, boss: User, project: Project
) -> None:
    page = opened(change(project), boss)
    expect(page.locator("#id_title_fi")).to_be_visible()
    expect(page.locator("#id_title_sv")).to_be_hidden()
    swedish, english = page.locator("[data-switch=sv]"), page.locator("[data-switch=en]")
    # title, lead, description, both tasks' titles, one body, one goal, one of them in Swedish
    assert "6" in swedish.locator(".state").inner_text()
    assert "7" in english.locator(".state").inner_text()
    swedish.click()
    expect(swedish).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#id_title_fi")).to_be_hidden()
    assert page.locator("#id_title_sv").get_attribute("lang") == "sv"
    page.locator("#id_title_sv").fill("Gemensamt projekt")
    assert "5" in swedish.locator(".state").inner_text()
    go_to(page, "tasks")
    page.locator("#tasks-1 summary").first.click()
    expect(page.locator("#id_tasks-1-title_sv")).to_be_visible()
    expect(page.locator("#id_tasks-1-title_fi")).to_be_hidden()
    add_row(page, "tasks")
    expect(page.locator("#id_tasks-2-title_sv")).to_be_focused()
    page.locator("#tasks-2 .inline-deletelink").click()
    page.locator("input[name=_save]").click()
    is_saved(page)
    project.refresh_from_db()
    assert (project.title_sv, project.title_fi) == ("Gemensamt projekt", "Yhteinen hanke")


def test_without_scripts_everything_is_there_and_is_saved(
    opened: Opener, boss: User, project: Project
) -> None:
    page = opened(change(project), boss, script=False)
    assert page.locator(".form-section:visible").count() == 9
    for name in ("title_fi", "title_sv", "title_en", "description_sv", "internal_notes"):
        expect(page.locator(f"#id_{name}")).to_be_visible()
    assert "ruotsi" in page.locator("label[for=id_title_sv]").inner_text()
    page.locator("#id_description_sv").fill("<p>Beskrivning</p>")
    page.locator("input[name=_save]").click()
    is_saved(page)
    project.refresh_from_db()
    assert project.description_sv == "<p>Beskrivning</p>"
    assert project.description_fi == "<p>Kuvaus</p>"


def test_pick_lists_and_calendars_are_heard_and_work_by_keyboard(
    opened: Opener, boss: User, project: Project
) -> None:
    ThemeFactory(name_fi="Energia")
    chosen = project.themes.get().name
    page = opened(change(project), boss)
    field, heard = page.get_by_role("combobox", name="Teemat"), page.locator("#aloud")
    field.press_sequentially("Energ")
    option = page.get_by_role("option", name="Energia")
    expect(option).to_be_visible()
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    field.press("Enter")
    expect(heard).to_have_text("Valittu: Energia")
    page.get_by_role("button", name=f"Poista: {chosen}").press("Enter")
    expect(heard).to_have_text(f"Poistettu: {chosen}")
    expect(page.get_by_role("button", name="Poista: Energia")).to_be_focused()
    go_to(page, "progress")
    shortcut = page.get_by_role("button", name="Valitse päivämäärä: Päättyy")
    page.set_viewport_size({"width": 790, "height": 900})  # where the calendar is at the edge
    shortcut.press("Space")
    calendar = page.get_by_role("dialog", name="Valitse päivämäärä: Päättyy")
    expect(calendar.locator("td a:focus")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    calendar.locator(".calendar-cancel a").press("Tab")
    expect(calendar.get_by_role("link", name="Edellinen kuukausi")).to_be_focused()
    page.keyboard.press("Escape")
    expect(calendar).to_be_hidden()
    expect(shortcut).to_be_focused()


def test_what_has_the_keyboard_is_not_behind_the_row_of_buttons(
    opened: Opener, boss: User, project: Project
) -> None:
    page = opened(change(project) + "#section-progress", boss)
    page.set_viewport_size({"width": 1280, "height": 720})
    expect(page.locator("#section-progress .section-title")).to_be_focused()
    row = page.locator(".submit-row").evaluate("row => row.getBoundingClientRect().top")
    reached = 0
    while not page.evaluate("document.activeElement.matches('.submit-row *')"):
        page.keyboard.press("Tab")
        box = page.evaluate("document.activeElement.getBoundingClientRect().toJSON()")
        assert box["bottom"] <= row or page.evaluate(
            "document.activeElement.matches('.submit-row *')"
        )
        reached += 1
    assert reached > 10


def test_what_is_beside_the_point_is_out_of_the_way(
    opened: Opener, boss: User, project: Project
) -> None:
    page = opened(change(project) + "#section-progress", boss)
    reason = page.locator("#id_activity_reason_fi")
    expect(reason).to_be_hidden()
    page.locator("#id_activity").select_option("paused")
    expect(reason).to_be_visible()
    reason.fill("Rahoitus puuttuu")
    page.locator("#id_activity").select_option("active")
    expect(reason).to_be_visible()  # something is written in it


def test_the_keyboard_alone_is_enough(opened: Opener, boss: User, project: Project) -> None:
    ContactFactory(name="Aino Esimerkki", organisation=None)
    page = opened("/admin/projects/project/add/", boss)
    expect(page.locator("#id_title_fi")).to_be_focused()
    page.keyboard.type("Uusi hanke")
    for title in ("Eteneminen", "Kunnat ja ihmiset"):
        page.locator(".next-section a:visible").press("Enter")
        expect(page.locator(".section-title:visible")).to_have_text(title)
        expect(page.locator(".section-title:visible")).to_be_focused()
    page.locator("#project_contacts-group .add-row a").press("Enter")
    expect(page.locator("#project_contacts-0 .select2-selection")).to_be_focused()
    page.keyboard.type("Aino")  # opens the list and goes to its search, from the first letter on
    expect(page.locator(".select2-search__field:focus")).to_have_value("Aino")
    expect(page.locator(".select2-results__option--highlighted")).to_have_text("Aino Esimerkki")
    page.keyboard.press("Enter")
    expect(page.locator("#project_contacts-0 .select2-selection")).to_be_focused()
    expect(page.locator("#project_contacts-0 .inline_label")).to_have_text("Aino Esimerkki")


def test_what_is_about_to_be_clicked_does_not_move(
    opened: Opener, boss: User, project: Project
) -> None:
    """What depends on a text comes with its first letter, not when it is left for a button."""
    page = opened(change(project) + "#section-tasks", boss, width=360)
    add_row(page, "tasks")
    precision = page.locator("#id_tasks-2-due_precision")
    expect(precision).to_be_hidden()
    page.locator("#id_tasks-2-due_date").press("3")
    expect(precision).to_be_visible()


def test_rows_are_ordered_by_buttons(opened: Opener, boss: User, project: Project) -> None:
    page = opened(change(project) + "#section-tasks", boss)
    page.locator("#tasks-1 [data-step='-1']").focus()
    page.keyboard.press("Enter")
    page.locator("input[name=_save]").click()
    is_saved(page)
    assert [task.title_fi for task in project.tasks.all()] == ["Toinen", "Ensimmäinen"]


# --- the whole way --------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1280, 360])
def test_a_new_joint_project_from_the_front_page_to_the_public_page(
    opened: Opener, width: int
) -> None:
    for name in ("Akaa", "Pälkäne", "Urjala"):
        MunicipalityFactory(name_fi=name)
    area = RegionFactory(name_fi="Etelä-Pirkanmaa", members=[MunicipalityFactory(name_fi="Sysmä")])
    contact = ContactFactory(name="Aino Esimerkki", organisation=OrganisationFactory())
    ProjectContactFactory(project=ProjectFactory(regions=[area]), contact=contact)
    coordinator = UserFactory()
    coordinator.regions.add(area)
    page = opened("/admin/", coordinator, width=width)
    page.locator(".model-project .addlink").click()
    page.locator("#id_title_fi").fill("Lämpöä hukkaamatta")
    page.locator("#id_summary_fi").fill("Kolme kuntaa ottaa hukkalämmön talteen.")
    rich(page, "description_fi").click()
    page.keyboard.type("Hukkalämpö riittää tuhansille.")
    go_to(page, "progress")
    page.locator("#id_stage").select_option("planning")
    page.locator("#id_start_date").fill("1.5.2026")
    page.locator("#id_end_date").fill("30.6.2028")
    go_to(page, "people")
    chosen = page.locator(".field-more_municipalities .select2-selection")
    for name in ("Akaa", "Pälkäne"):
        pick(page, chosen, name)
    expect(page.locator(".field-regions .select2-selection")).to_contain_text("Etelä-Pirkanmaa")
    add_row(page, "project_contacts")
    pick(page, page.locator("#project_contacts-0 .field-contact .select2-selection"), "Aino")
    page.locator("#id_project_contacts-0-is_primary").check()
    go_to(page, "goals")
    for number, text in enumerate(("Häviöt puoleen", "Yksi hankinta")):
        add_row(page, "goals")
        page.locator(f"#id_goals-{number}-text_fi").fill(text)
    go_to(page, "tasks")
    for number, (text, day) in enumerate((("Kartoitus", "30.9.2026"), ("Kilpailutus", ""))):
        add_row(page, "tasks")
        page.locator(f"#id_tasks-{number}-title_fi").fill(text)
        page.locator(f"#id_tasks-{number}-due_date").fill(day)
    assert page.locator("#tasks-0 .inline_label").inner_text() == "Kartoitus"
    page.locator("input[name=_publish]").click()
    page.wait_for_url(re.compile(r"/\d+/change/"))
    made = Project.objects.get(slug="lampoa-hukkaamatta")
    assert made.is_public()
    assert {str(place) for place in made.municipalities.all()} == {"Akaa", "Pälkäne"}
    assert [goal.text_fi for goal in made.goals.all()] == ["Häviöt puoleen", "Yksi hankinta"]
    assert [task.title_fi for task in made.tasks.all()] == ["Kartoitus", "Kilpailutus"]
    assert StageChange.objects.get(project=made).by == coordinator
    page.locator(".messagelist a").last.click()
    expect(page.locator("h1")).to_have_text("Lämpöä hukkaamatta")
    expect(page.locator("main")).to_contain_text("Aino Esimerkki")


def test_a_contact_is_added_on_the_spot(opened: Opener, boss: User, project: Project) -> None:
    page = opened(change(project) + "#section-people", boss)
    add_row(page, "project_contacts")
    with page.expect_popup() as opening:
        page.locator("#project_contacts-1 .add-related").click()
    popup = opening.value
    popup.locator("#id_name").fill("Uusi Henkilö")
    popup.locator("input[name=_save]").click()
    shown = page.locator("#project_contacts-1 .field-contact .select2-selection")
    expect(shown).to_contain_text("Uusi Henkilö")
    page.locator("input[name=_save]").click()
    is_saved(page)
    assert project.project_contacts.filter(contact__name="Uusi Henkilö").exists()


def test_leaving_with_unsaved_changes_is_asked_about(
    opened: Opener, boss: User, project: Project
) -> None:
    page = opened(change(project), boss)
    page.locator("#id_title_fi").fill("Toinen nimi")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator(".breadcrumbs a").first.click()
    page.wait_for_url(re.compile(r"/admin/$"))
    assert asked == ["beforeunload"]
