"""The figures at the top: what there is, and how much it moved."""

from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext as _

from climateportal.templatetags.ui import euros, number
from projects.documents.blocks import Facts, line
from projects.enums import GoalState
from projects.packs import words
from projects.packs.money import tells_money
from projects.summaries.counts import ProjectCounts, TaskCounts
from projects.summaries.state import State


class Figures:
    """The headline numbers of one state, each thing counted once (rule 6)."""

    def __init__(self, state: State) -> None:
        facts = state.facts()
        here = state.members.by_pk.keys()
        self.members = len(here)
        self.projects = ProjectCounts.of((row.stage, row.activity, 1) for row in facts)
        self.participating = len({pk for row in facts for pk in row.own_stages if pk in here})
        self.tasks: TaskCounts = state.task_table().of_places(here, facts)
        self.goals = len(state.goals)
        self.goals_met = sum(goal.state == GoalState.MET for goal in state.goals)
        budgets = [
            row.budget
            for row in state.projects.values()
            if row.budget is not None and tells_money(row)
        ]
        spent = state.spent()
        self.budget = sum(budgets) if budgets else None
        self.used = sum((row.amount for row in spent), Decimal(0)) if spent else None


def figure_facts(state: State, since: State | None) -> Facts:
    """The figures with what they were last time."""
    now = Figures(state)
    was = Figures(since) if since else None

    def moved(name: str, before: Decimal | int | None, after: Decimal | int) -> str:
        if before is None:
            return name
        told = words.change(after - before, money=isinstance(after, Decimal))
        return f"{name}, {told}" if told else name

    def past(get: Callable[[Figures], Decimal | int | None]) -> Decimal | int | None:
        return get(was) if was else None

    total = now.projects.total
    rows: list[tuple[str, str]] = [
        (moved(_("Projects"), past(lambda row: row.projects.total), total), number(total)),
        (_("Municipalities taking part"), f"{number(now.participating)}/{number(now.members)}"),
    ]
    if now.tasks.total:
        done, late = now.tasks.done, now.tasks.late
        told = moved(_("Tasks done"), past(lambda row: row.tasks.done), done)
        rows.append((told, f"{number(done)}/{number(now.tasks.total)}"))
        told = moved(_("Tasks late"), past(lambda row: row.tasks.late), late)
        rows.append((told, number(late)))
    if now.goals:
        told = moved(
            _("Goals met, projects' goals too"), past(lambda row: row.goals_met), now.goals_met
        )
        rows.append((told, f"{number(now.goals_met)}/{number(now.goals)}"))
    if now.used is not None:
        told = moved(_("Used"), past(lambda row: row.used), now.used)
        if now.budget is not None:
            told = _("%(used)s of the budgets %(budget)s") % {
                "used": told,
                "budget": euros(now.budget),
            }
        rows.append((told, euros(now.used)))
    elif now.budget is not None:
        rows.append((_("Budget"), euros(now.budget)))
    return Facts(tuple((name, line(value)) for name, value in rows), "figures")
