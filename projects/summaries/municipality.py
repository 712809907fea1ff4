"""The read model of a municipality's page: its projects in its own stages, its plans and people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q, QuerySet
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
from projects.enums import ContactKind, CostVisibility, Stage
from projects.models import (
    Adoption,
    Contact,
    Funding,
    Goal,
    GoalBaseline,
    GoodPractice,
    Material,
    Measurement,
    Participation,
    Project,
    ProjectContact,
    RegionCoordinator,
    Task,
    Theme,
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
from projects.summaries.latehere import Late, late_here, late_projects, late_queries
from projects.summaries.members import main_target
from projects.summaries.people import in_order, with_organisations
from projects.summaries.placecosts import PlaceCosts, place_costs, spent_together
from projects.summaries.places import Mergers, with_predecessors
from projects.summaries.similar import (
    SimilarProject,
    named,
    read_candidates,
    similar_examples,
)

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
    "budget",
    "money_as_of",
    "cost_visibility",
    "cost_sharing",
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
    late: Late
    projects: tuple[MunicipalityProject, ...]
    costs: PlaceCosts
    similar: tuple[SimilarProject, ...]
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
    mine = Participation.objects.filter(municipality__in=whole)
    found = Project.objects.published().filter(pk__in=mine.values("project"))
    mergers = Mergers(on)
    facts = project_facts(found, mergers)
    tasks = TaskTable.read(Task.objects.filter(project__in=[row.pk for row in facts]), on, mergers)
    rows = _together(municipality, whole, found, facts, on)
    regions = {region.pk: region for region in rows.regions}
    for target in rows.targets:
        if target.region_id:
            target.region = regions[target.region_id]
    with_organisations([*rows.contacts, *rows.asked], rows.bodies, rows.places)
    candidates, similar_places = read_candidates(municipality, found, on)
    examples = similar_examples(municipality.population, candidates)
    telling = [row.pk for row in facts if row.tells_money]
    first = sorted(facts, key=lambda row: _place(row, municipality.pk))[:MOST_PROJECTS]
    named_here = {
        *(row.pk for row in first),
        *telling,
        *late_projects(rows, facts, on),
        *(example.project for example in examples),
        *(row.project_id for row in (*rows.goals, *rows.materials)),
    }
    projects = (
        Project.objects.published().with_schedule(on).only(*ROW_FIELDS).in_bulk(named_here - {None})
    )
    goals = goal_rows(
        sorted(rows.goals, key=in_order),
        rows.measurements,
        rows.baselines,
        {municipality.pk: municipality},
        on,
    )
    own = [target for target in rows.targets if target.municipality_id]
    joint = [target for target in rows.targets if target.region_id]
    in_joint_area = [target for target in joint if target.region.kind == RegionKind.COOPERATION]
    shown = _shown(municipality.pk, whole, first, projects, tasks)
    return MunicipalitySummary(
        municipality=municipality,
        on=on,
        county=next((row for row in rows.regions if row.kind == RegionKind.COUNTY), None),
        regions=tuple(sorted(rows.regions, key=_region_order)),
        target=main_target(own) or main_target(in_joint_area),
        targets=tuple(
            sorted(rows.targets, key=lambda row: (not row.municipality_id, row.target_year))
        ),
        goals=tuple(row for row in goals if row.goal.municipality_id),
        joint_goals=_joint(municipality, goals, projects, regions),
        counts=ProjectCounts.of((row.stage_in(municipality.pk), row.activity, 1) for row in facts),
        tasks=tasks.of_places({municipality.pk}, facts),
        late=late_here(municipality, rows, facts, projects, on),
        projects=shown,
        costs=place_costs(
            whole,
            [projects[pk] for pk in telling],
            rows,
            spent_together(telling),
            silent=len(facts) - len(telling),
        ),
        similar=named(examples, projects, similar_places, rows.themes),
        contacts=tuple(
            sorted(rows.contacts, key=lambda row: (row.kind != ContactKind.ROLE, row.name, row.pk))
        ),
        substitutes=()
        if rows.contacts
        else of_projects([row.project for row in shown], on) or of_regions(rows.regions, on),
        materials=_materials(rows.materials, projects),
        practices=tuple(sorted(rows.practices, key=lambda row: alphabetical(row.title))),
        emissions=_series(rows.emissions),
        updated_at=max((row.updated_at for row in facts), default=None),
    )


def _place(row: ProjectFacts, municipality: int) -> tuple[bool, float]:
    """Those that go on come first, then the most recently updated."""
    is_over = row.is_over or row.stage_in(municipality) == Stage.COMPLETED
    return is_over, -row.updated_at.timestamp()


def _materials(
    materials: Iterable[Material], projects: Mapping[int, Project]
) -> tuple[Material, ...]:
    found = sorted(
        materials, key=lambda row: (row.project_id, row.part_number or 0, *in_order(row))
    )
    for row in found:
        row.project = projects[row.project_id]
    return tuple(found)


def _joint(
    municipality: Municipality,
    rows: Iterable[GoalRow],
    projects: Mapping[int, Project],
    regions: Mapping[int, Region],
) -> tuple[JointGoal, ...]:
    """The others' goals in which the municipality is followed."""
    found = []
    for row in rows:
        if row.goal.municipality_id:
            continue
        owner = projects.get(row.goal.project_id) or regions.get(row.goal.region_id)
        if owner is not None:
            found.append(JointGoal(row.of_place(municipality), owner))
    return tuple(found)


