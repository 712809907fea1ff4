"""Public pages in Chromium: accessibility in every mode, keyboard, no script, no stranger."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import axe, new_context
from tests.public_pages import addresses

# `db` makes pytest-django set up the database; the rows are those that `demo_site` committed
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("db")]


class Visitor:
    """A browser window on the demo that notes blocked content and requests to strangers."""

    def __init__(self, browser: Browser, site: str, width: int = 1280, **options: Any) -> None:
        size = {"width": width, "height": 900}
        self.page: Page = new_context(browser, viewport=size, **options).new_page()
        self.site = site
        self.complaints: list[str] = []
        self.page.on("console", self._note)
        self.page.on("request", self._watch)

    def _note(self, message: Any) -> None:
        if "Content Security Policy" in message.text:
            self.complaints.append(message.text)

    def _watch(self, request: Any) -> None:
        if not request.url.startswith((self.site, "data:")):
            self.complaints.append(f"asked a stranger: {request.url}")

    def go(self, address: str) -> Page:
        response = self.page.goto(self.site + address)
        assert response.status == (404 if address == MISSING else 200), address
        return self.page

    def scrolls_sideways(self) -> bool:
        return self.page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.fixture(scope="module")
def finnish(demo_site: str) -> list[str]:
    """Addresses of the demo in Finnish, read before the browser's event loop starts."""
    return addresses(("fi",))


@pytest.fixture
def visitor(demo_site: str, browser: Browser) -> Iterator[Visitor]:
    visitor = Visitor(browser, demo_site)
    yield visitor
    visitor.page.context.close()


MODES: dict[str, dict[str, Any]] = {
    "dark": {"color_scheme": "dark"},
    "320 px": {"width": 320},
    "forced colours": {"forced_colors": "active"},
    "print": {},
}
CASES = [
    "/hankkeet/hiilineutraali-etela-pirkanmaa-2030/",
    "/hankkeet/pohjois-savon-ilmastokoordinaattorit/",
    "/alueet/pohjois-savo/",
]
MISSING = "/ei-ole/"
ODD = ["/hankkeet/?q=ilmasto&vaihe=idea&page=99", MISSING]


def test_axe_finds_nothing_on_any_public_page(visitor: Visitor, finnish: list[str]) -> None:
    """Every page, everything unfolded, so that no text escapes the check."""
    found = {}
    for address in [*finnish, *ODD]:
        page = visitor.go(address)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        if problems := axe(page):
            found[address] = problems
    assert not found, "\n".join(f"{a}: {p[:3]}" for a, p in list(found.items())[:10])


@pytest.mark.parametrize("mode", MODES)
def test_every_kind_of_page_holds_in_every_mode(
    demo_site: str, finnish: list[str], browser: Browser, mode: str
) -> None:
    visitor = Visitor(browser, demo_site, **MODES[mode])
    if mode == "print":
        visitor.page.emulate_media(media="print")
    kinds = {re.sub(r"[^/]+/$", "", address): address for address in finnish}
    for address in [*finnish[:4], *kinds.values(), *CASES, *ODD]:
        page = visitor.go(address)
        # axe reads the colours of the stylesheet, not those that the system forces; paper has
        # nothing to hit with a finger
        off = {"forced colours": "color-contrast", "print": "target-size"}.get(mode)
        rules = {off: {"enabled": False}} if off else {}
        assert not axe(page, rules=rules), f"{address} in {mode}"
        assert not visitor.scrolls_sideways(), f"{address} scrolls sideways in {mode}"
    visitor.page.context.close()


def test_nothing_scrolls_sideways_at_400_percent_or_asks_a_stranger(
    demo_site: str, finnish: list[str], browser: Browser
) -> None:
    """1280 px at 400 % is 320 px wide. Without axe, which itself breaks the content policy."""
    visitor = Visitor(browser, demo_site, width=320)
    wide = [address for address in finnish if visitor.go(address) and visitor.scrolls_sideways()]
    assert not wide
    assert not visitor.complaints
    visitor.page.context.close()


@pytest.mark.parametrize("prefix", ["/sv/", "/en/"])
def test_other_languages_are_as_accessible(visitor: Visitor, prefix: str) -> None:
    names = {"/sv/": ("projekt", "regioner", "kommuner"), "/en/": ("projects", "regions",
             "municipalities")}[prefix]  # fmt: skip
    slugs = ("hiilineutraali-etela-pirkanmaa-2030/", "pohjois-savo/", "palkane/")
    paths = [prefix, *(f"{prefix}{name}/" for name in names)]
    paths += [f"{prefix}{name}/{slug}" for name, slug in zip(names, slugs, strict=True)]
    for path in paths:
        assert not axe(visitor.go(path)), path


