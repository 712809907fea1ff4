"""Invitations: sent, sent again and taken back by administrators and regional coordinators."""

from functools import partial
from typing import Any, ClassVar

from allauth.core import ratelimit
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from climateportal import invitations, letters
from climateportal.admin.base import PortalAdmin
from climateportal.dates import short_date
from climateportal.models import Invitation
from climateportal.models.invitation import Role
from municipalities.models import Membership
from municipalities.permissions import NOBODY, coordinates_region, is_administrator


class InvitationForm(forms.ModelForm):
    """Whom to invite, and to what. `request` is set by the admin for each request."""

    request: ClassVar[Any] = None

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        if "role" not in values or self.errors:
            return values
        areas = {name: list(values.get(name) or ()) for name in invitations.AREAS}
        invitations.check(
            by=self.request.user, role=values["role"], seat=values.get("seat"), **areas
        )  # fmt: skip
        allowed = partial(ratelimit.consume, self.request, action="invite")
        if not allowed(user=self.request.user, key=values["email"]):
            raise ValidationError(
                _("Too many invitations in a short while, by you or to this address. Try again "
                  "later: nothing was sent.")
            )  # fmt: skip
        return values


def areas_of(invitation: Invitation) -> list[str]:
    """The names of what an invitation is for."""
    names = [
        str(row)
        for relation in invitations.GIVEN[invitation.role]
        for row in getattr(invitation, relation).all()
    ]
    return [*names, str(invitation.seat.group)] if invitation.seat else names


def post(request: HttpRequest, invitation: Invitation, token: str) -> None:
    """Send the letter once what it tells is stored."""
    address = request.build_absolute_uri(reverse("invitation", args=[token]))
    with override(invitation.language):
        context = {
            "role": str(Role(invitation.role).label),
            "names": areas_of(invitation),
            "sender": request.user.get_full_name() or request.user.email,
            "address": address,
            "until": short_date(invitation.expires_at),
        }
    template, to = "account/email/invitation", invitation.email
    transaction.on_commit(lambda: letters.send(template, to, context, invitation.language))


