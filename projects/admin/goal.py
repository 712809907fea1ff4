"""Goals: rows of a project, municipality or region, and a page of each for its measured values."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from climateportal.admin.base import PortalAdmin, Rows, RowsInline
from climateportal.admin.languages import MissingLanguageFilter, MissingLanguagesColumn, fields
from climateportal.admin.lists import AllKeysPaginator
from municipalities.models import Municipality
from projects.actions import refresh
from projects.admin.completing import completing_rows_of
from projects.admin.goalform import (
    BaselineFormSet,
    FigureForm,
    GoalForm,
    GoalRowForm,
    MeasurementForm,
    MeasurementFormSet,
    Places,
    places_of,
)
from projects.admin.reviewed import close_fields, refuse_alone, refuse_restoring
from projects.goalwords import figure, goal_sentence
from projects.models import Goal, GoalBaseline, Measurement, Project
from projects.permissions import goal_in_reach_q, goal_open_q
from projects.review import is_locked, locked_q
from projects.summaries.goals import goal_rows, read_places

FROM_TO = [("base_value", "base_date"), ("target_value", "target_date")]
INDICATOR = [*fields("unit+"), *FROM_TO]
WITH_FIGURES = ("measurements__municipality", "baselines__municipality")


def progress_words(goal: Goal) -> str:
    """How far a goal is today, in a few words; reads what `WITH_FIGURES` fetched."""
    measurements, baselines = goal.measurements.all(), goal.baselines.all()
    known = [row.municipality for row in (*measurements, *baselines) if row.municipality]
    places = read_places(measurements, baselines, known)
    (row,) = goal_rows([goal], measurements, baselines, places, timezone.localdate())
    return goal_sentence(row)


class GoalInline(RowsInline):
    """Goals, numbered on the page in this order."""

    model = Goal
    form = GoalRowForm
    texts: ClassVar = fields("text+")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list:
        where = ["new_municipality"] if _places(request, obj) else []
        new = {"fields": [("new_value", "new_date"), *where, "new_note"]}
        found = [
            (None, {"fields": [*self.texts, "state", "order"]}),
            (_("Figure that is followed"), {"fields": INDICATOR, "classes": ["collapse"]}),
        ]
        if self.writes(request, obj):
            found.append((_("New measured value"), new))
        return found

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type:
        made = super().get_formset(request, obj, **kwargs)
        made.form.places = _places(request, obj)  # a class of this request alone
        return made

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related(*WITH_FIGURES)

    def row_state(self, obj: Goal) -> str:
        words = progress_words(obj)
        return f"{obj.get_state_display()}. {words}" if words else str(obj.get_state_display())

    def row_link(self, obj: Goal) -> tuple[str, str] | None:
        address = reverse("admin:projects_goal_change", args=[obj.pk])
        return f"{address}#measurements-group", str(_("All measured values of this goal"))


class ProgrammeGoalInline(GoalInline):
    """Goals of a municipality's or region's own programme."""

    texts = fields("text+", "programme+")


def _places(request: HttpRequest, owner: Any) -> Places:
    """The municipalities that goals of `owner` can be followed for; read once for a request.

    Of a goal: those of its owner, and those that it has figures of already.
    """
    if owner is None or owner.pk is None:
        return {}
    known = request.__dict__.setdefault("_places_of_goals", {})
    key = (type(owner), owner.pk)
    if key not in known:
        if isinstance(owner, Goal):
            places = dict(places_of(owner.project or owner.region))
            used = Q(measurements__goal=owner) | Q(goal_baselines__goal=owner)
            missing = Municipality.objects.filter(used).exclude(pk__in=places).distinct()
            known[key] = places | {place.pk: place for place in missing}
        else:
            known[key] = places_of(owner)
    return known[key]


class OfGoal(Rows):
    """Rows on a goal's page that may be of one municipality each."""

    def get_formset(self, request: HttpRequest, obj: Goal | None = None, **kwargs: Any) -> type:
        made = super().get_formset(request, obj, **kwargs)
        made.form.places = _places(request, obj)
        return made

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("municipality")


class MeasurementInline(OfGoal, RowsInline):
    """Dated values, the newest last, where a new one is written."""

    model = Measurement
    form = MeasurementForm
    formset = MeasurementFormSet
    extra = 1
    hint = _("The newest value of each municipality, or of the whole, is the one that counts.")

    def get_fields(self, request: HttpRequest, obj: Goal | None = None) -> list:
        where = ["municipality"] if _places(request, obj) else []
        return [("value", "date"), *where, "note"]

    def row_state(self, obj: Measurement) -> str:
        value = figure(obj.value)
        return f"{value}, {obj.municipality.name}" if obj.municipality else value


