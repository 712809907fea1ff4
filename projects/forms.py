"""What visitors ask of the project list: its address, read and written.

Parameter names and values are the same in every language, so that switching the language keeps
the filters. What an address cannot mean is left out, and said in words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from django import forms
from django.db.models import TextChoices
from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from climateportal.models import OldSlug
from municipalities.models import Region
from projects.enums import Activity
from projects.facets import Facet, Facets
from projects.search import LONGEST_QUERY, MOST_WORDS, alternatives, words

TEXT = "q"
ORDER = "jarjestys"
PAGE = "page"
PARAMETERS = {
    "alue": Facet.REGION,
    "kunta": Facet.MUNICIPALITY,
    "teema": Facet.THEME,
    "vaihe": Facet.STAGE,
    "tila": Facet.STAGE,  # on hold, cancelled
    "aikataulu": Facet.SCHEDULE,
}
NAMES = {
    Facet.REGION: gettext_lazy("Region"),
    Facet.MUNICIPALITY: gettext_lazy("Municipality"),
    Facet.THEME: gettext_lazy("Theme"),
    Facet.STAGE: gettext_lazy("Stage"),
    Facet.SCHEDULE: gettext_lazy("Schedule"),
}
ONE_ONLY = (Facet.REGION, Facet.MUNICIPALITY)
LONGEST_ECHO = 40  # characters of something odd that are shown again
MOST_ECHOES = 3


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Order(TextChoices):
    """In which order projects are listed."""

    UPDATED = "updated", gettext_lazy("Last updated")
    TITLE = "title", pgettext_lazy("order", "Title")
    STAGE = "stage", gettext_lazy("Stage")
    END = "end", gettext_lazy("End date")


def parameter_of(facet: Facet, value: str) -> str:
    """The name under which a choice stands in the address."""
    if value in (Activity.PAUSED, Activity.CANCELLED):
        return "tila"
    return next(name for name, known in PARAMETERS.items() if known == facet)


@dataclass(frozen=True, slots=True)
class SearchText:
    """What the visitor typed, what to look for, and what was not understood.

    `text` is empty when there is nothing in it to look for; `beginnings` are its
    `search.alternatives`.
    """

    text: str = ""
    beginnings: tuple[tuple[str, ...], ...] = ()
    problems: tuple[str, ...] = ()

    @classmethod
    def read(cls, query: QueryDict, language: str) -> Self:
        """Read an address. Of a repeated parameter the last one counts."""
        typed = " ".join(query.get(TEXT, "").split())
        text = typed[:LONGEST_QUERY].strip()
        problems = []
        if len(typed) > LONGEST_QUERY:
            problems.append(
                _("The search text was cut to its first %(count)s characters.")
                % {"count": LONGEST_QUERY}
            )
        found = words(text)
        if text and not found:
            return cls(problems=(_("The search text has no letters or numbers: left out."),))
        if len(found) > MOST_WORDS:
            problems.append(
                _("Only the first %(count)s words of the search text were used.")
                % {"count": MOST_WORDS}
            )
        return cls(text, tuple(alternatives(text, language)), tuple(problems))


@dataclass(frozen=True, slots=True)
class ProjectFilters:
    """What the visitor chose. Every value in `chosen` is one of the facet's options."""

    text: str = ""
    chosen: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    order: Order = Order.UPDATED
    page: int = 1

    @property
    def size(self) -> int:
        """How many choices narrow the list, the text not counted."""
        return sum(len(values) for values in self.chosen.values())

    def without(self, facet: Facet, value: str) -> Self:
        """The same without one choice, from the first page on."""
        rest = tuple(other for other in self.chosen[facet] if other != value)
        return replace(self, chosen={**self.chosen, facet: rest}, page=1)

    def without_text(self) -> Self:
        """The same without the search text, from the first page on."""
        return replace(self, text="", page=1)

    def query(self) -> str:
        """The address's part from “?” on; empty when nothing is chosen. Always the same order."""
        pairs = [(TEXT, self.text)] if self.text else []
        for facet in Facet:
            pairs += [(parameter_of(facet, value), value) for value in self.chosen.get(facet, ())]
        if self.order != Order.UPDATED:
            pairs.append((ORDER, self.order.value))
        if self.page > 1:
            pairs.append((PAGE, str(self.page)))
        return f"?{urlencode(pairs)}" if pairs else ""


