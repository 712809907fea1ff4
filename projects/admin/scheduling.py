"""Publishing drafts at the moment that was set for them, as the person who set it."""

from datetime import datetime
from io import BytesIO
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone, translation
from simple_history.models import HistoricalRecords

from climateportal.models import User
from projects.admin.drafttrial import send
from projects.drafting import hold_draft
from projects.models import Project, ProjectDraft
from projects.permissions import can_change_project
from projects.review import can_decide, needs_review
from projects.reviewletters import tell_published


def due(at: datetime) -> list[int]:
    """Keys of the drafts whose moment has come, the earliest first."""
    rows = ProjectDraft.objects.filter(publish_at__lte=at, held_at=None)
    return list(rows.order_by("publish_at", "pk").values_list("pk", flat=True))


@transaction.atomic
def publish_scheduled(pk: int, at: datetime | None = None) -> bool | None:
    """Publish a draft whose moment has come. False: it was held back, and the work list tells so;
    None: another run was faster, or somebody changed it in between.
    """
    at = at or timezone.now()
    # the project first, as its form does; whoever is saving it now is left to it
    projects = Project.objects.select_for_update(skip_locked=True).filter(draft=pk)
    rows = ProjectDraft.objects.filter(pk=pk, publish_at__lte=at, held_at=None)
    if not list(projects.values_list("pk")) or (draft := rows.first()) is None:
        return None
    user, asker = draft.scheduled_by, draft.asked_by
    if user is not None and _may(user, draft) and _sent(user, draft):
        if draft.asked_at:
            project = Project.objects.get(pk=draft.project_id)
            tell_published(project=project, by=user, to=asker)
        return True
    hold_draft(draft=draft, at=at)
    return False


def _may(user: User, draft: ProjectDraft) -> bool:
    """Whether who set the moment may still publish it today."""
    if not user.is_active or not can_change_project(user, draft.project):
        return False
    return can_decide(user, draft) or not needs_review(draft.project_id)


def _sent(user: User, draft: ProjectDraft) -> bool:
    """Send the draft's form as its user, through the guard against stale forms."""
    request = _request_of(user)
    HistoricalRecords.context.request = request
    try:
        with translation.override(user.language):
            page: Any = admin.site.get_model_admin(Project)
            # who may decide has seen it; a page that joins such a region was free to change since
            allowed = needs_review(draft.project_id)
            twin, _answer = send(page, request, draft, silent=True, allowed=allowed)
    finally:
        del HistoricalRecords.context.request
    return hasattr(twin, "saved_object")


def _request_of(user: User) -> HttpRequest:
    """A request that nobody has sent: of the user, with nowhere to show messages."""
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": "/admin/",
            "SERVER_NAME": settings.SITE_URL.split("//")[-1].split(":")[0].strip("/"),
            "SERVER_PORT": "443",
            "wsgi.url_scheme": "https",
            "wsgi.input": BytesIO(),
        }
    )
    request.user, request._messages = user, CookieStorage(request)
    request.csp_nonce = ""  # of a page that nobody is shown
    request.csrf_processing_done = True  # there is no browser that could have been tricked
    return request
