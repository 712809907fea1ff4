"""Packs in Chromium: every table fits, numbers stay whole, drawings stand on the page's ground."""

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from municipalities.models import Meeting
from tests.browser.chromium import new_context
from tests.climateportal.test_contrast import ratio

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("db")]
TOO_WIDE = """() => [...document.querySelectorAll('.sheet')]
  .filter(sheet => sheet.scrollWidth > sheet.clientWidth + 1)
  .map(sheet => sheet.querySelector('caption').textContent)"""
BROKEN = """() => [...document.querySelectorAll('.doc td.n')].filter(cell => {
  const range = document.createRange();
  range.selectNodeContents(cell);
  return /^[+−]?\\d[\\d\\s/]*(,\\d+)?\\s?[%€]?$/.test(cell.textContent)
    && new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1;
}).map(cell => cell.textContent)"""


@pytest.fixture(scope="module")
def address(demo_site: str) -> str:
    """The fullest pack of the demo."""
    meeting = Meeting.objects.filter(group__region__slug="kestavat", frozen__isnull=False)[0]
    return demo_site + meeting.get_absolute_url()


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    page = new_context(browser, color_scheme=request.param).new_page()
    page.goto(address)
    yield page
    page.context.close()


def test_tables_fit_and_numbers_stay_whole(page: Page, demo_site: str) -> None:
    for other in ("", "/kunnat/lapua/raportti/", "/kunnat/tervo/raportti/"):
        if other:
            page.goto(demo_site + other)
        for width in (320, 360, 768, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(TOO_WIDE) == [], (other, width)
            assert page.evaluate(BROKEN) == [], (other, width)


def test_drawings_stand_on_the_page_and_are_read(page: Page) -> None:
    """No box, in the dark neither: the ground is the page's, and something stands out of it."""
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for drawing in page.locator(".doc figure img").all()[:2]:
        drawing.scroll_into_view_if_needed()
        shot = Image.open(io.BytesIO(drawing.screenshot())).convert("RGB")
        colours = sorted(shot.getcolors(maxcolors=10**6), reverse=True)
        most = colours[0][1]
        assert f"rgb{most}" == ground
        assert max(ratio(most, colour) for _times, colour in colours) > 7


def test_the_contents_are_walked_by_keyboard(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    links = page.locator(".contents a")
    links.first.focus()
    for number in range(links.count()):
        own = links.nth(number)
        assert own.evaluate("link => link === document.activeElement")
        assert own.evaluate("link => parseFloat(getComputedStyle(link).outlineWidth)") > 0
        assert own.bounding_box()["height"] >= 24
        page.keyboard.press("Tab")
    links.nth(2).press("Enter")
    heading = page.locator(links.nth(2).get_attribute("href"))
    assert 0 <= heading.bounding_box()["y"] < 100
