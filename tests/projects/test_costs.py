"""Money adds up to the cent, whoever shares it, and what is not known is never zero."""

import itertools
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from projects.costs import (
    HUNDRED,
    BudgetUse,
    Entry,
    Financing,
    Mismatch,
    MismatchKind,
    Payer,
    Promise,
    Sharing,
    Spending,
    figures_as_of,
    percent_of,
    split,
    total_of,
    totals_by_category,
    totals_by_municipality,
    totals_by_year,
)
from projects.enums import CostSharing, ExpenseCategory, ExpenseState

steadily = settings(deadline=None, derandomize=True)
SUMS = st.integers(0, 10**12).map(lambda cents: Decimal(cents) / 100)
PERCENTS = st.integers(0, 10_000).map(lambda parts: Decimal(parts) / 100)
POPULATIONS = st.integers(1, 700_000)
ENTRIES = st.lists(
    st.builds(
        Entry,
        day=st.dates(date(2019, 1, 1), date(2027, 12, 31)),
        amount=SUMS,
        category=st.sampled_from(ExpenseCategory.values),
        state=st.sampled_from(ExpenseState.values),
        municipality=st.one_of(st.none(), st.integers(1, 4)),
    ),
    max_size=12,
)


def euros(*values: Any) -> tuple[Decimal, ...]:
    return tuple(Decimal(str(value)) for value in values)


def payers(**columns: list[Any]) -> tuple[Payer, ...]:
    rows = zip(*columns.values(), strict=True)
    return tuple(
        Payer(key=number, **dict(zip(columns, row, strict=True)))
        for number, row in enumerate(rows)
    )  # fmt: skip


# --- splitting -----------------------------------------------------------------------------------


@steadily
@given(whole=SUMS, weights=st.lists(st.one_of(PERCENTS, POPULATIONS), min_size=1, max_size=20))
def test_parts_are_whole_cents_that_sum_to_the_whole(whole: Decimal, weights: list[Any]) -> None:
    assume(any(weights))
    parts = split(whole, weights)
    assert sum(parts) == whole
    for part, weight in zip(parts, weights, strict=True):
        assert part >= 0
        assert part == part.quantize(Decimal("0.01"))
        exact = whole * Decimal(weight) / Decimal(sum(map(Decimal, weights)))
        assert abs(part - exact) < Decimal("0.0101")


@steadily
@given(whole=SUMS, weights=st.lists(POPULATIONS, min_size=2, max_size=8))
def test_a_larger_weight_never_gets_less(whole: Decimal, weights: list[int]) -> None:
    ordered = sorted(weights, reverse=True)
    parts = split(whole, ordered)
    assert list(parts) == sorted(parts, reverse=True)


@pytest.mark.parametrize(
    ("whole", "weights", "parts"),
    [
        ("100", [1, 1, 1], euros("33.34", "33.33", "33.33")),
        ("0.01", [1, 1], euros("0.01", "0")),
        ("0.05", [50, 30, 20], euros("0.03", "0.01", "0.01")),
        ("0", [3, 4], euros("0", "0")),
        ("30000", [6, 2, 0], euros("22500", "7500", "0")),
    ],
)
def test_the_parts_that_lose_most_get_the_cents_left(
    whole: str, weights: list[int], parts: tuple[Decimal, ...]
) -> None:
    assert split(Decimal(whole), weights) == parts


@pytest.mark.parametrize(
    ("whole", "weights"), [("-1", [1]), ("0.005", [1]), ("1", [0, 0]), ("1", []), ("1", [2, -1])]
)
def test_what_cannot_be_split_is_refused(whole: str, weights: list[int]) -> None:
    with pytest.raises(ValueError, match=r"split|weights"):
        split(Decimal(whole), weights)


# --- who pays ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amounts", "total"),
    [([], None), ([None], None), ([Decimal(1), None], None), ([Decimal(0)], 0), (euros(1, 2), 3)],
)
def test_a_sum_with_an_unknown_part_is_unknown(amounts: list[Any], total: Any) -> None:
    assert total_of(amounts) == total


