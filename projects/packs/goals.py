"""Goals with their progress, as blocks."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from climateportal.templatetags.ui import number, percent
from climateportal.translated import text_of
from municipalities.models import Municipality, Region
from projects.documents.blocks import Block, Column, Line, Row, Table, line
from projects.enums import GoalState
from projects.models import Goal
from projects.packs import few, words
from projects.packs.drawings import goal_figures
from projects.progress import (
    REACHED,
    Direction,
    GoalAssessment,
    Progress,
    Series,
    Standing,
    shown_percent,
)
from projects.summaries.state import State


def bare(value: Decimal | None) -> str:
    """“1 240”, with as many decimals as the figure has; “not reported” for None."""
    if value is None:
        return words.unknown()
    return number(value, max(0, -value.normalize().as_tuple().exponent))


def value_of(value: Decimal | None, goal: Goal) -> str:
    """“1 240 MWh”; “not reported” for None."""
    unit = text_of(goal, "unit").value
    return f"{bare(value)} {unit}" if unit and value is not None else bare(value)


def with_unit(goal: Goal) -> Line:
    """“Kulutus pienenee (MWh)”: values beside it need no unit."""
    unit = words.text(goal, "unit")
    return line(words.text(goal, "text"), " (", unit, ")") if unit else words.text(goal, "text")


def progress_words(progress: Progress, tells_previous: bool = False) -> str:
    """“42 % of the way, measured 1.9.2026”, with regress told as regress and from what.

    `tells_previous`: the value before is told even where the last one is better.
    """
    if progress.last is None:
        return _("not measured")
    told = [_("measured %(day)s") % {"day": words.day(progress.last.day)}]
    if progress.percent is not None:
        told.insert(0, _way(progress))
    is_worse = progress.since_previous == Direction.AWAY
    if progress.previous and (progress.percent is None or is_worse or tells_previous):
        told.append(_previous(progress))
    return ", ".join(told)


def _way(progress: Progress) -> str:
    share = {"percent": percent(shown_percent(progress.percent))}
    if progress.standing == Standing.AWAY:
        return _("further from the target than at the start (%(percent)s)") % share
    return _("%(percent)s of the way") % share


def _previous(progress: Progress) -> str:
    """The value before, and which way it has moved."""
    before = {"value": bare(progress.previous.value), "day": words.day(progress.previous.day)}
    match progress.since_previous:
        case Direction.AWAY:
            text = _("moved away from the target: %(value)s on %(day)s before that")
        case None if progress.change < 0:
            text = _("fallen: %(value)s on %(day)s before that")
        case None if progress.change > 0:
            text = _("risen: %(value)s on %(day)s before that")
        case _:
            text = _("%(value)s on %(day)s before that")
    return text % before


def standing(goal: Goal, progress: Progress | None, tells_previous: bool = False) -> str:
    """“9 460 MWh (42 % of the way, measured 1.9.2026)”, or that it was not measured."""
    if progress is None or progress.last is None:
        return _("not measured")
    return f"{value_of(progress.last.value, goal)} ({progress_words(progress, tells_previous)})"


def moved(goal: Goal, before: Progress | None, after: Progress) -> tuple[str, str]:
    """How a figure stood before and how it does now, and whether the target came or went."""
    was = before.last if before else None
    is_told = after.previous is None or (was is not None and was.day == after.previous.day)
    told = standing(goal, after, tells_previous=not is_told)
    reached_before = before is not None and before.standing in REACHED
    if after.standing in REACHED and not reached_before:
        told += ", " + _("the target was reached in between")
    if after.standing not in REACHED and reached_before:
        told += ", " + _("no longer at the target")
    return standing(goal, before), told


def state_word(state: str) -> str:
    """“Met”, “Not met”; nobody has said anything of an open goal: it is the state of a new one."""
    return words.unknown() if state == GoalState.OPEN else str(GoalState(state).label)


def owner_of(goal: Goal, state: State) -> Line:
    """Whose goal it is: a project's, a municipality's or a region's."""
    if goal.project_id:
        return words.project(state.projects[goal.project_id])
    place: Municipality | None = state.members.by_pk.get(goal.municipality_id)
    if place:
        return words.municipality(place)
    is_here = isinstance(state.area, Region)
    return line(pgettext("goal", "the region's own")) if is_here else words.region(goal.region)


def goal_blocks(state: State) -> Iterator[Block]:
    """Goals followed by figures with how far they are, then the others with their state."""
    assessed = sorted(
        state.assessments().values(), key=lambda pair: pair[0].project_id is not None
    )  # the region's and the municipalities' own first
    measured = [pair for pair in assessed if pair[1].series]
    yield from goal_figures(state, few.first(measured, state))
    yield from _measured(state, measured)
    others = [goal for goal, found in assessed if not found.series]
    if others:
        told = _("Goals without figures")
        yield Table(
            caption=f"{told} ({number(len(others))})",
            name=_("Other goals"),
            columns=(Column(_("Goal")), Column(_("Whose")), Column(_("State"))),
            rows=tuple(
                Row(
                    (
                        words.text(goal, "text"),
                        owner_of(goal, state),
                        line(state_word(goal.state)),
                    )
                )
                for goal in few.first(others, state)
            ),
        )
        yield from few.rest(others, state, few.all_projects(state))


def _stated(goal: Goal, series: Series, found: GoalAssessment) -> str:
    """“Met; ” where the coordinator's word is of this figure; where the figure says otherwise, that
    it was said.
    """
    if goal.state == GoalState.OPEN or series not in found.judged:
        return ""
    if series in found.clash:
        return _("stated “%(state)s”, but ") % {"state": str(GoalState(goal.state).label).lower()}
    return f"{GoalState(goal.state).label}; "


def _followed(goals: Sequence[tuple[Goal, GoalAssessment]]) -> str:
    """The caption: how many goals the rows are of, where some have several."""
    told, count = _("Goals followed by figures"), number(len(goals))
    if all(len(assessed.series) == 1 for _goal, assessed in goals):
        return f"{told} ({count})"
    rows = _("%(count)s goals; one followed by municipality has a row for each")
    return f"{told} ({rows % {'count': count}})"


def _measured(state: State, goals: Sequence[tuple[Goal, GoalAssessment]]) -> Iterator[Block]:
    rows, values = [], []
    for goal, assessed in few.first(goals, state):
        for one in assessed.series:
            place = state.members.by_pk.get(state.mergers.now(one.place))
            track, last = one.progress.track, one.progress.last
            told = f"{_stated(goal, one, assessed)}{progress_words(one.progress)}"
            rows.append(
                Row(
                    (
                        with_unit(goal),
                        words.municipality(place) if place else owner_of(goal, state),
                        line(bare(track.base)),
                        line(bare(last.value if last else None)),
                        line(bare(track.target)),
                        line(told),
                    )
                )
            )
            values.append(
                (None, None, track.base, last.value if last else None, track.target, None)
            )
    if not rows:
        return
    yield Table(
        caption=_followed(goals),
        name=_("Goals"),
        columns=(
            Column(_("Goal")),
            Column(_("Whose")),
            Column(_("At the start"), numeric=True),
            Column(pgettext("change", "Now"), numeric=True),
            Column(pgettext("figure", "Target"), numeric=True),
            Column(_("Progress")),
        ),
        rows=tuple(rows),
        values=tuple(values),
    )
    yield from few.rest(goals, state, few.all_projects(state))
