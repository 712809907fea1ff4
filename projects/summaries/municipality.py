"""The read model of a municipality's page: its projects in its own stages, its plans and people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from climateportal.publishing import published_q
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
from projects.enums import ContactKind, Stage
from projects.models import (
    Adoption,
    Contact,
    Goal,
    GoalBaseline,
    GoodPractice,
    Material,
    Measurement,
    Participation,
    Project,
    ProjectContact,
    Task,
)
from projects.models.contact import valid_q
from projects.summaries.contacts import Substitute, of_projects, of_regions
from projects.summaries.counts import (
    ProjectCounts,
    ProjectFacts,
    TaskCounts,
    TaskTable,
    project_facts,
)
from projects.summaries.goals import GoalRow, goal_rows
from projects.summaries.members import main_target
from projects.summaries.people import in_order, with_organisations
from projects.summaries.places import Mergers, with_predecessors

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
PARTNER_FIELDS = ["municipality__slug", *(f"municipality__{name}" for name in columns("name"))]


@dataclass(frozen=True)
class MunicipalityProject:
    """A project as one municipality sees it."""

    project: Project
    own_stage: Stage
    tasks: TaskCounts
    partners: tuple[Municipality, ...]


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
class JointGoal:
    """A goal of a project or region with this municipality's figures, and whose goal it is."""

    row: GoalRow
    owner: Project | Region


@dataclass(frozen=True)
class MunicipalitySummary:
    """All that a municipality's page shows on a day. Every tuple may be empty."""

    municipality: Municipality
    on: date
    county: Region | None
    regions: tuple[Region, ...]
    target: ClimateTarget | None
    targets: tuple[ClimateTarget, ...]
    goals: tuple[GoalRow, ...]
    joint_goals: tuple[JointGoal, ...]
    counts: ProjectCounts
    tasks: TaskCounts
    projects: tuple[MunicipalityProject, ...]
    contacts: tuple[Contact, ...]
    substitutes: tuple[Substitute, ...]  # whom to ask when there are no contacts
    materials: tuple[Material, ...]
    practices: tuple[GoodPractice, ...]
    emissions: EmissionSeries | None
    updated_at: datetime | None


def municipality_summary(municipality: Municipality, on: date | None = None) -> MunicipalitySummary:
    """Read everything the page of `municipality` shows on a day (default: today).

    Only what is public, for editors too: the numbers are those of the list they lead to.
    Nine queries, whatever the number of projects; at most two more to find somebody to ask when
    the municipality has no contact of its own.
    """
    on = on or timezone.localdate()
    itself = Municipality.objects.filter(pk=municipality.pk)
    whole = set(with_predecessors(itself, on).values_list("pk", flat=True))
    published = Project.objects.published()
    mine = Participation.objects.filter(municipality__in=whole)
    found = published.filter(pk__in=mine.values("project"))
    mergers = Mergers(on)
    facts = project_facts(found, mergers)
    tasks = TaskTable.read(Task.objects.filter(project__in=[row.pk for row in facts]), on, mergers)
    (
        regions,
        targets,
        goals,
        measurements,
        baselines,
        contacts,
        bodies,
        places,
        practices,
        emissions,
    ) = _together(municipality, whole, on)
    by_region = {region.pk: region for region in regions}
    for target in targets:
        if target.region_id:
            target.region = by_region[target.region_id]
    with_organisations(contacts, bodies, places)
    rows = goal_rows(
        sorted(goals, key=in_order), measurements, baselines, {municipality.pk: municipality}, on
    )
    own = [target for target in targets if target.municipality_id]
    joint = [target for target in targets if target.region_id]
    in_joint_area = [target for target in joint if target.region.kind == RegionKind.COOPERATION]
    shown = _shown(municipality.pk, whole, facts, tasks, on)
    return MunicipalitySummary(
        municipality=municipality,
        on=on,
        county=next((row for row in regions if row.kind == RegionKind.COUNTY), None),
        regions=tuple(sorted(regions, key=_region_order)),
        target=main_target(own) or main_target(in_joint_area),
        targets=tuple(sorted(targets, key=lambda row: (not row.municipality_id, row.target_year))),
        goals=tuple(row for row in rows if row.goal.municipality_id),
        joint_goals=_joint(municipality, rows, by_region),
        counts=ProjectCounts.of((row.stage_in(municipality.pk), row.activity, 1) for row in facts),
        tasks=tasks.of_places({municipality.pk}, facts),
        projects=shown,
        contacts=tuple(
            sorted(contacts, key=lambda row: (row.kind != ContactKind.ROLE, row.name, row.pk))
        ),
        substitutes=()
        if contacts
        else of_projects([row.project for row in shown], on) or of_regions(regions, on),
        materials=tuple(
            Material.objects.filter(
                published_q("project__"), municipality__in=whole
            ).select_related("project")
        ),
        practices=tuple(sorted(practices, key=lambda row: alphabetical(row.title))),
        emissions=_series(emissions),
        updated_at=max((row.updated_at for row in facts), default=None),
    )


