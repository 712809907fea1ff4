"""Bars of what projects have used of their budgets, as one SVG text for a document. Pure.

The outline is the budget and the filled part what has been used, all on one scale. Positions are
strings with a decimal point: a number would get a Finnish comma in a template.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from projects.charts import DONE, INK, LINE, MUTED, PAPER, coordinate

WIDTH = 340  # px: readable on a phone without shrinking
ROW = 62  # px, of a project: its name, the bar, the sums
BAR = 12  # px
EDGE = 1  # px, so that the outline is not cut
LONGEST = 42  # characters of a name that have room; the table has the whole
OVER = "#a1183b"  # what goes over the budget; “late” of static/css/tokens.css, a test compares


@dataclass(frozen=True, slots=True)
class BudgetBar:
    """A project's name, its budget and what has been used, and the two as a text."""

    name: str
    budget: Decimal
    used: Decimal
    sums: str


def budget_bars(rows: Sequence[BudgetBar], alt: str) -> str:
    """The drawing, the rows in their order; "" without rows or without anything to measure by."""
    scale = max((max(row.budget, row.used) for row in rows), default=Decimal(0))
    if scale <= 0:
        return ""
    height = ROW * len(rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}"'
        f' viewBox="0 0 {WIDTH} {height}" role="img" aria-label={quoteattr(alt)}>',
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>',
    ]
    for number, row in enumerate(rows):
        parts += _row(row, number * ROW, float((WIDTH - 2 * EDGE) / scale))
    return "".join([*parts, "</svg>"])


def _row(row: BudgetBar, top: int, per_euro: float) -> list[str]:
    """Name, bar, sums. What has been used over the budget has a colour and a place of its own."""

    def across(euros: Decimal) -> float:
        return float(euros) * per_euro

    name = row.name if len(row.name) <= LONGEST else f"{row.name[: LONGEST - 1].rstrip()}…"
    used = max(row.used, Decimal(0))  # corrections may leave less than nothing
    within, over = min(used, row.budget), max(used - row.budget, Decimal(0))
    found = [_text(name, top + 14, 13, 700, INK)]
    if over:
        found.append(_rect(EDGE + across(row.budget), top + 21, across(over), OVER))
    found += [
        _rect(EDGE, top + 21, across(within), DONE),
        f'<rect x="{EDGE}" y="{top + 21}" width="{coordinate(across(row.budget))}" '
        f'height="{BAR}" fill="none" stroke="{LINE}" stroke-width="1.5"/>',
        _text(row.sums, top + 50, 13, 400, MUTED),
    ]
    return found


def _rect(x: float, y: int, width: float, colour: str) -> str:
    return (
        f'<rect x="{coordinate(x)}" y="{y}" width="{coordinate(width)}" '
        f'height="{BAR}" fill="{colour}"/>'
    )


def _text(text: str, y: int, size: int, weight: int, colour: str) -> str:
    return (
        f'<text x="0" y="{y}" font-family="sans-serif" font-size="{size}" '
        f'font-weight="{weight}" fill="{colour}">{escape(text)}</text>'
    )
