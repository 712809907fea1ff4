"""Three versions of one form brought together: as it was opened, as it is stored now, as it was
sent. What the editor did not touch is taken from what is stored; all that was typed stays.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from climateportal.admin.staleness import (
    Sent,
    State,
    compared,
    controls,
    key_control,
    mark,
    plain_widget,
    row_marks,
    row_numbers,
    rows_of,
    stored,
    typed,
)
from climateportal.admin.stalenesswords import author, former_name, label_of, readable, words
from climateportal.richtext import sanitise

CHOICE = "_choose-"  # control that tells which of two versions is to be saved


@dataclass(frozen=True)
class Difference:
    """Something that another save changed since the form was opened.

    `kind`: both (typed here too), taken (now in the form), added, removed, kept (removed there,
    typed here: now a new row), unwanted (removed here, changed there), closed (typed here, not to
    be changed any more).
    """

    kind: str
    label: str
    mine: str = ""
    stored: str = ""
    who: str = ""
    choice: str = ""  # control with “mine” and “stored”; empty when there is nothing to choose
    target: str = ""  # id of what it is about

    @property
    def is_conflict(self) -> bool:
        """Whether both wrote, so that the editor had better look."""
        return self.kind in ("both", "kept", "unwanted", "closed")


def _cleaned(text: str) -> str:
    try:
        return sanitise(text)
    except forms.ValidationError:
        return text


def _mark_of_text(text: str) -> str:
    return mark(forms.CharField(), ((text,),))


@dataclass
class Merge:
    """`form` and `formsets` are unbound, of what is stored now; `base` is of the token."""

    posted: QueryDict
    files: Any
    base: State | None
    form: forms.BaseForm
    formsets: list[Any]
    data: QueryDict = field(init=False)
    differences: list[Difference] = field(default_factory=list)
    is_wider: bool = False  # whether today's form has fields that the opened one did not have

    def __post_init__(self) -> None:
        self.data = self.posted.copy()
        for name in [name for name in self.data if name.startswith(CHOICE)]:
            del self.data[name]
        base = dict(row_marks(self.base, "")).get("")
        self._settle(self.form, base, "", "", "")
        self._closed(base)
        for formset in self.formsets:
            _Rows(self, formset)

    def _settle(
        self, form: forms.BaseForm, base: dict[str, str] | None, source: str, target: str, row: str
    ) -> bool:
        """Writes one form: what was typed under `source`, or is stored, under `target`.

        Returns whether anything was changed by another.
        """
        was_changed = False
        for name in compared(form):
            known, here = form.fields[name], stored(form, name)
            sent = typed(known, source + name, self.posted, self.files)
            if base and name not in base:
                sent, self.is_wider = None, True  # its form did not have it: nobody typed this
            now, was = mark(known, here), (base or {}).get(name)
            mine = (was or now) if sent is None else mark(known, sent)
            is_typed = sent is not None and mine != (was or now)
            is_changed = now != (was or mine)
            was_changed |= is_changed and bool(was)
            self._write(known, target + name, sent if is_typed and sent else here)
            if is_changed and mine != now and (is_typed or was):
                self._tell(form, name, here, sent if is_typed else None, target, row)
        return was_changed

    def _tell(
        self, form: forms.BaseForm, name: str, here: Sent, sent: Sent | None, target: str, row: str
    ) -> None:
        known, model = form.fields[name], form._meta.model
        is_file = isinstance(plain_widget(known), forms.FileInput)
        label = label_of(model, form, name)
        self.differences.append(
            Difference(
                kind="taken" if sent is None else "both",
                label=f"{row} – {label}" if row else label,
                mine="" if sent is None else words(known, sent),
                stored=words(known, here),
                who=author(model, form.instance.pk, name),
                choice="" if sent is None or is_file else f"{CHOICE}{target}{name}",
                target=f"id_{target}{name}",
            )
        )

    def _closed(self, base: dict[str, str] | None) -> None:
        """Fields that were there when the form was opened and cannot be changed now."""
        model = self.form._meta.model
        for name, was in (base or {}).items():
            text = self.posted.get(name, "")
            seen = {_mark_of_text(text), _mark_of_text(_cleaned(text))}
            is_column = name in {field.name for field in model._meta.get_fields()}
            if name in self.form.fields or not is_column or not text or was in seen:
                continue
            label = label_of(model, self.form, name)
            who = author(model, self.form.instance.pk)
            known = model._meta.get_field(name).formfield() or forms.CharField()
            mine = readable(words(known, ((text,),)))
            self.differences.append(Difference("closed", label, mine=mine, who=who))

    def _write(self, known: forms.Field, name: str, sent: Sent) -> None:
        if isinstance(plain_widget(known), forms.FileInput):
            return  # a browser sends no file twice
        for control, values in zip(controls(known, name), sent, strict=False):
            self.data.pop(control, None)
            if values:
                self.data.setlist(control, list(values))


class _Rows:
    """The rows of one formset, written anew: stored ones first, then what only the sender has."""

    def __init__(self, merge: Merge, formset: Any) -> None:
        self.merge, self.formset, self.data = merge, formset, merge.data
        self.model, self.prefix = formset.model, formset.prefix
        self.name = capfirst(str(self.model._meta.verbose_name))
        self.blank, self.pattern = formset.empty_form, row_numbers(formset.prefix)
        self.base = dict(row_marks(merge.base, self.prefix))
        self.is_known = merge.base is not None and self.prefix in merge.base
        self.now = rows_of(formset)
        self.written = self.stored_rows = 0
        sent, own = self._sent()
        for name in list(self.data):
            if self.pattern.match(name):
                del self.data[name]
        for key, form in self.now.items():
            self._stored(key, form, sent.get(key))
        for key, number in sent.items():
            if key not in self.now:
                self._gone(key, number)
        for number in own:
            self._own(number)
        self.data[f"{self.prefix}-TOTAL_FORMS"] = str(self.written)
        self.data[f"{self.prefix}-INITIAL_FORMS"] = str(self.stored_rows)

    def _sent(self) -> tuple[dict[str, int], list[int]]:
        """Numbers of the rows that were sent: by what tells the row apart, and of new ones."""
        found = (self.pattern.match(name) for name in self.merge.posted)
        keyed, own = {}, []
        for number in sorted({int(match[1]) for match in found if match}):
            key = self.merge.posted.get(f"{self.prefix}-{number}-{key_control(self.formset)}", "")
            if key and key not in keyed:
                keyed[key] = number
            else:
                own.append(number)
        return keyed, own

    def _title(self, name: Any) -> str:
        return _("%(kind)s “%(name)s”") % {"kind": self.name, "name": name}

    def _next(self) -> str:
        self.written += 1
        return f"{self.prefix}-{self.written - 1}-"

    def _stored(self, key: str, form: forms.BaseForm, number: int | None) -> None:
        pk = form.instance.pk
        if number is None and self._is_out_of_sight(key):
            return
        source = f"{self.prefix}-{'x' if number is None else number}-"
        target = self._next()
        title = self._title(form.instance) if pk else self.name
        before = len(self.merge.differences)
        base = self.base.get(key)
        if number is None:  # nothing of it was sent
            self._write_stored(form, target)
            if base is None:
                self._tell_added(form, title, target)
        else:
            changed = self.merge._settle(form, base, source, target, title)
            if self.merge.posted.get(f"{source}DELETE"):
                del self.merge.differences[before:]
                self.data[f"{target}DELETE"] = "on"
                if changed:
                    self._tell_row("unwanted", title, target, pk, stored=self._summary(form))
        if pk:
            self.stored_rows += 1
            self.data[f"{target}{self.model._meta.pk.name}"] = str(pk)
            self.data[f"{target}{self.formset.fk.name}"] = str(self.formset.instance.pk)

    def _is_out_of_sight(self, key: str) -> bool:
        """Of a list of which only the newest rows are shown: a row that was not shown then."""
        if not getattr(self.formset, "shows_newest", False) or key in self.base:
            return False
        return self.is_known and int(key) <= max(map(int, self.base), default=0)

    def _write_stored(self, form: forms.BaseForm, target: str) -> None:
        for name in compared(form):
            self.merge._write(form.fields[name], target + name, stored(form, name))

    def _tell_added(self, form: forms.BaseForm, title: str, target: str) -> None:
        if form.instance.pk:
            pk = form.instance.pk
            self._tell_row("added", title, target, pk, stored=self._summary(form), choice=False)

    def _tell_row(
        self, kind: str, title: str, target: str, pk: Any, choice: bool = True, **texts: str
    ) -> None:
        name = target.rstrip("-")
        self.merge.differences.append(
            Difference(
                kind,
                title,
                who=author(self.model, pk),
                choice=f"{CHOICE}{name}" if choice else "",
                target=name,
                **texts,
            )
        )

    def _summary(self, form: forms.BaseForm) -> str:
        return _lines(form, {name: stored(form, name) for name in compared(form)})

    def _gone(self, key: str, number: int) -> None:
        """A row that is not stored any more: what was typed into it is kept as a new row."""
        source, blank = f"{self.prefix}-{number}-", self.blank
        sent = dict(self._typed(blank, source))
        base = self.base.get(key)
        title = self._title(former_name(self.model, key) or key)
        is_typed = base is None or any(
            mark(blank.fields[name], value) != base.get(name) for name, value in sent.items()
        )
        if self.merge.posted.get(f"{source}DELETE"):
            return  # both removed it
        if not is_typed:
            self._tell_row("removed", title, f"{self.prefix}-group", key, choice=False)
            return
        target = self._copy(number)
        self._tell_row("kept", title, target, key, mine=_lines(blank, sent))

    def _typed(self, form: forms.BaseForm, source: str) -> Iterator[tuple[str, Sent]]:
        for name in compared(form):
            sent = typed(form.fields[name], source + name, self.merge.posted, self.merge.files)
            if sent is not None and not isinstance(
                plain_widget(form.fields[name]), forms.FileInput
            ):
                yield name, sent

    def _own(self, number: int) -> None:
        """A new row of the sender's, unless the same has been saved meanwhile, as by this form."""
        sent = {
            name: mark(self.blank.fields[name], value)
            for name, value in self._typed(self.blank, f"{self.prefix}-{number}-")
        }
        for key, form in self.now.items():
            if self.is_known and key not in self.base and form.instance.pk:
                here = {name: mark(form.fields[name], stored(form, name)) for name in sent}
                if here == sent:
                    return
        self._copy(number)

    def _copy(self, number: int) -> str:
        source, target = f"{self.prefix}-{number}-", self._next()
        dropped = {f"{source}{name}" for name in (self.model._meta.pk.name, "DELETE")}
        for name in self.merge.posted:
            is_own = name.startswith(source) and self.pattern.match(name)
            if is_own and name not in dropped:
                self.data.setlist(target + name[len(source) :], self.merge.posted.getlist(name))
        return target


