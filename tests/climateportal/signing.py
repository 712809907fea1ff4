"""What the tests of the second step share: logging in, and codes as an app would show them."""

import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from climateportal.models import User

SECRET = "JBSWY3DPEHPK3PXP" * 2
HOME = reverse("admin:index")


def code(secret: str = SECRET, steps: int = 0) -> str:
    """What an app shows now, or `steps` half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def give_app(user: User) -> list[str]:
    """Let the user have an authenticator app and recovery codes, which are returned."""
    TOTP.activate(user, SECRET)
    return RecoveryCodes.activate(user).generate_codes()


def give_passkey(user: User) -> Authenticator:
    """Let the user have a passkey that no device has."""
    data = {"name": "Puhelin", "credential": {}}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)


def log_in(client: Client, user: User, **sent: Any) -> HttpResponse:
    """The first step, by password, from an address of its own: none is throttled for another."""
    data = {"login": user.email, "password": "salasana", **sent}
    headers = {"user-agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0"}
    return client.post(reverse("account_login"), data, headers=headers)


def log_in_by_app(client: Client, user: User) -> None:
    """Both steps."""
    log_in(client, user)
    response = client.post(reverse("mfa_authenticate"), {"code": code()})
    assert response.status_code == 302, response.content.decode()
