"""Stage and dates of several projects on one page, saved together or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from climateportal.admin.errors import of_form
from climateportal.admin.search import is_key
from climateportal.dates import short_date
from projects import actions
from projects.admin.worklist import TypedDay
from projects.enums import Stage
from projects.models import Project
from projects.permissions import project_in_reach_q

MOST = 50  # projects on one page
FIELDS = ("stage", "start_date", "end_date")


class ProjectRowForm(forms.Form):
    """One project's row. `was` is what the editor saw."""

    was = forms.CharField(widget=forms.HiddenInput, required=False)
    stage = forms.ChoiceField(label=_("stage"), choices=Stage.choices)
    start_date = TypedDay(label=_("starts"), required=False)
    end_date = TypedDay(label=_("ends"), required=False)

    def clean(self) -> None:
        start, end = self.cleaned_data.get("start_date"), self.cleaned_data.get("end_date")
        if start and end and end < start:
            self.add_error("end_date", _("The end date is before the start date."))


def mark(project: Project) -> str:
    """What of a project the page shows, as one short text."""
    return "|".join(str(getattr(project, name) or "") for name in FIELDS)


@dataclass(frozen=True)
class ProjectRow:
    """A project and its form."""

    project: Project
    form: ProjectRowForm

    @classmethod
    def of(cls, project: Project, data: QueryDict | None) -> "ProjectRow":
        initial = {name: getattr(project, name) for name in FIELDS}
        form = ProjectRowForm(
            data,
            prefix=f"p{project.pk}",
            initial={**initial, "was": mark(project)},
            label_suffix="",
        )
        return cls(project, form)

    def is_changed(self) -> bool:
        """Whether something else was typed than the editor saw."""
        values = self.form.cleaned_data
        return values["was"] != "|".join(str(values[name] or "") for name in FIELDS)

    def save(self, by: Any) -> None:
        """Write the row. Raises ValidationError with what the project's rules refuse, and when
        somebody else has changed the same meanwhile.
        """
        values = self.form.cleaned_data
        with actions.editing(project=self.project, by=by) as project:
            if mark(project) != values["was"]:
                raise ValidationError(self._moved(project))
            was_completed = project.stage == Stage.COMPLETED
            for name in FIELDS:
                setattr(project, name, values[name])
            if project.stage != Stage.COMPLETED:
                project.completed_on = None
            elif not was_completed:
                project.completed_on = timezone.localdate()

    def _moved(self, project: Project) -> str:
        days = [short_date(day) if day else "–" for day in (project.start_date, project.end_date)]
        return _now(
            "Somebody has changed this meanwhile: it is now “%(stage)s”, %(start)s to %(end)s. "
            "Open the page again and change it there."
        ) % {"stage": project.get_stage_display(), "start": days[0], "end": days[1]}

    def refuse(self, error: ValidationError) -> None:
        """Tell at the fields what was refused."""
        for name, texts in _by_field(error).items():
            self.form.add_error(name if name in self.form.fields else None, texts)


def _by_field(error: ValidationError) -> dict[str | None, list[str]]:
    return error.message_dict if hasattr(error, "error_dict") else {None: error.messages}


def save_rows(rows: Iterable[ProjectRow], by: Any) -> int | None:
    """Write the changed rows, all or none. Returns how many, or None when one was refused."""
    rows = list(rows)
    if any([row.form.errors for row in rows]):  # noqa: C419 - of every one, to tell all
        return None
    changed, refused = [row for row in rows if row.is_changed()], False
    with transaction.atomic():
        for row in changed:
            try:
                row.save(by)
            except ValidationError as error:
                row.refuse(error)
                refused = True
        transaction.set_rollback(refused)
    return None if refused else len(changed)


class StagesAndDates:
    """Mix in before `PortalAdmin`: an action of the list, and the page that it leads to."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.stages_view)
        return [path("stages/", view, name="projects_project_stages"), *super().get_urls()]

    @admin.action(description=_("Edit stage and dates of the chosen ones"), permissions=["change"])
    def edit_stages(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        """Lead to the page with the ticked projects."""
        keys = list(queryset.order_by("title_fi", "pk").values_list("pk", flat=True)[: MOST + 1])
        if len(keys) > MOST:
            words = _now("The first %(most)s of the chosen ones are here.") % {"most": MOST}
            messages.warning(request, words)
        query = "&".join(f"project={key}" for key in keys[:MOST])
        return redirect(f"{reverse('admin:projects_project_stages')}?{query}")

    def stages_view(self, request: HttpRequest) -> HttpResponse:
        """The rows of the projects named in the address; what was refused comes back as typed."""
        data = request.POST if request.method == "POST" else None
        rows = [ProjectRow.of(project, data) for project in self._chosen(request)]
        if data is not None:
            count = save_rows(rows, request.user)
            if count is not None:
                told = ngettext(
                    "%(count)s project was changed.", "%(count)s projects were changed.", count
                )
                messages.success(
                    request, told % {"count": count} if count else _now("Nothing was changed.")
                )
                return redirect("admin:projects_project_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": _now("Stage and dates"),
            "rows": rows,
            "problems": [
                problem
                for row in rows
                for problem in of_form(row.form, str(row.project), f"project-{row.project.pk}")
            ],
            "files_lost": False,
        }
        template = "admin/projects/project/stages.html"
        status = 200 if data is None else 422
        return TemplateResponse(request, template, context, status=status)

    def _chosen(self, request: HttpRequest) -> list[Project]:
        keys = [key for key in request.GET.getlist("project") if is_key(key)][:MOST]
        found = Project.objects.filter(project_in_reach_q(request.user), pk__in=keys)
        projects = list(found.order_by("title_fi", "pk"))
        if not projects or len(projects) < len(set(keys)):
            raise PermissionDenied
        return projects
