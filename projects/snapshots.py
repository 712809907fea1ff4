"""What an edit must know of projects as they were, and the traces that it leaves in public."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from climateportal.models import User, remember_slug
from projects.ledger import Fault, Ledger
from projects.models import Participation, Project, StageChange


@dataclass(frozen=True)
class Snapshot:
    """What an edit must know of the project as it was before."""

    slug: str
    stage: str
    activity: str
    own_stages: dict[int, str]
    record: int  # the latest row of the project's history
    faults: tuple[Fault, ...]  # in its money

    @classmethod
    def of(cls, project_pk: int | None) -> "Snapshot | None":
        """The stored state of a project, or None for one that is not stored yet."""
        return cls.of_many([project_pk]).get(project_pk)

    @classmethod
    def of_many(cls, keys: Iterable[int | None]) -> "dict[int, Snapshot]":
        """The stored states of projects, by primary key. Six queries for all of them."""
        projects = list(Project.objects.filter(pk__in=[pk for pk in keys if pk is not None]))
        ledgers = Ledger.read_many(projects)
        records = latest_records(ledgers)
        own: dict[int, dict[int, str]] = defaultdict(dict)
        rows = Participation.objects.filter(project__in=list(ledgers))
        for pk, place, stage in rows.values_list("project", "municipality", "stage"):
            own[pk][place] = stage
        return {
            project.pk: cls(
                slug=project.slug,
                stage=project.stage,
                activity=project.activity,
                own_stages=own[project.pk],
                record=records.get(project.pk, 0),
                faults=tuple(ledgers[project.pk].faults),
            )
            for project in projects
        }


def latest_record(project_pk: int) -> int:
    """The number of the latest row of a project's history."""
    return latest_records([project_pk]).get(project_pk, 0)


def latest_records(keys: Iterable[int]) -> dict[int, int]:
    """The numbers of the latest rows of the history of projects, by primary key. One query."""
    rows = Project.history.filter(id__in=list(keys)).order_by().values_list("id")
    return dict(rows.annotate(found=Max("history_id")))


def tell_changes(
    *, project: Project, by: User | None, before: Snapshot | None, at: datetime
) -> None:
    """Write the dated lines of a changed stage, and the redirect of a changed address."""
    for row in stage_changes(project=project, by=by, before=before, at=at):
        row.save()
    keep_address(project=project, before=before)


def keep_address(*, project: Project, before: Snapshot | None) -> None:
    """Write the redirect of a changed address."""
    if before is not None and before.slug != project.slug:
        remember_slug(project, before.slug)


def stage_changes(
    *, project: Project, by: User | None, before: Snapshot | None, at: datetime
) -> Iterator[StageChange]:
    """The dated lines of a changed stage, to be stored."""
    if before is None:
        yield StageChange(
            project=project, by=by, at=at,
            to_stage=project.stage, to_activity=project.activity,
        )  # fmt: skip
        return
    if (before.stage, before.activity) != (project.stage, project.activity):
        yield StageChange(
            project=project, by=by, at=at,
            from_stage=before.stage, to_stage=project.stage,
            from_activity=before.activity, to_activity=project.activity,
        )  # fmt: skip
    for row in project.participations.all():
        was = before.own_stages.get(row.municipality_id)
        if was is not None and was != row.stage:
            yield StageChange(
                project=project, by=by, at=at, municipality=row.municipality,
                from_stage=was or before.stage, to_stage=row.stage or project.stage,
            )  # fmt: skip