BROKEN_WORDS = """() => [...document.querySelectorAll('.matrix thead span')].flatMap(span => {
  const text = span.firstChild, range = document.createRange();
  return [...text.data.matchAll(/\\S+/g)].filter(word => {
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    return range.getClientRects().length > 1;
  }).map(word => word[0]);
})"""


@pytest.mark.parametrize("path", ["/hankkeet/", "/sv/projekt/", "/en/projects/"])
def test_no_heading_of_the_stages_is_broken_within_a_word(visitor: Visitor, path: str) -> None:
    """Where there is no room for words, numbers head the columns and the caption has the words."""
    page = visitor.go(f"{path}hiilineutraali-etela-pirkanmaa-2030/")
    heads = page.locator(".matrix thead th > span")
    assert heads.count() == 5
    seen = set()
    for width in (360, 760, 1024, 1100, 1200, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        has_words = heads.first.bounding_box()["width"] > 1
        assert page.locator(".matrix .key").is_visible() is not has_words, width
        if has_words:
            assert page.evaluate(BROKEN_WORDS) == [], width
        seen.add(has_words)
    assert seen == {True, False}


BROKEN_NUMBERS = """() => {
  const range = document.createRange();
  const texts = cell => [...cell.childNodes].filter(node => node.nodeType === Node.TEXT_NODE);
  return [...document.querySelectorAll('main :is(td, dd, time, td strong)')].flatMap(texts)
    .flatMap(text => [...text.data.matchAll(/\\d(?:[\\d.,]|[\\u00a0\\u202f](?=[\\d€%]))*[€%]?/g)]
      .filter(found => {
        range.setStart(text, found.index);
        range.setEnd(text, found.index + found[0].length);
        return new Set([...range.getClientRects()].map(box => box.top)).size > 1;
      }).map(found => found[0]));
}"""


@pytest.mark.parametrize("width", [320, 360, 768])
@pytest.mark.parametrize("path", ["", "tehtavat/", "kustannukset/"])
def test_no_number_sum_or_date_of_a_region_is_broken(
    visitor: Visitor, path: str, width: int
) -> None:
    visitor.page.set_viewport_size({"width": width, "height": 900})
    for region in ("pohjois-savo", "etela-pirkanmaa", "kestavat"):
        page = visitor.go(f"/alueet/{region}/{path}")
        assert page.evaluate(BROKEN_NUMBERS) == [], region


def test_a_table_of_cards_is_sorted_by_links_and_a_wide_one_by_its_headings(
    visitor: Visitor,
) -> None:
    page = visitor.go("/alueet/pohjois-savo/")
    for width, is_wide in ((360, False), (1000, False), (1280, True)):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator(".sorts").is_visible() is not is_wide, width
        assert page.get_by_text("Otsikot järjestävät taulukon.").is_visible() is is_wide, width


def test_the_keyboard_goes_through_in_reading_order_and_is_seen(visitor: Visitor) -> None:
    page = visitor.go("/hankkeet/hiilineutraali-etela-pirkanmaa-2030/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#sisalto"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    tops, seen = [], 0
    for _ in range(80):
        page.keyboard.press("Tab")
        state = page.evaluate(
            """() => { const e = document.activeElement;
            const ring = part => { const s = getComputedStyle(e, part);
              return parseFloat(s.outlineWidth) * (s.outlineStyle !== 'none') };
            return e === document.body ? null : {
              main: !!e.closest('main .part'), top: e.getBoundingClientRect().top + scrollY,
              outline: Math.max(ring(null), ring('::after')) } }"""
        )
        if state is None:
            break
        seen += 1
        assert state["outline"] > 0, "focus is not visible"
        if state["main"]:
            tops.append(state["top"])
    assert seen > 20
    assert tops == sorted(tops)


def test_without_javascript_filters_and_folds_work(demo_site: str, browser: Browser) -> None:
    visitor = Visitor(browser, demo_site, java_script_enabled=False)
    page = visitor.go("/hankkeet/")
    before = page.locator("ul.results > li").count()
    page.locator("input[name=vaihe][value=idea]").check()
    page.get_by_role("button", name="Näytä tulokset").click()
    page.wait_for_url("**vaihe=idea**")  # and for the rows: the address is there before they are
    assert 0 < page.locator("ul.results > li").count() < before
    page = visitor.go("/hankkeet/hiilineutraali-etela-pirkanmaa-2030/")
    fold = page.locator("details.more").first
    fold.locator("summary").click()
    assert fold.get_attribute("open") is not None
    page.context.close()


def test_a_project_prints_on_a_few_a4_pages(visitor: Visitor) -> None:
    page = visitor.go("/hankkeet/hiilineutraali-etela-pirkanmaa-2030/")
    pdf = page.pdf(format="A4", print_background=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 6
