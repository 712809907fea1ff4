"""The JSON of both interfaces is read into the same plan; what is no plan is told in words."""

from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from projects.enums import OrganisationRole, Precision, TaskState
from projects.kausal.fetch import read
from projects.kausal.shapes import PlanError
from tests.projects.kausal.plans import GRAPHQL, REST, answer


def test_an_action_has_all_its_facts() -> None:
    plan = read(GRAPHQL)
    action = plan.actions[0]
    assert (plan.identifier, len(plan.actions)) == ("mallikaupunki-ilmasto", 3)
    assert (action.start, action.end) == (date(2024, 1, 1), date(2027, 12, 31))
    assert action.precision == Precision.YEAR
    assert [person.name for person in action.people] == ["Matti Malli", "Maija Malli"]
    assert [(party.organisation.name, party.role) for party in action.parties] == [
        ("Mallin Energia", OrganisationRole.RESPONSIBLE),
        ("Mallin Asunnot", OrganisationRole.PARTNER),
    ]
    assert [(task.state, task.due, task.completed) for task in action.tasks] == [
        (TaskState.DONE, date(2024, 5, 31), date(2024, 5, 20)),
        (TaskState.IN_PROGRESS, date(2027, 3, 15), None),
    ]
    assert plan.actions[2].merged_with == "101"
    assert plan.left_out == {"relatedIndicators": 2}


def test_both_interfaces_tell_the_same() -> None:
    one, other = read(GRAPHQL).actions[0], read(REST).actions[0]
    assert other.tasks == one.tasks[:1]
    assert other.people == (replace(one.people[1], is_primary=False),)
    assert other.parties == one.parties
    for name in ("identifier", "code", "lead", "start", "end", "precision", "phase", "status",
                 "status_reason", "categories"):  # fmt: skip
        assert getattr(other, name) == getattr(one, name), name
    assert read(REST).left_out == {"choice_attributes": 1}


def test_a_schedule_without_an_end_has_none() -> None:
    periods = [{"beginsAt": "2024-01-01", "endsAt": "2025-12-31"}, {"beginsAt": "2026-01-01"}]
    assert read(answer(schedule=periods)).actions[0].end is None


def without(part: str) -> dict[str, Any]:
    return {name: value for name, value in deepcopy(REST).items() if name != part}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "This JSON is no plan"),
        ({"data": {"plan": None, "planActions": None}}, "no plan with actions"),
        ({"errors": [{"message": "Plan not found"}]}, "Plan not found"),
        (without("plan"), "“plan” is missing"),
        (without("action_implementation_phases"), "action_implementation_phases 5"),
        (without("persons"), "persons 31"),
        (answer(startDate="1.5.2024"), "Action 1.1: “1.5.2024” is not a date"),
        (answer(tasks=[{"id": "1", "name": "T", "state": "ODD"}]), "the state “ODD”"),
        (answer(statusUpdates=[{"id": "1", "title": "U"}]), "news “U” has no date"),
    ],
)
def test_what_cannot_be_read_is_told(data: dict[str, Any], words: str) -> None:
    with pytest.raises(PlanError, match=words):
        read(data)
