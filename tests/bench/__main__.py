"""Every measurement, with the budget beside each figure: `make bench`.

`DATABASE_URL=postgres://… make bench` measures PostgreSQL, in databases of its own. Figures over
their budget have an exclamation mark. RUNS (default 5) says of how many runs the best counts.
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


def _measured(size: int, folder: Path, served: bool) -> tuple[dict, list]:
    """Figures by page on a database of a size; rows of the served pages, if asked for."""
    from django.test import Client

    from climateportal.models import User
    from tests.bench.measuring import cpu_clock, measure, one_connection
    from tests.bench.pages import pages
    from tests.bench.requests import served_rows
    from tests.bench.sites import filled

    runs = int(os.environ.get("RUNS", "5"))
    with filled(size, folder) as address, one_connection():
        clock, visitor, boss = cpu_clock(), Client(), Client()
        boss.force_login(User.objects.create_superuser(email="a@example.fi", password=None))
        figures = {}
        for page in pages():
            client = boss if page.is_admin else visitor
            figures[len(figures)] = page, measure(page, client, clock, runs)
        return figures, list(served_rows(address, folder)) if served else []


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
        small, _none = _measured(SIZES[0], Path(folder), served=False)
        large, requests = _measured(SIZES[1], Path(folder), served=True)
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
    print(f"\n{over} figures are over their budget." if over else "\nAll within budget.")  # noqa: T201
    return 1 if over else 0


if __name__ == "__main__":
    os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", PORTAL_SETTINGS)
    sys.exit(main())
