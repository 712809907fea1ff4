"""What projects add to the forms of municipalities, regions and organisations.

Areas know nothing of projects, so goals and coordinators are added from this side, and so is what
follows for projects when an area or organisation is renamed.
"""

from functools import partial
from typing import ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from climateportal.admin.base import RowsInline
from climateportal.admin.formsets import DistinctRows
from climateportal.admin.sections import Section
from municipalities.admin import MunicipalityAdmin, OrganisationAdmin, RegionAdmin
from projects.admin.following import followed_by_projects
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
MunicipalityAdmin.around = (partial(followed_by_projects, "municipalities"),)
RegionAdmin.around = (partial(followed_by_projects, "regions"),)
OrganisationAdmin.around = (partial(followed_by_projects, "organisations"),)
