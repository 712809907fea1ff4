"""Names of related rows and of people, read together, whether the rows still exist or not."""

from collections import defaultdict
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from climateportal.admin.history.family import Facts, Kin, facts_of
from climateportal.models import User
from climateportal.publishing import Publishable, PublishableQuerySet


class Names:
    """First everything is asked for with `want`, then `read` reads it: two queries for each model
    at most. Drafts that the user may not see have no name here (rule 5).
    """

    def __init__(self, user: Any) -> None:
        self.user = user
        self.wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
        self.found: dict[type[models.Model], dict[Any, models.Model]] = defaultdict(dict)
        self.gone: dict[type[models.Model], dict[Any, str]] = defaultdict(dict)
        self.hidden: dict[type[models.Model], set[Any]] = defaultdict(set)
        self.returning: set[tuple[type[models.Model], Any]] = set()  # gone, but about to come back

    def want(self, kin: Kin, facts: Facts | None) -> None:
        """The relations of a row will be named."""
        for field in kin.model._meta.concrete_fields:
            if facts and field.remote_field and facts.get(field.attname):
                self.wanted[field.remote_field.model].add(facts[field.attname])
        for field in kin.many:
            self.wanted[field.remote_field.model].update((facts or {}).get(field.name, ()))

    def read(self) -> None:
        """Look everything up that was asked for and is not known yet."""
        for model, keys in self.wanted.items():
            keys -= {*self.found[model], *self.gone[model]}
            if not keys:
                continue
            one = [f.name for f in model._meta.concrete_fields if f.remote_field]
            rows = model._base_manager.select_related(*one) if one else model._base_manager
            self.found[model].update(rows.in_bulk(keys))
            missing = keys - set(self.found[model])
            if missing:
                self._read_gone(model, missing)
            if issubclass(model, Publishable) and not self.user.is_superuser:
                visible = PublishableQuerySet.visible_to(
                    model.objects.filter(pk__in=keys), self.user
                )
                self.hidden[model] |= keys - set(visible.values_list("pk", flat=True))
        self.wanted.clear()

    def _read_gone(self, model: type[models.Model], missing: set[Any]) -> None:
        """What deleted rows were last called."""
        self.gone[model].update(dict.fromkeys(missing, ""))
        if not hasattr(model, "history"):
            return
        records = model.history.model
        for record in records.objects.filter(id__in=missing).order_by("history_date", "history_id"):
            row = model(**facts_of(record))
            try:
                self.gone[model][record.id] = str(row)
            except ObjectDoesNotExist:  # its name was made of something else that is gone
                self.gone[model][record.id] = ""

    def exists(self, model: type[models.Model], key: Any) -> bool:
        """Whether the row is still there, or comes back in the same restore."""
        return key in self.found[model] or (model, key) in self.returning

    def seen(self, model: type[models.Model], key: Any) -> bool:
        """Whether the user may know of the row."""
        return key not in self.hidden[model]

    def name(self, model: type[models.Model], key: Any) -> str:
        """What the row is called, in words when it is gone or not to be seen."""
        what = capfirst(str(model._meta.verbose_name))
        if not self.seen(model, key):
            return _("%(what)s that you do not see") % {"what": what}
        if key in self.found[model]:
            return str(self.found[model][key])
        if gone := self.gone[model].get(key):
            return _("%(name)s (deleted)") % {"name": gone}
        return _("%(what)s that has been deleted") % {"what": what}

    def title(self, kin: Kin, facts: Facts) -> str:
        """What a row is called by itself: “Kartoitus”."""
        columns = {field.attname for field in kin.model._meta.concrete_fields}
        row = kin.model(**{name: value for name, value in facts.items() if name in columns})
        for field in kin.model._meta.concrete_fields:
            if field.remote_field and (key := facts.get(field.attname)):
                if not self.seen(field.remote_field.model, key):
                    return self.name(field.remote_field.model, key)
                related = self.found[field.remote_field.model].get(key)
                if related is not None:
                    field.set_cached_value(row, related)
        try:
            return str(row)
        except ObjectDoesNotExist:
            return self._title_of_gone(kin, facts)

    def _title_of_gone(self, kin: Kin, facts: Facts) -> str:
        """The name of the first relation that is gone: what the row was about."""
        for field in kin.model._meta.concrete_fields:
            key = facts.get(field.attname) if field.attname != kin.link else None
            if field.remote_field and key and not self.exists(field.remote_field.model, key):
                return self.name(field.remote_field.model, key)
        return kin.words

    def person(self, key: int | None) -> str:
        """An author."""
        row = self.found[User].get(key)
        return str(row) if row else _("The portal itself, or a removed account")
