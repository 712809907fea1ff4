"""Regions: the page's texts, targets, coordinators and members."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from climateportal.admin.base import PickedFreely, PortalAdmin, RowsInline
from climateportal.admin.formsets import DistinctRows
from climateportal.admin.languages import MissingLanguageFilter, MissingLanguagesColumn, fields
from climateportal.admin.sections import Section, Sectioned
from climateportal.admin.slugs import RemembersSlug, SlugForm
from municipalities.admin.target import TargetInline
from municipalities.enums import RegionKind
from municipalities.models import Region, RegionMember, SteeringGroup
from municipalities.permissions import (
    coordinates_region,
    is_administrator,
    looks_at_region,
    region_in_reach_q,
    region_open_q,
)

OFFICIAL = ("kind", "code", *fields("name+"), "slug", "fi_genitive", "fi_in", "parent")
DECIDED = ("requires_review",)  # by an administrator: not by those whom it binds


class RegionForm(SlugForm):
    """The address follows from the name."""

    slug_source = "name_fi"


class MemberFormSet(DistinctRows):
    """No municipality twice in a region."""

    distinct = ("municipality",)


class MemberInline(RowsInline):
    """The municipalities of a cooperation area. Only the portal's administrator changes them:
    who is a member decides what the region's coordinators may edit."""

    model = RegionMember
    only_names = True
    formset = MemberFormSet
    fields: ClassVar = ["municipality"]
    autocomplete_fields: ClassVar = ["municipality"]
    hint = _("Members of counties and sub-regions follow the register of municipalities.")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("municipality")

    def _may_edit(self, request: HttpRequest, obj: Region | None) -> bool:
        agreed = obj is None or obj.kind == RegionKind.COOPERATION
        return agreed and is_administrator(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_edit(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_edit(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_edit(request, obj)


@admin.register(Region)
class RegionAdmin(PickedFreely, RemembersSlug, MissingLanguagesColumn, Sectioned, PortalAdmin):
    """Regions that the user coordinates."""

    form = RegionForm
    sections = (
        Section(
            "page",
            _("Page of the region"),
            fieldsets=((None, {"fields": [*fields("lead+", "description+"), "website"]}),),
        ),
        Section("targets", _("Climate targets"), inlines=(TargetInline,)),
        Section(
            "members",
            _("Municipalities and steering groups"),
            fieldsets=((None, {"fields": ["groups"]}),),
            inlines=(MemberInline,),
        ),
        Section(
            "official",
            _("Name and place"),
            fieldsets=((None, {"fields": OFFICIAL}), (_("Publishing"), {"fields": DECIDED})),
        ),
    )
    autocomplete_fields: ClassVar = ["parent"]
    list_display: ClassVar = ["__str__", "kind", "member_count", "missing"]
    list_filter: ClassVar = ["kind", MissingLanguageFilter]
    search_fields: ClassVar = ["name_fi", "name_sv", "name_en"]
    ordering: ClassVar = ["kind", "name_fi"]

    def reach_q(self, user: Any) -> Q:
        return region_in_reach_q(user)

    def open_q(self, user: Any) -> Q:
        return region_open_q(user)

    def may_use(self, user: Any) -> bool:
        return coordinates_region(user)

    def may_look(self, user: Any) -> bool:
        return looks_at_region(user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_administrator(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_administrator(request.user)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("groups",) if is_administrator(request.user) else ("groups", *OFFICIAL, *DECIDED)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {"slug": ("name_fi",)} if is_administrator(request.user) else {}

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_member_count()

    @admin.display(description=_("municipalities"), ordering="member_count")
    def member_count(self, obj: Region) -> int:
        return obj.member_count

    @admin.display(description=_("Steering groups"))
    def groups(self, obj: Region) -> str:
        """Links to the groups, which have a page of their own here, and to adding one."""
        found = SteeringGroup.objects.filter(region=obj.pk) if obj.pk else []
        links = [
            (reverse("admin:municipalities_steeringgroup_change", args=[g.pk]), g) for g in found
        ]
        if not hasattr(obj, "only_seen"):
            add = reverse("admin:municipalities_steeringgroup_add")
            links.append((add, _("Add a steering group")))
        return format_html(
            "<ul>{}</ul>", format_html_join("", '<li><a href="{}">{}</a></li>', links)
        )
