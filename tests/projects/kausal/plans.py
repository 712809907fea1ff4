"""A small plan as the two interfaces of Kausal Watch tell it."""

from copy import deepcopy
from typing import Any

LONG = "Rakennetaan kävelyn ja pyöräilyn pääreitit koko kaupunkiin " * 4

GRAPHQL: dict[str, Any] = {
    "data": {
        "plan": {
            "id": "7",
            "identifier": "mallikaupunki-ilmasto",
            "name": "Mallikaupungin ilmasto-ohjelma",
            "actionStatuses": [{"id": "3", "identifier": "completed", "isCompleted": True}],
        },
        "planActions": [
            {
                "id": "101",
                "identifier": "1.1",
                "name": "Lämmitysverkko <b>vähäpäästöiseksi</b>",
                "officialName": "Kaukolämpö tuotetaan ilman fossiilisia polttoaineita.",
                "leadParagraph": "<p>Kaukolämmön päästöt puolittuvat.</p>",
                "description": "<p>Uusi lämpöpumppu.</p><script>alert(1)</script>",
                "manualStatusReason": "Laitos myöhästyi.",
                "status": {"id": "1", "identifier": "late", "name": "Myöhässä"},
                "implementationPhase": {
                    "id": "5", "identifier": "implementation", "name": "Toteutus",
                },
                "schedule": [
                    {"id": "1", "beginsAt": "2024-01-01", "endsAt": "2025-12-31"},
                    {"id": "2", "beginsAt": "2026-01-01", "endsAt": "2027-12-31"},
                ],
                "scheduleContinuous": False,
                "dateFormat": "YEAR",
                "categories": [
                    {"id": "1", "identifier": "energia", "name": "Energia"},
                    {"id": "2", "identifier": "muu", "name": "Jokin muu"},
                ],
                "primaryOrg": {"id": "20", "name": "Mallin Energia"},
                "responsibleParties": [
                    {"id": "1", "role": "PRIMARY", "organization": {"id": "20", "name": "x"}},
                    {"id": "2", "role": "COLLABORATOR",
                     "organization": {"id": "21", "name": "Mallin Asunnot"}},
                ],
                "contactPersons": [
                    {"id": "2", "order": 1, "primaryContact": True, "person": {
                        "id": "31", "firstName": "Maija", "lastName": "Malli",
                        "title": "ilmastoasiantuntija",
                        "organization": {"id": "20", "name": "Mallin Energia"}}},
                    {"id": "1", "order": 0, "primaryContact": False, "person": {
                        "id": "32", "firstName": "Matti", "lastName": "Malli", "title": None,
                        "organization": None}},
                ],
                "tasks": [
                    {"id": "41", "name": "Suunnitelma", "state": "COMPLETED",
                     "dueAt": "2024-05-31", "dateFormat": "FULL",
                     "completedAt": "2024-05-20T10:00:00+03:00", "details": "<p>Valmis.</p>"},
                    {"id": "42", "name": "Rakentaminen", "state": "IN_PROGRESS",
                     "dueAt": "2027-03-15", "dateFormat": "MONTH_YEAR", "completedAt": None},
                ],
                "links": [{"url": "https://example.fi/raportti", "title": "Raportti", "order": 1}],
                "relatedActions": [{"id": "102"}],
                "relatedIndicators": [{"id": "1"}, {"id": "2"}],
                "statusUpdates": [
                    {"id": "51", "title": "Työ alkoi", "date": "2024-02-01",
                     "content": "<p>Kaivuu alkoi.</p>"}
                ],
            },
            {
                "id": "102",
                "identifier": "1.2",
                "name": LONG,
                "status": {"id": "9", "identifier": "cancelled", "name": "Peruttu"},
                "implementationPhase": {
                    "id": "4", "identifier": "not_started", "name": "Ei aloitettu",
                },
                "scheduleContinuous": True,
                "startDate": "2025-03-01",
                "dateFormat": "FULL",
            },
            {
                "id": "103",
                "identifier": "1.3",
                "name": "Yhdistetty toimenpide",
                "mergedWith": {"id": "101"},
            },
        ],
    }
}  # fmt: skip

REST: dict[str, Any] = {
    "plan": {"count": 1, "results": [{
        "id": 7, "identifier": "mallikaupunki-ilmasto", "name": "Mallikaupungin ilmasto-ohjelma",
    }]},
    "actions": {"count": 1, "next": None, "results": [{
        "id": 101, "uuid": "u", "identifier": "1.1", "name": "Lämmitysverkko vähäpäästöiseksi",
        "official_name": "Kaukolämpö tuotetaan ilman fossiilisia polttoaineita.",
        "lead_paragraph": "<p>Kaukolämmön päästöt puolittuvat.</p>",
        "description": "<p>Uusi lämpöpumppu.</p>", "manual_status_reason": "Laitos myöhästyi.",
        "status": 1, "implementation_phase": 5, "schedule": [1, 2], "schedule_continuous": False,
        "start_date": None, "end_date": None, "date_format": "year", "primary_org": 20,
        "merged_with": None, "related_actions": [], "categories": {"teema": [1, 2]},
        "responsible_parties": [
            {"organization": 20, "role": "primary"}, {"organization": 21, "role": "collaborator"},
        ],
        "contact_persons": [{"person": 31, "role": "moderator"}],
        "choice_attributes": {"vaikutus": 3}, "text_attributes": {},
    }]},
    "action_tasks": [{
        "id": 41, "action": 101, "name": "Suunnitelma", "state": "completed",
        "comment": "<p>Valmis.</p>", "due_at": "2024-05-31", "completed_at": "2024-05-20",
    }],
    "action_statuses": [{"id": 1, "identifier": "late", "name": "Myöhässä"}],
    "action_implementation_phases": [
        {"id": 5, "identifier": "implementation", "name": "Toteutus"}
    ],
    "action_schedules": [
        {"id": 1, "begins_at": "2024-01-01", "ends_at": "2025-12-31"},
        {"id": 2, "begins_at": "2026-01-01", "ends_at": "2027-12-31"},
    ],
    "organizations": [
        {"id": 20, "name": "Mallin Energia"}, {"id": 21, "name": "Mallin Asunnot"},
    ],
    "persons": [{
        "id": 31, "first_name": "Maija", "last_name": "Malli", "title": "ilmastoasiantuntija",
        "organization": 20,
    }],
    "categories": [
        {"id": 1, "identifier": "energia", "name": "Energia"},
        {"id": 2, "identifier": "muu", "name": "Jokin muu"},
    ],
}  # fmt: skip


def answer(**first: Any) -> dict[str, Any]:
    """The answer of the GraphQL interface, with other values for its first action."""
    found = deepcopy(GRAPHQL)
    found["data"]["planActions"][0].update(first)
    return found