def test_own_share_and_grant_share_follow() -> None:
    found = Financing(Decimal(100_000), (Promise(amount=Decimal(70_000)),))
    assert (found.grants, found.own, found.grant_percent) == (70_000, 30_000, 70)
    assert found.percents == (70,)


def test_a_share_without_an_amount_is_worked_out_from_the_total() -> None:
    thirds = (Promise(percent=Decimal("33.33")), Promise(percent=Decimal("66.67")))
    found = Financing(Decimal("100.01"), thirds)
    assert found.amounts == euros("33.33", "66.68")
    assert (found.grants, found.own) == (Decimal("100.01"), 0)


@steadily
@given(total=SUMS, percents=st.lists(PERCENTS, min_size=1, max_size=5))
def test_shares_of_a_hundred_percent_never_exceed_the_total(
    total: Decimal, percents: list[Decimal]
) -> None:
    assume(sum(percents) <= HUNDRED)
    found = Financing(total, tuple(Promise(percent=percent) for percent in percents))
    assert found.own is not None
    assert found.own >= 0
    assert found.own + sum(found.amounts) == total
    if sum(percents) == HUNDRED:
        assert found.own == 0


@pytest.mark.parametrize(
    "financing",
    [
        Financing(),
        Financing(Decimal(100)),  # nothing is told of who pays
        Financing(None, (Promise(amount=Decimal(70)),)),
        Financing(None, (Promise(percent=Decimal(70)),)),
        Financing(Decimal(100), (Promise(),)),  # a funder whose sum is not known
        Financing(Decimal(100), (Promise(amount=Decimal(70)), Promise())),
        Financing(Decimal(100), (Promise(amount=Decimal(120)),)),  # more than there is to pay
    ],
)
def test_an_unknown_own_share_is_none_and_not_zero(financing: Financing) -> None:
    assert financing.own is None


def test_an_unknown_funder_leaves_the_grants_unknown() -> None:
    found = Financing(Decimal(100), (Promise(amount=Decimal(70)), Promise()))
    assert (found.grants, found.promised, found.grant_percent) == (None, None, None)
    assert found.amounts == (70, None)


def test_there_are_no_grants_when_the_municipalities_are_told_to_pay_all() -> None:
    for told in (
        Financing(Decimal(100), shares=Decimal(100)),
        Financing(Decimal(100), (Promise(amount=Decimal(100), is_own=True),)),
    ):
        assert (told.grants, told.own, told.grant_percent) == (0, 100, 0)


def test_shares_in_euros_are_known_though_the_grants_are_not() -> None:
    for total, promises in ((100, ()), (None, ()), (100, (Promise(),))):
        found = Financing(total, promises, shares=Decimal(40))
        assert (found.grants, found.own) == (None, 40)
    told = Financing(Decimal(100), (Promise(amount=Decimal(70)),), shares=Decimal(40))
    assert (told.grants, told.own) == (70, 30), "the grants are known: the form tells the mismatch"


def test_shares_in_euros_are_never_more_than_the_budget() -> None:
    payers = (Payer(1, amount=Decimal(80)), Payer(2, amount=Decimal(40)))
    found = Sharing(CostSharing.EUROS, Decimal(120), payers, total=Decimal(100))
    assert found.mismatch == Mismatch(MismatchKind.OVER_BUDGET, Decimal(120), Decimal(-20))
    assert Sharing(CostSharing.EUROS, Decimal(120), payers).mismatch is None


def test_money_of_the_municipalities_themselves_is_no_grant() -> None:
    found = Financing(
        Decimal(100), (Promise(amount=Decimal(40), is_own=True), Promise(amount=Decimal(60)))
    )
    assert (found.grants, found.own, found.promised) == (60, 40, 100)


