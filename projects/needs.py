"""What a project needs of its editor, and which needs come first. Pure: values in, values out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from projects.enums import Activity, Stage

UNCHANGED_AFTER = timedelta(days=365)
UNCONFIRMED_AFTER = timedelta(days=180)
CONTACT_LEAVES_WITHIN = timedelta(days=30)


class NeedKind(IntEnum):
    """Why a project is on the list, the most pressing first."""

    TASK_OVERDUE = 1  # days, day, task
    END_PASSED = 2  # days, day
    NO_CONTACT = 3
    NOT_CONFIRMED = 4  # day: when somebody last vouched for the page
    DRAFT = 5
    NO_TASK_AHEAD = 6
    STAGE_UNCHANGED = 7  # day: since when
    CONTACT_LEAVES = 8  # day: the last one
    NOT_TRANSLATED = 9  # languages


@dataclass(frozen=True, slots=True)
class OpenTask:
    """An open task that the editor may change."""

    pk: int
    title: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What the rules need of a project. With `only_tasks` the editor may change its tasks alone."""

    stage: str
    activity: str = Activity.ACTIVE
    is_draft: bool = False
    end: date | None = None
    vouched: date | None = None
    stage_since: date | None = None
    tasks: Sequence[OpenTask] = ()
    contacts_until: Sequence[date | None] = ()  # of the contacts that the page shows today
    missing_languages: Sequence[str] = ()
    only_tasks: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """One thing to see to. `days` counts whole days after the due or end date."""

    kind: NeedKind
    days: int = 0
    day: date | None = None
    task: OpenTask | None = None
    languages: tuple[str, ...] = ()

    @property
    def rank(self) -> tuple[int, int]:
        """The smaller the more pressing."""
        return self.kind, -self.days


def needs(project: ProjectFacts, on: date) -> tuple[Need, ...]:
    """Everything that a project needs on a day, the most pressing first.

    A project that is on hold, cancelled or completed is only asked for a translation, and a
    completed one whether its open tasks are done.
    """
    runs = project.activity == Activity.ACTIVE and project.stage != Stage.COMPLETED
    asked = runs or (project.activity == Activity.ACTIVE and bool(project.tasks))
    found = _overdue(project, on) if asked else []
    if not project.only_tasks:
        found += _of_the_whole(project, on) if runs else []
        if project.missing_languages:
            found.append(Need(NeedKind.NOT_TRANSLATED, languages=tuple(project.missing_languages)))
    return tuple(sorted(found, key=lambda need: need.rank))


def _overdue(project: ProjectFacts, on: date) -> list[Need]:
    return [
        Need(NeedKind.TASK_OVERDUE, days=(on - task.due).days, day=task.due, task=task)
        for task in project.tasks
        if task.due and task.due < on
    ]


def _of_the_whole(project: ProjectFacts, on: date) -> list[Need]:
    found = []
    if project.end and project.end < on:
        found.append(Need(NeedKind.END_PASSED, days=(on - project.end).days, day=project.end))
    if project.is_draft:
        found.append(Need(NeedKind.DRAFT))
    elif project.vouched and project.vouched < on - UNCONFIRMED_AFTER:
        found.append(Need(NeedKind.NOT_CONFIRMED, day=project.vouched))
    if not project.tasks:
        found.append(Need(NeedKind.NO_TASK_AHEAD))
    if project.stage_since and project.stage_since < on - UNCHANGED_AFTER:
        found.append(Need(NeedKind.STAGE_UNCHANGED, day=project.stage_since))
    if not project.contacts_until:
        found.append(Need(NeedKind.NO_CONTACT))
    elif None not in project.contacts_until:
        last = max(day for day in project.contacts_until if day)
        if last <= on + CONTACT_LEAVES_WITHIN:
            found.append(Need(NeedKind.CONTACT_LEAVES, day=last))
    return found
