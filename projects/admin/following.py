"""What follows for projects from an edit of something that they show: a place, a body, a theme."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import models

from projects.actions import refresh
from projects.models import Project
from projects.searchtexts import refresh_search_text


@contextmanager
def followed_by_projects(relation: str, row: models.Model) -> Iterator[None]:
    """Save or delete `row` in the block; projects with it under `relation` keep up.

    They are found by its new name. A page that loses what was deleted has changed by that.
    """
    listing = Project.objects.filter(**{relation: row}) if row.pk else Project.objects.none()
    keys = list(listing.values_list("pk", flat=True))
    yield
    projects = Project.objects.filter(pk__in=keys)
    if row.pk is None:
        for project in projects:
            refresh(project=project)
    else:
        refresh_search_text(projects=projects)
