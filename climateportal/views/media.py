"""Uploaded files, through the same gate as the pages that show them."""

from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest

from projects.models import Contact, Material, Project
from projects.models.contact import valid_q

SHOWN_IN_PAGE = {".webp", ".png", ".jpg", ".jpeg"}


def _may_read(request: HttpRequest, path: str) -> bool:
    visible = Project.objects.visible_to(request.user)
    if visible.filter(Q(image=path) | Q(materials__in=Material.objects.filter(file=path))).exists():
        return True
    listed = Q(project_contacts__project__in=visible) | Q(coordinates__isnull=False)
    return Contact.objects.filter(listed & valid_q(), photo=path).exists()


def uploaded(request: HttpRequest, path: str) -> FileResponse:
    """One uploaded file, if a page that the visitor may read shows it; 404 otherwise.

    Pictures are shown, everything else is saved, so that no upload runs in the site's name.
    """
    if not _may_read(request, path) or not default_storage.exists(path):
        raise Http404
    suffix = PurePosixPath(path).suffix
    response = FileResponse(default_storage.open(path), as_attachment=suffix not in SHOWN_IN_PAGE)
    if suffix == ".webp":
        response["Content-Type"] = "image/webp"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    return response
