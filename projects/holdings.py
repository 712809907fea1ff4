"""Which public projects each place, theme and state of affairs holds: read once, for all languages.

One query per kind brings the projects of each as a list of keys; the rest is set algebra. Counting
each in SQL would ask the same ten thousand projects four hundred times. Every answer is cut with
the published projects, so a draft is not even a number (rule 5).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Aggregate, JSONField, OuterRef, Subquery
from django.utils import timezone

from climateportal.memory import remembered
from climateportal.translated import columns
from municipalities.enums import RegionKind
from municipalities.models import Municipality, Region, RegionMember
from municipalities.names import Names
from projects.enums import Activity
from projects.keysets import KeySet, Numbering
from projects.models import Participation, Project, Theme

# what `names` and `kind` of places are read from, besides the columns of the name
MUNICIPALITY_FORMS = ("fi_genitive", "fi_in", "fi_from", "fi_to", "code", "title")
REGION_FORMS = ("fi_genitive", "fi_in")


class KeyList(Aggregate):
    """The primary keys of a group as one list: a row for each group, not for each project."""

    function = "JSONB_AGG"
    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list]:
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **context)


def _keys_of(through: type[models.Model], owner: str, listed: str) -> Subquery:
    """The `listed` keys of the through rows that belong to the `owner` row of the outer query."""
    rows = through._default_manager.filter(**{owner: OuterRef("pk")}).order_by()
    return Subquery(rows.values(owner).annotate(found=KeyList(listed)).values("found"))


@dataclass(frozen=True, slots=True)
class Cell:
    """Public projects that are alike in everything here."""

    stage: str
    schedule: str
    activity: str
    projects: KeySet

    @property
    def goes_on(self) -> bool:
        return self.activity == Activity.ACTIVE


@dataclass(frozen=True)
class Holdings:
    """The public projects of one day. Regions and municipalities are today's, by primary key.

    A merged municipality's projects are its successor's; `moved` leads from the merged one's slug.
    """

    numbering: Numbering
    cells: Sequence[Cell]
    municipalities: Sequence[Municipality]
    regions: Sequence[Region]
    themes: Sequence[Theme]
    of_municipality: Mapping[int, KeySet]
    of_region: Mapping[int, KeySet]
    of_theme: Mapping[int, KeySet]
    counties: Mapping[int, Region]  # by municipality
    names: Mapping[int, Names]  # of municipalities, with those of the merged ones
    moved: Mapping[str, str]

    @classmethod
    def today(cls, on: date | None = None) -> "Holdings":
        """Those of a day (default: today), remembered until something changes."""
        on = on or timezone.localdate()
        return remembered(("holdings", on), lambda: cls.read(on))

    @classmethod
    def read(cls, on: date) -> "Holdings":
        """Read everything, in four queries."""
        rows = _cells(on)
        numbering = Numbering(key for *_, keys in rows for key in keys)
        places = _Places.read(numbering)
        queryset = Region.objects.only(
            "kind", "slug", "parent", *columns("name"), *REGION_FORMS
        ).annotate(
            keys=_keys_of(Project.regions.through, "region", "project"),
            member_keys=_keys_of(RegionMember, "region", "municipality"),
        )
        regions = {row.pk: row for row in queryset.order_by()}
        keys = _keys_of(Project.themes.through, "theme", "project")
        themes = list(Theme.objects.annotate(keys=keys))
        return cls(
            numbering=numbering,
            cells=[Cell(*cell, numbering.set(keys)) for *cell, keys in rows],
            municipalities=places.rows,
            regions=list(regions.values()),
            themes=themes,
            of_municipality=places.projects,
            of_region=_of_regions(regions, places.projects, numbering),
            of_theme={row.pk: numbering.set(row.keys or ()) for row in themes},
            counties={
                pk: row
                for row in regions.values()
                if row.kind == RegionKind.COUNTY
                for pk in row.member_keys or ()
            },
            names=places.names,
            moved=places.moved,
        )


def _cells(on: date) -> list[tuple[str, str, str, list[int]]]:
    return list(
        Project.objects.published()
        .with_schedule(on)
        .order_by()
        .values_list("stage", "schedule_status", "activity")
        .annotate(keys=KeyList("pk"))
    )


@dataclass(frozen=True)
class _Places:
    rows: list[Municipality]
    projects: Mapping[int, KeySet]
    names: Mapping[int, Names]
    moved: Mapping[str, str]

    @classmethod
    def read(cls, numbering: Numbering) -> "_Places":
        queryset = Municipality.objects.only(
            "slug", "successor", *columns("name"), *MUNICIPALITY_FORMS
        ).annotate(keys=_keys_of(Participation, "municipality", "project"))
        rows = {row.pk: row for row in queryset.order_by()}
        projects: dict[int, list[KeySet]] = defaultdict(list)
        names: dict[int, Names] = defaultdict(Names)
        moved = {}
        for row in rows.values():
            today = row
            for _step in rows:  # a bound, should successors ever go round in a circle
                if today.successor_id is None:
                    break
                today = rows[today.successor_id]
            projects[today.pk].append(numbering.set(row.keys or ()))
            names[today.pk] |= row.names
            if today is not row:
                moved[row.slug] = today.slug
        return cls(
            rows=[row for row in rows.values() if row.successor_id is None],
            projects={pk: numbering.union(some) for pk, some in projects.items()},
            names=names,
            moved=moved,
        )


def _of_regions(
    regions: Mapping[int, Region], municipalities: Mapping[int, KeySet], numbering: Numbering
) -> dict[int, KeySet]:
    """A project belongs to a region when it names it or a part of it, or when a municipality of the
    region takes part (as `summaries.in_region_q` says for one region; a test compares).
    """
    held: dict[int, list[KeySet]] = {pk: [] for pk in regions}
    for row in regions.values():
        members = row.member_keys or ()
        held[row.pk] += (municipalities[pk] for pk in members if pk in municipalities)
        named = numbering.set(row.keys or ())
        for place in (row, *_above(row, regions)):
            held[place.pk].append(named)
    return {pk: numbering.union(some) for pk, some in held.items()}


def _above(row: Region, regions: Mapping[int, Region]) -> Iterator[Region]:
    """The regions that a region is a part of, at most two levels up."""
    for _level in range(2):
        if row.parent_id is None:
            return
        row = regions[row.parent_id]
        yield row
