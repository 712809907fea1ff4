"""Rows of several tables in one round trip to the database.

A project's page shows a dozen kinds of rows, few of each. Asking for each kind alone makes the
number of queries, not the data, the cost of the page; one UNION of JSON objects asks once.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db import models
from django.db.models import F, Func, Value
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


@cache
def _columns(model: type[models.Model], function: str) -> str:
    """SQL of a JSON object of every column, with `{table}` where the table's name goes."""
    named = (
        f"'{field.attname}', {{table}}.\"{field.column}\"" for field in model._meta.concrete_fields
    )
    return f"{function}({', '.join(named)})"


class Row(Func):
    """A row of a model as a JSON object.

    Written out once for each model: resolving every column through the ORM in every request took
    more time than the database does. `JSONObject` also asks SQLite whether JSON is there, in a
    transaction that waits for the write lock, and a worker that once lost that wait would refuse
    JSON for good.
    """

    output_field = models.JSONField()
    functions = {"sqlite": "JSON_OBJECT", "postgresql": "JSONB_BUILD_OBJECT"}

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(F("pk"))
        self.model = model

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, list]:
        (key,) = self.source_expressions
        columns = _columns(self.model, self.functions[connection.vendor])
        return columns.format(table=connection.ops.quote_name(key.alias)), []


def fetch_together(querysets: Sequence[models.QuerySet]) -> list[list[models.Model]]:
    """Evaluate several querysets with one query; lists of instances in the same order.

    Each queryset is of another model of at most 50 columns and may filter freely. Joins for
    `select_related`, deferred fields and the order of rows are not kept (sort the few rows in
    Python, the same on both databases). Decimals come back quantised to their field.
    """
    parts = []
    for number, queryset in enumerate(querysets):
        model = queryset.model
        if len(model._meta.concrete_fields) > MOST_COLUMNS:
            raise ValueError(f"{model.__name__} has too many columns to fetch together")
        parts.append(
            queryset.order_by()
            .annotate(
                part_=Value(number, output_field=models.IntegerField()),
                row_=Row(model),
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
