"""Debian's Chromium under Playwright, and what axe-core says of a page."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

# Debian's headless shell is the same engine without the windows around it: a third less work
NAMES = ("chromium-headless-shell", "chromium")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), NAMES[-1])
# A bound for what never comes, not a time to wait: a loaded machine needs twenty seconds for one
# page, and Playwright's own thirty run out while it still works.
PATIENCE = 180_000  # milliseconds
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Playwright keeps an event loop in this thread; Django's database calls here are still in order.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
expect.set_options(timeout=PATIENCE)


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser for as long as the block runs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        try:
            yield browser
        finally:
            browser.close()


def new_context(browser: Browser, **options: Any) -> BrowserContext:
    """A profile of its own that waits as long as it takes."""
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    return context


def axe(page: Page, within: str = "html", **options: Any) -> list[str]:
    """What axe-core finds wrong on the page or in the part of it that the selector `within`
    names: one line for each element. Empty is right.
    """
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    result = page.evaluate(
        "([within, options]) => axe.run(within, options)",
        [
            within,
            {
                "runOnly": {"type": "tag", "values": TAGS},
                "resultTypes": ["violations"],
                "preload": False,  # asks for every imported stylesheet again, at a wrong address
                **options,
            },
        ],
    )
    return [
        f"{violation['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]
