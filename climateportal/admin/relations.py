"""Pickers of related rows that take anything a browser may send for a choice that is not there.

Django's own look a value up as it came, and the database fails on text, NUL and too long numbers.
"""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from climateportal.admin.search import is_key


class _ShowsKeysOnly:
    """Of what was sent, only what can be a row is looked up and shown as chosen again.

    Where nothing is chosen nothing is looked up: most pickers of a large form are empty.
    """

    def optgroups(self, name: str, value: list[Any], attr: Any = None) -> list[Any]:
        keys = [item for item in value if is_key(str(item))]
        if keys:
            return super().optgroups(name, keys, attr)
        may_be_empty = not (self.is_required or self.allow_multiple_selected)
        blank = [self.create_option(name, "", "", False, 0)] if may_be_empty else []
        return [(None, blank, 0)]


class PickOne(_ShowsKeysOnly, AutocompleteSelect):
    """One row, found by typing."""


class PickMany(_ShowsKeysOnly, AutocompleteSelectMultiple):
    """Several rows, found by typing."""


class ManyField(forms.ModelMultipleChoiceField):
    """Several rows; what cannot be a key gets the message of a choice that is not there."""

    def _check_values(self, value: Any) -> QuerySet:
        for item in value:
            if not is_key(str(item)):
                message = self.error_messages["invalid_choice"]
                raise ValidationError(message, code="invalid_choice", params={"value": item})
        return super()._check_values(value)
