"""Days and times as words, in each language."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from climateportal import dates

NBSP = "\u00a0"
DAY = date(2026, 11, 2)
LATE_UTC = datetime(2026, 11, 1, 22, 30, tzinfo=UTC)  # 0.30 on the next day in Finland


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("language", "precision", "long", "short"),
    [
        ("fi", "day", "2.11.2026", "2.11.2026"),
        ("sv", "day", "2 november 2026", "2.11.2026"),
        ("en", "day", "2 November 2026", "2 Nov 2026"),
        ("fi", "month", "11/2026", "11/2026"),
        ("sv", "month", "november 2026", "11/2026"),
        ("en", "month", "November 2026", "Nov 2026"),
        *((language, "year", "2026", "2026") for language in ("fi", "sv", "en")),
    ],
)
def test_dates(language: str, precision: str, long: str, short: str) -> None:
    for value in (DAY, LATE_UTC):
        assert plain(dates.long_date(value, precision, language)) == long
        assert plain(dates.short_date(value, precision, language)) == short
    with translation.override(language):
        assert plain(dates.long_date(DAY, precision)) == long
        assert plain(dates.short_date(DAY, precision)) == short


def test_every_month_has_its_name() -> None:
    names = [dates.long_date(date(2026, month, 1), "month", "sv") for month in range(1, 13)]
    assert names[0] == "januari 2026"
    assert names[11] == "december 2026"
    assert dates.long_date(date(2026, 7, 1), "month", "en") == "July 2026"
    assert len(set(names)) == 12


def test_an_unknown_language_reads_finnish() -> None:
    assert dates.long_date(DAY, language="et") == "2.11.2026"
    assert dates.long_date(DAY, language="en-gb") == f"2{NBSP}November 2026"


def test_a_short_date_is_never_broken_on_two_lines() -> None:
    for language in ("fi", "sv", "en"):
        assert " " not in dates.short_date(DAY, language=language)


@pytest.mark.parametrize(("language", "shown"), [("fi", "0.30"), ("sv", "0.30"), ("en", "0:30")])
def test_the_clock_is_finnish_time(language: str, shown: str) -> None:
    assert dates.clock(LATE_UTC, language) == shown


@pytest.mark.parametrize(
    ("language", "ends", "whole_days", "shown"),
    [
        ("fi", None, False, "2.11.2026 klo 13.05"),
        ("sv", None, False, "2 november 2026 kl. 13.05"),
        ("en", None, False, "2 November 2026 at 13:05"),
        ("fi", (2, 15), False, "2.11.2026 klo 13.05–15.00"),
        ("en", (2, 15), False, "2 November 2026 at 13:05–15:00"),
        ("fi", (4, 12), False, "2.11.2026 klo 13.05 – 4.11.2026 klo 12.00"),
        ("fi", (2, 0), True, "2.11.2026"),
        ("fi", (4, 0), True, "2.–4.11.2026"),
        ("sv", (4, 0), True, "2–4 november 2026"),
        ("en", (4, 0), True, "2–4 November 2026"),
    ],
)
def test_occasions(
    language: str, ends: tuple[int, int] | None, whole_days: bool, shown: str
) -> None:
    starts = datetime(2026, 11, 2, 11, 5, tzinfo=UTC)
    last = datetime(2026, 11, ends[0], max(ends[1] - 2, 0), tzinfo=UTC) if ends else None
    assert plain(dates.occasion(starts, last, whole_days, language)) == shown


@pytest.mark.parametrize(
    ("language", "shown"),
    [("fi", "30.11.2026–1.12.2026"), ("en", "30 November 2026 – 1 December 2026")],
)
def test_whole_days_over_the_end_of_a_month(language: str, shown: str) -> None:
    starts, ends = (datetime(2026, month, day, tzinfo=UTC) for month, day in ((11, 30), (12, 1)))
    assert plain(dates.occasion(starts, ends, True, language)) == shown


@pytest.mark.parametrize(
    ("language", "precision", "shown"),
    [
        ("fi", "day", "1.5.2021–30.9.2022"),
        ("sv", "month", "5/2021–9/2022"),
        ("en", "day", "1 May 2021 – 30 Sep 2022"),
        ("en", "year", "2021–2022"),
    ],
)
def test_ranges(language: str, precision: str, shown: str) -> None:
    start, end = date(2021, 5, 1), date(2022, 9, 30)
    assert plain(dates.date_range(start, end, precision, language)) == shown
    assert dates.date_range(start, start, precision, language) == dates.short_date(
        start, precision, language
    )


def test_dates_for_machines() -> None:
    assert dates.machine_date(LATE_UTC) == "2026-11-02"
    assert dates.machine_date(DAY, "month") == "2026-11"
    assert dates.machine_date(DAY, "year") == "2026"
