"""Which projects belong to a region or a municipality, and how many there are of them.

A project belongs to a region when it names the region or a part of it, or when a municipality of
the region takes part.
"""

from collections import Counter

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from municipalities.models import Municipality, RegionMember
from projects.models import Participation, Project

NamedRegion = Project.regions.through


def in_region_q(region: int) -> Q:
    """The condition of a project belonging to the region with this primary key."""
    named = Q(region=region) | Q(region__parent=region) | Q(region__parent__parent=region)
    members = Participation.objects.filter(municipality__regions=region)
    return Q(pk__in=NamedRegion.objects.filter(named).values("project")) | Q(
        pk__in=members.values("project")
    )


def with_predecessors(municipality: int) -> QuerySet[Municipality]:
    """The municipality and those that were merged into it."""
    return Municipality.objects.filter(
        Q(pk=municipality) | Q(successor=municipality) | Q(successor__successor=municipality)
    )


def project_counts_by_municipality(user: AnonymousUser | object | None) -> Counter[int]:
    """How many projects each municipality takes part in, or those merged into it. One query."""
    visible = Project.objects.visible_to(user)
    rows = (
        Participation.objects.filter(project__in=visible)
        .order_by()
        .annotate(
            place=Coalesce(
                "municipality__successor__successor", "municipality__successor", "municipality"
            )
        )
        .values_list("place")
        .annotate(Count("project", distinct=True))
    )
    return Counter(dict(rows))


def project_counts_by_region(
    user: AnonymousUser | object | None, **regions: object
) -> Counter[int]:
    """How many projects each region has, counted once in each (see `in_region_q`). Two queries.

    `regions` narrows which regions are counted, e.g. `kind=RegionKind.COUNTY`.
    """
    visible = Project.objects.visible_to(user)
    members = RegionMember.objects.filter(
        **{f"region__{name}": value for name, value in regions.items()},
        municipality__participations__project__in=visible,
    )
    counts = Counter(
        dict(
            members.order_by()
            .values_list("region")
            .annotate(Count("municipality__participations__project", distinct=True))
        )
    )
    for _project, region in _named_only(visible):
        counts[region] += 1
    return counts


def _named_only(visible: QuerySet[Project]) -> set[tuple[int, int]]:
    """(project, region) where the project names the region, or a part of it, and no member of
    the region takes part."""

    def covered(region: str) -> Exists:
        return Exists(
            Participation.objects.filter(
                project=OuterRef("project"), municipality__regions=OuterRef(region)
            )
        )

    rows = (
        NamedRegion.objects.filter(project__in=visible)
        .annotate(
            up=F("region__parent"),
            top=F("region__parent__parent"),
            has=covered("region"),
            up_has=covered("region__parent"),
            top_has=covered("region__parent__parent"),
        )
        .filter(
            Q(has=False) | Q(up_has=False, up__isnull=False) | Q(top_has=False, top__isnull=False)
        )
        .values_list("project", "region", "has", "up", "up_has", "top", "top_has")
    )
    return {
        (project, region)
        for project, *levels in rows
        for region, has in zip(levels[::2], levels[1::2], strict=True)
        if region is not None and not has
    }
