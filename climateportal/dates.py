"""Days and times as words, in one place for pages, mail and print: 2.11.2026, 2 November 2026.

Two lengths: `long_date` for sentences and facts, `short_date` for tables, tags and lists. Finnish
has one form for both. Every function takes the active language unless it is told another.
"""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import get_language

NBSP = "\u00a0"
_MONTHS = {
    "sv": ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
           "oktober", "november", "december"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December"),
}  # fmt: skip
_AT = {"fi": "klo", "sv": "kl.", "en": "at"}


def _language(language: str | None) -> str:
    wanted = (language or get_language() or "fi")[:2]
    return wanted if wanted in _AT else "fi"


def local_day(value: date | datetime) -> date:
    """The day in Finland."""
    return timezone.localdate(value) if isinstance(value, datetime) else value


def _with_numbers(day: date, precision: str) -> str:
    return (
        f"{day.month}/{day.year}" if precision == "month" else f"{day.day}.{day.month}.{day.year}"
    )


def _with_month(day: date, precision: str, month: str, space: str) -> str:
    end = f"{month}{space}{day.year}"
    return end if precision == "month" else f"{day.day}{NBSP}{end}"


def long_date(value: date | datetime, precision: str = "day", language: str | None = None) -> str:
    """“2.11.2026”, “2 november 2026”, “2 November 2026”: as exactly as the date is known.

    `precision` is “day”, “month” (“11/2026”, “November 2026”) or “year”.
    """
    day, language = local_day(value), _language(language)
    if precision == "year":
        return str(day.year)
    if language == "fi":
        return _with_numbers(day, precision)
    return _with_month(day, precision, _MONTHS[language][day.month - 1], " ")


def short_date(value: date | datetime, precision: str = "day", language: str | None = None) -> str:
    """“2.11.2026” in Finnish and Swedish, “2 Nov 2026” in English, where order is not agreed on.

    Never broken on two lines. `precision` as in `long_date`.
    """
    day, language = local_day(value), _language(language)
    if precision == "year":
        return str(day.year)
    if language == "en":
        return _with_month(day, precision, _MONTHS["en"][day.month - 1][:3], NBSP)
    return _with_numbers(day, precision)


def dash(first: str, last: str) -> str:
    """What stands between the ends of a range: spaces around it when an end has spaces."""
    return " – " if {" ", NBSP} & set(first + last) else "–"


def date_range(start: date, end: date, precision: str = "day", language: str | None = None) -> str:
    """“1.5.2021–30.9.2022”, “1 May 2021 – 30 Sep 2022”; one date when both read the same."""
    first, last = (short_date(value, precision, language) for value in (start, end))
    return first if first == last else f"{first}{dash(first, last)}{last}"


def clock(value: datetime, language: str | None = None) -> str:
    """“13.00” in Finnish and the Swedish of Finland, “13:00” in English."""
    local = timezone.localtime(value)
    return f"{local.hour}{':' if _language(language) == 'en' else '.'}{local.minute:02}"


def occasion(
    starts: datetime,
    ends: datetime | None = None,
    whole_days: bool = False,
    language: str | None = None,
) -> str:
    """When something happens: “2.11.2026 klo 13.00–15.00”, “2–4 November 2026”."""
    language = _language(language)

    def moment(value: datetime) -> str:
        day = long_date(value, language=language)
        return day if whole_days else f"{day} {_AT[language]}{NBSP}{clock(value, language)}"

    begin = moment(starts)
    if ends is None or ends == starts:
        return begin
    first, last = local_day(starts), local_day(ends)
    if whole_days and first < last and (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{'.' if language == 'fi' else ''}–{moment(ends)}"
    if first == last:
        return begin if whole_days else f"{begin}–{clock(ends, language)}"
    return f"{begin}{dash(begin, moment(ends))}{moment(ends)}"


def machine_date(value: date | datetime, precision: str = "day") -> str:
    """ISO 8601 for `<time datetime>`, as exactly as the date is known: 2026-11-02, 2026-11."""
    local = local_day(value)
    return {"year": f"{local:%Y}", "month": f"{local:%Y-%m}"}.get(precision, local.isoformat())
