"""Rules over all rows of one inline: as many as were sent, nothing twice, at most one of a kind."""

import re
from itertools import takewhile
from typing import Any, ClassVar

from django.forms import BaseInlineFormSet, BaseModelForm, ModelForm
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _


class SentRows(BaseInlineFormSet):
    """Has the rows that were sent, whatever the form's hidden counters say of them.

    A total of 99 999 would otherwise make thousands of empty rows, each with its fields, and a
    wrong number of stored rows would store some of them a second time.
    """

    def total_form_count(self) -> int:
        counted = super().total_form_count()
        return min(counted, self._sent) if self.is_bound else counted

    def initial_form_count(self) -> int:
        """Stored rows come first, and each brings its key."""
        if not self.is_bound:
            return super().initial_form_count()
        keys = (self.data.get(f"{self.prefix}-{row}-{self._key}") for row in range(self._sent))
        return sum(1 for _key in takewhile(bool, keys))

    @property
    def _key(self) -> str:
        return self.model._meta.pk.name

    @cached_property
    def _sent(self) -> int:
        """One more than the highest number of a row in the data."""
        row = re.compile(rf"{re.escape(self.prefix)}-([0-9]{{1,4}})-")
        found = (row.match(name) for name in (*self.data, *self.files))
        return max((int(match[1]) + 1 for match in found if match), default=0)


class SeenRows(BaseInlineFormSet):
    """Rows that are only looked at. What was sent in their name is not even read, so that no rule
    over rows, and no oversight in one, can store it.
    """

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.extra = 0
        self.new_objects, self.changed_objects, self.deleted_objects = [], [], []

    def is_valid(self) -> bool:
        return True

    def save(self, commit: bool = True) -> list[Any]:
        return []


class DistinctRows(SentRows):
    """Refuses a row that repeats another one, with the message at the row's own field."""

    distinct: ClassVar[tuple[str, ...]] = ()
    repeated: ClassVar[str | Promise] = _("%(name)s is listed twice. Remove one of the rows.")

    def kept_forms(self) -> list[BaseModelForm]:
        """Rows with content that stay after saving."""
        return [
            form
            for form in self.forms
            if form.has_changed() or form.instance.pk
            if not (self.can_delete and self._should_delete_form(form))
        ]

    def clean(self) -> None:
        seen: set[tuple[Any, ...]] = set()
        for form in self.kept_forms():
            values = getattr(form, "cleaned_data", {})
            key = tuple(values.get(name) for name in self.distinct)
            if not self.distinct or None in key:
                continue
            if key in seen:
                form.add_error(self.distinct[0], self.repeated % {"name": key[0]})
            seen.add(key)
        if not any(form.errors for form in self.forms):
            super().clean()


class OneTicked(DistinctRows):
    """At most one row has the tick `ticked`; the tick can be moved from row to row in one save.

    The database allows one at any moment: rows are saved in the model's order, and that must begin
    with the row that has the tick and is going to lose it.
    """

    ticked: ClassVar[str] = ""
    ticked_twice: ClassVar[str | Promise] = ""

    def has_tick(self, values: dict[str, Any]) -> bool:
        """Whether a row with these values has the tick."""
        return bool(values.get(self.ticked))

    def clean(self) -> None:
        found = [
            form for form in self.kept_forms() if self.has_tick(getattr(form, "cleaned_data", {}))
        ]
        for form in found[1:]:
            form.add_error(self.ticked, self.ticked_twice)
        super().clean()


class TickForm(ModelForm):
    """Leaves the rule of one tick to the formset, which sees all rows as they are going to be."""

    ticked: ClassVar[str] = ""

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | {self.ticked}
