"""Numbers as people in Finland write them: “1 000,50 €” is read, and written, in every language."""

import re
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from climateportal.dates import NBSP

# every sort of space that Excel, Word and web pages put between thousands, and the Swiss mark
_GROUPING = re.compile(r"[\s\u00a0\u2007\u2009\u202f'’]+")
_UNIT = r"(?:€|eur(?:oa?)?|e|%)"
_NUMBER = re.compile(
    rf"(?:€|eur)? ?(?P<minus>[-−–]?) ?(?P<digits>[\d., ]*\d) ?{_UNIT}?",
    re.IGNORECASE | re.ASCII,
)
_SHAPES = re.compile(
    r"(?:\d+|\d{1,3}(?: \d{3})+)?(?:[.,]\d+)?"  # 1000,5  1 000.50
    r"|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}"  # 1.000,50  1.000.000
    r"|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}",  # 1,000.50  1,000,000
    re.ASCII,
)
_THOUSAND_OR_ONE = re.compile(r"\d{1,3}[.,]\d{3}")


class NotANumber(ValueError):  # noqa: N818
    """The text is no number."""


class ThousandOrOne(NotANumber):
    """“1.000” may be a thousand or one; sums of money are not guessed."""


def read_number(text: str, decimals: int = 2) -> Decimal:
    """“1 000,50 €” → 1000.50. With both marks in it, the last one is the decimal mark.

    Raises NotANumber, and its kind ThousandOrOne where `decimals` allows both readings.
    """
    found = _NUMBER.fullmatch(_GROUPING.sub(" ", text).strip())
    digits = found["digits"].strip() if found else ""
    if found is None or not _SHAPES.fullmatch(digits):
        raise NotANumber(text)
    if decimals < 3 and _THOUSAND_OR_ONE.fullmatch(digits):
        raise ThousandOrOne(text)
    digits = digits.replace(" ", "")
    last = max(digits.rfind(","), digits.rfind("."))
    is_decimal = last >= 0 and digits.count(digits[last]) == 1
    if is_decimal:
        digits = f"{re.sub('[.,]', '', digits[:last])}.{digits[last + 1 :]}"
    else:
        digits = re.sub("[.,]", "", digits)
    return Decimal(f"{'-' if found['minus'] else ''}{digits}")


def typed_number(value: Decimal) -> str:
    """1000.50 → “1 000,50”, as a form field would have been filled in by hand."""
    whole, _point, decimals = f"{value:,f}".partition(".")
    decimals = decimals.rstrip("0")
    if len(decimals) == 1:
        decimals += "0"
    return whole.replace(",", NBSP) + (f",{decimals}" if decimals else "")


def number(value: int | Decimal, decimals: int = 0) -> str:
    """12 345,6 in Finnish and Swedish, 12,345.6 in English; a true minus sign."""
    text = f"{abs(value):,.{decimals}f}"
    if get_language() != "en":
        text = text.replace(",", NBSP).replace(".", ",")
    return f"−{text}" if value < 0 else text


def euros(value: Decimal | int | None) -> str:
    """120 000 €, with cents only when there are any; “not reported” for None (rule 3)."""
    if value is None:
        return _("not reported")
    amount = Decimal(value)
    decimals = 0 if amount == amount.to_integral_value() else 2
    if get_language() == "en":
        return f"{'−' if amount < 0 else ''}€{number(abs(amount), decimals)}"
    return f"{number(amount, decimals)}{NBSP}€"


def percent(value: Decimal | int | None, most: int = 1) -> str:
    """62 % (62% in English) with `most` decimals where needed; “not reported” for None."""
    if value is None:
        return _("not reported")
    amount = round(Decimal(value), most)
    decimals = next(n for n in range(most + 1) if amount == round(amount, n))
    text = number(amount, decimals)
    return f"{text}%" if get_language() == "en" else f"{text}{NBSP}%"
