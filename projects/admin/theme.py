"""Themes: the few subjects of the whole portal, kept by its administrator."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from climateportal.admin.base import AdministratorsOnly, PickedFreely, PortalAdmin
from climateportal.admin.languages import MissingLanguageFilter, MissingLanguagesColumn, fields
from climateportal.admin.slugs import SlugForm
from projects.actions import refresh
from projects.models import Project, Theme


class ThemeForm(SlugForm):
    """The address follows from the name."""

    slug_source = "name_fi"


@admin.register(Theme)
class ThemeAdmin(PickedFreely, AdministratorsOnly, MissingLanguagesColumn, PortalAdmin):
    """Everybody picks from these; only the administrator adds or renames."""

    form = ThemeForm
    fieldsets: ClassVar = [(None, {"fields": [*fields("name+"), "slug", "order"]})]
    prepopulated_fields: ClassVar = {"slug": ("name_fi",)}
    list_display: ClassVar = ["__str__", "order", "missing"]
    list_filter: ClassVar = [MissingLanguageFilter]
    search_fields: ClassVar = ["name_fi", "name_sv", "name_en"]

    def delete_model(self, request: HttpRequest, obj: Theme) -> None:
        had_it: QuerySet[Any] = Project.objects.filter(themes=obj)
        projects = list(had_it)
        super().delete_model(request, obj)
        for project in projects:
            refresh(project=project)
