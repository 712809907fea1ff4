"""The read model of a project's page: everything it shows, in a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import get_language

from climateportal import richtext
from climateportal.together import fetch_together
from climateportal.translated import Text, text_of
from municipalities.alphabet import alphabetical
from municipalities.models import Region
from projects.enums import (
    OPEN_TASK_STATES,
    Activity,
    ContactKind,
    CostVisibility,
    OrganisationRole,
    Stage,
    TaskState,
)
from projects.ledger import Ledger
from projects.models import (
    Event,
    Expense,
    Goal,
    GoalBaseline,
    GoodPractice,
    Material,
    Measurement,
    Participation,
    Project,
    ProjectContact,
    ProjectOrganisation,
    StageChange,
    Task,
    Theme,
    Update,
    WorkPackage,
)
from projects.models.contact import valid_q
from projects.openmoney import OpenMoney, open_money
from projects.schedule import Assessment, ProjectDates, TaskDates, assess
from projects.summaries.goals import GoalRow, goal_rows, read_places

LONG_BODY = 600  # characters of a task's text after which the rest is folded
FAR_FUTURE = date(9999, 12, 31)


def task_dates(tasks: Iterable[Task]) -> list[TaskDates]:
    """What the schedule rules need of tasks."""
    return [
        TaskDates(
            title=task.title,
            state=task.state,
            due=task.due_date,
            completed=task.completed_at,
            completed_precision=task.completed_precision,
        )
        for task in tasks
    ]


def assess_project(project: Project, tasks: Iterable[Task], on: date) -> Assessment:
    """The schedule status of a stored project with its tasks on a day."""
    return assess(
        ProjectDates(
            stage=project.stage,
            activity=project.activity,
            end=project.end_date,
            completed_on=project.completed_on,
            stated=project.stated_status,
            tasks=task_dates(tasks),
        ),
        on,
    )


@dataclass(frozen=True)
class TaskRow:
    """A task as the page shows it: first words open, the rest folded when long."""

    task: Task
    work_package: WorkPackage | None
    municipality: object | None

    @cached_property
    def body(self) -> Text:
        """The task's text and its language."""
        return text_of(self.task, "body")

    @property
    def is_fallback(self) -> bool:
        """Whether the text is in another language than the page."""
        return self.body.lang != get_language()

    @cached_property
    def parts(self) -> tuple[str, str]:
        """What stands open and what is folded (empty for a short text), as stored HTML."""
        html = self.body.value
        if len(richtext.plain(html)) <= LONG_BODY:
            return html, ""
        return richtext.split_after_first_paragraph(html)


@dataclass(frozen=True)
class ProjectDetail:
    """All that a project's page shows on a day. Every list may be empty: no empty headings."""

    project: Project
    on: date
    participations: list[Participation]
    responsible: list[ProjectOrganisation]
    partners: list[ProjectOrganisation]
    money: OpenMoney
    contacts: list[ProjectContact]
    related: list[Project]
    themes: list[Theme]
    regions: list[Region]
    work_packages: list[WorkPackage]
    goals: tuple[GoalRow, ...]
    tasks: list[Task]
    materials: list[Material]
    updates: list[Update]
    events: list[Event]
    practices: list[GoodPractice]
    stage_changes: list[StageChange]

    @cached_property
    def schedule(self) -> Assessment:
        """The schedule status and why."""
        return assess_project(self.project, self.tasks, self.on)

    def _rows(self, tasks: Iterable[Task]) -> list[TaskRow]:
        packages = {package.pk: package for package in self.work_packages}
        places = {row.municipality_id: row.municipality for row in self.participations}
        return [
            TaskRow(
                task=task,
                work_package=packages.get(task.work_package_id),
                municipality=places.get(task.municipality_id),
            )
            for task in tasks
        ]

    def _open(self) -> list[Task]:
        return sorted(
            (task for task in self.tasks if task.state in OPEN_TASK_STATES),
            key=lambda task: (task.due_date or FAR_FUTURE, task.order, task.pk),
        )  # fmt: skip

    def _is_now(self, task: Task) -> bool:
        return self.project.activity == Activity.ACTIVE and (
            task.state == TaskState.IN_PROGRESS or task.is_overdue(self.on)
        )

    @cached_property
    def tasks_now(self) -> list[TaskRow]:
        """In progress or overdue, the earliest due first. None when the project is over."""
        if self.project.is_over():
            return []
        return self._rows(task for task in self._open() if self._is_now(task))

    @cached_property
    def tasks_next(self) -> list[TaskRow]:
        """Not yet begun, the earliest due first."""
        if self.project.is_over():
            return []
        return self._rows(task for task in self._open() if not self._is_now(task))

    @cached_property
    def tasks_left(self) -> list[TaskRow]:
        """Open tasks of a project that is over: they were not done."""
        return self._rows(self._open()) if self.project.is_over() else []

    @cached_property
    def tasks_done(self) -> list[TaskRow]:
        """Done, the newest first."""
        done = [task for task in self.tasks if task.state == TaskState.DONE]
        done.sort(key=lambda task: (-task.completed_at.toordinal(), task.order, task.pk))
        return self._rows(done)

    @cached_property
    def tasks_cancelled(self) -> list[TaskRow]:
        """Cancelled, in their order."""
        return self._rows(task for task in self.tasks if task.state == TaskState.CANCELLED)

    @property
    def task_total(self) -> int:
        """Tasks that count: all but the cancelled."""
        return len(self.tasks) - len(self.tasks_cancelled)

    @property
    def stages(self) -> list[Stage]:
        """The five stages, for table headings."""
        return list(Stage)

    @property
    def materials_shared(self) -> list[Material]:
        """Materials of the whole project."""
        return [row for row in self.materials if row.municipality_id is None]

    @property
    def materials_by_municipality(self) -> list[Material]:
        """Materials about one municipality each, by name."""
        rows = [row for row in self.materials if row.municipality_id is not None]
        return sorted(rows, key=lambda row: alphabetical(row.title))

    @property
    def has_own_stages(self) -> bool:
        """Whether some municipality is in another stage than the project."""
        return any(row.own_stage() != self.project.stage for row in self.participations)

    @cached_property
    def coming_events(self) -> list[Event]:
        """Events of today and later, the next first."""
        return [event for event in self.events if self._last_day(event) >= self.on]

    @cached_property
    def past_events(self) -> list[Event]:
        """Events that are over, the latest first."""
        return [event for event in reversed(self.events) if self._last_day(event) < self.on]

    @staticmethod
    def _last_day(event: Event) -> date:
        return timezone.localdate(event.ends_at or event.starts_at)

    @property
    def has_afterlife(self) -> bool:
        """Whether something is told of what comes after the project."""
        return bool(
            self.project.afterlife or self.project.maintainer_id or self.project.next_review_on
        )


