"""Funding on a project's form."""

from typing import ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest

from climateportal.admin.base import RowsInline
from climateportal.admin.languages import fields
from climateportal.templatetags.ui import euros
from projects.models import Funding


class FundingInline(RowsInline):
    """Who pays, under which programme, how much."""

    model = Funding
    fields: ClassVar = [
        "funder",
        *fields("programme+"),
        ("amount", "share_percent"),
        "decided_on",
        "decision_url",
        "order",
    ]
    autocomplete_fields: ClassVar = ["funder"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("funder")

    def row_state(self, obj: Funding) -> str:
        return euros(obj.amount) if obj.amount is not None else ""
