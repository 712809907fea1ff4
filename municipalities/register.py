"""The official register into the database: adds and corrects, never deletes, all or nothing.

What is official is corrected to match the register; what people edit here (addresses, climate
plans, texts, websites) is set when a row is made and then left alone. Reading the files:
`municipalities.registerfiles`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils import timezone, translation
from simple_history.utils import bulk_create_with_history

from climateportal.translated import LANGUAGES
from municipalities.enums import OrganisationKind, RegionKind
from municipalities.models import Municipality, Organisation, Region, RegionMember
from municipalities.registerfiles import (
    DATA,
    FIGURES,
    MUNICIPALITY_FACTS,
    REGION_FACTS,
    Register,
    RegisterError,
    Row,
    read,
)

OFFICIAL = (RegionKind.COUNTY, RegionKind.SUBREGION)
REASON = "Official register"


@dataclass
class Counts:
    """How many database rows of all kinds a load touched."""

    created: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0

    def __str__(self) -> str:
        return (
            f"{self.created} created, {self.updated} updated, "
            f"{self.removed} removed, {self.unchanged} unchanged"
        )


def load(folder: Path = DATA, *, on: date | None = None) -> Counts:
    """Load the register of `folder` as it stands on a day (default: today).

    Loading the same files again changes nothing. Raises `RegisterError`, having written nothing,
    when a file is malformed or a new row's address is already in use.
    """
    register = read(folder)
    counts = Counts()
    with transaction.atomic():
        regions = _load_regions(register, counts)
        before = _official_names(Municipality.objects.all())
        municipalities = _load_municipalities(register, counts)
        _load_mergers(register, municipalities, counts)
        _load_memberships(register, municipalities, regions, counts, on or timezone.localdate())
        current = [municipalities[row["code"]] for row in register.municipalities]
        _load_organisations(current, before, counts)
    return counts


class _Batch:
    """Changes to one model: existing rows are corrected at once, new ones made together."""

    def __init__(self, model: type[models.Model], counts: Counts) -> None:
        self.model, self.counts, self.new = model, counts, []

    def put(self, found: models.Model | None, facts: dict[str, Any], **first: Any) -> models.Model:
        """Correct `found` to match `facts`, or prepare a new row of `facts` and `first`."""
        if found is None:
            self.new.append(self.model(**first, **facts))
            return self.new[-1]
        changed = [name for name, value in facts.items() if getattr(found, name) != value]
        for name in changed:
            setattr(found, name, facts[name])
        if changed:
            # only these columns: an editor may be saving the others right now
            found._change_reason = REASON
            found.save(update_fields=changed)
            self.counts.updated += 1
        else:
            self.counts.unchanged += 1
        return found

    def create(self) -> None:
        """Make the new rows, each with the first line of its history."""
        bulk_create_with_history(self.new, self.model, default_change_reason=REASON)
        self.counts.created += len(self.new)


def _free_address(row: Row, taken: dict[str, models.Model]) -> str:
    """The slug of a row that is about to be made."""
    if holder := taken.get(row["slug"]):
        raise row.wrong(
            "slug",
            f"“{row['slug']}” is already the address of “{holder.name_fi}”. Change that first.",
        )
    return row["slug"]


def _load_regions(register: Register, counts: Counts) -> dict[tuple[str, str], Region]:
    """Counties, then the sub-regions inside them; returned by kind and code."""
    everything = list(Region.objects.all())
    taken = {region.slug: region for region in everything}
    found = {(r.kind, r.code): r for r in everything if r.kind in OFFICIAL}
    for kind, rows in zip(OFFICIAL, (register.counties, register.subregions), strict=True):
        batch = _Batch(Region, counts)
        for row in rows:
            key = (kind, row["code"])
            facts = row.pick(REGION_FACTS)
            if kind == RegionKind.SUBREGION:
                facts["parent_id"] = found[RegionKind.COUNTY, row["county_code"]].pk
            first = {} if key in found else {"slug": _free_address(row, taken)}
            found[key] = batch.put(found.get(key), facts, kind=kind, code=row["code"], **first)
        batch.create()
    return found


def _load_municipalities(register: Register, counts: Counts) -> dict[str, Municipality]:
    """Municipalities that exist; all that are stored, merged ones too, are returned by code."""
    found = {municipality.code: municipality for municipality in Municipality.objects.all()}
    taken = {municipality.slug: municipality for municipality in found.values()}
    batch = _Batch(Municipality, counts)
    for row in register.municipalities:
        stored = found.get(row["code"])
        facts = row.pick(MUNICIPALITY_FACTS + FIGURES)
        if stored and (stored.population_year or 0) > row["population_year"]:
            # somebody has entered a newer figure than the register's
            del facts["population"], facts["population_year"]
        first = {} if stored else {"slug": _free_address(row, taken)}
        found[row["code"]] = batch.put(stored, facts, code=row["code"], **first)
    batch.create()
    return found


def _load_mergers(register: Register, found: dict[str, Municipality], counts: Counts) -> None:
    """Municipalities that ended, added to `found`; the latest first: it may succeed others."""
    taken = {municipality.slug: municipality for municipality in found.values()}
    for row in sorted(register.mergers, key=lambda row: row["effective"], reverse=True):
        stored = found.get(row["code"])
        batch = _Batch(Municipality, counts)
        facts = row.pick(MUNICIPALITY_FACTS) | {
            "valid_until": row["effective"] - timedelta(days=1),
            "successor_id": found[row["successor_code"]].pk,
        }
        first = {} if stored else {"slug": _free_address(row, taken)}
        found[row["code"]] = batch.put(stored, facts, code=row["code"], **first)
        batch.create()


def _load_memberships(
    register: Register,
    municipalities: dict[str, Municipality],
    regions: dict[tuple[str, str], Region],
    counts: Counts,
    on: date,
) -> None:
    """Each municipality into its county and sub-region; cooperation areas are not touched."""
    places: dict[int, dict[str, int | None]] = {}
    for row in register.municipalities:
        municipality = municipalities[row["code"]]
        if municipality.valid_until is None:  # else a merger that the register does not know yet
            places[municipality.pk] = {
                kind: regions[kind, row[column]].pk
                for kind, column in zip(OFFICIAL, ("county_code", "subregion_code"), strict=True)
            }
    for row in register.mergers:
        if row["effective"] <= on:
            places[municipalities[row["code"]].pk] = dict.fromkeys(OFFICIAL)

    stored = RegionMember.objects.filter(region__kind__in=OFFICIAL).select_related("region")
    kept = set()
    for member in stored:
        wanted = places.get(member.municipality_id, {})
        if member.region.kind not in wanted or wanted[member.region.kind] == member.region_id:
            kept.add((member.municipality_id, member.region_id))
        else:
            member._change_reason = REASON
            member.delete()
            counts.removed += 1
    batch = _Batch(RegionMember, counts)
    for pk, wanted in places.items():
        for region_id in filter(None, wanted.values()):
            if (pk, region_id) not in kept:
                batch.put(None, {"municipality_id": pk, "region_id": region_id})
            else:
                counts.unchanged += 1
    batch.create()


def _official_names(municipalities: Iterable[Municipality]) -> dict[int, dict[str, str]]:
    """“Pälkäneen kunta”, “Pälkäne kommun”, “Municipality of Pälkäne”, by primary key."""
    municipalities = list(municipalities)
    names: dict[int, dict[str, str]] = {municipality.pk: {} for municipality in municipalities}
    for language in LANGUAGES:
        with translation.override(language):
            for municipality in municipalities:
                names[municipality.pk][f"name_{language}"] = municipality.official_name
    return names


def _load_organisations(
    municipalities: list[Municipality], before: dict[int, dict[str, str]], counts: Counts
) -> None:
    """Every municipality as an organisation, so that it can answer for projects.

    A name that an editor wrote stays; one that was the official name until now follows it.
    """
    organisations = list(Organisation.objects.all())
    linked = {o.municipality_id: o for o in organisations if o.municipality_id}
    by_name = {o.name_fi: o for o in organisations}
    batch = _Batch(Organisation, counts)
    for pk, names in _official_names(municipalities).items():
        stored = linked.get(pk)
        namesake = by_name.get(names["name_fi"])
        if stored is not None:
            old = before.get(pk, {})
            facts = {k: name for k, name in names.items() if getattr(stored, k) == old.get(k)}
        elif namesake is not None and namesake.municipality_id is not None:
            raise RegisterError(f"The organisation “{namesake}” is linked to another municipality.")
        else:
            # one that somebody wrote by hand before becomes the municipality's
            stored, facts = namesake, {} if namesake else names
        link = {"municipality_id": pk, "kind": OrganisationKind.MUNICIPALITY}
        batch.put(stored, facts | link)
    batch.create()
