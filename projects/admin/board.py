"""The task board of a project: its tasks by state, moved on with one press each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from climateportal.admin.errors import Problem, of_form
from climateportal.admin.search import is_key
from climateportal.dates import short_date
from municipalities.models import Municipality
from municipalities.permissions import municipality_in_reach_q
from projects.admin.worklist import MOVED_MEANWHILE, DoneForm, TypedDay
from projects.enums import TaskState
from projects.models import Project, Task
from projects.permissions import can_change_project, task_in_reach_q
from projects.review import is_locked
from projects.taskmoves import MovedMeanwhile, add_task, set_task_state, shift_task
from projects.templatetags.projects import task_tag

COLUMNS = (TaskState.NOT_STARTED, TaskState.IN_PROGRESS, TaskState.DONE, TaskState.CANCELLED)


class CancelForm(forms.Form):
    """Why a task is cancelled."""

    reason = forms.CharField(
        label=_("why cancelled, in Finnish"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class NewTaskForm(forms.Form):
    """A task in one line; the rest is added on the project's form."""

    title_fi = forms.CharField(
        label=_("new task, in Finnish"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    due_date = TypedDay(label=_("due"), required=False)
    municipality = forms.ModelChoiceField(
        label=_("municipality"),
        queryset=Municipality.objects.none(),
        required=False,
        empty_label=_("common to all"),
    )

    def __init__(self, *args: Any, places: list[Municipality], whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        field = self.fields["municipality"]
        field.queryset = Municipality.objects.filter(pk__in=[place.pk for place in places])
        field.required = not whole
        if not whole:  # of a joint project only the own municipality's tasks are one's own
            field.empty_label = None
            field.initial = places[0].pk if places else None


def _words(task: Task) -> str:
    """When it is due, how late it is, when it was done or why it was cancelled."""
    if task.is_overdue():
        return str(task_tag(task)["label"])
    if task.state == TaskState.DONE:
        return (
            f"{task.get_state_display()} {short_date(task.completed_at, task.completed_precision)}"
        )
    if task.state == TaskState.CANCELLED:
        return task.cancel_reason
    if task.due_date is None:
        return ""
    return pgettext("task", "Due") + " " + short_date(task.due_date, task.due_precision)


@dataclass(frozen=True)
class Card:
    """One task on the board. Without the forms `done` and `cancel` where it is another's task, and
    without the latter where nobody writes a reason for all to read alone.
    """

    task: Task
    is_mine: bool
    words: str
    done: DoneForm | None = None
    cancel: CancelForm | None = None


class Board:
    """What one person sees and does on the board of one project. `bound` are refused forms."""

    def __init__(self, request: HttpRequest, project: Project) -> None:
        self.request, self.project = request, project
        self.whole = can_change_project(request.user, project)
        self.locked = is_locked(project.pk)  # nobody writes new texts on its page alone
        self.bound: dict[tuple[str, int], forms.Form] = {}

    # --- what is shown -----------------------------------------------------------------------

    def columns(self) -> list[tuple[TaskState, list[Card]]]:
        """The cards of each state in the order of the tasks; those done last come first."""
        mine = set(self._mine().values_list("pk", flat=True))
        tasks = list(self.project.tasks.select_related("municipality"))
        found = []
        for state in COLUMNS:
            rows = [task for task in tasks if task.state == state]
            if state == TaskState.DONE:
                rows.sort(key=lambda task: task.completed_at, reverse=True)
            found.append((state, [self._card(task, task.pk in mine) for task in rows]))
        return found

    def _card(self, task: Task, is_mine: bool) -> Card:
        if not is_mine:
            return Card(task, is_mine=False, words=_words(task))
        cancel = None if self.locked else self._form("cancel", task)
        return Card(task, True, _words(task), self._form("done", task), cancel)

    def _form(self, name: str, task: Task, data: Any = None) -> forms.Form:
        if data is None and (name, task.pk) in self.bound:
            return self.bound[name, task.pk]
        form = {"done": DoneForm, "cancel": CancelForm}[name]
        initial = {"on": timezone.localdate()}
        return form(data, prefix=f"{name}{task.pk}", initial=initial, label_suffix="")

    def new_task(self, data: Any = None) -> NewTaskForm:
        """The form at the end of the first column."""
        if data is None and ("add", 0) in self.bound:
            return self.bound["add", 0]
        places = Municipality.objects.filter(participations__project=self.project).by_name()
        if not self.whole:
            places = places.filter(municipality_in_reach_q(self.request.user))
        return NewTaskForm(data, prefix="new", places=list(places), whole=self.whole)

    def problems(self) -> list[Problem]:
        """What was refused, each leading to its field."""
        titles = {task.pk: str(task) for task in self.project.tasks.all()} if self.bound else {}
        return [
            problem
            for (_name, key), form in self.bound.items()
            for problem in of_form(form, titles.get(key, ""), f"task-{key}" if key else "new")
        ]

    # --- what is done ------------------------------------------------------------------------

    def _mine(self) -> Any:
        return Task.objects.filter(task_in_reach_q(self.request.user), project=self.project)

    def do(self) -> str:
        """Do what was pressed. Returns the place on the page to go to."""
        what = self.request.POST.get("do", "")
        if self.locked and what in ("add", "cancel"):
            raise PermissionDenied
        if what == "add":
            return self._add()
        doing = DOINGS.get(what)
        if doing is None:
            messages.error(self.request, _now("This was not understood. Nothing was changed."))
            return ""
        key = self.request.POST.get("task", "")
        task = self._mine().filter(pk=key).first() if is_key(key) else None
        if task is None:
            raise PermissionDenied
        try:
            if task.state != self.request.POST.get("was"):
                raise MovedMeanwhile
            doing(self, task)
        except (MovedMeanwhile, Task.DoesNotExist):  # the latter: while others were waited for
            return self._moved_meanwhile(task.pk)
        return f"#task-{task.pk}"

    def _moved_meanwhile(self, key: int) -> str:
        self.bound.clear()
        task = self._mine().filter(pk=key).first()
        if task is None:
            raise PermissionDenied
        told = {"task": task, "state": task.get_state_display()}
        messages.warning(self.request, MOVED_MEANWHILE % told)
        return f"#task-{key}"

    def _add(self) -> str:
        form = self.new_task(self.request.POST)
        self.bound["add", 0] = form
        if not form.is_valid():
            return "#new"
        try:
            task = add_task(project=self.project, by=self.request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return "#new"
        messages.success(self.request, _now("“%(task)s” was added.") % {"task": task})
        del self.bound["add", 0]
        return f"#task-{task.pk}"

    def _to(self, task: Task, state: TaskState, form: forms.Form | None, **more: Any) -> None:
        """Move a task; what the rules refuse stays on its form, or is told above."""
        try:
            set_task_state(task=task, to=state, was=task.state, by=self.request.user, **more)
        except ValidationError as error:
            if form is None:
                messages.error(self.request, " ".join(error.messages))
            else:
                form.add_error(None, error.messages)
            return
        if form is not None:
            self.bound.pop((form.prefix.rstrip("0123456789"), task.pk), None)
        words = _now("“%(task)s” is now “%(state)s”.")
        told = {"task": task, "state": task.get_state_display()}
        messages.success(self.request, words % told)

    def start(self, task: Task) -> None:
        self._to(task, TaskState.IN_PROGRESS, None)

    def put_back(self, task: Task) -> None:
        self._to(task, TaskState.NOT_STARTED, None)

    def done(self, task: Task) -> None:
        form = self.bound["done", task.pk] = self._form("done", task, self.request.POST)
        if form.is_valid():
            self._to(task, TaskState.DONE, form, on=form.cleaned_data["on"])

    def cancel(self, task: Task) -> None:
        form = self.bound["cancel", task.pk] = self._form("cancel", task, self.request.POST)
        if form.is_valid():
            reason = {"fi": form.cleaned_data["reason"]}
            self._to(task, TaskState.CANCELLED, form, reason=reason)

    def _shift(self, task: Task, *, up: bool) -> None:
        shift_task(task=task, by=self.request.user, up=up)
        alike = [row.pk for row in self.project.tasks.all() if row.state == task.state]
        told = {"task": task, "place": alike.index(task.pk) + 1, "all": len(alike)}
        messages.success(self.request, _now("“%(task)s” is now in place %(place)s/%(all)s.") % told)

    def up(self, task: Task) -> None:
        self._shift(task, up=True)

    def down(self, task: Task) -> None:
        self._shift(task, up=False)


DOINGS: dict[str, Callable[[Board, Task], None]] = {
    "start": Board.start,
    "put_back": Board.put_back,
    "done": Board.done,
    "cancel": Board.cancel,
    "up": Board.up,
    "down": Board.down,
}


def task_board(site: admin.AdminSite, request: HttpRequest, project: Project) -> HttpResponse:
    """The board, and what is pressed on it; a refused form comes back as it was filled in."""
    board = Board(request, project)
    if request.method == "POST":
        place = board.do()
        if not board.bound:
            address = reverse("admin:projects_project_board", args=[project.pk])
            return redirect(f"{address}{place}")
    context = {
        **site.each_context(request),
        "title": _now("Task board"),
        "project": project,
        "columns": board.columns(),
        "problems": board.problems(),
        "files_lost": False,
        "whole": board.whole,
        "new": None if board.locked else board.new_task(),
    }
    template = "admin/projects/project/board.html"
    return TemplateResponse(request, template, context, status=422 if board.bound else 200)
