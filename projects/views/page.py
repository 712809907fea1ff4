"""A project's public page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from climateportal.replay import replayed
from climateportal.views.lookup import get_or_moved
from projects.detail import project_detail
from projects.models import Project


@require_safe
@replayed()
def project(request: HttpRequest, slug: str) -> HttpResponse:
    """One project, or a redirect for good from an address it once had. Drafts are not found."""
    readable = Project.objects.visible_to(request.user).select_related("maintainer__municipality")
    found = get_or_moved(readable, slug)
    if isinstance(found, HttpResponse):
        return found
    return render(request, "projects/page.html", page_context(found, request.user))


def page_context(project: Project, user: Any) -> dict[str, Any]:
    """What the page shows to a user. `project` comes with its maintainer."""
    return {
        "project": project,
        "detail": project_detail(project, user),
        "is_draft": not project.is_public(),
    }