def test_percentages_over_a_hundred_leave_the_amounts_unknown() -> None:
    found = Financing(Decimal(100), (Promise(percent=Decimal(60)), Promise(percent=Decimal(50))))
    assert found.percent_sum == 110
    assert found.amounts == (None, None)


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        ("1", "3", "33.3"),
        ("59976", "60000", "99.9"),
        ("60024", "60000", "100.1"),
        ("0", "5", "0"),
        ("1", "0", None),
        (None, "5", None),
        ("1", None, None),
    ],
)
def test_percent_of(part: str | None, whole: str | None, percent: str | None) -> None:
    values = [None if value is None else Decimal(value) for value in (part, whole, percent)]
    assert percent_of(values[0], values[1]) == values[2]


# --- how municipalities share --------------------------------------------------------------------


@steadily
@given(own=SUMS, populations=st.lists(POPULATIONS, min_size=1, max_size=16))
def test_by_population_the_own_share_is_covered_to_the_cent(
    own: Decimal, populations: list[int]
) -> None:
    shares = Sharing(CostSharing.POPULATION, own, payers(population=populations)).shares
    assert sum(share.amount for share in shares) == own
    assert sum(share.percent for share in shares) == HUNDRED


@steadily
@given(own=SUMS, cuts=st.lists(PERCENTS, max_size=6))
def test_percentages_that_make_a_hundred_cover_the_own_share(
    own: Decimal, cuts: list[Decimal]
) -> None:
    edges = [Decimal(0), *sorted(cuts), HUNDRED]
    percents = [above - below for below, above in itertools.pairwise(edges)]
    sharing = Sharing(CostSharing.PERCENT, own, payers(percent=percents))
    assert sharing.mismatch is None
    assert sum(share.amount for share in sharing.shares) == own
    assert [share.percent for share in sharing.shares] == percents


@steadily
@given(amounts=st.lists(SUMS, min_size=1, max_size=8), off=st.integers(-500, 500))
def test_euros_must_be_the_own_share_exactly(amounts: list[Decimal], off: int) -> None:
    own = sum(amounts) + Decimal(off) / 100
    assume(own >= 0)
    sharing = Sharing(CostSharing.EUROS, own, payers(amount=amounts))
    if off:
        assert sharing.mismatch == Mismatch(
            MismatchKind.EUROS, sum(amounts, Decimal(0)), Decimal(off) / 100
        )
    else:
        assert sharing.mismatch is None
        assert [share.amount for share in sharing.shares] == amounts
        if any(amounts):
            assert sum(share.percent for share in sharing.shares) == HUNDRED


@pytest.mark.parametrize(
    ("how", "columns", "kind"),
    [
        (CostSharing.PERCENT, {"percent": [None, None]}, MismatchKind.NOTHING_GIVEN),
        (CostSharing.PERCENT, {"amount": euros(50, 50)}, MismatchKind.NOTHING_GIVEN),
        (CostSharing.PERCENT, {"percent": euros(60, 35)}, MismatchKind.PERCENTS),
        (CostSharing.PERCENT, {"percent": euros(60, 50)}, MismatchKind.PERCENTS),
        (CostSharing.EUROS, {"amount": [None]}, MismatchKind.NOTHING_GIVEN),
        (CostSharing.EUROS, {"amount": euros(99)}, MismatchKind.EUROS),
        (CostSharing.POPULATION, {"population": [5, None]}, MismatchKind.NO_POPULATION),
        (CostSharing.POPULATION, {"population": []}, MismatchKind.NO_POPULATION),
    ],
)
def test_shares_that_cannot_be_right_give_no_figures(
    how: str, columns: dict[str, list[Any]], kind: MismatchKind
) -> None:
    sharing = Sharing(how, Decimal(100), payers(**columns))
    assert sharing.mismatch is not None
    assert sharing.mismatch.kind == kind
    assert all(share.amount is share.percent is None for share in sharing.shares)


