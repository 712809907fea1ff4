"""What `manage.py check` and `migrate` say of settings for a trial and of a database too old."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import connections
from django.db.migrations.loader import MigrationLoader


@register(Tags.security, deploy=True)
def second_step_is_required(app_configs: Any, **options: Any) -> list[Warning]:
    """Administrators with a password alone are for a trial."""
    if settings.REQUIRE_MFA:
        return []
    words = "REQUIRE_MFA is off: administrators are let in with a password alone."
    return [Warning(words, hint="Delete it from .env or the environment.", id="climateportal.W001")]


@register(Tags.database)
def joined_migrations_have_run(
    app_configs: Any, databases: Sequence[str] | None = None, **options: Any
) -> list[Error]:
    """Migrations that were joined into one must all have run, or none of them.

    Django would leave the joined one out without a word, and pages would fail.
    """
    for alias in databases or ():
        loader = MigrationLoader(connections[alias])
        applied = loader.applied_migrations.keys()
        for (app, _name), migration in loader.disk_migrations.items():
            missing = [step for step in migration.replaces if step not in applied]
            if missing and len(missing) < len(migration.replaces):
                words = f"This database of {app} is too old for this version of the portal."
                hint = "Update with the version of 28 November 2026 first, then with this one."
                return [Error(words, hint=hint, id="climateportal.E001")]
    return []
