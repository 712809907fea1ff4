"""What a cell says: days, sums, words. Pure; nothing is guessed, and what is wrong has a sentence.

A blank cell is nothing said. “(clear)” empties, “(unchanged)” stands for what did not fit in a
cell, both in any language of the portal.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import EnumType
from functools import cache
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from climateportal.numerals import NotANumber, ThousandOrOne, read_number, typed_number
from climateportal.sheetfiles.tables import FAULT
from climateportal.translated import LANGUAGES
from projects.enums import Precision
from projects.pasted import Wrong, folded

__all__ = ["Day", "Wrong", "folded"]

CLEAR = pgettext_lazy("in a cell of a spreadsheet", "(clear)")
UNCHANGED = pgettext_lazy("in a cell of a spreadsheet", "(unchanged)")
EXAMPLE = pgettext_lazy("in a cell of a spreadsheet", "(example)")
YES, NO = gettext_lazy("yes"), gettext_lazy("no")
_YES = {"kyllä", "on", "joo", "ja", "yes", "true", "x", "1", "k"}
_NO = {"ei", "nej", "no", "false", "0", "e"}
FIRST_YEAR, LAST_YEAR = 1900, 2200
_DAY = (
    re.compile(r"(?P<d>\d{1,2})\. ?(?P<m>\d{1,2})\. ?(?P<y>\d{4})", re.ASCII),
    re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})", re.ASCII),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})", re.ASCII),
)
_MONTH = (
    re.compile(r"(?P<m>\d{1,2}) ?[/.] ?(?P<y>\d{4})", re.ASCII),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})", re.ASCII),
)
_YEAR = (re.compile(r"(?P<y>\d{4})", re.ASCII),)
_CLOCK = re.compile(r"[ T]\d{1,2}[:.]\d\d([:.]\d\d)?$")
_EXACTNESS = ((Precision.DAY, _DAY), (Precision.MONTH, _MONTH), (Precision.YEAR, _YEAR))


class Day(NamedTuple):
    """A day as exactly as it is known. Of a month or a year it is the first, or the last."""

    date: date
    precision: str


@cache
def _forms(word: str) -> frozenset[str]:
    """A marking in every language, as it was written in the source."""
    found = set()
    for language in LANGUAGES:
        with override(language):
            found.add(folded(str({"c": CLEAR, "u": UNCHANGED, "e": EXAMPLE}[word])))
    return frozenset(found)


def _is_marking(text: str, word: str) -> bool:
    return text[:1] == "(" and text[-1:] == ")" and folded(text) in _forms(word)


def clears(text: str) -> bool:
    """Whether the cell says that the value is to be emptied."""
    return _is_marking(text, "c")


def leaves(text: str) -> bool:
    """Whether the cell says nothing."""
    return not text or _is_marking(text, "u")


def is_example(text: str) -> bool:
    """Whether the cell marks the row of a template that is there to be looked at."""
    return _is_marking(text, "e")


def check_fault(text: str) -> None:
    """Raises Wrong for a cell that Excel itself could not compute."""
    if text.startswith(FAULT):
        raise Wrong(_("The formula of the cell fails: %(code)s.") % {"code": text[1:]})


def read_day(text: str, exact: bool = True) -> Day:
    """1.5.2021, 2021-05-01; unless `exact` also 5/2021 and 2021. Raises Wrong."""
    bare = _CLOCK.sub("", text)
    for precision, patterns in _EXACTNESS:
        for pattern in patterns:
            if found := pattern.fullmatch(bare):
                parts = {"m": "1", "d": "1", **found.groupdict()}
                try:
                    day = date(int(parts["y"]), int(parts["m"]), int(parts["d"]))
                except ValueError:
                    break
                if exact and precision != Precision.DAY:
                    raise Wrong(_("“%(cell)s” is not a whole day. Write it as 1.5.2026.")
                                % {"cell": text})  # fmt: skip
                if FIRST_YEAR <= day.year <= LAST_YEAR:
                    return Day(day, precision)
    if exact:
        raise Wrong(_("“%(cell)s” is not a day. Write it as 1.5.2026.") % {"cell": text})
    raise Wrong(
        _("“%(cell)s” is not a day. Write it as 1.5.2026, or 5/2026 or 2026 when only the month or "
          "year is known.") % {"cell": text}
    )  # fmt: skip


def day_text(day: Day) -> str:
    """As `read_day` reads it: 1.5.2021, 5/2021, 2021."""
    match day.precision:
        case Precision.YEAR:
            return str(day.date.year)
        case Precision.MONTH:
            return f"{day.date.month}/{day.date.year}"
    return f"{day.date.day}.{day.date.month}.{day.date.year}"


def read_decimal(text: str, decimals: int, is_money: bool) -> Decimal:
    """“1 000,50 €” → 1000.50, with at most so many decimals. Raises Wrong."""
    try:
        number = read_number(text, decimals)
    except ThousandOrOne as error:
        told = _("Is “%(value)s” thousands or decimals? Write 1 000 or 1,00.")
        raise Wrong(told % {"value": text}) from error
    except NotANumber as error:
        told = _("“%(cell)s” is not a number. Write it as 1 000,50.")
        raise Wrong(told % {"cell": text}) from error
    if is_money and number < 0:
        raise Wrong(_("A sum of money cannot be negative."))
    if number != round(number, decimals):
        told = _("“%(cell)s” has too many decimals: at most %(most)s.")
        raise Wrong(told % {"cell": text, "most": decimals})
    return number


def read_whole(text: str) -> int:
    """A whole number, not negative. Raises Wrong."""
    try:
        number = read_number(text, 3)
    except NotANumber as error:
        told = _("“%(cell)s” is not a whole number.")
        raise Wrong(told % {"cell": text}) from error
    if number < 0 or number != int(number):
        raise Wrong(_("“%(cell)s” is not a whole number.") % {"cell": text})
    return int(number)


def read_yes(text: str) -> bool:
    """Yes or no in any language. Raises Wrong."""
    word = folded(text)
    if word in _YES or word in _NO:
        return word in _YES
    told = _("“%(cell)s” is neither %(yes)s nor %(no)s.")
    raise Wrong(told % {"cell": text, "yes": YES, "no": NO})


@cache
def words_of(kind: EnumType) -> dict[str, str]:
    """Every word for the choices of a vocabulary, in all languages: folded word → value."""
    found = {}
    for choice in kind:
        found[folded(choice.value.replace("_", " "))] = choice.value
        for language in LANGUAGES:
            with override(language):
                found[folded(str(choice.label))] = choice.value
    return found


def read_choice(text: str, kind: EnumType, allowed: Iterable[str], more: dict[str, str]) -> str:
    """One of a vocabulary by its word in any language. Raises Wrong, which lists the words."""
    word = folded(text)
    value = words_of(kind).get(word) or more.get(word)
    choices = list(allowed)
    if value in choices:
        return value
    told = _("“%(cell)s” is none of these: %(choices)s.")
    labels = ", ".join(str(kind(choice).label) for choice in choices)
    raise Wrong(told % {"cell": text, "choices": labels})


def number_text(number: Decimal) -> str:
    """1 000,50"""
    return typed_number(number)