@admin.register(Invitation)
class InvitationAdmin(PortalAdmin):
    """Those that the user has sent; an administrator sees all. What was sent is not edited."""

    form = InvitationForm
    fieldsets: ClassVar = [
        (
            None,
            {
                "fields": ["email", "role", "regions", "municipalities", "projects", "seat",
                           "language"],
                "description": _("The person gets a letter with a link that works once, for 14 "
                                 "days."),
            },
        )
    ]  # fmt: skip
    autocomplete_fields: ClassVar = ["regions", "municipalities", "projects"]
    owner_fields = ("regions", "municipalities", "projects")
    only_when: ClassVar = {
        "regions": "role=region|viewer",
        "municipalities": "role=municipality|viewer",
        "projects": "role=contact",
        "seat": "role=member",
    }
    list_display: ClassVar = ["email", "role", "areas", "state_words", "sender"]
    list_filter: ClassVar = ["role"]
    list_select_related: ClassVar = ["created_by", "seat__group"]
    search_fields: ClassVar = ["email"]
    ordering: ClassVar = ["-created_at", "-pk"]

    # --- who ---------------------------------------------------------------------------------

    def reach_q(self, user: Any) -> Q:
        if not coordinates_region(user):
            return NOBODY
        return Q() if is_administrator(user) else Q(created_by=user)

    def may_use(self, user: Any) -> bool:
        return coordinates_region(user)

    def may_look(self, user: Any) -> bool:
        return coordinates_region(user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_pick_permission(self, request: HttpRequest) -> bool:
        return False

    # --- list --------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related(*invitations.AREAS)

    @admin.display(description=_("invited to"))
    def areas(self, obj: Invitation) -> str:
        return ", ".join(areas_of(obj))

    @admin.display(description=_("invited by"), ordering="created_by")
    def sender(self, obj: Invitation) -> str:
        return str(obj.created_by or "")

    @admin.display(description=_("state"), ordering="expires_at")
    def state_words(self, obj: Invitation) -> str:
        day = {"day": short_date(obj.expires_at)}
        if obj.accepted_at:
            return _now("accepted %(day)s") % {"day": short_date(obj.accepted_at)}
        if obj.revoked_at:
            return _now("taken back %(day)s") % {"day": short_date(obj.revoked_at)}
        if obj.is_open():
            return _now("waits, works until %(day)s") % day
        return _now("expired %(day)s") % day

    # --- sending -----------------------------------------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: Invitation | None = None) -> list[Any]:
        if obj is None:
            return super().get_fieldsets(request, obj)
        facts = ["email", "role", "areas", "language", "state_words", "sender", "what_next"]
        return [(None, {"fields": facts})]

    def get_readonly_fields(self, request: HttpRequest, obj: Invitation | None = None) -> tuple:
        return () if obj is None else ("areas", "state_words", "sender", "what_next")

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type:
        made = super().get_form(request, obj, **kwargs)  # a class of this request alone
        made.request = request
        role, seat = made.base_fields.get("role"), made.base_fields.get("seat")
        if role and not is_administrator(request.user):
            role.choices = [c for c in role.choices if c[0] != Role.ADMINISTRATOR]
        if seat:
            free = Membership.objects.current().filter(user=None)
            seat.queryset = free.filter(invitations.grantable_q(request.user, "seat"))
            rows = seat.queryset.select_related("group", "organisation")
            seat.choices = [("", "–"), *((row.pk, f"{row.group}: {row}") for row in rows)]
        return made

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Invitation:
        values = form.cleaned_data
        areas = {name: values[name] for name in invitations.AREAS}
        invitation, token = invitations.invite(
            by=request.user, email=values["email"], role=values["role"],
            language=values["language"], seat=values["seat"], **areas,
        )  # fmt: skip
        post(request, invitation, token)
        return invitation

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Stored already, by the action that every way of inviting goes through."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """As above."""

    # --- afterwards --------------------------------------------------------------------------

    @admin.display(description=_("what you can do"))
    def what_next(self, obj: Invitation) -> str:
        if obj.accepted_at:
            return _now("The account is on the list of users, which an administrator keeps.")
        again = reverse("admin:climateportal_invitation_again", args=[obj.pk])
        link = format_html('<a href="{}">{}</a>', again, _now("Send the letter again …"))
        if obj.revoked_at or not obj.is_open():
            return link
        revoke = reverse("admin:climateportal_invitation_revoke", args=[obj.pk])
        taken = _now("Take the invitation back …")
        return format_html('<p>{}</p><p><a href="{}">{}</a></p>', link, revoke, taken)

    def get_urls(self) -> list[Any]:
        def page(name: str, view: Any) -> Any:
            guarded = self.admin_site.admin_view(view)
            return path(f"<int:pk>/{name}/", guarded, name=f"climateportal_invitation_{name}")

        own = [page("again", self.again_view), page("revoke", self.revoke_view)]
        return [*own, *super().get_urls()]

    def again_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks first: the link that was sent before ceases to work."""
        return self._asked(request, pk, "again", _now("Send the letter again?"), self._send_again)

    def revoke_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks first."""
        return self._asked(request, pk, "revoke", _now("Take the invitation back?"), self._revoke)

    def _asked(
        self, request: HttpRequest, pk: int, page: str, title: str, then: Any
    ) -> HttpResponse:
        invitation = self.get_object(request, str(pk))
        if invitation is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        if request.method == "POST":
            then(request, invitation)
            return redirect("admin:climateportal_invitation_change", invitation.pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "invitation": invitation,
            "title": title,
            "page": page,
        }
        return TemplateResponse(request, "admin/climateportal/invitation/ask.html", context)

    def _send_again(self, request: HttpRequest, invitation: Invitation) -> None:
        allowed = ratelimit.consume(
            request, action="invite", user=request.user, key=invitation.email
        )
        if not allowed:
            words = _now("Too many letters in a short while. Try again later.")
            self.message_user(request, words, messages.ERROR)
            return
        try:
            with transaction.atomic():
                token = invitations.send_again(invitation=invitation)
                invitation.refresh_from_db()
                post(request, invitation, token)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.WARNING)
            return
        self.log_change(request, invitation, _now("Sent the letter again."))
        self.message_user(request, _now("The letter was sent. The earlier link works no more."))

    def _revoke(self, request: HttpRequest, invitation: Invitation) -> None:
        invitations.revoke(invitation=invitation)
        self.log_change(request, invitation, _now("Took the invitation back."))
        self.message_user(request, _now("The invitation was taken back: its link works no more."))
