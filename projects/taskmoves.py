"""Tasks that move: to another state, to another place in their order, into a project as new."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from climateportal.models import User
from projects import actions
from projects.enums import Precision, TaskState
from projects.models import Project, Task


class MovedMeanwhile(Exception):  # noqa: N818 - told to people, not an error of ours
    """The task is not in the state in which it was seen."""


def set_task_state(
    *,
    task: Task,
    to: TaskState,
    by: User | None,
    was: str | None = None,
    on: date | None = None,
    reason: Mapping[str, str] | None = None,
    at: datetime | None = None,
) -> None:
    """Move a task to a state. A done one has the day `on` (default: the day of `at`); a cancelled
    one has a `reason` by language code, of which Finnish is needed. Raises ValidationError, and
    MovedMeanwhile when it is not in the state `was` (default: whatever it is in).
    """
    at = at or timezone.now()
    reason = reason or {}
    if to == TaskState.CANCELLED and not reason.get("fi"):
        raise ValidationError(_("Tell why it is cancelled: residents see the reason."))
    with actions.editing(project=task.project, by=by, at=at):
        actions.reread(task)
        if was not in (None, task.state):
            raise MovedMeanwhile
        task.state = to
        task.completed_at = (on or timezone.localdate(at)) if to == TaskState.DONE else None
        task.completed_precision = Precision.DAY
        for language in ("fi", "sv", "en"):
            setattr(task, f"cancel_reason_{language}", reason.get(language, ""))
        task._history_user, task._history_date = by, at
        task.full_clean()
        task.save()


def shift_task(*, task: Task, by: User | None, up: bool, at: datetime | None = None) -> bool:
    """Change places with the neighbour of the same state. Returns whether there was one. Raises
    MovedMeanwhile when the task has another state by now, or none.
    """
    at = at or timezone.now()
    with actions.editing(project=task.project, by=by, at=at) as project:
        rows = list(project.tasks.all())
        alike = [place for place, row in enumerate(rows) if row.state == task.state]
        own = next((place for place in alike if rows[place].pk == task.pk), None)
        if own is None:
            raise MovedMeanwhile
        index = alike.index(own) + (-1 if up else 1)
        if not 0 <= index < len(alike):
            return False
        other = alike[index]
        rows[own], rows[other] = rows[other], rows[own]
        for number, row in enumerate(rows):
            if row.order != number:
                row.order = number
                row._history_user, row._history_date = by, at
                row.save(update_fields=["order"])
    return True


def add_task(
    *, project: Project, by: User | None, at: datetime | None = None, **values: Any
) -> Task:
    """Add a task as the last one of a project. `values` hold columns of `Task`. Raises
    ValidationError and leaves nothing behind.
    """
    at = at or timezone.now()
    with actions.editing(project=project, by=by, at=at):
        last = project.tasks.aggregate(last=Max("order"))["last"]
        task = Task(project=project, order=0 if last is None else last + 1, **values)
        task._history_user, task._history_date = by, at
        task.full_clean()
        task.save()
    return task
