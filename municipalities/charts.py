"""Geometry of the emission chart. Pure: numbers in, positions out (x in %, y in px)."""

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 298  # px, the whole drawing
BASE = 268  # px, where bars stand
TALLEST = 222  # px, the tallest bar
GAP = 0.25  # of a year's width, between bars
LABEL = 10.5  # % of the width that a year takes on a phone


@dataclass(frozen=True, slots=True)
class Bar:
    """One year's bar."""

    year: int
    x: float
    y: float
    width: float
    height: float
    is_last: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A year under the axis."""

    text: str
    x: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Path:
    """The dashed way from the newest bar to the target."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything the template draws."""

    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    path: Path | None
    height: int = HEIGHT
    base: int = BASE


def emission_chart(
    values: Sequence[tuple[int, float]], goal: tuple[int, float] | None = None
) -> Chart:
    """Bars of (year, kilotonnes), oldest first, and the way to a `goal` after the last year.

    Years stand where they are in time: a gap in the data is a gap in the drawing.
    """
    first, last = values[0][0], values[-1][0]
    if goal is not None and goal[0] <= last:
        goal = None
    end = goal[0] if goal else last
    slot = 100 / (end - first + 1)
    top = max([value for _, value in values] + ([goal[1]] if goal else []))
    scale = TALLEST / top if top > 0 else 0
    bars = tuple(
        Bar(
            year=year,
            x=(year - first + GAP / 2) * slot,
            y=BASE - value * scale,
            width=slot * (1 - GAP),
            height=value * scale,
            is_last=year == last,
        )
        for year, value in values
    )

    def middle(year: int) -> float:
        return (year - first + 0.5) * slot

    path = None
    if goal:
        path = Path(middle(last), bars[-1].y, middle(end), BASE - goal[1] * scale)
    return Chart(bars, _labels(first, last, end, slot), path)


def _labels(first: int, last: int, end: int, slot: float) -> tuple[Label, ...]:
    """The first year and the end, then the newest and round years where there is room."""
    labels = {first: Label(str(first), 0.0, "start")}
    if end != first:
        labels[end] = Label(str(end), 100.0, "end")
    for year in (last, *range(first - first % 5 + 5, end, 5)):
        x = (year - first + 0.5) * slot
        if all(abs(x - other.x) >= _room(other) for other in labels.values()):
            labels[year] = Label(str(year), x, "middle")
    return tuple(labels[year] for year in sorted(labels))


def _room(label: Label) -> float:
    """How far the middle of the next label must stay: labels at the edges grow inwards."""
    return LABEL * (1.15 if label.anchor == "middle" else 1.65)
