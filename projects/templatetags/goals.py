"""Template tags for goals: the figures of one goal, with bar, line and table."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import template

from climateportal.templatetags.ui import css_number
from municipalities.models import Municipality
from projects import goalwords
from projects.charts import LineChart, Span
from projects.enums import GoalState
from projects.progress import Progress, Reading, Standing
from projects.summaries.goals import GoalRow, GoalSeries

register = template.Library()
register.filter(goalwords.figure)

# what the figures say → (colour class, icon)
LOOK = {
    Standing.NOT_MEASURED: ("", "next"),
    Standing.UNKNOWN: ("", "next"),
    Standing.AWAY: ("late", "late"),
    Standing.AT_BASE: ("", "half"),
    Standing.ON_THE_WAY: ("", "half"),
    Standing.REACHED: ("ok", "ok"),
    Standing.BEYOND: ("ok", "ok"),
}
STATE_LOOK = {GoalState.MET: ("ok", "ok"), GoalState.NOT_MET: ("", "x")}
FEW = 4  # municipalities whose figures stand open; more are folded under a sentence


@dataclass(frozen=True)
class Bar:
    """How much of the way has been gone: a width for SVG."""

    width: str
    is_regress: bool


def bar_of(progress: Progress) -> Bar | None:
    """The bar of a series; None when there is no percentage (an empty bar would say zero)."""
    if progress.percent is None:
        return None
    width = min(max(progress.percent, Decimal(0)), Decimal(100))
    return Bar(f"{css_number(width)}%", progress.percent < 0)


@dataclass(frozen=True)
class Shown:
    """One series as the page shows it."""

    place: Municipality | None
    progress: Progress
    words: str
    css: str
    icon: str
    bar: Bar | None
    facts: tuple[goalwords.Told, ...]
    chart: LineChart | None
    alt: str


def _shown(series: GoalSeries, span: Span | None) -> Shown:
    css, icon = LOOK[series.progress.standing]
    chart = goalwords.chart_of(series.progress, span)
    return Shown(
        place=series.place,
        progress=series.progress,
        words=goalwords.standing_words(series.progress),
        css=css,
        icon=icon,
        bar=bar_of(series.progress),
        facts=goalwords.facts(series.progress),
        chart=chart,
        alt=goalwords.chart_words(series) if chart else "",
    )


@dataclass(frozen=True)
class Line:
    """One row of the table."""

    place: Municipality | None
    reading: Reading
    value: str


@register.inclusion_tag("components/goal_figures.html")
def goal_figures(row: GoalRow) -> dict[str, Any]:
    """What a goal's figures say: words, bar and line of each series, then a table of all values."""
    span = goalwords.joint_span_of(row.series)
    readings = [(series.place, reading) for series in row.series
                for reading in reversed(series.progress.readings)]  # fmt: skip
    shown = [_shown(series, span) for series in row.series]
    places = [series for series in shown if series.place]
    return {
        "goal": row.goal,
        "whole": [series for series in shown if not series.place],
        "places": places,
        "places_sentence": goalwords.places_sentence(row),
        "is_folded": len(places) > FEW,
        "clash": goalwords.clash_sentence(row),
        "table": [
            Line(place, reading, goalwords.figure(reading.value)) for place, reading in readings
        ],
        "has_notes": any(reading.note for _place, reading in readings),
    }


@register.inclusion_tag("components/goal_line.html")
def goal_line(row: GoalRow) -> dict[str, Any]:
    """What a goal's figures say in one line, and regress and days past as lines of their own."""
    whole = [_shown(series, None) for series in row.series if not series.place]
    return {
        "shown": whole[0] if whole else None,
        "sentence": "" if whole else goalwords.places_sentence(row),
        "goal": row.goal,
        "value": goalwords.value_sentence(whole[0].progress) if whole else "",
        "warnings": [fact for series in whole for fact in series.facts if fact.is_warning],
        "clash": goalwords.clash_sentence(row),
    }


@register.inclusion_tag("components/tag.html")
def goal_tag(goal: Any) -> dict[str, Any]:
    """What the coordinator says of a goal: “Saavutettu”, “Ei saavutettu”. For an open one nothing
    needs saying: leave it out."""
    css, icon = STATE_LOOK[GoalState(goal.state)]
    return {"css": css, "icon": icon, "label": GoalState(goal.state).label}
