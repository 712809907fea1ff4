"""A project's public page."""

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
    detail = project_detail(found, request.user)
    return render(
        request,
        "projects/page.html",
        {"project": found, "detail": detail, "is_draft": not found.is_public()},
    )
