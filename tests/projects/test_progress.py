"""How far an indicator is: percentages, directions, the straight path, and what stays unknown."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from projects.enums import GoalState
from projects.progress import (
    Direction,
    GoalAssessment,
    Pace,
    Progress,
    Reading,
    Standing,
    Track,
    assess_goal,
    progress_of,
    shown_percent,
)

START = date(2024, 1, 1)
END = START + timedelta(days=1000)
TODAY = START + timedelta(days=500)
RISING = Track(Decimal(0), START, Decimal(200), END)
FALLING = Track(Decimal(80), START, Decimal(40), END)


def day(number: int) -> date:
    return START + timedelta(days=number)


def readings(*values: tuple[int, float], place: int | None = None) -> list[Reading]:
    return [Reading(day(number), Decimal(str(value)), place) for number, value in values]


def at(track: Track, *values: tuple[int, float], on: date = TODAY) -> Progress:
    return progress_of(track, readings(*values), on)


@pytest.mark.parametrize(
    ("track", "value", "percent", "standing", "since_base"),
    [
        (RISING, -50, -25, Standing.AWAY, Direction.AWAY),
        (RISING, 0, 0, Standing.AT_BASE, Direction.UNCHANGED),
        (RISING, 0.01, "0.005", Standing.ON_THE_WAY, Direction.TOWARDS),
        (RISING, 84, 42, Standing.ON_THE_WAY, Direction.TOWARDS),
        (RISING, 200, 100, Standing.REACHED, Direction.TOWARDS),
        (RISING, 260, 130, Standing.BEYOND, Direction.TOWARDS),
        (FALLING, 90, -25, Standing.AWAY, Direction.AWAY),
        (FALLING, 80, 0, Standing.AT_BASE, Direction.UNCHANGED),
        (FALLING, 60, 50, Standing.ON_THE_WAY, Direction.TOWARDS),
        (FALLING, 40, 100, Standing.REACHED, Direction.TOWARDS),
        (FALLING, 30, 125, Standing.BEYOND, Direction.TOWARDS),
        (FALLING, -40, 300, Standing.BEYOND, Direction.TOWARDS),
    ],
)
def test_a_value_on_its_way(
    track: Track, value: float, percent: object, standing: Standing, since_base: Direction
) -> None:
    found = at(track, (100, value))
    assert found.percent == Decimal(percent)
    assert (found.standing, found.since_base) == (standing, since_base)
    assert (found.last.day, found.previous, found.since_previous) == (day(100), None, None)


@pytest.mark.parametrize(
    ("track", "values", "direction", "change"),
    [
        (RISING, (20, 30), Direction.TOWARDS, 10),
        (RISING, (30, 20), Direction.AWAY, -10),
        (RISING, (30, 30), Direction.UNCHANGED, 0),
        (RISING, (260, 250), Direction.AWAY, -10),
        (RISING, (-9, -8), Direction.TOWARDS, 1),
        (FALLING, (70, 60), Direction.TOWARDS, -10),
        (FALLING, (60, 70), Direction.AWAY, 10),
        (FALLING, (30, 35), Direction.AWAY, 5),
    ],
)
def test_the_way_since_the_previous_measurement(
    track: Track, values: tuple[int, int], direction: Direction, change: int
) -> None:
    found = at(track, (100, values[0]), (200, values[1]))
    assert found.since_previous == direction
    assert found.change == change
    assert found.previous.day == day(100)


def test_zero_has_no_sign() -> None:
    assert str(at(FALLING, (100, 80)).percent) == "0"


def test_going_back_is_regress_though_some_of_the_way_is_behind() -> None:
    found = at(RISING, (100, 120), (200, 90))
    assert (found.standing, found.since_base) == (Standing.ON_THE_WAY, Direction.TOWARDS)
    assert found.is_regress
    assert not at(RISING, (100, 90), (200, 120)).is_regress
    assert at(RISING, (100, -1)).is_regress


# --- a level to be kept --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("values", "standing", "since_base", "since_previous"),
    [
        ([5], Standing.REACHED, Direction.UNCHANGED, None),
        ([4], Standing.AWAY, Direction.AWAY, None),
        ([6], Standing.AWAY, Direction.AWAY, None),
        ([6, 5], Standing.REACHED, Direction.UNCHANGED, Direction.TOWARDS),
        ([7, 4], Standing.AWAY, Direction.AWAY, Direction.TOWARDS),
        ([4, 7], Standing.AWAY, Direction.AWAY, Direction.AWAY),
        ([4, 6], Standing.AWAY, Direction.AWAY, Direction.UNCHANGED),
    ],
)
def test_a_target_that_is_the_starting_value_has_no_percentage(
    values: list[int],
    standing: Standing,
    since_base: Direction,
    since_previous: Direction | None,
) -> None:
    level = Track(Decimal(5), START, Decimal(5), END)
    found = at(level, *((100 + n, value) for n, value in enumerate(values)))
    assert (found.percent, found.pace) == (None, None)
    assert (found.standing, found.since_base) == (standing, since_base)
    assert found.since_previous == since_previous


# --- what is not known ---------------------------------------------------------------------------
@pytest.mark.parametrize("missing", ["base", "target"])
def test_without_base_or_target_there_is_no_percentage_and_no_direction(missing: str) -> None:
    found = at(replace(RISING, **{missing: None}), (100, 50), (200, 70))
    assert found.standing == Standing.UNKNOWN
    assert (found.percent, found.since_base, found.since_previous) == (None, None, None)
    assert (found.expected, found.pace) == (None, None)
    assert found.change == 20
    assert not found.is_regress


def test_zero_is_a_value_and_none_is_not() -> None:
    """Rule 3: a base or a reading of zero is known."""
    assert at(replace(RISING, base=Decimal(0)), (100, 0)).standing == Standing.AT_BASE
    assert at(replace(FALLING, target=Decimal(0)), (100, 0)).standing == Standing.REACHED


@pytest.mark.parametrize("missing", ["base_day", "target_day"])
def test_without_a_day_there_is_a_percentage_but_no_path(missing: str) -> None:
    found = at(replace(RISING, **{missing: None}), (100, 50))
    assert found.percent == 25
    assert (found.expected, found.pace) == (None, None)


@pytest.mark.parametrize("end", [START, START - timedelta(days=1)])
def test_a_target_day_that_is_not_after_the_start_is_no_path(end: date) -> None:
    found = at(replace(RISING, target_day=end), (100, 50))
    assert (found.expected, found.pace, found.percent) == (None, None, 25)


def test_not_measured() -> None:
    found = at(RISING)
    assert found.standing == Standing.NOT_MEASURED
    assert (found.last, found.percent, found.change, found.readings) == (None, None, None, ())
    assert not found.is_regress


# --- time ----------------------------------------------------------------------------------------
def test_measurements_of_the_future_are_ignored() -> None:
    assert at(RISING, (100, 50), (501, 190)).last.value == 50
    assert at(RISING, (500, 190)).last.value == 190, "of the day itself they count"
    assert at(RISING, (501, 190)).standing == Standing.NOT_MEASURED


def test_measurements_before_the_start_are_shown_but_do_not_count() -> None:
    found = at(RISING, (-10, 90))
    assert found.standing == Standing.NOT_MEASURED
    assert [row.value for row in found.readings] == [90]
    found = at(RISING, (-10, 90), (0, 0))
    assert (found.last.value, found.previous) == (0, None)
    assert at(replace(RISING, base_day=None), (-10, 90)).percent == 45


def test_the_order_of_entry_does_not_matter() -> None:
    found = at(RISING, (300, 80), (100, 20), (200, 50))
    assert [row.value for row in found.readings] == [20, 50, 80]
    assert (found.last.value, found.previous.value) == (80, 50)


def test_of_two_readings_on_a_day_the_later_entry_holds() -> None:
    found = at(RISING, (100, 10), (200, 30), (200, 40))
    assert (found.last.value, found.previous.value) == (40, 10)


@pytest.mark.parametrize(
    ("number", "value", "expected", "pace"),
    [
        (250, 50, 50, Pace.ON_PATH),
        (250, 52, 50, Pace.ON_PATH),
        (250, 48, 50, Pace.ON_PATH),
        (250, 53, 50, Pace.AHEAD),
        (250, 47, 50, Pace.BEHIND),
        (0, 0, 0, Pace.ON_PATH),
        (1000, 200, 200, Pace.ON_PATH),
        (1200, 150, 200, Pace.BEHIND),
        (1200, 230, 200, Pace.AHEAD),
        (100, -30, 20, Pace.BEHIND),
    ],
)
def test_the_straight_path_is_read_on_the_day_of_measuring(
    number: int, value: int, expected: int, pace: Pace
) -> None:
    """Comparing an old value with today's place on the path would call everybody late."""
    found = at(RISING, (number, value), on=day(2000))
    assert (found.expected, found.pace) == (expected, pace)


