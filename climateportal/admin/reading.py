"""Forms that are only looked at: what they leave out, and how their values are shown."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.db import models
from django.utils.html import conditional_escape

from climateportal.richtext import RichTextField, safe

Fieldsets = list[tuple[Any, dict[str, Any]]]


def _is_fact(admin: Any, name: str) -> bool:
    """Whether a name of a fieldset is something of the row, not only a control of its form."""
    try:
        admin.opts.get_field(name)
    except FieldDoesNotExist:
        return hasattr(admin, name) or hasattr(admin.model, name)
    return True


def seen_fieldsets(admin: Any, fieldsets: Fieldsets) -> Fieldsets:
    """Fieldsets of an admin or inline without the short cuts that its form adds: a new value, all
    municipalities of a region. A fieldset of nothing else stays, empty, in its section's count.
    """
    found = []
    for name, options in fieldsets:
        lines = []
        for line in options["fields"]:
            names = [line] if isinstance(line, str) else line
            facts = tuple(item for item in names if _is_fact(admin, item))
            if facts:
                lines.append(facts if len(facts) > 1 else facts[0])
        found.append((name, {**options, "fields": lines}))
    return found


def shown_value(form: Any, name: str, only_seen: bool) -> str | None:
    """A value of a row as a reader wants it, or None where Django's own way is good.

    Rich text is text and not its tags; on a form that is `only_seen`, a relation has no link, for
    the page behind it may not open.
    """
    try:
        field = form._meta.model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    if isinstance(field, RichTextField):
        return safe(getattr(form.instance, name) or "")
    if only_seen and isinstance(field, models.ForeignKey):
        try:
            value = getattr(form.instance, name)
        except ObjectDoesNotExist:
            value = None
        return conditional_escape(str(value)) if value is not None else ""
    return None
