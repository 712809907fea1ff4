"""Models' own rules over thousands of rows: constraints of a row are told from its values.

Django asks the database about each constraint of each row: eight queries for a project, and most of
the time of checking a large file. Conditions made of comparisons are compared here instead, with
the third truth value of SQL; any other constraint is asked of Django. A test compares both.
"""

import operator
from collections.abc import Callable, Iterable, Set
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.constants import LOOKUP_SEP

Truth = bool | None  # None: not known, which breaks no constraint
COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}


class _Unknown(Exception):  # noqa: N818
    """A condition that is not made of plain comparisons."""


def row_faults(obj: models.Model, exclude: Set[str]) -> dict[str, list[str]]:
    """What `obj.full_clean(exclude, validate_unique=False)` says, by field."""
    found: dict[str, list[Any]] = {}
    try:
        obj.full_clean(exclude, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        found = error.update_error_dict(found)
    unsure = {*exclude, *found}  # as Django: only constraints whose fields are sound
    if any(_may_be_broken(rule, obj, unsure) for rule in obj._meta.constraints):
        try:
            obj.validate_constraints(exclude=unsure)
        except ValidationError as error:
            found = error.update_error_dict(found)
    return ValidationError(found).message_dict if found else {}


def _may_be_broken(constraint: Any, obj: models.Model, exclude: Set[str]) -> bool:
    if isinstance(constraint, UniqueConstraint) and not exclude.isdisjoint(constraint.fields):
        return False
    if not isinstance(constraint, CheckConstraint):
        return True
    try:
        names = _names(constraint.condition)
        return exclude.isdisjoint(names) and _truth(constraint.condition, obj) is False
    except _Unknown:
        return True


def _names(condition: Q) -> set[str]:
    """Fields that a condition is about."""
    found = set()
    for child in condition.children:
        if isinstance(child, Q):
            found |= _names(child)
            continue
        if not isinstance(child, tuple):
            raise _Unknown
        path, value = child
        found.add(path.split(LOOKUP_SEP)[0])
        if isinstance(value, F):
            found.add(value.name)
    return found


def _truth(condition: Any, obj: models.Model) -> Truth:
    if isinstance(condition, tuple):
        return _compared(*condition, obj)
    if not isinstance(condition, Q) or condition.connector not in (Q.AND, Q.OR):
        raise _Unknown
    settles = condition.connector == Q.OR  # the truth value that decides the whole
    parts = _settled((_truth(child, obj) for child in condition.children), settles)
    return not parts if condition.negated and parts is not None else parts


def _settled(parts: Iterable[Truth], settles: bool) -> Truth:
    is_known = True
    for part in parts:
        if part is settles:
            return settles
        is_known = is_known and part is not None
    return (not settles) if is_known else None


def _compared(path: str, asked: Any, obj: models.Model) -> Truth:
    name, _sep, lookup = path.partition(LOOKUP_SEP)
    lookup = lookup or "exact"
    value = getattr(obj, obj._meta.get_field(name).attname)
    if isinstance(asked, F):
        asked = getattr(obj, obj._meta.get_field(asked.name).attname)
        if asked is None:
            return None
    elif lookup == "isnull":
        return (value is None) is asked
    elif asked is None and lookup == "exact":
        return value is None
    if hasattr(asked, "resolve_expression") or lookup not in (*COMPARED, "in"):
        raise _Unknown
    if value is None:
        return None
    return value in asked if lookup == "in" else COMPARED[lookup](value, asked)
