"""What waits on the front page of the admin: to be looked at, returned, asked for."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from projects.models import ProjectDraft
from projects.review import to_decide_q


@dataclass(frozen=True)
class Reviews:
    """Drafts and new projects; the oldest first."""

    to_decide: tuple[ProjectDraft, ...]
    returned: tuple[ProjectDraft, ...]
    waiting: tuple[ProjectDraft, ...]
    held: tuple[ProjectDraft, ...]  # that should have been published and were not

    def __bool__(self) -> bool:
        return bool(self.to_decide or self.returned or self.waiting or self.held)


def reviews(user: Any) -> Reviews:
    """What `user` may decide about, got back, or has asked for. Three queries."""
    rows = ProjectDraft.objects.select_related("project", "asked_by", "returned_by").defer("sent")
    own = list(rows.filter(asked_by=user.pk).order_by("asked_at", "pk"))
    mine = Q(scheduled_by=user.pk) | Q(author=user.pk) | Q(asked_by=user.pk)
    return Reviews(
        held=tuple(rows.filter(mine, held_at__isnull=False).order_by("held_at", "pk")),
        to_decide=tuple(rows.filter(to_decide_q(user), publish_at=None).order_by("asked_at", "pk")),
        returned=tuple(row for row in own if row.returned_at),
        waiting=tuple(row for row in own if row.asked_at and not row.publish_at),
    )