def test_on_a_falling_path_less_is_ahead() -> None:
    assert at(FALLING, (500, 50)).pace == Pace.AHEAD
    assert at(FALLING, (500, 70)).pace == Pace.BEHIND
    assert at(FALLING, (500, 60)).expected == 60


@pytest.mark.parametrize(
    ("value", "on", "past"),
    [
        (150, END, False),
        (150, END + timedelta(days=1), True),
        (200, END + timedelta(days=1), False),
        (210, END + timedelta(days=1), False),
    ],
)
def test_the_target_day_itself_is_still_in_time(value: int, on: date, past: bool) -> None:
    assert at(RISING, (900, value), on=on).is_past_due is past


def test_a_target_day_passes_for_the_unmeasured_too() -> None:
    assert at(RISING, on=END + timedelta(days=1)).is_past_due
    assert not at(replace(RISING, target_day=None), on=END + timedelta(days=9)).is_past_due


@pytest.mark.parametrize(
    ("percent", "shown"),
    [
        ("41.9", "41"), ("100", "100"), ("0", "0"), ("-0", "0"), ("130", "130"), ("200.9", "200"),
        ("99", "99"), ("99.5", "99.5"), ("99.97", "99.9"), ("99.04", "99.0"),
        ("100.02", "100.1"), ("100.95", "101.0"), ("0.02", "0.1"), ("0.95", "1.0"),
        ("-0.4", "-0.4"), ("-0.01", "-0.1"), ("-12.8", "-12"),
    ],
)  # fmt: skip
def test_a_shown_percentage_never_says_done_or_nothing_when_it_is_not_so(
    percent: str, shown: str
) -> None:
    assert str(shown_percent(Decimal(percent))) == shown


