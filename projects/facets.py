"""Which public projects each choice of the project list's filters holds, and how many it leaves.

One query per kind of choice brings each choice's projects as a list of keys; the rest is set
algebra. Counting each choice in SQL would ask the same ten thousand projects a hundred times.
Every answer is cut with the published projects, so a draft is not even a number (rule 5).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from typing import Any

from django.db import models
from django.db.models import Aggregate, JSONField, OuterRef, Subquery
from django.utils.translation import get_language

from climateportal.translated import SOURCE, Text, columns, text_of
from municipalities.alphabet import alphabetical
from municipalities.enums import RegionKind
from municipalities.models import Municipality, Region, RegionMember
from municipalities.names import NO_NAMES, Names
from projects.enums import Activity, ScheduleStatus, Stage
from projects.models import Participation, Project, Theme

Keys = Set[int]  # primary keys of projects
Chosen = Mapping["Facet", Sequence[str]]  # values of options
Beginnings = Sequence[Sequence[str]]
NO_TEXT = Text("", "")
# what `names` and `kind` of places are read from, besides the columns of the name
MUNICIPALITY_FORMS = ("fi_genitive", "fi_in", "fi_from", "fi_to", "code", "title")
REGION_FORMS = ("fi_genitive", "fi_in")


class Facet(StrEnum):
    """A kind of choice. Choices of one kind widen the result, different kinds narrow it."""

    REGION = auto()
    MUNICIPALITY = auto()
    THEME = auto()
    STAGE = auto()  # with “on hold” and “cancelled”, which replace the stage (rule 1)
    SCHEDULE = auto()


@dataclass(frozen=True, slots=True)
class Option:
    """A choice: what the address says, what a person reads, and its public projects.

    `group` is what it stands under: the kind of a region, the county of a municipality. Places are
    told by what they are (`kind`: a town, a county) and what they are called, when a text is
    searched for.
    """

    value: str
    label: Text
    projects: Keys
    group: Text = NO_TEXT
    kind: str = ""
    names: Names = NO_NAMES


class _KeyList(Aggregate):
    """The primary keys of a group as one list: a row for each group, not for each project."""

    function = "JSONB_AGG"
    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, list]:
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **context)


def _keys_of(through: type[models.Model], owner: str, listed: str) -> Subquery:
    """The `listed` keys of the through rows that belong to the `owner` row of the outer query."""
    rows = through._default_manager.filter(**{owner: OuterRef("pk")}).order_by()
    return Subquery(rows.values(owner).annotate(found=_KeyList(listed)).values("found"))


def _union(sets: Iterable[Iterable[int]]) -> Keys:
    return frozenset[int]().union(*sets)


@dataclass(frozen=True, slots=True)
class Facets:
    """Every choice there is, in the order to show them; and what the text search found.

    `published` are all public projects, `found` those of them whose text matches. `moved` leads
    from the slug of a merged municipality to its successor's.
    """

    options: Mapping[Facet, Mapping[str, Option]]
    published: Keys
    found: Keys
    moved: Mapping[str, str]

    @classmethod
    def load(cls, words: Beginnings = (), on: date | None = None) -> "Facets":
        """Read everything, in four queries, five with `words` (`search.alternatives`)."""
        cells = _cells(on)
        published = _union(cell.projects for cell in cells)
        spelled = bool(words)
        municipalities = _Municipalities.load(published, spelled)
        regions, counties = _regions(municipalities, published, spelled)
        options = {
            Facet.REGION: regions,
            Facet.MUNICIPALITY: municipalities.options(counties),
            Facet.THEME: _themes(published),
            Facet.STAGE: [
                *_fixed(Stage, ((cell.stage, cell) for cell in cells if cell.goes_on)),
                *_fixed(
                    (Activity.PAUSED, Activity.CANCELLED),
                    ((cell.activity, cell) for cell in cells),
                ),
            ],
            Facet.SCHEDULE: _fixed(
                ScheduleStatus, ((cell.schedule, cell) for cell in cells if cell.goes_on)
            ),
        }
        return cls(
            options={
                facet: {option.value: option for option in found}
                for facet, found in options.items()
            },
            published=published,
            found=_found(words) if words else published,
            moved=municipalities.moved,
        )

    def matching(self, chosen: Chosen, apart_from: Facet | None = None) -> Keys:
        """The public projects that fit the text and every chosen facet, or every other facet."""
        result = self.found
        for facet, values in chosen.items():
            if values and facet != apart_from:
                held = (self.options[facet][value].projects for value in values)
                result = result & _union(held)
        return result

    def counts(self, facet: Facet, chosen: Chosen) -> list[tuple[Option, int]]:
        """The choices of a facet with the number of projects each would leave.

        Choices without any public project are not offered, unless they are chosen already.
        """
        base = self.matching(chosen, apart_from=facet)
        is_whole = len(base) == len(self.published)  # then an intersection only costs time
        return [
            (option, len(option.projects if is_whole else option.projects & base))
            for option in self.options[facet].values()
            if option.projects or option.value in chosen.get(facet, ())
        ]


@dataclass(frozen=True, slots=True)
class _Cell:
    """Public projects that are alike in everything here."""

    stage: str
    schedule: str
    activity: str
    projects: list[int]

    @property
    def goes_on(self) -> bool:
        return self.activity == Activity.ACTIVE


def _cells(on: date | None) -> list[_Cell]:
    rows = (
        Project.objects.published()
        .with_schedule(on)
        .order_by()
        .values_list("stage", "schedule_status", "activity")
        .annotate(keys=_KeyList("pk"))
    )
    return [_Cell(*row) for row in rows]


def _found(words: Beginnings) -> Keys:
    rows = Project.objects.published().matching(words).order_by()
    return frozenset(rows.aggregate(keys=_KeyList("pk"))["keys"] or ())


def _fixed(
    values: Iterable[models.TextChoices], cells: Iterable[tuple[str, _Cell]]
) -> list[Option]:
    """Options of a fixed vocabulary; `cells` come with the value they have in it."""
    held: dict[str, list[int]] = defaultdict(list)
    for value, cell in cells:
        held[value] += cell.projects
    language = get_language() or SOURCE
    return [
        Option(value.value, Text(str(value.label), language), frozenset(held[value.value]))
        for value in values
    ]


def _themes(published: Keys) -> Iterator[Option]:
    keys = _keys_of(Project.themes.through, "theme", "project")
    for theme in Theme.objects.annotate(keys=keys):
        yield Option(theme.slug, text_of(theme, "name"), published.intersection(theme.keys or ()))


def _by_name(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: alphabetical(text_of(row, "name").value))


@dataclass(frozen=True, slots=True)
class _Municipalities:
    """Today's municipalities. A merged one's projects are its successor's."""

    rows: list[Municipality]
    projects: Mapping[int, Keys]
    moved: Mapping[str, str]
    names: Mapping[int, Names]

    @classmethod
    def load(cls, published: Keys, spelled: bool) -> "_Municipalities":
        forms = MUNICIPALITY_FORMS if spelled else ()
        queryset = Municipality.objects.only(
            "slug", "successor", *columns("name"), *forms
        ).annotate(keys=_keys_of(Participation, "municipality", "project"))
        rows = {row.pk: row for row in queryset.order_by()}
        projects: dict[int, Keys] = defaultdict(frozenset)
        names: dict[int, Names] = defaultdict(Names)
        moved = {}
        for row in rows.values():
            today = row
            for _step in rows:  # a bound, should successors ever go round in a circle
                if today.successor_id is None:
                    break
                today = rows[today.successor_id]
            projects[today.pk] |= published.intersection(row.keys or ())
            if today is not row:
                moved[row.slug] = today.slug
            if spelled:
                names[today.pk] |= row.names
        current = [row for row in rows.values() if row.successor_id is None]
        return cls(_by_name(current), projects, moved, names)

    def options(self, counties: Mapping[int, Text]) -> list[Option]:
        """By county and name; `counties` are names by the municipality's primary key."""
        options = (
            Option(
                value=row.slug,
                label=text_of(row, "name"),
                projects=self.projects[row.pk],
                group=counties.get(row.pk, NO_TEXT),
                kind=row.get_title_display() if self.names else "",
                names=self.names.get(row.pk, NO_NAMES),
            )
            for row in self.rows
        )
        return sorted(options, key=lambda option: alphabetical(option.group.value))


