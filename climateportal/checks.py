"""What `manage.py check --deploy` says of settings that only a trial may have."""

from typing import Any

from django.conf import settings
from django.core.checks import Tags, Warning, register


@register(Tags.security, deploy=True)
def second_step_is_required(app_configs: Any, **options: Any) -> list[Warning]:
    """Administrators with a password alone are for a trial."""
    if settings.REQUIRE_MFA:
        return []
    words = "REQUIRE_MFA is off: administrators are let in with a password alone."
    return [Warning(words, hint="Delete it from .env or the environment.", id="climateportal.W001")]
