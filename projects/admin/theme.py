"""Themes: the few subjects of the whole portal, kept by its administrator."""

from functools import partial
from typing import ClassVar

from django.contrib import admin

from climateportal.admin.base import AdministratorsOnly, PickedFreely, PortalAdmin
from climateportal.admin.languages import MissingLanguageFilter, MissingLanguagesColumn, fields
from climateportal.admin.slugs import SlugForm
from projects.admin.following import followed_by_projects
from projects.models import Theme


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
    around = (partial(followed_by_projects, "themes"),)
