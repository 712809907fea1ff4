"""What the site does when Django starts."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class ClimateportalConfig(AppConfig):
    """The site."""

    name = "climateportal"

    def ready(self) -> None:
        from climateportal import checks  # noqa: F401 (which registers them)

        post_migrate.connect(_after_migrations, sender=self)


def _after_migrations(using: str, **kwargs: Any) -> None:
    """The only hook that `migrate`, `flush` and the making of a test database all call."""
    from climateportal import contentversion

    contentversion.install(connections[using])
