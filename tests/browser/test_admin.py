"""The admin in Chromium: accessible in every mode, strict policy, editor, languages, sections."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect

from climateportal.models import User
from projects.models import Project, StageChange
from tests.browser.chromium import axe
from tests.factories import (
    ContactFactory,
    GoalFactory,
    MunicipalityFactory,
    OrganisationFactory,
    ProjectContactFactory,
    ProjectFactory,
    RegionFactory,
    TaskFactory,
    ThemeFactory,
    UserFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Opener = Callable[..., Page]
# as Word puts it on the clipboard: conditional comments, its own tags, styles, a list of paragraphs
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!--
p.MsoNormal {mso-style-parent:""; font-family:"Calibri",sans-serif;} --></style></head><body>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings></o:OfficeDocumentSettings></xml><![endif]-->
<h3 style='color:#2F5496'><a name="_Toc1"></a>Otsikko<o:p></o:p></h3>
<p class=MsoNormal style='margin-bottom:8.0pt;line-height:107%'><b><span lang=FI
style='font-size:14.0pt;color:red'>Lihavoitu</span></b><span lang=FI> ja <i>kursiivi</i>,
<a href="https://example.fi/a" target="_blank">linkki</a>.<o:p></o:p></span></p>
<ul type=disc><li class=MsoNormal style='mso-list:l0 level1 lfo1'>Yksi<o:p></o:p></li></ul>
<table class=MsoTableGrid border=1><tr><td width=100 style='border:solid'><p class=MsoNormal>Solu
</p></td></tr></table><p><img src="file:///C:/kuva.png" onerror="alert(1)">
<script>alert(1)</script></p></body></html>"""


@pytest.fixture
def boss() -> User:
    return UserFactory(superuser=True)


