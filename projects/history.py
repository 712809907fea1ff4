"""Rows as they were at past moments, read from their history (rule 9).

Every write leaves a history row with its moment, so the state of a table at a moment is, for each
object, its latest row of that moment or before, unless that row tells of a deletion.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import models
from django.db.models import Case, Exists, IntegerField, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.base import ModelState
from django.db.models.expressions import BaseExpression
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan

NEVER = Value(datetime(9999, 1, 1, tzinfo=UTC), output_field=models.DateTimeField())


def latest(model: type[models.Model], at: datetime, where: Q | None = None) -> models.QuerySet:
    """The history rows that tell the state of `model` at a moment, one for each object there was.

    `where` is a condition on that state (columns of the history table).
    """
    records = model.history.model.objects
    later = _later(records).filter(history_date__lte=at)
    return (
        records.filter(where or Q(), ~Exists(later), history_date__lte=at)
        .exclude(history_type="-")
        .order_by()
    )


def _later(records: models.Manager) -> models.QuerySet:
    """The rows of the same object that were written after the one outside."""
    return records.filter(id=OuterRef("id")).filter(
        Q(history_date__gt=OuterRef("history_date"))
        | Q(history_date=OuterRef("history_date"), history_id__gt=OuterRef("history_id"))
    )


def as_of(
    model: type[models.Model],
    moments: Sequence[datetime],
    where: Q | None = None,
    fields: Sequence[str] = (),
    today: Mapping[str, BaseExpression] | None = None,
) -> list[list[Any]]:
    """Objects of `model` at each of `moments`, in one query, by primary key.

    `fields` are column names (`project_id`); the others of the returned, unsaved objects hold their
    defaults. `where` is a condition on the state. Relations of the objects lead to today's rows:
    follow the keys instead. `today` are values of today that each gets besides: expressions on its
    history row.

    An object that did not change between two moments is read once and is the same in both lists:
    most did not, and a region may have ten thousand tasks.
    """
    order = sorted(range(len(moments)), key=lambda number: moments[number])
    times = [moments[number] for number in order]
    records = model.history.model.objects
    ends = _ends(records)
    begun = [When(history_date__lte=at, then=Value(n)) for n, at in enumerate(times)]
    first_seen = Case(*(When(history_date__lte=at, then=Value(at)) for at in times))
    still = [When(GreaterThan(ends, Value(at)), then=Value(n)) for n, at in enumerate(times)]
    columns = [*_columns(model, fields), *(today or {})]
    rows = (
        records.annotate(**(today or {}))
        .filter(where or Q(), GreaterThan(ends, first_seen), history_date__lte=times[-1])
        .exclude(history_type="-")
        .order_by()
        .values_list(
            Case(*begun, output_field=IntegerField()),
            Case(*still[:0:-1], default=Value(0), output_field=IntegerField()),
            "id",
            *columns,
        )
    )
    found: list[list[Any]] = [[] for _ in moments]
    make = _maker(model, columns)
    for first, last, *values in rows:
        row = make(values)
        for number in order[first : last + 1]:
            found[number].append(row)
    return [_by_key(objects) for objects in found]


def as_of_each(
    model: type[models.Model],
    moments: Sequence[datetime],
    where: Sequence[Q],
    fields: Sequence[str],
    today: Mapping[str, BaseExpression] | None = None,
) -> list[list[Any]]:
    """As `as_of`, with a condition for each moment; every state is read by itself."""
    columns = [*_columns(model, fields), *(today or {})]
    parts = [
        latest(model, at, condition)
        .annotate(**(today or {}), moment_=Value(number, output_field=IntegerField()))
        .values_list("moment_", "id", *columns)
        for number, (at, condition) in enumerate(zip(moments, where, strict=True))
    ]
    found: list[list[Any]] = [[] for _ in moments]
    make = _maker(model, columns)
    for number, *values in parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]:
        found[number].append(make(values))
    return [_by_key(objects) for objects in found]


def _ends(records: models.Manager) -> Coalesce:
    """When the state that a history row tells of ended: the moment of the object's next row."""
    after = _later(records).order_by().values("id").annotate(next_=Min("history_date"))
    return Coalesce(Subquery(after.values("next_")), NEVER)


def _columns(model: type[models.Model], fields: Sequence[str]) -> list[str]:
    key = model._meta.pk.attname
    every = (field.attname for field in model.history.model.tracked_fields)
    return list(fields) or [name for name in every if name != key]


def _maker(
    model: type[models.Model], columns: Sequence[str]
) -> Callable[[Sequence[Any]], models.Model]:
    """What makes an object from its key and columns; `__init__` is slow for ten thousand."""
    blank, names = vars(model()), (model._meta.pk.attname, *columns)

    def make(values: Sequence[Any]) -> models.Model:
        row = model.__new__(model)
        vars(row).update(blank, _state=ModelState(), **dict(zip(names, values, strict=True)))
        return row

    return make


def _by_key(objects: list[Any]) -> list[Any]:
    return sorted(objects, key=lambda row: row.pk)
