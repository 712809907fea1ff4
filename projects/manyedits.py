"""One edit of many projects at once, as an import makes: the same rules as `actions`, in bulk."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import prefetch_related_objects
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from climateportal.models import User
from projects.actions import refresh, settle_shares
from projects.freshness import digests, search_texts
from projects.ledger import Ledger
from projects.models import Project
from projects.searchtexts import keep_words
from projects.snapshots import Snapshot, tell_changes

AT_ONCE = 500  # projects whose rows are held in memory together


def snapshots(keys: Iterable[int]) -> dict[int, Snapshot]:
    """The stored states of projects, by primary key."""
    found: dict[int, Snapshot] = {}
    for some in _batches(sorted(keys)):
        found |= Snapshot.of_many(some)
    return found


@transaction.atomic
def finish_edits(*, edits: Mapping[int, Snapshot | None], by: User | None, at: datetime) -> None:
    """Complete an edit of several projects and their rows, as `actions.finish_edit` does of one.

    `edits` leads from each project to what it was; None for a new one. Raises ValidationError
    with what does not add up, and leaves nothing behind.
    """
    faults: list[str] = []
    for some in _batches(sorted(edits)):
        projects = list(Project.objects.filter(pk__in=some))
        prefetch_related_objects(projects, "participations__municipality")
        for project in projects:
            settle_shares(project=project, by=by, at=at)
        ledgers = Ledger.read_many(projects)
        for project in projects:
            before = edits[project.pk]
            known = before.faults if before else ()
            faults += [
                f"{project.title}: {fault.text}"
                for fault in ledgers[project.pk].faults
                if fault not in known
            ]
            tell_changes(project=project, by=by, before=before, at=at)
        keep_words(search_texts(projects))
        prints = digests(projects)
        for project in projects:
            before = edits[project.pk]
            project._history_user = by
            record = before.record if before else 0
            refresh(project=project, at=at, record=record, computed=prints[project.pk])
    if faults:
        raise ValidationError(faults)


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


def _batches(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]
