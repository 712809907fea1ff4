"""Where a broken link is mended: the form, its section, and words for the place."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.utils import flatten_fieldsets
from django.db import models
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from climateportal.admin.languages import NAMES, language_of
from projects.linkplaces import addresses
from projects.models import BrokenLink, Project
from projects.models.brokenlink import OWNERS
from projects.permissions import project_part_q

OWN_SECTION = "own"  # of the form of those who edit a part of a joint project


@dataclass(frozen=True)
class Standing:
    """What a list tells of the place of a broken link. `form` is empty when the row is gone."""

    owner: str
    part: str
    form: str
    is_mended: bool


def standings(site: AdminSite, user: Any, links: Iterable[BrokenLink]) -> dict[int, Standing]:
    """For each link its place, by its key. A query for each model on the page, and one more."""
    keys: dict[str, set[int]] = defaultdict(set)
    for link in links:
        keys[link.place].add(link.row)
    rows = {place: _rows(apps.get_model(place), found) for place, found in keys.items()}
    own_parts = _own_parts(user, links)
    return {
        link.pk: _standing(site, link, rows[link.place].get(link.row), link.project_id in own_parts)
        for link in links
    }


def _rows(model: type[models.Model], keys: set[int]) -> dict[int, models.Model]:
    one = [field.name for field in model._meta.concrete_fields if field.remote_field]
    rows = model._base_manager.select_related(*one) if one else model._base_manager
    return rows.in_bulk(keys)


def _own_parts(user: Any, links: Iterable[BrokenLink]) -> set[int]:
    joint = Project.objects.filter(project_part_q(user), pk__in={link.project_id for link in links})
    return set(joint.values_list("pk", flat=True))


def _standing(
    site: AdminSite, link: BrokenLink, row: models.Model | None, own_part: bool
) -> Standing:
    owner = next((found for name in OWNERS if (found := getattr(link, name))), row)
    if row is None:
        return Standing(str(owner or ""), _("has been deleted"), "", is_mended=True)
    column = row._meta.get_field(link.column)
    words = str(column.verbose_name)
    if language := language_of(column):
        words = f"{words} ({NAMES[language]})"
    if row != owner:
        named = {"what": row._meta.verbose_name, "name": row, "field": words}
        words = _("%(what)s “%(name)s”, %(field)s") % named
    return Standing(
        owner=str(owner),
        part=capfirst(words),
        form=_form(site, row, link.column, own_part),
        is_mended=link.address not in addresses(column, getattr(row, link.column)),
    )


def _form(site: AdminSite, row: models.Model, column: str, own_part: bool) -> str:
    model = type(row)
    if model in site._registry:
        return _address(site._registry[model], row.pk, _section_of_column(site, model, column))
    for admin in site._registry.values():
        for inline in admin.inlines:
            if inline.model is model and (key := _parent(row, admin.model)):
                slug = OWN_SECTION if own_part else _section_of_rows(admin, inline)
                return _address(admin, key, slug)
    return ""


def _parent(row: models.Model, model: type[models.Model]) -> Any:
    """The key of the row's relation to the model of the form."""
    relations = (field for field in row._meta.concrete_fields if field.remote_field)
    return next(
        (getattr(row, field.attname) for field in relations if field.remote_field.model is model),
        None,
    )


def _section_of_column(site: AdminSite, model: type[models.Model], column: str) -> str:
    for section in getattr(site._registry[model], "sections", ()):
        if column in flatten_fieldsets(section.fieldsets):
            return section.slug
    return ""


def _section_of_rows(admin: ModelAdmin, inline: Any) -> str:
    sections = getattr(admin, "sections", ())
    return next((section.slug for section in sections if inline in section.inlines), "")


def _address(admin: ModelAdmin, key: Any, slug: str) -> str:
    name = f"admin:{admin.opts.app_label}_{admin.opts.model_name}_change"
    return reverse(name, args=[key]) + (f"#section-{slug}" if slug else "")
