"""Content pages and notices."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from climateportal.admin.base import AdministratorsOnly, PortalAdmin
from climateportal.admin.languages import MissingLanguageFilter, MissingLanguagesColumn, fields
from climateportal.admin.slugs import RemembersSlug, SlugForm
from climateportal.dates import occasion, short_date
from climateportal.models import Notice, Page

TEXTS = set(fields("title+", "body+"))


@admin.register(Page)
class PageAdmin(RemembersSlug, AdministratorsOnly, MissingLanguagesColumn, PortalAdmin):
    """Accessibility statement, privacy notice and whatever else the portal tells of itself."""

    form = SlugForm
    fieldsets: ClassVar = [
        (None, {"fields": fields("title+", "body+")}),
        (
            _("Visibility and address"),
            {"fields": ["publication", "published_at", "slug", "menu", "order"]},
        ),
        (_("Name in the menu"), {"fields": fields("menu_title+"), "classes": ["collapse"]}),
    ]
    prepopulated_fields: ClassVar = {"slug": ("title_fi",)}
    list_display: ClassVar = ["__str__", "menu", "order", "publication", "updated", "missing"]
    list_filter: ClassVar = ["menu", "publication", MissingLanguageFilter]
    search_fields: ClassVar = ["title_fi", "title_sv", "title_en"]

    @admin.display(description=_("text updated"), ordering="updated_at")
    def updated(self, obj: Page) -> str:
        return short_date(obj.updated_at) if obj.updated_at else ""

    def save_model(self, request: HttpRequest, obj: Page, form: Any, change: bool) -> None:
        if TEXTS & set(form.changed_data):  # a moved page is not a new text
            obj.updated_at = timezone.now()
        super().save_model(request, obj, form, change)

    @contextmanager
    def completing(self, obj: Page, by: Any, at: datetime) -> Iterator[None]:
        stored = Page.objects.filter(pk=obj.pk).values(*TEXTS)
        old = stored.first()
        with super().completing(obj, by, at):
            yield
        if old is not None and stored.first() != old:
            Page.objects.filter(pk=obj.pk).update(updated_at=at)


class NoticeForm(forms.ModelForm):
    """A notice; an end before the start is told at the end."""

    def clean(self) -> dict[str, Any]:
        super().clean()
        start, end = self.cleaned_data.get("starts_at"), self.cleaned_data.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", _("The notice would end before it starts."))
        return self.cleaned_data


@admin.register(Notice)
class NoticeAdmin(AdministratorsOnly, MissingLanguagesColumn, PortalAdmin):
    """The banner on top of every page."""

    form = NoticeForm
    fieldsets: ClassVar = [(None, {"fields": [*fields("text+"), "starts_at", "ends_at"]})]
    list_display: ClassVar = ["__str__", "since", "until", "missing"]
    search_fields: ClassVar = ["text_fi"]

    @admin.display(description=_("shown from"), ordering="starts_at")
    def since(self, obj: Notice) -> str:
        return occasion(obj.starts_at)

    @admin.display(description=_("shown until"), ordering="ends_at")
    def until(self, obj: Notice) -> str:
        return occasion(obj.ends_at) if obj.ends_at else ""
