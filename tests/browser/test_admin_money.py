"""Money in the admin in Chromium: quick lines, shares where they count, pasting without scripts."""

import pytest
from playwright.sync_api import expect

from climateportal.models import User
from projects.models import Expense, Project
from tests.browser.adminpages import Opener, add_row, change, faults, go_to, is_saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
GOOD = "Päivä\tSumma\tKunta\tMaksatus\n1.5.2024\t1 000,50 €\tAkaa\tMaksettu\n2.5.2024\t20\t\t\n"


def test_lines_are_typed_one_after_another(opened: Opener, boss: User, project: Project) -> None:
    page = opened(change(project), boss)
    go_to(page, "money")
    page.locator("#id_expenses-1-date").fill("1.5.2024")
    page.keyboard.press("Tab")
    page.keyboard.type("1 000,50")
    add_row(page, "expenses")
    expect(page.locator("#id_expenses-2-date")).to_be_focused()
    page.keyboard.type("2.5.2024")
    page.keyboard.press("Tab")
    page.keyboard.type("30")
    page.locator("input[name=_save]").click()
    is_saved(page)
    assert set(Expense.objects.values_list("amount", flat=True)) == {1000, 1000.5, 30}


def test_only_the_shares_that_count_are_shown(opened: Opener, boss: User, project: Project) -> None:
    page = opened(change(project), boss)
    go_to(page, "people")
    page.locator("#participations-0 summary").click()
    euros = page.locator("#id_participations-0-cost_share_amount")
    percents = page.locator("#id_participations-0-cost_share_percent")
    expect(euros).to_be_hidden()
    page.locator("#id_cost_sharing").select_option("percent")
    expect(percents).to_be_visible()
    percents.fill("60")
    page.locator("#id_cost_sharing").select_option("euros")
    expect(percents).to_be_hidden()
    expect(euros).to_be_visible()
    page.locator("#id_cost_sharing").select_option("percent")
    page.locator("input[name=_save]").click()
    problem = page.locator("#problems li")
    expect(problem).to_contain_text("puuttuu 40")
    problem.locator("a").click()
    expect(page.locator("#participations-group")).to_be_focused()


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
def test_rows_are_pasted_seen_and_added(
    opened: Opener, boss: User, project: Project, script: bool
) -> None:
    page = opened(f"/admin/projects/project/{project.pk}/paste/", boss, script=script)
    page.locator("#id_text").fill(GOOD.replace("Akaa", "Atlantis"))
    page.locator("input[name=_preview]").click()
    expect(page.locator("#problems")).to_contain_text("Rivi 2")
    if script:
        assert faults(page) == []
    page.locator("#id_text").fill(GOOD)
    page.locator("input[name=_preview]").click()
    expect(page.locator("#preview")).to_contain_text("2 kulua")
    if script:
        assert faults(page) == []
    page.locator("input[name=_write]").click()
    expect(page.locator(".messagelist")).to_contain_text("2 kulua lisättiin")
    assert project.expenses.count() == 3
