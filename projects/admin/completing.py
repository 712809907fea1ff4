"""What follows for projects when an earlier state is restored, as it would from a form."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from projects.actions import Snapshot, finish_edit, refresh
from projects.freshness import digest
from projects.models import Project


@contextmanager
def completing_project(project: Project, by: Any, at: datetime) -> Iterator[None]:
    """Restore a project or rows of it in the block; one that was deleted may come back in it.

    What comes back has its public history with it, and is not new: its page was as it is now.
    """
    before = Snapshot.of(project.pk)
    yield
    stored = Project.objects.get(pk=project.pk)
    if before is None:
        if stored.stage_changes.exists():
            before = Snapshot.of(project.pk)
        stored.content_digest = digest(stored)
    finish_edit(project=stored, by=by, before=before, at=at)


@contextmanager
def completing_rows_of(projects: set[int], at: datetime) -> Iterator[set[int]]:
    """Restore something that pages of projects show. More projects may be added in the block."""
    yield projects
    for project in Project.objects.filter(pk__in=projects - {None}):
        refresh(project=project, at=at)
