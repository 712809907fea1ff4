"""The second pair of eyes: which projects nobody publishes alone, and who may look at them.

A project needs it as soon as one of its regions, or a region of one of its municipalities, asks for
it: the same projects that the coordinators of that region edit and see on its page.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from climateportal.models import User
from climateportal.publishing import PublicationState
from municipalities.models import Region
from municipalities.permissions import acts
from projects.models import Project, ProjectDraft
from projects.permissions import can_change_project

# what the weekly round writes: of a project, of its rows; everything of an expense
FACTS: dict[str, set[str]] = {
    "project": {
        "stage", "completed_on", "start_date", "end_date", "date_precision", "is_ongoing",
    },
    "task": {"state", "due_date", "due_precision", "completed_at", "completed_precision"},
    "participation": {"stage"},
}  # fmt: skip


def review_regions(project_pk: Any) -> QuerySet[Region]:
    """The regions of a project, or of its municipalities, that ask for a second pair of eyes."""
    own = Q(projects=project_pk) | Q(members__participations__project=project_pk)
    return Region.objects.filter(own, requires_review=True).distinct()


def needs_review_q() -> Q:
    """Projects of such a region."""
    asking = Region.objects.filter(requires_review=True)
    own = asking.filter(projects=OuterRef("pk"))
    members = asking.filter(members__participations__project=OuterRef("pk"))
    return Q(Exists(own)) | Q(Exists(members))


def needs_review(project_pk: Any) -> bool:
    """Whether nobody publishes this project, or a change of it, alone."""
    return project_pk is not None and review_regions(project_pk).exists()


def locked_q() -> Q:
    """Published projects whose texts nobody changes alone."""
    return Q(publication=PublicationState.PUBLISHED) & needs_review_q()


def is_locked(project_pk: Any) -> bool:
    """Whether nobody changes the texts of this project alone, because it is published."""
    return project_pk is not None and Project.objects.filter(locked_q(), pk=project_pk).exists()


def can_review(user: Any, project: Project) -> bool:
    """Whether the user is one of the second pairs of eyes: a coordinator of a region that asks for
    it, or an administrator. Nobody is for what they asked for themselves: `can_decide`.
    """
    if not acts(user) or not can_change_project(user, project):
        return False
    return (
        user.is_superuser or review_regions(project.pk).filter(pk__in=user.regions.all()).exists()
    )


def can_decide(user: Any, draft: ProjectDraft) -> bool:
    """Whether the user may publish or return what somebody else asks to be looked at."""
    theirs = user.pk not in (draft.asked_by_id, draft.author_id)
    return draft.asked_at is not None and theirs and can_review(user, draft.project)


def to_decide_q(user: Any) -> Q:
    """Drafts that the user may decide about, for a list."""
    if not acts(user):
        return Q(pk__in=[])
    asked = Q(asked_at__isnull=False) & ~Q(asked_by=user.pk) & ~Q(author=user.pk)
    if user.is_superuser:
        return asked
    regions = user.regions.filter(requires_review=True).values("pk")
    through = Project.regions.through.objects.filter(project=OuterRef("project"))
    own = through.filter(region__in=regions)
    members = Project.objects.filter(
        pk=OuterRef("project"), participations__municipality__regions__in=regions
    )
    return asked & (Q(Exists(own)) | Q(Exists(members)))


def reviewers(project: Project, asker: Any) -> list[User]:
    """Who is told that a project waits: the coordinators of the regions that ask for it, or the
    administrators where there is no other.
    """
    active = User.objects.filter(is_active=True, is_staff=True).exclude(pk=asker.pk)
    found = active.filter(regions__in=review_regions(project.pk)).distinct().order_by("pk")
    return list(found or active.filter(is_superuser=True).order_by("pk"))
