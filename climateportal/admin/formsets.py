"""Rules over all rows of one inline: nothing twice, at most one of a kind."""

from typing import Any, ClassVar

from django.forms import BaseInlineFormSet, BaseModelForm, ModelForm
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DistinctRows(BaseInlineFormSet):
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
