"""Accepting an invitation: a new account, or more reach for the one that the address has."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, gettext_lazy, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from climateportal import invitations
from climateportal.models import Invitation, User
from climateportal.roles import edited_words, viewed_words


class NewAccountForm(forms.Form):
    """What an account needs beside its address, which is the one that was invited."""

    first_name = forms.CharField(
        label=gettext_lazy("First name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=gettext_lazy("Last name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        help_text=gettext_lazy("At least 12 characters. A sentence is easy to remember and hard "
                               "to guess."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        if "password" in values:
            names = {name: values.get(name, "") for name in ("first_name", "last_name")}
            try:
                get_adapter().clean_password(values["password"], User(email=self.email, **names))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return values


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link of a letter. Opening it uses nothing up: mail scanners do that."""
    if not ratelimit.consume(request, action="invitation"):
        return ratelimit.respond_429(request)
    invitation = invitations.find(token)
    if invitation is None:
        return render(request, "account/invitation_over.html", status=404)
    with override(invitation.language):
        known = User.objects.filter(email__iexact=invitation.email).first()
        if known is not None:
            return _known(request, invitation, token, known)
        return _new(request, invitation, token)


def _new(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    form = NewAccountForm(request.POST or None, email=invitation.email)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            user = invitations.accept(token=token, **form.cleaned_data)
            if user is not None:  # who has the letter has the mailbox
                EmailAddress.objects.create(
                    user=user, email=user.email, verified=True, primary=True
                )  # fmt: skip
        if user is None:
            return render(request, "account/invitation_over.html", status=404)
        response = perform_login(request, user, redirect_url=_front_page(user))
        _welcome(request, user)
        return response
    context = {"form": form, "invitation": invitation}
    return render(request, "account/invitation.html", context)


def _known(request: HttpRequest, invitation: Invitation, token: str, known: User) -> HttpResponse:
    """An account gets its reach only after its owner has logged in."""
    if request.user != known:
        here = reverse("invitation", args=[token])
        login = f"{reverse('account_login')}?{urlencode({'next': here})}"
        context = {"invitation": invitation, "login": login, "other": request.user.is_authenticated}
        return render(request, "account/invitation_login.html", context)
    if request.method == "POST":
        user = invitations.accept(token=token, user=known)
        if user is None:
            return render(request, "account/invitation_over.html", status=404)
        _welcome(request, user)
        return redirect(_front_page(user))
    return render(request, "account/invitation_take.html", {"invitation": invitation})


def _front_page(user: User) -> str:
    return reverse("admin:index" if user.is_staff else "own_reading")


def _welcome(request: HttpRequest, user: User) -> None:
    name = user.get_full_name() or user.email
    edited, viewed = edited_words(user), viewed_words(user)
    if edited:
        words = gettext("Welcome, %(name)s. You may now edit: %(what)s. Begin with Projects.")
    elif viewed:
        words = gettext("Welcome, %(name)s. You may now look at: %(what)s.")
    else:
        words = gettext("Welcome, %(name)s. Here is what your steering group reads.")
    messages.success(request, words % {"name": name, "what": edited or viewed})
