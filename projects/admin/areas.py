"""What projects add to the forms of municipalities and regions: goals and coordinators.

Areas know nothing of projects, so the rows are added from this side.
"""

from typing import ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from climateportal.admin.base import RowsInline
from climateportal.admin.formsets import DistinctRows
from climateportal.admin.sections import Section
from municipalities.admin import MunicipalityAdmin, RegionAdmin
from projects.admin.goal import ProgrammeGoalInline
from projects.models import RegionCoordinator


class CoordinatorFormSet(DistinctRows):
    """Nobody twice."""

    distinct = ("contact",)


class CoordinatorInline(RowsInline):
    """Whom municipalities of the region may ask."""

    model = RegionCoordinator
    formset = CoordinatorFormSet
    fields: ClassVar = ["contact", "order"]
    autocomplete_fields: ClassVar = ["contact"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("contact__organisation")


MunicipalityAdmin.add_section(
    Section("goals", _("Goals of its own"), inlines=(ProgrammeGoalInline,)), after="targets"
)
RegionAdmin.add_section(
    Section("goals", _("Goals of its own"), inlines=(ProgrammeGoalInline,)), after="targets"
)
RegionAdmin.add_section(
    Section("coordinators", _("Coordinators"), inlines=(CoordinatorInline,)), after="goals"
)
