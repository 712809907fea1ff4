"""Import and export in Chromium: a file is followed without scripts, every page is accessible.

The file itself is handed over here: a request that is intercepted carries no file.
"""

from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from climateportal.models import User
from projects.models import Project, Task
from projects.sheets import imports
from tests.browser.adminpages import Opener, faults
from tests.browser.answered import ORIGIN
from tests.projects.sheets.files import csv

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def bring(page: Page, user: User, *lines: str) -> None:
    """Open the page to which a file of tasks leads."""
    pending = imports.receive(user=user, kind="task", filename="tehtävät.csv", data=csv(*lines))
    page.goto(f"{ORIGIN}/admin/sheets/import/{pending.pk}/")


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
def test_a_file_goes_in(opened: Opener, boss: User, project: Project, script: bool) -> None:
    task = Task.objects.first()
    page = opened("/admin/sheets/", boss, script=script)

    def clean() -> None:
        if script:
            assert faults(page) == []

    expect(page.locator("#id_file")).to_be_visible()
    clean()
    bring(page, boss, "Numero;Hanke;Tehtvä;Tila", f"{task.pk};;Uusi nimi;Ehkä")
    expect(page.locator("h1")).to_have_text("Mitä nämä sarakkeet ovat?")
    clean()
    page.get_by_label("Tehtvä").select_option("title_fi")
    page.locator("input[name=_headings]").click()
    expect(page.locator(".errornote")).to_contain_text("Yksi rivi pitää korjata")
    expect(page.locator(".sheet-rows tbody")).to_contain_text("Ehkä")
    clean()
    bring(page, boss, "Numero;Hanke;Tehtävä;Tila", f"{task.pk};;Uusi nimi;Peruttu",
          f";{project.slug};Kokonaan uusi;")  # fmt: skip
    expect(page.locator(".fates")).to_contain_text("Uusia: 1")
    page.get_by_role("link", name="Muuttuvia: 1").click()
    expect(page.locator(".sheet-rows ins").first).to_contain_text("Uusi nimi")
    clean()
    page.get_by_role("button", name="Tallenna 2 riviä").click()
    expect(page.locator(".messagelist")).to_contain_text("1 rivi lisättiin, 1 muutettiin")
    task.refresh_from_db()
    assert (task.title_fi, task.state) == ("Uusi nimi", "cancelled")


def test_a_long_check_goes_on_by_itself(
    opened: Opener, boss: User, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened("/admin/sheets/", boss, script=False)
    clock = iter(range(1000))
    monkeypatch.setattr(imports, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    bring(page, boss, "Hanke;Tehtävä", *[f"{project.slug};Uusi {n}" for n in range(9)])
    expect(page.locator(".fates")).to_contain_text("Uusia: 9")
