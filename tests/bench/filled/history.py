"""The history of made-up rows: all were there 400 days ago, and many have changed since."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from municipalities.models import ClimateTarget, Municipality, RegionMember
from projects.enums import ExpenseState, Stage, TaskState
from projects.models import Expense, Goal, Measurement, Participation, Project, Task

BATCH = 1000


def remember(rng: random.Random) -> None:
    """Write the history of every row that packs read from there."""
    began = timezone.now() - timedelta(days=400)
    _written(Project, began, rng, 0.5, lambda row: _set(row, stage=Stage.PLANNING))
    _regions_of_projects()
    _written(
        Task, began, rng, 0.4,
        lambda row: _set(row, state=TaskState.NOT_STARTED, completed_at=None),
    )  # fmt: skip
    _written(Expense, began, rng, 0.3, lambda row: _set(row, state=ExpenseState.PLANNED))
    for model in (Participation, Goal, Measurement, ClimateTarget, RegionMember, Municipality):
        _written(model, began, rng, 0, lambda row: row)


def _set(row: models.Model, **values: Any) -> models.Model:
    for name, value in values.items():
        setattr(row, name, value)
    return row


def _written(
    model: type[models.Model],
    began: datetime,
    rng: random.Random,
    changed: float,
    as_it_was: Callable[[Any], models.Model],
) -> None:
    """Rows as they were in the beginning, and a share of them as they became since."""
    rows = list(model._default_manager.all())
    new = [row for row in rows if rng.random() < changed]
    for row in new:
        row._history_date = timezone.now() - timedelta(days=rng.randint(1, 390))
    before = []
    for start in range(0, len(new), BATCH):
        model.history.bulk_history_create(new[start : start + BATCH], BATCH, update=True)
    keys = {row.pk for row in new}
    for row in rows:
        row._history_date = began
        before.append(as_it_was(row) if row.pk in keys else row)
    for start in range(0, len(before), BATCH):
        model.history.bulk_history_create(before[start : start + BATCH], BATCH)


def _regions_of_projects() -> None:
    record = Project.history.model
    named = record._meta.get_field("historicalproject_regions").related_model
    regions: dict[int, list[tuple[int, int]]] = {}
    for row in Project.regions.through.objects.values_list("project", "pk", "region"):
        regions.setdefault(row[0], []).append(row[1:])
    rows = record.objects.filter(id__in=regions).values_list("history_id", "id")
    named.objects.bulk_create(
        (
            named(history_id=history, project_id=pk, id=key, region_id=region)
            for history, pk in rows
            for key, region in regions[pk]
        ),
        batch_size=BATCH,
    )
