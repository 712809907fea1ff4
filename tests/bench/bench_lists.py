"""How lists keep their pace from 100 projects to 10 000: `python -m tests.bench.bench_lists`.

Prints CPU milliseconds (the best of some runs, through every middleware, uncached) and queries.
The target of the product is 2× between the sizes, on 308 municipalities. Takes two minutes.
"""

import sys
import tempfile
import time
from pathlib import Path

import django
from django.conf import settings

from climateportal import catalogues

SIZES = (100, 10_000)
RUNS = 9
LIST = "/hankkeet/"
PAGES = (
    ("project list", LIST),
    ("… page 3", f"{LIST}?page=3"),
    ("… by title", f"{LIST}?jarjestys=title"),
    ("… by end date", f"{LIST}?jarjestys=end"),
    ("… by stage", f"{LIST}?jarjestys=stage"),
    ("… of a county", f"{LIST}?alue=county-3"),
    ("… of a municipality", f"{LIST}?kunta=kunta-9"),
    ("… of two themes", f"{LIST}?teema=teema-1&teema=teema-2"),
    ("… late ones", f"{LIST}?aikataulu=late"),
    ("… search", f"{LIST}?q=kaavoitusta"),
    ("… search, two words", f"{LIST}?q=energian+suolla"),
    (
        "… every filter",
        f"{LIST}?q=energia&alue=county-3&kunta=kunta-50&teema=teema-1&vaihe=implementation"
        "&tila=paused&aikataulu=on_time&jarjestys=title",
    ),
    ("home", "/"),
    ("regions", "/alueet/"),
    ("a county", "/alueet/county-3/"),
    ("municipalities", "/kunnat/"),
    ("a municipality", "/kunnat/kunta-9/"),
)


def measure(path: str) -> tuple[float, int]:
    """CPU milliseconds and queries of one page. Raises when the page fails."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    best = float("inf")
    for _run in range(RUNS):
        start = time.process_time()
        response = client.get(path)
        best = min(best, time.process_time() - start)
        if response.status_code != 200:
            raise RuntimeError(f"{path} answers {response.status_code}")
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return best * 1000, len(queries)


def results(size: int, folder: Path) -> list[tuple[float, int]]:
    """Every page measured on a fresh database of a size."""
    from django.core.management import call_command
    from django.db import connection

    from tests.bench.filled import fill

    connection.close()
    connection.settings_dict["NAME"] = str(folder / f"{size}.sqlite3")
    call_command("migrate", verbosity=0, skip_checks=True)
    call_command("createcachetable", verbosity=0)
    fill(projects=size)
    return [measure(path) for _name, path in PAGES]


def main() -> None:
    """Measure and print."""
    catalogues.compile_all()
    django.setup()
    settings.LOGGING_CONFIG = None
    with tempfile.TemporaryDirectory() as folder:
        small, large = (results(size, Path(folder)) for size in SIZES)
    print(f"{'page':24} {SIZES[0]:>8} {SIZES[1]:>8}  ratio  queries")  # noqa: T201
    for (name, _path), (before, queries), (after, more) in zip(PAGES, small, large, strict=True):
        counted = f"{queries}" if queries == more else f"{queries} → {more}"
        row = f"{name:24} {before:8.1f} {after:8.1f}  {after / before:5.1f}  {counted:>7}"
        print(row)  # noqa: T201


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    sys.exit(main())
