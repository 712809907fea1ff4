"""Every measurement, with the budget beside each figure: `make bench`. About six minutes of CPU.

`DATABASE_URL=postgres://… make bench` measures PostgreSQL, in databases of its own. Figures over
their budget have an exclamation mark. RUNS (default 3) says of how many runs the best counts.
"""

import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django

from climateportal import catalogues

RATIO = 2  # times the time at a hundredth of the size
PORTAL_SETTINGS = "tests.settings"


def _measured(size: int, folder: Path, whole: bool) -> tuple[dict, list, list]:
    """Figures by page on a database of a size; with `whole` those of the real server and of
    imports too.
    """
    from tests.bench.imports import import_rows
    from tests.bench.measuring import cpu_clock, measure, one_connection
    from tests.bench.pages import pages
    from tests.bench.readers import readers
    from tests.bench.requests import served_rows
    from tests.bench.sites import filled

    runs = int(os.environ.get("RUNS", "3"))
    with filled(size, folder) as address, one_connection():
        clock, clients = cpu_clock(), readers()
        figures = {}
        for page in pages():
            figures[len(figures)] = page, measure(page, clients[page.reader], clock, runs)
        print(f"{size} projects are measured.", file=sys.stderr, flush=True)  # noqa: T201
        if not whole:
            return figures, [], []
        return figures, list(served_rows(address, folder)), list(import_rows(clock))


def _rows(small: dict, large: dict) -> Iterator[tuple[str, list]]:
    from tests.bench.table import Cell, cell

    for number, (page, after) in large.items():
        before = small[number][1]
        grows = "" if before.queries == after.queries else f"{before.queries} → "
        queries = f"{grows}{after.queries} ({after.most_queries})"
        is_over = bool(grows) or after.most_queries > page.queries
        weight = cell(after.bytes / 1000, page.bytes and page.bytes / 1000)
        yield (
            page.name,
            [
                cell(before.uncached),
                cell(after.uncached),
                cell(after.uncached / before.uncached, RATIO),
                cell(before.after_change),
                cell(after.after_change),
                cell(after.after_change / before.after_change),
                Cell(f"{queries}{'!' if is_over else ''}", is_over),
                Cell(f"{page.queries}"),
                Cell("") if page.bytes is None else weight,
                Cell("" if page.bytes is None else f"{page.bytes // 1000}"),
            ],
        )


def main() -> int:
    """Measure and print. Returns 1 when something is over its budget."""
    from tests.bench.sites import SIZES
    from tests.bench.table import show

    catalogues.compile_all()
    django.setup()
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        small, *_none = _measured(SIZES[0], Path(folder), whole=False)
        large, requests, imports = _measured(SIZES[1], Path(folder), whole=True)
    over = show(
        f"CPU ms at {SIZES[0]} and {SIZES[1]} projects",
        [*map(str, SIZES), f"≤ {RATIO} ×", "first*", "first*", "×", "queries*", "≤", "kB", "≤"],
        _rows(small, large),
    )
    print(  # noqa: T201
        "* first: the first such page of a worker after something was edited; in brackets its"
        " queries.\n  kB: HTML and the whole stylesheet, brotli. !: over the budget."
    )
    over += show("The real server", ["CPU µs", "× hello", "budget"], requests)
    over += show("Imports", ["check, s", "write, s", "budget"], imports)
    print(f"\n{over} figures are over their budget." if over else "\nAll within budget.")  # noqa: T201
    return 1 if over else 0


if __name__ == "__main__":
    os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", PORTAL_SETTINGS)
    sys.exit(main())
