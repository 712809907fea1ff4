"""Steering groups with their members; meetings have a page of their own, linked from here."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from climateportal.admin.base import PortalAdmin, RowsInline
from climateportal.admin.formsets import OneTicked, TickForm
from climateportal.admin.languages import MissingLanguageFilter, MissingLanguagesColumn, fields
from climateportal.admin.sections import Section, Sectioned
from climateportal.dates import short_date
from climateportal.models import User
from municipalities.models import Membership, SteeringGroup
from municipalities.permissions import (
    coordinates_region,
    looks_at_region,
    steering_group_in_reach_q,
    steering_group_open_q,
)


class SeatForm(TickForm):
    """A seat. The account is told by its whole address: accounts are not for everybody to list."""

    ticked = "is_chair"
    writes = ("user",)  # by its address
    account = forms.EmailField(
        label=capfirst(_("user account: e-mail address")),
        required=False,
        help_text=_("After signing in, this user reads the group's unpublished meeting packs. "
                    "Write the whole e-mail address of an account."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.user:
            self.initial["account"] = self.instance.user.email

    def clean_account(self) -> str:
        address = self.cleaned_data["account"].strip().lower()
        if address == (self.initial.get("account") or ""):
            return address
        found = User.objects.filter(email__iexact=address, is_active=True).first()
        if address and found is None:
            raise forms.ValidationError(
                _("Nobody signs in with this address. Check how it is written, or ask the "
                  "administrator of the portal to make an account.")
            )  # fmt: skip
        self.instance.user = found
        return address


class SeatFormSet(OneTicked):
    """One chair at most, beside former ones."""

    ticked = "is_chair"
    ticked_twice = _("The group can have only one chair. Remove the tick from one of the rows.")

    def has_tick(self, values: dict[str, Any]) -> bool:
        return super().has_tick(values) and not values.get("until")


class SeatInline(RowsInline):
    """Members. The name may be missing: often only the organisation is known."""

    model = Membership
    form = SeatForm
    formset = SeatFormSet
    fields: ClassVar = ["organisation", "person", "is_chair", "account", "until", "order"]
    autocomplete_fields: ClassVar = ["organisation"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("organisation", "user")

    def row_state(self, obj: Membership) -> str:
        chair = str(_("chair")) if obj.is_chair else ""
        if obj.until is None:
            return chair
        until = _now("member until %(day)s") % {"day": short_date(obj.until)}
        return ", ".join(filter(None, (chair, until)))


@admin.register(SteeringGroup)
class SteeringGroupAdmin(MissingLanguagesColumn, Sectioned, PortalAdmin):
    """The groups of regions that the user coordinates."""

    sections = (
        Section(
            "group",
            _("The group"),
            fieldsets=(
                (None, {"fields": ["region", *fields("name+", "task+"), ("since", "until")]}),
            ),
        ),
        Section("members", _("Members"), inlines=(SeatInline,)),
        Section("meetings", _("Meetings"), fieldsets=((None, {"fields": ["meeting_links"]}),)),
    )
    autocomplete_fields: ClassVar = ["region"]
    owner_fields = ("region",)
    list_display: ClassVar = ["__str__", "region", "missing"]
    list_filter: ClassVar = [MissingLanguageFilter]
    list_select_related: ClassVar = ["region"]
    search_fields: ClassVar = ["name_fi", "name_sv", "region__name_fi"]

    def reach_q(self, user: Any) -> Q:
        return steering_group_in_reach_q(user)

    def open_q(self, user: Any) -> Q:
        return steering_group_open_q(user)

    def may_use(self, user: Any) -> bool:
        return coordinates_region(user)

    def may_look(self, user: Any) -> bool:
        return looks_at_region(user)

    def get_readonly_fields(
        self, request: HttpRequest, obj: SteeringGroup | None = None
    ) -> tuple[str, ...]:
        """The region is part of the addresses of meetings, which do not die (rule 8)."""
        if obj is not None and obj.meetings.exists():
            return ("meeting_links", "region")
        return ("meeting_links",)

    @admin.display(description=_("the newest first"))
    def meeting_links(self, obj: SteeringGroup) -> str:
        """Links to the meetings, and to a new one."""
        if obj.pk is None:
            return _now("Save the group first, then add its meetings.")
        coming = _now("to come")
        rows = [
            (
                reverse("admin:municipalities_meeting_change", args=[meeting.pk]),
                short_date(meeting.date),
                str(meeting.get_publication_display()).lower(),
                "" if meeting.is_over() else f", {coming}",
            )
            for meeting in obj.meetings.all()
        ]
        links = format_html_join("", '<li><a href="{}">{}</a> – {}{}</li>', rows)
        if hasattr(obj, "only_seen"):
            return format_html("<ul>{}</ul>", links)
        return format_html(
            '<ul>{}</ul><p><a class="button" href="{}?group={}">{}</a></p>',
            links,
            reverse("admin:municipalities_meeting_add"),
            obj.pk,
            _now("New meeting"),
        )