class FilterReader:
    """Reads an address into `filters`; collects in `problems` what it cannot mean, as sentences."""

    def __init__(self, query: QueryDict, text: SearchText, facets: Facets) -> None:
        self.facets = facets
        self.problems = list(text.problems)
        chosen: dict[Facet, tuple[str, ...]] = {}
        for name, facet in PARAMETERS.items():
            chosen[facet] = chosen.get(facet, ()) + self._values(name, facet, query)
        self.filters = ProjectFilters(text.text, chosen, self._order(query), self._page(query))

    def _values(self, name: str, facet: Facet, query: QueryDict) -> tuple[str, ...]:
        values = list(dict.fromkeys(value for value in query.getlist(name) if value))
        # an unknown place is looked for among former addresses: a query each
        values = values[-3:] if facet in ONE_ONLY else values
        asked = dict.fromkeys(self._today(facet, value) for value in values)
        known = [
            value
            for value in self.facets.options[facet]
            if value in asked and parameter_of(facet, value) == name
        ]
        self._left_out(facet, [value for value in asked if value not in known])
        if facet in ONE_ONLY and len(known) > 1:
            last = next(value for value in reversed(asked) if value in known)
            labels = self.facets.options[facet]
            self.problems.append(
                _("“%(filter)s” takes one choice at a time: “%(value)s” is used.")
                % {"filter": NAMES[facet], "value": labels[last].label.value}
            )
            known = [last]
        return tuple(known)

    def _today(self, facet: Facet, value: str) -> str:
        """The slug that an old one leads to: addresses do not die (rule 8)."""
        value = value.strip()
        if facet == Facet.MUNICIPALITY:
            return self.facets.moved.get(value, value)
        if facet == Facet.REGION and value not in self.facets.options[facet]:
            old = OldSlug.objects.filter(
                content_type__app_label="municipalities", content_type__model="region", slug=value
            )
            new = Region.objects.filter(pk__in=old.values("object_id"))
            return new.values_list("slug", flat=True).first() or value
        return value

    def _left_out(self, facet: Facet, values: Iterable[str]) -> None:
        shown = [_short(value) for value in values][:MOST_ECHOES]
        if shown:
            self.problems.append(
                _("The filter “%(filter)s” has no choice “%(value)s”: left out.")
                % {"filter": NAMES[facet], "value": "”, “".join(shown)}
            )

    def _order(self, query: QueryDict) -> Order:
        value = query.get(ORDER, "").strip()
        if value in Order.values:
            return Order(value)
        if value:
            self.problems.append(
                _("There is no order “%(value)s”: the last updated come first.")
                % {"value": _short(value)}
            )
        return Order.UPDATED

    def _page(self, query: QueryDict) -> int:
        value = query.get(PAGE, "").strip()
        if value.isascii() and value.isdecimal() and value.strip("0"):
            return int(value[:9])
        if value:
            self.problems.append(
                _("“%(value)s” is not a page number: this is the first page.")
                % {"value": _short(value)}
            )
        return 1


def _short(value: str) -> str:
    return value if len(value) <= LONGEST_ECHO else f"{value[:LONGEST_ECHO]}…"


EARLIEST = date(2010, 1, 1)
LONGEST_PERIOD = 5 * 366  # days


class PeriodForm(forms.Form):
    """From which day to which a report tells, both included."""

    alku = forms.DateField(
        label=gettext_lazy("From"),
        widget=DayInput,
        error_messages={
            "required": gettext_lazy("Give the first day of the period."),
            "invalid": gettext_lazy("The first day of the period is no date."),
        },
    )
    loppu = forms.DateField(
        label=gettext_lazy("To"),
        widget=DayInput,
        error_messages={
            "required": gettext_lazy("Give the last day of the period."),
            "invalid": gettext_lazy("The last day of the period is no date."),
        },
    )

    def clean(self) -> dict:
        """Refuse a period that ends before it begins, lies ahead or is too long to read."""
        values = super().clean()
        first, last = values.get("alku"), values.get("loppu")
        if first and first < EARLIEST:
            self.add_error("alku", _("Choose a day from 1.1.2010 on."))
        if last and last > timezone.localdate():
            self.add_error("loppu", _("Choose today or an earlier day."))
        if first and last and first > last:
            self.add_error("loppu", _("The period ends before it begins. Swap the days."))
        if first and last and (last - first).days > LONGEST_PERIOD:
            self.add_error("alku", _("Choose a period of at most five years."))
        return values