class BaselineInline(OfGoal, RowsInline):
    """Municipalities that are followed by themselves."""

    model = GoalBaseline
    form = FigureForm
    formset = BaselineFormSet
    fields: ClassVar = ["municipality", *FROM_TO]
    hint = _("Each gets a line of its own on the page. What is left empty is the goal's.")

    def row_state(self, obj: GoalBaseline) -> str:
        ends = [figure(value) for value in (obj.base_value, obj.target_value) if value is not None]
        return " → ".join(ends)


class GoalPageForm(GoalForm):
    """A goal on its own page, where all its municipalities can be followed at once."""

    def clean_project(self) -> Project | None:
        """A goal is part of its project's public page."""
        project = self.cleaned_data["project"]
        if project and project.pk != self.initial.get("project") and is_locked(project.pk):
            raise forms.ValidationError(
                _("Another person looks at changes of this project before they are published. "
                  "Add the goal in the form of the project, and ask for a look.")
            )  # fmt: skip
        return project

    follow_all = forms.BooleanField(
        label=_("Follow every municipality by itself"),
        required=False,
        help_text=_("Adds a row for each that takes part. Write there what is its own."),
    )


@admin.register(Goal)
class GoalAdmin(MissingLanguagesColumn, PortalAdmin):
    """Goals of projects, municipalities and regions in reach."""

    form = GoalPageForm
    paginator = AllKeysPaginator
    inlines: ClassVar = [MeasurementInline, BaselineInline]
    autocomplete_fields: ClassVar = ["project", "municipality", "region"]
    owner_fields = ("project", "municipality", "region")
    locked_first = ("project",)
    list_display: ClassVar = ["__str__", "owner", "state", "progress", "missing"]
    list_filter: ClassVar = ["state", MissingLanguageFilter]
    list_select_related: ClassVar = ["project", "municipality", "region"]
    search_fields: ClassVar = ["text_fi", "project__title_fi", "municipality__name_fi"]

    def get_fieldsets(self, request: HttpRequest, obj: Goal | None = None) -> list:
        may = obj is None or self.has_change_permission(request, obj)
        follow = ["follow_all"] if may and _places(request, obj) else []
        return [
            (None, {"fields": [*fields("text+"), "state"]}),
            (
                _("Whose goal it is"),
                {
                    "fields": ["project", "municipality", "region", *fields("programme+")],
                    "description": _("Choose one: a project, a municipality or a region."),
                },
            ),
            (_("Figure that is followed"), {"fields": [*INDICATOR, *follow]}),
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type:
        """Where nobody publishes alone, measured values are written here, and texts are not."""
        made = super().get_form(request, obj, **kwargs)
        if obj is not None and is_locked(obj.project_id):
            close_fields(made)
        return made

    def may_delete(self, user: Any, obj: Goal) -> bool:
        return not is_locked(obj.project_id)

    def may_restore(self, request: HttpRequest, obj: Goal) -> bool:
        return super().may_restore(request, obj) and not is_locked(obj.project_id)

    def restore_view(self, request: HttpRequest, pk: int) -> Any:
        if Goal.objects.filter(pk=pk, project__in=Project.objects.filter(locked_q())).exists():
            return refuse_restoring(request, "goal", pk)
        return super().restore_view(request, pk)

    def get_inlines(self, request: HttpRequest, obj: Goal | None) -> list:
        """A goal of one municipality has nobody to follow by themselves."""
        if obj is not None and is_locked(obj.project_id):
            return [MeasurementInline]
        return self.inlines if _places(request, obj) else [MeasurementInline]

    def reach_q(self, user: Any) -> Q:
        return goal_in_reach_q(user)

    def open_q(self, user: Any) -> Q:
        return goal_open_q(user)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        found = super().get_queryset(request).select_related("project", "municipality", "region")
        return found.prefetch_related(*WITH_FIGURES)

    @admin.display(description=_("whose"))
    def owner(self, obj: Goal) -> str:
        return str(obj.project or obj.municipality or obj.region)

    @admin.display(description=_("progress"), empty_value="")
    def progress(self, obj: Goal) -> str:
        return progress_words(obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        goal = form.instance
        if form.cleaned_data.get("follow_all"):
            followed = set(goal.baselines.values_list("municipality", flat=True))
            for pk, place in _places(request, goal).items():
                if pk not in followed:
                    GoalBaseline.objects.create(goal=goal, municipality=place)
        # the project whose page shows the goal, and the one that showed it before
        shown_by = {goal.project_id, form.initial.get("project")} - {None}
        for project in Project.objects.filter(pk__in=shown_by):
            refresh(project=project)

    @contextmanager
    def completing(self, obj: Goal, by: Any, at: datetime) -> Iterator[None]:
        with completing_rows_of({obj.project_id}, at) as projects:
            yield
            refuse_alone(Project.objects.filter(goals=obj.pk))
            projects.update(Goal.objects.filter(pk=obj.pk).values_list("project", flat=True))

    def delete_model(self, request: HttpRequest, obj: Goal) -> None:
        project = obj.project
        super().delete_model(request, obj)
        if project:
            refresh(project=project)
