"""Translated columns in the admin: which languages lack a text, in the form and in lists."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from climateportal.translated import LANGUAGES, SOURCE, columns

NAMES = {"fi": _("Finnish"), "sv": _("Swedish"), "en": _("English")}
OTHERS = tuple(language for language in LANGUAGES if language != SOURCE)


def language_of(field: models.Field) -> str | None:
    """The language of a translated column, None for other fields."""
    return getattr(field, "_translated_field_language_code", None)


def translated_names(model: type[models.Model]) -> Iterator[str]:
    """The translated fields of a model: `title`, `summary` …, without the language."""
    for field in model._meta.concrete_fields:
        if language_of(field) == SOURCE:
            yield field.name.removesuffix(f"_{SOURCE}")


def missing_languages(obj: models.Model) -> list[str]:
    """Languages in which the row lacks a text that it has in Finnish."""
    return [
        language
        for language in OTHERS
        if any(
            getattr(obj, f"{name}_{SOURCE}") and not getattr(obj, f"{name}_{language}")
            for name in translated_names(type(obj))
        )
    ]


def missing_q(model: type[models.Model], language: str) -> Q:
    """The condition of `missing_languages` containing a language."""
    condition = Q(pk__in=[])
    for name in translated_names(model):
        condition |= ~Q(**{f"{name}_{SOURCE}": ""}) & Q(**{f"{name}_{language}": ""})
    return condition


class MissingLanguageFilter(admin.SimpleListFilter):
    """Rows that still need translating."""

    title = _("missing language")
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(language, NAMES[language]) for language in OTHERS]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() in OTHERS:
            return queryset.filter(missing_q(queryset.model, self.value()))
        return queryset


class MissingLanguagesColumn:
    """Gives an admin the list column `missing`."""

    @admin.display(description=_("Missing languages"), empty_value="")
    def missing(self, obj: models.Model) -> str:
        return ", ".join(str(NAMES[language]) for language in missing_languages(obj))


def fields(*names: str) -> tuple[str, ...]:
    """Columns of translated names, for a fieldset: title → title_fi, title_sv, title_en.

    A name that ends with a plus is translated, others are taken as they are:
    `fields("title+", "slug")`.
    """
    found: list[str] = []
    for name in names:
        found += columns(name[:-1]) if name.endswith("+") else [name]
    return tuple(found)
