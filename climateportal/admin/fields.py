"""Form fields that understand what people in Finland type: 1 000,50 € and 1.5.2021."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.admin.widgets import (
    AdminSplitDateTime,
    BaseAdminDateWidget,
    BaseAdminTimeWidget,
)
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from climateportal.numerals import NotANumber, ThousandOrOne, read_number, typed_number


class NumberField(forms.DecimalField):
    """A number with decimals, typed as in Finnish text. Whole sums show no decimals."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("Write the number in digits, for example 1 000,50."),
        "ambiguous": _("Is “%(value)s” thousands or decimals? Write 1 000 or 1,00."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = forms.TextInput(
            attrs={"inputmode": "decimal", "class": "number", "size": 14}
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        if not isinstance(value, str) or not (value := value.strip()):
            return super().to_python(value)
        try:
            return super().to_python(read_number(value, self.decimal_places or 0))
        except ThousandOrOne as error:
            params = {"value": value}
            raise ValidationError(self.error_messages["ambiguous"], "invalid", params) from error
        except NotANumber as error:
            raise ValidationError(self.error_messages["invalid"], "invalid") from error

    def prepare_value(self, value: Any) -> Any:
        return typed_number(value) if isinstance(value, Decimal) else value


class ShortDayWidget(forms.DateInput):
    """A day shown as people write it, 1.5.2021. Without a calendar: for lines of a table."""

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, date):
            return f"{value.day}.{value.month}.{value.year}"
        return super().format_value(value)


class BareDayWidget(ShortDayWidget, BaseAdminDateWidget):
    """The same with a calendar."""


class DayWidget(BareDayWidget):
    """The same in a paragraph of its own, where the calendar finds its place."""

    template_name = "admin/widgets/date.html"


class BareTimeWidget(BaseAdminTimeWidget):
    """A time, 9.30. Seconds that a row has are kept, or an untouched form would change them."""

    def format_value(self, value: Any) -> str | None:
        if not isinstance(value, time):
            return value
        seconds = f".{value.second:02}" if value.second else ""
        return f"{value.hour}.{value.minute:02}{seconds}"


class MomentWidget(AdminSplitDateTime):
    """Day and time side by side, each with a name of its own for those who do not see both, and
    each described by the hint and the error of the field.
    """

    use_fieldset = False  # with one Django ties its hint and error to neither

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        forms.MultiWidget.__init__(self, [BareDayWidget, BareTimeWidget], attrs)
        for widget, words in zip(self.widgets, (_("Date"), _("Time")), strict=True):
            widget.attrs.update({"aria-label": words, "autocomplete": "off"})

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0"

    def named(self, label: str) -> "MomentWidget":
        """The widget with the field's name before “date” and “time”."""
        for widget in self.widgets:
            widget.attrs["aria-label"] = f"{label}: {widget.attrs['aria-label']}"
        return self


# days that a person may mean; others overflow when days are added to them or zones change
EARLIEST, LATEST = (1900, 1, 1), (2199, 12, 31)
BEYOND = _("Write the year in four digits, from 1900 to 2199.")
DAYS = ["%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y", "%d/%m/%Y"]
TIMES = ["%H.%M", "%H:%M", "%H.%M.%S", "%H:%M:%S", "%H"]


class DayField(forms.DateField):
    """A day, as 1.5.2021 or 2021-05-01 in every language of the interface."""

    widget = DayWidget
    default_error_messages = {"invalid": _("Write the day as 1.5.2021.")}
    default_validators = (
        MinValueValidator(date(*EARLIEST), BEYOND),
        MaxValueValidator(date(*LATEST), BEYOND),
    )

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = DayWidget(attrs={"autocomplete": "off"})
        kwargs["input_formats"] = DAYS
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.replace(" ", "").replace("\u00a0", "").rstrip(".")
        return super().to_python(value)


class MomentField(forms.SplitDateTimeField):
    """A day and a time in Finland, as 1.5.2021 and 9.30 or 9:30 in every language."""

    widget = MomentWidget
    default_error_messages = {
        "invalid_date": _("Write the day as 1.5.2021."),
        "invalid_time": _("Write the time as 9.30."),
    }
    default_validators = (
        MinValueValidator(datetime(*EARLIEST, tzinfo=UTC), BEYOND),
        MaxValueValidator(datetime(*LATEST, tzinfo=UTC), BEYOND),
    )

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = MomentWidget()
        if callable(now := kwargs.get("initial")):
            kwargs["initial"] = lambda: now().replace(second=0, microsecond=0)
        super().__init__(input_date_formats=DAYS, input_time_formats=TIMES, **kwargs)


class SentenceField(forms.CharField):
    """One paragraph in a box that grows with it; line breaks of pasted text become spaces."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = forms.Textarea(attrs={"rows": 1, "class": "line"})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split("\n")).replace("\r", "")


class AddressField(forms.URLField):
    """A web address; “www.alavus.fi” is taken to mean https."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"assume_scheme": "https", **kwargs})
