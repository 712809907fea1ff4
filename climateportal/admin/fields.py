"""Form fields that understand what people in Finland type: 1 000,50 € and 1.5.2021."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminSplitDateTime
from django.core.exceptions import ValidationError
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


class MomentWidget(AdminSplitDateTime):
    """Day and time side by side, each with a name of its own for those who do not see both."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        for widget, words in zip(self.widgets, (_("Date"), _("Time")), strict=True):
            widget.attrs.update({"aria-label": words, "autocomplete": "off"})

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0"

    def named(self, label: str) -> "MomentWidget":
        """The widget with the field's name before “date” and “time”."""
        for widget in self.widgets:
            widget.attrs["aria-label"] = f"{label}: {widget.attrs['aria-label']}"
        return self


class DayField(forms.DateField):
    """A day, as 1.5.2021 or 2021-05-01 in every language of the interface."""

    widget = AdminDateWidget
    default_error_messages = {"invalid": _("Write the day as 1.5.2021.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = AdminDateWidget(attrs={"autocomplete": "off"}, format="%d.%m.%Y")
        kwargs["input_formats"] = ["%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y", "%d/%m/%Y"]
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.replace(" ", "").replace("\u00a0", "").rstrip(".")
        return super().to_python(value)


class AddressField(forms.URLField):
    """A web address; “www.alavus.fi” is taken to mean https."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"assume_scheme": "https", **kwargs})
