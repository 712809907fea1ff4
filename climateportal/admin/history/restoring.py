"""Carrying out parts of a plan: all of them or none, through the rules that every edit obeys."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from climateportal.admin.history.family import Facts, Kin, fresh
from climateportal.admin.history.parts import ADD, CHANGE, REMOVE, Part, Plan, plan
from climateportal.admin.history.rights import Rights
from climateportal.models import OldSlug, free_slug

RESTORED = "restored: "  # before the moment, in the reason of a history row


class Stale(Exception):  # noqa: N818
    """What was confirmed is not what would be done now: somebody edited in between."""


class Writer:
    """Writes rows of one restore, with its author, moment and reason in the history."""

    def __init__(self, by: Any, reason: str, at: datetime | None = None) -> None:
        self.by, self.reason, self.at = by, reason, at or timezone.now()

    def sign(self, row: models.Model) -> models.Model:
        """The row with what its history rows will say."""
        row._history_user, row._history_date = self.by, self.at
        row._change_reason = self.reason
        return row

    def remove(self, kin: Kin, pk: int) -> None:
        """Delete one row that hangs on the object. What pointed to it says so in its history."""
        for row in kin.model._base_manager.filter(pk=pk):
            for relation in kin.model._meta.related_objects:
                other = relation.related_model
                if relation.on_delete is models.SET_NULL and hasattr(other, "history"):
                    for pointing in other._base_manager.filter(**{relation.field.name: row}):
                        setattr(pointing, relation.field.name, None)
                        self.sign(pointing).save(update_fields=[relation.field.name])
            self.sign(row).delete()

    def put(self, row: models.Model, many: Facts, is_new: bool) -> None:
        """Check and store one row. Raises ValidationError."""
        self.sign(row)
        unknown = [  # an author whom the portal may not know, but no form may leave out
            column.name
            for column in row._meta.concrete_fields
            if column.null and not column.blank and getattr(row, column.attname) is None
        ]
        row.full_clean(exclude=unknown)
        row.save(force_insert=is_new)
        for name, keys in many.items():
            getattr(row, name).set(keys)


class _Task:
    """One row to be stored, waiting until the rows that it needs or contradicts are settled."""

    def __init__(self, kin: Kin, row: models.Model, title: str, is_new: bool) -> None:
        self.kin, self.row, self.title, self.is_new = kin, row, title, is_new
        self.many: Facts = {}

    def take(self, values: Facts) -> None:
        """Set values, those of many-to-many relations for later."""
        many = {column.name for column in self.kin.many}
        for name, value in values.items():
            if name in many:
                self.many[name] = value
            elif name:
                setattr(self.row, name, value)


def store(tasks: Iterable[_Task], writer: Writer) -> None:
    """Store rows in whatever order works: a tick is taken from one before another gets it, a part
    comes before the tasks under it. Raises ValidationError with what no order could settle.
    """
    waiting = list(tasks)
    while waiting:
        failed: list[tuple[_Task, ValidationError]] = []
        for task in waiting:
            try:
                writer.put(task.row, task.many, task.is_new)
            except ValidationError as error:
                failed.append((task, error))
        if len(failed) == len(waiting):
            raise ValidationError(
                [f"{task.title}: {text}" for task, error in failed for text in told(task, error)]
            )
        waiting = [task for task, _error in failed]


def told(task: Any, error: ValidationError) -> list[str]:
    """The messages of an error, with the names of the fields that they are about."""
    if not hasattr(error, "error_dict"):
        return error.messages
    found = []
    labels = {column.name: str(column.verbose_name) for column in task.row._meta.concrete_fields}
    for name, errors in error.error_dict.items():
        label = "" if name == NON_FIELD_ERRORS else labels.get(name, "")
        for text in ValidationError(errors).messages:
            found.append(f"{label} – {text}" if label else text)
    return found


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """A transaction in which refusals of the database are words, too."""
    try:
        with transaction.atomic():
            yield
    except ProtectedError as error:
        names = ", ".join(sorted({str(row) for row in error.protected_objects}))
        raise ValidationError(
            _("It cannot be taken away, because this depends on it: %(names)s") % {"names": names}
        ) from error
    except IntegrityError as error:
        raise ValidationError(
            _("It contradicts something that has been added since. Nothing was changed.")
        ) from error


def restore(
    admin: Any,
    request: HttpRequest,
    obj: models.Model,
    at: datetime,
    keys: set[str],
    token: str,
) -> Plan:
    """Bring the parts with `keys` of the state at a moment back. Returns what was carried out.

    Raises Stale when the plan is no longer the one with `token`, PermissionDenied for a part that
    the user may not touch, and ValidationError when the outcome would break a rule.
    """
    with all_or_nothing():
        locked = admin.model._base_manager.select_for_update().filter(pk=obj.pk)
        if not locked.exists():
            raise Stale
        todo = plan(admin, request, obj, at)
        if todo.token != token:
            raise Stale
        parts = [part for part in todo.parts if part.key in keys]
        if any(not part.is_possible for part in parts):
            raise PermissionDenied
        stored = admin.model._base_manager.get(pk=obj.pk)
        writer = Writer(request.user, f"{RESTORED}{at.isoformat()}")
        with admin.completing(stored, request.user, writer.at):
            carry_out(parts, stored, writer)
            if free_address(stored) != getattr(stored, "slug", ""):
                raise ValidationError(
                    _("Another page used to have this address, and it still leads there. "
                      "Choose another one.")
                )  # fmt: skip
        _still_allowed(admin, request, obj, parts)
    return Plan(parts, todo.names)


def carry_out(parts: list[Part], root: models.Model, writer: Writer) -> None:
    """Take away what came later, then store what was."""
    for part in parts:
        if part.act == REMOVE:
            for kin, pk, _facts in part.rows:
                writer.remove(kin, pk)
            writer.remove(part.kin, part.pk)
    tasks: dict[tuple[Kin, int], _Task] = {}
    for part in parts:
        if part.act == CHANGE:
            task = tasks.get((part.kin, part.pk))
            if task is None:
                row = root if part.kin.parent is None else part.kin.model._base_manager.get(
                    pk=part.pk)  # fmt: skip
                task = tasks[part.kin, part.pk] = _Task(part.kin, row, part.title, is_new=False)
            task.take(part.values)
        elif part.act == ADD:
            for kin, pk, facts in ((part.kin, part.pk, part.values), *part.rows):
                task = tasks[kin, pk] = _Task(kin, kin.model(pk=pk), part.title, is_new=True)
                task.take(facts)
    store(tasks.values(), writer)


def free_address(row: models.Model, address: str = "") -> str:
    """The address of `row`, or one like it when another page has it or used to have it."""
    address = address or getattr(row, "slug", "")
    others = type(row)._base_manager.exclude(pk=row.pk)
    if not address or not (
        others.filter(slug=address).exists() or OldSlug.objects.taken_from(row, address).exists()
    ):
        return address
    return free_slug(row, address)


def _still_allowed(admin: Any, request: HttpRequest, obj: models.Model, parts: list[Part]) -> None:
    """Rows that came back are asked about as they now stand, and nobody shuts themselves out."""
    asking = fresh(request)
    found = admin.get_object(asking, str(obj.pk))
    if found is None or not admin.has_change_permission(asking, found):
        raise ValidationError(
            _("After this you could not edit it any more. Leave out the change that gives it away.")
        )
    rights = Rights(admin, request, found)
    for part in parts:
        is_row = part.kin.parent is not None and part.kin.parent.parent is None
        if part.act != REMOVE and is_row and not rights.reaches(part.kin, part.pk):
            raise PermissionDenied
