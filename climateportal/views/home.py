"""The front page."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from climateportal.replay import replayed
from municipalities.models import Region
from municipalities.tilemap import Tile, tile_map
from projects.summaries import HomeSummary, home_summary


@dataclass(frozen=True)
class CountyTile:
    """A county on the map with its number."""

    tile: Tile
    county: Region
    count: int


def _county_map(summary: HomeSummary) -> dict[str, object]:
    rows = {row.county.code: row for row in summary.counties}
    drawn = tile_map({code: row.count for code, row in rows.items()}, get_language() or "fi")
    return {
        "tiles": [
            CountyTile(tile, rows[tile.code].county, rows[tile.code].count) for tile in drawn.tiles
        ],
        "legend": drawn.legend,
    }


@replayed()
def home(request: HttpRequest) -> HttpResponse:
    """What is done and how far it is, and ways to find more: search, map, municipality, theme."""
    summary = home_summary()
    context = {"summary": summary, "map": _county_map(summary)}
    return render(request, "climateportal/home.html", context)
