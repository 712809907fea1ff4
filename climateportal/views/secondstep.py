"""allauth's pages of the second step, where ours differ: every key of ours is a passkey."""

from typing import Any

from allauth.account.mixins import NextRedirectMixin
from allauth.mfa.base.views import IndexView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView
from django.http import HttpResponse
from django.views.generic.edit import FormView

from climateportal import secondstep
from climateportal.models import Session


class Steps(IndexView):
    """What second steps one has, and where to get more."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        codes = context["authenticators"].get("recovery_codes")
        return {
            **context,
            "must_have_step": secondstep.must_have(self.request.user),
            "has_step": secondstep.has(self.request.user),
            "has_unseen_codes": bool(codes) and not codes.did_view,
        }


class FirstStepEndsOthers:
    """With the first second step, sessions that were begun without one end."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        if self.did_generate_recovery_codes:
            current = self.request.session.session_key
            Session.objects.of(self.request.user).exclude(pk=current).delete()
        return response


class ActivateApp(FirstStepEndsOthers, ActivateTOTPView):
    """An authenticator app is added."""


class AddPasskey(FirstStepEndsOthers, AddWebAuthnView):
    """A passkey is added: the device keeps it, and asks who holds the device."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = FormView.get_context_data(self, **kwargs)  # allauth's forgets the refused form
        context["options"] = auth.begin_registration(self.request.user, passwordless=True)
        return context


class ConfirmByPasskey(ReauthenticateWebAuthnView):
    """Who is there, by a passkey. A refused one is told about on the same page."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = NextRedirectMixin.get_context_data(self, **kwargs)
        context["reauthentication_alternatives"] = self.get_reauthentication_alternatives()
        context["options"] = auth.begin_authentication(self.request.user)
        return context

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))
