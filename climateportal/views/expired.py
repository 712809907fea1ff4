"""Forms of the admin that were sent too late: the session had ended, or another one had begun."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import csrf

from climateportal.admin.keptforms import keep


def log_in_first(request: HttpRequest) -> HttpResponse | None:
    """Keeps a form sent by nobody: to the log-in page, and from there back to it.

    None when it is no form of ours.
    """
    found = keep(request)
    if found is None:
        return None
    messages.info(
        request,
        _("Your session had ended. Sign in to go on: what you typed has been kept for a day."),
    )
    return redirect_to_login(found[1], "account_login")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was opened before the latest log-in. A form of the admin is kept, and shown
    again to the user for whom it was made; nothing is saved without a new click.
    """
    answer = None
    if request.method == "POST" and request.path.startswith(reverse("admin:index")):
        if not request.user.is_authenticated:
            answer = log_in_first(request)
        elif (found := keep(request)) and found[0] == request.user.pk:
            answer = redirect(found[1])
    return answer or csrf.csrf_failure(request, reason)
