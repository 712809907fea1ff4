"""Two editors of the same text: who changed what since both had the same. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


def as_json(value: Any) -> Any:
    """A value as JSON would give it back: days as text, choices as their codes."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


@dataclass(frozen=True)
class Merge:
    """`take` is to be written here; `kept` was changed on both sides and stays as it is here."""

    take: dict[str, Any]
    kept: tuple[str, ...]


def merge(here: Mapping[str, Any], last: Mapping[str, Any], there: Mapping[str, Any]) -> Merge:
    """What to take of `there`, when both sides had `last` and this one now has `here`.

    A field that is not in `last` has never been taken over, and is taken where it is empty here.
    """
    take, kept = {}, []
    for name, value in there.items():
        new, now = as_json(value), as_json(here.get(name))
        if now == new or (name in last and last[name] == new):
            continue
        if now == last[name] if name in last else not now:
            take[name] = value
        else:
            kept.append(name)
    return Merge(take, tuple(kept))
