"""Keeping and discarding the draft of a public project."""

from datetime import datetime
from typing import Any

from django.db import transaction

from climateportal.models import User
from projects.models import Project, ProjectDraft


@transaction.atomic
def keep_draft(
    *, project: Project, sent: str, base: Any, by: User | None, at: datetime | None = None
) -> ProjectDraft:
    """Store what a project is to become, in place of an earlier draft. The project stays.

    `sent` is a checked form, urlencoded; `base` the marks of what was stored at that moment.
    """
    draft = ProjectDraft.objects.select_for_update().filter(project=project).first()
    draft = draft or ProjectDraft(project=project)
    draft.sent, draft.base, draft.author = sent, base, by
    draft.renew(at)
    draft.save()
    return draft


def discard_draft(*, project: Project, version: str) -> bool:
    """Remove a draft as it was seen. Returns whether there was one."""
    return bool(ProjectDraft.objects.filter(project=project, version=version).delete()[0])
