"""CPU time, queries and bytes of pages on one filled database, through every middleware.

Other work on the machine makes the clock useless, CPU time much less so. What PostgreSQL used is
counted in, when its processes run on the same machine.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.test import Client

from tests.bench.pages import Page


@dataclass(frozen=True)
class Figures:
    """Milliseconds of CPU of a page that is not kept, and of the first one after a change."""

    uncached: float
    after_change: float
    queries: int
    most_queries: int
    bytes: int


def cpu_clock() -> Callable[[], float]:
    """A clock of the CPU seconds that this thread and its database connection have used."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return time.thread_time
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        used = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
        cursor.execute("SET max_parallel_workers_per_gather = 0")  # all work in this process
    if not used.exists():
        return time.perf_counter
    return lambda: time.thread_time() + int(used.read_text().split()[0]) / 1e9


@contextmanager
def one_connection() -> Iterator[None]:
    """Keep the connection over requests, as servers do within CONN_MAX_AGE."""
    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections

    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def measure(page: Page, client: Client, clock: Callable[[], float], runs: int) -> Figures:
    """The best of some runs. Raises when the page fails."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from climateportal import memory
    from tests.test_budgets import weight

    def timed(*, forget: bool) -> float:
        if forget:
            memory._latest = None
        start = clock()
        response = client.get(page.path)
        if response.status_code != 200:
            raise RuntimeError(f"{page.path} answers {response.status_code}")
        return (clock() - start) * 1000

    after_change = min(timed(forget=True) for _ in range(runs))
    uncached = min(timed(forget=False) for _ in range(runs))
    with CaptureQueriesContext(connection) as few:
        size = weight(client, page.path)
    memory._latest = None
    with CaptureQueriesContext(connection) as most:
        client.get(page.path)
    return Figures(uncached, after_change, len(few), len(most), size)
