"""The list of regions and the summary page of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from climateportal.views.lookup import get_or_moved
from municipalities.models import Region


def region_list(request: HttpRequest) -> HttpResponse:
    """All regions."""
    context = {"regions": Region.objects.by_name()}
    return render(request, "municipalities/region_list.html", context)


def region(request: HttpRequest, slug: str) -> HttpResponse:
    """One region."""
    found = get_or_moved(Region.objects.all(), slug)
    if isinstance(found, HttpResponse):
        return found
    return render(request, "municipalities/region.html", {"region": found})
