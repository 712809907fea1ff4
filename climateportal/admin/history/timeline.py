"""The saves of an object and its rows: who, when and which history rows each of them wrote."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import IntegerField, Value
from django.utils import timezone

from climateportal.admin.history.family import Facts, Kin, read_records

# the rows of one save follow each other this closely; its parts are written one by one
TOGETHER = timedelta(seconds=2)
JUST_BEFORE = timedelta(microseconds=1)


class Written(NamedTuple):
    """One history row: `kind` is the number of its model in the family."""

    date: datetime
    record: int
    kind: int
    by: int | None
    act: str  # “+”, “~”, “-”
    pk: int
    reason: str | None


@dataclass
class Save:
    """What one person wrote at one moment."""

    by: int | None
    began: datetime
    at: datetime
    rows: list[Written] = field(default_factory=list)

    @property
    def reason(self) -> str:
        """Why, when the portal noted it."""
        return next((row.reason for row in self.rows if row.reason), "")

    @property
    def before(self) -> datetime:
        """The moment just before the save."""
        return self.began - JUST_BEFORE


@dataclass(frozen=True)
class Wanted:
    """Which part of the history is asked for; None or empty for all."""

    by: int | None = None
    kind: int | None = None
    since: date | None = None
    until: date | None = None

    def lets(self, row: Written) -> bool:
        """Whether a history row is part of what is asked for."""
        day = timezone.localdate(row.date)
        return (
            (self.by is None or row.by == self.by)
            and (self.kind is None or row.kind == self.kind)
            and (self.since is None or day >= self.since)
            and (self.until is None or day <= self.until)
        )


def written(kins: Sequence[Kin], root: int) -> list[Written]:
    """Every history row of the family, the newest first, without its values. One query."""
    parts = [
        kin.records.objects.filter(kin.records_of(root))
        .order_by()
        .annotate(kind_=Value(kind, output_field=IntegerField()))
        .values_list("history_date", "history_id", "kind_", "history_user_id", "history_type",
                     "id", "history_change_reason")
        for kind, kin in enumerate(kins)
    ]  # fmt: skip
    found = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    # history keys of different tables say nothing of each other: the object itself comes last
    return sorted(map(Written._make, found), key=lambda row: (row[0], -row[2], row[1]))[::-1]


def saves(rows: Iterable[Written]) -> list[Save]:
    """History rows (the newest first) put together by author and moment, the newest first."""
    found: list[Save] = []
    open_: dict[int | None, Save] = {}
    for row in rows:
        save = open_.get(row.by)
        if save is None or save.began - row.date > TOGETHER:
            save = open_[row.by] = Save(row.by, row.date, row.date)
            found.append(save)
        save.began = row.date
        save.rows.append(row)
    return found


@dataclass
class Step:
    """What a save did to one row: its states before and after, None where there was no row."""

    kin: Kin
    pk: int
    before: Facts | None
    after: Facts | None


def steps(kins: Sequence[Kin], all_rows: Sequence[Written], shown: Sequence[Save]) -> list[
    list[Step]
]:  # fmt: skip
    """For each of the saves what it did, row by row. One query for each model of the family, and
    one for each of its many-to-many relations.

    `all_rows` are those of the whole history: a state before is found among them.
    """
    earlier = _earlier(all_rows)
    needed: dict[int, set[int]] = {}
    for save in shown:
        for row in save.rows:
            keys = needed.setdefault(row.kind, set())
            keys.add(row.record)
            if (row.kind, row.record) in earlier:
                keys.add(earlier[row.kind, row.record])
    read = {
        kind: read_records(kins[kind], kins[kind].records.objects.filter(history_id__in=keys))
        for kind, keys in needed.items()
    }
    return [_steps_of(kins, save, earlier, read) for save in shown]


def _earlier(rows: Sequence[Written]) -> dict[tuple[int, int], int]:
    """For each history row the one before it of the same object."""
    newer: dict[tuple[int, int], int] = {}
    found = {}
    for row in rows:
        later = newer.get((row.kind, row.pk))
        if later is not None:
            found[row.kind, later] = row.record
        newer[row.kind, row.pk] = row.record
    return found


def _steps_of(
    kins: Sequence[Kin], save: Save, earlier: dict[tuple[int, int], int], read: dict[int, Any]
) -> list[Step]:
    """A row written several times in a save is told once: from before the first to the last."""
    first: dict[tuple[int, int], Written] = {}
    last: dict[tuple[int, int], Written] = {}
    for row in save.rows:  # the newest first
        last.setdefault((row.kind, row.pk), row)
        first[row.kind, row.pk] = row
    found = []
    for key in sorted(last):
        kind, pk = key
        start, end = first[key], last[key]
        before = earlier.get((kind, start.record)) if start.act != "+" else None
        known = read[kind].get(before)
        state = None if known is None or known[0].history_type == "-" else known[1]
        after = None if end.act == "-" else read[kind][end.record][1]
        if start.act == "-" or (start.act == "~" and state is None and end.act == "-"):
            state = state or read[kind][start.record][1]
        found.append(Step(kins[kind], pk, state, after))
    return found
