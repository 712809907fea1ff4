"""What the browser tests of the admin share: people, a project, a way to open pages."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

from climateportal.models import User
from projects.models import Project
from tests.browser.answered import ORIGIN, answer
from tests.browser.chromium import axe, new_context
from tests.factories import (
    ExpenseFactory,
    GoalFactory,
    MunicipalityFactory,
    ProjectContactFactory,
    ProjectFactory,
    RegionFactory,
    TaskFactory,
    ThemeFactory,
    UserFactory,
)

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
def opened(browser: Browser) -> Iterator[Opener]:
    """Opens an admin page for a user; at the end nothing may have broken the policy or failed."""
    contexts, complaints = [], []

    def open_page(
        path: str, user: User | None = None, width: int = 1280, script: bool = True, **options: Any
    ) -> Page:
        context = new_context(
            browser, viewport={"width": width, "height": 900}, timezone_id="Europe/Helsinki",
            java_script_enabled=script, reduced_motion="reduce", **options,
        )  # fmt: skip
        contexts.append(context)
        client = Client()
        if user:
            client.force_login(user)
        answer(context, client)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: complaints.append(message.text) if _is_fault(message) else None,
        )
        page.goto(ORIGIN + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints, complaints


def _is_fault(message: ConsoleMessage) -> bool:
    """A form that was refused is no fault; the browser reports its status all the same."""
    refused = re.search(r"status of 4(09|22)", message.text)
    return message.type == "error" and not refused


def rich(page: Page, name: str) -> Locator:
    """The editor of a rich text, once it has started."""
    editor = page.locator(f".field-{name} .ProseMirror[role=textbox]")
    editor.wait_for()
    page.locator(f".field-{name} [role=toolbar]").wait_for()
    return editor


def start_editors(page: Page, within: str = "main") -> None:
    """Bring every rich text that is shown onto the screen and wait for its editor."""
    page.wait_for_load_state()  # after which every script has run and hidden what it hides
    fields = page.locator(f"{within} .field:has(textarea[data-rich]):visible")
    for field in fields.all():
        field.scroll_into_view_if_needed()
        expect(field.locator("[role=toolbar]")).to_be_visible()


def faults(page: Page, within: str = "html") -> list[str]:
    """What a machine finds wrong on a wide light screen and on a narrow dark one. Empty is right.

    One page in both shapes: opening it twice would take twice the time and show nothing more.
    """
    page.wait_for_load_state("load")  # words are there before the style sheets are
    found = []
    for width, scheme in ((1280, "light"), (320, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        found += [f"{width} px, {scheme}: {fault}" for fault in axe(page, within)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"the page is wider than {width} px")
    return found


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
    ExpenseFactory(project=project, municipality=places[0])
    ProjectContactFactory(project=project, is_primary=True)
    return project


def is_saved(page: Page) -> None:
    """Wait for the list, to which a saved form leads. The section's name stays in the address."""
    page.wait_for_url(re.compile(r"/admin/projects/project/(#.*)?$"))


def change(project: Project) -> str:
    return f"/admin/projects/project/{project.pk}/change/"