def project_detail(
    project: Project, user: AnonymousUser | object, on: date | None = None
) -> ProjectDetail:
    """Read everything the page of `project` shows to `user` on a day (default: today).

    Seven queries, whatever the size of the project.
    """
    on = on or timezone.localdate()
    all_expenses = Expense.objects.filter(project=project)
    publishes = project.cost_visibility != CostVisibility.NOTHING
    (
        themes,
        regions,
        packages,
        goals,
        measurements,
        baselines,
        tasks,
        materials,
        updates,
        events,
        practices,
        changes,
        expenses,
    ) = fetch_together(
        [
            Theme.objects.filter(projects=project),
            Region.objects.filter(projects=project),
            WorkPackage.objects.filter(project=project),
            Goal.objects.filter(project=project),
            Measurement.objects.filter(goal__project=project),
            GoalBaseline.objects.filter(goal__project=project),
            Task.objects.filter(project=project),
            Material.objects.filter(project=project),
            Update.objects.filter(project=project, date__lte=on),
            Event.objects.filter(project=project),
            GoodPractice.objects.visible_to(user).filter(project=project),
            StageChange.objects.filter(project=project),
            all_expenses if publishes else all_expenses.none(),
        ]
    )
    participations = list(project.participations.select_related("municipality", "contact"))
    for row in participations:
        row.project = project
    places = {row.municipality_id: row.municipality for row in participations}
    for change in changes:
        if change.municipality_id in places:
            change.municipality = places[change.municipality_id]
    for row in expenses:
        row.municipality = places.get(row.municipality_id)
    fundings = list(project.fundings.select_related("funder__municipality"))
    roles = list(project.organisation_roles.select_related("organisation__municipality"))

    def in_order(row: WorkPackage | Goal | Task | Theme) -> tuple[int, int]:
        return row.order, row.pk

    return ProjectDetail(
        project=project,
        on=on,
        participations=participations,
        responsible=[row for row in roles if row.role == OrganisationRole.RESPONSIBLE],
        partners=[row for row in roles if row.role == OrganisationRole.PARTNER],
        money=open_money(Ledger(project, fundings, participations), expenses),
        contacts=_contacts(project, on),
        related=list(Project.objects.visible_to(user).filter(related=project).for_list(on)[:6]),
        themes=sorted(themes, key=in_order),
        regions=sorted(regions, key=lambda row: alphabetical(row.name)),
        work_packages=sorted(packages, key=in_order),
        goals=goal_rows(
            sorted(goals, key=in_order),
            measurements,
            baselines,
            read_places(measurements, baselines, places.values()),
            on,
        ),
        tasks=sorted(tasks, key=in_order),
        materials=sorted(materials, key=lambda row: (row.part_number or 999, row.order, row.pk)),
        updates=sorted(updates, key=lambda row: (row.date, row.pk), reverse=True),
        events=sorted(events, key=lambda row: (row.starts_at, row.pk)),
        practices=sorted(practices, key=lambda row: alphabetical(row.title)),
        stage_changes=sorted(changes, key=lambda row: (row.at, row.pk), reverse=True),
    )


def _contacts(project: Project, on: date) -> list[ProjectContact]:
    """Valid contacts: the primary first, then role mailboxes, then people (rule 13)."""
    rows = project.project_contacts.filter(valid_q("contact__", on)).select_related(
        "contact__organisation__municipality"
    )
    return sorted(
        rows,
        key=lambda row: (
            not row.is_primary,
            row.contact.kind != ContactKind.ROLE,
            row.order,
            row.pk,
        ),
    )
