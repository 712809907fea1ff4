"""Publishes drafts whose moment has come. Meant for a timer, every quarter of an hour."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from projects.admin.scheduling import due, publish_scheduled


class Command(BaseCommand):
    """Run it every 15 minutes: each draft is published once, or held back and told of."""

    help = (
        "Publishes the drafts of public projects whose moment has come, as the person who set it. "
        "A draft that meanwhile contradicts its page is not published: the work list tells so. "
        "Running it again, or twice at once, publishes nothing twice."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        results = [publish_scheduled(pk, now) for pk in due(now)]
        self.stdout.write(f"Published: {results.count(True)}. Held back: {results.count(False)}.")
