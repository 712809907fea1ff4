"""Which rows are told and restored together with an object: those on its form."""

import copy
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin.utils import flatten_fieldsets
from django.db import models
from django.db.models import Q
from django.forms.models import _get_foreign_key
from django.http import HttpRequest
from django.utils.text import capfirst
from simple_history.utils import get_m2m_field_name, get_m2m_reverse_field_name

from climateportal.admin.languages import language_of
from projects.history import latest

Facts = dict[str, Any]  # values of a row by column name, keys of many-to-many relations by name

# derived from other values, or written by the portal itself
UNTOLD = {"content_updated_at", "content_digest", "search_text", "created_at", "updated_at"}
# written by the portal, but an editor's act
TOLD = {"checked_at"}


@dataclass(frozen=True)
class Kin:
    """A model of a family: the object itself, or rows that hang on it by the column `link`."""

    model: type[models.Model]
    link: str = ""
    parent: "Kin | None" = None
    inline: Any = None  # the inline that shows the rows; None for the object itself
    shown: frozenset[str] | None = None  # names on the form; None when it shows every field

    @property
    def records(self) -> Any:
        """The table of the model's history."""
        return self.model.history.model

    @property
    def name(self) -> str:
        """The model's name in addresses and forms."""
        return self.model._meta.model_name

    @property
    def words(self) -> str:
        """“Task”."""
        return capfirst(str(self.model._meta.verbose_name))

    @property
    def many(self) -> list[models.ManyToManyField]:
        """Many-to-many relations that the history keeps."""
        return list(getattr(self.records, "_history_m2m_fields", ()))

    def told_fields(self) -> list[models.Field]:
        """The fields that an editor knows, many-to-many relations last."""
        kept = {field.name for field in self.records.tracked_fields}
        return [
            *(
                field
                for field in self.model._meta.concrete_fields
                if field.name in kept
                and field.attname != self.link
                and not field.primary_key
                and (field.name in TOLD or (field.editable and field.name not in UNTOLD))
                and self._is_shown(field)
            ),
            *(field for field in self.many if self._is_shown(field)),
        ]

    def _is_shown(self, field: models.Field) -> bool:
        """What the form does not show its history does not tell. “agenda_shown” shows agendas."""
        if self.shown is None or field.name in TOLD:
            return True
        language = language_of(field)
        name = field.name.removesuffix(f"_{language}") if language else field.name
        return bool({field.name, f"{name}_shown"} & self.shown)

    def of(self, root: int) -> Q:
        """The condition on live rows of belonging to the object with key `root`."""
        if self.parent is None:
            return Q(pk=root)
        if self.parent.parent is None:
            return Q(**{self.link: root})
        return Q(**{f"{self.link}__in": self.parent.model._base_manager.filter(
            self.parent.of(root)).values("pk")})  # fmt: skip

    def records_of(self, root: int) -> Q:
        """The condition on history rows of having belonged to the object at some time."""
        if self.parent is None:
            return Q(id=root)
        if self.parent.parent is None:
            return Q(**{self.link: root})
        owners = self.parent.records.objects.filter(self.parent.records_of(root))
        return Q(**{f"{self.link}__in": owners.values("id")})


def family(admin: Any, request: HttpRequest, obj: models.Model | None) -> list[Kin]:
    """The object's model first, then the rows on its form that the user may see, parents first."""
    root = Kin(admin.model, shown=_names(admin.get_fieldsets(request, obj)))
    found = {admin.model: root}
    for inline in admin.get_inline_instances(request, obj):
        model = inline.model
        if model in found or not hasattr(model, "history"):
            continue  # of two lists of the same rows the first is the one that can be edited
        form = inline.get_formset(request, obj).form  # first: some note then whose rows are asked
        shown = _names(inline.get_fieldsets(request, obj)) | set(form.base_fields)
        kin = found[model] = Kin(model, _link(root, inline), root, inline, shown)
        page = admin.admin_site._registry.get(model)  # rows with a page of their own have rows, too
        for made in page.inlines if page is not None else ():
            below = made(model, admin.admin_site)
            if hasattr(below.model, "history"):
                found[below.model] = Kin(below.model, _link(kin, below), kin, below)
    return list(found.values())


def _link(parent: Kin, inline: Any) -> str:
    return _get_foreign_key(parent.model, inline.model, fk_name=inline.fk_name).attname


def _names(fieldsets: Any) -> frozenset[str]:
    return frozenset(flatten_fieldsets(fieldsets))


def facts_of(row: models.Model) -> Facts:
    """The values of a live object or of a history row, without many-to-many relations."""
    fields = getattr(row, "tracked_fields", None) or row._meta.concrete_fields
    found = {}
    for field in fields:
        value = getattr(row, field.attname)
        found[field.attname] = (value.name or "") if hasattr(value, "storage") else value
    return found


def live(kin: Kin, root: int) -> dict[int, Facts]:
    """Today's rows by primary key."""
    rows = {row.pk: facts_of(row) for row in kin.model._base_manager.filter(kin.of(root))}
    for field in kin.many:
        through = field.remote_field.through._base_manager
        own, other = get_m2m_field_name(field), get_m2m_reverse_field_name(field)
        add_many(rows, field.name, through.filter(**{f"{own}__in": rows}).values_list(
            f"{own}_id", f"{other}_id"))  # fmt: skip
    return rows


def add_many(rows: dict[int, Facts], name: str, pairs: Iterable[tuple[int, int]]) -> None:
    """Put the keys of a many-to-many relation into the facts: sorted, empty when there are none."""
    found: dict[int, set[int]] = {pk: set() for pk in rows}
    for pk, other in pairs:
        found[pk].add(other)
    for pk, keys in found.items():
        rows[pk][name] = tuple(sorted(keys))


def read_records(kin: Kin, rows: Iterable[models.Model]) -> dict[int, tuple[models.Model, Facts]]:
    """History rows with their facts, by history key. One query for each many-to-many relation."""
    records = {row.history_id: row for row in rows}
    facts = {key: facts_of(row) for key, row in records.items()}
    for field in kin.many:
        kept = getattr(kin.records, field.name).model._base_manager
        other = get_m2m_reverse_field_name(field)
        add_many(facts, field.name, kept.filter(history__in=facts).values_list(
            "history_id", f"{other}_id"))  # fmt: skip
    return {key: (records[key], facts[key]) for key in records}


def as_it_was(kin: Kin, root: int, at: datetime) -> dict[int, Facts]:
    """The rows at a moment by primary key, read from their history."""
    if kin.parent is not None and kin.parent.parent is not None:
        owners = latest(kin.parent.model, at, kin.parent.records_of(root)).values("id")
        condition = Q(**{f"{kin.link}__in": owners})
    else:
        condition = kin.records_of(root)
    rows = latest(kin.model, at, condition)
    return {record.id: facts for record, facts in read_records(kin, rows).values()}


def fresh(request: HttpRequest, method: str = "POST") -> HttpRequest:
    """The request without what was remembered on it of permissions: they are asked anew."""
    asking = copy.copy(request)
    asking.method = method
    for name, value in list(vars(asking).items()):
        if name.startswith("_") and (type(value) is dict or name == "_only_showing"):
            del vars(asking)[name]
    return asking
