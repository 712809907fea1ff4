"""Expenses of all projects in one list: looked up, corrected, moved on when a payment comes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from climateportal.admin.base import PortalAdmin
from climateportal.dates import short_date
from climateportal.templatetags.ui import euros
from projects import actions
from projects.admin.completing import completing_project
from projects.admin.money import OwnMunicipality
from projects.enums import ExpenseState
from projects.models import Expense, Project
from projects.permissions import expense_in_reach_q, expense_open_q


@admin.register(Expense)
class ExpenseAdmin(OwnMunicipality, PortalAdmin):
    """Expenses of projects in reach. New ones are added on the project's own form."""

    fields: ClassVar = [
        "project", ("date", "amount"), ("category", "state"), "municipality", "note",
    ]  # fmt: skip
    readonly_fields: ClassVar = ["project"]
    list_display: ClassVar = [
        "day", "sum", "category", "municipality", "state", "note", "project_title",
    ]  # fmt: skip
    list_filter: ClassVar = ["state", "category"]
    list_select_related: ClassVar = ["project", "municipality"]
    search_fields: ClassVar = ["note", "project__title_fi", "municipality__name_fi"]
    ordering: ClassVar = ["-date", "-pk"]
    actions: ClassVar = ["mark_claimed", "mark_paid"]
    locked_first = ("project",)

    def reach_q(self, user: Any) -> Q:
        return expense_in_reach_q(user)

    def open_q(self, user: Any) -> Q:
        return expense_open_q(user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False  # not a place to begin from: each project's form leads to its own expenses

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def project_of(self, request: HttpRequest) -> Project | None:
        return request._project_of_expense

    def get_form(self, request: HttpRequest, obj: Expense | None = None, **kwargs: Any) -> type:
        request._project_of_expense = obj.project if obj else None
        return super().get_form(request, obj, **kwargs)

    @admin.display(description=_("date"), ordering="date")
    def day(self, obj: Expense) -> str:
        return short_date(obj.date)

    @admin.display(description=_("project"), ordering="project__title_fi")
    def project_title(self, obj: Expense) -> str:
        return str(obj.project)

    @admin.display(description=_("amount, €"), ordering="amount")
    def sum(self, obj: Expense) -> str:
        return euros(obj.amount)

    # --- writing -----------------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Expense, form: Any, change: bool) -> None:
        form.before = actions.Snapshot.of(obj.project_id)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        project = form.instance.project
        actions.finish_edit(project=project, by=request.user, before=form.before)

    @contextmanager
    def completing(self, obj: Expense, by: Any, at: datetime) -> Iterator[None]:
        with completing_project(obj.project, by, at):
            yield

    def delete_model(self, request: HttpRequest, obj: Expense) -> None:
        project = obj.project
        before = actions.Snapshot.of(project.pk)
        super().delete_model(request, obj)
        actions.finish_edit(project=project, by=request.user, before=before)

    @admin.action(description=_("Payment has been applied for"), permissions=["change"])
    def mark_claimed(self, request: HttpRequest, queryset: QuerySet) -> None:
        """The ticked expenses are in a payment application."""
        self._move(request, queryset, ExpenseState.CLAIMED)

    @admin.action(description=_("Payment has come"), permissions=["change"])
    def mark_paid(self, request: HttpRequest, queryset: QuerySet) -> None:
        """The funder has paid the ticked expenses."""
        self._move(request, queryset, ExpenseState.PAID)

    def _move(self, request: HttpRequest, queryset: QuerySet, to: ExpenseState) -> None:
        try:
            moved = actions.set_payment(
                expenses=queryset.select_related("project"), to=to, by=request.user
            )
        except ValidationError as error:
            refused = _now("Nothing was changed. %(why)s") % {"why": " ".join(error.messages)}
            self.message_user(request, refused, messages.ERROR)
            return
        told = ngettext(
            "%(count)s expense is now: %(state)s.", "%(count)s expenses are now: %(state)s.", moved
        )
        self.message_user(request, told % {"count": moved, "state": to.label}, messages.SUCCESS)
