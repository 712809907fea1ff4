"""Puts the first content pages in place: accessibility statement, privacy notice, about."""

from typing import Any

from django.core.management.base import BaseCommand

from climateportal.firstpages import PAGES, publish_missing


class Command(BaseCommand):
    """Run as often as you like: makes what is missing, never touches what is there."""

    help = (
        "Publishes the first texts of the accessibility statement, the privacy notice and the "
        "page about the service, in Finnish, Swedish and English. A page that exists, or whose "
        "address was changed, is left as it is. Hide an unwanted page by making it a draft: a "
        "deleted one comes back. Fill in what the texts mark with [TÄYDENNÄ …]."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        new = len(publish_missing())
        self.stdout.write(f"Content pages: {new} new, {len(PAGES) - new} left as they are.")
