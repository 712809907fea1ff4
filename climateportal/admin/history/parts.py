"""What would change if an earlier state came back, part by part: a field, a new row, a lost row."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _

from climateportal.admin.history import telling
from climateportal.admin.history.family import Facts, Kin, as_it_was, family, live
from climateportal.admin.history.names import Names
from climateportal.admin.history.rights import Rights
from climateportal.admin.history.telling import Change

CHANGE, ADD, REMOVE = "change", "add", "remove"
# what comes back together when one of them is asked for: the rest would contradict it
TOGETHER = (
    {"state", "completed_at", "completed_precision", "cancel_reason"},
    {"due_date", "due_precision"},
    {"stage", "completed_on", "archived_on"},
    {"start_date", "end_date", "is_ongoing", "date_precision"},
    {"activity", "activity_reason", "activity_since"},
    {"stated_status", "stated_reason"},
    {"image", "image_alt", "image_focus"},
    {"photo", "photo_focus"},
    {"state", "substitute"},
    {"kind", "municipality"},
    {"cost_share_amount", "cost_share_percent"},
    {"base_value", "base_date", "target_value", "target_date"},
)
# a state of publication is not a text: it is changed on the form, where its consequence is told
KEPT = {"publication", "published_at", "checked_at"}


@dataclass
class Part:
    """One thing that a restore would do. `refusal`: why it cannot; `notes`: what it leaves out."""

    act: str
    kin: Kin
    pk: int
    title: str
    changes: list[Change]
    column: models.Field | None = None  # of a change
    values: Facts = field(default_factory=dict)
    now: Any = None
    rows: list[tuple[Kin, int, Facts]] = field(default_factory=list)  # that come or go with it
    refusal: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The part's name in a form."""
        name = f"{self.kin.name}-{self.pk}"
        return f"{name}-{self.column.name}" if self.column is not None else name

    @property
    def is_possible(self) -> bool:
        """Whether it can be chosen."""
        return not self.refusal


@dataclass
class Plan:
    """Everything that separates today from an earlier state."""

    parts: list[Part]
    names: Names

    @property
    def token(self) -> str:
        """A fingerprint: what is carried out must be what was shown."""
        told = [(p.act, p.key, p.now, sorted(p.values.items(), key=str), p.refusal)
                for p in self.parts]  # fmt: skip
        return hashlib.sha256(repr(told).encode()).hexdigest()[:32]

    def refused(self) -> list[Part]:
        """The parts that cannot come back."""
        return [part for part in self.parts if not part.is_possible]

    def chosen_by_default(self, asked: str = "") -> set[str]:
        """All possible parts, or the one that was asked for with those that belong to it."""
        possible = {part.key: part for part in self.parts if part.is_possible}
        wanted = possible.get(asked)
        if not asked:
            return set(possible)
        if wanted is None:
            # a whole row was asked for: `task-12`
            return {key for key in possible if key.startswith(f"{asked}-")}
        return {
            key
            for key, part in possible.items()
            if part is wanted or ((part.kin, part.pk) == (wanted.kin, wanted.pk)
            and _belong_together(part, wanted))
        }  # fmt: skip


def _base(column: models.Field) -> str:
    return column.name.removesuffix("_fi").removesuffix("_sv").removesuffix("_en")


def _belong_together(one: Part, other: Part) -> bool:
    if one.column is None or other.column is None:
        return False
    names = {_base(one.column), _base(other.column)}
    return any(names <= group for group in TOGETHER)


def plan(admin: Any, request: HttpRequest, obj: models.Model, at: datetime) -> Plan:
    """The parts that bring `obj` and its rows back to how they were at a moment.

    A number of queries that depends on the kinds of rows, not on how many there are.
    """
    kins = family(admin, request, obj)
    rights = Rights(admin, request, obj)
    names = Names(request.user)
    now = {kin: live(kin, obj.pk) for kin in kins}
    then = {kin: as_it_was(kin, obj.pk, at) for kin in kins}
    for states in (now, then):
        for kin, rows in states.items():
            for facts in rows.values():
                names.want(kin, facts)
    names.read()
    names.returning = {(kin.model, pk) for kin in kins for pk in then[kin]}
    found: list[Part] = []
    for kin in kins:
        found += _parts_of(kin, kins, now, then, names)
    for part in found:
        _judge(part, rights, names)
    return Plan(found, names)


