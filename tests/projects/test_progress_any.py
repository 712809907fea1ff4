"""What holds of progress whatever the figures: seeking counterexamples."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from projects.enums import GoalState
from projects.progress import (
    REACHED,
    Direction,
    Pace,
    Reading,
    Standing,
    Track,
    assess_goal,
    progress_of,
    shown_percent,
)

DAY_ONE = date(2020, 1, 1)
DAYS = st.integers(-400, 4000).map(lambda n: DAY_ONE + timedelta(days=n))
VALUES = st.decimals("-99999999999", "99999999999", places=3)
MAYBE = st.one_of(st.none(), VALUES)
TRACKS = st.builds(Track, MAYBE, st.one_of(st.none(), DAYS), MAYBE, st.one_of(st.none(), DAYS))
PATHS = st.tuples(VALUES, DAYS, VALUES, st.integers(1, 9000)).map(
    lambda drawn: Track(*drawn[:3], drawn[1] + timedelta(days=drawn[3]))
)
READINGS = st.lists(
    st.builds(Reading, DAYS, VALUES, st.one_of(st.none(), st.integers(1, 4))), max_size=8
)
quick = settings(max_examples=150, deadline=None, derandomize=True)


def alone(rows: list[Reading]) -> list[Reading]:
    return [replace(row, place=None) for row in rows]


def one_a_day(rows: list[Reading]) -> list[Reading]:
    return list({(row.place, row.day): row for row in rows}.values())


@quick
@given(track=TRACKS, rows=READINGS, on=DAYS)
def test_what_is_said_agrees_with_itself(track: Track, rows: list[Reading], on: date) -> None:
    found = progress_of(track, alone(rows), on)
    assert (found.last is None) == (found.standing == Standing.NOT_MEASURED)
    assert all(row.day <= on for row in found.readings)
    if found.last is None:
        assert (found.percent, found.pace, found.since_base) == (None, None, None)
        return
    value = found.last.value
    assert (found.standing == Standing.UNKNOWN) == (track.base is None or track.target is None)
    assert (found.standing == Standing.REACHED) == (
        found.standing != Standing.UNKNOWN and value == track.target
    )
    if found.percent is not None:
        assert (found.percent == 0) == (found.standing == Standing.AT_BASE)
        assert (found.percent >= 100) == (found.standing in REACHED)
        assert (found.percent < 0) == (found.standing == Standing.AWAY)
        assert (found.percent < 0) == (found.since_base == Direction.AWAY)
    if found.previous is not None:
        assert found.previous.day < found.last.day
    assert (found.pace is None) == (found.expected is None or track.is_level)


@quick
@given(track=TRACKS, rows=READINGS, on=DAYS, later=READINGS)
def test_nothing_after_the_day_changes_anything(
    track: Track, rows: list[Reading], on: date, later: list[Reading]
) -> None:
    future = [replace(row, day=on + timedelta(days=1 + n)) for n, row in enumerate(later)]
    assert progress_of(track, [*rows, *future], on) == progress_of(track, rows, on)


@quick
@given(track=TRACKS, rows=READINGS, on=DAYS, data=st.data())
def test_the_order_of_entry_changes_nothing(
    track: Track, rows: list[Reading], on: date, data: st.DataObject
) -> None:
    rows = one_a_day(alone(rows))
    mixed = data.draw(st.permutations(rows))
    assert progress_of(track, mixed, on) == progress_of(track, rows, on)


@quick
@given(track=TRACKS, rows=READINGS, on=DAYS)
def test_a_falling_goal_is_a_rising_one_in_the_mirror(
    track: Track, rows: list[Reading], on: date
) -> None:
    def minus(value: Decimal | None) -> Decimal | None:
        return None if value is None else -value

    mirrored = replace(track, base=minus(track.base), target=minus(track.target))
    rows = alone(rows)
    seen = progress_of(track, rows, on)
    mirror = progress_of(mirrored, [replace(row, value=-row.value) for row in rows], on)
    for name in ("standing", "percent", "since_base", "since_previous", "pace", "is_past_due"):
        assert getattr(seen, name) == getattr(mirror, name), name
    assert seen.expected == minus(mirror.expected)


@quick
@given(track=TRACKS, rows=READINGS, on=DAYS, shift=VALUES)
def test_only_distances_matter(track: Track, rows: list[Reading], on: date, shift: Decimal) -> None:
    """Degrees of Celsius and Kelvin tell the same story."""

    def moved(value: Decimal | None) -> Decimal | None:
        return None if value is None else value + shift

    rows = alone(rows)
    other = replace(track, base=moved(track.base), target=moved(track.target))
    seen = progress_of(track, rows, on)
    there = progress_of(other, [replace(row, value=row.value + shift) for row in rows], on)
    for name in ("standing", "percent", "since_base", "since_previous"):
        assert getattr(seen, name) == getattr(there, name), name


@quick
@given(track=PATHS, day=DAYS, next_day=DAYS)
def test_the_path_is_straight_and_stays_between_its_ends(
    track: Track, day: date, next_day: date
) -> None:
    assert track.expected(track.base_day) == track.base
    assert track.expected(track.target_day) == track.target
    low, high = sorted((track.base, track.target))
    assert low <= track.expected(day) <= high
    first, second = sorted((day, next_day))
    steps = (track.expected(second) - track.expected(first)) * (track.target - track.base)
    assert steps >= 0, "never backwards"


@quick
@given(track=PATHS.filter(lambda track: not track.is_level), data=st.data())
def test_better_than_a_value_on_the_path_is_never_behind(track: Track, data: st.DataObject) -> None:
    span = (track.target_day - track.base_day).days
    day = track.base_day + timedelta(days=data.draw(st.integers(0, span)))
    lead = data.draw(st.decimals("-3", "3", places=2))
    value = track.expected(day) + (track.target - track.base) * lead / 100
    found = progress_of(track, [Reading(day, value)], day)
    if abs(lead) < Decimal("0.99"):
        assert found.pace == Pace.ON_PATH
    if abs(lead) > Decimal("1.01"):
        assert found.pace == (Pace.AHEAD if lead > 0 else Pace.BEHIND)


@quick
@given(percent=st.decimals("-1000000", "1000000", places=6), other=st.decimals("-300", "300"))
def test_a_shown_percentage_is_near_and_in_order(percent: Decimal, other: Decimal) -> None:
    shown = shown_percent(percent)
    assert abs(shown - percent) < 1
    assert (shown == 0) == (percent == 0)
    assert (shown >= 100) == (percent >= 100)
    assert (shown == 100) == (percent == 100)
    assert (shown <= shown_percent(other)) or percent > other


@quick
@given(
    track=TRACKS,
    own=st.dictionaries(st.integers(1, 4), TRACKS, max_size=3),
    rows=READINGS,
    on=DAYS,
    state=st.sampled_from(GoalState.values),
)
def test_a_goal_is_its_series_and_nothing_of_one_leaks_into_another(
    track: Track, own: dict[int, Track], rows: list[Reading], on: date, state: str
) -> None:
    found = assess_goal(state=state, track=track, own_tracks=own, readings=rows, on=on)
    places = [row.place for row in found.series]
    assert len(places) == len(set(places))
    measured = {row.place for row in rows if row.day <= on}
    assert measured | set(own) == set(places) or places == [None]
    for series in found.series:
        mine = [row for row in rows if row.place == series.place]
        assert series.progress == progress_of(series.progress.track, mine, on)
    assert set(found.clash) <= set(found.judged) <= set(found.series)
    if found.clash:
        assert (state == GoalState.MET) == (not found.is_reached)


@quick
@given(rows=READINGS, on=DAYS, gone=st.integers(1, 4))
def test_removing_a_municipality_leaves_the_others_as_they_were(
    rows: list[Reading], on: date, gone: int
) -> None:
    assume(any(row.place == gone for row in rows))
    track, own = Track(Decimal(1), None, Decimal(9), None), {n: Track() for n in range(1, 5)}

    def read(some: list[Reading]) -> dict:
        found = assess_goal(state="open", track=track, own_tracks=own, readings=some, on=on)
        return {row.place: row.progress for row in found.series if row.place != gone}

    assert read(rows) == read([row for row in rows if row.place != gone])
