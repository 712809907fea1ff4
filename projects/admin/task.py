"""Tasks and work packages on a project's form."""

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from climateportal.admin.base import RowsInline
from climateportal.admin.languages import fields
from climateportal.dates import short_date
from projects.enums import TaskState
from projects.models import Task, WorkPackage


class TaskForm(forms.ModelForm):
    """A task; what is wrong with its dates is told at the date."""

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        done = values.get("state") == TaskState.DONE
        if done and not values.get("completed_at") and "completed_at" not in self.errors:
            self.add_error("completed_at", _("Give the day when the task was done."))
        if "state" in values and not done and values.get("completed_at"):
            self.add_error(
                "completed_at",
                _("Only a done task has this day. Remove the day, or choose “Done” as the state."),
            )
        return values


class TaskInline(RowsInline):
    """What is done and by when."""

    model = Task
    form = TaskForm
    fieldsets: ClassVar = [
        (
            None,
            {
                "fields": [
                    *fields("title+"),
                    "state",
                    ("due_date", "due_precision"),
                    ("completed_at", "completed_precision"),
                    *fields("cancel_reason+"),
                    "order",
                ]
            },
        ),
        (
            _("More about the task"),
            {
                "fields": [*fields("body+"), "municipality", "work_package"],
                "classes": ["collapse"],
            },
        ),
    ]
    only_when: ClassVar = {
        "due_precision": "due_date",
        "completed_at": "state=done",
        "completed_precision": "state=done",
        "cancel_reason": "state=cancelled",
    }
    autocomplete_fields: ClassVar = ["municipality"]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type:
        request._project_of_tasks = obj
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "work_package":
            # this project's few parts, read once for all rows of the form
            packages = WorkPackage.objects.filter(project=request._project_of_tasks)
            field.queryset = packages if request._project_of_tasks else packages.none()
            field.choices = [("", "---------"), *((part.pk, str(part)) for part in field.queryset)]
            if len(field.choices) == 1:
                field.widget = forms.HiddenInput()  # most projects have no parts
        return field

    def row_state(self, obj: Task) -> str:
        state = str(obj.get_state_display())
        match obj.state:
            case TaskState.DONE if obj.completed_at:
                return f"{state} {short_date(obj.completed_at, obj.completed_precision)}"
            case TaskState.NOT_STARTED | TaskState.IN_PROGRESS if obj.due_date:
                due = short_date(obj.due_date, obj.due_precision)
                return str(_("%(state)s, due %(day)s") % {"state": state, "day": due})
        return state


class WorkPackageForm(forms.ModelForm):
    """A part of the project."""

    def clean(self) -> dict[str, Any]:
        super().clean()
        start, end = self.cleaned_data.get("start_date"), self.cleaned_data.get("end_date")
        if start and end and end < start:
            self.add_error("end_date", _("The end date is before the start date."))
        return self.cleaned_data


class WorkPackageInline(RowsInline):
    """The project's parts or phases."""

    model = WorkPackage
    form = WorkPackageForm
    fields: ClassVar = [
        *fields("title+"),
        ("start_date", "end_date"),
        *fields("description+"),
        "order",
    ]
    hint = _("Only when the project has parts or phases. Tasks can be put under a part after it "
             "has been saved.")  # fmt: skip