# --- a whole goal --------------------------------------------------------------------------------
def goal(
    *rows: Reading,
    track: Track = RISING,
    own: dict[int, Track] | None = None,
    state: str = GoalState.OPEN,
    on: date = TODAY,
) -> GoalAssessment:
    return assess_goal(state=state, track=track, own_tracks=own or {}, readings=rows, on=on)


def test_a_goal_without_an_indicator_has_no_figures() -> None:
    assert goal(track=Track()).series == ()
    assert not goal(track=Track()).is_reached


def test_an_indicator_nobody_has_measured_is_told_as_such() -> None:
    (series,) = goal().series
    assert (series.place, series.progress.standing) == (None, Standing.NOT_MEASURED)


def test_each_municipality_is_followed_by_itself() -> None:
    rows = [
        *readings((100, 50), (200, 60), place=7),
        *readings((100, 100), (200, 90), place=3),
    ]
    found = goal(*rows, own={3: Track(), 7: Track(base=Decimal(50), target=Decimal(70))})
    assert [row.place for row in found.series] == [3, 7], "no whole without its own figures"
    third, seventh = (row.progress for row in found.series)
    assert (third.percent, third.since_previous) == (45, Direction.AWAY)
    assert (seventh.percent, seventh.since_previous) == (50, Direction.TOWARDS)
    assert seventh.track == Track(Decimal(50), START, Decimal(70), END)


def test_several_municipalities_on_one_day_do_not_mix() -> None:
    rows = [Reading(day(9), Decimal(number), number) for number in (1, 2, 3)]
    found = goal(*rows, own={number: Track() for number in (1, 2, 3)})
    assert [row.progress.last.value for row in found.series] == [1, 2, 3]


def test_the_whole_comes_first_and_a_municipality_without_a_track_has_only_values() -> None:
    found = goal(*readings((9, 40), place=5), *readings((9, 100)))
    assert [(row.place, row.progress.percent) for row in found.series] == [(None, 50), (5, None)]
    assert found.series[1].progress.standing == Standing.UNKNOWN


def test_a_followed_municipality_without_measurements_is_not_left_out() -> None:
    found = goal(*readings((9, 40), place=5), own={5: Track(), 6: Track()})
    assert [row.progress.standing for row in found.series] == [
        Standing.ON_THE_WAY, Standing.NOT_MEASURED,
    ]  # fmt: skip


def test_a_series_begins_with_its_first_measurement() -> None:
    """On a day before it, a municipality without a track is not there at all."""
    assert [row.place for row in goal(*readings((501, 5), place=5)).series] == [None]
    assert [row.place for row in goal(*readings((500, 5), place=5)).series] == [5]


@pytest.mark.parametrize(
    ("state", "values", "clash"),
    [
        (GoalState.MET, [199], [None]),
        (GoalState.MET, [0], [None]),
        (GoalState.MET, [-1], [None]),
        (GoalState.MET, [200], []),
        (GoalState.MET, [300], []),
        (GoalState.MET, [], []),
        (GoalState.NOT_MET, [200], [None]),
        (GoalState.NOT_MET, [300], [None]),
        (GoalState.NOT_MET, [199], []),
        (GoalState.NOT_MET, [], []),
        (GoalState.OPEN, [300], []),
        (GoalState.OPEN, [-1], []),
    ],
)
def test_figures_that_contradict_the_stated_state(
    state: str, values: list[int], clash: list[None]
) -> None:
    found = goal(*readings(*((100, value) for value in values)), state=state)
    assert [row.place for row in found.clash] == clash


def test_unknown_figures_contradict_nothing() -> None:
    track = replace(RISING, base=None)
    for state in GoalState:
        assert goal(*readings((9, 5)), track=track, state=state).clash == ()


def test_one_municipality_behind_contradicts_met_and_is_named() -> None:
    rows = [*readings((9, 200), place=1), *readings((9, 150), place=2)]
    own = {1: Track(), 2: Track()}
    assert [row.place for row in goal(*rows, own=own, state=GoalState.MET).clash] == [2]
    assert goal(*rows, own=own, state=GoalState.NOT_MET).clash == ()
    assert not goal(*rows, own=own).is_reached
    assert goal(rows[0], *readings((9, 201), place=2), own=own).is_reached


def test_the_whole_decides_when_it_is_followed() -> None:
    rows = [*readings((9, 200)), *readings((9, 10), place=2)]
    found = goal(*rows, own={2: Track()}, state=GoalState.MET)
    assert (found.clash, found.is_reached) == ((), True)
    assert [row.place for row in found.having(Standing.ON_THE_WAY)] == [2]
