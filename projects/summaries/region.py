"""The read model of a region's page: its municipalities, projects, goals and people on a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from climateportal.keyrows import KeyRows
from climateportal.together import fetch_together
from municipalities.alphabet import alphabetical
from municipalities.models import (
    ClimateTarget,
    Meeting,
    Membership,
    Municipality,
    Organisation,
    Region,
    SteeringGroup,
)
from projects.enums import ContactKind, GoalState
from projects.models import (
    Contact,
    Goal,
    GoalBaseline,
    Measurement,
    Project,
    RegionCoordinator,
    Task,
)
from projects.models.contact import valid_q
from projects.summaries.agenda import Agenda, Happening, agenda_of, read_agenda, read_around
from projects.summaries.contacts import asked_q, own_contacts
from projects.summaries.coordinators import Coordinator, Coordinators
from projects.summaries.coordinators import coordinators as coordinators_of
from projects.summaries.counts import (
    ProjectCounts,
    ProjectFacts,
    TaskCounts,
    TaskTable,
    project_facts,
)
from projects.summaries.decided import Decided
from projects.summaries.goals import GoalRow, goal_rows
from projects.summaries.joint import JointProject, joint_project, joint_projects
from projects.summaries.members import (
    Members,
    MunicipalityGroup,
    MunicipalityRow,
    Order,
    PlanCounts,
    groups,
    main_target,
    municipality_rows,
    plans,
)
from projects.summaries.members import (
    in_order as sorted_rows,
)
from projects.summaries.people import in_order, with_organisations
from projects.summaries.places import Mergers, in_region_q
from projects.summaries.recent import News, news
from projects.summaries.spending import RegionMoney, region_money

MOST_JOINT = 10  # joint projects shown on the page; the list has all
FEW_GOALS = 12
MEETINGS = 4
LONG_AGO = 365  # days after which a meeting is no beginning for a report


@dataclass(frozen=True)
class MunicipalityGoals:
    """The goals that one member has set itself, with their figures."""

    municipality: Municipality
    goals: tuple[GoalRow, ...]


@dataclass(frozen=True)
class Steering:
    """A steering group with its seats, the chair first."""

    group: SteeringGroup
    seats: tuple[Membership, ...]


@dataclass(frozen=True)
class RegionSummary:
    """All that a region's page shows on a day. Every tuple may be empty: no empty headings."""

    region: Region
    on: date
    projects: ProjectCounts
    tasks: TaskCounts
    money: RegionMoney
    members: int
    participating: int
    plans: PlanCounts
    groups: tuple[MunicipalityGroup, ...]
    joint: tuple[JointProject, ...]
    joint_total: int
    targets: tuple[ClimateTarget, ...]
    goals: tuple[GoalRow, ...]
    member_goals: tuple[MunicipalityGoals, ...]
    steering: tuple[Steering, ...]
    coordinators: tuple[Coordinator, ...]
    children: tuple[Region, ...]
    updated_at: datetime | None
    agenda: Agenda
    recent: tuple[News, ...]
    meetings: tuple[Meeting, ...]  # held, with a public pack, the newest first
    coming: tuple[Meeting, ...]  # of which day and place are public, the next first
    decided: Decided  # in the last meeting
    order: Order

    @property
    def ahead(self) -> tuple[Happening | Meeting, ...]:
        """What comes next in projects and when the group meets, by day."""
        days = {row: row.on for row in self.agenda.coming} | {row: row.date for row in self.coming}
        return tuple(sorted(days, key=lambda row: days[row]))

    @property
    def last_meeting(self) -> date | None:
        """The day of the last meeting with a public pack, where the report begins."""
        return self.decided.meeting.date if self.decided.meeting else None

    @property
    def target(self) -> ClimateTarget | None:
        """The region's main joint target."""
        return main_target(self.targets)

    @property
    def has_few_member_goals(self) -> bool:
        """Whether the members' goals can be read without unfolding them."""
        return sum(len(row.goals) for row in self.member_goals) <= FEW_GOALS

    @property
    def plans_unknown(self) -> int:
        """Municipalities whose climate plan nobody has reported."""
        return self.members - self.plans.reported

    @property
    def all_goals(self) -> int:
        """Goals of the region and of its members' own programmes."""
        return len(self.goals) + sum(len(row.goals) for row in self.member_goals)

    @property
    def goals_met(self) -> int:
        """Those of them that are stated to be met."""
        own = [goal for row in self.member_goals for goal in row.goals]
        return sum(row.goal.state == GoalState.MET for row in (*self.goals, *own))


