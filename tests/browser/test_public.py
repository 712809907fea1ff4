"""Public pages in Chromium: accessibility in every mode, keyboard, no script, no stranger."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Route

from projects.models import Project
from tests.browser.chromium import axe
from tests.public_pages import addresses

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("demo", "db")]
ORIGIN = "http://testserver"
CONTENT_TYPES = {"css": "text/css", "svg": "image/svg+xml", "js": "text/javascript"}
STRANGERS: list[str] = []


def _answer(route: Route) -> None:
    """Answer from Django in this thread, so that the browser sees the test's own transaction."""
    url = urlsplit(route.request.url)
    if f"{url.scheme}://{url.netloc}" != ORIGIN:
        STRANGERS.append(route.request.url)
        route.abort()
        return
    if url.path.startswith("/static/"):
        path = finders.find(url.path.removeprefix("/static/"))
        kind = CONTENT_TYPES.get(url.path.rsplit(".", 1)[-1], "application/octet-stream")
        route.fulfill(path=path, content_type=kind) if path else route.fulfill(status=404)
        return
    response = Client().get(url.path + (f"?{url.query}" if url.query else ""), follow=True)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    route.fulfill(status=response.status_code, headers=headers, body=body)


def opened(browser: Browser, width: int = 1280, **options: object) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 900}, **options).new_page()
    page.route("**/*", _answer)
    page.complaints = []
    page.on(
        "console",
        lambda message: (
            page.complaints.append(message.text)
            if "Content Security Policy" in message.text
            else None
        ),
    )
    return page


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = opened(browser)
    yield page
    page.context.close()


MODES = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "320 px": {"width": 320},
    "forced colours": {"forced_colors": "active"},
}


@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing_on_any_public_page(browser: Browser, mode: str) -> None:
    languages = ("fi", "sv", "en") if mode == "light" else ("fi",)
    page = opened(browser, **MODES[mode])
    found = {}
    for address in [*addresses(languages), "/hankkeet/?q=ilmasto&vaihe=idea&page=99", "/ei-ole/"]:
        page.goto(ORIGIN + address)
        if problems := axe(page):
            found[address] = problems
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, f"{address} scrolls sideways in {mode}"
    assert not found, "\n".join(f"{a}: {p[:3]}" for a, p in list(found.items())[:10])
    assert not page.complaints
    assert not STRANGERS, f"asked of strangers: {STRANGERS[:3]}"
    page.context.close()


def test_axe_finds_nothing_in_print(page: Page) -> None:
    page.emulate_media(media="print")
    for project in Project.objects.published():
        page.goto(ORIGIN + project.get_absolute_url())
        assert not axe(page), project.slug


def test_axe_finds_nothing_when_everything_is_unfolded(page: Page) -> None:
    for project in Project.objects.published():
        page.goto(ORIGIN + project.get_absolute_url())
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert not axe(page), project.slug


def test_the_keyboard_goes_through_in_reading_order_and_is_seen(page: Page) -> None:
    page.goto(f"{ORIGIN}/hankkeet/hiilineutraali-etela-pirkanmaa-2030/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#sisalto"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    tops, seen = [], 0
    for _ in range(60):
        page.keyboard.press("Tab")
        state = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
            return e === document.body ? null : {
              main: !!e.closest('main .part'), top: e.getBoundingClientRect().top + scrollY,
              outline: parseFloat(s.outlineWidth) * (s.outlineStyle !== 'none') } }"""
        )
        if state is None:
            break
        seen += 1
        assert state["outline"] > 0, "focus is not visible"
        if state["main"]:
            tops.append(state["top"])
    assert seen > 20
    assert tops == sorted(tops)


def test_without_javascript_filters_and_folds_work(browser: Browser) -> None:
    page = opened(browser, java_script_enabled=False)
    page.goto(f"{ORIGIN}/hankkeet/")
    before = page.locator("ul.results > li").count()
    page.get_by_role("checkbox", name="Idea").first.check()
    page.get_by_role("button", name="Näytä tulokset").click()
    assert "vaihe=idea" in page.url
    assert 0 < page.locator("ul.results > li").count() < before
    page.goto(f"{ORIGIN}/hankkeet/hiilineutraali-etela-pirkanmaa-2030/")
    fold = page.locator("details.more").first
    fold.locator("summary").click()
    assert fold.get_attribute("open") is not None
    page.context.close()


def test_a_project_prints_on_a_few_a4_pages(page: Page) -> None:
    page.goto(f"{ORIGIN}/hankkeet/hiilineutraali-etela-pirkanmaa-2030/")
    pdf = page.pdf(format="A4", print_background=True)
    assert 1 <= pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") <= 6


def test_text_can_be_four_times_larger(browser: Browser) -> None:
    """1280 px at 400 % is 320 px wide: nothing is cut and nothing scrolls sideways."""
    page = opened(browser, width=320, device_scale_factor=4)
    for address in addresses(("fi",)):
        page.goto(ORIGIN + address)
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, address
    page.context.close()
