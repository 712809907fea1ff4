"""Goals with their progress, as blocks."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from climateportal.templatetags.ui import number, percent
from climateportal.translated import text_of
from municipalities.models import Municipality
from projects.documents.blocks import Block, Column, Line, Row, Table, line
from projects.enums import GoalState
from projects.models import Goal
from projects.packs import words
from projects.progress import GoalAssessment, Progress, Series, shown_percent
from projects.summaries.state import State


def value_of(value: object, goal: Goal) -> str:
    """“1 240 MWh”; “not reported” for None. As many decimals as the figure has."""
    if value is None:
        return words.unknown()
    plain = value.normalize()
    shown = number(value, max(0, -plain.as_tuple().exponent))
    unit = text_of(goal, "unit").value
    return f"{shown} {unit}" if unit else shown


def progress_words(progress: Progress) -> str:
    """“42 % of the way, measured 1.9.2026”, with regress told as regress."""
    if progress.last is None:
        return _("not measured")
    when = _("measured %(day)s") % {"day": words.day(progress.last.day)}
    if progress.percent is None:
        return when
    told = _("%(percent)s of the way") % {"percent": percent(shown_percent(progress.percent))}
    if progress.is_regress:
        told = _("%(progress)s, moved away from the target") % {"progress": told}
    return f"{told}, {when}"


def standing(goal: Goal, assessed: GoalAssessment, state: State) -> str:
    """A goal's state and, when it is followed by figures, how far they are, in one cell."""
    parts = [str(GoalState(assessed.state).label)]
    for row in assessed.series:
        told = progress_words(row.progress)
        if row.progress.last is not None:
            told = f"{value_of(row.progress.last.value, goal)} ({told})"
        place = state.members.by_pk.get(row.place)
        parts.append(f"{text_of(place, 'name').value}: {told}" if place else told)
    return "; ".join(parts)


def owner_of(goal: Goal, state: State) -> Line:
    """Whose goal it is: a project's, a municipality's or the region's."""
    if goal.project_id:
        return words.project(state.projects[goal.project_id])
    place: Municipality | None = state.members.by_pk.get(goal.municipality_id)
    return words.municipality(place) if place else line(pgettext("goal", "the region's own"))


def goal_blocks(state: State) -> Iterator[Block]:
    """A table of all goals: whose, how far, from where to where."""
    rows, values = [], []
    for goal, assessed in state.assessments().values():
        series: list[Series | None] = list(assessed.series) or [None]
        for one in series:
            place = state.members.by_pk.get(one.place) if one and one.place else None
            track = one.progress.track if one else None
            last = one.progress.last if one else None
            owner = words.municipality(place) if place else owner_of(goal, state)
            rows.append(
                Row(
                    (
                        words.text(goal, "text"),
                        owner,
                        line(str(GoalState(goal.state).label)),
                        line(value_of(track.base, goal) if track else ""),
                        line(value_of(last.value, goal) if last else ""),
                        line(value_of(track.target, goal) if track else ""),
                        line(progress_words(one.progress) if one else ""),
                    )
                )
            )
            values.append(
                (
                    None, None, None,
                    track.base if track else None,
                    last.value if last else None,
                    track.target if track else None,
                    None,
                )
            )  # fmt: skip
    if not rows:
        return
    yield Table(
        caption=_("Goals and how far they are"),
        name=_("Goals"),
        columns=(
            Column(_("Goal")),
            Column(_("Whose")),
            Column(_("State")),
            Column(_("At the start"), _("Indicator"), numeric=True),
            Column(pgettext("change", "Now"), _("Indicator"), numeric=True),
            Column(_("Target"), _("Indicator"), numeric=True),
            Column(_("Progress"), _("Indicator")),
        ),
        rows=tuple(rows),
        values=tuple(values),
    )
