"""Puts the first content pages in place: accessibility statement, privacy notice, about."""

import re
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from climateportal.models import OldSlug, Page
from climateportal.publishing import PublicationState
from climateportal.translated import LANGUAGES

FOLDER = Path(__file__).resolve().parents[2] / "firstpages"
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


class Command(BaseCommand):
    """Run as often as you like: makes what is missing, never touches what is there."""

    help = (
        "Publishes the first texts of the accessibility statement, the privacy notice and the "
        "page about the service, in Finnish, Swedish and English. A page that exists, or whose "
        "address was changed, is left as it is. Hide an unwanted page by making it a draft: a "
        "deleted one comes back. Fill in what the texts mark with [TÄYDENNÄ …]."
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        new = [slug for slug in PAGES if not self._exists(slug)]
        for slug in new:
            self._make(slug)
        self.stdout.write(f"Content pages: {len(new)} new, {len(PAGES) - len(new)} left as is.")

    @staticmethod
    def _exists(slug: str) -> bool:
        moved = OldSlug.objects.target(Page, slug)
        return Page.objects.filter(slug=slug).exists() or Page.objects.filter(pk=moved).exists()

    @staticmethod
    def _make(slug: str) -> None:
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
