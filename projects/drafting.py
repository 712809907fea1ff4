"""Keeping and discarding the draft of a public project; asking another person to look at it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from climateportal.models import User
from climateportal.publishing import PublicationState
from projects import actions
from projects.models import Project, ProjectDraft


@transaction.atomic
def keep_draft(
    *, project: Project, sent: str, base: Any, by: User | None, at: datetime | None = None
) -> ProjectDraft:
    """Store what a project is to become, in place of an earlier draft. The project stays.

    `sent` is a checked form, urlencoded; `base` the marks of what was stored at that moment.
    What was asked about an earlier draft is not asked about this one.
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


@transaction.atomic
def ask_review(
    *, project: Project, by: User, note: str = "", at: datetime | None = None
) -> ProjectDraft:
    """Ask another person to look at the draft of a project, or at a project that is not public."""
    draft = ProjectDraft.objects.select_for_update().filter(project=project).first()
    if draft is None or not draft.sent:
        digest = Project.objects.values_list("content_digest", flat=True).get(pk=project.pk)
        draft = keep_draft(project=project, sent="", base={"digest": digest}, by=by, at=at)
    draft.asked_by, draft.asked_at, draft.ask_note = by, at or timezone.now(), note
    draft.returned_at = None
    draft.save()
    return draft


@transaction.atomic
def return_draft(
    *, draft: ProjectDraft, by: User, note: str, at: datetime | None = None
) -> ProjectDraft:
    """Give it back to who asked, with what should be mended."""
    draft.returned_by, draft.returned_at, draft.return_note = by, at or timezone.now(), note
    draft.asked_at = draft.publish_at = draft.scheduled_by = draft.held_at = None
    draft.save()
    return draft


@transaction.atomic
def schedule_draft(*, draft: ProjectDraft, by: User, publish_at: datetime | None) -> ProjectDraft:
    """Set the moment at which a draft is published in a person's name, or take it back (None)."""
    draft.publish_at, draft.held_at = publish_at, None
    draft.scheduled_by = by if publish_at else None
    draft.save()
    return draft


def hold_draft(*, draft: ProjectDraft, at: datetime) -> None:
    """Its moment has come, and it could not be published: people look at it."""
    draft.held_at = at
    draft.save(update_fields=["held_at"])


@transaction.atomic
def publish_new(*, draft: ProjectDraft, by: User, at: datetime | None = None) -> None:
    """Publish a project that another person asked to be looked at, and that has stayed so."""
    at = at or timezone.now()
    with actions.editing(project=draft.project, by=by, at=at):
        draft.project.publication = PublicationState.PUBLISHED
        draft.project.published_at = draft.project.published_at or at
    draft.delete()