def _region_order(region: Region) -> tuple[int, str]:
    return list(RegionKind.values).index(region.kind), alphabetical(region.name)


def _shown(
    municipality: int,
    whole: set[int],
    facts: Sequence[ProjectFacts],
    projects: Mapping[int, Project],
    tasks: TaskTable,
) -> tuple[MunicipalityProject, ...]:
    """The projects to show, in the order of `facts`. One query."""
    partners: dict[int, list[Municipality]] = {}
    others = Participation.objects.filter(project__in=[row.pk for row in facts])
    others = others.exclude(municipality__in=whole).select_related("municipality")
    for other in others.only("project", *PARTNER_FIELDS):
        partners.setdefault(other.project_id, []).append(other.municipality)
    return tuple(
        MunicipalityProject(
            project=projects[row.pk],
            own_stage=Stage(row.stage_in(municipality)),
            tasks=tasks.of_places({municipality}, [row]),
            partners=tuple(
                sorted(partners.get(row.pk, []), key=lambda row: alphabetical(row.name))
            ),
        )
        for row in facts
    )


class _Rows(NamedTuple):
    """What is read in one query, in any order. `places` are those of organisations and payers."""

    regions: list[Region]
    targets: list[ClimateTarget]
    goals: list[Goal]
    measurements: list[Measurement]
    baselines: list[GoalBaseline]
    contacts: list[Contact]
    practices: list[GoodPractice]
    emissions: list[Emission]
    materials: list[Material]
    themes: list[Theme]
    payers: list[Participation]
    fundings: list[Funding]
    late: list[Task]
    leads: list[ProjectContact]
    coordinators: list[RegionCoordinator]
    asked: list[Contact]
    bodies: list[Organisation]
    places: list[Municipality]


def _together(
    municipality: Municipality,
    whole: set[int],
    found: QuerySet[Project],
    facts: Sequence[ProjectFacts],
    on: date,
) -> _Rows:
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
    # the municipality's own goals, and those of projects and regions that follow it by itself
    of_place = Q(municipality=municipality) | Q(municipality=None)
    measured = Measurement.objects.filter(municipality=municipality, date__lte=on)
    followed = Goal.objects.filter(
        public | Q(region__in=its_regions.values("pk")),
        Q(pk__in=measured.values("goal"))
        | Q(pk__in=GoalBaseline.objects.filter(municipality=municipality).values("goal")),
    )
    own = Goal.objects.filter(municipality=municipality)
    # both by their keys: of all goals there are, a database need not look at any other
    goals = Goal.objects.filter(Q(pk__in=own.values("pk")) | Q(pk__in=followed.values("pk")))
    telling = found.exclude(cost_visibility=CostVisibility.NOTHING).exclude(money_as_of=None)
    payers = Participation.objects.filter(project__in=telling.values("pk"))
    fundings = Funding.objects.filter(project__in=telling.values("pk"))
    late = late_queries(whole, facts, its_regions, on)
    organisations = Organisation.objects.filter(
        Q(pk__in=contacts.values("organisation"))
        | Q(pk__in=fundings.values("funder"))
        | Q(pk__in=late[-1].values("organisation"))
    )
    places = Q(pk__in=organisations.values("municipality")) | Q(
        pk__in=payers.values("municipality")
    )
    return _Rows(
        *fetch_together(
            [
                its_regions,
                ClimateTarget.objects.filter(
                    Q(municipality=municipality) | Q(region__in=its_regions.values("pk"))
                ),
                goals,
                Measurement.objects.filter(of_place, goal__in=goals.values("pk")),
                GoalBaseline.objects.filter(of_place, goal__in=goals.values("pk")),
                contacts,
                GoodPractice.objects.published().filter(
                    pk__in=Adoption.objects.filter(municipality__in=whole).values("practice")
                ),
                Emission.objects.filter(municipality=municipality, sector=EmissionSector.TOTAL),
                Material.objects.filter(public, municipality__in=whole),
                Theme.objects.filter(pk__in=found.values("themes")),
                payers,
                fundings,
                *late,
                organisations,
                Municipality.objects.filter(places),
            ]
        )
    )


def _series(emissions: Sequence[Emission]) -> EmissionSeries | None:
    """The totals of one method; Hinku when both are known. Methods are never mixed."""
    for method in EmissionMethod:
        rows = sorted((row for row in emissions if row.method == method), key=lambda row: row.year)
        if rows:
            return EmissionSeries(method, tuple(rows))
    return None
