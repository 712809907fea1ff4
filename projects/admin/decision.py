"""What a meeting decides: rows of the meeting, each perhaps with a task that follows."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from climateportal.admin.base import RowsInline
from climateportal.admin.fields import DayField
from climateportal.admin.languages import fields
from climateportal.admin.relations import PickOne
from climateportal.templatetags.ui import rich
from municipalities.models import Meeting, Municipality
from projects.enums import DecisionOutcome
from projects.models import Decision, Project, Task
from projects.permissions import can_change_project, project_pickable_q

PROPOSED = (*fields("title+"), "projects", *fields("proposal+"), "order")
SEEN = ("proposal_shown", "projects_shown")


def is_frozen(meeting: Meeting | None) -> bool:
    """Whether what the group saw is kept for good. Of a meeting read by `MeetingAdmin`."""
    return getattr(meeting, "frozen_at", None) is not None


def _field_of_task(name: str) -> Any:
    return Task._meta.get_field(name)


class DecisionForm(forms.ModelForm):
    """An item; a follow-up task is chosen, or written here and added to its project when saved.

    The inline sets `user`; `visible`, the keys of those of the meeting's projects that the user
    sees; and `tasks`, the tasks of these projects.
    """

    task_title = forms.CharField(
        label=capfirst(_("new task")),
        max_length=200,
        required=False,
        help_text=_("In Finnish. The task is added to the project when you save, and is shown on "
                    "the project's page. Other languages can be written there."),
        widget=forms.TextInput(attrs={"lang": "fi"}),
    )  # fmt: skip
    task_project = forms.ModelChoiceField(
        Project.objects.none(),
        label=capfirst(_("project of the new task")),
        required=False,
        widget=PickOne(_field_of_task("project"), admin.site),
        help_text=_("One of the projects of this item. Needed only when there are several."),
    )
    task_due = DayField(
        label=capfirst(_("due")), required=False, help_text=_field_of_task("due_date").help_text
    )
    task_municipality = forms.ModelChoiceField(
        Municipality.objects.all(),
        label=capfirst(_("municipality")),
        required=False,
        widget=PickOne(_field_of_task("municipality"), admin.site),
        help_text=_field_of_task("municipality").help_text,
    )
    user: ClassVar[Any] = None
    visible: ClassVar[set[int]] = set()
    tasks: ClassVar[list[Task]] = []
    new_task: Task | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["task_project"].queryset = Project.objects.filter(project_pickable_q(self.user))
        self._offer_tasks()
        if "projects" in self.fields and "projects" in self.initial:
            shown = [p for p in self.initial["projects"] if p.pk in self.visible]
            self.initial["projects"] = shown

    def _offer_tasks(self) -> None:
        """The tasks of the item's own projects; nothing to choose before it has any."""
        field = self.fields["follow_up"]
        own = (
            {project.pk for project in self.instance.projects.all()} if self.instance.pk else set()
        )
        offered = [task for task in self.tasks if task.project_id in own]
        choices = [(task.pk, f"{task.title} ({task.project})") for task in offered]
        current = self.instance.follow_up_id
        seen = Project.objects.filter(project_pickable_q(self.user))
        field.queryset = Task.objects.filter(Q(project__in=seen.values("pk")) | Q(pk=current))
        if current and current not in {task.pk for task in offered}:
            choices.append((current, _("The task chosen before, of a project you do not see")))
        field.choices = [("", _("None")), *choices]
        if not choices:
            field.widget = forms.HiddenInput()

    def clean_projects(self) -> list[Project]:
        """Keeps projects that this editor does not see: not chosen is not removed."""
        picked = list(self.cleaned_data["projects"])
        if self.instance.pk:
            picked += [p for p in self.instance.projects.all() if p.pk not in self.visible]
        return picked

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        self._check_outcome(values)
        if "projects" in self.fields:
            self.chosen = list(values.get("projects", ()))
        else:
            self.chosen = list(self.instance.projects.all())
        self._check_follow_up(values)
        self._check_new_task(values)
        return values

    def _check_outcome(self, values: dict[str, Any]) -> None:
        written = any(values.get(name) for name in fields("text+"))
        if written and not values.get("outcome") and "outcome" not in self.errors:
            self.add_error(
                "outcome",
                _("Choose the outcome: without one the item still waits for a decision."),
            )

    def _check_follow_up(self, values: dict[str, Any]) -> None:
        task = values.get("follow_up")
        if task and task.project_id not in {project.pk for project in self.chosen}:
            self.add_error("follow_up", _("The task is not of a project of this item."))

    def _check_new_task(self, values: dict[str, Any]) -> None:
        """Everything that could stop the task is told here, before anything is saved."""
        title = values.get("task_title")
        if not title:
            for name in ("task_project", "task_due", "task_municipality"):
                if values.get(name):
                    self.add_error("task_title", _("Write what is to be done."))
                    break
            return
        if values.get("follow_up"):
            self.add_error(
                "task_title", _("Choose a task above or write a new one here, not both.")
            )
            return
        project = self._project_of_new_task(values)
        if project is None:
            return
        task = Task(
            project=project,
            title_fi=title,
            due_date=values.get("task_due"),
            municipality=values.get("task_municipality"),
        )
        try:
            task.full_clean()
            Project.objects.get(pk=project.pk).full_clean()
        except forms.ValidationError as error:
            reasons = " ".join(error.messages)
            self.add_error(
                "task_title",
                _("The task cannot be added: open the project and correct it first. %(reasons)s")
                % {"reasons": reasons},
            )
            return
        self.new_task = task

    def _project_of_new_task(self, values: dict[str, Any]) -> Project | None:
        """The project that gets the task, or None after telling what is wrong."""
        if {"task_project", "projects"} & set(self.errors):
            return None
        project = values.get("task_project")
        target, refusal = "task_project", None
        if project is None and len(self.chosen) == 1:
            project, target = self.chosen[0], "task_title"
        elif project is None and self.chosen:
            refusal = _("Choose which of the projects gets the task.")
        elif project is None:
            target = "projects" if "projects" in self.fields else "task_title"
            refusal = _("Choose first which projects the item concerns.")
        if project and project not in self.chosen:
            refusal = _("The item does not concern this project. Add it to the item first.")
        elif project and not can_change_project(self.user, project):
            refusal = _("You may not edit this project. Ask its coordinator to add the task, then "
                        "choose it here.")  # fmt: skip
        if refusal:
            self.add_error(target, refusal)
            return None
        return project


