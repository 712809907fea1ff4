"""What a project needs on a day, and in which order."""

from datetime import date, timedelta
from typing import Any

import pytest

from projects.enums import Activity, Stage
from projects.needs import NeedKind, OpenTask, ProjectFacts, needs

ON = date(2026, 6, 1)
DAY = timedelta(days=1)
AHEAD = OpenTask(1, "Edessä", ON + 30 * DAY)
FINE: dict[str, Any] = {
    "stage": Stage.IMPLEMENTATION,
    "vouched": ON - 10 * DAY,
    "stage_since": ON - 10 * DAY,
    "tasks": (AHEAD,),
    "contacts_until": (None,),
}


def kinds(**facts: Any) -> list[NeedKind]:
    return [need.kind for need in needs(ProjectFacts(**FINE | facts), ON)]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"tasks": (OpenTask(1, "T", ON - DAY),)}, [NeedKind.TASK_OVERDUE]),
        ({"tasks": (OpenTask(1, "T", ON),)}, []),
        ({"tasks": (OpenTask(1, "T"),)}, []),
        ({"tasks": ()}, [NeedKind.NO_TASK_AHEAD]),
        ({"end": ON - DAY}, [NeedKind.END_PASSED]),
        ({"end": ON}, []),
        ({"vouched": ON - 180 * DAY}, []),
        ({"vouched": ON - 181 * DAY}, [NeedKind.NOT_CONFIRMED]),
        ({"vouched": ON - 181 * DAY, "is_draft": True}, [NeedKind.DRAFT]),
        ({"stage_since": ON - 365 * DAY}, []),
        ({"stage_since": ON - 366 * DAY}, [NeedKind.STAGE_UNCHANGED]),
        ({"stage_since": None}, []),
        ({"contacts_until": ()}, [NeedKind.NO_CONTACT]),
        ({"contacts_until": (ON + 30 * DAY,)}, [NeedKind.CONTACT_LEAVES]),
        ({"contacts_until": (ON + 31 * DAY,)}, []),
        ({"contacts_until": (ON + DAY, ON + 31 * DAY)}, []),
        ({"contacts_until": (ON + DAY, None)}, []),
        ({"missing_languages": ("sv",)}, [NeedKind.NOT_TRANSLATED]),
    ],
)
def test_each_need(facts: dict[str, Any], expected: list[NeedKind]) -> None:
    assert kinds(**facts) == expected


LATE: dict[str, Any] = {
    "tasks": (OpenTask(1, "T", ON - DAY),),
    "end": ON - DAY,
    "contacts_until": (),
    "vouched": ON - 400 * DAY,
    "stage_since": ON - 400 * DAY,
    "missing_languages": ("en",),
}


def test_the_most_pressing_comes_first() -> None:
    assert kinds(**LATE) == [
        NeedKind.TASK_OVERDUE,
        NeedKind.END_PASSED,
        NeedKind.NO_CONTACT,
        NeedKind.NOT_CONFIRMED,
        NeedKind.STAGE_UNCHANGED,
        NeedKind.NOT_TRANSLATED,
    ]


def test_of_two_late_tasks_the_later_one_comes_first() -> None:
    tasks = (OpenTask(1, "Eilen", ON - DAY), OpenTask(2, "Keväällä", ON - 60 * DAY))
    found = needs(ProjectFacts(**{**FINE, "tasks": tasks}), ON)
    assert [(need.task.title, need.days) for need in found] == [("Keväällä", 60), ("Eilen", 1)]


@pytest.mark.parametrize("activity", [Activity.PAUSED, Activity.CANCELLED])
def test_a_halted_project_is_only_asked_for_texts(activity: Activity) -> None:
    assert kinds(**LATE, activity=activity) == [NeedKind.NOT_TRANSLATED]


def test_a_completed_project_is_asked_for_its_open_tasks() -> None:
    completed = kinds(**LATE, stage=Stage.COMPLETED)
    assert completed == [NeedKind.TASK_OVERDUE, NeedKind.NOT_TRANSLATED]


def test_who_edits_only_a_part_is_asked_for_its_tasks_alone() -> None:
    assert kinds(**LATE, only_tasks=True) == [NeedKind.TASK_OVERDUE]
