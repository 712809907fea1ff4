"""Rule 2: the schedule status follows from dates and says why."""

from datetime import date, timedelta

import pytest

from projects.enums import Activity, Precision, ScheduleStatus, Stage, TaskState
from projects.schedule import (
    FactKind,
    ProjectDates,
    TaskDates,
    assess,
    period_end,
    period_start,
)

TODAY = date(2026, 11, 22)
YESTERDAY = TODAY - timedelta(days=1)
TOMORROW = TODAY + timedelta(days=1)
RUNNING = [stage for stage in Stage if stage != Stage.COMPLETED]


def kinds(project: ProjectDates, on: date = TODAY) -> list[FactKind]:
    return [fact.kind for fact in assess(project, on).facts]


def status(project: ProjectDates, on: date = TODAY) -> ScheduleStatus:
    return assess(project, on).status


@pytest.mark.parametrize("stage", RUNNING)
@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (None, ScheduleStatus.UNKNOWN),
        (YESTERDAY, ScheduleStatus.LATE),
        (TODAY, ScheduleStatus.ON_TIME),
        (TOMORROW, ScheduleStatus.ON_TIME),
    ],
)
def test_the_end_day_itself_is_still_in_time(
    stage: Stage, end: date | None, expected: ScheduleStatus
) -> None:
    assert status(ProjectDates(stage=stage, end=end)) == expected


@pytest.mark.parametrize(
    ("state", "due", "expected"),
    [
        (TaskState.NOT_STARTED, YESTERDAY, ScheduleStatus.LATE),
        (TaskState.IN_PROGRESS, YESTERDAY, ScheduleStatus.LATE),
        (TaskState.NOT_STARTED, TODAY, ScheduleStatus.ON_TIME),
        (TaskState.IN_PROGRESS, TOMORROW, ScheduleStatus.ON_TIME),
        (TaskState.DONE, YESTERDAY, ScheduleStatus.ON_TIME),
        (TaskState.CANCELLED, YESTERDAY, ScheduleStatus.UNKNOWN),
        (TaskState.NOT_STARTED, None, ScheduleStatus.UNKNOWN),
    ],
)
def test_an_open_task_past_its_due_date_makes_the_project_late(
    state: TaskState, due: date | None, expected: ScheduleStatus
) -> None:
    task = TaskDates(title="Katselmus", state=state, due=due)
    assert status(ProjectDates(stage=Stage.PLANNING, tasks=[task])) == expected


def test_lateness_tells_the_days_and_the_task() -> None:
    task = TaskDates("Katselmus", TaskState.IN_PROGRESS, due=TODAY - timedelta(days=14))
    fact = assess(ProjectDates(stage=Stage.PLANNING, tasks=[task]), TODAY).facts[0]
    assert (fact.kind, fact.days, fact.tasks) == (FactKind.TASK_OVERDUE, 14, ("Katselmus",))


def test_the_longest_overdue_task_is_told_first_and_the_end_before_it() -> None:
    tasks = [
        TaskDates("B", TaskState.IN_PROGRESS, due=YESTERDAY),
        TaskDates("A", TaskState.NOT_STARTED, due=TODAY - timedelta(days=9)),
    ]
    facts = assess(ProjectDates(Stage.PLANNING, end=YESTERDAY, tasks=tasks), TODAY).facts
    assert [fact.kind for fact in facts] == [
        FactKind.END_PASSED, FactKind.TASK_OVERDUE, FactKind.TASK_OVERDUE,
    ]  # fmt: skip
    assert [fact.tasks for fact in facts[1:]] == [("A",), ("B",)]


@pytest.mark.parametrize(
    ("completed_on", "expected", "kind"),
    [
        (YESTERDAY, ScheduleStatus.COMPLETED_ON_TIME, FactKind.COMPLETED_BEFORE_END),
        (TODAY, ScheduleStatus.COMPLETED_ON_TIME, FactKind.COMPLETED_BEFORE_END),
        (TOMORROW, ScheduleStatus.COMPLETED_LATE, FactKind.COMPLETED_AFTER_END),
        (None, ScheduleStatus.UNKNOWN, FactKind.COMPLETION_DAY_MISSING),
    ],
)
def test_a_completed_project_is_compared_with_its_end_date(
    completed_on: date | None, expected: ScheduleStatus, kind: FactKind
) -> None:
    project = ProjectDates(stage=Stage.COMPLETED, end=TODAY, completed_on=completed_on)
    assert status(project, TODAY + timedelta(days=100)) == expected
    assert kinds(project)[0] == kind


def test_a_completed_project_without_a_planned_end_cannot_be_judged() -> None:
    project = ProjectDates(stage=Stage.COMPLETED, completed_on=TODAY)
    assert status(project) == ScheduleStatus.UNKNOWN
    assert kinds(project) == [FactKind.END_MISSING]


def test_a_completed_project_tells_what_was_left_open() -> None:
    task = TaskDates("Opas", TaskState.NOT_STARTED, due=YESTERDAY)
    project = ProjectDates(Stage.COMPLETED, end=TODAY, completed_on=TODAY, tasks=[task])
    assert status(project) == ScheduleStatus.COMPLETED_ON_TIME
    assert FactKind.TASKS_LEFT_OPEN in kinds(project)
    assert FactKind.TASK_OVERDUE not in kinds(project)


