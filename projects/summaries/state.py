"""The facts of a region or a municipality at a moment: what packs and reports are made of."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from municipalities.models import ClimateTarget, Municipality, Region
from projects.models import (
    Expense,
    Goal,
    GoalBaseline,
    Measurement,
    Participation,
    Project,
    Task,
)
from projects.progress import GoalAssessment, Reading, Track, assess_goal
from projects.schedule import Assessment, ProjectDates, TaskDates, assess
from projects.summaries.counts import ProjectFacts, TaskTable
from projects.summaries.members import Members
from projects.summaries.places import Mergers
from projects.summaries.spending import SPENT, RegionMoney, money_of

Area = Region | Municipality


@dataclass(frozen=True)
class State:
    """What was known of a region at a moment, seen on a day. Objects are unsaved, by primary key.

    What a joint project does or measures for a municipality elsewhere alone is not in it; only that
    it does so is known of goals (`measured_elsewhere`).
    Relations of the objects lead to today's rows: follow the keys (`project_id`) in here instead.
    Only the `region` of targets and goals is there, as it is today.
    """

    area: Area
    at: datetime
    on: date
    members: Members
    mergers: Mergers
    projects: Mapping[int, Project]
    participations: Sequence[Participation]
    tasks: Sequence[Task]
    goals: Sequence[Goal]
    baselines: Sequence[GoalBaseline]
    measurements: Sequence[Measurement]
    measured_elsewhere: Set[int]
    expenses: Sequence[Expense]
    targets: Sequence[ClimateTarget]

    def facts(self) -> list[ProjectFacts]:
        """What is counted of the projects, as `project_facts` reads it from today's rows."""
        return list(self._facts)

    @cached_property
    def _facts(self) -> list[ProjectFacts]:
        found = {
            pk: ProjectFacts(
                pk, row.stage, row.activity, row.content_updated_at,
                row.budget, row.money_as_of, row.cost_visibility, row.end_date,
            )
            for pk, row in self.projects.items()
        }  # fmt: skip
        for row in self.participations:
            place = self.mergers.now(row.municipality_id)
            own = found[row.project_id].own_stages
            if row.municipality_id == place or place not in own:  # its own word before a merged one
                own[place] = row.stage
        return list(found.values())

    def overdue(self) -> list[Task]:
        """Open tasks past their due date, of projects that go on; the longest late first."""
        over = {row.pk for row in self._facts if row.is_over}
        late = (t for t in self.tasks if t.project_id not in over and t.is_overdue(self.on))
        return sorted(late, key=lambda task: (task.due_date, task.pk))

    def task_table(self) -> TaskTable:
        """The tasks, counted as `TaskTable.read` counts today's."""
        return self._task_table

    @cached_property
    def _task_table(self) -> TaskTable:
        return TaskTable.of(
            (
                (task.project_id, self.mergers.now(task.municipality_id), task)
                for task in self.tasks
            ),
            self.on,
        )

    @cached_property
    def _tasks_of(self) -> Mapping[int, Sequence[Task]]:
        found: dict[int, list[Task]] = {}
        for task in self.tasks:
            found.setdefault(task.project_id, []).append(task)
        return found

    @cached_property
    def places_of(self) -> Mapping[int, Set[int]]:
        """Today's municipalities that took part in each project."""
        return {row.pk: row.own_stages.keys() for row in self._facts}

    def schedule(self, project: Project) -> Assessment:
        """The schedule status of a project and why (rule 2)."""
        tasks = [
            TaskDates(t.title, t.state, t.due_date, t.completed_at, t.completed_precision)
            for t in self._tasks_of.get(project.pk, ())
        ]
        return assess(
            ProjectDates(
                stage=project.stage,
                activity=project.activity,
                end=project.end_date,
                completed_on=project.completed_on,
                stated=project.stated_status,
                tasks=tasks,
            ),
            self.on,
        )

    def assessments(self) -> dict[int, tuple[Goal, GoalAssessment]]:
        """Each goal with what its figures say on the day, in the goals' order."""
        return dict(self._assessments)

    @cached_property
    def _assessments(self) -> Mapping[int, tuple[Goal, GoalAssessment]]:
        readings: dict[int, list[Reading]] = {}
        for row in sorted(self.measurements, key=lambda row: (row.date, row.pk)):
            readings.setdefault(row.goal_id, []).append(
                Reading(row.date, row.value, row.municipality_id)
            )
        own: dict[int, dict[int, Track]] = {}
        for row in self.baselines:
            own.setdefault(row.goal_id, {})[row.municipality_id] = row.track
        return {
            goal.pk: (
                goal,
                assess_goal(
                    state=goal.state,
                    track=Track(
                        goal.base_value, goal.base_date, goal.target_value, goal.target_date
                    ),
                    own_tracks=own.get(goal.pk, {}),
                    readings=readings.get(goal.pk, ()),
                    on=self.on,
                ),
            )
            for goal in self.goals
        }

    @cached_property
    def money(self) -> RegionMoney:
        """Costs against budgets at the moment, counted as the region's page counts today's."""
        spent = (
            (row.project_id, row.municipality_id, row.amount, row.date)
            if row.state in SPENT
            else (row.project_id, row.municipality_id, None, None)
            for row in self.expenses
        )
        return money_of(self._facts, spent, self.members.by_pk, self.mergers)
