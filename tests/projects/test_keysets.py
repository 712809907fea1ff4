"""Sets of keys as bits behave as sets of keys."""

from hypothesis import given
from hypothesis import strategies as st

from projects.keysets import Numbering

KEYS = st.sets(st.integers(1, 60))


@given(KEYS, KEYS, KEYS)
def test_they_are_what_sets_are(known: set[int], some: set[int], others: set[int]) -> None:
    numbering = Numbering(known)
    left, right = numbering.set(some), numbering.set(others)
    assert left == some & known
    assert len(left) == len(some & known)
    assert bool(left) is bool(some & known)
    assert list(left) == sorted(some & known)
    assert left & right == some & others & known
    assert left | right == numbering.union([left, right]) == (some | others) & known
    assert numbering.everything == known
    assert all((key in left) is (key in some & known) for key in range(70))


@given(KEYS, KEYS)
def test_plain_sets_can_be_combined_with_them(known: set[int], some: set[int]) -> None:
    numbering = Numbering(known)
    assert numbering.everything & some == known & some
    assert hash(numbering.set(some)) == hash(numbering.set(sorted(some)))


@given(KEYS, st.permutations(range(1, 61)))
def test_keys_come_in_any_order_that_is_asked_for(some: set[int], order: list[int]) -> None:
    numbering = Numbering(some | {3, 5})
    asked = [*order, 99]  # a key that came meanwhile
    assert list(numbering.set(some).in_order(asked)) == [key for key in order if key in some]


def test_nothing_is_a_set_too() -> None:
    numbering = Numbering([])
    assert not numbering.everything and list(numbering.set([1])) == []
