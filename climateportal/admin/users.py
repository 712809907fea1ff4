"""Editors: made here by the portal's administrator, who also decides their reach."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.http import HttpRequest
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from climateportal.admin.base import AdministratorsOnly, PortalAdmin
from climateportal.admin.secondstep import TakesSecondStepAway
from climateportal.dates import short_date
from climateportal.models import User
from climateportal.roles import edited_words, open_admin
from municipalities.permissions import seats_of


class LowerEmail:
    """Addresses are stored as log-in compares them."""

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()


# Django's own words tell what the field is; ours what follows from it
CONSEQUENCES = {
    "usable_password": _("“Off” when the user signs in only through the town's own service."),
    "is_superuser": _("Edits everything: all areas, content pages, themes and users."),
    "is_active": _("Without this the user cannot sign in. What they have written stays."),
}


# Each field tells what the role may do
REACH = ("regions", "municipalities", "projects", "viewed_regions", "viewed_municipalities")


class Consequences:
    """Help texts of ours on a form of Django's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in CONSEQUENCES.items():
            if name in self.fields:
                self.fields[name].help_text = words
        if "is_superuser" in self.fields:
            self.fields["is_superuser"].label = _("Portal administrator")


class NewUserForm(Consequences, LowerEmail, AdminUserCreationForm):
    """An account: address, reach and first password."""

    class Meta:
        model = User
        fields = ("email", "first_name", "last_name", "language", *REACH)


class EditUserForm(Consequences, LowerEmail, UserChangeForm):
    """An account and its reach."""

    class Meta:
        model = User
        fields = "__all__"
        field_classes: ClassVar[dict[str, Any]] = {}


@admin.register(User)
class PortalUserAdmin(TakesSecondStepAway, AdministratorsOnly, PortalAdmin, UserAdmin):
    """Groups and single permissions are left out on purpose: rights follow from the reach."""

    form = EditUserForm
    add_form = NewUserForm
    add_fieldsets: ClassVar = [
        (
            None,
            {
                "fields": [
                    "email",
                    ("first_name", "last_name"),
                    "language",
                    *REACH,
                    "usable_password",
                    "password1",
                    "password2",
                ]
            },
        )
    ]
    fieldsets: ClassVar = [
        (None, {"fields": ["email", ("first_name", "last_name"), "language", "password"]}),
        (
            _("What the user may edit"),
            {
                "fields": ["reach", "is_superuser", "regions", "municipalities", "projects"],
                "description": _("A user may have several of these. Without any of them the user "
                                 "signs in, but the admin stays shut."),
            },
        ),
        (
            _("What the user may only view"),
            {
                "fields": ["viewed_regions", "viewed_municipalities", "seats"],
                "description": _("A viewer opens the lists and forms of the admin without a "
                                 "button that changes anything."),
            },
        ),
        (_("Signing in"), {"fields": ["is_active"]}),
    ]  # fmt: skip
    readonly_fields: ClassVar = ["reach", "seats"]
    filter_horizontal: ClassVar = []
    autocomplete_fields: ClassVar = list(REACH)
    owner_fields = REACH
    list_display: ClassVar = ["email", "whole_name", "reach", "two_steps", "is_active", "seen"]
    list_filter: ClassVar = ["is_superuser", "is_active"]
    search_fields: ClassVar = ["email", "first_name", "last_name"]
    ordering: ClassVar = ["email"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related(*REACH)

    @admin.display(description=_("name"), ordering="last_name")
    def whole_name(self, obj: User) -> str:
        return obj.get_full_name()

    @admin.display(description=_("last signed in"), ordering="last_login")
    def seen(self, obj: User) -> str:
        return short_date(obj.last_login) if obj.last_login else ""

    @admin.display(description=_("may edit"))
    def reach(self, obj: User) -> str:
        if obj.is_superuser:
            return str(_("everything"))
        if obj.pk is None:
            return _now("Save the user first.")
        return edited_words(obj) or str(pgettext("what a user may edit", "nothing"))

    @admin.display(description=_("seats in steering groups"))
    def seats(self, obj: User) -> str:
        """Whose unpublished packs and drafts the user reads; seats are given on a group's page."""
        groups = [str(seat.group) for seat in seats_of(obj).select_related("group")]
        return ", ".join(groups) or _now("None. A seat is given on the page of the group.")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Whoever has something to see there may open the admin; nobody else needs it."""
        super().save_related(request, form, formsets, change)
        open_admin(form.instance)
