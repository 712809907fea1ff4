"""Drawings of a pack: lines of goals, bars of budgets. The table beside each has every figure."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from climateportal.templatetags.ui import euros, number, percent
from climateportal.translated import text_of
from projects.costbars import BudgetBar, budget_bars
from projects.costs import percent_of
from projects.documents.blocks import Block, Figure, Paragraph, line
from projects.goalwords import chart_words, joint_span_of, paper_chart
from projects.models import Goal, Project
from projects.progress import GoalAssessment, Series
from projects.summaries.goals import GoalSeries
from projects.summaries.state import State

MOST_LINES = 8  # drawings of goals in a pack; a page of A4
MOST_BARS = 5
WIDTH = 320  # px of a line: two stand side by side on A4, one fills a phone


def goal_figures(state: State, goals: Sequence[tuple[Goal, GoalAssessment]]) -> Iterator[Block]:
    """The lines of goals measured twice or more, at most `MOST_LINES`, and what is not drawn.

    Of each goal the whole, or where only municipalities are measured each of them.
    """
    found = [
        (goal, series, span)
        for goal, assessed in goals
        for span in [joint_span_of(_told(assessed))]
        for series in _told(assessed)
        if len(series.progress.readings) > 1
    ]
    for goal, series, span in found[:MOST_LINES]:
        whose = state.members.by_pk.get(state.mergers.now(series.place or goal.municipality_id))
        shown = GoalSeries(None, series.progress)  # the caption names the municipality
        yield Figure(
            svg=paper_chart(shown, span, WIDTH),
            alt=chart_words(shown),
            caption=_caption(goal, text_of(whose, "name").value if whose else ""),
        )
    if found:
        yield from _not_drawn([assessed for _goal, assessed in goals], len(found))


def _not_drawn(goals: Sequence[GoalAssessment], lines: int) -> Iterator[Paragraph]:
    """How many rows of the table have no drawing, and why; nothing when all have one."""
    rows = [row for assessed in goals for row in assessed.series]
    drawn = min(lines, MOST_LINES)
    if drawn == len(rows):
        return
    rarely = sum(len(row.progress.readings) < 2 for row in rows)
    reasons = (
        (_("no room: %(count)s"), lines - drawn),
        (_("the goal is followed as a whole: %(count)s"), len(rows) - rarely - lines),
        (_("measured once or never: %(count)s"), rarely),
    )
    told = [text % {"count": number(count)} for text, count in reasons if count]
    text = _("Of the %(rows)s rows below, %(drawn)s are drawn. Not drawn: %(reasons)s.")
    values = {"rows": number(len(rows)), "drawn": number(drawn), "reasons": ", ".join(told)}
    yield Paragraph(line(text % values), "note")


def _caption(goal: Goal, whose: str) -> str:
    text, unit = text_of(goal, "text").value, text_of(goal, "unit").value
    if whose:
        text = f"{whose}: {text}"
    return f"{text.rstrip('.')} ({unit})" if unit else text


def _told(assessed: GoalAssessment) -> list[Series]:
    """The whole when it is measured, else the municipalities."""
    measured = [row for row in assessed.series if row.progress.readings]
    return [row for row in measured if row.place is None] or measured


def budget_figure(rows: Sequence[tuple[Project, Decimal]]) -> Iterator[Figure]:
    """The bars of the projects (with what each has used) whose budget is known, the largest first.

    Nothing for one project alone: its row says the same.
    """
    shown = [(row, used) for row, used in rows if row.budget][:MOST_BARS]
    if len(shown) < 2:
        return
    bars = []
    for row, used in shown:
        told = f"{euros(used)} / {euros(row.budget)}, {percent(percent_of(used, row.budget))}"
        bars.append(BudgetBar(text_of(row, "title").value, row.budget, used, told))
    alt = "; ".join(f"{bar.name}: {bar.sums}" for bar in bars) + "."
    yield Figure(budget_bars(bars, alt), alt, _("Used of the budgets of the largest projects"))
