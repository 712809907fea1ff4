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
from projects.progress import GoalAssessment, Progress, Series, shown_percent
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


def progress_words(progress: Progress) -> str:
    """“42 % of the way, measured 1.9.2026”, with regress told as regress."""
    if progress.last is None:
        return _("not measured")
    when = _("measured %(day)s") % {"day": words.day(progress.last.day)}
    if progress.percent is None:
        if progress.previous is None:
            return when
        before = {"value": bare(progress.previous.value), "day": words.day(progress.previous.day)}
        return when + ", " + _("%(value)s on %(day)s before that") % before
    told = _("%(percent)s of the way") % {"percent": percent(shown_percent(progress.percent))}
    if progress.is_regress:
        told = _("%(progress)s, moved away from the target") % {"progress": told}
    return f"{told}, {when}"


def standing(goal: Goal, progress: Progress | None) -> str:
    """“9 460 MWh (42 % of the way, measured 1.9.2026)”, or that it was not measured."""
    if progress is None or progress.last is None:
        return _("not measured")
    return f"{value_of(progress.last.value, goal)} ({progress_words(progress)})"


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
    yield from goal_figures(state, measured)
    yield from _measured(state, measured)
    others = [goal for goal, found in assessed if not found.series]
    if others:
        yield Table(
            caption=_("Goals without figures"),
            name=_("Other goals"),
            columns=(Column(_("Goal")), Column(_("Whose")), Column(_("State"))),
            rows=tuple(
                Row(
                    (
                        words.text(goal, "text"),
                        owner_of(goal, state),
                        line(str(GoalState(goal.state).label)),
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


def _measured(state: State, goals: Sequence[tuple[Goal, GoalAssessment]]) -> Iterator[Block]:
    rows, values = [], []
    for goal, assessed in few.first(goals, state):
        for one in assessed.series:
            place = state.members.by_pk.get(one.place) if one.place else None
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
        caption=_("Goals followed by figures"),
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
