"""Dates that move, with their reason: of a task and of a whole project."""

from datetime import date, datetime

from django.utils import timezone

from climateportal.models import User
from projects import actions
from projects.enums import Precision
from projects.models import Project, Task

LONGEST_REASON = 100  # what the history keeps


def move_task(
    *, task: Task, to: date, reason: str, by: User | None, at: datetime | None = None
) -> None:
    """Give a task another due date; the history tells why. Raises ValidationError."""
    at = at or timezone.now()
    with actions.editing(project=task.project, by=by, at=at):
        actions.reread(task)
        task.due_date, task.due_precision = to, Precision.DAY
        task._history_user, task._history_date, task._change_reason = by, at, reason
        task.full_clean()
        task.save()
    del task._change_reason


def move_end(
    *, project: Project, to: date, reason: str, by: User | None, at: datetime | None = None
) -> None:
    """Let a project end on another day; the history tells why. Raises ValidationError."""
    with actions.editing(project=project, by=by, at=at or timezone.now()):
        project.end_date, project._change_reason = to, reason
    del project._change_reason
