"""What an editor's projects need and who waits for an answer: the admin's front page."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils import timezone

from climateportal.dates import local_day
from climateportal.feedbackrights import feedback_in_reach_q
from climateportal.models import Feedback
from climateportal.publishing import PublicationState
from climateportal.translated import LANGUAGES, SOURCE, columns
from projects.linkrights import brokenlink_in_reach_q
from projects.models import BrokenLink, Project, ProjectContact, StageChange, Task
from projects.models.contact import valid_q
from projects.needs import Need, NeedKind, OpenTask, ProjectFacts, needs
from projects.permissions import project_in_reach_q, project_part_q, task_in_reach_q

MOST = 120  # projects of one editor; an administrator of the whole country has the list of projects
MOST_FEEDBACK = 5  # shown of what waits; the list has the rest
TRANSLATED = ("title", "summary", "description")  # what a reader of another language meets first
COLUMNS = (
    "slug",
    "stage",
    "activity",
    "publication",
    "published_at",
    "end_date",
    "content_updated_at",
    "checked_at",
    *(column for name in TRANSLATED for column in columns(name)),
)


@dataclass(frozen=True)
class Row:
    """A project and what it needs. Of a joint project one may be offered only the own tasks."""

    project: Project
    needs: tuple[Need, ...]
    only_tasks: bool

    @property
    def lacks_only_texts(self) -> bool:
        """Whether nothing but texts in another language is missing."""
        return self.needs[0].kind == NeedKind.NOT_TRANSLATED

    @property
    def rank(self) -> tuple[Any, ...]:
        """The smaller the more pressing: the worst need, then how many there are."""
        return (*self.needs[0].rank, -len(self.needs), self.project.title_fi, self.project.pk)


@dataclass(frozen=True)
class Worklist:
    """`rows` need a hand; `to_translate` lack nothing but texts in another language."""

    rows: tuple[Row, ...]
    to_translate: tuple[Row, ...]
    fine: int  # projects of the editor that need nothing
    is_cut: bool = False  # the editor has more projects than these, touched later
    feedback: tuple[Feedback, ...] = ()  # what waits for an answer, the most pressing first
    feedback_waiting: int = 0  # all of it, also what is not among the former
    broken_links: int = 0  # addresses of other sites that the editor may mend

    @property
    def projects(self) -> int:
        """How many projects the editor has."""
        return len(self.rows) + len(self.to_translate) + self.fine

    @property
    def shows(self) -> bool:
        """Whether there is anything to show as a list."""
        return bool(self.projects or self.feedback or self.broken_links)


def worklist(user: Any, on: date | None = None) -> Worklist:
    """What the projects that `user` may edit need on a day (default: today), and the
    feedback that waits for the user. Eight queries.

    Of more than `MOST` projects those that were updated longest ago. Archived ones rest.
    """
    on = on or timezone.localdate()
    looked_after = Project.objects.filter(archived_on=None)
    oldest = looked_after.only(*COLUMNS).order_by("content_updated_at", "pk")
    whole = list(oldest.filter(project_in_reach_q(user))[: MOST + 1])
    parts = list(oldest.filter(project_part_q(user))[: MOST + 1])
    is_cut = max(len(whole), len(parts)) > MOST
    whole, parts = whole[:MOST], parts[:MOST]
    keys = [project.pk for project in (*whole, *parts)]
    tasks, contacts, stages = _tasks(user, keys), _contacts(keys, on), _stages(keys)
    rows, only_part = [], {project.pk for project in parts}
    for project in (*whole, *parts):
        only_tasks = project.pk in only_part
        facts = ProjectFacts(
            stage=project.stage,
            activity=project.activity,
            is_draft=project.publication == PublicationState.DRAFT,
            end=project.end_date,
            vouched=local_day(project.checked_or_updated_at()),
            stage_since=stages.get(project.pk),
            tasks=tasks[project.pk],
            contacts_until=contacts[project.pk],
            missing_languages=_missing(project),
            only_tasks=only_tasks,
        )
        if found := needs(facts, on):
            rows.append(Row(project, found, only_tasks))
    rows.sort(key=lambda row: row.rank)
    waiting = Feedback.objects.open().filter(feedback_in_reach_q(user))
    first = waiting.select_related("project", "municipality", "region")[:MOST_FEEDBACK]
    return Worklist(
        rows=tuple(row for row in rows if not row.lacks_only_texts),
        to_translate=tuple(row for row in rows if row.lacks_only_texts),
        fine=len(keys) - len(rows),
        is_cut=is_cut,
        feedback=tuple(first),
        feedback_waiting=waiting.count(),
        broken_links=BrokenLink.objects.told().filter(brokenlink_in_reach_q(user)).count(),
    )


def _tasks(user: Any, keys: list[int]) -> dict[int, list[OpenTask]]:
    found = defaultdict(list)
    rows = Task.objects.open().filter(task_in_reach_q(user), project__in=keys)
    for task in rows.order_by("due_date", "order", "pk"):
        found[task.project_id].append(OpenTask(task.pk, task.title, task.due_date))
    return found


def _contacts(keys: list[int], on: date) -> dict[int, list[date | None]]:
    found = defaultdict(list)
    rows = ProjectContact.objects.filter(valid_q("contact__", on), project__in=keys)
    for project, until in rows.values_list("project", "contact__valid_until"):
        found[project].append(until)
    return found


def _stages(keys: list[int]) -> dict[int, date]:
    rows = StageChange.objects.filter(project__in=keys, municipality=None).order_by()
    latest = rows.values_list("project").annotate(Max("at"))
    return {project: local_day(moment) for project, moment in latest}


def _missing(project: Project) -> list[str]:
    return [
        language
        for language in LANGUAGES
        if language != SOURCE
        and any(
            getattr(project, f"{name}_{SOURCE}") and not getattr(project, f"{name}_{language}")
            for name in TRANSLATED
        )
    ]
