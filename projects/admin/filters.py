"""Filters of the project list."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from climateportal.admin.search import is_key
from municipalities.enums import RegionKind
from municipalities.models import Municipality, Region
from projects.enums import ScheduleStatus
from projects.models import Participation


class ScheduleFilter(admin.SimpleListFilter):
    """By the badge that residents see. Needs `with_schedule()`."""

    title = _("schedule status")
    parameter_name = "schedule"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return ScheduleStatus.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() in ScheduleStatus.values:
            return queryset.filter(schedule_status=self.value())
        return queryset


class RegionFilter(admin.SimpleListFilter):
    """Projects of a region, or of a municipality in it."""

    kind = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        regions = Region.objects.filter(kind=self.kind)
        return [(str(region.pk), str(region)) for region in regions]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not is_key(self.value()):
            return queryset
        members = Municipality.objects.filter(regions=self.value())
        taking_part = Participation.objects.filter(municipality__in=members.values("pk"))
        belonging = queryset.model.regions.through.objects.filter(region=self.value())
        return queryset.filter(
            Q(pk__in=taking_part.values("project")) | Q(pk__in=belonging.values("project"))
        )


class CountyFilter(RegionFilter):
    """Counties."""

    title = _("county")
    parameter_name = "county"
    kind = RegionKind.COUNTY


class CooperationFilter(RegionFilter):
    """Cooperation areas."""

    title = _("cooperation area")
    parameter_name = "area"
    kind = RegionKind.COOPERATION
