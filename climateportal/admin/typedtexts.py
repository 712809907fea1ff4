"""The last resort: what was typed into a form that cannot be saved any more, to be copied."""

import copy
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.admin.utils import flatten_fieldsets
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from climateportal.admin.staleness import (
    Loaded,
    compared,
    key_control,
    mark,
    marks,
    row_marks,
    row_numbers,
    typed,
)
from climateportal.admin.stalenesswords import former_name, label_of, words


def _of_form(
    form: forms.BaseForm, name: str, request: HttpRequest, base: dict[str, str]
) -> Iterator[tuple[str, str]]:
    for field_name in compared(form):
        field = form.fields[field_name]
        sent = typed(field, f"{name}{field_name}", request.POST, request.FILES)
        was = base.get(field_name) or mark(field, (("",),))
        if sent is None or mark(field, sent) == was or field_name == "order":
            continue
        if (text := words(field, sent)) != "–":
            yield label_of(form._meta.model, form, field_name), text


def _texts(model_admin: Any, request: HttpRequest, loaded: Loaded) -> Iterator[tuple[str, str]]:
    """Labels and texts of what was typed since the form was opened."""
    twin = copy.copy(request)
    twin.method = "GET"
    fields = flatten_fieldsets(model_admin.get_fieldsets(twin, None))
    form = model_admin.get_form(twin, None, change=False, fields=fields)()
    base = dict(row_marks(loaded.state, "")).get("") or marks(form)
    yield from _of_form(form, "", request, base)
    formsets, _inlines = model_admin._create_formsets(twin, model_admin.model(), change=False)
    for formset in formsets:
        blank, prefix = formset.empty_form, formset.prefix
        known = dict(row_marks(loaded.state, prefix))
        known[""] = marks(blank)  # what a new row begins with nobody has typed
        found = map(row_numbers(prefix).match, request.POST)
        for number in sorted({int(match[1]) for match in found if match}):
            row = f"{prefix}-{number}-"
            key = request.POST.get(f"{row}{key_control(formset)}", "")
            name = f"{capfirst(str(formset.model._meta.verbose_name))} {number + 1}"
            for label, text in _of_form(blank, row, request, known.get(key, {})):
                yield f"{name} – {label}", text


def typed_texts_page(model_admin: Any, request: HttpRequest, loaded: Loaded) -> TemplateResponse:
    """Says that the row is gone or out of reach, and shows what was typed."""
    pk = loaded.form.partition(":")[2]
    name = former_name(model_admin.model, pk) if pk else ""
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("What you typed could not be saved"),
        "opts": model_admin.opts,
        "name": name or capfirst(str(model_admin.opts.verbose_name)),
        "is_gone": bool(pk) and not model_admin.model._base_manager.filter(pk=pk).exists(),
        "texts": list(_texts(model_admin, request, loaded)),
        "had_files": bool(request.FILES),
    }
    return TemplateResponse(request, "admin/typed_texts.html", context, status=409)
