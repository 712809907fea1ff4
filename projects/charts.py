"""Geometry and drawing of the small line of an indicator. Pure: figures in, positions out.

The straight path from base to target is dashed, the readings are a line with a dot for each; it
begins at the base.
Positions are strings with a decimal point: a number would get a Finnish comma in a template. On a
page x is in per cent of the width and y in pixels, so that texts never shrink; for paper the same
drawing is one SVG text that carries its own colours (`drawing`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from projects.progress import Reading, Track

HEIGHT = 146  # px, the whole drawing
TOP, BOTTOM = 26, 92  # px, between which values lie: room for texts above and below
AXIS = 122  # px, the line of time
DAYS_AT = 140  # px, the baseline of the days under it
ABOVE, BELOW = -11, 21  # px, from a dot to the baseline of its text
CHARACTER = 8.5 / 300  # of the width, that a character of a text takes on a phone
APART = 18  # px, between the baselines of two texts
WIDTH = 480  # px, of a drawing for paper
EDGE = 6  # px, on both sides of it, so that no dot is cut

# the light colours of static/css/tokens.css; a test compares
INK, MUTED, LINE, DONE, NOW, PAPER = (
    "#18241f", "#4a5852", "#77857d", "#1c6347", "#b96a00", "#fff",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of a drawing in the reader's language; an empty one is left out."""

    base: str = ""
    target: str = ""
    last: str = ""
    first_day: str = ""
    last_day: str = ""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A reading."""

    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Label:
    """A text on the drawing; `is_last` is the newest value."""

    text: str
    x: str
    y: str
    anchor: str
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class LineChart:
    """Everything a renderer draws. `goal` is the end of the dashed path when it has a day."""

    path: Stroke | None
    goal: Dot | None
    lines: tuple[Stroke, ...]
    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]
    height: str = str(HEIGHT)
    axis: str = str(AXIS)


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place on the drawing: x from 0 to 1, y in px."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class _Text:
    """A text and its place."""

    text: str
    x: float
    y: float
    anchor: str

    def meets(self, other: "_Text") -> bool:
        """Whether the two would be printed on each other."""
        if abs(self.y - other.y) >= APART:
            return False
        (left, right), (its_left, its_right) = self._extent(), other._extent()
        return left < its_right and its_left < right

    def _extent(self) -> tuple[float, float]:
        width = (len(self.text) + 1) * CHARACTER
        begin = self.x - {"start": 0, "middle": width / 2, "end": width}[self.anchor]
        return begin, begin + width


Span = tuple[date, date]


def coordinate(value: float) -> str:
    """“12.5”, “7”: with a decimal point in every language."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def span_of(track: Track, readings: Iterable[Reading]) -> Span | None:
    """The first and last day that a drawing shows; None without any day."""
    days = [row.day for row in readings]
    days += [day for day in (track.base_day, track.target_day) if day is not None]
    return (min(days), max(days)) if days else None


def joint_span(spans: Iterable[Span | None]) -> Span | None:
    """One time axis for several small drawings."""
    known = [span for span in spans if span is not None]
    if not known:
        return None
    return min(first for first, _last in known), max(last for _first, last in known)


def line_chart(
    track: Track,
    readings: Sequence[Reading],
    words: Words,
    span: Span | None = None,
    pixels: int | None = None,
) -> LineChart | None:
    """The drawing of one series, oldest reading first; None without readings.

    `span` widens the axis of time to that of its neighbours. Each drawing has its own scale of
    values. Without `pixels` x is in per cent of the width.
    """
    if not readings:
        return None
    first, last = joint_span([span, span_of(track, readings)])
    values = [row.value for row in readings]
    values += [track.base, track.target] if track.has_path else []
    values += [track.target] if track.target is not None else []
    low, high = min(values), max(values)
    days = (last - first).days

    def place(day: date, value: Decimal) -> _Spot:
        share = float((value - low) / (high - low)) if high > low else 0.5
        return _Spot((day - first).days / days if days else 0.5, BOTTOM - share * (BOTTOM - TOP))

    def across(x: float) -> str:
        if pixels is None:
            return f"{coordinate(x * 100)}%"
        return coordinate(EDGE + x * (pixels - 2 * EDGE))

    def stroke(start: _Spot, end: _Spot) -> Stroke:
        return Stroke(across(start.x), coordinate(start.y), across(end.x), coordinate(end.y))

    spots = [place(row.day, row.value) for row in readings]
    path = None
    if track.has_path:
        path = place(track.base_day, track.base), place(track.target_day, track.target)
    elif track.target is not None:
        height = place(first, track.target).y
        path = _Spot(0, height), _Spot(1, height)
    goal = path[1] if path and track.has_path else None
    walked = [path[0], *spots] if goal and readings[0].day > track.base_day else spots
    return LineChart(
        path=stroke(*path) if path else None,
        goal=Dot(across(goal.x), coordinate(goal.y)) if goal else None,
        lines=tuple(stroke(*pair) for pair in pairwise(walked)),
        dots=tuple(Dot(across(spot.x), coordinate(spot.y)) for spot in spots),
        labels=tuple(_labels(track, path, spots[-1], words, across)),
    )


