"""What an edit must know of projects as they were, and the traces that it leaves in public."""

from collections import defaultdict
from collections.abc import Iterable
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
        history = Project.history.filter(id__in=list(ledgers)).order_by().values_list("id")
        records = dict(history.annotate(found=Max("history_id")))
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
    records = Project.history.filter(id=project_pk)
    return records.aggregate(found=Max("history_id"))["found"] or 0


def tell_changes(
    *, project: Project, by: User | None, before: Snapshot | None, at: datetime
) -> None:
    """Write the dated lines of a changed stage, and the redirect of a changed address."""
    change = {"project": project, "by": by, "at": at}
    if before is None:
        StageChange.objects.create(**change, to_stage=project.stage, to_activity=project.activity)
        return
    if (before.stage, before.activity) != (project.stage, project.activity):
        StageChange.objects.create(
            **change,
            from_stage=before.stage,
            to_stage=project.stage,
            from_activity=before.activity,
            to_activity=project.activity,
        )
    for row in project.participations.all():
        was = before.own_stages.get(row.municipality_id)
        if was is not None and was != row.stage:
            StageChange.objects.create(
                **change,
                municipality=row.municipality,
                from_stage=was or before.stage,
                to_stage=row.stage or project.stage,
            )
    if before.slug != project.slug:
        remember_slug(project, before.slug)
