"""Bars of what projects have used of their budgets, as one SVG text for a document. Pure.

Every outline is a whole budget, large or small, and the filled part the share of it that has been
used: alike shares look alike, and the sums stand below. Positions are strings with a decimal point:
a number would get a Finnish comma in a template.
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
MOST_BUDGETS = Decimal(3)  # times its budget that a bar goes at most; the sums say how much it is
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
    """The drawing, the rows with a budget in their order; "" when there is none.

    Outlines are shorter where something goes over, so that it has its place.
    """
    rows = [row for row in rows if row.budget > 0]
    if not rows:
        return ""
    widest = min(max(Decimal(1), *(row.used / row.budget for row in rows)), MOST_BUDGETS)
    outline = float((WIDTH - 2 * EDGE) / widest)
    height = ROW * len(rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}"'
        f' viewBox="0 0 {WIDTH} {height}" role="img" aria-label={quoteattr(alt)}>',
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>',
    ]
    for number, row in enumerate(rows):
        parts += _row(row, number * ROW, outline)
    return "".join([*parts, "</svg>"])


def _row(row: BudgetBar, top: int, outline: float) -> list[str]:
    """Name, bar, sums. What has been used over the budget has a colour and a place of its own."""
    name = row.name if len(row.name) <= LONGEST else f"{row.name[: LONGEST - 1].rstrip()}…"
    # corrections may leave less than nothing
    used = float(min(max(row.used / row.budget, Decimal(0)), MOST_BUDGETS))
    within, over = min(used, 1) * outline, max(used - 1, 0) * outline
    found = [_text(name, top + 14, 13, 700, INK)]
    if over:
        found.append(_rect(EDGE + outline, top + 21, over, OVER))
    found += [
        _rect(EDGE, top + 21, within, DONE),
        f'<rect x="{EDGE}" y="{top + 21}" width="{coordinate(outline)}" '
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
