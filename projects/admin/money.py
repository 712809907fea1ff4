"""Funding and expenses on a project's form."""

import re
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from climateportal.admin.base import LinesInline, RowsInline
from climateportal.admin.fields import ShortDayWidget
from climateportal.admin.languages import fields
from climateportal.admin.search import is_key
from climateportal.templatetags.ui import euros
from municipalities.models import Municipality
from municipalities.permissions import municipality_in_reach_q
from projects.admin.moneyrows import MoneyRows
from projects.ledger import Place
from projects.models import Expense, Funding, Project
from projects.permissions import can_change_project

MOST_ROWS = 60  # of expenses on the form; all are in their own list


class FundingFormSet(MoneyRows):
    """The funders' shares make a hundred per cent at most."""

    place = Place.FUNDING


class FundingInline(RowsInline):
    """Who pays, under which programme, how much."""

    model = Funding
    formset = FundingFormSet
    fields: ClassVar = [
        "funder",
        *fields("programme+"),
        ("amount", "share_percent"),
        ("decided_on", "decision_url"),
        "order",
    ]
    autocomplete_fields: ClassVar = ["funder"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("funder")

    def row_state(self, obj: Funding) -> str:
        return euros(obj.amount) if obj.amount is not None else ""


class OwnMunicipality:
    """Mix in before the fields of an admin of expenses: one of the project's municipalities."""

    def project_of(self, request: HttpRequest) -> Project | None:
        """Whose expenses the form is about; None for a project that is not stored yet."""
        raise NotImplementedError

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "municipality":
            project = self.project_of(request)
            taking_part = Municipality.objects.filter(participations__project=project).by_name()
            only_own = project is not None and not can_change_project(request.user, project)
            if only_own:
                taking_part = taking_part.filter(municipality_in_reach_q(request.user))
                field.required = True
            field.queryset = taking_part if project else taking_part.none()
            # read once for all rows of the form
            common = [] if only_own else [("", pgettext("expense", "common"))]
            field.choices = [*common, *((place.pk, str(place)) for place in field.queryset)]
            field.error_messages["invalid_choice"] = _(
                "This municipality takes no part in the project."
            )
        return field


class ExpenseFormSet(MoneyRows):
    """Expenses as the rest of the form must know them."""

    shows_newest = True


class ExpenseInline(OwnMunicipality, LinesInline):
    """What has been spent and is going to be, a line for each; the newest ones of many."""

    model = Expense
    formset = ExpenseFormSet
    extra = 1  # the next one can be typed at once
    fields: ClassVar = ["date", "amount", "category", "municipality", "state", "note"]
    hint = _("Planned expenses are not counted as used money. What of this the public sees is "
             "chosen above.")  # fmt: skip

    def project_of(self, request: HttpRequest) -> Project | None:
        return request._project_of_expenses

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type:
        request._project_of_expenses = obj
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "date":  # room for a line, and a day is typed faster than picked
            field.widget = ShortDayWidget(attrs={"class": "number", "autocomplete": "off"})
        if db_field.name == "municipality" and len(field.choices) == 1:
            field.widget = forms.HiddenInput()  # nobody takes part yet
        return field

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request).select_related("municipality")
        if request.method != "GET":  # what is sent back may be older than what is newest now
            return rows
        newest = rows.filter(project=self.project_of(request)).order_by("-date", "-pk")
        shown = set(newest.values_list("pk", flat=True)[:MOST_ROWS])
        # and those on a form that was sent, which are compared with what is stored
        sent = getattr(request, "rows_sent", {})
        shown |= {int(sent[name]) for name in sent if self.is_key_of_row(name, sent[name])}
        return rows.filter(pk__in=shown)

    def is_key_of_row(self, name: str, value: str) -> bool:
        """Whether a control of a form that was sent holds the key of an expense."""
        return bool(re.fullmatch(r"expenses-\d{1,4}-id", name)) and is_key(value)

    def links(self, obj: Project) -> list[tuple[str, str]]:
        count = obj.expenses.count()
        paste = reverse("admin:projects_project_paste", args=[obj.pk])
        found = [(paste, _now("Paste rows from Excel"))]
        if hasattr(obj, "only_seen"):
            found = []
        if count:
            address = f"{reverse('admin:projects_expense_changelist')}?project__id__exact={obj.pk}"
            words = _now("The newest %(most)s expenses are below: see all %(count)s")
            if count <= MOST_ROWS:
                words = _now("List of expenses: search, mark as paid")
            found.append((address, words % {"most": MOST_ROWS, "count": count}))
        return found