class DecisionInline(RowsInline):
    """Items of a meeting. Once the pack is frozen, what was proposed stays as it was."""

    model = Decision
    form = DecisionForm
    autocomplete_fields: ClassVar = ["projects"]
    readonly_fields: ClassVar = SEEN
    only_when: ClassVar = {"text": "outcome"}
    # of the meeting and the user of one request, for which Django makes an inline of its own
    is_frozen = False
    visible: ClassVar[set[int]] = set()

    @property
    def hint(self) -> str | Promise:
        """What the consequence of a row is."""
        if self.is_frozen:
            return _("The pack is frozen: what was proposed to the group stays as it was. Write "
                     "here what was decided and what follows.")  # fmt: skip
        return _("An item without an outcome stands in the meeting pack as one that needs a "
                 "decision.")  # fmt: skip

    def get_fieldsets(self, request: HttpRequest, obj: Meeting | None = None) -> list[Any]:
        follow_up = ["follow_up", "task_title", ("task_project", "task_due"), "task_municipality"]
        found = [
            (None, {"fields": SEEN if is_frozen(obj) else PROPOSED}),
            (_("Decision"), {"fields": ["outcome", *fields("text+")]}),
            (
                _("Follow-up"),
                {
                    "fields": follow_up,
                    "description": _("The next meeting sees what became of the decision."),
                    "classes": ["collapse"],
                },
            ),
        ]
        return self.as_seen(request, obj, found)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type:
        made = super().get_formset(request, obj, **kwargs)  # a class of this request alone
        seen = Project.objects.filter(project_pickable_q(request.user))
        of_meeting = Decision.projects.through.objects.filter(decision__meeting=obj and obj.pk)
        seen = seen.filter(pk__in=of_meeting.values("project"))
        self.is_frozen, self.visible = is_frozen(obj), set(seen.values_list("pk", flat=True))
        tasks = Task.objects.filter(project__in=self.visible).select_related("project")
        made.form.user, made.form.visible = request.user, self.visible
        made.form.tasks = list(tasks.order_by("project", "order", "pk"))
        return made

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        found = super().get_queryset(request).select_related("follow_up")
        return found.prefetch_related("projects")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and not is_frozen(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not is_frozen(obj)

    def row_state(self, obj: Decision) -> str:
        if obj.outcome in DecisionOutcome.values:
            return str(obj.get_outcome_display())
        return str(_("waits for a decision"))

    @admin.display(description=_("background and proposal"))
    def proposal_shown(self, obj: Decision) -> str:
        return rich(obj, "proposal") or "–"

    @admin.display(description=_("projects it concerns"))
    def projects_shown(self, obj: Decision) -> str:
        names = [(p.get_absolute_url(), p) for p in obj.projects.all() if p.pk in self.visible]
        return format_html_join(", ", '<a href="{}">{}</a>', names) or "–"
