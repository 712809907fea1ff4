"""When public content changed (rule 4): a digest of what residents see, and what search reads.

An empty save, a recount, an internal note or a log-in leaves the digest, and so the date, alone.
A public field added later is part of the digest unless it is named here as private. Links to
related projects are left out: they stand on both pages, but only one of them was edited.
"""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from climateportal.translated import columns
from projects.ledger import Ledger
from projects.models import GoalBaseline, Measurement, Project
from projects.openmoney import open_money
from projects.search import indexed

PRIVATE = {
    "id",
    "project",
    "publication",
    "published_at",
    "internal_notes",
    "created_at",
    "content_updated_at",
    "content_digest",
    "checked_at",
    "checked_by",
    "cost_visibility",
}
# said by `openmoney` at the level that is published
MONEY = {
    "budget",
    "money_as_of",
    "cost_sharing",
    "cost_share_amount",
    "cost_share_percent",
    *columns("money_source"),
}


def _public_values(row: models.Model) -> dict[str, str]:
    return {
        field.name: field.value_to_string(row)
        for field in row._meta.concrete_fields
        if field.name not in PRIVATE and field.name not in MONEY
    }


def digest(project: Project) -> str:
    """A fingerprint of everything the public page can show of a project. About seventeen queries.

    Reads the stored rows: a value not yet saved may be written otherwise (100 and 100.00).
    """
    project = Project.objects.get(pk=project.pk)
    content: dict[str, Any] = {
        "project": _public_values(project),
        "money": open_money(Ledger.read(project), list(project.expenses.all())).digest(),
        "regions": sorted(project.regions.values_list("pk", flat=True)),
        "themes": sorted(project.themes.values_list("pk", flat=True)),
        "contacts": [
            [_public_values(row), _public_values(row.contact)]
            for row in project.project_contacts.select_related("contact")
        ],
    }
    for name in (
        "participations",
        "organisation_roles",
        "work_packages",
        "goals",
        "tasks",
        "materials",
        "updates",
        "events",
    ):
        content[name] = [_public_values(row) for row in getattr(project, name).all()]
    for name, model in (("measurements", Measurement), ("baselines", GoalBaseline)):
        rows = [_public_values(row) for row in model.objects.filter(goal__project=project)]
        if rows:  # a digest from before there were any stays the same
            content[name] = rows
    text = json.dumps(content, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


# columns of the project itself that search reads
SEARCHED = [column for name in ("title", "summary", "implements") for column in columns(name)]


def search_texts(projects: Sequence[Project]) -> dict[int, str]:
    """The words by which each project is found: titles, leads, goals, tasks, places and themes.

    By primary key. Six queries for all of them together.
    """
    texts = {row.pk: [getattr(row, column) for column in SEARCHED] for row in projects}
    for relation, fields in (
        ("goals", columns("text")),
        ("tasks", columns("title")),
        ("themes", columns("name")),
        ("regions", columns("name")),
        ("municipalities", [*columns("name"), "fi_genitive"]),
        ("organisations", columns("name")),
    ):
        rows = Project.objects.filter(pk__in=texts, **{f"{relation}__isnull": False})
        names = [f"{relation}__{field}" for field in fields]
        for pk, *words in rows.order_by(f"{relation}__pk").values_list("pk", *names):
            texts[pk].extend(words)
    return {pk: indexed(*words) for pk, words in texts.items()}
