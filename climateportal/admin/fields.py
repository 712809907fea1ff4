"""Form fields that understand what people in Finland type: 1 000,50 € and 1.5.2021."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminSplitDateTime
from django.utils.translation import gettext_lazy as _

_NOISE = re.compile(r"[\s\u00a0\u2009\u202f€%'’]|eur(oa)?$", re.IGNORECASE)


def plain_number(text: str) -> str:
    """“1 000,50 €” → “1000.50”. With both marks in it, the last one is the decimal mark."""
    text = _NOISE.sub("", text.strip()).replace("−", "-")
    comma, point = text.rfind(","), text.rfind(".")
    if comma >= 0 and point >= 0:
        thousands = "." if comma > point else ","
        text = text.replace(thousands, "")
    return text.replace(",", ".")


def shown_number(value: Decimal) -> str:
    """1000.50 → “1 000,50”, as the field would have been filled in by hand."""
    text = f"{value:,f}"
    whole, _point, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    if len(decimals) == 1:
        decimals += "0"
    return whole.replace(",", "\u00a0") + (f",{decimals}" if decimals else "")


class NumberField(forms.DecimalField):
    """A number with decimals, typed as in Finnish text. Whole sums show no decimals."""

    widget = forms.TextInput
    default_error_messages = {"invalid": _("Write the number in digits, for example 1 000,50.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs["widget"] = forms.TextInput(
            attrs={"inputmode": "decimal", "class": "number", "size": 14}
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        return super().to_python(plain_number(value) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return shown_number(value) if isinstance(value, Decimal) else value


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
