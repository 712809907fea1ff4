"""An editor's own account: language, locks and sessions."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from climateportal import secondstep
from climateportal.models import Session, User


class OwnSettingsForm(forms.ModelForm):
    """In which language the pages for editors speak, and how often they are reminded."""

    class Meta:
        model = User
        fields = ("language", "reminders")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """What one may change of one's own account, and the language right here."""
    form = OwnSettingsForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        with translation.override(request.user.language):
            messages.success(request, gettext("Your settings were saved."))
        return redirect("account")
    context = {
        "form": form,
        "has_step": secondstep.has(request.user),
        "must_have_step": secondstep.must_have(request.user),
        "session_count": len(_open_sessions(request.user)),
    }
    return render(request, "account/overview.html", context)


def _open_sessions(user: User) -> list[Session]:
    return [session for session in Session.objects.of(user) if session.still_opens(user)]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is logged in; any of them, or all others, can be ended."""
    current = request.session.session_key
    found = _open_sessions(request.user)
    if request.method == "POST":
        named = request.POST.get("session", "")
        ended = [
            session.pk
            for session in found
            if session.pk != current and (named == "others" or session.is_named(named))
        ]
        Session.objects.filter(pk__in=ended).delete()
        if ended:
            messages.success(request, gettext("It was ended. The device must log in again."))
        else:
            messages.info(request, gettext("That session had ended already."))
        return redirect("account_sessions")
    context = {
        "current": [session for session in found if session.pk == current],
        "others": [session for session in found if session.pk != current],
    }
    return render(request, "account/sessions.html", context)
