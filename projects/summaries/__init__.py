"""Read models: what the home, region and municipality pages show, counted once and gated.

Each function reads through `published()` / `visible_to(user)` only, in a constant number of
queries, and returns frozen dataclasses. `municipalities.views` may import this package, and
nothing else of `projects`.
"""

from projects.summaries.counts import (
    MoneyKnown,
    ProjectCounts,
    TaskCounts,
)
from projects.summaries.home import HomeSummary, home_summary
from projects.summaries.municipality import MunicipalitySummary, municipality_summary
from projects.summaries.places import (
    in_region_q,
    project_counts_by_municipality,
    project_counts_by_region,
)
from projects.summaries.region import RegionSummary, region_summary

__all__ = [
    "HomeSummary",
    "MoneyKnown",
    "MunicipalitySummary",
    "ProjectCounts",
    "RegionSummary",
    "TaskCounts",
    "home_summary",
    "in_region_q",
    "municipality_summary",
    "project_counts_by_municipality",
    "project_counts_by_region",
    "region_summary",
]
