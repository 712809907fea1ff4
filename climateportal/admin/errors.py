"""What is to be corrected in a form, in one list on top of it, each item leading to its field."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.forms import BaseForm
from django.forms.forms import NON_FIELD_ERRORS
from django.utils.text import capfirst


class Problem(NamedTuple):
    """One thing to correct: the id to go to, what it is about, and the message."""

    target: str
    about: str
    message: str


def of_form(form: BaseForm, prefix: str = "", top: str = "") -> Iterator[Problem]:
    """The errors of one form that is about `prefix`; those of no field lead to the id `top`."""
    for name, messages in form.errors.items():
        if name == NON_FIELD_ERRORS:
            target, label = top, ""
        else:
            bound = form[name]
            target, label = bound.id_for_label or bound.auto_id, str(bound.label)
        about = capfirst(" – ".join(filter(None, (prefix, label))))
        for message in messages:
            yield Problem(target, about, str(message))


def problems(adminform: Any, inlines: list[Any]) -> list[Problem]:
    """Every error of the form and its rows, in the order of the page."""
    found = list(of_form(adminform.form, top=f"{adminform.model_admin.opts.model_name}_form"))
    for inline in inlines:
        formset = inline.formset
        group = f"{formset.prefix}-group"
        heading = capfirst(str(inline.opts.verbose_name_plural))
        found += [Problem(group, heading, str(text)) for text in formset.non_form_errors()]
        for number, form in enumerate(formset.forms, start=1):
            row = f"{capfirst(str(inline.opts.verbose_name))} {number}"
            found += of_form(form, row, top=f"{formset.prefix}-{number - 1}")
    return found
