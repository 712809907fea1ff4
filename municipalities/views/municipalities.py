"""The list of municipalities and the page of one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext

from climateportal.memory import read_once
from climateportal.replay import replayed
from climateportal.views.lookup import get_or_moved
from municipalities.alphabet import alphabetical
from municipalities.enums import PlanStatus
from municipalities.models import Municipality, Region
from municipalities.names import ISLANDS, meant
from municipalities.views.emissions import emission_figure
from projects.summaries import municipality_summary, place_counts

LONGEST_QUERY = 100  # characters


@dataclass(frozen=True)
class Item:
    """One municipality in the list."""

    municipality: Municipality
    projects: str  # “3 projects”


@dataclass(frozen=True)
class County:
    """A county with its municipalities; `region` is None for those without a county."""

    region: Region | None
    items: tuple[Item, ...]


def _matches(place: Municipality, query: str) -> bool:
    """Whether a part of the municipality's name, or its county's beginning, is the query."""
    names = {place.name_fi, place.name_sv, place.name_en}
    if place.county:
        county = {place.county.name_fi, place.county.name_sv, place.county.name_en}
        if any(name.casefold().startswith(query) for name in county if name):
            return True
    return any(query in name.casefold() for name in names)


def _by_county(places: Iterable[Municipality]) -> list[County]:
    counts = place_counts().municipalities
    groups: dict[Region | None, list[Item]] = {}
    for place in places:
        number = counts.get(place.slug, 0)
        label = ngettext("%(number)s project", "%(number)s projects", number)
        groups.setdefault(place.county, []).append(Item(place, label % {"number": number}))
    return [
        County(region, tuple(items))
        for region, items in sorted(
            groups.items(), key=lambda pair: (pair[0] is None, alphabetical(str(pair[0])))
        )
    ]


@replayed("q", "suunnitelma")
def municipality_list(request: HttpRequest) -> HttpResponse:
    """The municipalities of today by county, found by any form of the name or by the code.

    A query that names one municipality exactly leads to its page.
    """
    query = " ".join(request.GET.get("q", "")[:LONGEST_QUERY].split())
    plan = request.GET.get("suunnitelma", "")
    plan = plan if plan in PlanStatus.values else ""
    everyone = list(Municipality.objects.with_county())
    if query:
        named = meant(query, [(place, place.names) for place in everyone])
        if len(named) == 1:
            return redirect(named[0])
    today = timezone.localdate()
    places = [
        place
        for place in sorted(everyone, key=lambda place: alphabetical(place.name))
        if (place.valid_until is None or place.valid_until >= today)
        and (not query or _matches(place, query.casefold()))
        and (not plan or place.plan_status == plan)
    ]
    context = {
        "counties": _by_county(places),
        "number": len(places),
        "query": query,
        "plan": plan,
        "plans": PlanStatus.choices,
    }
    return render(request, "municipalities/municipality_list.html", context)


def _successor(merged: Municipality) -> Municipality:
    """The municipality of today that a merged one belongs to. Raises Http404 for a circle."""
    seen = set()
    while merged.successor is not None:
        if merged.pk in seen:
            raise Http404
        seen.add(merged.pk)
        merged = merged.successor
    return merged


def _place_in(place: Municipality) -> str:
    """Where something is: “Pälkäneellä”, “i Pälkäne”, “på Föglö”, “in Pälkäne”."""
    match get_language():
        case "fi":
            return place.fi_in
        case "sv":
            return f"{'på' if place.code in ISLANDS else 'i'} {place.name}"
    return f"in {place.name}"


@replayed()
def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    """One municipality: what it aims at, what it does, whom to ask."""
    found = get_or_moved(Municipality.objects.select_related("successor"), slug)
    if isinstance(found, HttpResponse):
        return found
    today = timezone.localdate()
    if found.valid_until is not None and found.valid_until < today:
        return HttpResponsePermanentRedirect(_successor(found).get_absolute_url())
    key = ("municipality", found.pk, today, get_language())
    summary = read_once(key, lambda: municipality_summary(found, today))
    context = {
        "municipality": found,
        "summary": summary,
        "place": _place_in(found),
        "emissions": emission_figure(summary.emissions, summary.target),
    }
    return render(request, "municipalities/municipality.html", context)
