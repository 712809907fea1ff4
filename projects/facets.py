"""The choices of the project list's filters, in one language, and how many projects each leaves."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum, auto
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language

from climateportal.memory import remembered
from climateportal.translated import SOURCE, Text, text_of
from municipalities.alphabet import alphabetical
from municipalities.enums import RegionKind
from municipalities.names import NO_NAMES, Names
from projects.enums import Activity, ScheduleStatus, Stage
from projects.holdings import Cell, Holdings, KeyList
from projects.keysets import KeySet, Numbering
from projects.models import SearchText

Chosen = Mapping["Facet", Sequence[str]]  # values of options
Beginnings = Sequence[Sequence[str]]
NO_TEXT = Text("", "")


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
    projects: KeySet
    group: Text = NO_TEXT
    kind: str = ""
    names: Names = NO_NAMES


@dataclass(frozen=True, slots=True)
class Facets:
    """Every choice there is, in the order to show them; and what the text search found.

    `published` are all public projects, `found` those of them whose text matches. `moved` leads
    from the slug of a merged municipality to its successor's.
    """

    options: Mapping[Facet, Mapping[str, Option]]
    numbering: Numbering
    published: KeySet
    found: KeySet
    moved: Mapping[str, str]

    @classmethod
    def load(cls, words: Beginnings = (), on: date | None = None) -> "Facets":
        """What is remembered of a day (default: today). A query when a text is searched for
        (`words`: `search.alternatives`); four more when nothing is remembered.
        """
        on = on or timezone.localdate()
        language = get_language() or SOURCE
        whole = remembered(("facets", language, on), lambda: cls._of(Holdings.today(on), language))
        return replace(whole, found=_found(words, whole.numbering)) if words else whole

    @classmethod
    def _of(cls, held: Holdings, language: str) -> "Facets":
        cells = held.cells
        options = {
            Facet.REGION: _regions(held),
            Facet.MUNICIPALITY: _municipalities(held),
            Facet.THEME: [
                Option(row.slug, text_of(row, "name"), held.of_theme[row.pk]) for row in held.themes
            ],
            Facet.STAGE: [
                *_fixed(held, Stage, ((cell.stage, cell) for cell in cells if cell.goes_on)),
                *_fixed(
                    held,
                    (Activity.PAUSED, Activity.CANCELLED),
                    ((cell.activity, cell) for cell in cells),
                ),
            ],
            Facet.SCHEDULE: _fixed(
                held, ScheduleStatus, ((cell.schedule, cell) for cell in cells if cell.goes_on)
            ),
        }
        everything = held.numbering.everything
        return cls(
            options={
                facet: {option.value: option for option in found}
                for facet, found in options.items()
            },
            numbering=held.numbering,
            published=everything,
            found=everything,
            moved=held.moved,
        )

    def matching(self, chosen: Chosen, apart_from: Facet | None = None) -> KeySet:
        """The public projects that fit the text and every chosen facet, or every other facet."""
        result = self.found
        for facet, values in chosen.items():
            if values and facet != apart_from:
                held = (self.options[facet][value].projects for value in values)
                result = result & self.numbering.union(held)
        return result

    def counts(self, facet: Facet, chosen: Chosen) -> list[tuple[Option, int]]:
        """The choices of a facet with the number of projects each would leave.

        Choices without any public project are not offered, unless they are chosen already.
        """
        base = self.matching(chosen, apart_from=facet)
        return [
            (option, len(option.projects & base))
            for option in self.options[facet].values()
            if option.projects or option.value in chosen.get(facet, ())
        ]


def _found(words: Beginnings, numbering: Numbering) -> KeySet:
    """Those whose text matches; the numbering knows public ones only (rule 5)."""
    rows = SearchText.objects.matching(words)
    return numbering.set(rows.aggregate(keys=KeyList("pk"))["keys"] or ())


def _fixed(
    held: Holdings, values: Iterable[models.TextChoices], cells: Iterable[tuple[str, Cell]]
) -> list[Option]:
    """Options of a fixed vocabulary; `cells` come with the value they have in it."""
    found: dict[str, list[KeySet]] = defaultdict(list)
    for value, cell in cells:
        found[value].append(cell.projects)
    language = get_language() or SOURCE
    return [
        Option(
            value.value, Text(str(value.label), language), held.numbering.union(found[value.value])
        )
        for value in values
    ]


def _by_name(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: alphabetical(text_of(row, "name").value))


def _municipalities(held: Holdings) -> list[Option]:
    """By county and name."""
    counties = {region.pk: text_of(region, "name") for region in held.regions}
    options = (
        Option(
            value=row.slug,
            label=text_of(row, "name"),
            projects=held.of_municipality[row.pk],
            group=counties[held.counties[row.pk].pk] if row.pk in held.counties else NO_TEXT,
            kind=row.get_title_display(),
            names=held.names[row.pk],
        )
        for row in _by_name(held.municipalities)
    )
    return sorted(options, key=lambda option: alphabetical(option.group.value))


def _regions(held: Holdings) -> list[Option]:
    """By kind and name."""
    rows = _by_name(held.regions)
    return [
        Option(
            value=row.slug,
            label=text_of(row, "name"),
            projects=held.of_region[row.pk],
            group=Text(row.kind, ""),
            kind=row.get_kind_display(),
            names=row.names,
        )
        for kind in RegionKind
        for row in rows
        if row.kind == kind
    ]
