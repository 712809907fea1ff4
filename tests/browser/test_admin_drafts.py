"""Drafts of public projects in Chromium: the form, the preview, what a draft changes."""

import pytest
from playwright.sync_api import expect

from climateportal.models import User
from municipalities.models import Region
from projects.models import Project
from tests.browser.adminpages import Opener, change, faults, rich, start_editors
from tests.factories import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.mark.parametrize("script", [True, False])
def test_a_draft_from_the_form_to_the_public_page(
    opened: Opener, boss: User, project: Project, script: bool
) -> None:
    page = opened(change(project), boss, script=script)
    page.locator("#id_title_fi").fill("Luonnoksen nimi")
    if script:
        rich(page, "description_fi").fill("Luonnoksen kuvaus")
    page.get_by_role("button", name="Tallenna luonnoksena ja esikatsele").click()
    bar = page.get_by_role("complementary", name="Esikatselu – ei julkinen")
    expect(bar).to_contain_text("Luonnos, jonka tallensi")
    expect(page.locator("h1")).to_have_text("Luonnoksen nimi")
    if script:
        expect(page.locator("main")).to_contain_text("Luonnoksen kuvaus")
        assert faults(page) == []
        page.set_viewport_size({"width": 1280, "height": 900})
    bar.get_by_role("link", name="på svenska").click()
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    page.get_by_role("link", name="Takaisin lomakkeelle").click()
    expect(page.locator(".draft-banner")).to_contain_text(
        "Muokkaat luonnosta, jota sivustolla ei näy"
    )
    expect(page.locator("#id_title_fi")).to_have_value("Luonnoksen nimi")
    if script:
        start_editors(page)
        assert faults(page) == []
        page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name="Katso, mitä luonnos muuttaa").click()
    expect(page.locator(".draft-page")).to_contain_text("Luonnoksen nimi")
    if script:
        assert faults(page) == []
    project.refresh_from_db()
    assert project.title_fi == "Yhteinen hanke"
    page.get_by_role("button", name="Julkaise luonnos").click()
    expect(page.locator(".messagelist")).to_contain_text("Kaikki näkevät sen nyt")
    project.refresh_from_db()
    assert project.title_fi == "Luonnoksen nimi"


def test_a_second_pair_of_eyes_from_the_question_to_the_answer(
    opened: Opener, project: Project
) -> None:
    region = project.regions.get()
    Region.objects.filter(pk=region.pk).update(requires_review=True)
    asker, other = UserFactory(), UserFactory()
    for user in (asker, other):
        user.regions.add(region)
    page = opened(change(project), asker)
    expect(page.locator("input[name=_save]")).to_have_count(0)
    page.locator("#id_title_fi").fill("Uusi nimi")
    page.locator("#id_note").fill("Onko näin hyvä?")
    page.get_by_role("button", name="Tallenna ja pyydä tarkistus").click()
    expect(page.locator(".messagelist")).to_contain_text("Tarkistusta pyydettiin")
    start_editors(page)
    assert faults(page) == []
    theirs = opened("/admin/", other)
    theirs.locator("#reviews").get_by_role("link", name="Yhteinen hanke").click()
    expect(theirs.locator(".draft-page")).to_contain_text("Onko näin hyvä?")
    assert faults(theirs) == []
    theirs.set_viewport_size({"width": 1280, "height": 900})
    theirs.locator("#id_note").fill("Lyhyempi nimi.")
    theirs.get_by_role("button", name="Palauta pyytäjälle").click()
    expect(theirs.locator(".messagelist")).to_contain_text("Se palautettiin")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.reload()
    expect(page.locator("main")).to_contain_text("Lyhyempi nimi.")
    page.get_by_role("button", name="Tallenna ja pyydä tarkistus").click()
    expect(page.locator(".messagelist")).to_contain_text("Tarkistusta pyydettiin")
    theirs.goto(theirs.url.replace("/admin/", f"/admin/projects/project/{project.pk}/draft/"))
    theirs.get_by_role("button", name="Hyväksy ja julkaise").click()
    expect(theirs.locator(".messagelist")).to_contain_text("Se julkaistiin")
    project.refresh_from_db()
    assert project.title_fi == "Uusi nimi"
