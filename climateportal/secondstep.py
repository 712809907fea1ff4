"""The second step of a log-in: who must have one, who has, and how a lost one is taken away."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from climateportal import letters
from climateportal.models import Session, User

STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes alone are none


def must_have(user: User | AnonymousUser) -> bool:
    """Whether the user may do nothing before they have a second step: portal administrators."""
    return settings.REQUIRE_MFA and user.is_active and user.is_superuser


def has(user: User | AnonymousUser) -> bool:
    """Whether the user has one. One query."""
    return Authenticator.objects.filter(user=user.pk, type__in=STEPS).exists()


@transaction.atomic
def take_away(*, user: User, by: User | None) -> None:
    """Take away every second step of a user who has lost theirs, end their sessions, tell them.

    `by` is the administrator who did it, None on the command line. Their password stays.
    """
    Authenticator.objects.filter(user=user).delete()
    Session.objects.of(user).delete()
    facts = {"user": user, "by": by, "must": must_have(user)}
    transaction.on_commit(
        lambda: letters.send("account/email/step_taken", user.email, facts, user.language)
    )