def region_summary(
    region: Region, on: date | None = None, order: Order = Order.NAME
) -> RegionSummary:
    """Read everything the page of `region` shows on a day (default: today).

    Only what is public, for editors too: the numbers are those of the list they lead to.

    Ten queries, whatever the number of municipalities and projects.
    """
    on = on or timezone.localdate()
    members = Members.read(region, on)
    published = Project.objects.published().filter(in_region_q(region.pk, on))
    mergers = Mergers(on)
    facts = project_facts(published, mergers)
    # their keys from here on: which projects belong to a region is asked once
    keys = [row.pk for row in facts]
    tasks = TaskTable.read(Task.objects.filter(project__in=KeyRows(keys)), on, mergers)
    rest = _together(region, members, on)
    people = Coordinators(rest.coordinators, members)
    rows = [
        replace(row, coordinator=people.of([row.municipality.pk]))
        for row in municipality_rows(members, facts, tasks, rest.targets, rest.contacts)
    ]
    joint = joint_projects(facts, members)
    money = region_money(facts, members.by_pk, mergers)
    places = {pk: members.by_pk[mergers.now(pk)] for pk in mergers.whole(members.by_pk)}
    agenda = read_agenda(facts, places, on)
    lately = (row for row in rest.meetings if (on - row.date).days <= LONG_AGO)
    last = next(lately, None)
    primary, decided_rows = read_around(agenda, last, on)
    named = {row.pk for row in joint[:MOST_JOINT]} | money.to_name
    named |= agenda.projects | decided_rows.projects
    projects = Project.objects.published().with_schedule(on).in_bulk(named)
    money = money.named(projects)
    decided = decided_rows.decided(last, projects, on)
    return RegionSummary(
        region=region,
        on=on,
        projects=ProjectCounts.of((row.stage, row.activity, 1) for row in facts),
        tasks=tasks.of_places(members.by_pk.keys(), facts),
        money=money,
        members=len(members.by_pk),
        participating=sum(bool(row.projects.total) for row in rows),
        plans=plans(members.by_pk.values()),
        groups=_groups(members, rest, rows, facts, tasks, order),
        joint=tuple(joint_project(row, projects[row.pk], members) for row in joint[:MOST_JOINT]),
        joint_total=len(joint),
        targets=tuple(row for row in rest.targets if row.region_id == region.pk),
        goals=tuple(row for row in rest.goals if row.goal.region_id == region.pk),
        member_goals=_member_goals(members, rest.goals),
        steering=rest.steering,
        coordinators=rest.coordinators,
        children=rest.children,
        updated_at=max((row.updated_at for row in facts), default=None),
        agenda=agenda_of(agenda, primary, projects, places, people, decided, on),
        recent=news(agenda, rest.goals, money, projects, places, on),
        meetings=rest.meetings,
        coming=rest.coming,
        decided=decided,
        order=order,
    )


def _groups(
    members: Members,
    rest: "_Rest",
    rows: Sequence[MunicipalityRow],
    facts: Sequence[ProjectFacts],
    tasks: TaskTable,
    order: Order,
) -> tuple[MunicipalityGroup, ...]:
    """By part while in the order of names; in another order all together, or it would not show."""
    if not rows:
        return ()
    if order == Order.NAME:
        return tuple(
            replace(
                group,
                coordinators=tuple(
                    row
                    for row in rest.coordinators
                    if group.region is not None and row.part == group.region
                ),
            )
            for group in groups(members, rest.children, rows, facts, tasks)
        )
    return (MunicipalityGroup(None, tuple(sorted_rows(rows, order))),)


def _member_goals(members: Members, goals: Iterable[GoalRow]) -> tuple[MunicipalityGoals, ...]:
    by_place: dict[int, list[GoalRow]] = {}
    for row in goals:
        if row.goal.municipality_id in members.by_pk:
            by_place.setdefault(row.goal.municipality_id, []).append(row)
    found = [MunicipalityGoals(members.by_pk[pk], tuple(rows)) for pk, rows in by_place.items()]
    return tuple(sorted(found, key=lambda row: alphabetical(row.municipality.name)))


