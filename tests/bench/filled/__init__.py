"""A database filled to a size, for benchmarks: made-up projects over made-up municipalities."""

import random

from tests.bench.filled.history import remember
from tests.bench.filled.meetings import add_meetings
from tests.bench.filled.places import add_places
from tests.bench.filled.projects import add_projects
from tests.bench.filled.rest import add_rest

__all__ = ["fill"]


def fill(*, projects: int, municipalities: int = 308, tasks_each: int = 10, seed: int = 1) -> None:
    """Fill an empty database. The same arguments make the same rows, dated relative to today."""
    rng = random.Random(seed)  # noqa: S311
    places = add_places(municipalities, rng)
    add_projects(projects, places, rng, tasks_each)
    add_rest(places, rng)
    add_meetings(projects // 10, rng)
    remember(rng)
