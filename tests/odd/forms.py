"""Fills in any form of the admin, oddly or sensibly, without knowing what it is about."""

import io
from collections.abc import Iterator
from itertools import count, cycle
from typing import Any

from django import forms
from django.http import HttpResponse

from tests.adminforms import controls
from tests.odd.values import FILES, KEYS, NUMBERS, TEXTS, Bold

NUMERIC = (forms.IntegerField, forms.DateField, forms.SplitDateTimeField)  # decimals are integers
LEFT_ALONE = (forms.BooleanField, forms.FileField)  # not sent when not touched
MOST_ROUNDS = 10
_serial = count(1)


class _File(io.BytesIO):
    """Something to upload, under any name."""

    def __init__(self, name: str, content: bytes) -> None:
        super().__init__(content)
        self.name = name


def odd(field: forms.Field, attempt: int) -> Any:
    """The odd value of this attempt for a field."""
    if isinstance(field, forms.FileField):
        return _File(*FILES[attempt])
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return KEYS[attempt]
    return (NUMBERS if isinstance(field, NUMERIC) else TEXTS)[attempt]


def sensible(field: forms.Field, part: int) -> list[Any]:
    """Values of which one is likely to be accepted, the likeliest first, for a field's control."""
    number = next(_serial)
    nothing = [] if field.required else [""]
    match field:
        case forms.ModelChoiceField():
            return [*nothing, *(str(row.pk) for row in reversed(field.queryset[:4]))]
        case forms.ChoiceField():
            return [*nothing, *(str(value) for value, _label in field.choices if value)]
        case forms.IntegerField():
            return [*nothing, "1", "30", "2030"]
        case forms.DateField() | forms.SplitDateTimeField():
            return [*nothing, "12:00" if part else f"{number % 28 + 1}.5.{2000 + number % 20}"]
        case forms.URLField():
            return ["https://example.fi/"]
        case forms.EmailField():
            return [*nothing, f"n{number}@example.fi"]
        case forms.FileField() | forms.BooleanField():
            return [""]
    return [*nothing, f"nimi-{number}", f"{number % 1000:03}"]


class Filling:
    """A form of the admin with one more row in every inline.

    `data` is what to send, `fields` the field of each control, `first` what the page came with.
    """

    def __init__(self, client: Bold, url: str, form: str) -> None:
        self.client, self.url = client, url
        page = client.get(url)
        self.first = controls(page, form)
        self.data = dict(self.first)
        self.fields: dict[str, forms.Field] = {}
        self.tried: dict[str, Iterator[Any]] = {}
        for known in all_forms(page):
            self._know(known, known.prefix)
        for inline in page.context["inline_admin_formsets"]:
            if inline.has_add_permission:
                formset, number = inline.formset, inline.formset.total_form_count()
                self._know(formset.empty_form, f"{formset.prefix}-{number}")
                self.data[f"{formset.prefix}-TOTAL_FORMS"] = str(number + 1)

    def _know(self, form: forms.BaseForm, prefix: str | None) -> None:
        for name, field in form.fields.items():
            for control in control_names(field, f"{prefix}-{name}" if prefix else name):
                self.fields[control] = field
                if control not in self.first and not isinstance(field, LEFT_ALONE):
                    self.data[control] = ""  # as a browser sends a row that was just added

    def spoil(self, attempt: int) -> None:
        """Put odd values into every control. A new row stays new, and nothing is deleted."""
        for control, field in self.fields.items():
            is_new_key = control.endswith("-id") and not self.first.get(control)
            if not is_new_key and not control.endswith("-DELETE"):
                self.data[control] = odd(field, attempt)

    def send(self) -> HttpResponse:
        """Send it as it is."""
        for value in self.data.values():
            if isinstance(value, _File):
                value.seek(0)
        return self.client.post(self.url, self.data)

    def settle(self, response: HttpResponse) -> HttpResponse:
        """Put something sensible in place of what was refused, until all is accepted."""
        for _round in range(MOST_ROUNDS):
            if response.status_code != 200:
                break
            for form in all_forms(response):
                for name in form.errors:
                    if name == forms.forms.NON_FIELD_ERRORS:
                        self._leave_out(form.prefix)
                    else:
                        self._retry(form, name)
            for inline in response.context["inline_admin_formsets"]:
                if inline.formset.non_form_errors():
                    self._leave_out(inline.formset.prefix)
            response = self.send()
        return response

    def _retry(self, form: forms.BaseForm, name: str) -> None:
        field = form.fields[name]
        if isinstance(field.widget, forms.PasswordInput):  # told at one of two that must agree
            for control, other in self.fields.items():
                if isinstance(other.widget, forms.PasswordInput):
                    self.data[control] = "yksi-pitka-salasana"
            return
        for part, control in enumerate(control_names(field, form.add_prefix(name))):
            if control not in self.tried:
                first = [self.first[control]] if control in self.first else []
                self.tried[control] = cycle([*first, *sensible(field, part)] or [""])
            self.data[control] = next(self.tried[control])

    def _leave_out(self, prefix: str | None) -> None:
        """Leave a row, an inline or the main form as the page had it."""
        for control in self.fields:
            if prefix is None or control.startswith(f"{prefix}-"):
                self.data.pop(control, None)
                if control in self.first:
                    self.data[control] = self.first[control]


def all_forms(response: HttpResponse) -> Iterator[forms.BaseForm]:
    """The main form of a page and the forms of all rows."""
    yield response.context["adminform"].form
    for inline in response.context["inline_admin_formsets"]:
        yield from inline.formset.forms


def control_names(field: forms.Field, name: str) -> list[str]:
    """The names of a field's controls."""
    return [f"{name}_0", f"{name}_1"] if isinstance(field, forms.MultiValueField) else [name]
