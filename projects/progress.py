"""How far an indicator is from a starting value to a target. Pure: values in, values out.

A track is the straight way from (base day, base) to (target day, target). A reading is one dated
measurement, of the whole or of one municipality. What is not known stays unknown: without a base
or a target there is no percentage, and a reading from before the base day does not count.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_UP, Decimal
from enum import StrEnum

from projects.enums import GoalState

HUNDRED = Decimal(100)
TENTH = Decimal("0.1")
NEAR = Decimal(1)  # percentage points of the whole way that still count as being on the path


class Direction(StrEnum):
    """Which way the value has moved. AWAY is regress."""

    TOWARDS = "towards"
    AWAY = "away"
    UNCHANGED = "unchanged"


class Pace(StrEnum):
    """Where the last reading stands beside the straight path on its own day."""

    AHEAD = "ahead"
    ON_PATH = "on_path"
    BEHIND = "behind"


class Standing(StrEnum):
    """What the figures say of the target."""

    NOT_MEASURED = "not_measured"
    UNKNOWN = "unknown"  # measured, but the base or the target is not known
    AWAY = "away"  # worse than at the start; for a level to be kept: not on it
    AT_BASE = "at_base"
    ON_THE_WAY = "on_the_way"
    REACHED = "reached"
    BEYOND = "beyond"  # over 100 %


REACHED = (Standing.REACHED, Standing.BEYOND)
SHORT = (Standing.AWAY, Standing.AT_BASE, Standing.ON_THE_WAY)


@dataclass(frozen=True, slots=True)
class Reading:
    """One measured value. `place` is a municipality's key, None for the whole."""

    day: date
    value: Decimal
    place: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """From where to where, and from when to when. Any of the four may be unknown."""

    base: Decimal | None = None
    base_day: date | None = None
    target: Decimal | None = None
    target_day: date | None = None

    def or_else(self, other: "Track") -> "Track":
        """This track, with what it does not know taken from another one."""

        return Track(
            other.base if self.base is None else self.base,
            self.base_day or other.base_day,
            other.target if self.target is None else self.target,
            self.target_day or other.target_day,
        )

    @property
    def is_known(self) -> bool:
        """Whether a percentage or a deviation can be told."""
        return self.base is not None and self.target is not None

    @property
    def is_level(self) -> bool:
        """Whether the target is to keep the starting value."""
        return self.is_known and self.base == self.target

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known."""
        return self == Track()

    @property
    def has_path(self) -> bool:
        """Whether there is a straight path in time."""
        return (
            self.is_known
            and self.base_day is not None
            and self.target_day is not None
            and self.base_day < self.target_day
        )

    def percent(self, value: Decimal) -> Decimal | None:
        """How much of the way has been gone: 0 at the base, 100 at the target, exact.

        Over 100 beyond the target, negative on the wrong side of the base. None when the base or
        the target is unknown or they are the same.
        """
        if not self.is_known or self.is_level:
            return None
        return (value - self.base) / (self.target - self.base) * HUNDRED + 0  # no negative zero

    def expected(self, day: date) -> Decimal | None:
        """The value on the straight path: the base before it begins, the target after its end."""
        if not self.has_path:
            return None
        whole = (self.target_day - self.base_day).days
        gone = min(max((day - self.base_day).days, 0), whole)
        return self.base + (self.target - self.base) * gone / whole

    def gain(self, before: Decimal, after: Decimal) -> Direction | None:
        """Which way a change of value leads; None when that cannot be known."""
        if not self.is_known:
            return None
        if before == after:
            return Direction.UNCHANGED
        if self.is_level:
            nearer = abs(before - self.target) - abs(after - self.target)
            # the same distance on the other side is no better and no worse
            if not nearer:
                return Direction.UNCHANGED
        else:
            nearer = (after - before) * (self.target - self.base)
        return Direction.TOWARDS if nearer > 0 else Direction.AWAY


@dataclass(frozen=True, slots=True)
class Progress:
    """One series of readings on a day. `readings` are all up to that day, oldest first."""

    on: date
    track: Track
    readings: tuple[Reading, ...]
    standing: Standing
    last: Reading | None = None
    previous: Reading | None = None
    percent: Decimal | None = None  # exact; `shown_percent` rounds it
    since_base: Direction | None = None
    since_previous: Direction | None = None
    expected: Decimal | None = None  # on the straight path, on the day of the last reading
    pace: Pace | None = None

    @property
    def change(self) -> Decimal | None:
        """How much the value has changed since the previous reading, whichever way is better."""
        if self.last is None or self.previous is None:
            return None
        return self.last.value - self.previous.value

    @property
    def is_regress(self) -> bool:
        """Whether the value is worse than at the start or than at the previous reading."""
        return Direction.AWAY in (self.since_base, self.since_previous)

    @property
    def is_past_due(self) -> bool:
        """Whether the target day has passed and the target is not known to be reached."""
        due = self.track.target_day
        return due is not None and due < self.on and self.standing not in REACHED


def progress_of(track: Track, readings: Iterable[Reading], on: date) -> Progress:
    """How far one series is on a day. Later readings are ignored, those before the base day too,
    though they are kept to be shown. Of several readings on one day the one given last holds.
    """
    by_day = {row.day: row for row in readings if row.day <= on}
    known = tuple(by_day[day] for day in sorted(by_day))
    counted = [row for row in known if track.base_day is None or row.day >= track.base_day]
    if not counted:
        return Progress(on, track, known, Standing.NOT_MEASURED)
    last = counted[-1]
    previous = counted[-2] if len(counted) > 1 else None
    expected = track.expected(last.day)
    return Progress(
        on=on,
        track=track,
        readings=known,
        standing=_standing(track, last.value),
        last=last,
        previous=previous,
        percent=track.percent(last.value),
        since_base=track.gain(track.base, last.value) if track.is_known else None,
        since_previous=track.gain(previous.value, last.value) if previous else None,
        expected=expected,
        pace=_pace(track, last.value, expected),
    )


def _standing(track: Track, value: Decimal) -> Standing:
    if not track.is_known:
        return Standing.UNKNOWN
    if value == track.target:
        return Standing.REACHED
    if track.is_level:
        return Standing.AWAY
    if value == track.base:
        return Standing.AT_BASE
    if (value - track.base) * (track.target - track.base) < 0:
        return Standing.AWAY
    between = min(track.base, track.target) < value < max(track.base, track.target)
    return Standing.ON_THE_WAY if between else Standing.BEYOND


def _pace(track: Track, value: Decimal, expected: Decimal | None) -> Pace | None:
    if expected is None or track.is_level:
        return None
    lead = (value - expected) / (track.target - track.base) * HUNDRED
    if abs(lead) <= NEAR:
        return Pace.ON_PATH
    return Pace.AHEAD if lead > 0 else Pace.BEHIND


def shown_percent(percent: Decimal) -> Decimal:
    """A percentage for people: whole, cut towards zero, and 0 or 100 only when it is exactly that.

    41.9 → 41, 99.97 → 99.9, 100.02 → 100.1, 0.02 → 0.1, −12.8 → −12.
    """
    whole = percent.to_integral_value(ROUND_DOWN)
    if whole == percent:
        return whole + 0  # no negative zero
    if whole in (0, HUNDRED):
        return percent.quantize(TENTH, ROUND_UP)
    return percent.quantize(TENTH, ROUND_DOWN) if whole == HUNDRED - 1 else whole


@dataclass(frozen=True, slots=True)
class Series:
    """The progress of the whole (`place` is None) or of one municipality."""

    place: int | None
    progress: Progress


@dataclass(frozen=True, slots=True)
class GoalAssessment:
    """A goal's figures on a day. `clash` are the series that contradict the stated state."""

    series: tuple[Series, ...]
    state: str
    clash: tuple[Series, ...]

    @property
    def judged(self) -> tuple[Series, ...]:
        """What decides whether the goal is reached: the whole when followed, else each place."""
        whole = tuple(row for row in self.series if row.place is None)
        return whole or self.series

    @property
    def is_reached(self) -> bool:
        """Whether the figures say that the target has been reached everywhere."""
        return _all_reached(self.judged)

    def having(self, *standings: Standing) -> tuple[Series, ...]:
        """The series with one of the standings."""
        return tuple(row for row in self.series if row.progress.standing in standings)