def _lines(form: forms.BaseForm, sent: dict[str, Sent]) -> str:
    """The fields of a row that say something, a line for each."""
    found = []
    for name, value in sent.items():
        text = words(form.fields[name], value)
        is_order = name == "order" or not form.fields[name].label
        if (
            text != "–"
            and not is_order
            and not isinstance(plain_widget(form.fields[name]), forms.HiddenInput)
        ):
            found.append(f"{label_of(form._meta.model, form, name)}: {text}")
    return "\n".join(found)


def apply_choices(data: QueryDict, form: forms.BaseForm, formsets: list[Any]) -> None:
    """Put what is stored where the editor chose it. A chosen field is a control name after
    `CHOICE`, a chosen row its prefix.
    """
    chosen = {
        name[len(CHOICE) :] for name in data if name.startswith(CHOICE) and data[name] == "stored"
    }
    if chosen:
        _restore(data, form, "", chosen)
    for formset in formsets if chosen else ():
        rows, prefix = rows_of(formset), re.escape(formset.prefix)
        numbers = {
            match[1]: rows.get(data[name])
            for name in data
            if (match := re.fullmatch(rf"({prefix}-\d{{1,4}})-{key_control(formset)}", name))
        }
        for row, known in numbers.items():
            if known is None and row in chosen:  # a row that is removed there stays removed
                data[f"{row}-DELETE"] = "on"
            elif known is not None and row in chosen:  # one that was removed here stays
                data.pop(f"{row}-DELETE", None)
                _restore(data, known, f"{row}-", {f"{row}-{name}" for name in known.fields})
            elif known is not None:
                _restore(data, known, f"{row}-", chosen)


def _restore(data: QueryDict, form: forms.BaseForm, prefix: str, chosen: set[str]) -> None:
    for name in compared(form):
        if prefix + name in chosen:
            names = controls(form.fields[name], prefix + name)
            for control, values in zip(names, stored(form, name), strict=False):
                data.pop(control, None)
                if values:
                    data.setlist(control, list(values))
