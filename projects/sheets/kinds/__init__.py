"""The kinds of sheets there are, by name."""

from functools import cache

from projects.sheets.kinds.base import Kind
from projects.sheets.kinds.contact import ContactKindOfSheet
from projects.sheets.kinds.expense import ExpenseKind
from projects.sheets.kinds.goal import GoalKind
from projects.sheets.kinds.participation import ParticipationKind
from projects.sheets.kinds.project import ProjectKind
from projects.sheets.kinds.task import TaskKind

KINDS = (ProjectKind, TaskKind, GoalKind, ContactKindOfSheet, ExpenseKind, ParticipationKind)

__all__ = ["KINDS", "Kind", "kind_of"]


@cache
def kind_of(name: str) -> Kind:
    """The kind with this name. Raises KeyError."""
    return {kind.name: kind for kind in KINDS}[name]()
