"""Read models: what the home, region and municipality pages show, counted once and gated.

Each function reads through `published()` only, in a constant number of queries, and returns
frozen dataclasses. `municipalities.views` may import this package, and
nothing else of `projects`.
"""

from projects.summaries.counts import (
    ProjectCounts,
    TaskCounts,
)
from projects.summaries.decided import readable_meetings
from projects.summaries.home import HomeSummary, home_summary
from projects.summaries.members import Order
from projects.summaries.municipality import (
    EmissionSeries,
    MunicipalitySummary,
    municipality_summary,
)
from projects.summaries.places import PlaceCounts, in_region_q, place_counts
from projects.summaries.region import RegionSummary, region_summary

__all__ = [
    "EmissionSeries",
    "HomeSummary",
    "MunicipalitySummary",
    "Order",
    "PlaceCounts",
    "ProjectCounts",
    "RegionSummary",
    "TaskCounts",
    "home_summary",
    "in_region_q",
    "municipality_summary",
    "place_counts",
    "readable_meetings",
    "region_summary",
]
