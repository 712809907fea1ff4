"""Whom to ask about a municipality that has named nobody: its projects' people, or its regions'."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from climateportal.keyrows import KeyRows
from climateportal.publishing import published_q
from municipalities.enums import RegionKind
from municipalities.models import Municipality, Organisation, Region
from projects.enums import ContactKind
from projects.models import Contact, Participation, Project, ProjectContact, RegionCoordinator
from projects.models.contact import valid_q
from projects.summaries.people import with_organisations

MOST_CONTACTS = 5
MOST_NAMED = 3  # projects named beside one contact
NEAREST = (RegionKind.COOPERATION, RegionKind.SUBREGION, RegionKind.COUNTY)
WITH_EMPLOYER = "contact__organisation__municipality"


@dataclass(frozen=True)
class Substitute:
    """A contact who answers for projects or for a region."""

    contact: Contact
    projects: tuple[Project, ...] = ()
    region: Region | None = None

    @property
    def named(self) -> tuple[Project, ...]:
        """The projects to name."""
        return self.projects[:MOST_NAMED]

    @property
    def more(self) -> int:
        """How many projects are left unnamed."""
        return len(self.projects) - len(self.named)


def asked_q(places: Collection[int]) -> Q:
    """Contacts of municipalities that some public project names."""
    its_own = {"contact": OuterRef("pk")}
    listed = ProjectContact.objects.filter(published_q("project__"), **its_own)
    named = Participation.objects.filter(published_q("project__"), **its_own)
    return Q(Exists(listed) | Exists(named), organisation__municipality__in=list(places))


def own_contacts(contacts: Iterable[Contact]) -> dict[int, Contact]:
    """Whom to ask in each municipality: a role mailbox first (rule 13)."""
    found: dict[int, Contact] = {}
    for row in sorted(contacts, key=lambda row: (row.kind != ContactKind.ROLE, row.pk)):
        if row.organisation and row.organisation.municipality_id:
            found.setdefault(row.organisation.municipality_id, row)
    return found


def primary_listed(projects: Collection[int], on: date) -> QuerySet[ProjectContact]:
    """The rows that name the primary contact of each of `projects`, valid on a day (rule 13)."""
    return ProjectContact.objects.filter(
        valid_q("contact__", on), is_primary=True, project__in=KeyRows(projects)
    )


def primary_contacts(projects: Collection[int], on: date) -> dict[int, Contact]:
    """The primary contact of each of `projects` that has one, by key, with the employer that tells
    its language. One query at most.
    """
    if not projects:
        return {}
    rows = primary_listed(projects, on).select_related(WITH_EMPLOYER)
    return {row.project_id: row.contact for row in rows}


def primary_rows(projects: Collection[int], on: date) -> tuple[QuerySet, ...]:
    """For `fetch_together`: what `primary_contacts` reads, then contacts, employers and places."""
    listed = primary_listed(projects, on)
    contacts = Contact.objects.filter(pk__in=listed.values("contact"))
    bodies = Organisation.objects.filter(pk__in=contacts.values("organisation"))
    return (
        listed,
        contacts,
        bodies,
        Municipality.objects.filter(pk__in=bodies.values("municipality")),
    )


def primary_of(
    listed: Iterable[ProjectContact],
    contacts: Sequence[Contact],
    bodies: Iterable[Organisation],
    places: Iterable[Municipality],
) -> dict[int, Contact]:
    """What `primary_rows` found, as `primary_contacts` gives it."""
    with_organisations(contacts, bodies, places)
    by_pk = {row.pk: row for row in contacts}
    return {row.project_id: by_pk[row.contact_id] for row in listed}


def of_projects(projects: Sequence[Project], on: date) -> tuple[Substitute, ...]:
    """The primary contacts of `projects`, in their order, each contact once. One query."""
    primary = primary_contacts([row.pk for row in projects], on)
    theirs: dict[Contact, list[Project]] = {}
    for project in projects:
        if project.pk in primary:
            theirs.setdefault(primary[project.pk], []).append(project)
    found = [Substitute(contact, tuple(mine)) for contact, mine in theirs.items()]
    return tuple(found[:MOST_CONTACTS])


def of_regions(regions: Iterable[Region], on: date) -> tuple[Substitute, ...]:
    """The coordinators of the nearest of `regions` that has any. One query."""
    by_pk = {region.pk: region for region in regions}
    rows = RegionCoordinator.objects.filter(
        valid_q("contact__", on), region__in=by_pk
    ).select_related(WITH_EMPLOYER)
    everyone = [Substitute(row.contact, region=by_pk[row.region_id]) for row in rows]
    for kind in NEAREST:
        if found := [row for row in everyone if row.region.kind == kind]:
            return tuple(found[:MOST_CONTACTS])
    return ()
