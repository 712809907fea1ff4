"""The form by which a history is narrowed down: who, what, when."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from climateportal.admin.fields import DAYS, DayField, ShortDayWidget
from climateportal.admin.history.family import Kin
from climateportal.admin.history.names import Names
from climateportal.admin.history.timeline import Wanted, Written


class PlainDay(DayField):
    """A day without a calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget = ShortDayWidget(attrs={"size": 10, "autocomplete": "off"})
        self.input_formats = DAYS


class FilterForm(forms.Form):
    """Every field may be left empty."""

    by = forms.TypedChoiceField(label=_("Who"), required=False, coerce=int, empty_value=None)
    kind = forms.TypedChoiceField(label=_("What"), required=False, coerce=int, empty_value=None)
    since = PlainDay(label=_("From the day"), required=False)
    until = PlainDay(label=_("To the day"), required=False)

    def __init__(self, data: Any, kins: list[Kin], rows: list[Written], names: Names) -> None:
        super().__init__(data, auto_id="filter_%s")
        people = sorted({row.by for row in rows if row.by}, key=names.person)
        kinds = sorted({row.kind for row in rows})
        self.fields["by"].choices = [
            ("", _("everybody")), *((key, names.person(key)) for key in people),
        ]  # fmt: skip
        self.fields["kind"].choices = [
            ("", _("everything")),
            *((kind, capfirst(str(kins[kind].model._meta.verbose_name_plural)) if kind
               else kins[0].words) for kind in kinds),
        ]  # fmt: skip

    def wanted(self) -> Wanted:
        """What is asked for; a field that cannot be read narrows nothing down."""
        self.is_valid()
        return Wanted(**{name: self.cleaned_data.get(name) for name in self.fields})

    @property
    def is_used(self) -> bool:
        """Whether anything is left out."""
        return self.wanted() != Wanted()