@pytest.fixture
def opened(browser: Browser, live_server: Any) -> Iterator[Opener]:
    """Opens an admin page for a user; at the end nothing may have broken the policy or failed."""
    contexts, complaints = [], []

    def open_page(
        path: str, user: User | None = None, width: int = 1280, script: bool = True, **options: Any
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, timezone_id="Europe/Helsinki",
            java_script_enabled=script, **options,
        )  # fmt: skip
        contexts.append(context)
        if user:
            client = Client()
            client.force_login(user)
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
            )
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: complaints.append(message.text) if message.type == "error" else None,
        )
        page.goto(live_server.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints


def rich(page: Page, name: str) -> Locator:
    """The editor of a rich text, once it has started."""
    editor = page.locator(f".field-{name} .ProseMirror[role=textbox]")
    editor.wait_for()
    return editor


def go_to(page: Page, slug: str) -> None:
    menu = page.locator(".sections summary")
    if menu.is_visible():
        menu.click()
    page.locator(f".sections a[href='#section-{slug}']").click()
    expect(page.locator(f"#section-{slug}")).to_be_visible()


def pick(page: Page, box: Locator, text: str) -> None:
    box.click()
    page.keyboard.type(text)
    option = page.locator(".select2-results__option", has_text=text).first
    option.click()


def add_row(page: Page, prefix: str) -> None:
    page.locator(f"#{prefix}-group .add-row a").click()


@pytest.fixture
def project() -> Project:
    """With something in every list."""
    places = [MunicipalityFactory(name_fi="Akaa"), MunicipalityFactory(name_fi="Urjala")]
    project = ProjectFactory(
        title_fi="Yhteinen hanke", description_fi="<p>Kuvaus</p>", municipalities=places,
        regions=[RegionFactory()], themes=[ThemeFactory()],
    )  # fmt: skip
    TaskFactory(project=project, title_fi="Ensimmäinen", title_sv="Första")
    TaskFactory(project=project, title_fi="Toinen", body_fi="<p>Teksti</p>")
    GoalFactory(project=project)
    ProjectContactFactory(project=project, is_primary=True)
    return project


def change(project: Project) -> str:
    return f"/admin/projects/project/{project.pk}/change/"


# --- accessibility --------------------------------------------------------------------------------

MODES = [
    pytest.param({"width": 1280}, id="light"),
    pytest.param({"width": 1280, "color_scheme": "dark"}, id="dark"),
    pytest.param({"width": 320}, id="320"),
    pytest.param({"width": 360, "color_scheme": "dark"}, id="360 dark"),
]


@pytest.mark.parametrize("mode", MODES)
def test_pages_have_no_faults_that_a_machine_can_see(
    opened: Opener, boss: User, project: Project, mode: dict[str, Any]
) -> None:
    assert axe(opened("/admin/login/", **mode)) == []
    page = opened("/admin/", boss, **mode)
    assert axe(page) == []
    base = page.url.removesuffix("/admin/")
    contact = project.project_contacts.get().contact
    for path in (
        "/admin/projects/project/",
        "/admin/projects/project/?q=hanke&stage__exact=implementation",
        f"/admin/projects/project/{project.pk}/history/",
        f"/admin/projects/project/{project.pk}/delete/",
        f"/admin/projects/contact/{contact.pk}/change/",
        "/admin/projects/contact/",
        f"/admin/municipalities/municipality/{project.municipalities.first().pk}/change/",
        f"/admin/municipalities/region/{project.regions.get().pk}/change/",
        "/admin/municipalities/organisation/add/",
        "/admin/climateportal/page/add/",
        "/admin/climateportal/notice/add/",
        "/admin/climateportal/user/add/",
        f"/admin/climateportal/user/{boss.pk}/change/",
        "/admin/password_change/",
    ):
        page.goto(base + path)
        page.wait_for_load_state("networkidle")
        assert axe(page) == [], path
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= mode["width"], f"{path} is wider than the screen"


@pytest.mark.parametrize("mode", MODES)
def test_the_project_form_has_no_faults_in_any_state(
    opened: Opener, boss: User, project: Project, mode: dict[str, Any]
) -> None:
    page = opened(change(project), boss, **mode)
    slugs = page.eval_on_selector_all(".form-section", "all => all.map(one => one.id.slice(8))")
    for slug in slugs:
        go_to(page, slug)
        for fold in page.locator(f"#section-{slug} details:not([open]) > summary").all():
            if fold.is_visible():
                fold.click()
        for button in page.locator(f"#section-{slug} .add-row a").all():
            button.click()
        page.wait_for_timeout(300)
        assert axe(page) == [], slug
        assert page.evaluate("document.documentElement.scrollWidth") <= mode["width"], slug
    page.locator("[data-switch=sv]").click()
    go_to(page, "tasks")
    rich(page, "body_sv:visible").first.wait_for()
    assert axe(page) == []
    page.locator("input[name=_save]").click()  # the empty rows are errors
    page.locator("#problems").wait_for()
    page.wait_for_load_state("networkidle")
    for slug in ("basics", "tasks", "people"):
        go_to(page, slug)
        assert axe(page) == [], f"{slug} with errors"


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
    page.wait_for_url("**#section-goals")
    expect(page.locator("#section-goals")).to_be_visible()
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
    page.wait_for_url("**/admin/projects/project/")
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
    project.refresh_from_db()
    assert project.description_sv == "<p>Beskrivning</p>"
    assert project.description_fi == "<p>Kuvaus</p>"


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


def test_rows_are_ordered_by_buttons(opened: Opener, boss: User, project: Project) -> None:
    page = opened(change(project) + "#section-tasks", boss)
    page.locator("#tasks-1 [data-step='-1']").focus()
    page.keyboard.press("Enter")
    page.locator("input[name=_save]").click()
    page.wait_for_url("**/admin/projects/project/")
    assert [task.title_fi for task in project.tasks.all()] == ["Toinen", "Ensimmäinen"]


# --- the editor -----------------------------------------------------------------------------------


def test_the_editor_has_names_keys_and_a_visible_focus(
    opened: Opener, boss: User, project: Project
) -> None:
    page = opened(change(project), boss)
    editor = rich(page, "description_fi")
    label = page.locator("label[for=id_description_fi]").inner_text()
    assert page.get_by_role("textbox", name=label, exact=True).count() == 1
    toolbar = page.locator(".field-description_fi [role=toolbar]")
    assert label in toolbar.get_attribute("aria-label")
    assert toolbar.locator("button:visible[tabindex='0']").count() == 1
    for button in toolbar.locator("button:visible").all():
        assert button.get_attribute("aria-label") != button.get_attribute("data-name")
    toolbar.locator("button:visible").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(toolbar.locator("[data-name=bold]")).to_be_focused()
    page.locator("label[for=id_description_fi]").click()
    expect(editor).to_be_focused()
    page.keyboard.press("End")
    assert editor.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    page.keyboard.press("Control+b")
    page.keyboard.type(" lihava")
    expect(toolbar.locator("[data-name=bold]")).to_have_attribute("aria-pressed", "true")
    page.locator("input[name=_save]").click()
    page.wait_for_url("**/admin/projects/project/")
    project.refresh_from_db()
    assert project.description_fi == "<p>Kuvaus<strong> lihava</strong></p>"


def test_word_pastes_as_clean_text(opened: Opener, boss: User, project: Project) -> None:
    page = opened(change(project), boss)
    editor = rich(page, "description_fi")
    editor.click()
    page.keyboard.press("Control+a")
    editor.evaluate(
        """(one, html) => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            data.setData("text/plain", "Otsikko");
            one.dispatchEvent(new ClipboardEvent("paste",
                {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        WORD,
    )
    page.locator("input[name=_save]").click()
    page.wait_for_url("**/admin/projects/project/")
    project.refresh_from_db()
    text = project.description_fi
    assert text.startswith("<h3>Otsikko</h3>")
    assert "<strong>Lihavoitu</strong>" in text
    assert "<em>kursiivi</em>" in text
    assert '<a href="https://example.fi/a" rel="noopener">linkki</a>' in text
    assert "<ul><li><p>Yksi" in text
    assert "<td" in text
    for trace in ("Mso", "style", "class", "o:p", "img", "script", "alert", "lang", "target"):
        assert trace not in text, trace


def test_real_clipboard_paste(opened: Opener, boss: User, project: Project) -> None:
    page = opened(change(project), boss, permissions=["clipboard-read", "clipboard-write"])
    editor = rich(page, "description_fi")
    page.evaluate(
        """html => navigator.clipboard.write([new ClipboardItem(
            {"text/html": new Blob([html], {type: "text/html"})})])""",
        WORD,
    )
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+v")
    expect(editor.locator("h3")).to_have_text("Otsikko")
    value = page.locator("#id_description_fi").input_value()
    assert "<strong>Lihavoitu</strong>" in value
    assert "style" not in value


def test_links_and_tables_break_no_policy(opened: Opener, boss: User, project: Project) -> None:
    page = opened(change(project), boss)
    editor = rich(page, "description_fi")
    editor.click()
    page.keyboard.press("Control+a")
    bar = page.locator(".field-description_fi [role=toolbar]")
    bar.locator("[data-name=link]").click()
    dialog = page.locator("dialog.prose-editor-dialog")
    dialog.locator("input").first.fill("https://example.fi")
    assert axe(page, exclude=[]) == []
    dialog.locator("button[type=submit]").click()
    editor.press("Control+End")
    page.keyboard.press("Enter")
    bar.locator("[data-name=table]").click()
    dialog.locator("button[type=submit]").click()
    expect(editor.locator("table")).to_be_visible()
    assert axe(page) == []
    page.locator("input[name=_save]").click()
    page.wait_for_url("**/admin/projects/project/")
    project.refresh_from_db()
    assert '<a href="https://example.fi"' in project.description_fi
    assert "<table>" in project.description_fi


def test_editors_start_only_when_seen(opened: Opener, boss: User, project: Project) -> None:
    page = opened(change(project), boss)
    rich(page, "description_fi")
    assert page.locator(".prose-editor").count() == 1
    go_to(page, "tasks")
    assert page.locator(".prose-editor").count() == 1
    page.locator("#tasks-1 summary").first.click()
    rich(page, "body_fi")
    assert page.locator(".prose-editor").count() == 2


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
    pick(page, page.locator(".field-regions .select2-selection"), "Etelä-Pirkanmaa")
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
    page.wait_for_url("**/change/**")
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
    page.wait_for_url("**/admin/projects/project/")
    assert project.project_contacts.filter(contact__name="Uusi Henkilö").exists()


def test_leaving_with_unsaved_changes_is_asked_about(
    opened: Opener, boss: User, project: Project
) -> None:
    page = opened(change(project), boss)
    page.locator("#id_title_fi").fill("Toinen nimi")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator(".breadcrumbs a").first.click()
    page.wait_for_url("**/admin/")
    assert asked == ["beforeunload"]