@pytest.mark.parametrize("activity", [Activity.PAUSED, Activity.CANCELLED])
def test_a_project_on_hold_is_not_judged(activity: Activity) -> None:
    project = ProjectDates(
        Stage.PLANNING, activity=activity, end=YESTERDAY, stated=ScheduleStatus.ON_TIME
    )
    assert assess(project, TODAY).facts == ()
    assert status(project) == ScheduleStatus.UNKNOWN


def test_nothing_dated_is_unknown_not_on_time() -> None:
    project = ProjectDates(Stage.IMPLEMENTATION)
    assert status(project) == ScheduleStatus.UNKNOWN
    assert kinds(project) == [FactKind.NOTHING_DATED]


@pytest.mark.parametrize(
    "stated", [ScheduleStatus.ON_TIME, ScheduleStatus.AT_RISK, ScheduleStatus.LATE]
)
@pytest.mark.parametrize("end", [None, YESTERDAY, TOMORROW])
def test_a_stated_status_is_the_badge(stated: ScheduleStatus, end: date | None) -> None:
    result = assess(ProjectDates(Stage.PLANNING, end=end, stated=stated), TODAY)
    assert result.status == stated
    assert result.is_stated


def test_dates_that_contradict_the_stated_status_are_told() -> None:
    project = ProjectDates(Stage.PLANNING, end=YESTERDAY, stated=ScheduleStatus.ON_TIME)
    facts = assess(project, TODAY).facts
    assert [fact.kind for fact in facts] == [FactKind.DATES_SAY, FactKind.END_PASSED]
    assert facts[0].status == ScheduleStatus.LATE


def test_a_stated_status_that_the_dates_confirm_tells_no_contradiction() -> None:
    project = ProjectDates(Stage.PLANNING, end=TOMORROW, stated=ScheduleStatus.ON_TIME)
    assert kinds(project) == []


def test_a_running_status_is_not_kept_after_completion() -> None:
    project = ProjectDates(
        Stage.COMPLETED, end=TODAY, completed_on=TOMORROW, stated=ScheduleStatus.ON_TIME
    )
    assert status(project) == ScheduleStatus.COMPLETED_LATE


def test_a_completed_status_is_not_kept_when_the_project_runs_again() -> None:
    project = ProjectDates(Stage.PLANNING, end=YESTERDAY, stated=ScheduleStatus.COMPLETED_ON_TIME)
    assert status(project) == ScheduleStatus.LATE


def test_tasks_done_after_the_end_are_told_beside_a_stated_status() -> None:
    """Case 004: stated on schedule, two tasks finished after the end date."""
    end = date(2022, 9, 30)
    tasks = [
        TaskDates("Malli", TaskState.DONE, completed=date(2022, 11, 30)),
        TaskDates("Opas", TaskState.DONE, completed=date(2022, 11, 30)),
        TaskDates("Koulutus", TaskState.DONE, completed=date(2022, 4, 7)),
    ]
    project = ProjectDates(
        Stage.IMPLEMENTATION, end=end, stated=ScheduleStatus.ON_TIME, tasks=tasks
    )
    facts = {fact.kind: fact for fact in assess(project, date(2023, 1, 30)).facts}
    assert facts[FactKind.TASKS_DONE_AFTER_END].tasks == ("Malli", "Opas")


@pytest.mark.parametrize(
    ("precision", "completed", "late"),
    [
        (Precision.DAY, date(2022, 10, 1), True),
        (Precision.MONTH, date(2022, 9, 30), False),
        (Precision.MONTH, date(2022, 10, 31), True),
        (Precision.YEAR, date(2022, 12, 31), False),
        (Precision.YEAR, date(2023, 1, 1), True),
    ],
)
def test_an_inexact_day_is_late_only_when_its_whole_period_is(
    precision: Precision, completed: date, late: bool
) -> None:
    task = TaskDates("Opas", TaskState.DONE, None, completed, precision)
    project = ProjectDates(Stage.IMPLEMENTATION, end=date(2022, 9, 30), tasks=[task])
    assert (FactKind.TASKS_DONE_AFTER_END in kinds(project)) is late


@pytest.mark.parametrize(
    ("precision", "start", "end"),
    [
        (Precision.DAY, date(2024, 2, 10), date(2024, 2, 10)),
        (Precision.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
        (Precision.YEAR, date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_periods(precision: Precision, start: date, end: date) -> None:
    assert period_start(date(2024, 2, 10), precision) == start
    assert period_end(date(2024, 2, 10), precision) == end


def test_being_on_schedule_tells_what_comes_next() -> None:
    task = TaskDates("Opas", TaskState.IN_PROGRESS, due=TOMORROW)
    project = ProjectDates(Stage.PLANNING, end=TODAY + timedelta(days=90), tasks=[task])
    fact = assess(project, TODAY).facts[0]
    assert (fact.kind, fact.on) == (FactKind.NEXT_DUE, TOMORROW)


def test_nothing_ahead_is_not_made_up() -> None:
    task = TaskDates("Opas", TaskState.DONE, due=YESTERDAY, completed=YESTERDAY)
    assert kinds(ProjectDates(Stage.IMPLEMENTATION, tasks=[task])) == []
