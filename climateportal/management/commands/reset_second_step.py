"""`manage.py reset_second_step`: for the administrator who has lost phone, key and codes alike."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from climateportal import secondstep
from climateportal.models import User


class Command(BaseCommand):
    """Take away the second step of one user's log-in."""

    help = (
        "Takes away a user's authenticator app, passkeys and recovery codes and ends their "
        "sessions. The password stays. The user gets a letter."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="The address the user logs in with.")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = User.objects.filter(email__iexact=email.strip()).first()
        if user is None:
            raise CommandError(f"Nobody logs in with the address {email}.")
        if not secondstep.has(user):
            raise CommandError(f"{user.email} has no second step.")
        secondstep.take_away(user=user, by=None)
        self.stdout.write(
            f"{user.email} logs in with the password alone until a new step is set up."
        )
