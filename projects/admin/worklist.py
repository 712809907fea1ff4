"""The work list on the admin's front page: what each project needs, and the action for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from climateportal.admin.errors import Problem, of_form
from climateportal.admin.fields import DayField, ShortDayWidget
from climateportal.admin.search import is_key
from climateportal.dates import short_date
from climateportal.feedbackwords import begins, days_left_words
from climateportal.models import Feedback
from projects import actions
from projects.enums import OPEN_TASK_STATES, Stage, TaskState
from projects.models import Project, Task
from projects.needs import NeedKind
from projects.needwords import PLACES, language_name, link_words, sentence
from projects.permissions import project_in_reach_q, task_in_reach_q
from projects.rescheduling import LONGEST_REASON, move_end, move_task
from projects.summaries.reviews import reviews
from projects.summaries.worklist import Row, worklist
from projects.taskmoves import MovedMeanwhile, set_task_state

MOVED_MEANWHILE = _("Somebody has moved “%(task)s”: it is now “%(state)s”. Nothing was changed.")


class TypedDay(DayField):
    """A day without a calendar: there are two in every row."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget = ShortDayWidget(attrs={"autocomplete": "off", "class": "day"})


class DoneForm(forms.Form):
    """The day on which something was finished."""

    on = TypedDay(label=_("done on"))

    def clean_on(self) -> date:
        if self.cleaned_data["on"] > timezone.localdate():
            raise ValidationError(_("This day is still to come."))
        return self.cleaned_data["on"]


