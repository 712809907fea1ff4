"""Measured values of the demo's goals, written on the days they were measured."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from climateportal.models import User
from projects import actions
from projects.demo.plan import Measured, Row
from projects.demo.world import World
from projects.models import Goal, GoalBaseline


def follow(world: World, goal: Goal, rows: Iterable[Row], *, at: datetime, by: User | None) -> None:
    """Follow municipalities by themselves: rows of `municipality` (slug) and what is its own."""
    for entry in rows:
        row = dict(entry)
        place = world.municipality(row.pop("municipality"))
        world.add(GoalBaseline, at=at, by=by, goal=goal, municipality=place, **row)


def measure(world: World, goal: Goal, entry: Measured, by: User | None) -> None:
    """Record a value as it was known on its day, but not before its project was there."""
    place = world.municipality(entry.municipality) if entry.municipality else None
    created = goal.history.earliest().history_date
    actions.record_measurement(
        goal=goal,
        value=Decimal(entry.value),
        by=by,
        on=entry.on,
        municipality=place,
        note=entry.note,
        at=max(world.moment(entry.on), created),
    )
