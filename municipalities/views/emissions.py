"""The emission chart of a page: geometry, the words that say what it shows, its table."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from climateportal.templatetags.ui import number
from municipalities.charts import Chart, emission_chart
from municipalities.models import ClimateTarget, Emission
from projects.summaries import EmissionSeries

ROOM = 14  # % of the width that a figure needs on a phone


@dataclass(frozen=True)
class Text:
    """A figure written on the chart."""

    text: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True)
class Row:
    """A year of the table."""

    year: int
    kilotonnes: str
    is_preliminary: bool


@dataclass(frozen=True)
class EmissionFigure:
    """A chart with its title, which states the finding, the texts drawn on it and its table."""

    series: EmissionSeries
    chart: Chart
    title: str
    texts: tuple[Text, ...]
    table: tuple[Row, ...]
    goal: str  # kilotonnes of the target; empty when they are not known
    goal_year: int | None
    base_year: int  # the year that `change` is counted from: the target's, else the first
    last_year: int
    change: int | None  # whole per cent


def kilotonnes(value: Decimal) -> str:
    """“144”, “46,5”: three digits are enough."""
    return number(round(value, 1), 0 if value >= 100 else 1)


def emission_figure(
    series: EmissionSeries | None, target: ClimateTarget | None
) -> EmissionFigure | None:
    """What the page shows of a series; None without one."""
    if series is None:
        return None
    first, last = series.rows[0], series.rows[-1]
    goal = _goal(series, target)
    words = {
        "from": kilotonnes(first.kilotonnes),
        "first": first.year,
        "to": kilotonnes(last.kilotonnes),
        "last": last.year,
    }
    base = _base(series, target)
    change = None
    if base.year != last.year and base.kilotonnes:
        change = round(100 * (last.kilotonnes / base.kilotonnes - 1))
    title = [_finding(last.kilotonnes - first.kilotonnes, first.year == last.year) % words]
    if goal:
        title.append(
            _("The target for %(year)s is %(value)s kilotonnes.")
            % {"year": goal[0], "value": kilotonnes(goal[1])}
        )
    chart = emission_chart(
        [(row.year, float(row.kilotonnes)) for row in series.rows],
        (goal[0], float(goal[1])) if goal else None,
    )
    return EmissionFigure(
        series=series,
        chart=chart,
        title=" ".join(title),
        texts=_texts(chart, words["from"], words["to"], kilotonnes(goal[1]) if goal else ""),
        table=tuple(
            Row(row.year, kilotonnes(row.kilotonnes), row.is_preliminary) for row in series.rows
        ),
        goal=kilotonnes(goal[1]) if goal else "",
        goal_year=goal[0] if goal else None,
        base_year=base.year,
        last_year=last.year,
        change=change,
    )


def _texts(chart: Chart, first: str, last: str, goal: str) -> tuple[Text, ...]:
    """The first and the newest figure above their bars, the target's under its point if it fits."""
    begin, end = chart.bars[0], chart.bars[-1]
    texts = [Text(f"{last} kt", end.x, end.y - 8, "start" if chart.path else "middle")]
    if not chart.path:
        texts = [Text(f"{last} kt", 100.0, end.y - 8, "end")]
    if end is not begin:
        texts.append(Text(f"{first} kt", 0.0, begin.y - 8, "start"))
    if chart.path and 100 - end.x - end.width > ROOM:
        texts.append(Text(f"{goal} kt", 100.0, min(chart.path.y2 + 30, chart.base - 8), "end"))
    return tuple(texts)


def _finding(difference: Decimal, is_one_year: bool) -> str:
    if is_one_year:
        return _("Emissions were %(to)s kilotonnes in %(last)s.")
    if difference < 0:
        return _(
            "Emissions fell from %(from)s kilotonnes in %(first)s to %(to)s kilotonnes in %(last)s."
        )
    if difference > 0:
        return _(
            "Emissions rose from %(from)s kilotonnes in %(first)s to %(to)s kilotonnes in %(last)s."
        )
    return _("Emissions were %(to)s kilotonnes both in %(first)s and in %(last)s.")


def _base(series: EmissionSeries, target: ClimateTarget | None) -> Emission:
    wanted = target.base_year if target else None
    return next((row for row in series.rows if row.year == wanted), series.rows[0])


def _goal(series: EmissionSeries, target: ClimateTarget | None) -> tuple[int, Decimal] | None:
    """The target year and its kilotonnes, when the base year's emissions are known."""
    if target is None or target.reduction_percent is None:
        return None
    base = series.of(target.base_year)
    if base is None or target.target_year <= series.rows[-1].year:
        return None
    return target.target_year, base * (100 - target.reduction_percent) / 100
