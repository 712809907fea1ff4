"""Feedback in Chromium: the form, its refusal, the thanks and the answer, without a script."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from climateportal.models import Feedback, User
from climateportal.views import feedback as form_views
from tests.browser.adminpages import Opener, faults
from tests.factories import FeedbackFactory, ProjectFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
LONG = "Kirjastojen ja urheiluhallien lämmitys maalämmöllä -hanke 2030"


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine fills in the form here, at once."""
    monkeypatch.setattr(form_views, "FASTEST", -1)


def form_of(opened: Opener, **options: Any) -> Page:
    project = ProjectFactory(title_fi=LONG)
    return opened(f"/palaute/?hanke={project.slug}", script=False, **options)


def test_a_resident_sends_it_by_keyboard_alone(opened: Opener) -> None:
    page = form_of(opened, width=320)
    page.locator("#id_kind_0").focus()
    page.keyboard.press("Space")
    for words in ("Milloin työt alkavat?", "", "aino@example.fi"):
        page.keyboard.press("Tab")
        page.keyboard.type(words)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Lähetä palaute")).to_be_focused()  # no trap between
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kiitos palautteesta")
    stored = Feedback.objects.get()
    assert (stored.message, stored.email) == ("Milloin työt alkavat?", "aino@example.fi")
    assert not page.context.cookies()


def test_errors_take_the_focus_and_lead_to_their_fields(opened: Opener) -> None:
    page = form_of(opened)
    page.locator("#id_name").fill("Aino")
    page.get_by_role("button", name="Lähetä palaute").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name=re.compile("Kirjoita viestisi")).click()
    expect(page.locator("#id_message")).to_be_focused()
    expect(page.locator("#id_name")).to_have_value("Aino")
    expect(page.locator("#id_about")).to_be_checked()


def test_a_machine_finds_no_fault_in_any_state(opened: Opener) -> None:
    page = opened(f"/palaute/?hanke={ProjectFactory(title_fi=LONG).slug}")
    found = {"empty": faults(page)}
    page.get_by_role("button", name="Lähetä palaute").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.wait_for_load_state()
    found["refused"] = faults(page)
    page.locator("#id_kind_3").check()
    page.locator("#id_message").fill("Kuva on ilman tekstiä.")
    page.locator("#id_email").fill("aino@example.fi")
    page.get_by_role("button", name="Lähetä palaute").click()
    expect(page.get_by_role("status")).to_be_visible()
    page.wait_for_load_state()
    found["thanks"] = faults(page)
    assert not any(found.values()), found


def test_the_answer_and_the_work_list_have_no_faults(opened: Opener, boss: User) -> None:
    project = ProjectFactory(title_fi=LONG)
    asked = FeedbackFactory(project=project, waited=20, message="Kysymys\n\n" + "sana " * 200)
    FeedbackFactory(email="", about="/hankkeet/", waited=2)
    page = opened("/admin/", user=boss)
    found = {"work list": faults(page)}
    page.get_by_role("link", name=re.compile("^Vastaa.*6 päivää myöhässä")).click()
    expect(page.get_by_role("button", name="Lähetä vastaus")).to_be_visible()
    page.wait_for_load_state()
    found["answer"] = faults(page)
    page.get_by_role("button", name="Lähetä vastaus").click()
    expect(page.get_by_text("Kirjoita vastaus.").first).to_be_visible()
    page.wait_for_load_state()
    found["refused"] = faults(page)
    page.locator("#id_answer").fill("Työt alkavat toukokuussa.")
    page.get_by_role("button", name="Lähetä vastaus").click()
    page.wait_for_url("**/admin/climateportal/feedback/")
    page.wait_for_load_state()
    found["list"] = faults(page)
    page.goto(page.url + f"{asked.pk}/change/")
    expect(page.get_by_text("Työt alkavat toukokuussa.")).to_be_visible()
    found["answered"] = faults(page)
    assert not any(found.values()), found
