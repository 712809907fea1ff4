"""Values of history as people read them, and what differs between two states of a row."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from climateportal.admin.history.family import Facts, Kin
from climateportal.admin.history.names import Names
from climateportal.admin.history.worddiff import Piece, compare, plain
from climateportal.admin.languages import NAMES, language_of
from climateportal.dates import clock, occasion, short_date
from climateportal.numerals import euros, number, percent
from climateportal.richtext import RichTextField

LONG = 60  # characters, from which on two texts are compared word by word
# how exactly a date is known is said by another column
PRECISION = {
    "start_date": "date_precision",
    "end_date": "date_precision",
    "due_date": "due_precision",
    "completed_at": "completed_precision",
}


@dataclass
class Change:
    """One field before and after, in words. `pieces` when the texts are compared by words."""

    name: str
    label: str
    before: str
    after: str
    lang: str = ""
    pieces: list[Piece] = field(default_factory=list)
    note: str = ""


def label_of(column: models.Field) -> str:
    """“Title (Swedish)”, “Budget”: as in the form, without the unit that the value has."""
    text = capfirst(str(column.verbose_name)).removesuffix(", €").removesuffix(", %")
    language = language_of(column)
    return f"{text} ({NAMES[language]})" if language else text


def said(column: models.Field, facts: Facts, names: Names) -> str:
    """The value of a field in words; empty when there is none."""
    if column.many_to_many:
        return ", ".join(
            names.name(column.remote_field.model, key) for key in facts.get(column.name, ())
        )
    value = facts.get(column.attname)
    if value is None or value == "":
        return ""
    if column.remote_field:
        return names.name(column.remote_field.model, value)
    if column.flatchoices:
        return str(dict(column.flatchoices).get(value, value))
    return _plain_value(column, value, facts)


def _plain_value(column: models.Field, value: Any, facts: Facts) -> str:
    match value:
        case bool():
            return _("yes") if value else _("no")
        case datetime():
            return occasion(value)
        case date():
            return short_date(value, facts.get(PRECISION.get(column.name, ""), "day"))
        case time():
            return clock(datetime.combine(date(2000, 1, 1), value))
        case Decimal():
            return _decimal(column, value)
    if isinstance(column, models.FileField):
        return PurePath(value).name
    return plain(value, isinstance(column, RichTextField)) if isinstance(value, str) else str(value)


def _decimal(column: Any, value: Decimal) -> str:
    if column.name.endswith("percent"):
        return percent(value, column.decimal_places)
    if column.decimal_places == 2:
        return euros(value)
    places = max(0, -value.normalize().as_tuple().exponent)
    return number(value, places)


def differs(column: models.Field, before: Facts, after: Facts) -> bool:
    """Whether a field has another value. A relation is compared by its keys."""
    name = column.name if column.many_to_many else column.attname
    none = () if column.many_to_many else None
    return before.get(name, none) != after.get(name, none)


def changes(kin: Kin, before: Facts, after: Facts, names: Names) -> list[Change]:
    """What differs between two states of a row, in the order of the model's fields."""
    found = []
    for column in kin.told_fields():
        if not differs(column, before, after):
            continue
        old, new = said(column, before, names), said(column, after, names)
        if old == new and isinstance(column, models.DateTimeField):
            continue  # a form knows no seconds
        change = Change(column.name, label_of(column), old, new, lang=language_of(column) or "")
        if isinstance(column, RichTextField) or max(len(old), len(new)) > LONG:
            _compare(column, change, before, after)
        found.append(change)
    return found


def _compare(column: models.Field, change: Change, before: Facts, after: Facts) -> None:
    """Mark the words of two texts. Where no word differs, the formatting does."""
    if not isinstance(column, models.CharField | models.TextField) or isinstance(
        column, models.FileField
    ):
        return
    old, new = before.get(column.attname) or "", after.get(column.attname) or ""
    change.pieces = compare(old, new, isinstance(column, RichTextField))
    if not change.pieces and change.before:
        change.note = _("Only the formatting changed.")


def contents(kin: Kin, facts: Facts, names: Names) -> list[Change]:
    """What a row holds, for one that was added or deleted: fields with a value of their own."""
    found = []
    for column in kin.told_fields():
        if not column.many_to_many and column.has_default():
            default = column.get_default()
            if facts.get(column.attname) == default:
                continue
        text = said(column, facts, names)
        if text:
            language = language_of(column) or ""
            found.append(Change(column.name, label_of(column), "", text, lang=language))
    return found