def assess_goal(
    *,
    state: str,
    track: Track,
    own_tracks: Mapping[int, Track],
    readings: Iterable[Reading],
    on: date,
) -> GoalAssessment:
    """What the figures of a goal say on a day, the whole first, then each municipality.

    `track` is the goal's own. A municipality in `own_tracks` is followed by itself: what its track
    does not know is the goal's. One with readings but without a track has no way to follow, only
    values. Without any municipality the goal's track is that of the whole.
    """
    by_place: dict[int | None, list[Reading]] = {place: [] for place in own_tracks}
    for row in readings:
        if row.day <= on:
            by_place.setdefault(row.place, []).append(row)
    if not by_place and not track.is_empty:
        by_place[None] = []
    places = sorted(by_place, key=lambda place: (place is not None, place or 0))
    series = tuple(
        Series(place, progress_of(_track_of(place, track, own_tracks), by_place[place], on))
        for place in places
    )
    found = GoalAssessment(series, state, ())
    return GoalAssessment(series, state, _clash(found))


def _track_of(place: int | None, track: Track, own_tracks: Mapping[int, Track]) -> Track:
    if place is None:
        return track
    return own_tracks[place].or_else(track) if place in own_tracks else Track()


def _all_reached(series: tuple[Series, ...]) -> bool:
    return bool(series) and all(row.progress.standing in REACHED for row in series)


def _clash(found: GoalAssessment) -> tuple[Series, ...]:
    """Said to be met though some figure falls short, or not met though every figure is there."""
    if found.state == GoalState.MET:
        return tuple(row for row in found.judged if row.progress.standing in SHORT)
    if found.state == GoalState.NOT_MET and found.is_reached:
        return found.judged
    return ()
