"""What an account may do, told in words, and the door of the admin that follows from it."""

from django.utils.translation import gettext as _

from climateportal.models import User


def edited_words(user: User) -> str:
    """“Päijät-Häme, Kärkölä, Hanke A”: everything that the user may edit; empty for nothing."""
    if user.is_superuser:
        return _("everything")
    names = (*user.regions.all(), *user.municipalities.all(), *user.projects.all())
    return ", ".join(map(str, names))


def viewed_words(user: User) -> str:
    """Everything that the user may view in the admin without editing it; empty for nothing."""
    names = (*user.viewed_regions.all(), *user.viewed_municipalities.all())
    return ", ".join(map(str, names))


def open_admin(user: User) -> None:
    """Open the admin to an account that has something to see there, and shut it to others."""
    may = bool(user.is_superuser or edited_words(user) or viewed_words(user))
    if user.is_staff != may:
        user.is_staff = may
        user.save(update_fields=["is_staff"])
