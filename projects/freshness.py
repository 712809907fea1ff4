"""When public content changed (rule 4): a digest of what residents see, and what search reads.

An empty save, a recount, an internal note or a log-in leaves the digest, and so the date, alone.
A public field added later is part of the digest unless it is named here as private. Links to
related projects are left out: they stand on both pages, but only one of them was edited.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F

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
# fields that are younger than stored digests: no part of one while they are as they were born
YOUNGER = {"archived_on", "image_focus"}
# relations whose rows the page shows, and those of its goals
CHILDREN = (
    "participations",
    "organisation_roles",
    "work_packages",
    "goals",
    "tasks",
    "materials",
    "updates",
    "events",
)
FIGURES = (("measurements", Measurement), ("baselines", GoalBaseline))


def _public_values(row: models.Model) -> dict[str, str]:
    return {
        field.name: field.value_to_string(row)
        for field in row._meta.concrete_fields
        if field.name not in PRIVATE
        and field.name not in MONEY
        and not (field.name in YOUNGER and field.value_from_object(row) == field.get_default())
    }


def digest(project: Project) -> str:
    """A fingerprint of everything the public page can show of a project. About seventeen queries.

    Reads the stored rows: a value not yet saved may be written otherwise (100 and 100.00).
    """
    return digests([project])[project.pk]


def digests(projects: Sequence[Project]) -> dict[int, str]:
    """The fingerprints of several projects, by primary key, in as many queries as of one."""
    stored = Project.objects.in_bulk([project.pk for project in projects])
    ledgers = Ledger.read_many(list(stored.values()))
    children = {name: _children(stored, name) for name in (*CHILDREN, "expenses")}
    places = {name: _related(stored, name) for name in ("regions", "themes")}
    contacts = _children(stored, "project_contacts", "contact")
    figures = {name: _figures(stored, model) for name, model in FIGURES}
    found = {}
    for pk, project in stored.items():
        content: dict[str, Any] = {
            "project": _public_values(project),
            "money": open_money(ledgers[pk], children["expenses"][pk]).digest(),
            "regions": sorted(places["regions"][pk]),
            "themes": sorted(places["themes"][pk]),
            "contacts": [
                [_public_values(row), _public_values(row.contact)] for row in contacts[pk]
            ],
        }
        for name in CHILDREN:
            content[name] = [_public_values(row) for row in children[name][pk]]
        for name, rows in figures.items():
            if rows[pk]:  # a digest from before there were any stays the same
                content[name] = [_public_values(row) for row in rows[pk]]
        text = json.dumps(content, cls=DjangoJSONEncoder, sort_keys=True)
        found[pk] = hashlib.sha256(text.encode()).hexdigest()
    return found


def _children(keys: Iterable[int], relation: str, *joined: str) -> dict[int, list[Any]]:
    """Rows of a relation in the order of their pages, for each project. One query."""
    model = Project._meta.get_field(relation).related_model
    found: dict[int, list[Any]] = defaultdict(list)
    for row in model._default_manager.filter(project__in=keys).select_related(*joined):
        found[row.project_id].append(row)
    return found


def _related(keys: Iterable[int], relation: str) -> dict[int, list[int]]:
    """Keys of a many-to-many relation, for each project. One query."""
    rows = Project.objects.filter(pk__in=keys, **{f"{relation}__isnull": False}).order_by()
    found: dict[int, list[int]] = defaultdict(list)
    for pk, other in rows.values_list("pk", relation):
        found[pk].append(other)
    return found


def _figures(keys: Iterable[int], model: type[models.Model]) -> dict[int, list[Any]]:
    """Rows of the goals of each project. One query."""
    found: dict[int, list[Any]] = defaultdict(list)
    rows = model._default_manager.filter(goal__project__in=keys)
    for row in rows.annotate(owner_=F("goal__project")):
        found[row.owner_].append(row)
    return found


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