def test_a_mismatch_tells_how_much_and_who() -> None:
    percents = Sharing(CostSharing.PERCENT, None, payers(percent=euros(60, 50))).mismatch
    assert (percents.given, percents.missing) == (110, -10)
    unknown = Sharing(CostSharing.POPULATION, None, payers(population=[5, None, 7])).mismatch
    assert unknown.keys == (1,)


def test_nobody_is_asked_for_shares_before_they_are_agreed() -> None:
    sharing = Sharing(CostSharing.NOT_AGREED, Decimal(100), payers(percent=euros(10)))
    assert sharing.mismatch is None
    assert sharing.shares == ()


def test_one_who_is_left_out_of_a_full_hundred_pays_nothing() -> None:
    shares = Sharing(CostSharing.PERCENT, Decimal(100), payers(percent=[Decimal(100), None])).shares
    assert [share.amount for share in shares] == [100, 0]


def test_an_unknown_own_share_leaves_percentages_and_hides_euros() -> None:
    shares = Sharing(CostSharing.POPULATION, None, payers(population=[1, 3])).shares
    assert [(share.amount, share.percent) for share in shares] == [(None, 25), (None, 75)]
    # and euros cannot be checked against what nobody knows
    assert Sharing(CostSharing.EUROS, None, payers(amount=euros(5))).mismatch is None


# --- what has been spent -------------------------------------------------------------------------


@steadily
@given(entries=ENTRIES)
def test_every_way_of_counting_gives_the_same_whole(entries: list[Entry]) -> None:
    whole = Spending.of(entries)
    if not entries:
        assert whole is None
        return
    assert whole.total == sum(entry.amount for entry in entries)
    for found in (
        totals_by_year(entries), totals_by_category(entries), totals_by_municipality(entries),
    ):  # fmt: skip
        for name in ("planned", "claimed", "paid", "used", "total"):
            assert sum(getattr(row, name) for row in found.values()) == getattr(whole, name)
    assert list(totals_by_year(entries)) == sorted({entry.day.year for entry in entries})


def test_planned_money_is_not_used_money() -> None:
    entries = [
        Entry(date(2024, 5, 1), Decimal(amount), "staff", state)
        for amount, state in ((1, "planned"), (20, "claimed"), (300, "paid"))
    ]
    found = Spending.of(entries)
    assert (found.planned, found.claimed, found.paid) == (1, 20, 300)
    assert (found.used, found.total) == (320, 321)


@pytest.mark.parametrize(
    ("budget", "paid", "left", "percent"),
    [("200", "50", "150", "25"), ("200", "250", "-50", "125"), ("0", "5", "-5", None),
     (None, "5", None, None), ("200", None, None, None)],
)  # fmt: skip
def test_budget_beside_what_has_been_used(
    budget: str | None, paid: str | None, left: str | None, percent: str | None
) -> None:
    known = [None if value is None else Decimal(value) for value in (budget, left, percent)]
    spending = None if paid is None else Spending(paid=Decimal(paid))
    use = BudgetUse(known[0], spending)
    assert (use.left, use.percent) == (known[1], known[2])
    assert (use.used is None) == (paid is None)


def test_figures_are_as_of_the_newest_used_expense() -> None:
    stated = date(2024, 1, 1)

    def entry(days: int, state: str) -> Entry:
        return Entry(stated + timedelta(days=days), Decimal(1), "staff", state)

    assert figures_as_of(stated, []) == stated
    assert figures_as_of(stated, [entry(-9, "paid"), entry(9, "planned")]) == stated
    assert figures_as_of(stated, [entry(9, "claimed")]) == stated + timedelta(days=9)
    assert figures_as_of(None, [entry(9, "paid")]) is None


def test_percentages_that_follow_from_euros_are_told_in_tenths() -> None:
    shares = Sharing(CostSharing.EUROS, Decimal(3), payers(amount=euros(1, 1, 1))).shares
    assert [share.percent for share in shares] == list(euros("33.4", "33.3", "33.3"))
