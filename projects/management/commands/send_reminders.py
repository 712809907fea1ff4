"""Sends editors their weekly or monthly reminders. Meant for a timer, once a day."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from projects.reminders import digest_for, due_users, send


class Command(BaseCommand):
    """Run it every morning: each editor gets at most one mail a week or month, as they chose."""

    help = (
        "Sends each editor who wants it a mail of what their projects need, once a week or month. "
        "Nothing is sent twice, nothing when there is nothing. Run it once a day from a timer."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count, send nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        on = timezone.localdate()
        sent, failed = 0, 0
        for user in due_users(on):
            try:
                sent += bool(digest_for(user, on)) if options["dry_run"] else send(user, on)
            except OSError as error:
                failed += 1  # no address in the log: the number of the user is enough
                # nor the words of the error, which may repeat it
                kind = type(error).__name__
                self.stderr.write(f"User {user.pk}: the mail server refused ({kind}).")
        would = "would be sent" if options["dry_run"] else "sent"
        self.stdout.write(f"Reminders {would}: {sent}.")
        if failed:
            raise CommandError(f"{failed} could not be sent; they are tried again next time.")
