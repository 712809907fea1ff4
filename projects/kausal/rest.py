"""A plan from the JSON of Kausal Watch's REST interface.

Its answers refer to each other by number, so several are needed together: an object whose keys are
`PARTS` and whose values are lists, or pages with `results`. `fetch` makes such an object.
"""

from collections import Counter
from typing import Any

from projects.kausal.graphql import read as read_graphql
from projects.kausal.shapes import Plan, PlanError, text

# key in the object: what an action refers to with it
PARTS = {
    "plan": "",
    "actions": "",
    "action_tasks": "",
    "action_statuses": "status",
    "action_implementation_phases": "implementation_phase",
    "action_schedules": "schedule",
    "organizations": "primary_org",
    "persons": "",
    "categories": "",
}
NO_PLACE = (
    "choice_attributes",
    "choice_with_text_attributes",
    "numeric_value_attributes",
    "text_attributes",
    "rich_text_attributes",
    "category_choice_attributes",
)


def read(data: dict[str, Any]) -> Plan:
    """The plan in `data`. Raises PlanError, also when an answer that is needed is missing."""
    parts = {name: {text(row.get("id")): row for row in _rows(data.get(name))} for name in PARTS}
    plan = next(iter(parts["plan"].values()), None)
    if plan is None:
        raise PlanError("“plan” is missing: the answer of plan/?identifier=….")
    tasks: dict[str, list[dict[str, Any]]] = {}
    for task in parts["action_tasks"].values():
        tasks.setdefault(text(task.get("action")), []).append(task)
    rows = [_as_graphql(row, parts, tasks) for row in parts["actions"].values()]
    found = read_graphql({"plan": plan, "planActions": rows})
    return Plan(found.identifier, found.name, found.actions, _without_place(parts["actions"]))


def _rows(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        value = value.get("results", [value])
    return [row for row in value or [] if isinstance(row, dict)]


def _without_place(actions: dict[str, dict[str, Any]]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for row in actions.values():
        counts.update({name: len(row[name]) for name in NO_PLACE if row.get(name)})
    return dict(counts)


def _as_graphql(
    row: dict[str, Any], parts: dict[str, dict[str, Any]], tasks: dict[str, list[dict[str, Any]]]
) -> dict[str, Any]:
    """The action as the other interface tells it: the same facts with the rows in place."""
    code = text(row.get("identifier") or row.get("id"))

    def one(part: str, key: Any) -> dict[str, Any] | None:
        if key is None:
            return None
        try:
            return parts[part][text(key)]
        except KeyError as error:
            raise PlanError(
                f"Action {code} refers to {part} {text(key)}, which is not in the file. Add "
                f"that answer under the key “{part}”."
            ) from error

    schedules = row.get("schedule") or []
    categories = [
        key
        for value in (row.get("categories") or {}).values()
        for key in (value if isinstance(value, list) else [value])
        if key is not None
    ]
    return {
        **{_camel(name): value for name, value in row.items() if name in SAME},
        "status": one("action_statuses", row.get("status")),
        "statusSummary": {
            "isCompleted": (one("action_statuses", row.get("status")) or {}).get("is_completed")
        },
        "implementationPhase": one("action_implementation_phases", row.get("implementation_phase")),
        "schedule": [_period(one("action_schedules", key)) for key in schedules],
        "mergedWith": {"id": row["merged_with"]} if row.get("merged_with") else None,
        "relatedActions": [{"id": key} for key in row.get("related_actions") or []],
        "primaryOrg": one("organizations", row.get("primary_org")),
        "responsibleParties": [
            {"role": party.get("role"), "organization": one("organizations", party["organization"])}
            for party in _rows(row.get("responsible_parties"))
        ],
        "contactPersons": [
            {
                "order": number,
                "primaryContact": link.get("primary_contact"),
                "person": _person(one("persons", link["person"]), one),
            }
            for number, link in enumerate(_rows(row.get("contact_persons")))
        ],
        "categories": [one("categories", key) for key in categories],
        "tasks": [
            {**task, "dueAt": task.get("due_at"), "completedAt": task.get("completed_at"),
             "dateFormat": task.get("date_format")}
            for task in tasks.get(text(row.get("id")), [])
        ],
    }  # fmt: skip


SAME = {
    "id",
    "identifier",
    "name",
    "official_name",
    "lead_paragraph",
    "description",
    "manual_status_reason",
    "schedule_continuous",
    "start_date",
    "end_date",
    "date_format",
}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


def _period(row: dict[str, Any] | None) -> dict[str, Any]:
    row = row or {}
    return {"beginsAt": row.get("begins_at"), "endsAt": row.get("ends_at")}


def _person(row: dict[str, Any] | None, one: Any) -> dict[str, Any] | None:
    if row is None:
        return None
    return {
        "id": row.get("id"),
        "firstName": row.get("first_name"),
        "lastName": row.get("last_name"),
        "title": row.get("title"),
        "organization": one("organizations", row.get("organization")),
    }
