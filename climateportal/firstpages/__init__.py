"""First content pages of every site: accessibility statement, privacy notice, about.

The texts are the HTML files beside this module. Their level-3 headings are shown as level 2.
"""

import re
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from climateportal.models import OldSlug, Page
from climateportal.publishing import PublicationState
from climateportal.translated import LANGUAGES

FOLDER = Path(__file__).resolve().parent
# slug → (menu, order, name in the menu by language; empty: the heading)
PAGES: dict[str, tuple[Page.Menu, int, dict[str, str]]] = {
    "tietoa": (Page.Menu.MAIN, 1, {"fi": "Tietoa", "sv": "Om tjänsten", "en": "About"}),
    "saavutettavuus": (Page.Menu.FOOTER, 1, {}),
    "tietosuoja": (Page.Menu.FOOTER, 2, {}),
}


def first_text(slug: str, language: str) -> tuple[str, str]:
    """The heading and the body (HTML) of a first page in one language."""
    html = (FOLDER / f"{slug}.{language}.html").read_text(encoding="utf-8")
    heading, body = re.fullmatch(r"<h1>(.+?)</h1>\n(.+)", html, re.DOTALL).groups()
    return heading, body.strip()


@transaction.atomic
def publish_missing() -> list[str]:
    """Publish the first pages that are missing. Returns their slugs.

    A page that exists, also as a draft or under a new address, is never touched.
    """
    missing = [slug for slug in PAGES if not _exists(slug)]
    for slug in missing:
        _publish(slug)
    return missing


def _exists(slug: str) -> bool:
    moved = OldSlug.objects.target(Page, slug)
    return Page.objects.filter(slug=slug).exists() or Page.objects.filter(pk=moved).exists()


def _publish(slug: str) -> None:
    menu, order, menu_titles = PAGES[slug]
    now = timezone.now()
    page = Page(
        slug=slug, menu=menu, order=order, updated_at=now,
        publication=PublicationState.PUBLISHED, published_at=now,
    )  # fmt: skip
    for language in LANGUAGES:
        heading, body = first_text(slug, language)
        setattr(page, f"title_{language}", heading)
        setattr(page, f"body_{language}", body)
        setattr(page, f"menu_title_{language}", menu_titles.get(language, ""))
    page.full_clean()
    page.save()
