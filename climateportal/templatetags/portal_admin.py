"""Template tags of the admin's own templates."""

from typing import Any

from django import template
from django.db import models

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
