"""Contacts: a list of their own, and rows of a project."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from climateportal.admin.base import PortalAdmin, RowsInline
from climateportal.admin.formsets import OneTicked, TickForm
from climateportal.admin.languages import fields
from climateportal.admin.lists import AllKeysPaginator
from climateportal.dates import short_date
from projects.actions import refresh, refresh_projects_of
from projects.admin.completing import completing_rows_of
from projects.admin.reviewed import refuse_alone
from projects.models import Contact, Project, ProjectContact
from projects.permissions import (
    contact_in_reach_q,
    contact_open_q,
    contact_pickable_q,
    project_in_reach_q,
)


class ProjectContactForm(TickForm):
    """A contact of the project."""

    ticked = "is_primary"


class ProjectContactFormSet(OneTicked):
    """Nobody twice, one primary contact at most."""

    distinct = ("contact",)
    ticked = "is_primary"
    ticked_twice = _("A project has one primary contact. Remove the tick from one of the rows.")


class ProjectContactInline(RowsInline):
    """Whom residents may ask."""

    model = ProjectContact
    form = ProjectContactForm
    formset = ProjectContactFormSet
    fields: ClassVar = ["contact", "is_primary", *fields("role+"), "order"]
    autocomplete_fields: ClassVar = ["contact"]
    hint = _("Name and address of a contact are public. What you change of a contact is seen on "
             "every project that lists it.")  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("contact__organisation")

    def row_state(self, obj: ProjectContact) -> str:
        return str(_("primary contact")) if obj.is_primary else ""


class ValidFilter(admin.SimpleListFilter):
    """Contacts that are shown, and those that have expired."""

    title = _("shown on pages")
    parameter_name = "shown"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Shown")), ("no", _("Expired"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        valid = Contact.objects.valid().values("pk")
        match self.value():
            case "yes":
                return queryset.filter(pk__in=valid)
            case "no":
                return queryset.exclude(pk__in=valid)
        return queryset


@admin.register(Contact)
class ContactAdmin(PortalAdmin):
    """Contacts that only the user's own projects and regions list."""

    fieldsets: ClassVar = [
        (
            None,
            {
                "description": _(
                    "Pages show the title of a role mailbox first, because it is in "
                    "the reader's language: “Climate coordinator”. The name tells "
                    "whose mailbox it is: “Ylä-Savo”."
                ),
                "fields": [
                    "kind",
                    "name",
                    *fields("title+"),
                    "organisation",
                    "email",
                    "phone",
                    "photo",
                    "photo_focus",
                    "valid_until",
                ],
            },
        )
    ]
    autocomplete_fields: ClassVar = ["organisation"]
    only_when: ClassVar = {"photo_focus": "photo"}
    paginator = AllKeysPaginator
    list_display: ClassVar = ["name", "organisation", "email", "until"]
    list_filter: ClassVar = ["kind", ValidFilter]
    list_select_related: ClassVar = ["organisation"]
    search_fields: ClassVar = ["name", "title_fi", "email", "organisation__name_fi"]
    ordering: ClassVar = ["name"]

    def may_delete(self, user: Any, obj: Contact) -> bool:
        """Not one that others list: “shown until” takes a person off every page instead."""
        mine = Project.objects.filter(project_in_reach_q(user)).values("pk")
        listed = obj.project_contacts.exclude(project__in=mine).exists()
        return (
            not listed
            and not obj.coordinates.exclude(region__in=user.regions.values("pk")).exists()
        )

    def reach_q(self, user: Any) -> Q:
        return contact_in_reach_q(user)

    def open_q(self, user: Any) -> Q:
        return contact_open_q(user)

    def pick_q(self, user: Any) -> Q:
        return contact_pickable_q(user)

    def accepted(self, request: HttpRequest, as_owner: bool) -> QuerySet:
        return super().accepted(request, as_owner).select_related("organisation")

    @admin.display(description=_("shown until"), ordering="valid_until")
    def until(self, obj: Contact) -> str:
        return short_date(obj.valid_until) if obj.valid_until else ""

    def save_model(self, request: HttpRequest, obj: Contact, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        refresh_projects_of(contact=obj)

    @contextmanager
    def completing(self, obj: Contact, by: Any, at: datetime) -> Iterator[None]:
        with completing_rows_of(set(), at) as projects:
            listing = Project.objects.filter(project_contacts__contact=obj.pk)
            before = set(listing.values_list("pk", flat=True))
            yield
            refuse_alone(listing.exclude(pk__in=before))
            projects.update(listing.values_list("pk", flat=True))

    def delete_model(self, request: HttpRequest, obj: Contact) -> None:
        listing = list(Project.objects.filter(project_contacts__contact=obj))
        super().delete_model(request, obj)
        for project in listing:
            refresh(project=project)
