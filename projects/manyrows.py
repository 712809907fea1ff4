"""Many rows stored at once, with a row of history for each as if they were saved one by one."""

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import datetime
from typing import Any

from django.db import models, transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from climateportal.models import User
from projects.models import Project

AT_ONCE = 500  # projects whose rows are held in memory together
Links = Mapping[str, Sequence[tuple[Project, Set[int]]]]


def write_rows(
    *,
    created: Sequence[models.Model],
    changed: Sequence[models.Model],
    fields: Iterable[str],
    by: User | None,
    at: datetime,
) -> None:
    """Store new and changed rows of one model with their history. Their rules were run before.

    `fields` are those that `changed` may differ in. Many-to-many relations are not touched.
    """
    rows = [*created, *changed]
    if not rows:
        return
    model = type(rows[0])
    told: dict[str, Any] = {"default_user": by, "default_date": at, "batch_size": AT_ONCE}
    with transaction.atomic():
        if created:
            bulk_create_with_history(list(created), model, **told)
        if changed and (names := sorted(fields)):
            bulk_update_with_history(list(changed), model, names, **told)


@transaction.atomic
def write_projects(
    *,
    created: Sequence[Project],
    changed: Sequence[Project],
    fields: Iterable[str],
    links: Links,
    by: User | None,
    at: datetime,
) -> None:
    """Store new and changed projects with their history. Their rules were run before.

    `fields` are those that `changed` may differ in; `links` say, by the name of a many-to-many
    relation, to which keys a project leads from now on.
    """
    Project.objects.bulk_create(created, AT_ONCE)
    if names := sorted(fields):
        Project.objects.bulk_update(changed, names, AT_ONCE)
    for name, rows in links.items():
        for start in range(0, len(rows), AT_ONCE):
            some = {project.pk: keys for project, keys in rows[start : start + AT_ONCE]}
            _link(Project._meta.get_field(name), some)
    remember(created, kind="+", by=by, at=at)
    remember(changed, kind="~", by=by, at=at)


def _link(field: models.ManyToManyField, wanted: Mapping[int, Set[int]]) -> None:
    through = field.remote_field.through._default_manager
    names = [field.m2m_field_name(), field.m2m_reverse_field_name()]
    stored = {
        (project, key): pk
        for pk, project, key in through.filter(**{f"{names[0]}__in": wanted})
        .order_by()
        .values_list("pk", *names)
    }
    pairs = {(project, key) for project, keys in wanted.items() for key in keys}
    through.filter(pk__in=[pk for pair, pk in stored.items() if pair not in pairs]).delete()
    new = sorted(pairs - stored.keys())
    columns = [field.remote_field.through._meta.get_field(name).attname for name in names]
    through.bulk_create(through.model(**dict(zip(columns, pair, strict=True))) for pair in new)


def remember(
    projects: Sequence[Project], *, kind: str, by: User | None, at: datetime, reason: str = ""
) -> None:
    """Write a row of history for each project, with its many-to-many relations. `kind` is “+” for
    new projects and “~” for others.
    """
    history = Project.history
    for start in range(0, len(projects), AT_ONCE):
        rows = history.bulk_history_create(
            projects[start : start + AT_ONCE], update=kind == "~", default_user=by,
            default_change_reason=reason, default_date=at,
        )  # fmt: skip
        told = {row.id: row.pk for row in rows or ()}
        for field in history.model._history_m2m_fields:
            _remember_links(field, told)


def _remember_links(field: models.ManyToManyField, told: Mapping[int, int]) -> None:
    """`told` leads from projects to the rows of their history."""
    through, record = field.remote_field.through, getattr(Project.history.model, field.name).model
    owner = through._meta.get_field(field.m2m_field_name()).attname
    names = [column.attname for column in through._meta.concrete_fields]
    links = through._default_manager.filter(**{f"{owner}__in": list(told)}).order_by("pk")
    record._default_manager.bulk_create(
        [record(history_id=told[link[owner]], **link) for link in links.values(*names)]
    )
