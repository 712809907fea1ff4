"""The list of regions and the summary page of one."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from climateportal.memory import read_once
from climateportal.replay import replayed
from climateportal.views.lookup import get_or_moved
from municipalities.alphabet import alphabetical
from municipalities.enums import RegionKind
from municipalities.models import Region
from projects.summaries import Order, place_counts, readable_meetings, region_summary


@dataclass(frozen=True)
class Item:
    """A region in the list, with those that belong to it."""

    region: Region
    projects: int
    parts: tuple["Item", ...] = ()


@replayed()
def region_list(request: HttpRequest) -> HttpResponse:
    """Cooperation areas, and counties with their sub-regions."""
    counts = place_counts().regions
    regions = sorted(
        Region.objects.with_member_count().select_related("parent"),
        key=lambda region: alphabetical(region.name),
    )

    def items(kind: RegionKind, parent: int | None = None) -> tuple[Item, ...]:
        return tuple(
            Item(
                region,
                counts[region.slug],
                items(RegionKind.SUBREGION, region.pk) if kind == RegionKind.COUNTY else (),
            )
            for region in regions
            if region.kind == kind and (parent is None or region.parent_id == parent)
        )

    context = {
        "cooperation": items(RegionKind.COOPERATION),
        "counties": items(RegionKind.COUNTY),
    }
    return render(request, "municipalities/region_list.html", context)


@replayed("jarjesta")
def region(request: HttpRequest, slug: str) -> HttpResponse:
    """One region: how its municipalities stand, what they do together, who steers it."""
    found = get_or_moved(Region.objects.select_related("parent"), slug)
    if isinstance(found, HttpResponse):
        return found
    asked = request.GET.get("jarjesta", Order.NAME)
    order = next((known for known in Order if known == asked), Order.NAME)
    key = ("region", found.pk, order, get_language())
    summary = read_once(key, lambda: region_summary(found, order=order))
    context = {
        "region": found,
        "summary": summary,
        "readable": readable_meetings(summary.coming, request.user),
        "order": order,
        "odd_order": asked != order,
    }
    return render(request, "municipalities/region.html", context)
