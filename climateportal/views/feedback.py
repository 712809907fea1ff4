"""The form for feedback: no script, no cookie, no stranger; and the page that says what follows.

It has no CSRF cookie: see docs/decisions/0014-feedback.md for what stands in its place.
"""

import secrets
import time
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from allauth.core import ratelimit
from django import forms
from django.conf import settings
from django.core import signing
from django.core.validators import EmailValidator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from climateportal.feedback import give, key_of, tell
from climateportal.letters import can_go_to
from climateportal.models import Feedback
from climateportal.models.feedback import LONGEST_MESSAGE, FeedbackKind
from climateportal.views.feedbacksubject import About, came_from, named

SALT = "climateportal.feedback"
SENT_SALT = "climateportal.feedback.sent"
FASTEST = 3  # seconds in which nobody reads a form and writes something
WORKS_FOR = 24 * 60 * 60  # seconds
TRAP = "website"


class FeedbackForm(forms.Form):
    """What somebody wants to say."""

    kind = forms.ChoiceField(
        label=_("Kind of feedback"),
        choices=[
            *((kind, kind.label) for kind in FeedbackKind if kind != FeedbackKind.ACCESSIBILITY),
            (
                FeedbackKind.ACCESSIBILITY,
                _("Accessibility: something is hard or impossible to use"),
            ),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what kind of feedback it is.")},
    )
    message = forms.CharField(
        label=_("Your message"),
        help_text=_("Tell also where you noticed it, if it is about one place on a page. Write no "
                    "sensitive facts, such as your personal identity code."),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write your message.")},
    )  # fmt: skip
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("If you want an answer. It is used for nothing else."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_message(self) -> str:
        return "\n".join(self.cleaned_data["message"].splitlines())

    def clean_email(self) -> str:
        address = self.cleaned_data["email"]
        if address and not can_go_to(address):
            raise forms.ValidationError(EmailValidator.message)
        return address


def new_token(at: float | None = None) -> str:
    """Says when a form was opened, and tells it from every other one."""
    return signing.dumps([secrets.token_urlsafe(9), int(at or time.time())], salt=SALT)


def _opened(token: str) -> float | None:
    """When a form was opened, or None for one that is not ours or too old."""
    try:
        _nonce, at = signing.loads(token, salt=SALT, max_age=WORKS_FOR)
    except signing.BadSignature:
        return None
    return at if time.time() - at < WORKS_FOR else None


def is_foreign(request: HttpRequest) -> bool:
    """Whether the browser says that another site's page sent the form."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    if not origin or origin in settings.CSRF_TRUSTED_ORIGINS:
        return False
    try:
        return urlsplit(origin).netloc != request.get_host()
    except ValueError:
        return True


class Doubt(NamedTuple):
    """Why a form is not taken as it came. Each is cured by sending it again: nobody's text is lost
    to a suspicion.
    """

    words: Promise
    status: int = 422
    keeps_token: bool = True  # whether the form goes on with the token it has


FOREIGN = Doubt(
    _("The form came from another site. Read it through and send it."), 403, keeps_token=False
)
STALE = Doubt(
    _("The form had been open for long. Read it through and send it."), keeps_token=False
)  # fmt: skip
TRAPPED = Doubt(_("A field that people do not see was filled in. It is empty now: send again."))
TOO_FAST = Doubt(_("That was faster than anybody writes. Wait a moment and send again."))
TOO_MANY = Doubt(
    _("Much feedback has come from your network in a short while. Nothing was sent: copy your "
      "text to be safe, and send it again in an hour."),
    429,
)  # fmt: skip


def _doubt(request: HttpRequest) -> Doubt | None:
    opened = _opened(request.POST.get("opened", ""))
    if is_foreign(request):
        return FOREIGN
    if opened is None:
        return STALE
    if request.POST.get(TRAP):
        return TRAPPED
    return TOO_FAST if time.time() - opened < FASTEST else None


@csrf_exempt
@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest) -> HttpResponse:
    """The form, empty or as it was filled in."""
    if request.method == "POST":
        return _sent(request)
    about = named(request.GET)
    if not about and not about.is_lost:
        about = came_from(request)
    is_accessibility = request.GET.get("aihe") == "saavutettavuus"
    form = FeedbackForm(initial={"kind": FeedbackKind.ACCESSIBILITY if is_accessibility else ""})
    return _page(request, form, about, is_about=True, token=new_token(), status=200)


def _page(
    request: HttpRequest, form: FeedbackForm, about: About, *, is_about: bool, token: str,
    status: int,
) -> HttpResponse:  # fmt: skip
    context = {"form": form, "about": about, "is_about": is_about, "token": token}
    context |= {"trap": TRAP, "keep_days": settings.FEEDBACK_KEEP_DAYS}
    return render(request, "climateportal/feedback/form.html", context, status=status)


def _sent(request: HttpRequest) -> HttpResponse:
    about, is_about = named(request.POST), "about" in request.POST
    form, doubt, token = FeedbackForm(request.POST), _doubt(request), request.POST.get("opened", "")
    if form.is_valid() and doubt is None:
        meant = about if is_about else About()
        key = key_of(token, *form.cleaned_data.values(), meant.param, meant.value)
        known = Feedback.objects.filter(key=key).exists()
        if known or ratelimit.consume(request, action="feedback"):
            return _take(meant, form.cleaned_data, key)
        doubt = TOO_MANY
    if doubt:
        if form.is_valid():  # otherwise its errors are reason enough to send it again
            form.add_error(None, doubt.words)
        token = token if doubt.keeps_token else new_token()
    status = doubt.status if doubt else 422
    return _page(request, form, about, is_about=is_about, token=token, status=status)


def _take(about: About, values: dict[str, Any], key: str) -> HttpResponse:
    with transaction.atomic():
        made, is_new = give(
            subject=about.subject,
            about=about.words if about else "",
            language=get_language() or "fi",
            key=key,
            **values,
        )
        if is_new:
            transaction.on_commit(lambda: tell(made))
    return redirect("feedback-sent", signing.dumps(made.pk, salt=SENT_SALT))


@cache_control(private=True, no_store=True)
@require_safe
def sent(request: HttpRequest, token: str) -> HttpResponse:
    """What happens next, by when, and who has it. It repeats nothing of what was written."""
    try:
        key = signing.loads(token, salt=SENT_SALT, max_age=WORKS_FOR)
    except signing.BadSignature:
        return redirect("feedback")
    found = Feedback.objects.filter(pk=key).first()
    if found is None:
        return redirect("feedback")
    return render(request, "climateportal/feedback/sent.html", {"feedback": found})
