"""Writes that touch several models: keyword-only, with their author, all or nothing.

The admin, imports and the demo write through here; what they share is that a change of stage
leaves a dated line, a changed address a redirect, and changed public content a new date.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from climateportal.models import User
from municipalities.models import Meeting, Municipality
from projects.enums import Activity, CostSharing, ExpenseState, Stage, TaskState
from projects.freshness import digest, search_texts
from projects.ledger import COUNTING, Ledger
from projects.models import (
    Contact,
    Decision,
    Expense,
    Goal,
    Measurement,
    PackLink,
    Project,
    Task,
)
from projects.searchtexts import keep_words
from projects.snapshots import Snapshot, latest_record, tell_changes

CONTENT_CHANGED = "Something that the page shows was changed elsewhere"


@transaction.atomic
def finish_edit(
    *, project: Project, by: User | None, before: Snapshot | None, at: datetime | None = None
) -> None:
    """Complete an edit of a project and its rows: history, redirect, search text and freshness.

    `before` is the `Snapshot` taken before the edit (None for a new project), `at` the moment the
    change took place (default: now). Raises ValidationError when the edit leaves money that cannot
    add up; what did not before is no obstacle to other edits.
    """
    at = at or timezone.now()
    settle_shares(project=project, by=by, at=at)
    known = before.faults if before else ()
    stored = Project.objects.get(pk=project.pk)  # with values of the right types
    if new := [fault.text for fault in Ledger.read(stored).faults if fault not in known]:
        raise ValidationError(new)
    tell_changes(project=project, by=by, before=before, at=at)
    refresh(project=project, at=at, record=before.record if before else 0)


def settle_shares(*, project: Project, by: User | None, at: datetime | None = None) -> None:
    """Clear cost shares that do not count in the way in which the project shares its costs."""
    at = at or timezone.now()
    counting = COUNTING.get(CostSharing(project.cost_sharing))
    for row in project.participations.all():
        idle = [
            name
            for name in ("cost_share_amount", "cost_share_percent")
            if name != counting and getattr(row, name) is not None
        ]
        for name in idle:
            setattr(row, name, None)
        if idle:
            row._history_user, row._history_date = by, at
            row.save()


def refresh(*, project: Project, at: datetime | None = None, record: int | None = None) -> bool:
    """Recompute what is derived from public content. Returns whether the content had changed.

    A recount leaves neither a history row nor a newer date. A change of content is in the history:
    in the row that the edit has written after row `record`, or else in one of its own.
    `manyedits.refresh_many` does the same of many.
    """
    fields: dict[str, Any] = {"content_digest": digest(project)}
    changed = fields["content_digest"] != project.content_digest
    if changed:
        fields["content_updated_at"] = at = at or timezone.now()
    Project.objects.filter(pk=project.pk).update(**fields)
    keep_words(search_texts([project]))
    for name, value in fields.items():
        setattr(project, name, value)
    if changed:
        _record_update(project, at, record)
    return changed


def _record_update(project: Project, at: datetime, record: int | None) -> None:
    """Tell the history when the content changed: what was known on a day is read from there."""
    latest = latest_record(project.pk)
    if record is not None and latest != record:
        Project.history.filter(history_id=latest).update(content_updated_at=at)
    else:
        project._history_date = at
        project._change_reason = CONTENT_CHANGED
        project.save(update_fields=["content_updated_at"])
        for name in ("_history_date", "_change_reason"):
            vars(project).pop(name, None)


@contextmanager
def editing(*, project: Project, by: User | None, at: datetime | None = None) -> Iterator[Project]:
    """Edit a project and its rows in the block; the edit is completed, or undone as a whole."""
    with transaction.atomic():
        if not project._state.adding:
            # edits come one after another, and what was read earlier is not written back
            project.refresh_from_db(from_queryset=Project.objects.select_for_update())
        before = Snapshot.of(project.pk)
        project._history_user, project._history_date = by, at or timezone.now()
        yield project
        project.full_clean()
        project.save()
        finish_edit(project=project, by=by, before=before, at=at)
    vars(project).pop("_history_date", None)  # the next edit has a moment of its own


def reread(row: models.Model) -> None:
    """Within an edit: take the columns of a row as they are stored now, so that what somebody else
    wrote a moment ago is not written back. The project it was reached by stays the same object.
    """
    row.refresh_from_db(
        fields=[
            field.attname
            for field in row._meta.concrete_fields
            if field.name not in ("id", "project")
        ]
    )


def change_stage(
    *,
    project: Project,
    to: Stage,
    by: User | None,
    at: datetime | None = None,
    completed_on: date | None = None,
) -> None:
    """Move a project to a stage. Completing it records the day (default: the day of `at`)."""
    at = at or timezone.now()
    with editing(project=project, by=by, at=at):
        project.stage = to
        if to == Stage.COMPLETED:
            project.completed_on = completed_on or timezone.localdate(at)
        else:
            project.completed_on = None


def change_activity(
    *,
    project: Project,
    to: Activity,
    by: User | None,
    since: date | None = None,
    at: datetime | None = None,
    **reason: str,
) -> None:
    """Put a project on hold, cancel it or let it go on, since a day (default: the day of `at`).

    `reason` holds `fi` (needed unless the project goes on), `sv` and `en`.
    """
    unknown = set(reason) - {"fi", "sv", "en"}
    if unknown:
        raise TypeError(f"Unknown languages: {', '.join(sorted(unknown))}")
    at = at or timezone.now()
    with editing(project=project, by=by, at=at):
        project.activity = to
        project.activity_since = None if to == Activity.ACTIVE else since or timezone.localdate(at)
        for language in ("fi", "sv", "en"):
            setattr(project, f"activity_reason_{language}", reason.get(language, ""))


def complete_task(
    *, task: Task, by: User | None, on: date | None = None, at: datetime | None = None
) -> None:
    """Mark a task done on a day (default: the day of `at` in Finland)."""
    at = at or timezone.now()
    with editing(project=task.project, by=by, at=at):
        reread(task)
        task.state, task.completed_at = TaskState.DONE, on or timezone.localdate(at)
        task._history_user, task._history_date = by, at
        task.full_clean()
        task.save()


def add_follow_up(
    *, decision: Decision, task: Task, by: User | None, at: datetime | None = None
) -> None:
    """Store `task`, a new one of a project of the decision, as what follows from the decision.

    It becomes the last task of its project. Raises ValidationError for a project that the decision
    is not about, and leaves nothing behind.
    """
    if not decision.projects.filter(pk=task.project_id).exists():
        raise ValidationError(_("The decision is not about this project."))
    at = at or timezone.now()
    with editing(project=task.project, by=by, at=at):
        task.order = (task.project.tasks.aggregate(last=Max("order"))["last"] or 0) + 1
        decision.follow_up = task
        for row in (task, decision):
            row._history_user, row._history_date = by, at
        task.full_clean()
        task.save()
        decision.save(update_fields=["follow_up"])


@transaction.atomic
def make_pack_link(
    *,
    meeting: Meeting,
    by: User | None,
    until: date,
    for_whom: str = "",
    at: datetime | None = None,
) -> PackLink:
    """Make a secret address of a meeting's pack that works to the end of a day in Finland.

    Raises ValidationError for a day that is past or too far (`PackLink.clean`).
    """
    at = at or timezone.now()
    link = PackLink(
        meeting=meeting,
        for_whom=for_whom,
        created_at=at,
        created_by=by,
        expires_at=timezone.make_aware(datetime.combine(until, time.max)),
    )
    link._history_user, link._history_date = by, at
    link.full_clean()
    link.save()
    return link


@transaction.atomic
def revoke_pack_link(*, link: PackLink, by: User | None, at: datetime | None = None) -> None:
    """Close a link for good. A link that is closed already keeps its moment."""
    if link.revoked_at is None:
        at = at or timezone.now()
        link.revoked_at = at
        link._history_user, link._history_date = by, at
        link.save(update_fields=["revoked_at"])


@transaction.atomic
def record_measurement(
    *,
    goal: Goal,
    value: Decimal,
    by: User | None,
    on: date | None = None,
    municipality: Municipality | None = None,
    note: str = "",
    at: datetime | None = None,
) -> Measurement:
    """Add a measured value of a day (default: the day of `at`), of the whole or a municipality.

    Raises ValidationError for a day to come, and when the day has a value already.
    """
    at = at or timezone.now()
    row = Measurement(
        goal=goal,
        municipality=municipality,
        date=on or timezone.localdate(at),
        value=value,
        note=note,
    )
    row._history_user, row._history_date = by, at
    row.full_clean()
    row.save()
    if goal.project_id:
        refresh(project=goal.project, at=at)
    return row


def add_expenses(
    *,
    project: Project,
    rows: Iterable[Mapping[str, Any]],
    by: User | None,
    as_of: date | None = None,
    at: datetime | None = None,
) -> list[Expense]:
    """Add expenses, all or none. `rows` hold columns of `Expense`; `as_of` is the day that the
    money figures of the project are now of (default: stays). Raises ValidationError.
    """
    at = at or timezone.now()
    with editing(project=project, by=by, at=at):
        project.money_as_of = as_of or project.money_as_of
        return [_written(Expense(project=project, **values), by, at) for values in rows]


def set_payment(
    *, expenses: Iterable[Expense], to: ExpenseState, by: User | None, at: datetime | None = None
) -> int:
    """Move expenses to a state of payment, all or none. Returns how many were in another one."""
    at = at or timezone.now()
    by_project: dict[int, list[Expense]] = {}
    for expense in expenses:
        if expense.state != to:
            by_project.setdefault(expense.project_id, []).append(expense)
    with transaction.atomic():
        for rows in by_project.values():
            with editing(project=rows[0].project, by=by, at=at):
                for expense in rows:
                    expense.state = to
                    _written(expense, by, at)
    return sum(map(len, by_project.values()))


def _written(expense: Expense, by: User | None, at: datetime) -> Expense:
    """Check and store an expense. The database checks relations and constraints itself."""
    expense._history_user, expense._history_date = by, at
    expense.full_clean({"project", "municipality"}, False, False)
    expense.save()
    return expense


@transaction.atomic
def confirm_up_to_date(*, project: Project, by: User | None, at: datetime | None = None) -> None:
    """“Everything is up to date”: the second date beside “information updated” (rule 4)."""
    project.checked_at, project.checked_by = at or timezone.now(), by
    project._history_user, project._history_date = by, project.checked_at
    project.save(update_fields=["checked_at", "checked_by"])
    vars(project).pop("_history_date", None)


def refresh_projects_of(*, contact: Contact) -> None:
    """A contact's details are part of every project page that lists the contact."""
    for project in Project.objects.filter(project_contacts__contact=contact):
        refresh(project=project)
