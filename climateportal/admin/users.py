"""Editors: made here by the portal's administrator, who also decides their reach."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from climateportal.admin.base import AdministratorsOnly, PortalAdmin
from climateportal.models import User


class LowerEmail:
    """Addresses are stored as log-in compares them."""

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()


class NewUserForm(LowerEmail, AdminUserCreationForm):
    """An account: address and first password. The reach is given on the next page."""

    class Meta:
        model = User
        fields = ("email", "first_name", "last_name")


class EditUserForm(LowerEmail, UserChangeForm):
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
    list_display: ClassVar = [
        "email",
        "first_name",
        "last_name",
        "reach",
        "is_active",
        "last_login",
    ]
    list_filter: ClassVar = ["is_superuser", "is_active"]
    search_fields: ClassVar = ["email", "first_name", "last_name"]
    ordering: ClassVar = ["email"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("regions", "municipalities")

    @admin.display(description=_("may edit"))
    def reach(self, obj: User) -> str:
        if obj.is_superuser:
            return str(_("everything"))
        return ", ".join(str(area) for area in (*obj.regions.all(), *obj.municipalities.all()))

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.is_staff = True  # accounts exist for editing; the public needs none
        super().save_model(request, obj, form, change)
