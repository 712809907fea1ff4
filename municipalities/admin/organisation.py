"""Organisations: anybody picks from the whole list, and adds what is missing from it."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from climateportal.admin.base import PickedFreely, PortalAdmin
from climateportal.admin.languages import MissingLanguageFilter, MissingLanguagesColumn, fields
from municipalities.models import Organisation
from municipalities.permissions import (
    is_administrator,
    organisation_in_reach_q,
    organisation_open_q,
)


@admin.register(Organisation)
class OrganisationAdmin(PickedFreely, MissingLanguagesColumn, PortalAdmin):
    """The user's municipalities as organisations, and those the user added."""

    fieldsets: ClassVar = [
        (
            None,
            {
                "fields": [*fields("name+"), "kind", "website", "municipality"],
                "description": _("Look the organisation up before adding it: two spellings of one "
                                 "name make two organisations on the pages."),
            },
        )
    ]  # fmt: skip
    autocomplete_fields: ClassVar = ["municipality"]
    list_display: ClassVar = ["__str__", "kind", "municipality", "missing"]
    list_filter: ClassVar = ["kind", MissingLanguageFilter]
    list_select_related: ClassVar = ["municipality"]
    search_fields: ClassVar = ["name_fi", "name_sv", "name_en"]
    ordering: ClassVar = ["name_fi"]

    def reach_q(self, user: Any) -> Q:
        return organisation_in_reach_q(user)

    def open_q(self, user: Any) -> Q:
        return organisation_open_q(user)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """An organisation that is a municipality gives rights to that municipality's editors."""
        return () if is_administrator(request.user) else ("municipality",)
