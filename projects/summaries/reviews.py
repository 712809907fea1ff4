"""What waits on the front page of the admin: to be looked at, returned, asked for."""

from dataclasses import dataclass
from typing import Any

from projects.models import ProjectDraft
from projects.review import to_decide_q


@dataclass(frozen=True)
class Reviews:
    """Drafts and new projects; the oldest first."""

    to_decide: tuple[ProjectDraft, ...]
    returned: tuple[ProjectDraft, ...]
    waiting: tuple[ProjectDraft, ...]

    def __bool__(self) -> bool:
        return bool(self.to_decide or self.returned or self.waiting)


def reviews(user: Any) -> Reviews:
    """What `user` may decide about, got back, or has asked for. Two queries."""
    rows = ProjectDraft.objects.select_related("project", "asked_by", "returned_by").defer("sent")
    own = list(rows.filter(asked_by=user.pk).order_by("asked_at", "pk"))
    return Reviews(
        to_decide=tuple(rows.filter(to_decide_q(user)).order_by("asked_at", "pk")),
        returned=tuple(row for row in own if row.returned_at),
        waiting=tuple(row for row in own if row.asked_at),
    )
