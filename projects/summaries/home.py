"""The read model of the front page: published projects by stage, county and theme."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Q
from django.utils import timezone

from climateportal.publishing import published_q
from municipalities.enums import RegionKind
from municipalities.models import Region
from projects.models import Event, Project, Theme
from projects.summaries.counts import ProjectCounts
from projects.summaries.places import project_counts_by_region

LATEST = 6
EVENTS = 3


@dataclass(frozen=True)
class CountyCount:
    """How many projects a county has, each counted once."""

    county: Region
    count: int


@dataclass(frozen=True)
class ThemeCount:
    """How many projects have a theme."""

    theme: Theme
    count: int


@dataclass(frozen=True)
class HomeSummary:
    """What the front page shows on a day."""

    on: date
    projects: ProjectCounts
    counties: tuple[CountyCount, ...]
    themes: tuple[ThemeCount, ...]
    latest: tuple[Project, ...]
    events: tuple[Event, ...]


def home_summary(on: date | None = None) -> HomeSummary:
    """Read what the front page shows on a day (default: today). Eight queries."""
    on = on or timezone.localdate()
    published = Project.objects.published()
    stages = published.order_by().values_list("stage", "activity").annotate(Count("pk"))
    counts = project_counts_by_region(None, kind=RegionKind.COUNTY)
    themes = Theme.objects.annotate(
        count=Count("projects", filter=published_q("projects__"))
    ).filter(count__gt=0)
    latest = published.for_list(on).order_by("-content_updated_at", "pk")
    return HomeSummary(
        on=on,
        projects=ProjectCounts.of(stages),
        counties=tuple(
            CountyCount(county, counts[county.pk]) for county in Region.objects.counties()
        ),
        themes=tuple(ThemeCount(theme, theme.count) for theme in themes),
        latest=tuple(latest[:LATEST]),
        events=_coming_events(on),
    )


def _coming_events(on: date) -> tuple[Event, ...]:
    """Events that are not over on the day, the next first."""
    morning = timezone.make_aware(datetime.combine(on, time.min))
    coming = Event.objects.filter(
        Q(starts_at__gte=morning) | Q(ends_at__gte=morning),
        project__in=Project.objects.published(),
    )
    return tuple(coming.select_related("project").order_by("starts_at", "pk")[:EVENTS])
