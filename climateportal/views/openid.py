"""Log-in through the town's own service: out to it and back."""

import logging

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView
from allauth.decorators import rate_limit
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from climateportal import openid
from climateportal.models import User

logger = logging.getLogger(__name__)
REMEMBERED = "openid"


def _provider() -> str:
    return settings.OIDC_NAME or gettext("your own organisation's service")


class LogIn(LoginView):
    """The log-in page. Its policy lets a form lead to the town's service, no other page's does."""

    def render_to_response(self, context: dict, **kwargs: object) -> HttpResponse:
        context["provider"] = _provider() if openid.is_in_use() else ""
        response = super().render_to_response(context, **kwargs)
        if openid.is_in_use():
            response._csp_update = {"form-action": [openid.origin()]}
        return response


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("openid_back"))


def _refused(request: HttpRequest, why: str, status: int) -> HttpResponse:
    context = {"why": why, "provider": _provider()}
    return render(request, "account/provider_refused.html", context, status=status)


@require_POST
@never_cache
@rate_limit(action="login")
def out(request: HttpRequest) -> HttpResponse:
    """Send the visitor to the town's service."""
    if not openid.is_in_use():
        raise Http404
    try:
        asked = openid.question(_back(request))
    except (openid.NotAnsweringError, openid.NotTrustedError) as error:
        logger.warning("Log-in through the identity provider failed: %s", error)
        return _refused(request, "down", 502)
    after = get_next_redirect_url(request) or ""
    request.session[REMEMBERED] = {**asked.remembered, "next": after}
    return redirect(asked.address)


@require_GET
@never_cache
@rate_limit(action="login")
def back(request: HttpRequest) -> HttpResponse:
    """Whom the town's service has recognised, if it is somebody with an account here."""
    if not openid.is_in_use():
        raise Http404
    remembered = request.session.pop(REMEMBERED, {})
    if request.GET.get("error") or not request.GET.get("code"):
        return _refused(request, "stopped", 400)
    try:
        email = openid.verified_email(
            request.GET["code"], request.GET.get("state", ""), _back(request), remembered
        )
    except openid.NotAnsweringError as error:
        logger.warning("Log-in through the identity provider failed: %s", error)
        return _refused(request, "down", 502)
    except openid.NotTrustedError as error:
        logger.warning("The identity provider's answer is not trusted: %s", error)
        return _refused(request, "not trusted", 403)
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None:
        return _refused(request, "unknown", 403)
    record_authentication(request, user, method="openid")
    return perform_login(request, Login(user=user, redirect_url=remembered["next"] or None))