@dataclass(frozen=True)
class _Rest:
    """What is read in one query."""

    children: tuple[Region, ...]
    targets: tuple[ClimateTarget, ...]
    goals: tuple[GoalRow, ...]
    steering: tuple[Steering, ...]
    coordinators: tuple[Coordinator, ...]
    contacts: Mapping[int, Contact]  # by municipality
    meetings: tuple[Meeting, ...]
    coming: tuple[Meeting, ...]


def _together(region: Region, members: Members, on: date) -> _Rest:
    of_region = Q(region=region) | Q(municipality__in=list(members.by_pk))
    seats_here = Membership.objects.current(on).filter(group__region=region)
    coordinators_here = RegionCoordinator.objects.filter(
        Q(region=region) | Q(region__parent=region)
    )
    contacts_here = Contact.objects.filter(
        valid_q(on=on),
        Q(pk__in=coordinators_here.values("contact")) | Q(pk__in=_asked_first(members, on)),
    )
    latest = Meeting.objects.held(region.pk, on).values("pk")[:MEETINGS]
    ahead = Meeting.objects.of_region(region.pk).announced(on).values("pk")[:MEETINGS]
    organisations = Organisation.objects.filter(
        Q(pk__in=seats_here.values("organisation")) | Q(pk__in=contacts_here.values("organisation"))
    )
    goals_here = Goal.objects.filter(of_region)
    # a goal's figures: of the whole, and of members followed by themselves
    figures = Q(municipality=None) | Q(municipality__in=list(members.by_pk))
    figures &= Q(goal__in=goals_here.values("pk"))
    (
        children,
        targets,
        goals,
        measurements,
        baselines,
        groups,
        seats,
        coordinators,
        contacts,
        bodies,
        places,
        meetings,
    ) = (  # fmt: skip
        fetch_together(
            [
                Region.objects.filter(parent=region),
                ClimateTarget.objects.filter(of_region | Q(region__parent=region)),
                goals_here,
                Measurement.objects.filter(figures),
                GoalBaseline.objects.filter(figures),
                SteeringGroup.objects.filter(region=region),
                seats_here,
                coordinators_here,
                contacts_here,
                organisations,
                Municipality.objects.filter(pk__in=organisations.values("municipality")),
                Meeting.objects.filter(Q(pk__in=latest) | Q(pk__in=ahead)),
            ]
        )
    )
    for meeting in meetings:
        meeting.group = next(row for row in groups if row.pk == meeting.group_id)
        meeting.group.region = region
    regions = {row.pk: row for row in [region, *children]}
    for target in targets:
        if target.region_id:
            target.region = regions[target.region_id]
    with_organisations([*seats, *contacts], bodies, places)
    people = {contact.pk: contact for contact in contacts}
    return _Rest(
        children=tuple(sorted(children, key=lambda row: (row.kind, alphabetical(row.name)))),
        targets=tuple(sorted(targets, key=lambda row: (row.target_year, row.pk))),
        goals=goal_rows(sorted(goals, key=in_order), measurements, baselines, members.by_pk, on),
        steering=tuple(
            Steering(
                group,
                tuple(
                    sorted(
                        (seat for seat in seats if seat.group_id == group.pk),
                        key=lambda seat: (not seat.is_chair, *in_order(seat)),
                    )
                ),
            )
            for group in sorted(groups, key=lambda row: alphabetical(row.name))
        ),
        coordinators=coordinators_of(region, coordinators, regions, people),
        contacts=own_contacts(contacts),
        meetings=tuple(sorted((row for row in meetings if row.date < on), key=_day, reverse=True)),
        coming=tuple(sorted((row for row in meetings if row.date >= on), key=_day)),
    )


def _day(meeting: Meeting) -> date:
    return meeting.date


def _asked_first(members: Members, on: date) -> list[int]:
    """The contact of each municipality that `own_contacts` will choose: a county has hundreds."""
    rows = Contact.objects.filter(valid_q(on=on), asked_q(members.by_pk))
    found: dict[int, int] = {}
    keys = rows.values_list("organisation__municipality", "kind", "pk")
    for place, _kind, pk in sorted(keys, key=lambda row: (row[1] != ContactKind.ROLE, row[2])):
        found.setdefault(place, pk)
    return list(found.values())
