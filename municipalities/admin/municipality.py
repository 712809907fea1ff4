"""Municipalities: official facts are only read, the climate plan and targets are edited."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Case, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from climateportal.admin.base import PickedFreely, PortalAdmin
from climateportal.admin.languages import fields
from climateportal.admin.search import is_key
from climateportal.admin.sections import Section, Sectioned
from climateportal.admin.slugs import RemembersSlug
from climateportal.dates import short_date
from municipalities.admin.target import TargetInline
from municipalities.enums import RegionKind
from municipalities.models import Municipality
from municipalities.permissions import (
    coordinates_area,
    is_administrator,
    looks_at_area,
    municipality_in_reach_q,
    municipality_open_q,
)

REGISTER = fields(
    "code",
    "name+",
    "slug",
    "title",
    "languages",
    "fi_genitive",
    "fi_in",
    "fi_from",
    "fi_to",
    "population",
    "population_year",
    "latitude",
    "longitude",
    "valid_until",
    "successor",
)


class CountyFilter(admin.SimpleListFilter):
    """Municipalities of one county."""

    title = _("county")
    parameter_name = "county"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        from municipalities.models import Region

        return [(str(region.pk), str(region)) for region in Region.objects.counties()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if is_key(self.value()):
            return queryset.filter(regions=self.value(), regions__kind=RegionKind.COUNTY)
        return queryset


@admin.register(Municipality)
class MunicipalityAdmin(PickedFreely, RemembersSlug, Sectioned, PortalAdmin):
    """A coordinator's municipalities. New ones come from the register, not from here."""

    sections = (
        Section(
            "plan",
            _("Climate plan"),
            fieldsets=(
                (
                    None,
                    {
                        "fields": [
                            "plan_status",
                            *fields("plan_name+"),
                            "plan_decided_on",
                            "plan_url",
                            "website",
                        ]
                    },
                ),
            ),
        ),
        Section("targets", _("Climate targets"), inlines=(TargetInline,)),
        Section(
            "register",
            _("Facts from the register"),
            fieldsets=((None, {"fields": REGISTER}),),
            description=_(
                "Statistics Finland's facts are updated with the register. Tell the administrator "
                "of the portal when you see a mistake."
            ),
        ),
    )
    autocomplete_fields: ClassVar = ["successor"]
    list_display: ClassVar = ["__str__", "code", "county_name", "plan", "merged"]
    list_select_related: ClassVar = ["successor"]
    list_filter: ClassVar = ["plan_status", CountyFilter]
    search_fields: ClassVar = ["^name_fi", "^name_sv", "=code"]
    ordering: ClassVar = ["name_fi"]

    def reach_q(self, user: Any) -> Q:
        return municipality_in_reach_q(user)

    def open_q(self, user: Any) -> Q:
        return municipality_open_q(user)

    def may_use(self, user: Any) -> bool:
        return coordinates_area(user)

    def may_look(self, user: Any) -> bool:
        return looks_at_area(user)

    def offered_q(self) -> Q:
        current = Municipality.objects.current().values("pk")
        return Q(pk__in=current)  # nobody adds a municipality that has been merged into another

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_administrator(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_administrator(request.user)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return () if is_administrator(request.user) else REGISTER

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_county()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """A name is looked up from its beginning, spaces included: “Ii” is not Siikainen."""
        found, _may_repeat = super().get_search_results(
            request, queryset, f'"{search_term.strip()}"' if search_term.strip() else ""
        )
        exact = Case(When(name_fi__iexact=search_term.strip(), then=Value(0)), default=Value(1))
        return found.order_by(exact, "name_fi"), False

    @admin.display(description=_("county"))
    def county_name(self, obj: Municipality) -> str:
        return str(obj.county or "")

    @admin.display(description=_("climate plan"), ordering="plan_status")
    def plan(self, obj: Municipality) -> str:
        return str(obj.get_plan_status_display() or _("not stated"))

    @admin.display(description=_("merged into"), ordering="valid_until")
    def merged(self, obj: Municipality) -> str:
        return f"{obj.successor}, {short_date(obj.valid_until)}" if obj.valid_until else ""
