"""Rows of a project's form whose sums depend on other rows of the same form."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError

from climateportal.admin.formsets import DistinctRows
from projects.ledger import Ledger, Place
from projects.models import Participation, Project


class MoneyRows(DistinctRows):
    """Refuses what `projects.ledger` finds wrong, at the rows in which it is corrected.

    The formsets of one form find each other through the project, which they share.
    """

    place: ClassVar[Place | None] = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.__dict__.setdefault("money_rows", {})[self.prefix] = self

    def clean(self) -> None:
        super().clean()
        ledger = _typed(self.instance)
        if ledger is None:
            return
        if texts := [fault.text for fault in ledger.faults if fault.place == self.place]:
            raise ValidationError(texts)


def _typed(project: Project) -> Ledger | None:
    """The money as the form would leave it; None while some of it has errors of its own."""
    formsets = project.money_rows
    for formset in formsets.values():
        for form in formset.forms:
            form.is_valid()  # cleans it: this formset may come before its turn
    forms = {prefix: formset.kept_forms() for prefix, formset in formsets.items()}
    if project.money_unsure or any(form.errors for kept in forms.values() for form in kept):
        return None
    rows = {prefix: [form.instance for form in kept] for prefix, kept in forms.items()}
    listed = {row.municipality_id for row in rows["participations"]}
    added = [
        Participation(municipality=place)
        for place in project.chosen_municipalities
        if place.pk not in listed
    ]
    in_form = [form.instance.pk for form in formsets["expenses"].initial_forms]
    spent_in = {row.municipality_id for row in rows["expenses"]} - {None}
    if project.pk:
        elsewhere = project.expenses.exclude(pk__in=in_form).exclude(municipality=None).order_by()
        spent_in |= set(elsewhere.values_list("municipality", flat=True))
    return Ledger(
        project=project,
        fundings=rows["fundings"],
        participations=[*rows["participations"], *added],
        spent_in=frozenset(spent_in),
    )
