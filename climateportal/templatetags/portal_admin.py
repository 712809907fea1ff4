"""Template tags of the admin's own templates."""

import json
from typing import Any

from django import template
from django.db import models
from django.utils.translation import gettext

from climateportal.admin.languages import NAMES, language_of
from climateportal.admin.reading import shown_value

register = template.Library()


@register.simple_tag
def row_state(inline: Any, obj: models.Model) -> str:
    """What the folded row of an object tells beside its name."""
    return inline.row_state(obj)


@register.simple_tag
def row_link(inline: Any, obj: models.Model) -> tuple[str, str] | None:
    """Address and words of a page with more about the object of a row, or None."""
    return inline.row_link(obj)


@register.simple_tag
def line_links(inline: Any, obj: models.Model) -> list[tuple[str, str]]:
    """Addresses and words of pages with more about the rows of a stored object."""
    return inline.links(obj) if obj.pk else []


@register.simple_tag
def formset_words(inline_admin_formset: Any) -> str:
    """What Django's script needs of an inline, as JSON; its button says “Add task”, not “Add
    another Task”.
    """
    data = json.loads(inline_admin_formset.inline_formset_data())
    name = str(inline_admin_formset.opts.verbose_name)
    data["options"]["addText"] = gettext("Add: %(name)s") % {"name": name}
    return json.dumps(data, ensure_ascii=False)


@register.filter
def says_something(fieldset: Any) -> bool:
    """Whether a field of a foldable fieldset has a value or an error, so that it opens unfolded."""
    return any(
        not field.is_readonly
        and (field.errors() or (field.field.value() or None) != (field.field.field.initial or None))
        for line in fieldset
        for field in line
    )


@register.simple_tag
def language_of_fact(field: Any) -> tuple[str, str] | None:
    """Code and name of the language of a read-only field, None when it has none."""
    model = field.form._meta.model
    name = field.field["field"]
    columns = {column.name: column for column in model._meta.concrete_fields}
    language = language_of(columns[name]) if name in columns else None
    return (language, str(NAMES[language])) if language else None


@register.simple_tag(takes_context=True)
def fact(context: dict[str, Any], field: Any) -> str:
    """The value of a read-only field."""
    name = field.field["field"]
    shown = shown_value(field.form, name, context.get("only_seen", False))
    return (field.contents() if shown is None else shown) or "–"


@register.simple_tag
def only_action(action_form: Any) -> tuple[str, str] | None:
    """Name and words of the action of a list that has just one, else None."""
    actions = [choice for choice in action_form.fields["action"].choices if choice[0]]
    return actions[0] if len(actions) == 1 else None
