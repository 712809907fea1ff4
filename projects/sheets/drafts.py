"""One row of a file on its way to the database: what it would change, and what is wrong in it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from django.db import models


class Fate(StrEnum):
    """What becomes of a row."""

    ERROR = "error"
    CREATE = "create"
    CHANGE = "change"
    SAME = "same"
    SKIPPED = "skipped"


class Change(NamedTuple):
    """One value: the heading of its column, what it was and what it becomes."""

    heading: str
    before: str
    after: str


class Problem(NamedTuple):
    """What is wrong in a row; the heading is empty when it is about the whole row."""

    heading: str
    text: str


@dataclass
class Draft:
    """A row. `obj` holds the new values as far as they could be read."""

    number: int
    obj: models.Model | None = None
    is_new: bool = False
    is_example: bool = False
    was: dict[str, Any] = field(default_factory=dict)  # the stored columns
    values: dict[str, Any] = field(default_factory=dict)  # what differs: column → new value
    given: dict[str, Any] = field(default_factory=dict)  # all that was said
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def fate(self) -> Fate:
        """What becomes of the row."""
        if self.problems:
            return Fate.ERROR
        if self.is_example:
            return Fate.SKIPPED
        if self.is_new:
            return Fate.CREATE
        return Fate.CHANGE if self.values else Fate.SAME

    @property
    def writes(self) -> bool:
        """Whether there is something to write."""
        return self.fate in (Fate.CREATE, Fate.CHANGE)
