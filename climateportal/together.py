"""Rows of several tables in one round trip to the database.

A project's page shows a dozen kinds of rows, few of each. Asking for each kind alone makes the
number of queries, not the data, the cost of the page; one UNION of JSON objects asks once.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime

MOST_COLUMNS = 50  # PostgreSQL passes at most 100 arguments to a function


def _python(field: models.Field, value: Any) -> Any:
    """A JSON value as the field's own type. SQLite keeps moments as text without a zone: UTC."""
    if isinstance(field, models.DateTimeField) and isinstance(value, str):
        moment = parse_datetime(value)
        return moment.replace(tzinfo=UTC) if _is_naive(moment) else moment
    if isinstance(field, models.FileField):
        return value or ""
    return field.to_python(value)


def _is_naive(moment: datetime) -> bool:
    return moment.tzinfo is None


class Row(JSONObject):
    """A row as a JSON object.

    On SQLite without Django's question whether JSON is there: it asks in a transaction that waits
    for the write lock, and a worker that once lost that wait would refuse JSON for good.
    """

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return Func.as_sql(self, compiler, connection, **extra)


def fetch_together(querysets: Sequence[models.QuerySet]) -> list[list[models.Model]]:
    """Evaluate several querysets with one query; lists of instances in the same order.

    Each queryset is of another model of at most 50 columns and may filter freely. Joins for
    `select_related`, deferred fields and the order of rows are not kept (sort the few rows in
    Python, the same on both databases). Decimals come back quantised to their field.
    """
    parts = []
    for number, queryset in enumerate(querysets):
        columns = [field.attname for field in queryset.model._meta.concrete_fields]
        if len(columns) > MOST_COLUMNS:
            raise ValueError(f"{queryset.model.__name__} has too many columns to fetch together")
        parts.append(
            queryset.order_by()
            .annotate(
                part_=Value(number, output_field=models.IntegerField()),
                row_=Row(**{name: F(name) for name in columns}),
            )
            .values_list("part_", "row_")
        )
    found: list[list[models.Model]] = [[] for _ in querysets]
    for number, row in parts[0].union(*parts[1:], all=True):
        model = querysets[number].model
        fields = model._meta.concrete_fields
        values = [_python(field, row[field.attname]) for field in fields]
        found[number].append(
            model.from_db(querysets[number].db, [field.attname for field in fields], values)
        )
    return found