class MoveForm(forms.Form):
    """Another day, and why. `was` is the day that the editor saw."""

    was = forms.CharField(widget=forms.HiddenInput)
    to = TypedDay(label=_("new date"))
    reason = forms.CharField(
        label=_("why it moves"),
        max_length=LONGEST_REASON,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_to(self) -> date:
        if self.cleaned_data["to"] < timezone.localdate():
            raise ValidationError(_("This day is past already. Choose one to come."))
        return self.cleaned_data["to"]


FORMS = {"done": DoneForm, "complete": DoneForm, "move": MoveForm, "end": MoveForm}
Bound = dict[tuple[str, int], forms.Form]


def form_for(action: str, pk: int, day: date | None, data: Any = None) -> forms.Form:
    """The form of an action for a task or project; each has names of its own on the page."""
    initial = {"on": timezone.localdate(), "was": day.isoformat() if day else ""}
    form = FORMS[action](data, prefix=f"{action}{pk}", initial=initial, label_suffix="")
    if action == "complete":
        form.fields["on"].label = _("completed on")
    return form


def offers(row: Row, bound: Bound) -> list[dict[str, Any]]:
    """For each need of a row its forms; one that was refused comes back as it was filled in."""

    def form(action: str, pk: int, day: date | None) -> forms.Form:
        return bound.get((action, pk)) or form_for(action, pk, day)

    found = []
    for need in row.needs:
        place = PLACES.get(need.kind)
        offer: dict[str, Any] = {
            "need": need,
            "words": sentence(need, row.project),
            "link": link_words(need),
            "anchor": f"#section-{place}" if place else "",
        }
        if need.task:
            offer["done"] = form("done", need.task.pk, need.day)
            offer["move"] = form("move", need.task.pk, need.day)
        elif need.kind == NeedKind.END_PASSED:
            offer["done"] = form("complete", row.project.pk, need.day)
            offer["move"] = form("end", row.project.pk, need.day)
        found.append(offer)
    return found


def waiting(feedback: Feedback) -> dict[str, Any]:
    """How long one is waited for, and how it begins."""
    return {
        "feedback": feedback,
        "when": days_left_words(feedback),
        "is_late": feedback.days_left() < 0,
        "begins": begins(feedback),
    }


def context(
    request: HttpRequest, bound: Bound | None = None, problems: Sequence[Problem] = ()
) -> dict[str, Any]:
    """What the front page shows of the list."""
    found = worklist(request.user)
    keys = [row.project.pk for row in found.rows]
    return {
        "problems": problems,
        "files_lost": False,
        "worklist": found,
        "feedback": [waiting(feedback) for feedback in found.feedback],
        "reviews": reviews(request.user),
        "rows": [
            (row, offers(row, bound or {}), after)
            for row, after in zip(found.rows, [*keys, ""][1:], strict=True)
        ],
        "to_translate": [
            (row, ", ".join(map(language_name, row.needs[0].languages)))
            for row in found.to_translate
        ],
    }


# --- what is posted ------------------------------------------------------------------------------


def answer(site: admin.AdminSite, request: HttpRequest) -> HttpResponse:
    """Do what a row asked for, and show the list again at the same place."""
    if request.method != "POST":
        return redirect("admin:index")
    action, bound = request.POST.get("do", ""), {}
    if action == "confirm":
        anchor = _confirm(request)
    elif action in DEEDS:
        anchor = DEEDS[action].do(action, request, bound)
    else:
        messages.error(request, _now("This was not understood. Nothing was changed."))
        return redirect("admin:index")
    if bound:
        about = str(DEEDS[action].find(request))
        problems = [found for form in bound.values() for found in of_form(form, about, anchor[1:])]
        response = site.index(request, context(request, bound, problems))
        response.status_code = 422
        return response
    return redirect(reverse("admin:index") + anchor)


def _task(request: HttpRequest) -> Task:
    key = request.POST.get("task", "")
    rows = Task.objects.select_related("project").filter(task_in_reach_q(request.user))
    found = rows.filter(pk=key).first() if is_key(key) else None
    if found is None:
        raise PermissionDenied
    return found


def _projects(request: HttpRequest) -> list[Project]:
    keys = [key for key in request.POST.getlist("project") if is_key(key)]
    found = list(Project.objects.filter(project_in_reach_q(request.user), pk__in=keys))
    if not found or len(found) < len(set(request.POST.getlist("project"))):
        raise PermissionDenied
    return found


def _as_seen(form: forms.Form, day: date | None) -> bool:
    """Whether the date is still the one that the editor saw."""
    if form.cleaned_data["was"] == (day.isoformat() if day else ""):
        return True
    words = _now("Somebody has moved it to %(day)s. Send again if you still want to move it.")
    form.add_error("to", words % {"day": short_date(day) if day else "–"})
    form.data = {**form.data.dict(), form.add_prefix("was"): day.isoformat() if day else ""}
    return False


@dataclass(frozen=True)
class Deed:
    """What a button of a row does to a task or a project, with the values of its form.

    `day` is the date that it is about; one that `moves` must still be the one the editor saw.
    `over` tells why there is nothing left to do, or nothing.
    """

    find: Callable[[HttpRequest], Any]
    day: Callable[[Any], date | None]
    write: Callable[..., None]
    told: Callable[[Any], str]
    over: Callable[[Any], str] = lambda row: ""
    moves: bool = False

    def do(self, action: str, request: HttpRequest, bound: Bound) -> str:
        """Write, or keep in `bound` the form that was refused. Returns the place on the page."""
        row = self.find(request)
        form = form_for(action, row.pk, self.day(row), request.POST)
        if words := self.over(row):
            messages.info(request, words)
        elif self._is_done(form, row, request.user):
            messages.success(request, self.told(row))
        else:
            bound[action, row.pk] = form
        return f"#project-{row.project_id if isinstance(row, Task) else row.pk}"

    def _is_done(self, form: forms.Form, row: Any, by: Any) -> bool:
        if not form.is_valid() or (self.moves and not _as_seen(form, self.day(row))):
            return False
        values = {name: value for name, value in form.cleaned_data.items() if name != "was"}
        try:
            self.write(row, by=by, **values)
        except ValidationError as error:  # what the rules of the project refuse
            form.add_error(None, error.messages)
            return False
        except MovedMeanwhile:
            row.refresh_from_db()
            told = {"task": row, "state": row.get_state_display()}
            form.add_error(None, MOVED_MEANWHILE % told)
            return False
        return True


def _project(request: HttpRequest) -> Project:
    return _projects(request)[0]


def _complete(project: Project, *, by: Any, on: date) -> None:
    actions.change_stage(project=project, to=Stage.COMPLETED, by=by, completed_on=on)


DEEDS = {
    "done": Deed(
        find=_task,
        day=attrgetter("due_date"),
        over=lambda task: (
            ""
            if task.state in OPEN_TASK_STATES
            else _now("“%(task)s” is not open any more.") % {"task": task}
        ),
        write=lambda task, **values: set_task_state(
            task=task, to=TaskState.DONE, was=task.state, **values
        ),
        told=lambda task: (
            _now("“%(task)s” was done %(day)s.")
            % {"task": task, "day": short_date(task.completed_at)}
        ),
    ),
    "move": Deed(
        find=_task,
        day=attrgetter("due_date"),
        moves=True,
        write=lambda task, **values: move_task(task=task, **values),
        told=lambda task: (
            _now("“%(task)s” is now due %(day)s.")
            % {"task": task, "day": short_date(task.due_date)}
        ),
    ),
    "end": Deed(
        find=_project,
        day=attrgetter("end_date"),
        moves=True,
        write=lambda project, **values: move_end(project=project, **values),
        told=lambda project: (
            _now("“%(project)s” now ends %(day)s.")
            % {"project": project, "day": short_date(project.end_date)}
        ),
    ),
    "complete": Deed(
        find=_project,
        day=attrgetter("end_date"),
        over=lambda project: (
            _now("“%(project)s” is completed already.") % {"project": project}
            if project.stage == Stage.COMPLETED
            else ""
        ),
        write=_complete,
        told=lambda project: _now("“%(project)s” is now completed.") % {"project": project},
    ),
}


def _confirm(request: HttpRequest) -> str:
    if not request.POST.getlist("project"):
        messages.warning(request, _now("Tick the projects first. Nothing was changed."))
        return "#worklist"
    projects = _projects(request)
    confirm_projects(request, projects)
    after = request.POST.get("after", "")  # the row below, which is now where this one was
    return f"#project-{after}" if is_key(after) else "#worklist"


def confirm_projects(request: HttpRequest, projects: list[Project]) -> None:
    """“Everything is up to date” in each of them, and a word about it."""
    for project in projects:
        actions.confirm_up_to_date(project=project, by=request.user)
    told = ngettext(
        "“%(project)s” now says that it was checked today.",
        "%(count)s projects now say that they were checked today.",
        len(projects),
    )
    messages.success(request, told % {"count": len(projects), "project": projects[0]})
