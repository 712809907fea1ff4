"""Chromium understands the bundled stylesheet exactly as it understands the files behind it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from climateportal.staticstorage import bundle

pytestmark = pytest.mark.browser
CSS = Path(__file__).parents[2] / "static" / "css"
RULES = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return [...sheet.cssRules].map(rule => rule.cssText);
}"""


def without_bundling() -> str:
    main = (CSS / "main.css").read_text(encoding="utf-8")
    return re.sub(
        r'@import url\("([^"]+)"\) layer\((\w+)\);',
        lambda found: f"@layer {found[2]}{{{(CSS / found[1]).read_text(encoding='utf-8')}}}",
        main,
    )


def test_minifying_changes_no_rule(browser: Browser) -> None:
    page = browser.new_page()
    written, served = (
        [re.sub(r"\s*,\s*", ",", rule) for rule in page.evaluate(RULES, css)]
        for css in (without_bundling(), bundle(CSS / "main.css"))
    )
    page.close()
    assert len(served) > 10
    assert served == written
