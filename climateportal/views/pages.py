"""Content pages written by an administrator."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from climateportal.models import Page
from climateportal.replay import replayed
from climateportal.views.lookup import get_or_moved


@replayed()
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One content page, or a permanent redirect from an address it once had."""
    found = get_or_moved(Page.objects.visible_to(request.user), slug)
    if isinstance(found, HttpResponse):
        return found
    return render(request, "climateportal/page.html", {"page": found})
