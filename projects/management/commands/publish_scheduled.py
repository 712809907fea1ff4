"""Publishes drafts whose moment has come. Meant for a timer, every quarter of an hour."""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from projects.admin.scheduling import due, publish_scheduled

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Run it every 15 minutes: each draft is published once, or held back and told of."""

    help = (
        "Publishes the drafts of public projects whose moment has come, as the person who set it. "
        "A draft that meanwhile contradicts its page is not published: the work list tells so. "
        "Running it again, or twice at once, publishes nothing twice."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now, results, failed = timezone.now(), [], []
        for pk in due(now):
            try:
                results.append(publish_scheduled(pk, now))
            except Exception:  # the drafts after it have their moments too
                logger.exception("Draft %s could not be published.", pk)
                failed.append(pk)
        self.stdout.write(f"Published: {results.count(True)}. Held back: {results.count(False)}.")
        if failed:
            raise CommandError(f"{len(failed)} failed: see the log. They are tried again.")
