"""Taking a project off the site and archiving it: a page that tells what follows, and actions."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazily
from django.utils.translation import ngettext

from climateportal.publishing import PublicationState
from projects.archiving import archive, unarchive, unpublish
from projects.models import Project


class RestingProjects:
    """Mix in before `PortalAdmin`."""

    def get_urls(self) -> list[Any]:
        def page(name: str, view: Any) -> Any:
            shown = self.admin_site.admin_view(view)
            return path(f"<int:pk>/{name}/", shown, name=f"projects_project_{name}")

        return [
            page("unpublish", self.unpublish_view),
            page("archive", self.archive_view),
            *super().get_urls(),
        ]

    def unpublish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Tells what becomes of links to the page, and takes it off the site."""
        return self._confirmed(request, pk, _("Take off the site"), "unpublish", self._unpublish)

    def archive_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Tells what archiving does, and does or undoes it."""
        return self._confirmed(request, pk, _("Archive"), "archive", self._archive)

    def _confirmed(
        self,
        request: HttpRequest,
        pk: int,
        title: str,
        name: str,
        write: Callable[[HttpRequest, Project], str],
    ) -> HttpResponse:
        project = self.get_object(request, str(pk))
        if project is None or not self.has_change_permission(request, project):
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        problems: list[str] = []
        if request.method == "POST":
            try:
                told = write(request, project)
            except ValidationError as error:
                problems = error.messages
            else:
                self.log_change(request, project, told)
                messages.success(request, told)
                return redirect("admin:projects_project_change", pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "object": project,
            "module_name": str(self.opts.verbose_name_plural).capitalize(),
            "list_url": reverse("admin:projects_project_changelist"),
            "problems": problems,
            "back": "",
            "draft": self.draft_of(pk),
        }
        return TemplateResponse(request, f"admin/draft/{name}.html", context)

    def _unpublish(self, request: HttpRequest, project: Project) -> str:
        unpublish(project=project, by=request.user)
        return _("The page was taken off the site.")

    def _archive(self, request: HttpRequest, project: Project) -> str:
        if "back" in request.POST:
            unarchive(project=project, by=request.user)
            return _("The project is not archived any more.")
        archive(project=project, by=request.user)
        return _("The project was archived.")

    # --- many at once ------------------------------------------------------------------------

    @admin.action(description=_lazily("Take the chosen ones off the site"), permissions=["change"])
    def unpublish_chosen(self, request: HttpRequest, queryset: QuerySet) -> None:
        """The pages of the ticked projects are found by nobody any more."""
        chosen = list(queryset.exclude(publication=PublicationState.DRAFT))
        for project in chosen:
            self.log_change(request, project, self._unpublish(request, project))
        self._tell_count(
            request,
            ngettext(
                "%(count)s page was taken off the site. Links to it lead nowhere until it is "
                "published again.",
                "%(count)s pages were taken off the site. Links to them lead nowhere until they "
                "are published again.",
                len(chosen),
            ),
            len(chosen),
        )

    @admin.action(
        description=_lazily("Archive the chosen ones that are over"), permissions=["change"]
    )
    def archive_chosen(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Those of the ticked projects that are over rest from today on."""
        chosen = [project for project in queryset if project.archived_on is None]
        over = [project for project in chosen if project.is_over()]
        for project in over:
            self.log_change(request, project, self._archive(request, project))
        told = ngettext(
            "%(count)s project was archived.", "%(count)s projects were archived.", len(over)
        )
        self._tell_count(request, told, len(over))
        if left := [str(project) for project in chosen if not project.is_over()]:
            words = _("Only a completed or cancelled project can be archived. Left as they are: "
                      "%(names)s.")  # fmt: skip
            messages.warning(request, words % {"names": ", ".join(left)})

    def _tell_count(self, request: HttpRequest, words: str, count: int) -> None:
        level = messages.SUCCESS if count else messages.WARNING
        self.message_user(request, words % {"count": count}, level)
