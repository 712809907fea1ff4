"""Numbers are read as people write them, and written as they can be read."""

from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from climateportal.numerals import (
    NotANumber,
    ThousandOrOne,
    euros,
    percent,
    read_number,
    typed_number,
)

SUMS = st.integers(-(10**12), 10**12).map(lambda cents: Decimal(cents) / 100)
SPACES = {"space": " ", "nbsp": "\u00a0", "thin": "\u2009", "narrow": "\u202f", "figure": "\u2007"}


@settings(deadline=None, derandomize=True)
@given(value=SUMS, language=st.sampled_from(["fi", "sv"]))
def test_what_is_written_reads_back(value: Decimal, language: str) -> None:
    assert read_number(typed_number(value)) == value
    with override(language):
        assert read_number(euros(value)) == value


@pytest.mark.parametrize("space", SPACES.values(), ids=SPACES)
@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1 000,50", "1000.50"),
        ("1 000 €", "1000"),
        ("12 345 678,9 eur", "12345678.9"),
        ("− 1 000,00 €", "-1000"),
        (" 5 ", "5"),
    ],
)
def test_any_space_parts_thousands(typed: str, value: str, space: str) -> None:
    assert read_number(typed.replace(" ", space)) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1.000,50 €", "1000.50"),
        ("1,000.50", "1000.50"),
        ("1.000.000", "1000000"),
        ("1,000,000", "1000000"),
        ("1'000.50", "1000.50"),
        ("1000,5", "1000.5"),
        ("1000.50€", "1000.50"),
        ("€ 5", "5"),
        ("5 e", "5"),
        ("250 EUR", "250"),
        ("-3,5", "-3.5"),
        ("–3,5", "-3.5"),
        ("62 %", "62"),
        ("0,5", "0.5"),
        ("007", "7"),
    ],
)
def test_marks_and_units(typed: str, value: str) -> None:
    assert read_number(typed) == Decimal(value)


@pytest.mark.parametrize("typed", ["1.000", "1,000", "12.345 €", "999,999"])
def test_a_thousand_or_one_is_not_guessed_in_money(typed: str) -> None:
    with pytest.raises(ThousandOrOne):
        read_number(typed)
    assert read_number(typed, decimals=3) < 1000


@pytest.mark.parametrize(
    "typed",
    ["", "paljon", "1,2,3", "1.2.3", "12 34", "1 00", "1.00,5,5", "1 000.000.000", "NaN",
     "Infinity", "1e5", "0x10", "5 kg", "#####", "--5", "5-", "(500)", "1 000 000 00", "٣", "5 €€",
     ",", "€"],
)  # fmt: skip
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(NotANumber):
        read_number(typed)


@pytest.mark.parametrize(
    ("value", "most", "shown"),
    [("33.34", 2, "33,34"), ("33.34", 1, "33,3"), ("33.30", 2, "33,3"), ("62.00", 2, "62")],
)
def test_percentages_show_the_decimals_they_have(value: str, most: int, shown: str) -> None:
    with override("fi"):
        assert percent(Decimal(value), most) == f"{shown}\u00a0%"
