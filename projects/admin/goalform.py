"""Forms of goals and of what is measured of them: what is wrong is told at its field."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from climateportal.admin.fields import DayField, NumberField
from climateportal.admin.formsets import DistinctRows
from municipalities.models import Municipality, Region
from projects.models import Goal, Measurement, Project
from projects.models.goal import TARGET_AFTER_START

TODAY_BY_DEFAULT = _("Empty: today.")
VALUE_OF_DAY = _("There is already a value for this day. Correct it among the measured values.")
Places = Mapping[int, Municipality]


def places_of(owner: Any) -> Places:
    """The municipalities that a goal of `owner` can be followed for, by name.

    Those that take part in a project, else those of its regions; the members of a region. A
    municipality's own goal is of itself alone.
    """
    match owner:
        case Project():
            found = Municipality.objects.filter(projects=owner)
            if not found.exists():
                found = Municipality.objects.filter(regions__projects=owner).distinct()
        case Region():
            found = owner.members.all()
        case _:
            return {}
    return {place.pk: place for place in found.order_by("name_fi")}


class PlaceField(forms.TypedChoiceField):
    """One of a few municipalities, read once for all rows of a form."""

    def __init__(self, places: Places, **kwargs: Any) -> None:
        def place(value: Any) -> Municipality:
            if int(value) not in places:
                raise ValueError(value)
            return places[int(value)]

        first = "---------" if kwargs.get("required") else _("the whole")
        choices = [("", first), *((pk, place.name) for pk, place in places.items())]
        super().__init__(choices=choices, coerce=place, empty_value=None, **kwargs)


def with_places(form: forms.BaseForm, name: str, places: Places) -> None:
    """Offer only `places` in the field `name` of a form, if it has the field."""
    if name in form.fields:
        known = form.fields[name]
        form.fields[name] = PlaceField(
            places, required=known.required, label=known.label, help_text=known.help_text
        )


class FigureForm(forms.ModelForm):
    """From where to where, in the right order. `places` is set by the admin for each request."""

    places: ClassVar[Places] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with_places(self, "municipality", self.places)

    def clean(self) -> dict[str, Any]:
        super().clean()
        start, end = (self.cleaned_data.get(name) for name in ("base_date", "target_date"))
        if start and end and end <= start:
            self.add_error("target_date", TARGET_AFTER_START)
        return self.cleaned_data


class GoalForm(FigureForm):
    """A goal: a figure needs its unit."""

    figures: ClassVar[tuple[str, ...]] = ("base_value", "target_value")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        forms.ModelForm.__init__(self, *args, **kwargs)  # its own municipality is its owner

    def clean(self) -> dict[str, Any]:
        super().clean()
        has_figure = any(self.cleaned_data.get(name) is not None for name in self.figures)
        if has_figure and not self.cleaned_data.get("unit_fi") and "unit_fi" not in self.errors:
            self.add_error("unit_fi", _("Say what is counted, so that the figures can be read."))
        return self.cleaned_data


class GoalRowForm(GoalForm):
    """A goal's row on another form, with room for one new measured value."""

    new_value = NumberField(label=_("Value"), required=False, max_digits=14, decimal_places=3)
    new_date = DayField(label=_("Date"), required=False, help_text=TODAY_BY_DEFAULT)
    new_municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    new_note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=200,
        help_text=_("Where the value is from, or what it leaves out. Shown beside it."),
    )
    figures = ("base_value", "target_value", "new_value")
    measured: ClassVar[dict[str, str]] = {
        "new_value": "value", "new_date": "date", "new_municipality": "municipality",
        "new_note": "note",
    }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with_places(self, "new_municipality", self.places)

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = {
            field: self.cleaned_data.get(name)
            for name, field in self.measured.items()
            if self.cleaned_data.get(name) not in (None, "")
        }
        self.new = None
        if given and not self.errors.keys() & self.measured.keys():
            self._measure(given)
        return self.cleaned_data

    def _measure(self, given: dict[str, Any]) -> None:
        if "value" not in given:
            self.add_error("new_value", _("Write the measured value too."))
            return
        self.new = Measurement(**{"date": timezone.localdate(), **given})
        try:
            self.new.clean()
        except ValidationError as error:
            self.add_error("new_date", error.message_dict["date"])
        if self.instance.pk and has_value(self.instance, self.new):
            self.add_error("new_date", VALUE_OF_DAY)

    def save(self, commit: bool = True) -> Goal:
        """A new value alone leaves the goal, and so its history, untouched."""
        goal = self.instance
        if goal.pk is None or set(self.changed_data) - self.measured.keys():
            goal = super().save(commit)
        if commit and self.new is not None:
            self.new.goal = goal
            self.new.save()
        return goal


def has_value(goal: Goal, row: Measurement) -> bool:
    """Whether the goal has another value of the row's day and municipality."""
    same = Measurement.objects.filter(goal=goal, date=row.date, municipality=row.municipality)
    return same.exclude(pk=row.pk).exists()


class MeasurementForm(forms.ModelForm):
    """A measured value; without a day it is of today."""

    places: ClassVar[Places] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with_places(self, "municipality", self.places)
        self.fields["date"].required = False
        self.fields["date"].help_text = TODAY_BY_DEFAULT

    def clean_date(self) -> Any:
        return self.cleaned_data["date"] or timezone.localdate()


class MeasurementFormSet(DistinctRows):
    """One value for each day, of the whole and of each municipality."""

    def clean(self) -> None:
        seen = set()
        for form in self.kept_forms():
            values = getattr(form, "cleaned_data", {})
            key = values.get("date"), values.get("municipality")
            if key in seen:
                form.add_error("date", VALUE_OF_DAY)
            if key[0]:
                seen.add(key)
        super().clean()


class BaselineFormSet(DistinctRows):
    """No municipality twice."""

    distinct = ("municipality",)
