"""The read model of the front page: published projects by stage, county and theme."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q
from django.utils import timezone

from climateportal.publishing import published_q
from climateportal.translated import Text
from municipalities.alphabet import alphabetical
from municipalities.models import Region
from projects.enums import Activity, Stage
from projects.facets import Facet, Facets, Option
from projects.models import Event, Project
from projects.summaries.counts import ProjectCounts
from projects.summaries.places import PlaceCounts

LATEST = 6
EVENTS = 3


@dataclass(frozen=True)
class CountyCount:
    """How many projects a county has, each counted once."""

    county: Region
    count: int


@dataclass(frozen=True)
class HomeSummary:
    """What the front page shows on a day."""

    on: date
    projects: ProjectCounts
    counties: tuple[CountyCount, ...]
    themes: tuple[Option, ...]
    municipalities: tuple[Text, ...]  # names, in alphabetical order
    latest: tuple[Project, ...]
    events: tuple[Event, ...]


def home_summary(on: date | None = None) -> HomeSummary:
    """Read what the front page shows on a day (default: today). Nine queries."""
    on = on or timezone.localdate()
    facets = Facets.load(on=on)
    regions = PlaceCounts.of(facets).regions
    return HomeSummary(
        on=on,
        projects=_project_counts(facets),
        counties=tuple(
            CountyCount(county, regions[county.slug]) for county in Region.objects.counties()
        ),
        themes=tuple(row for row in facets.options[Facet.THEME].values() if row.projects),
        municipalities=tuple(
            sorted(
                (row.label for row in facets.options[Facet.MUNICIPALITY].values()),
                key=lambda label: alphabetical(label.value),
            )
        ),
        latest=_latest(on),
        events=_coming_events(on),
    )


def _project_counts(facets: Facets) -> ProjectCounts:
    """The numbers that the list's stage filter shows."""
    found = facets.options[Facet.STAGE]
    rows = [(stage, Activity.ACTIVE, len(found[stage].projects)) for stage in Stage]
    halted = (Activity.PAUSED, Activity.CANCELLED)
    rows += [("", activity, len(found[activity].projects)) for activity in halted]
    return ProjectCounts.of(rows)


def _latest(on: date) -> tuple[Project, ...]:
    """The most recently updated. Found before anything is counted: counting reads every task."""
    published = Project.objects.published().order_by("-content_updated_at", "pk")
    return tuple(published.filter(pk__in=published.values("pk")[:LATEST]).for_list(on))


def _coming_events(on: date) -> tuple[Event, ...]:
    """Events that are not over on the day, the next first."""
    morning = timezone.make_aware(datetime.combine(on, time.min))
    coming = Event.objects.filter(
        Q(starts_at__gte=morning) | Q(ends_at__gte=morning),
        published_q("project__"),
    )
    return tuple(coming.select_related("project").order_by("starts_at", "pk")[:EVENTS])
