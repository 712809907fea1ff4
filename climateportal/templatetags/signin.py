"""Template tags of the log-in pages, and what the admin's front page says of the second step."""

import json
from typing import Any

from django import template
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

from climateportal import secondstep

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """For a data attribute that a script of ours reads."""
    return json.dumps(value, cls=DjangoJSONEncoder)


@register.filter
def in_fours(secret: str) -> str:
    """A secret as it is read aloud or typed: “ABCD EFGH”."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


@register.inclusion_tag("admin/includes/second_step.html", takes_context=True)
def second_step_prompt(context: template.Context, place: str) -> dict[str, bool]:
    """On top a word to administrators where they need no second step; at the end of the page,
    where it bars nobody's way, one to others without it.
    """
    user = context["request"].user
    is_trial = user.is_superuser and not settings.REQUIRE_MFA
    is_here = is_trial == (place == "top")
    return {"is_trial": is_trial and is_here, "lacks_step": is_here and not secondstep.has(user)}
