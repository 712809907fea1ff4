"""Editors: made here by the portal's administrator, who also decides their reach."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from climateportal.admin.base import AdministratorsOnly, PortalAdmin
from climateportal.dates import short_date
from climateportal.models import User


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


class Consequences:
    """Help texts of ours on a form of Django's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in CONSEQUENCES.items():
            if name in self.fields:
                self.fields[name].help_text = words


class NewUserForm(Consequences, LowerEmail, AdminUserCreationForm):
    """An account: address, reach and first password."""

    class Meta:
        model = User
        fields = ("email", "first_name", "last_name", "regions", "municipalities")


class EditUserForm(Consequences, LowerEmail, UserChangeForm):
    """An account and its reach."""

    class Meta:
        model = User
        fields = "__all__"
        field_classes: ClassVar[dict[str, Any]] = {}


@admin.register(User)
class PortalUserAdmin(AdministratorsOnly, PortalAdmin, UserAdmin):
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
                    "regions",
                    "municipalities",
                    "usable_password",
                    "password1",
                    "password2",
                ]
            },
        )
    ]
    fieldsets: ClassVar = [
        (None, {"fields": ["email", ("first_name", "last_name"), "password"]}),
        (
            _("What the user may edit"),
            {
                "fields": ["regions", "municipalities", "is_superuser", "is_active"],
                "description": _("A user without regions and municipalities can sign in but edit "
                                 "nothing."),
            },
        ),
    ]  # fmt: skip
    readonly_fields: ClassVar = []
    filter_horizontal: ClassVar = []
    autocomplete_fields: ClassVar = ["regions", "municipalities"]
    list_display: ClassVar = ["email", "whole_name", "reach", "is_active", "seen"]
    list_filter: ClassVar = ["is_superuser", "is_active"]
    search_fields: ClassVar = ["email", "first_name", "last_name"]
    ordering: ClassVar = ["email"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("regions", "municipalities")

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
        areas = [str(area) for area in (*obj.regions.all(), *obj.municipalities.all())]
        return ", ".join(areas) or str(pgettext("what a user may edit", "nothing"))

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.is_staff = True  # accounts exist for editing; the public needs none
        super().save_model(request, obj, form, change)
