"""How allauth is used here: people are invited, nobody signs up alone."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context as here
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from climateportal import letters, sessions
from climateportal.devices import device_of
from climateportal.models import Session, User

# what a page and a letter say of a change of an account's locks, by allauth's names of both
CHANGES = {
    "password_changed": gettext_lazy("The password was changed."),
    "password_set": gettext_lazy("A password was set."),
    "password_reset": gettext_lazy("A new password was set with a link from a letter."),
    "totp_activated": gettext_lazy("An authenticator app was added."),
    "totp_deactivated": gettext_lazy("The authenticator app was removed."),
    "webauthn_added": gettext_lazy("A passkey was added."),
    "webauthn_removed": gettext_lazy("A passkey was removed."),
    "recovery_codes_generated": gettext_lazy("New recovery codes were made."),
}
# told by the page that follows; a message would wait in a cookie for a page that shows messages
SELF_EVIDENT = {"logged_in", "logged_out", "recovery_codes_generated"}
CONFIRMED_FOR = 5 * 60  # seconds after a log-in in which nobody is asked who they are again


def _name(template: str) -> str:
    return template.rsplit("/", 1)[-1].removesuffix(".txt")


class InvitedOnlyAdapter(DefaultAccountAdapter):
    """Closes the sign-up page; an administrator makes the accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        sessions.begin(request)

    def set_password(self, user: User, password: str) -> None:
        """A new password ends the sessions that were begun with the old one, but for this one."""
        super().set_password(user, password)
        current = self.request.session.session_key or ""
        Session.objects.of(user).exclude(pk=current).delete()

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not straight after log-in: who has just said who they are need not say it again."""
        records = get_authentication_records(here.request, here.request.user)
        just_now = time.time() - max((record["at"] for record in records), default=0)
        return just_now > CONFIRMED_FOR and super().is_reauthentication_required(app=app, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        user = context.get("user") or User.objects.filter(email__iexact=email).first()
        wanted = {**context, "email": email}
        letters.send(template_prefix, email, wanted, user.language if user else None)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: Any = None, email: str | None = None
    ) -> None:
        """One letter for every change; no address of a network is written into it."""
        facts = {
            "user": user,
            "change": CHANGES[_name(template_prefix)],
            "moment": timezone.now(),
            "device": device_of(self.get_http_user_agent(self.request)),
        }
        self.send_mail("account/email/changed", user.email, facts)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Who edits nothing has no use for the admin."""
        if request.user.is_authenticated and not request.user.is_staff:
            return reverse("own_reading")
        return super().get_login_redirect_url(request)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """In our words, but silent about what the visitor sees anyway."""
        if message_template is None:
            super().add_message(request, level, None, *args, **kwargs)
        elif _name(message_template) not in SELF_EVIDENT:
            super().add_message(request, level, message=CHANGES[_name(message_template)])


class SecondStepAdapter(DefaultMFAAdapter):
    """The second step of a log-in, in our words and colours."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy(
            "The code or passkey is not right. An app's code changes every half a minute, and each "
            "code works once: wait for the next one."
        ),
        "cannot_generate_recovery_codes": gettext_lazy(
            "Recovery codes are made once you have an authenticator app or a passkey."
        ),
    }

    def build_totp_svg(self, url: str) -> str:
        """On white, because on the dark page no app would find it."""
        from qrcode import make
        from qrcode.image.svg import SvgPathFillImage

        return make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode")

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": settings.SITE_NAME}
