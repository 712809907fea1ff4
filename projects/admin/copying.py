"""Pages on which a project, or its list of tasks, becomes the model of another."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.forms import Script
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from climateportal.admin.errors import of_form
from climateportal.admin.relations import PickOne
from municipalities.models import Municipality
from projects.admin.worklist import TypedDay
from projects.copying import Part, copy_project, copy_tasks
from projects.models import Project
from projects.permissions import can_change_part, can_change_project, project_pickable_q

PARTS = {
    Part.GOALS: _("Goals, without what has been measured"),
    Part.TASKS: _("Tasks and work packages, as not started"),
    Part.PLACES: _("Municipalities, regions and organisations"),
    Part.PEOPLE: _("Contacts"),
}
OF_OTHERS = (Part.GOALS, Part.TASKS)  # whose project it is and whom to ask is not copied
MOST_OWN = 4
FARTHEST = 50  # years


class StartForm(forms.Form):
    """When the new one begins."""

    start = TypedDay(
        label=_("Starts on"),
        required=False,
        help_text=_("Due dates move by as much as the start does. Without this day they are left "
                    "empty, for you to fill in."),
    )  # fmt: skip

    def clean_start(self) -> date | None:
        start = self.cleaned_data["start"]
        if start and abs(start.year - timezone.localdate().year) > FARTHEST:
            raise ValidationError(_("This day is too far away. Check the year."))
        return start


class CopyForm(StartForm):
    """What of a project goes into the copy, and under which name."""

    field_order = ("title", "parts", "start")
    title = forms.CharField(
        label=_("Title of the new project, in Finnish"),
        max_length=Project._meta.get_field("title_fi").max_length,
    )
    parts = forms.MultipleChoiceField(
        label=_("Copied besides lead, description and themes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Never copied: stage, progress, money, pictures, materials and news."),
    )

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [part for part in Part if own or part in OF_OTHERS]
        self.fields["parts"].choices = [(part.value, PARTS[part]) for part in offered]
        self.fields["parts"].initial = [part.value for part in offered]


class TakeForm(StartForm):
    """Whose tasks are taken."""

    class Media:
        js = (
            Script("admin-ours/form.js", type="module"),
            Script("admin-ours/select.js", type="module"),
        )

    field_order = ("source", "start")
    source = forms.ModelChoiceField(
        Project.objects.none(),
        label=_("Project whose tasks are taken"),
        widget=PickOne(Project._meta.get_field("related"), admin.site),
        help_text=_("Public projects of others too. Their tasks are added after those of yours, as "
                    "not started; cancelled ones are left out."),
    )  # fmt: skip

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pickable = Project.objects.filter(project_pickable_q(user))
        self.fields["source"].queryset = pickable


def copy_page(site: admin.AdminSite, request: HttpRequest, source: Project) -> HttpResponse:
    """A new draft after the model of `source`, which the user may read."""
    own = can_change_project(request.user, source) or can_change_part(request.user, source)
    form = CopyForm(request.POST or None, own=own, label_suffix="")
    if form.is_valid():
        values = form.cleaned_data
        try:
            copy = copy_project(
                source=source,
                title=values["title"],
                by=request.user,
                parts=map(Part, values["parts"]),
                start=values["start"],
                places=_own_places(request),
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            if not can_change_project(request.user, copy):
                request.user.projects.add(copy)  # as with any project that one makes
            words = _now("“%(project)s” was made after “%(source)s”. It is a draft that only its "
                         "editors see.")  # fmt: skip
            messages.success(request, words % {"project": copy, "source": source})
            return redirect("admin:projects_project_change", copy.pk)
    return _page(site, request, source, form, _now("Copy the project"), _now("Make the copy"))


def take_tasks_page(site: admin.AdminSite, request: HttpRequest, project: Project) -> HttpResponse:
    """Tasks of another project, for one that the user may edit as a whole."""
    form = TakeForm(request.POST or None, user=request.user, label_suffix="")
    if form.is_valid():
        source = form.cleaned_data["source"]
        try:
            count = copy_tasks(
                source=source, to=project, by=request.user, start=form.cleaned_data["start"]
            )
        except ValidationError as error:
            form.add_error("source", error.messages)
        else:
            told = ngettext(
                "%(count)s task was added from “%(source)s”.",
                "%(count)s tasks were added from “%(source)s”.",
                count,
            )
            messages.success(request, told % {"count": count, "source": source})
            return redirect("admin:projects_project_board", project.pk)
    title = _now("Take tasks from another project")
    return _page(site, request, project, form, title, _now("Add the tasks"))


def _own_places(request: HttpRequest) -> list[Municipality]:
    """The editor's own municipality, where it is clear which one."""
    own = list(request.user.municipalities.all()[:MOST_OWN])
    return own if len(own) < MOST_OWN else []


def _page(
    site: admin.AdminSite,
    request: HttpRequest,
    project: Project,
    form: forms.Form,
    title: str,
    button: str,
) -> HttpResponse:
    problems = list(of_form(form, top="content-main"))
    context = {
        **site.each_context(request),
        "title": title,
        "project": project,
        "form": form,
        "media": form.media,
        "problems": problems,
        "files_lost": False,
        "button": button,
    }
    template = "admin/projects/project/copy.html"
    return TemplateResponse(request, template, context, status=422 if problems else 200)
