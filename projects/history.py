"""Rows as they were at past moments, read from their history (rule 9).

Every write leaves a history row with its moment, so the state of a table at a moment is, for each
object, its latest row of that moment or before, unless that row tells of a deletion.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, IntegerField, OuterRef, Q, Value
from django.db.models.base import ModelState


def latest(model: type[models.Model], at: datetime, where: Q | None = None) -> models.QuerySet:
    """The history rows that tell the state of `model` at a moment, one for each object there was.

    `where` is a condition on that state (columns of the history table).
    """
    records = model.history.model.objects
    later = records.filter(id=OuterRef("id"), history_date__lte=at).filter(
        Q(history_date__gt=OuterRef("history_date"))
        | Q(history_date=OuterRef("history_date"), history_id__gt=OuterRef("history_id"))
    )
    return (
        records.filter(where or Q(), ~Exists(later), history_date__lte=at)
        .exclude(history_type="-")
        .order_by()
    )


def as_of(
    model: type[models.Model],
    moments: Sequence[datetime],
    where: Sequence[Q] | Q | None = None,
    fields: Sequence[str] = (),
) -> list[list[Any]]:
    """Objects of `model` at each of `moments`, in one query, by primary key.

    `fields` are column names (`project_id`); the others of the returned, unsaved objects hold their
    defaults. `where` is one condition, or one for each moment. Nothing is read from the live table,
    so relations of the objects lead to today's rows: follow the keys instead.
    """
    columns = list(fields) or [
        field.attname
        for field in model.history.model.tracked_fields
        if field.attname != model._meta.pk.attname
    ]
    conditions = where if isinstance(where, list | tuple) else [where] * len(moments)
    parts = [
        latest(model, at, condition)
        .annotate(moment_=Value(number, output_field=IntegerField()))
        .values_list("moment_", "id", *columns)
        for number, (at, condition) in enumerate(zip(moments, conditions, strict=True))
    ]
    found: list[list[Any]] = [[] for _ in moments]
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    blank, key = vars(model()), model._meta.pk.attname
    for number, pk, *values in rows:
        row = model.__new__(model)  # a state may have ten thousand tasks: __init__ is slow
        vars(row).update(blank, _state=ModelState(), **dict(zip(columns, values, strict=True)))
        vars(row)[key] = pk
        found[number].append(row)
    for objects in found:
        objects.sort(key=lambda row: row.pk)
    return found