def _regions(
    municipalities: _Municipalities, published: Keys, spelled: bool
) -> tuple[list[Option], dict[int, Text]]:
    """Regions as options, and the name of each municipality's county.

    A project belongs to a region when it names it or a part of it, or when a municipality of the
    region takes part (as `summaries.in_region_q` says for one region; a test compares).
    """
    forms = REGION_FORMS if spelled else ()
    queryset = Region.objects.only("kind", "slug", "parent", *columns("name"), *forms).annotate(
        keys=_keys_of(Project.regions.through, "region", "project"),
        member_keys=_keys_of(RegionMember, "region", "municipality"),
    )
    rows = {row.pk: row for row in _by_name(queryset.order_by())}
    held: dict[int, set[int]] = defaultdict(set)
    counties: dict[int, Text] = {}
    for row in rows.values():
        members = row.member_keys or ()
        if row.kind == RegionKind.COUNTY:
            counties |= dict.fromkeys(members, text_of(row, "name"))
        held[row.pk].update(*(municipalities.projects.get(member, ()) for member in members))
        named = published.intersection(row.keys or ())
        for place in (row, *_above(row, rows)):
            held[place.pk] |= named
    return [
        Option(
            value=row.slug,
            label=text_of(row, "name"),
            projects=held[row.pk],
            group=Text(row.kind, ""),
            kind=row.get_kind_display(),
            names=row.names if spelled else NO_NAMES,
        )
        for kind in RegionKind
        for row in rows.values()
        if row.kind == kind
    ], counties


def _above(row: Region, rows: Mapping[int, Region]) -> Iterator[Region]:
    """The regions that a region is a part of, at most two levels up."""
    for _level in range(2):
        if row.parent_id is None:
            return
        row = rows[row.parent_id]
        yield row
