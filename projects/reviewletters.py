"""Letters about what waits for a second pair of eyes: asked, returned, published."""

from collections.abc import Iterable
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from climateportal import letters
from climateportal.models import User
from projects.models import Project


def tell_asked(*, project: Project, by: User, note: str, to: Iterable[User]) -> None:
    """Tell those who may publish the project that it waits for them."""
    _send("asked", project, by, note, to)


def tell_returned(*, project: Project, by: User, note: str, to: User | None) -> None:
    """Tell who asked what should be mended."""
    _send("returned", project, by, note, [to] if to else [])


def tell_published(*, project: Project, by: User, to: User | None) -> None:
    """Tell who asked that it is public now."""
    _send("published", project, by, "", [to] if to else [])


def _send(what: str, project: Project, by: User, note: str, to: Iterable[User]) -> None:
    """Once all is stored: a letter for each in their own language."""
    name = "project_change" if what == "returned" else "project_draft"
    path = reverse(f"admin:projects_{name}", args=[project.pk])
    context = {"project": project, "who": str(by), "note": note}
    for user in to:
        if not user.email or not user.is_active:
            continue
        own = {**context, "address": urljoin(settings.SITE_URL, path)}
        if what == "published":
            own["address"] = urljoin(settings.SITE_URL, project.get_absolute_url())
        transaction.on_commit(
            lambda user=user, own=own: letters.send(
                f"mail/review_{what}", user.email, own, user.language
            )
        )
