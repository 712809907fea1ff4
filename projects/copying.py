"""A new project or new tasks after the model of others: their texts, not their progress."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from climateportal.models import User, free_slug
from climateportal.translated import columns as names
from projects import actions
from projects.enums import TaskState
from projects.models import (
    Goal,
    Participation,
    Project,
    ProjectContact,
    ProjectOrganisation,
    Task,
    WorkPackage,
)

Row = TypeVar("Row", bound=models.Model)
TEXTS = (*names("summary"), *names("description"), *names("implements"), "implements_url",
         "is_mitigation", "is_adaptation")  # fmt: skip

MOST_TASKS = 500  # of one project; more is no list that anybody reads


class Shift(NamedTuple):
    """How far dates move: by whole months, so that a year's last day stays a year's last day."""

    months: int
    rest: timedelta


class Part(StrEnum):
    """What of a project is copied with its texts."""

    GOALS = "goals"
    TASKS = "tasks"
    PLACES = "places"
    PEOPLE = "people"


def _columns(model: type[models.Model], *but: str) -> list[str]:
    left = {"id", "project", *but}
    return [field.attname for field in model._meta.concrete_fields if field.name not in left]


GOAL = _columns(Goal, "state", "base_value", "base_date", "target_date", "municipality", "region")
TASK = _columns(
    Task, "state", "completed_at", "completed_precision", "work_package", "due_date",
    *names("cancel_reason"),
)  # fmt: skip
PACKAGE = _columns(WorkPackage, "start_date", "end_date")
PLACE = ["municipality_id", "order"]
ORGANISATION = _columns(ProjectOrganisation)
PERSON = _columns(ProjectContact)


@transaction.atomic
def copy_project(
    *,
    source: Project,
    title: str,
    by: User | None,
    parts: Iterable[Part],
    start: date | None = None,
    places: Iterable[Any] = (),
    at: datetime | None = None,
) -> Project:
    """A draft with the texts of `source` and those `parts` of it. Nothing of its progress, money,
    pictures or publication is copied. With a `start` the dates move by as much as the start does;
    without one they are left empty. `places` take part besides those that are copied.

    Raises ValidationError and leaves nothing behind.
    """
    at, parts = at or timezone.now(), set(parts)
    shift = _shift(source, start)
    copy = Project(**{name: getattr(source, name) for name in TEXTS}, title_fi=title)
    copy.slug = free_slug(copy, title)
    copy.start_date, copy.date_precision = start, source.date_precision
    copy.end_date = _moved(source.end_date, shift)
    copy.is_ongoing = source.is_ongoing
    _store(copy, by, at)
    copy.themes.set(source.themes.all())
    if Part.PLACES in parts:
        copy.regions.set(source.regions.all())
        _copy_rows(source.participations.all(), PLACE, copy, by, at)
        _copy_rows(source.organisation_roles.all(), ORGANISATION, copy, by, at)
    taking_part = set(copy.participations.values_list("municipality", flat=True))
    for place in places:
        if place.pk not in taking_part:
            _store(Participation(project=copy, municipality=place), by, at)
    if Part.PEOPLE in parts:
        _copy_rows(source.project_contacts.all(), PERSON, copy, by, at)
    if Part.GOALS in parts:
        _copy_rows(source.goals.all(), GOAL, copy, by, at)
    if Part.TASKS in parts:
        _copy_tasks(source, copy, shift, by, at)
    actions.finish_edit(project=copy, by=by, before=None, at=at)
    return copy


def copy_tasks(
    *,
    source: Project,
    to: Project,
    by: User | None,
    start: date | None = None,
    at: datetime | None = None,
) -> int:
    """Add the tasks of `source`, with the parts they belong to, after those of `to`; cancelled
    ones stay behind. Returns how many were added. Raises ValidationError.
    """
    if source.pk == to.pk:
        raise ValidationError(_("These are the project's own tasks. Choose another project."))
    at = at or timezone.now()
    with actions.editing(project=to, by=by, at=at):
        return _copy_tasks(source, to, _shift(source, start), by, at)


def _copy_tasks(
    source: Project, to: Project, shift: Shift | None, by: User | None, at: datetime
) -> int:
    taking_part = set(to.participations.values_list("municipality", flat=True))
    after = to.tasks.count()
    tasks = list(source.tasks.exclude(state=TaskState.CANCELLED))
    if after + len(tasks) > MOST_TASKS:
        raise ValidationError(
            _("The project would have %(count)s tasks, and at most %(most)s can be taken.")
            % {"count": after + len(tasks), "most": MOST_TASKS}
        )
    packages: dict[int | None, WorkPackage | None] = {None: None}
    for package in source.work_packages.all():
        copy = _like(package, PACKAGE, to)
        copy.start_date = _moved(package.start_date, shift)
        copy.end_date = _moved(package.end_date, shift)
        packages[package.pk] = _store(copy, by, at)
    for number, task in enumerate(tasks):
        copy = _like(task, TASK, to)
        copy.order = after + number
        copy.due_date = _moved(task.due_date, shift)
        copy.work_package = packages[task.work_package_id]
        if task.municipality_id not in taking_part:
            copy.municipality = None
        _store(copy, by, at)
    return len(tasks)


def _copy_rows(
    rows: Iterable[models.Model], columns: list[str], to: Project, by: User | None, at: datetime
) -> None:
    for row in rows:
        _store(_like(row, columns, to), by, at)


def _like(row: Row, columns: list[str], project: Project) -> Row:
    return type(row)(project=project, **{name: getattr(row, name) for name in columns})


def _store(row: Row, by: User | None, at: datetime) -> Row:
    row._history_user, row._history_date = by, at
    row.full_clean()
    row.save()
    return row


def _shift(source: Project, start: date | None) -> Shift | None:
    """By how much dates move, or None where that cannot be known."""
    if start is None or source.start_date is None:
        return None
    was = source.start_date
    months = (start.year - was.year) * 12 + start.month - was.month
    return Shift(months, timedelta(days=start.day - was.day))


def _moved(day: date | None, shift: Shift | None) -> date | None:
    if day is None or shift is None:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + shift.months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)) + shift.rest
