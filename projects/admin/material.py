"""Materials, news and events on a project's form."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from climateportal.admin.base import RowsInline
from climateportal.admin.languages import fields
from climateportal.dates import short_date
from projects.models import Event, Material, Update


class MaterialForm(forms.ModelForm):
    """A file or an address, told at the field that is missing or too much."""

    class Meta:
        labels: ClassVar = {"url": _("or its address on the web")}

    def clean(self) -> dict[str, Any]:
        super().clean()
        file, url = self.cleaned_data.get("file"), self.cleaned_data.get("url")
        if bool(file) == bool(url) and not {"file", "url"} & set(self.errors):
            self.add_error("url", _("Give either a file or an address."))
        return self.cleaned_data


class MaterialInline(RowsInline):
    """What the project gives to others."""

    model = Material
    form = MaterialForm
    fields: ClassVar = [
        *fields("title+"),
        "file",
        "url",
        *fields("description+"),
        ("language", "licence"),
        ("part_number", "published_on"),
        "municipality",
        "order",
    ]
    autocomplete_fields: ClassVar = ["municipality"]


class UpdateInline(RowsInline):
    """News."""

    model = Update
    fields: ClassVar = ["date", *fields("title+", "body+")]

    def row_state(self, obj: Update) -> str:
        return short_date(obj.date) if obj.date else ""


class EventForm(forms.ModelForm):
    """An event; an end before the start is told at the end."""

    def clean(self) -> dict[str, Any]:
        super().clean()
        start, end = self.cleaned_data.get("starts_at"), self.cleaned_data.get("ends_at")
        if start and end and end < start:
            self.add_error("ends_at", _("The event would end before it starts."))
        return self.cleaned_data


class EventInline(RowsInline):
    """Webinars, workshops and campaigns."""

    model = Event
    form = EventForm
    fields: ClassVar = [
        "kind",
        *fields("title+"),
        "starts_at",
        "ends_at",
        "is_all_day",
        *fields("place+", "description+"),
        "registration_url",
    ]

    def row_state(self, obj: Event) -> str:
        return short_date(obj.starts_at) if obj.starts_at else ""
