"""Deletes residents' feedback whose promised time is over. Meant for a timer, once a day."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from climateportal.feedback import SHORTEST_KEEP, too_old
from climateportal.models.feedback import FeedbackState


class Command(BaseCommand):
    """Run it every night: names and addresses go when the privacy notice says."""

    help = (
        "Deletes feedback that came more than FEEDBACK_KEEP_DAYS ago, answered or not, with the "
        "name and address of its giver. Run it once a day from a timer."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count, delete nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.FEEDBACK_KEEP_DAYS < SHORTEST_KEEP:
            raise CommandError(
                f"FEEDBACK_KEEP_DAYS is {settings.FEEDBACK_KEEP_DAYS}. Less than {SHORTEST_KEEP} "
                "would delete feedback that is still being answered: nothing was deleted."
            )
        rows = too_old()
        unanswered = rows.filter(state=FeedbackState.OPEN).count()
        number = rows.count() if options["dry_run"] else rows.delete()[0]
        would = "would be deleted" if options["dry_run"] else "deleted"
        self.stdout.write(f"Feedback {would}: {number}, of which never answered: {unanswered}.")
