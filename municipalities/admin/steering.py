"""Steering groups with their members and meetings."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from climateportal.admin.base import PortalAdmin, RowsInline
from climateportal.admin.formsets import OneTicked, TickForm
from climateportal.admin.languages import MissingLanguageFilter, MissingLanguagesColumn, fields
from climateportal.admin.sections import Section, Sectioned
from municipalities.models import Meeting, Membership, SteeringGroup
from municipalities.permissions import coordinates_region, steering_group_in_reach_q


class SeatForm(TickForm):
    """A seat."""

    ticked = "is_chair"


class SeatFormSet(OneTicked):
    """One chair at most."""

    ticked = "is_chair"
    ticked_twice = _("The group can have only one chair. Remove the tick from one of the rows.")


class SeatInline(RowsInline):
    """Members. The name may be missing: often only the organisation is known."""

    model = Membership
    form = SeatForm
    formset = SeatFormSet
    fields: ClassVar = ["organisation", "person", "is_chair", "order"]
    autocomplete_fields: ClassVar = ["organisation"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("organisation")

    def row_state(self, obj: Membership) -> str:
        return str(_("chair")) if obj.is_chair else ""


class MeetingInline(RowsInline):
    """Meetings."""

    model = Meeting
    fields: ClassVar = ["date", *fields("place+", "agenda+", "minutes+")]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("group")


@admin.register(SteeringGroup)
class SteeringGroupAdmin(MissingLanguagesColumn, Sectioned, PortalAdmin):
    """The groups of regions that the user coordinates."""

    sections = (
        Section(
            "group",
            _("The group"),
            fieldsets=((None, {"fields": ["region", *fields("name+", "task+")]}),),
        ),
        Section("members", _("Members"), inlines=(SeatInline,)),
        Section("meetings", _("Meetings"), inlines=(MeetingInline,)),
    )
    autocomplete_fields: ClassVar = ["region"]
    owner_fields = ("region",)
    list_display: ClassVar = ["__str__", "region", "missing"]
    list_filter: ClassVar = [MissingLanguageFilter]
    list_select_related: ClassVar = ["region"]
    search_fields: ClassVar = ["name_fi", "name_sv", "region__name_fi"]

    def reach_q(self, user: Any) -> Q:
        return steering_group_in_reach_q(user)

    def may_use(self, user: Any) -> bool:
        return coordinates_region(user)
