"""What separates two drafts of one project: the one that was sent and the one that is kept."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst

from climateportal.admin.staleness import (
    compared,
    key_control,
    mark,
    plain_widget,
    row_numbers,
    typed,
)
from climateportal.admin.stalenessmerge import Difference
from climateportal.admin.stalenesswords import label_of, words


def between(
    form: forms.BaseForm, formsets: list[Any], mine: QueryDict, theirs: QueryDict, who: str
) -> list[Difference]:
    """What differs, field by field. `form` and `formsets` are of what is stored."""
    found = list(_of_form(form, mine, theirs, ("", ""), "", who))
    for formset in formsets:
        blank, name = formset.empty_form, capfirst(str(formset.model._meta.verbose_name))
        here, there = _rows(formset, mine), _rows(formset, theirs)
        for key in dict.fromkeys([*here, *there]):
            prefixes = (here.get(key, "-"), there.get(key, "-"))
            found += _of_form(blank, mine, theirs, prefixes, name, who)
    return found


def _rows(formset: Any, data: QueryDict) -> dict[str, str]:
    """The prefix of each row by its key; new rows by their number."""
    matches = (row_numbers(formset.prefix).match(name) for name in data)
    found = {}
    for number in sorted({int(match[1]) for match in matches if match}):
        prefix = f"{formset.prefix}-{number}-"
        key = data.get(prefix + key_control(formset), "")
        found[key or f"new {number}"] = prefix
    return found


def _of_form(
    form: forms.BaseForm, mine: QueryDict, theirs: QueryDict, prefixes: Any, row: str, who: str
) -> Iterator[Difference]:
    for name in compared(form):
        field = form.fields[name]
        if isinstance(plain_widget(field), forms.FileInput):
            continue
        here = typed(field, prefixes[0] + name, mine, {})
        there = typed(field, prefixes[1] + name, theirs, {})
        told = ["–" if sent is None else words(field, sent) for sent in (here, there)]
        if told[0] != told[1] and (here and mark(field, here)) != (there and mark(field, there)):
            label = label_of(form._meta.model, form, name)
            target = f"id_{prefixes[0]}{name}"
            label = f"{row} – {label}" if row else label
            yield Difference("both", label, told[0], told[1], who, target=target)
