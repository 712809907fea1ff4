"""Which projects belong to a region or a municipality, and how many there are of them.

A project belongs to a region when it names the region or a part of it, or when a municipality of
the region takes part. A merged municipality's projects are its successor's.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from municipalities.models import Municipality, RegionMember
from projects.facets import Facet, Facets
from projects.models import Participation, Project


def in_region_q(region: int) -> Q:
    """The condition of a project belonging to the region with this primary key."""
    named = Project.regions.through.objects.filter(
        Q(region=region) | Q(region__parent=region) | Q(region__parent__parent=region)
    )
    members = RegionMember.objects.filter(region=region).values("municipality")
    places = Municipality.objects.filter(
        Q(pk__in=members, successor=None)
        | Q(successor__in=members, successor__successor=None)
        | Q(successor__successor__in=members)
    )
    mine = Participation.objects.filter(municipality__in=places.values("pk"))
    return Q(pk__in=named.values("project")) | Q(pk__in=mine.values("project"))


def with_predecessors(municipality: int) -> QuerySet[Municipality]:
    """The municipality and those that were merged into it."""
    return Municipality.objects.filter(
        Q(pk=municipality) | Q(successor=municipality) | Q(successor__successor=municipality)
    )


@dataclass(frozen=True)
class PlaceCounts:
    """How many public projects each place has, by slug. Each project once in each place."""

    regions: Mapping[str, int]
    municipalities: Mapping[str, int]

    @classmethod
    def of(cls, facets: Facets) -> "PlaceCounts":
        """From what the project list's filters know: the numbers there and here are the same."""

        def numbers(facet: Facet) -> dict[str, int]:
            return {slug: len(option.projects) for slug, option in facets.options[facet].items()}

        return cls(numbers(Facet.REGION), numbers(Facet.MUNICIPALITY))


def place_counts() -> PlaceCounts:
    """Public projects of every region and municipality. Four queries."""
    return PlaceCounts.of(Facets.load())
