"""The rich text editor in Chromium: named, reachable by keys, clean after a paste from Word."""

import pytest
from playwright.sync_api import expect

from climateportal.models import User
from projects.models import Project
from tests.browser.adminpages import WORD, Opener, change, go_to, is_saved, rich
from tests.browser.answered import ORIGIN
from tests.browser.chromium import axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
NEW_TABLE = {"empty-table-header": {"enabled": False}}  # its headings are not written yet

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
    # the editor puts its caret into a focused text a moment later
    page.wait_for_function("document.activeElement.contains(getSelection().anchorNode)")
    page.keyboard.press("End")
    page.wait_for_function("getSelection().anchorOffset === 'Kuvaus'.length")
    assert editor.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    page.keyboard.press("Control+b")
    page.keyboard.type(" lihava")
    expect(toolbar.locator("[data-name=bold]")).to_have_attribute("aria-pressed", "true")
    page.locator("input[name=_save]").click()
    is_saved(page)
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
    is_saved(page)
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
    # put on the clipboard by a page without a policy, as by another program
    rights = ["clipboard-read", "clipboard-write"]
    page = opened("/static/img/logo.svg", boss, permissions=rights)
    page.evaluate(
        """html => navigator.clipboard.write([new ClipboardItem(
            {"text/html": new Blob([html], {type: "text/html"})})])""",
        WORD,
    )
    page.goto(ORIGIN + change(project))
    editor = rich(page, "description_fi")
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
    bar = page.locator(".field-description_fi [role=toolbar]")
    dialog = page.locator("dialog.prose-editor-dialog")
    editor.focus()
    bar.locator("[data-name=table]").click()
    dialog.locator("button[type=submit]").click()
    cell = editor.locator("td, th").first
    expect(cell).to_be_visible()
    assert axe(page, rules=NEW_TABLE) == []
    editor.press_sequentially("Solu")
    expect(cell).to_have_text("Solu")
    link = bar.locator("[data-name=link]")
    expect(link).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Shift+Home")
    # a key moves the browser's selection, the editor learns of it a moment later
    expect(link).to_have_attribute("aria-disabled", "false")
    link.click()
    dialog.locator("input").first.fill("https://example.fi")
    assert axe(page, rules=NEW_TABLE) == []
    dialog.locator("button[type=submit]").click()
    expect(cell.get_by_role("link")).to_have_text("Solu")
    page.locator("input[name=_save]").click()
    is_saved(page)
    project.refresh_from_db()
    assert "<p>Kuvaus</p>" in project.description_fi
    assert '<th><p><a href="https://example.fi"' in project.description_fi


def test_tab_leaves_tables_and_lists_as_they_are(
    opened: Opener, boss: User, project: Project
) -> None:
    page = opened(change(project), boss)
    editor = rich(page, "description_fi")
    bar = page.locator(".field-description_fi [role=toolbar]")
    editor.focus()
    bar.locator("[data-name=table]").click()
    dialog = page.get_by_role("dialog", name="Uusi taulukko")
    expect(dialog.get_by_role("option")).to_have_text(["Kyllä", "Ei"])
    dialog.locator("button[type=submit]").click()
    expect(editor.locator("th")).to_have_count(3)
    for _cell in range(9):
        expect(editor).to_be_focused()
        page.keyboard.press("Tab")
    expect(editor).not_to_be_focused()
    expect(editor.locator("tr")).to_have_count(3)
    editor.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("- yksi\nkaksi")
    page.keyboard.press("Alt+Shift+ArrowRight")
    expect(editor.locator("li li")).to_have_text("kaksi")
    page.keyboard.press("Tab")
    expect(editor).not_to_be_focused()
    expect(editor.locator("li li li")).to_have_count(0)


def test_editors_start_only_when_seen(opened: Opener, boss: User, project: Project) -> None:
    page = opened(change(project), boss)
    rich(page, "description_fi")
    assert page.locator(".prose-editor").count() == 1
    go_to(page, "tasks")
    assert page.locator(".prose-editor").count() == 1
    page.locator("#tasks-1 summary").first.click()
    rich(page, "body_fi")
    assert page.locator(".prose-editor").count() == 2
