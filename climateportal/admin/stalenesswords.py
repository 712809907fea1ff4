"""A value of a form in words, and who stored it when."""

import re
from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db import models
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from climateportal.admin.richtext import RichTextWidget
from climateportal.admin.search import is_key
from climateportal.admin.staleness import Sent, plain_widget
from climateportal.dates import occasion

LATEST = 30  # rows of history that are looked through for the author of one value
BLOCK = re.compile(r"</(?:p|li|h3|h4|tr|blockquote)>|<br\s*/?>", re.IGNORECASE)
ITEM = re.compile(r"<li[^>]*>", re.IGNORECASE)


def readable(html: str) -> str:
    """A rich text as lines of plain text, a dash before each item of a list."""
    text = strip_tags(BLOCK.sub("\n", ITEM.sub("– ", html)))
    text = text.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">")
    lines = (" ".join(line.split()) for line in text.replace("&amp;", "&").split("\n"))
    return "\n".join(line for line in lines if line and line != "–")


def words(field: forms.Field, sent: Sent) -> str:
    """What was sent of a field, as a person reads it; a dash when it is empty."""
    widget = plain_widget(field)
    if isinstance(widget, forms.CheckboxInput):
        return _("Yes") if sent[0] else _("No")
    values = [value for control in sent for value in control if value.strip()]
    if isinstance(field, forms.ModelChoiceField):
        values = _rows(field, values)
    elif isinstance(field, forms.ChoiceField):
        labels = dict(_flat(field.choices))
        values = [str(labels.get(value, value)) for value in values]
    elif isinstance(widget, RichTextWidget):
        values = [readable(value) for value in values]
    separator = ", " if getattr(widget, "allow_multiple_selected", False) else " "
    return separator.join(values).strip() or "–"


def _flat(choices: Any) -> Any:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from ((str(inner), text) for inner, text in label)
        else:
            yield str(value), label


def _rows(field: forms.ModelChoiceField, values: list[str]) -> list[str]:
    keys = [value for value in values if is_key(value)]
    found = {
        str(row.pk): field.label_from_instance(row) for row in field.queryset.filter(pk__in=keys)
    }
    return sorted(found.get(key, _("a row that you do not see")) for key in keys)


def label_of(model: type[models.Model], form: forms.BaseForm, name: str) -> str:
    """The name of a field as the form has it, or the model when the form has lost the field."""
    if name in form.fields:
        return capfirst(str(form[name].label))
    try:
        return capfirst(str(model._meta.get_field(name).verbose_name))
    except FieldDoesNotExist:
        return name


def _said(record: Any) -> str:
    moment = occasion(record.history_date)
    if record.history_user:
        return _("%(person)s, %(moment)s") % {"person": record.history_user, "moment": moment}
    return moment


def author(model: type[models.Model], pk: Any, name: str = "") -> str:
    """Who stored a row, or what its field `name` now holds, and when. Empty when nobody knows."""
    if not hasattr(model, "history"):
        return ""
    records = list(
        model.history.filter(**{model._meta.pk.attname: pk})
        .select_related("history_user")
        .order_by("-history_date", "-history_id")[:LATEST]
    )
    if not records:
        return ""
    columns = {field.name: field.attname for field in model.history.model.tracked_fields}
    if column := columns.get(name):
        for record, older in pairwise(records):
            if getattr(record, column) != getattr(older, column):
                return _said(record)
        return _said(records[-1])
    return _said(records[0])


def former_name(model: type[models.Model], pk: Any) -> str:
    """What a row that is gone was called, as its history tells."""
    if not hasattr(model, "history"):
        return ""
    record = model.history.filter(**{model._meta.pk.attname: pk}).first()
    try:
        return str(record.instance) if record else ""
    except ObjectDoesNotExist:
        return ""
