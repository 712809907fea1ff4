"""Checks the addresses of other sites in public content. Meant for a timer, once a week."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from projects.linkchecking import NoNetworkError, ask_all, chosen, write_down
from projects.linkfetch import Visitor
from projects.linkplaces import places

MOST = 3000  # addresses of one run: about an hour


class Command(BaseCommand):
    """Run it once a week: editors then see under “Broken links” what to mend."""

    help = (
        "Asks every address of another site in public content whether it works, and notes for the "
        "editors what does not. Polite: one request at a time. Run it once a week from a timer."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--most",
            type=int,
            default=MOST,
            help=f"addresses of one run, others next week (default {MOST})",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["most"] < 1:
            raise CommandError("--most must be at least 1.")
        agent = f"climateportal-link-check (+{settings.SITE_URL})"
        addresses = chosen(
            (place.address for place in places()), options["most"], timezone.localdate()
        )
        try:
            answers = ask_all(addresses, Visitor(agent).ask)
        except NoNetworkError as error:
            raise CommandError(
                "No server answered: has this machine a way to the net? Nothing was noted."
            ) from error
        # read again: an hour has passed, and somebody may have mended an address meanwhile
        tally = write_down(places=places(), answers=answers, at=timezone.now())
        self.stdout.write(
            f"Addresses: {tally.addresses}, asked: {tally.asked}, of which nobody can tell: "
            f"{tally.cannot_tell}. Broken places told to editors: {tally.told}, "
            f"waiting for a second check: {tally.waiting}."
        )
