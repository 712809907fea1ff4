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