def _parts_of(kin: Kin, kins: list[Kin], now: Any, then: Any, names: Names) -> Iterator[Part]:
    for pk, facts in then[kin].items():
        current = now[kin].get(pk)
        if current is not None:
            yield from _field_parts(kin, pk, current, facts, names)
        elif kin.parent is not None and _has_owner(kin, facts, now):
            title = titled(kin, facts, names)
            contents = telling.contents(kin, facts, names)
            rows = _rows_under(kin, pk, kins, then)
            yield Part(ADD, kin, pk, title, contents, values=dict(facts), rows=rows)
    for pk, facts in now[kin].items():
        if pk not in then[kin] and kin.parent is not None and _has_owner(kin, facts, then):
            title = titled(kin, facts, names)
            contents = telling.contents(kin, facts, names)
            rows = _rows_under(kin, pk, kins, now)
            yield Part(REMOVE, kin, pk, title, contents, now=facts, rows=rows)


def titled(kin: Kin, facts: Facts, names: Names) -> str:
    """“Task: Kartoitus”; a row of a row names its owner too."""
    title = names.title(kin, facts)
    if kin.parent is not None and kin.parent.parent is not None:
        title = f"{names.name(kin.parent.model, facts[kin.link])}: {title}"
    return f"{kin.words}: {title}" if kin.parent else title


def _has_owner(kin: Kin, facts: Facts, states: Any) -> bool:
    """Rows of a row that comes or goes belong to that part."""
    return kin.parent.parent is None or facts[kin.link] in states[kin.parent]


def _rows_under(kin: Kin, pk: int, kins: list[Kin], states: Any) -> list[tuple[Kin, int, Facts]]:
    return [
        (below, key, facts)
        for below in kins
        if below.parent is kin
        for key, facts in states[below].items()
        if facts[below.link] == pk
    ]


def _field_parts(kin: Kin, pk: int, current: Facts, facts: Facts, names: Names) -> Iterator[Part]:
    shown = {change.name: change for change in telling.changes(kin, current, facts, names)}
    title = titled(kin, current, names)
    for column in kin.told_fields():
        if column.name in shown and column.name not in KEPT:
            name = column.name if column.many_to_many else column.attname
            yield Part(
                CHANGE, kin, pk, title, [shown[column.name]], column,
                values={name: facts.get(name), kin.link: current.get(kin.link)},
                now=current.get(name),
            )  # fmt: skip


def _judge(part: Part, rights: Rights, names: Names) -> None:
    """Whether the user may, and whether what it needs is still there."""
    part.refusal = rights.refusal(part)
    if not part.refusal and part.act != REMOVE:
        settle(part, names)


def settle(part: Part, names: Names) -> None:
    """Leave out what is gone. A part that is nothing without it cannot come back."""
    settle_relations(part, part.kin, part.values, names)
    for kin, _pk, facts in part.rows:
        settle_relations(part, kin, facts, names)


def settle_relations(part: Part, kin: Kin, facts: Facts, names: Names) -> None:
    """Do so for one row of the part, whose values `facts` are changed."""
    for column in kin.model._meta.concrete_fields:
        key = facts.get(column.attname)
        if not key or column.attname == kin.link:
            continue
        if column.remote_field and not names.exists(column.remote_field.model, key):
            what = names.name(column.remote_field.model, key)
            words = _("%(what)s is no longer there.") % {"what": what}
        elif isinstance(column, models.FileField) and not column.storage.exists(key):
            what = telling.said(column, facts, names)
            words = _("The file %(name)s is no longer there.") % {"name": what}
        else:
            continue
        if part.act == CHANGE or not (column.null or isinstance(column, models.FileField)):
            part.refusal = words
        else:
            label = telling.label_of(column)
            part.notes.append(_("%(field)s stays empty: %(why)s") % {"field": label, "why": words})
            facts[column.attname] = None if column.null else ""
    for column in kin.many:
        model, keys = column.remote_field.model, facts.get(column.name, ())
        gone = [key for key in keys if not names.exists(model, key)]
        if gone:
            told = ", ".join(names.name(model, key) for key in gone)
            part.notes.append(_("Left out, because it is no longer there: %(names)s")
                              % {"names": told})  # fmt: skip
            facts[column.name] = tuple(key for key in keys if key not in gone)
