"""Objects that were deleted as a whole: which there are, who may bring them back, and doing it.

A predicate can be asked only of a row that exists. So to know who could have deleted an object it
is put back in a transaction that is then undone; docs/decisions tell why.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import CASCADE, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from climateportal.admin.history import telling
from climateportal.admin.history.family import Facts, Kin, fresh, read_records
from climateportal.admin.history.names import Names
from climateportal.admin.history.parts import ADD, Part, Plan, settle, titled
from climateportal.admin.history.restoring import (
    Stale,
    Writer,
    all_or_nothing,
    carry_out,
    free_address,
)
from climateportal.admin.history.timeline import TOGETHER
from climateportal.models import User
from climateportal.publishing import PublicationState, Publishable

UNDELETED = "brought back"
NOT_BACK = {"packlink"}  # secret addresses that were handed out do not open again
AT_ONCE = 100  # deleted objects that are asked about together


@dataclass
class Lost:
    """A deleted object: its last state, when and by whom it was deleted."""

    pk: int
    at: datetime
    by: int | None
    facts: Facts = field(default_factory=dict)


def deletions(model: type[models.Model]) -> QuerySet:
    """The history rows that tell of a deletion that still holds, the newest first."""
    records = model.history.model.objects
    later = records.filter(id=OuterRef("id")).filter(
        Q(history_date__gt=OuterRef("history_date"))
        | Q(history_date=OuterRef("history_date"), history_id__gt=OuterRef("history_id"))
    )
    there = model._base_manager.filter(pk=OuterRef("id"))
    return records.filter(~Exists(later), ~Exists(there), history_type="-").order_by(
        "-history_date", "-history_id"
    )


def lost(model: type[models.Model], records: Iterable[Any]) -> list[Lost]:
    """Deleted objects with their last state. Two queries, one more for each many-to-many relation.

    The row of a deletion has lost its many-to-many relations: they are read from the one before.
    """
    found = [Lost(row.id, row.history_date, row.history_user_id) for row in records]
    states = _last_states(Kin(model), Q(id__in=[item.pk for item in found]))
    for item in found:
        item.facts = states[item.pk]
    return found


def _last_states(kin: Kin, where: Q) -> dict[int, Facts]:
    rows = kin.records.objects.filter(where)
    last = {}
    for key, pk, act in rows.order_by("history_date", "history_id").values_list(
        "history_id", "id", "history_type"
    ):
        if act != "-" or pk not in last:
            last[pk] = key
    read = read_records(kin, kin.records.objects.filter(history_id__in=last.values()))
    return {record.id: facts for record, facts in read.values()}


def went_along(
    kin: Kin, gone: dict[int, tuple[datetime, int | None]]
) -> Iterator[tuple[Kin, dict[int, Facts]]]:
    """Rows that were deleted with their owners (key → moment and author), and the rows of these in
    turn.
    """
    for relation in kin.model._meta.related_objects:
        below = relation.related_model
        if relation.on_delete is not CASCADE or not hasattr(below, "history"):
            continue
        if below._meta.model_name in NOT_BACK:
            continue
        rows = Kin(below, relation.field.attname, kin)
        when = {
            record.id: (record.history_date, record.history_user_id)
            for record in deletions(below).filter(**{f"{rows.link}__in": gone})
            if _together(record, gone[getattr(record, rows.link)])
        }
        if when:
            states = _last_states(rows, Q(id__in=when))
            yield rows, states
            yield from went_along(rows, when)


def _together(record: Any, deletion: tuple[datetime, int | None]) -> bool:
    at, by = deletion
    return abs(record.history_date - at) <= TOGETHER and record.history_user_id == by


def could_delete(admin: Any, request: HttpRequest, items: list[Lost]) -> set[int]:
    """The keys of those that the user could have deleted, by the rules of today."""
    if request.user.is_superuser or not items:
        return {item.pk for item in items}
    root = Kin(admin.model)
    gone = {item.pk: (item.at, item.by) for item in items}
    states = [(root, {item.pk: dict(item.facts) for item in items}), *went_along(root, gone)]
    with transaction.atomic():
        for kin, rows in states:
            _put_back_unseen(kin, rows)
        asking = fresh(request)
        found = {
            row.pk
            for row in admin.model._base_manager.filter(pk__in=gone)
            if admin.has_delete_permission(asking, row)
        }
        transaction.set_rollback(True)
    return found


def _put_back_unseen(kin: Kin, rows: dict[int, Facts]) -> None:
    """Store rows for a moment, without history. What no longer fits is left out."""
    many = {column.name: column for column in kin.many}
    objects = []
    for pk, facts in rows.items():
        row = kin.model(**{name: value for name, value in facts.items() if name not in many})
        if hasattr(row, "slug"):
            row.slug = f"{pk}-deleted"  # another page may have taken its address
        objects.append(row)
    kin.model._base_manager.bulk_create(objects, ignore_conflicts=True)
    for name, column in many.items():
        through = column.remote_field.through
        own, other = column.m2m_field_name(), column.m2m_reverse_field_name()
        there = set(column.remote_field.model._base_manager.values_list("pk", flat=True))
        through._base_manager.bulk_create(
            [
                through(**{f"{own}_id": pk, f"{other}_id": key})
                for pk, facts in rows.items()
                for key in facts.get(name, ())
                if key in there
            ],
            ignore_conflicts=True,
        )


def titles(
    model: type[models.Model], items: Iterable[Lost], user: Any
) -> tuple[dict[int, str], Names]:
    """What deleted objects were called, and the names of those who deleted them."""
    names, root = Names(user), Kin(model)
    for item in items:
        names.want(root, item.facts)
        names.wanted[User].add(item.by)
    names.wanted[User].discard(None)
    names.read()
    return {item.pk: names.title(root, item.facts) for item in items}, names


def plan_undelete(admin: Any, request: HttpRequest, item: Lost) -> Plan:
    """The object, and each of the rows that were deleted with it, as parts."""
    root = Kin(admin.model)
    names = Names(request.user)
    facts = dict(item.facts)
    names.want(root, facts)
    rows = list(went_along(root, {item.pk: (item.at, item.by)}))
    for kin, states in rows:
        for state in states.values():
            names.want(kin, state)
    names.read()
    names.returning = {(kin.model, key) for kin, states in rows for key in states}
    names.returning.add((root.model, item.pk))
    title = names.title(root, facts)
    whole = Part(ADD, root, item.pk, title, telling.contents(root, facts, names), values=facts)
    settle(whole, names)
    _hide(whole)
    _free(whole)
    parts = [whole]
    known = {
        inline.model for page in admin.admin_site._registry.values() for inline in page.inlines
    }
    known |= set(admin.admin_site._registry)
    for kin, states in rows:
        if kin.parent is root and kin.model not in known:  # nobody edits it: it always comes along
            whole.rows += [(kin, pk, dict(state)) for pk, state in states.items()]
        elif kin.parent is root:
            parts += [_row_part(kin, pk, state, rows, names) for pk, state in states.items()]
    return Plan(parts, names)


def _row_part(kin: Kin, pk: int, facts: Facts, rows: list[Any], names: Names) -> Part:
    title = titled(kin, facts, names)
    contents = telling.contents(kin, facts, names)
    part = Part(ADD, kin, pk, title, contents, values=dict(facts))
    owners = {(kin, pk)}
    for below, states in rows:  # parents come first
        for key, state in states.items():
            if (below.parent, state[below.link]) in owners:
                owners.add((below, key))
                part.rows.append((below, key, dict(state)))
    settle(part, names)
    return part


def _hide(part: Part) -> None:
    """What was public comes back as a draft: publishing is an act of its own."""
    public = part.values.get("publication") == PublicationState.PUBLISHED
    if issubclass(part.kin.model, Publishable) and public:
        part.values.update(publication=PublicationState.DRAFT, published_at=None)
        part.notes.append(_("It comes back as a draft. Look at it, then publish it."))


def _free(part: Part) -> None:
    """An address that another page has taken stays with that page."""
    address = part.values.get("slug")
    free = free_address(part.kin.model(pk=part.pk), address) if address else address
    if free != address:
        part.values["slug"] = free
        part.notes.append(
            _("Another page now has the address “%(old)s”: this one gets “%(new)s”.")
            % {"old": address, "new": free}
        )


def undelete(admin: Any, request: HttpRequest, pk: int, keys: set[str], token: str) -> models.Model:
    """Bring a deleted object back with those of its rows that have `keys`.

    Raises Stale, PermissionDenied and ValidationError as `restore` does.
    """
    with all_or_nothing():
        items = lost(admin.model, deletions(admin.model).filter(id=pk))
        if not items:
            raise Stale
        todo = plan_undelete(admin, request, items[0])
        if todo.token != token:
            raise Stale
        whole, *rows = todo.parts
        parts = [whole, *(part for part in rows if part.key in keys)]
        if any(not part.is_possible for part in parts):
            raise PermissionDenied
        many = {column.name for column in whole.kin.many}
        row = admin.model(**{name: v for name, v in whole.values.items() if name not in many})
        writer = Writer(request.user, UNDELETED)
        with admin.completing(row, request.user, writer.at):
            carry_out(parts, row, writer)
        made = admin.model._base_manager.get(pk=pk)
        if not admin.has_delete_permission(fresh(request), made):
            raise PermissionDenied
    return made
