"""Figures as readable lines, each beside its budget."""

from collections.abc import Iterable
from typing import NamedTuple


class Cell(NamedTuple):
    """A figure, perhaps over its budget."""

    text: str
    is_over: bool = False


def cell(value: float, budget: float | None = None, digits: int = 1) -> Cell:
    """A number, marked with an exclamation mark when it is over its budget."""
    is_over = budget is not None and value > budget
    return Cell(f"{value:.{digits}f}{'!' if is_over else ''}", is_over)


def show(title: str, columns: Iterable[str], rows: Iterable[tuple[str, list[Cell]]]) -> int:
    """Print a table; how many figures are over their budget."""
    rows = list(rows)
    heads = list(columns)
    first = max(len(name) for name, _ in [(title, []), *rows]) + 2
    widths = [
        max(len(head), *(len(cells[n].text) for _, cells in rows)) + 2
        for n, head in enumerate(heads)
    ]
    print()  # noqa: T201
    print(title.ljust(first) + "".join(h.rjust(w) for h, w in zip(heads, widths, strict=True)))  # noqa: T201
    for name, cells in rows:
        shown = (c.text.rjust(w) for c, w in zip(cells, widths, strict=True))
        print(name.ljust(first) + "".join(shown))  # noqa: T201
    return sum(c.is_over for _, cells in rows for c in cells)
