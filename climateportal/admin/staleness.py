"""What a form held when it was opened, field by field, as a signed token in the form itself.

A save compares it with the form as it would open now. Compared is what a browser sends of an
untouched form, so everything that the save could overwrite counts, whoever wrote it: the admin, an
action, an import, a command. A recount, or a confirmation that all is up to date, does not.
docs/decisions tells why this is no version number.
"""

import hashlib
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core import signing
from django.core.exceptions import ValidationError
from django.forms.models import InlineForeignKeyField

from climateportal.admin.richtext import RichTextWidget
from climateportal.richtext import plain, sanitise

TOKEN = "_loaded"  # noqa: S105 - the name of a hidden control
SALT = "climateportal.admin.staleness"
MARK = 6  # characters of a digest of 36 bits: a change goes unseen once in 70 milliards

Sent = tuple[tuple[str, ...], ...]  # what a browser sends of one field: the values of each control
State = dict[str, Any]  # prefix of the rows ("" is the form) → [names of fields, {row: marks}]


def plain_widget(field: forms.Field) -> forms.Widget:
    """The widget of a field without the icons that the admin puts beside it."""
    widget = field.widget
    return widget.widget if isinstance(widget, RelatedFieldWidgetWrapper) else widget


def controls(field: forms.Field, name: str) -> list[str]:
    """Names of the controls of a field whose own name on the page is `name`."""
    widget = plain_widget(field)
    if isinstance(widget, forms.MultiWidget):
        return [f"{name}{suffix}" for suffix in widget.widgets_names]
    return [name]


def compared(form: forms.BaseForm) -> list[str]:
    """The fields of a form that a save can overwrite."""
    key = form._meta.model._meta.pk.name if hasattr(form, "_meta") else "id"
    return [
        name
        for name, field in form.fields.items()
        if name not in (key, "DELETE", "ORDER")
        and not field.disabled
        and not isinstance(field, InlineForeignKeyField)
        and not isinstance(plain_widget(field), forms.PasswordInput)
    ]


def _control(widget: forms.Widget, value: Any) -> tuple[str, ...]:
    if isinstance(widget, forms.CheckboxInput):
        return ("on",) if widget.check_test(value) else ()
    shown = widget.format_value(value)
    if isinstance(shown, list | tuple):
        return tuple(str(item) for item in shown if item not in ("", None))
    return ("" if shown is None else str(shown),)


def stored(form: forms.BaseForm, name: str) -> Sent:
    """What a browser would send of a field that nobody touches."""
    field, widget = form.fields[name], plain_widget(form.fields[name])
    value = field.prepare_value(form.get_initial_for_field(field, name))
    if isinstance(widget, forms.FileInput):
        return ((str(value or ""),),)
    if isinstance(widget, forms.MultiWidget):
        values = value if isinstance(value, list | tuple) else widget.decompress(value)
        return tuple(map(_control, widget.widgets, values))
    return (_control(widget, value),)


def typed(field: forms.Field, name: str, data: Any, files: Any) -> Sent | None:
    """What was sent of a field, or None when the form that was sent does not have it."""
    widget = plain_widget(field)
    if isinstance(widget, forms.FileInput):
        if file := files.get(name):
            return ((file.name,),)
        return ((),) if f"{name}-clear" in data else None
    if isinstance(widget, forms.CheckboxInput):
        return (("on",) if widget.value_from_datadict(data, files, name) else (),)
    if getattr(widget, "allow_multiple_selected", False):
        return (tuple(data.getlist(name)),)
    names = controls(field, name)
    if not any(control in data for control in names):
        return None
    return tuple((data.get(control, ""),) for control in names)


def _canonical(field: forms.Field, sent: Sent) -> str:
    """The same text for what is saved as the same."""
    widget = plain_widget(field)
    if getattr(widget, "allow_multiple_selected", False):
        return "\x1f".join(sorted(set(sent[0])))
    texts = [values[-1].replace("\r\n", "\n").strip() if values else "" for values in sent]
    if isinstance(widget, RichTextWidget):
        try:
            texts = [sanitise(text) if plain(text) else "" for text in texts]
        except ValidationError:
            pass  # too long to be stored, so it is not what is stored
    return "\x1f".join(texts)


def mark(field: forms.Field, sent: Sent) -> str:
    """A short digest by which two values of a field are told apart."""
    found = hashlib.sha256(_canonical(field, sent).encode(errors="surrogatepass")).digest()
    return urlsafe_b64encode(found)[:MARK].decode()


def row_numbers(prefix: str) -> re.Pattern[str]:
    """Finds the controls of the rows `prefix`, with the row's number as the first group.

    Of several inlines of one model on a form the second has the prefix “tasks-2”: its own controls
    are not those of the first one's third row.
    """
    others = r"(?!\d|TOTAL_|INITIAL_|MIN_NUM_|MAX_NUM_)"
    return re.compile(rf"{re.escape(prefix)}-(\d{{1,4}})-{others}")


def key_control(formset: Any) -> str:
    """The control that tells which row is meant; a formset may name another than the key."""
    return getattr(formset, "identity", "") or formset.model._meta.pk.name


def rows_of(formset: Any) -> dict[str, forms.BaseForm]:
    """Forms of the rows that there are, by what tells them apart."""
    name, found = key_control(formset), {}
    for form in formset.forms:
        if name == formset.model._meta.pk.name:
            key = form.instance.pk
        else:
            field = form.fields[name]
            key = field.prepare_value(form.get_initial_for_field(field, name))
        if key is not None:
            found[str(key)] = form
    return found


def marks(form: forms.BaseForm) -> dict[str, str]:
    """The marks of a form's stored values, by field."""
    return {name: mark(form.fields[name], stored(form, name)) for name in compared(form)}


def state_of(form: forms.BaseForm, formsets: list[Any]) -> State:
    """The marks of a whole form and its rows; survives JSON unchanged."""
    found: State = {"": _part({"": form})}
    for formset in formsets:
        found[formset.prefix] = _part(rows_of(formset))
    return found


def _part(forms_: Mapping[str, forms.BaseForm]) -> list[Any]:
    names: list[str] = []
    rows = {}
    for key, form in forms_.items():
        known = marks(form)
        names = list(known)  # rows of one formset have the same fields
        rows[key] = "".join(known.values())
    return [names, rows]


def row_marks(state: State | None, prefix: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of a part of a state: key, and the mark of each field."""
    names, rows = (state or {}).get(prefix, ([], {}))
    for key, joined in rows.items():
        pieces = [joined[at : at + MARK] for at in range(0, len(joined), MARK)]
        yield key, dict(zip(names, pieces, strict=False))


@dataclass(frozen=True)
class Loaded:
    """What the token of a form that was sent tells. `state` is None for a form of a new row."""

    user: int
    form: str
    key: str
    state: State | None


def form_name(model: Any, pk: Any) -> str:
    """Which form a token is of."""
    return f"{model._meta.label_lower}:{'' if pk is None else pk}"


def write_token(user: Any, form: str, state: State | None) -> str:
    """The token of a form that is going to be shown."""
    content = {"u": user.pk, "f": form, "k": uuid4().hex, "s": state}
    return signing.dumps(content, salt=SALT, compress=True)


def read_token(token: str) -> Loaded | None:
    """What a token tells, or None when it is not one of ours."""
    try:
        content = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Loaded(content["u"], content["f"], content["k"], content["s"])
