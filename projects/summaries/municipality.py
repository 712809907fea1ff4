"""The read model of a municipality's page: its projects in its own stages, its plans and people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils import timezone

from climateportal.together import fetch_together
from climateportal.translated import columns
from municipalities.alphabet import alphabetical
from municipalities.enums import EmissionMethod, EmissionSector, RegionKind
from municipalities.models import (
    ClimateTarget,
    Emission,
    Municipality,
    Organisation,
    Region,
)
from projects.enums import Activity, ContactKind, Stage
from projects.models import (
    Adoption,
    Contact,
    Goal,
    GoodPractice,
    Material,
    Participation,
    Project,
    ProjectContact,
    Task,
)
from projects.models.contact import valid_q
from projects.summaries.counts import ProjectCounts, TaskCounts, TaskTable
from projects.summaries.members import main_target
from projects.summaries.people import in_order, with_organisations
from projects.summaries.places import with_predecessors

MOST_PROJECTS = 20  # projects shown on the page; the list has all
ROW_FIELDS = [
    *columns("title"),
    "slug",
    "stage",
    "activity",
    "start_date",
    "end_date",
    "date_precision",
    "is_ongoing",
    "content_updated_at",
]


@dataclass(frozen=True)
class MunicipalityProject:
    """A project as one municipality sees it."""

    project: Project
    own_stage: Stage
    tasks: TaskCounts
    partners: tuple[Municipality, ...]

    @property
    def is_over(self) -> bool:
        """Whether nothing more is done in the project."""
        return self.project.activity == Activity.CANCELLED or self.own_stage == Stage.COMPLETED


@dataclass(frozen=True)
class EmissionSeries:
    """Yearly totals by one method, oldest first; never empty."""

    method: EmissionMethod
    rows: tuple[Emission, ...]

    @property
    def source(self) -> str:
        """Where the newest figure is from."""
        return self.rows[-1].source

    @property
    def retrieved_on(self) -> date:
        """When the newest figure was read from its source."""
        return self.rows[-1].retrieved_on

    @property
    def has_preliminary(self) -> bool:
        """Whether some figures may still change."""
        return any(row.is_preliminary for row in self.rows)

    def of(self, year: int | None) -> Decimal | None:
        """Kilotonnes of a year, None when it is not known."""
        return next((row.kilotonnes for row in self.rows if row.year == year), None)


@dataclass(frozen=True)
class MunicipalitySummary:
    """All that a municipality's page shows on a day. Every tuple may be empty."""

    municipality: Municipality
    on: date
    county: Region | None
    regions: tuple[Region, ...]
    target: ClimateTarget | None
    targets: tuple[ClimateTarget, ...]
    goals: tuple[Goal, ...]
    counts: ProjectCounts
    tasks: TaskCounts
    projects: tuple[MunicipalityProject, ...]
    contacts: tuple[Contact, ...]
    materials: tuple[Material, ...]
    practices: tuple[GoodPractice, ...]
    emissions: EmissionSeries | None
    updated_at: datetime | None


def municipality_summary(municipality: Municipality, on: date | None = None) -> MunicipalitySummary:
    """Read everything the page of `municipality` shows on a day (default: today).

    Only what is public, for editors too: the numbers are those of the list they lead to.
    Six queries, whatever the number of projects.
    """
    on = on or timezone.localdate()
    whole = set(with_predecessors(municipality.pk).values_list("pk", flat=True))
    published = Project.objects.published()
    projects = _projects(municipality.pk, whole, published, on)
    (regions, targets, goals, contacts, bodies, places, practices, emissions) = _together(
        municipality, whole, published, on
    )
    by_region = {region.pk: region for region in regions}
    for target in targets:
        if target.region_id:
            target.region = by_region[target.region_id]
    with_organisations(contacts, bodies, places)
    own = [target for target in targets if target.municipality_id]
    joint = [target for target in targets if target.region_id]
    in_joint_area = [target for target in joint if target.region.kind == RegionKind.COOPERATION]
    return MunicipalitySummary(
        municipality=municipality,
        on=on,
        county=next((row for row in regions if row.kind == RegionKind.COUNTY), None),
        regions=tuple(sorted(regions, key=_region_order)),
        target=main_target(own) or main_target(in_joint_area),
        targets=tuple(sorted(targets, key=lambda row: (not row.municipality_id, row.target_year))),
        goals=tuple(sorted(goals, key=in_order)),
        counts=ProjectCounts.of((row.own_stage, row.project.activity, 1) for row in projects),
        tasks=sum((row.tasks for row in projects), TaskCounts()),
        projects=tuple(projects[:MOST_PROJECTS]),
        contacts=tuple(
            sorted(contacts, key=lambda row: (row.kind != ContactKind.ROLE, row.name, row.pk))
        ),
        materials=tuple(
            Material.objects.filter(municipality__in=whole, project__in=published).select_related(
                "project"
            )
        ),
        practices=tuple(sorted(practices, key=lambda row: alphabetical(row.title))),
        emissions=_series(emissions),
        updated_at=max((row.project.content_updated_at for row in projects), default=None),
    )


