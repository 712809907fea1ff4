"""Since when a document tells what has changed: the last pack, or the first day of a period."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from climateportal.dates import date_range
from climateportal.templatetags.ui import euros, number
from projects.packs import words


@dataclass(frozen=True)
class Since:
    """The days of a period, both included; with `pack` what has changed since a meeting's pack.

    A pack tells one moment, that at which it was frozen, and is known by the day of its meeting.
    """

    first: date
    last: date
    pack: date | None = None

    def of(self, title: str) -> str:
        """“Tasks done since the meeting pack of 29.10.2026”, “Tasks done in 1.9.2026–30.9.2026”."""
        if self.pack:
            told = _("%(what)s since the meeting pack of %(day)s")
            return told % {"what": title, "day": words.day(self.pack)}
        told = _("%(what)s in %(days)s")
        return told % {"what": title, "days": date_range(self.first, self.last)}

    def compared(self, amount: Decimal | int) -> str:
        """“3 more than in the meeting pack of 29.10.2026”, “1 200 € less than was known when the
        period began”; nothing for no change.
        """
        if not amount:
            return ""
        more, is_money = amount > 0, isinstance(amount, Decimal)
        told = euros(abs(amount)) if is_money else number(abs(amount))
        if self.pack:
            text = (
                _("%(amount)s more than in the meeting pack of %(day)s")
                if more
                else _("%(amount)s less than in the meeting pack of %(day)s")
            )
            return text % {"amount": told, "day": words.day(self.pack)}
        if is_money:
            text = (
                _("%(amount)s more than was known when the period began")
                if more
                else _("%(amount)s less than was known when the period began")
            )
            return text % {"amount": told}
        text = (
            _("%(amount)s more than when the period began")
            if more
            else _("%(amount)s less than when the period began")
        )
        return text % {"amount": told}
