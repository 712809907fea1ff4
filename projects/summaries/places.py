"""Which projects belong to a region or a municipality, and how many there are of them.

A project belongs to a region when it names the region or a part of it, or when a municipality of
the region takes part. A merged municipality's projects are its successor's.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from municipalities.models import Municipality
from projects.facets import Facet, Facets
from projects.models import Participation, Project


def in_region_q(region: int, on: date | None = None) -> Q:
    """The condition of a project belonging to the region with this primary key, on a day."""
    on = on or timezone.localdate()
    named = Project.regions.through.objects.filter(
        Q(region=region) | Q(region__parent=region) | Q(region__parent__parent=region)
    )
    members = Municipality.objects.current(on).filter(region_memberships__region=region)
    mine = Participation.objects.filter(municipality__in=with_predecessors(members, on))
    return Q(pk__in=named.values("project")) | Q(pk__in=mine.values("project"))


class Mergers:
    """Which municipality one is a part of on a day. One small query: only the merged are read."""

    def __init__(
        self, on: date, ended: Iterable[tuple[int, int | None, date]] | None = None
    ) -> None:
        rows = _ended_before(on) if ended is None else ended
        self._successors = {pk: successor for pk, successor, until in rows if until < on}

    @classmethod
    def of_days(cls, days: Sequence[date], places: Iterable[Municipality]) -> "list[Mergers]":
        """The mergers of several days, from `places` among which are all that have ended."""
        ended = [(row.pk, row.successor_id, row.valid_until) for row in places if row.valid_until]
        return [cls(day, ended) for day in days]

    def now(self, pk: int | None) -> int | None:
        """The municipality that `pk` is today."""
        for _step in self._successors:  # a bound, should successors ever go round in a circle
            if pk not in self._successors:
                break
            pk = self._successors[pk]
        return pk

    def whole(self, places: Collection[int]) -> set[int]:
        """`places` and those that have been merged into them."""
        return {*places, *(pk for pk in self._successors if self.now(pk) in places)}


def _ended_before(day: date) -> QuerySet:
    ended = Municipality.objects.filter(valid_until__lt=day)
    return ended.values_list("pk", "successor", "valid_until")


def with_predecessors(places: QuerySet[Municipality], on: date) -> QuerySet[Municipality]:
    """The keys of `places` and of those that have been merged into them by a day."""
    keys = places.values("pk")
    return Municipality.objects.filter(
        Q(pk__in=keys)
        | Q(successor__in=keys, valid_until__lt=on)
        | Q(successor__successor__in=keys, successor__valid_until__lt=on)
    ).values("pk")


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
