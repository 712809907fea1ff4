"""What the tests of the read models share: their day, and ways to read a summary."""

from datetime import date, timedelta

from municipalities.models import Municipality, Organisation
from projects.summaries import RegionSummary
from tests.factories import OrganisationFactory

TODAY = date(2024, 6, 15)
YESTERDAY = TODAY - timedelta(days=1)


def stages(counts: object) -> dict[str, int]:
    """The stages that have projects."""
    return {row.stage.value: row.count for row in counts.stages if row.count}


def rows_of(summary: RegionSummary) -> dict[str, object]:
    """Rows of the region's table by the municipality's name."""
    return {row.municipality.name: row for group in summary.groups for row in group.rows}


def organisation_of(place: Municipality) -> Organisation:
    """The municipality as an organisation."""
    if hasattr(place, "organisation"):
        return place.organisation
    return OrganisationFactory(municipality=place, kind="municipality")