def _region_order(region: Region) -> tuple[int, str]:
    return list(RegionKind.values).index(region.kind), alphabetical(region.name)


def _projects(
    municipality: int, whole: set[int], published: QuerySet[Project], on: date
) -> list[MunicipalityProject]:
    """Its projects: those that go on first, then the most recently updated. Three queries.

    `whole` is the municipality and those merged into it; its own row speaks before theirs.
    """
    mine = Participation.objects.filter(municipality__in=whole)
    found = published.filter(pk__in=mine.values("project"))
    projects = {row.pk: row for row in found.with_schedule(on).only(*ROW_FIELDS)}
    tasks = TaskTable.read(Task.objects.filter(project__in=found), on)
    own: dict[int, str] = {}
    partners: dict[int, list[Municipality]] = {}
    for row in Participation.objects.filter(project__in=found).select_related("municipality"):
        if row.municipality_id not in whole:
            partners.setdefault(row.project_id, []).append(row.municipality)
        elif row.municipality_id == municipality or row.project_id not in own:
            own[row.project_id] = row.stage
    rows = [
        MunicipalityProject(
            project=project,
            own_stage=Stage(own[pk] or project.stage),
            tasks=tasks.of_places(whole, [pk]),
            partners=tuple(sorted(partners.get(pk, []), key=lambda row: alphabetical(row.name))),
        )
        for pk, project in projects.items()
    ]
    return sorted(rows, key=lambda row: (row.is_over, -row.project.content_updated_at.timestamp()))


def _together(
    municipality: Municipality,
    whole: set[int],
    published: QuerySet[Project],
    on: date,
) -> list[list]:
    its_regions = Region.objects.filter(members=municipality)
    named = Participation.objects.filter(municipality__in=whole, project__in=published)
    in_projects = ProjectContact.objects.filter(project__in=published)
    contacts = Contact.objects.filter(
        valid_q(on=on)
        & (
            Q(pk__in=named.values("contact"))
            | Q(organisation__municipality__in=whole, pk__in=in_projects.values("contact"))
        )
    )
    organisations = Organisation.objects.filter(pk__in=contacts.values("organisation"))
    adopted = Adoption.objects.filter(municipality__in=whole)
    return fetch_together(
        [
            its_regions,
            ClimateTarget.objects.filter(
                Q(municipality=municipality) | Q(region__in=its_regions.values("pk"))
            ),
            Goal.objects.filter(municipality=municipality),
            contacts,
            organisations,
            Municipality.objects.filter(pk__in=organisations.values("municipality")),
            GoodPractice.objects.published().filter(pk__in=adopted.values("practice")),
            Emission.objects.filter(municipality=municipality, sector=EmissionSector.TOTAL),
        ]
    )


def _series(emissions: Sequence[Emission]) -> EmissionSeries | None:
    """The totals of one method; Hinku when both are known. Methods are never mixed."""
    for method in EmissionMethod:
        rows = sorted((row for row in emissions if row.method == method), key=lambda row: row.year)
        if rows:
            return EmissionSeries(method, tuple(rows))
    return None