def _labels(
    track: Track,
    path: tuple[_Spot, _Spot] | None,
    newest: _Spot,
    words: Words,
    across: Callable[[float], str],
) -> Iterable[Label]:
    """The newest value, then the ends of the path where they do not meet it, then the days."""
    shown = [_newest_text(path, newest, words.last)]
    if path:
        start, end = path
        falls = end.y > start.y
        shown.append(_Text(words.target, end.x, end.y + (BELOW if falls else ABOVE), "end"))
        if track.has_path:
            shown.append(_Text(words.base, start.x, start.y + (ABOVE if falls else BELOW), "start"))
    kept: list[_Text] = []
    for text in shown:
        if text.text and not any(text.meets(other) for other in kept):
            kept.append(text)
    for text in kept:
        yield Label(text.text, across(text.x), coordinate(text.y), text.anchor, text is shown[0])
    for text, x, anchor in ((words.first_day, 0, "start"), (words.last_day, 1, "end")):
        if text:
            yield Label(text, across(x), str(DAYS_AT), anchor)


def _newest_text(path: tuple[_Spot, _Spot] | None, newest: _Spot, text: str) -> _Text:
    """On the side of the dot that is away from the path."""
    under = False
    if path:
        start, end = path
        way = (newest.x - start.x) / (end.x - start.x) if end.x > start.x else 0
        under = newest.y > start.y + (end.y - start.y) * min(max(way, 0), 1)
    anchor = "start" if newest.x < 0.15 else "end" if newest.x > 0.85 else "middle"
    return _Text(text, newest.x, newest.y + (BELOW if under else ABOVE), anchor)


def drawing(chart: LineChart, alt: str, width: int = WIDTH) -> str:
    """The chart, made with `pixels=width`, as one SVG text for paper: it needs no stylesheet."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{chart.height}"'
        f' viewBox="0 0 {width} {chart.height}" role="img" aria-label={quoteattr(alt)}>',
        f'<rect width="{width}" height="{chart.height}" fill="{PAPER}"/>',
        _line(Stroke("0", chart.axis, str(width), chart.axis), LINE, "1"),
    ]
    if chart.path:
        parts.append(_line(chart.path, NOW, "2", ' stroke-dasharray="6 5"'))
    parts += [_line(line, DONE, "2.5") for line in chart.lines]
    if chart.goal:
        parts.append(
            f'<circle cx="{chart.goal.x}" cy="{chart.goal.y}" r="5" fill="{PAPER}" '
            f'stroke="{NOW}" stroke-width="2"/>'
        )
    parts += [f'<circle cx="{dot.x}" cy="{dot.y}" r="4.5" fill="{DONE}"/>' for dot in chart.dots]
    parts += [
        f'<text x="{label.x}" y="{label.y}" text-anchor="{label.anchor}" '
        f'font-family="sans-serif" font-size="{15 if label.is_last else 13}" '
        f'font-weight="{700 if label.is_last else 400}" '
        f'fill="{INK if label.is_last else MUTED}">{escape(label.text)}</text>'
        for label in chart.labels
    ]
    return "".join([*parts, "</svg>"])


def _line(stroke: Stroke, colour: str, width: str, more: str = "") -> str:
    return (
        f'<line x1="{stroke.x1}" y1="{stroke.y1}" x2="{stroke.x2}" y2="{stroke.y2}" '
        f'stroke="{colour}" stroke-width="{width}" stroke-linecap="round"{more}/>'
    )
