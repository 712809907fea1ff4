"""Goals with what their figures say on a day: on project, municipality and region pages and packs.

Everything here works on rows that were read already, from today's tables or from history.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from municipalities.alphabet import alphabetical
from municipalities.models import Municipality
from projects.models import Goal, GoalBaseline, Measurement
from projects.progress import REACHED, Progress, Series, assess_goal


@dataclass(frozen=True)
class GoalSeries:
    """The progress of the whole (`place` is None) or of one municipality."""

    place: Municipality | None
    progress: Progress


@dataclass(frozen=True)
class GoalRow:
    """A goal and its figures: the whole first, then municipalities by name. May have none.

    `clash` are the series that contradict what the coordinator says of the goal.
    """

    goal: Goal
    series: tuple[GoalSeries, ...]
    clash: tuple[GoalSeries, ...]
    is_reached: bool  # by the figures, everywhere

    def of_place(self, municipality: Municipality) -> "GoalRow":
        """The goal with the figures of one municipality, as if they were the whole."""

        def mine(rows: Iterable[GoalSeries]) -> tuple[GoalSeries, ...]:
            return tuple(
                GoalSeries(None, row.progress)
                for row in rows
                if row.place and row.place.pk == municipality.pk
            )

        series = mine(self.series)
        reached = bool(series) and all(row.progress.standing in REACHED for row in series)
        return GoalRow(self.goal, series, mine(self.clash), reached)


def read_places(
    measurements: Iterable[Measurement],
    baselines: Iterable[GoalBaseline],
    known: Iterable[Municipality] = (),
) -> dict[int, Municipality]:
    """The municipalities that figures are of, by key. A query only when some are not `known`."""
    found = {place.pk: place for place in known}
    wanted = {row.municipality_id for row in (*measurements, *baselines)} - {None}
    missing = wanted - found.keys()
    return found | (Municipality.objects.in_bulk(missing) if missing else {})


def goal_rows(
    goals: Iterable[Goal],
    measurements: Iterable[Measurement],
    baselines: Iterable[GoalBaseline],
    places: Mapping[int, Municipality],
    on: date,
) -> tuple[GoalRow, ...]:
    """The goals in the given order, each with its figures on a day.

    `measurements` and `baselines` may hold those of other goals too. `places` has the municipality
    of each of them (`read_places`).
    """
    readings: dict[int, list] = {}
    for row in measurements:
        readings.setdefault(row.goal_id, []).append(row.reading)
    own: dict[int, dict] = {}
    for row in baselines:
        own.setdefault(row.goal_id, {})[row.municipality_id] = row.track
    found = []
    for goal in goals:
        assessment = assess_goal(
            state=goal.state,
            track=goal.track,
            own_tracks=own.get(goal.pk, {}),
            readings=readings.get(goal.pk, ()),
            on=on,
        )
        series = sorted(
            (_named(row, places) for row in assessment.series),
            key=lambda row: (row.place is not None, row.place and _by_name(row.place)),
        )
        clash = tuple(_named(row, places) for row in assessment.clash)
        found.append(GoalRow(goal, tuple(series), clash, assessment.is_reached))
    return tuple(found)


def _named(series: Series, places: Mapping[int, Municipality]) -> GoalSeries:
    return GoalSeries(places[series.place] if series.place else None, series.progress)


def _by_name(place: Municipality) -> tuple[str, int]:
    return alphabetical(place.name), place.pk