def _joint(
    municipality: Municipality, rows: Iterable[GoalRow], regions: Mapping[int, Region]
) -> tuple[JointGoal, ...]:
    """The others' goals in which the municipality is followed. A query when some are projects'."""
    rows = [row for row in rows if not row.goal.municipality_id]
    wanted = {row.goal.project_id for row in rows} - {None}
    projects = (
        Project.objects.published().only("slug", *columns("title")).in_bulk(wanted)
        if wanted
        else {}
    )
    found = []
    for row in rows:
        owner = projects.get(row.goal.project_id) or regions.get(row.goal.region_id)
        if owner is not None:
            found.append(JointGoal(row.of_place(municipality), owner))
    return tuple(found)


def _region_order(region: Region) -> tuple[int, str]:
    return list(RegionKind.values).index(region.kind), alphabetical(region.name)


def _shown(
    municipality: int, whole: set[int], facts: Iterable[ProjectFacts], tasks: TaskTable, on: date
) -> tuple[MunicipalityProject, ...]:
    """The projects to show: those that go on first, then the most recently updated. Two queries."""

    def place(row: ProjectFacts) -> tuple[bool, float]:
        is_over = row.is_over or row.stage_in(municipality) == Stage.COMPLETED
        return is_over, -row.updated_at.timestamp()

    shown = {row.pk: row for row in sorted(facts, key=place)[:MOST_PROJECTS]}
    projects = Project.objects.published().filter(pk__in=shown).with_schedule(on).only(*ROW_FIELDS)
    by_pk = {project.pk: project for project in projects}
    partners: dict[int, list[Municipality]] = {}
    others = Participation.objects.filter(project__in=shown).exclude(municipality__in=whole)
    for other in others.select_related("municipality").only("project", *PARTNER_FIELDS):
        partners.setdefault(other.project_id, []).append(other.municipality)
    return tuple(
        MunicipalityProject(
            project=by_pk[pk],
            own_stage=Stage(row.stage_in(municipality)),
            tasks=tasks.of_places({municipality}, [row]),
            partners=tuple(sorted(partners.get(pk, []), key=lambda row: alphabetical(row.name))),
        )
        for pk, row in shown.items()
    )


def _together(
    municipality: Municipality,
    whole: set[int],
    on: date,
) -> list[list]:
    its_regions = Region.objects.filter(members=municipality)
    public = published_q("project__")
    named = Participation.objects.filter(public, municipality__in=whole)
    of_its_own = ProjectContact.objects.filter(
        public, contact__organisation__municipality__in=whole
    )
    contacts = Contact.objects.filter(
        valid_q(on=on),
        Q(pk__in=named.values("contact")) | Q(pk__in=of_its_own.values("contact")),
    )
    organisations = Organisation.objects.filter(pk__in=contacts.values("organisation"))
    # the municipality's own goals, and those of projects and regions that follow it by itself
    of_place = Q(municipality=municipality) | Q(municipality=None)
    followed = Q(
        pk__in=Measurement.objects.filter(municipality=municipality, date__lte=on).values("goal")
    ) | Q(pk__in=GoalBaseline.objects.filter(municipality=municipality).values("goal"))
    goals = Goal.objects.filter(
        Q(municipality=municipality)
        | (followed & (public | Q(region__in=its_regions.values("pk"))))
    )
    adopted = Adoption.objects.filter(municipality__in=whole)
    return fetch_together(
        [
            its_regions,
            ClimateTarget.objects.filter(
                Q(municipality=municipality) | Q(region__in=its_regions.values("pk"))
            ),
            goals,
            Measurement.objects.filter(of_place, goal__in=goals.values("pk")),
            GoalBaseline.objects.filter(of_place, goal__in=goals.values("pk")),
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
