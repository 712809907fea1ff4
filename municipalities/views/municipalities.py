"""The list of municipalities and the page of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from climateportal.views.lookup import get_or_moved
from municipalities.models import Municipality


def municipality_list(request: HttpRequest) -> HttpResponse:
    """All municipalities of today, by county."""
    context = {"municipalities": Municipality.objects.current().by_name()}
    return render(request, "municipalities/municipality_list.html", context)


def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    """One municipality."""
    found = get_or_moved(Municipality.objects.all(), slug)
    if isinstance(found, HttpResponse):
        return found
    return render(request, "municipalities/municipality.html", {"municipality": found})
