"""The municipalities of a region: which they are now, and a row of figures for each."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Q

from municipalities.alphabet import alphabetical
from municipalities.enums import PlanStatus, RegionKind, TargetKind
from municipalities.models import ClimateTarget, Municipality, Region, RegionMember
from projects.models import Contact
from projects.summaries.counts import ProjectCounts, ProjectFacts, TaskCounts, TaskTable

HAS_PLAN = (PlanStatus.IN_FORCE, PlanStatus.BEING_UPDATED)


@dataclass(frozen=True)
class MunicipalityRow:
    """One municipality of the region: its projects in its own stages (rule 6)."""

    municipality: Municipality
    projects: ProjectCounts
    tasks: TaskCounts
    target: ClimateTarget | None
    updated_at: datetime | None
    contact: Contact | None = None
    coordinator: Contact | None = None  # whom to ask when there is no contact


class Order(StrEnum):
    """By what the municipalities are sorted; the value stands in the address."""

    NAME = "nimi"
    PLAN = "suunnitelma"
    TARGET = "tavoite"
    PROJECTS = "hankkeet"
    DONE = "tehty"
    LATE = "myohassa"
    UPDATED = "paivitetty"


# how far a plan is; unknown last
PLAN_RANK = {
    PlanStatus.IN_FORCE: 0, PlanStatus.BEING_UPDATED: 1, PlanStatus.IN_PREPARATION: 2,
    PlanStatus.NONE: 3,
}  # fmt: skip
FAR = 9999  # a target year for those that have none: last


def in_order(rows: Iterable[MunicipalityRow], order: Order) -> list[MunicipalityRow]:
    """Rows in an order, most first where it is a number, the newest first where it is a date."""

    def key(row: MunicipalityRow) -> tuple:
        first = {
            Order.NAME: 0,
            Order.PLAN: PLAN_RANK.get(row.municipality.plan_status, len(PLAN_RANK)),
            Order.TARGET: row.target.target_year if row.target else FAR,
            Order.PROJECTS: -row.projects.total,
            Order.DONE: -row.tasks.done,
            Order.LATE: -row.tasks.late,
            Order.UPDATED: -row.updated_at.timestamp() if row.updated_at else 0,
        }[order]
        return first, alphabetical(row.municipality.name)

    return sorted(rows, key=key)


@dataclass(frozen=True)
class MunicipalityGroup:
    """Municipalities of one part of the region; `region` is None for those in no part."""

    region: Region | None
    rows: tuple[MunicipalityRow, ...]
    projects: ProjectCounts | None = None  # each project once
    tasks: TaskCounts | None = None
    coordinators: tuple = ()  # those of the part


@dataclass(frozen=True)
class PlanCounts:
    """Municipalities by what is known of their climate plan."""

    has_plan: int
    reported: int


class Members:
    """The municipalities of a region (`by_pk`) and of its child regions (`parts`)."""

    def __init__(self, region: int, on: date, pairs: Iterable[tuple[int, Municipality]]) -> None:
        """From (region, municipality), those that had ended by the day left out."""
        self.by_pk: dict[int, Municipality] = {}
        self.parts: dict[int, set[int]] = {}
        for pk, place in pairs:
            if place.valid_until is not None and place.valid_until < on:
                continue
            if pk == region:
                self.by_pk[place.pk] = place
            else:
                self.parts.setdefault(pk, set()).add(place.pk)

    @classmethod
    def read(cls, region: Region, on: date) -> "Members":
        """Today's members. One query."""
        rows = RegionMember.objects.filter(
            Q(region=region) | Q(region__parent=region)
        ).select_related("municipality")
        return cls(region.pk, on, ((row.region_id, row.municipality) for row in rows))


def main_target(targets: Iterable[ClimateTarget]) -> ClimateTarget | None:
    """The target to show where there is room for one: carbon neutrality first, then the nearest."""
    return min(
        targets,
        key=lambda row: (row.kind != TargetKind.CARBON_NEUTRAL, row.target_year, row.pk),
        default=None,
    )


def municipality_rows(
    members: Members,
    facts: Sequence[ProjectFacts],
    tasks: TaskTable,
    targets: Sequence[ClimateTarget],
    contacts: Mapping[int, Contact] | None = None,
) -> list[MunicipalityRow]:
    """A row for each member, by name. Who has no target of its own has a joint one that covers it:
    of a cooperation area before those of larger ones.
    """
    own: dict[int, list[ClimateTarget]] = {}
    joint: dict[int, list[ClimateTarget]] = {}  # of cooperation areas
    wide: dict[int, list[ClimateTarget]] = {}
    for target in targets:
        if target.municipality_id:
            own.setdefault(target.municipality_id, []).append(target)
            continue
        covering = joint if target.region.kind == RegionKind.COOPERATION else wide
        for pk in members.parts.get(target.region_id, members.by_pk):
            covering.setdefault(pk, []).append(target)
    kinds = own, joint, wide
    by_place: dict[int, list[ProjectFacts]] = {}
    for project in facts:
        for pk in project.own_stages:
            by_place.setdefault(pk, []).append(project)
    rows = []
    for pk, municipality in members.by_pk.items():
        mine = by_place.get(pk, [])
        rows.append(
            MunicipalityRow(
                municipality=municipality,
                projects=ProjectCounts.of((row.stage_in(pk), row.activity, 1) for row in mine),
                tasks=tasks.of_places({pk}, mine),
                target=next(filter(None, (main_target(row.get(pk, [])) for row in kinds)), None),
                updated_at=max((row.updated_at for row in mine), default=None),
                contact=(contacts or {}).get(pk),
            )
        )
    return sorted(rows, key=lambda row: alphabetical(row.municipality.name))


def plans(municipalities: Iterable[Municipality]) -> PlanCounts:
    """How many have a plan, and of how many it is known."""
    statuses = [row.plan_status for row in municipalities]
    return PlanCounts(
        has_plan=sum(status in HAS_PLAN for status in statuses),
        reported=sum(bool(status) for status in statuses),
    )


def groups(
    members: Members,
    children: Sequence[Region],
    rows: Sequence[MunicipalityRow],
    facts: Sequence[ProjectFacts],
    tasks: TaskTable,
) -> tuple[MunicipalityGroup, ...]:
    """Rows by cooperation area, or where there are none by sub-region; each in the first only.

    Each part has its own subtotals, its projects counted once (rule 6).
    """
    parts = [child for child in children if child.kind == RegionKind.COOPERATION] or children
    left = {row.municipality.pk: row for row in rows}

    def group(part: Region | None, keys: Collection[int]) -> MunicipalityGroup:
        mine = [row for row in facts if not keys.isdisjoint(row.own_stages)]
        return MunicipalityGroup(
            part,
            tuple(left.pop(pk) for pk in keys),
            ProjectCounts.of((row.stage, row.activity, 1) for row in mine),
            tasks.of_places(keys, mine),
        )

    found = []
    for part in parts:
        there = members.parts.get(part.pk, ())
        if taken := {pk: None for pk in left if pk in there}:
            found.append(group(part, taken.keys()))
    if left:
        found.append(group(None, dict.fromkeys(left).keys()))
    return tuple(found)
