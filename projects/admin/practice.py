"""Good practices and the municipalities that have taken them into use."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from climateportal.admin.base import PortalAdmin, RowsInline
from climateportal.admin.formsets import DistinctRows
from climateportal.admin.languages import MissingLanguageFilter, MissingLanguagesColumn, fields
from climateportal.admin.sections import Section, Sectioned
from climateportal.admin.slugs import RemembersSlug, SlugForm
from projects.models import Adoption, GoodPractice
from projects.permissions import practice_in_reach_q, practice_open_q


class AdoptionFormSet(DistinctRows):
    """No municipality twice."""

    distinct = ("municipality",)


class AdoptionInline(RowsInline):
    """Municipalities that use the practice."""

    model = Adoption
    formset = AdoptionFormSet
    fields: ClassVar = ["municipality", "adopted_on"]
    autocomplete_fields: ClassVar = ["municipality"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("municipality")


@admin.register(GoodPractice)
class GoodPracticeAdmin(RemembersSlug, MissingLanguagesColumn, Sectioned, PortalAdmin):
    """Practices from the user's projects, and those the user wrote."""

    form = SlugForm
    sections = (
        Section(
            "basics",
            _("Basics"),
            fieldsets=(
                (None, {"fields": [*fields("title+"), "slug", *fields("what+", "why+")]}),
                (_("Publication"), {"fields": ["publication", "published_at"]}),
            ),
        ),
        Section(
            "how",
            _("How it is done"),
            fieldsets=(
                (None, {"fields": [*fields("how+", "where+"), "resources", *fields("results+")]}),
            ),
        ),
        Section(
            "places",
            _("Where from and where in use"),
            fieldsets=((None, {"fields": ["project"]}),),
            inlines=(AdoptionInline,),
        ),
    )
    prepopulated_fields: ClassVar = {"slug": ("title_fi",)}
    autocomplete_fields: ClassVar = ["project"]
    owner_fields = ("project",)
    list_display: ClassVar = ["__str__", "project", "publication", "missing"]
    list_filter: ClassVar = ["publication", MissingLanguageFilter]
    list_select_related: ClassVar = ["project"]
    search_fields: ClassVar = ["title_fi", "title_sv", "title_en"]
    view_on_site = False  # its public page comes with the library of practices

    def reach_q(self, user: Any) -> Q:
        return practice_in_reach_q(user)

    def open_q(self, user: Any) -> Q:
        return practice_open_q(user)
