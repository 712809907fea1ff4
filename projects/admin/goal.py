"""Goals: rows of a project, municipality or region, and a page of each for its measured values."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from climateportal.admin.base import PortalAdmin, RowsInline
from climateportal.admin.languages import MissingLanguageFilter, MissingLanguagesColumn, fields
from projects.actions import refresh
from projects.models import Goal, Measurement
from projects.permissions import goal_in_reach_q

INDICATOR = [
    *fields("unit+"),
    ("base_value", "base_date"),
    ("target_value", "target_date"),
]


class GoalInline(RowsInline):
    """Goals, numbered on the page in this order."""

    model = Goal
    fieldsets: ClassVar = [
        (None, {"fields": [*fields("text+"), "state", "order"]}),
        (_("Figure that is followed"), {"fields": INDICATOR, "classes": ["collapse"]}),
    ]

    def row_state(self, obj: Goal) -> str:
        return str(obj.get_state_display())

    def row_link(self, obj: Goal) -> tuple[str, str] | None:
        address = reverse("admin:projects_goal_change", args=[obj.pk])
        return address, str(_("Measured values of this goal"))


class ProgrammeGoalInline(GoalInline):
    """Goals of a municipality's or region's own programme."""

    fieldsets: ClassVar = [
        (None, {"fields": [*fields("text+", "programme+"), "state", "order"]}),
        (_("Figure that is followed"), {"fields": INDICATOR, "classes": ["collapse"]}),
    ]


class MeasurementInline(RowsInline):
    """Dated values."""

    model = Measurement
    fields: ClassVar = [("date", "value"), "municipality", "note"]
    autocomplete_fields: ClassVar = ["municipality"]


@admin.register(Goal)
class GoalAdmin(MissingLanguagesColumn, PortalAdmin):
    """Goals of projects, municipalities and regions in reach."""

    fieldsets: ClassVar = [
        (None, {"fields": [*fields("text+"), "state"]}),
        (
            _("Whose goal it is"),
            {
                "fields": ["project", "municipality", "region", *fields("programme+")],
                "description": _("Choose one: a project, a municipality or a region."),
            },
        ),
        (_("Figure that is followed"), {"fields": INDICATOR}),
    ]
    inlines: ClassVar = [MeasurementInline]
    autocomplete_fields: ClassVar = ["project", "municipality", "region"]
    owner_fields = ("project", "municipality", "region")
    list_display: ClassVar = ["__str__", "owner", "state", "missing"]
    list_filter: ClassVar = ["state", MissingLanguageFilter]
    list_select_related: ClassVar = ["project", "municipality", "region"]
    search_fields: ClassVar = ["text_fi", "project__title_fi", "municipality__name_fi"]

    def reach_q(self, user: Any) -> Q:
        return goal_in_reach_q(user)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("project", "municipality", "region")

    @admin.display(description=_("whose"))
    def owner(self, obj: Goal) -> str:
        return str(obj.project or obj.municipality or obj.region)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        former = form.initial.get("project")
        for project in type(self)._projects_of(form.instance, former):
            refresh(project=project)

    def delete_model(self, request: HttpRequest, obj: Goal) -> None:
        project = obj.project
        super().delete_model(request, obj)
        if project:
            refresh(project=project)

    @staticmethod
    def _projects_of(goal: Goal, former: int | None) -> QuerySet:
        """The project whose page shows the goal, and the one that showed it before."""
        from projects.models import Project

        return Project.objects.filter(pk__in=[pk for pk in (goal.project_id, former) if pk])
