"""The SQL of lists and the pure rules of pages never disagree about a schedule status."""

from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projects.detail import assess_project
from projects.enums import Activity, ScheduleStatus, Stage, TaskState
from projects.models import Project, Task
from projects.schedule import FactKind

TODAY = date(2026, 11, 22)
DAYS = st.one_of(st.none(), st.integers(-3, 3).map(lambda n: TODAY + timedelta(days=n)))


@st.composite
def stories(draw: st.DrawFn) -> tuple[dict, list[dict]]:
    stage = draw(st.sampled_from(Stage.values))
    project = {
        "stage": stage,
        "activity": draw(st.sampled_from(Activity.values)),
        "end_date": draw(DAYS),
        "completed_on": draw(DAYS) if stage == Stage.COMPLETED else None,
        "stated_status": draw(st.sampled_from(["", *ScheduleStatus.values])),
    }
    tasks = []
    for _ in range(draw(st.integers(0, 3))):
        state = draw(st.sampled_from(TaskState.values))
        done = TODAY if state == TaskState.DONE else None
        tasks.append({"state": state, "due_date": draw(DAYS), "completed_at": done})
    return project, tasks


@pytest.mark.django_db
@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(story=stories())
def test_sql_and_python_agree(story: tuple[dict, list[dict]]) -> None:
    fields, tasks = story
    project = Project.objects.create(title_fi="Hanke", slug="hanke", **fields)
    try:
        Task.objects.bulk_create(
            Task(project=project, title_fi=f"T{n}", **task) for n, task in enumerate(tasks)
        )
        in_sql = Project.objects.with_schedule(TODAY).get(pk=project.pk)
        in_python = assess_project(project, list(project.tasks.all()), TODAY)
        said = [fact.status for fact in in_python.facts if fact.kind == FactKind.DATES_SAY]
        assert in_sql.schedule_status == in_python.status
        assert in_sql.dates_say == (said[0] if said else "")
    finally:
        project.delete()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        # 21:59 UTC is still the due day in Helsinki in winter, 22:00 UTC is the next day
        ("2026-01-15T21:59:00+00:00", ScheduleStatus.ON_TIME),
        ("2026-01-15T22:00:00+00:00", ScheduleStatus.LATE),
    ],
)
def test_the_day_changes_at_midnight_in_helsinki(moment: str, expected: ScheduleStatus) -> None:
    project = Project.objects.create(
        title_fi="Hanke", slug="hanke", stage=Stage.PLANNING, end_date=date(2026, 1, 15)
    )
    with time_machine.travel(moment, tick=False):
        assert Project.objects.with_schedule().get(pk=project.pk).schedule_status == expected


@pytest.mark.django_db
def test_summer_time_moves_midnight() -> None:
    project = Project.objects.create(
        title_fi="Hanke", slug="hanke", stage=Stage.PLANNING, end_date=date(2026, 7, 15)
    )
    with time_machine.travel("2026-07-15T21:00:00+00:00", tick=False):
        late = Project.objects.with_schedule().get(pk=project.pk)
    assert late.schedule_status == ScheduleStatus.LATE
