"""The coordinators of a region and its parts: whom to ask where a project has named nobody."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from municipalities.alphabet import alphabetical
from municipalities.models import Region
from projects.models import Contact, RegionCoordinator
from projects.models.contact import valid_q
from projects.summaries.members import Members
from projects.summaries.people import in_order

SOME, NOBODY = 2, 3  # how near: the part has some of the places, none of them


@dataclass(frozen=True)
class Coordinator:
    """A contact who coordinates the region or a part of it (`part` is None for the whole)."""

    contact: Contact
    part: Region | None


@dataclass(frozen=True)
class Asked:
    """Whom to ask: the project's own contact, or the coordinator in its stead.

    Without a contact: the coordinators of several parts, none of whom answers for the whole.
    """

    contact: Contact | None
    is_coordinator: bool = False


class Coordinators:
    """Those of a region with its members, in the order of `coordinators`."""

    def __init__(self, rows: Sequence[Coordinator], members: Members) -> None:
        self._rows = rows
        self._members = members

    @classmethod
    def read(cls, region: Region, members: Members, on: date) -> "Coordinators":
        """From the database, those valid on a day. One query."""
        rows = RegionCoordinator.objects.filter(
            Q(region=region) | Q(region__parent=region), valid_q("contact__", on)
        ).select_related("contact__organisation__municipality", "region")
        regions = {row.region_id: row.region for row in rows}
        contacts = {row.contact_id: row.contact for row in rows}
        return cls(coordinators(region, rows, regions, contacts), members)

    def asked(self, contact: Contact | None, places: Iterable[int]) -> Asked | None:
        """The contact that is named, or the coordinator for what concerns `places`."""
        if contact is not None:
            return Asked(contact)
        found = self._nearest(places)
        if not found:
            return None
        return Asked(found[0] if len(found) == 1 else None, is_coordinator=True)

    def of(self, places: Iterable[int]) -> Contact | None:
        """The coordinator of the part that has all the places, of the region, or of the only part
        that has some of them. None where several parts have: none of theirs answers for the whole.
        """
        found = self._nearest(places)
        return found[0] if len(found) == 1 else None

    def _nearest(self, places: Iterable[int]) -> list[Contact]:
        here = self._members.by_pk.keys() & set(places)

        def rank(row: Coordinator) -> int:
            if row.part is None:
                return 1
            mine = here & self._members.parts.get(row.part.pk, set())
            return NOBODY if not mine else SOME if mine < here else 0

        best = min(map(rank, self._rows), default=NOBODY)
        if best == NOBODY:
            return []
        found = [row.contact for row in self._rows if rank(row) == best]
        return list(dict.fromkeys(found)) if best == SOME else found[:1]


def coordinators(
    region: Region,
    rows: Iterable[RegionCoordinator],
    regions: Mapping[int, Region],
    contacts: Mapping[int, Contact],
) -> tuple[Coordinator, ...]:
    """Those whose contact is known: of the region first, then of its parts by name."""

    def place(row: RegionCoordinator) -> tuple:
        return row.region_id != region.pk, alphabetical(regions[row.region_id].name), *in_order(row)

    return tuple(
        Coordinator(
            contacts[row.contact_id],
            None if row.region_id == region.pk else regions[row.region_id],
        )
        for row in sorted(rows, key=place)
        if row.contact_id in contacts
    )
