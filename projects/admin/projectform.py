"""The form of a project: what a coordinator may type, and what is told at which field."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from climateportal.admin.relations import ManyField, PickMany, PickOne
from climateportal.admin.slugs import SlugForm
from climateportal.publishing import PublicationState
from municipalities.models import Municipality, Region
from projects.enums import Activity, Stage
from projects.models import Project
from projects.schedule import period_end


class ProjectForm(SlugForm):
    """A project with two short cuts for adding its municipalities."""

    more_municipalities = ManyField(
        Municipality.objects.all(),
        label=_("Add municipalities"),
        required=False,
        widget=PickMany(Project._meta.get_field("municipalities"), admin.site),
        help_text=_("Choose one or several; they are added to the list below when you save."),
    )
    all_of_region = forms.ModelChoiceField(
        Region.objects.all(),
        label=_("Add every municipality of a region"),
        required=False,
        widget=PickOne(Project._meta.get_field("regions"), admin.site),
        help_text=_("A county, sub-region or cooperation area. Leaves the project's own regions "
                    "as they are."),
    )  # fmt: skip
    completed_today = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "related" in self.fields and "related" in self.initial:
            pickable = set(self.fields["related"].queryset.values_list("pk", flat=True))
            shown = [project for project in self.initial["related"] if project.pk in pickable]
            self.initial["related"] = shown

    def clean_related(self) -> list[Project]:
        """Keeps links to projects that this editor cannot see: not chosen is not removed."""
        picked = list(self.cleaned_data["related"])
        if self.instance.pk:
            visible = self.fields["related"].queryset.values("pk")
            picked += self.instance.related.exclude(pk__in=visible)
        return [project for project in picked if project.pk != self.instance.pk]

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        if "_publish" in self.data:
            values["publication"] = PublicationState.PUBLISHED
        self._check_period(values)
        self._check_completion(values)
        self._check_archived(values)
        self.instance.chosen_regions = list(values.get("regions", ()))
        self.instance.chosen_municipalities = self.added_municipalities()
        self.instance.money_unsure = bool({"budget", "cost_sharing"} & set(self.errors))
        return values

    def added_municipalities(self) -> list[Municipality]:
        """What the two short cuts stand for, without those that have ceased to exist."""
        added = list(self.cleaned_data.get("more_municipalities") or ())
        if region := self.cleaned_data.get("all_of_region"):
            added += region.members.current().order_by("name_fi")
        return list(dict.fromkeys(added))

    def _check_period(self, values: dict[str, Any]) -> None:
        start, end = values.get("start_date"), values.get("end_date")
        if end and "date_precision" in values:
            end = values["end_date"] = period_end(end, values["date_precision"])
        if start and end and end < start:
            self.add_error("end_date", _("The end date is before the start date."))
        if end and values.get("is_ongoing"):
            self.add_error(
                "end_date",
                _("An ongoing project has no end date. Remove the date or the tick."),
            )

    def _check_archived(self, values: dict[str, Any]) -> None:
        over = values.get("stage") == Stage.COMPLETED or (
            values.get("activity") == Activity.CANCELLED
        )
        if values.get("archived_on") and not over and {"stage", "activity"} <= set(values):
            self.add_error(
                "archived_on", _("Only a completed or cancelled project can be archived.")
            )

    def _check_completion(self, values: dict[str, Any]) -> None:
        if "stage" not in values or "completed_on" not in values:
            return
        completed = values["stage"] == Stage.COMPLETED
        if values["completed_on"] and not completed:
            self.add_error(
                "completed_on",
                _("A completion date needs the stage “Completed”. Change the stage or remove "
                  "the date."),
            )  # fmt: skip
        became = completed and self.initial.get("stage") != Stage.COMPLETED
        if became and not values["completed_on"]:
            values["completed_on"] = timezone.localdate()
            self.completed_today = True


class OwnedProjectForm(ProjectForm):
    """A project for those who edit it without saying which municipalities and regions it is of."""

    more_municipalities = None
    all_of_region = None
