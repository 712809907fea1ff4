"""The report of broken links in Chromium: read, on a phone too, and left for the form."""

import re

import pytest
from playwright.sync_api import expect

from climateportal.models import User
from projects.models import Project
from tests.browser.adminpages import Opener, faults
from tests.factories import BrokenLinkFactory, MaterialFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
LONG = "https://vanha.example.fi/" + "hyvin-pitka-osa/" * 12 + "tiedosto.pdf"


def test_from_the_front_page_to_the_section_where_a_link_is_mended(
    opened: Opener, boss: User, project: Project
) -> None:
    material = MaterialFactory(project=project, title_fi="Opas kunnille", url=LONG[:200])
    BrokenLinkFactory(
        project=project, place="projects.material", row=material.pk, column="url",
        address=LONG[:200],
    )  # fmt: skip
    BrokenLinkFactory(project=project)
    page = opened("/admin/", boss)
    page.get_by_role("link", name="2 linkkiä sivuillasi ei johda mihinkään").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rikkinäiset linkit")
    assert faults(page) == []
    page.get_by_role("link", name="Yhteinen hanke").first.press("Enter")
    page.wait_for_url(re.compile("/change/#section-materials"))
    expect(page.locator("#section-materials")).to_be_visible()
