"""Addresses of pages: made from the title when left empty, never taken from another page."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from climateportal.models import OldSlug, free_slug, remember_slug


class SlugForm(forms.ModelForm):
    """A form whose `slug` may be left empty, and may not take over a former address."""

    slug_source = "title_fi"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        slug = self.cleaned_data.get("slug") or ""
        title = self.cleaned_data.get(self.slug_source) or ""
        if self.instance._state.adding and slug == slugify(title):
            return ""  # filled in by the browser, not chosen: `clean` finds a free one like it
        if slug and OldSlug.objects.taken_from(self.instance, slug).exists():
            raise ValidationError(
                _("Another page used to have this address, and it still leads there. "
                  "Choose another one.")
            )  # fmt: skip
        return slug

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        if "slug" in self.fields and values.get("slug") == "":
            title = values.get(self.slug_source)
            values["slug"] = self.instance.slug or (
                free_slug(self.instance, title) if title else ""
            )
        return values


class RemembersSlug:
    """Mix in before `PortalAdmin`: a changed address keeps leading to its page."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        old = form.initial.get("slug", "") if change else ""
        super().save_model(request, obj, form, change)
        if old and old != obj.slug:
            remember_slug(obj, old)

    @contextmanager
    def completing(self, obj: Any, by: Any, at: datetime) -> Iterator[None]:
        known = type(obj)._base_manager.filter(pk=obj.pk)
        old = known.values_list("slug", flat=True).first()
        with super().completing(obj, by, at):
            yield
        if old and old != obj.slug:
            remember_slug(obj, old)
