"""Who opens the pages: a visitor, a portal administrator and the coordinator of a county."""

from django.test import Client


def readers() -> dict[str, Client]:
    """Clients by who they are, signed in where they have an account."""
    from climateportal.models import User
    from municipalities.models import Region

    boss = User.objects.create_superuser(email="a@example.fi", password=None)
    coordinator = User.objects.create_user(
        email="b@example.fi", password=None, is_staff=True, is_active=True
    )
    coordinator.regions.set(Region.objects.filter(slug="county-3"))
    clients = {"visitor": Client(), "administrator": Client(), "coordinator": Client()}
    clients["administrator"].force_login(boss)
    clients["coordinator"].force_login(coordinator)
    return clients
