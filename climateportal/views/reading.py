"""What a member of a steering group reads: the front page of those who edit nothing."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from climateportal.publishing import published_q
from municipalities.models import Meeting
from municipalities.permissions import seats_of
from projects.models import Project
from projects.permissions import pack_readable_q, project_readable_q

SHOWN_MEETINGS = 10
SHOWN_DRAFTS = 50


@never_cache
@login_required
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """The visitor's groups with their meetings, and the drafts of projects there."""
    seats = list(seats_of(request.user).select_related("group__region"))
    groups = list({seat.group_id: seat.group for seat in seats}.values())
    meetings = (
        Meeting.objects.filter(pack_readable_q(request.user), group__in=groups)
        .select_related("group__region")
        .order_by("-date", "pk")[:SHOWN_MEETINGS]
    )
    drafts = Project.objects.filter(project_readable_q(request.user)).exclude(published_q())
    context = {
        "groups": groups,
        "meetings": meetings,
        "drafts": drafts.by_title("fi")[:SHOWN_DRAFTS] if groups else [],
    }
    return render(request, "account/reading.html", context)
