"""Forms of the log-in's second step: allauth's, with labels that say what to do."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

LONGEST_NAME = 60
CODE_LIVES = 3 * 30  # seconds: the half minute it is shown in and its neighbours


class CodeField(forms.CharField):
    """A code as people copy it: with spaces."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "autocapitalize": "off",
        }
        super().__init__(max_length=40, widget=forms.TextInput(attrs=attributes), **kwargs)

    def to_python(self, value: Any) -> str:
        return "".join(super().to_python(value).split())


class OnceOnly:
    """A code is taken a little early or late, as clocks differ, and yet only once in that time."""

    def clean_code(self) -> str:
        code = super().clean_code()
        known = f"app-code:{self.user.pk}:{code}"
        is_from_app = self.authenticator.type == Authenticator.Type.TOTP
        if is_from_app and not cache.add(known, "used", timeout=CODE_LIVES):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(OnceOnly, AuthenticateForm):
    """The second step by a code."""

    code = CodeField(
        label=_("Code"),
        help_text=_("Six digits from the authenticator app, or one of your recovery codes."),
    )


class ConfirmingCodeForm(OnceOnly, ReauthenticateForm):
    """Who is there, by a code."""

    code = CodeField(
        label=_("Code"),
        help_text=_("Six digits from the authenticator app, or one of your recovery codes."),
    )


class AppForm(ActivateTOTPForm):
    """Whether the app has understood the picture."""

    code = CodeField(label=_("Code"), help_text=_("Six digits that the app now shows."))


class CarefulCredential:
    """Whatever is sent in the place of a passkey's answer is refused in words."""

    def clean_credential(self) -> Any:
        kept = getattr(super(), "clean_credential", lambda: self.cleaned_data["credential"])
        return self._checked(kept)

    def clean(self) -> Any:
        return self._checked(super().clean)

    def _checked(self, check: Any) -> Any:
        try:
            return check()
        # what the packages that read the answer raise when it has another shape than theirs
        except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError) as error:
            raise get_adapter().validation_error("incorrect_code") from error


class NewPasskeyForm(CarefulCredential, AddWebAuthnForm):
    """A new passkey. Each can replace the password, too: the device asks who holds it."""

    passwordless = None
    name = forms.CharField(
        label=_("Name of the passkey"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=_("For you, to tell your passkeys apart: for example “Work phone”."),
    )


class PasskeyForm(CarefulCredential, AuthenticateWebAuthnForm):
    """The second step by a passkey."""


class PasskeyLoginForm(CarefulCredential, LoginWebAuthnForm):
    """The whole log-in by a passkey."""


class ConfirmingPasskeyForm(CarefulCredential, ReauthenticateWebAuthnForm):
    """Who is there, by a passkey."""
