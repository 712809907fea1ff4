"""One edit of many projects at once, as an import makes: the same rules as `actions`, in bulk."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import prefetch_related_objects

from climateportal.models import User
from projects.actions import CONTENT_CHANGED, settle_shares
from projects.freshness import digests, search_texts
from projects.ledger import Ledger
from projects.manyrows import AT_ONCE, remember, write_rows
from projects.models import Project, StageChange
from projects.searchtexts import keep_words
from projects.snapshots import Snapshot, keep_address, latest_records, stage_changes


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
        changes: list[StageChange] = []
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
            changes += stage_changes(project=project, by=by, before=before, at=at)
            keep_address(project=project, before=before)
        write_rows(created=changes, changed=[], fields=(), by=by, at=at)
        records = {pk: before.record if before else 0 for pk, before in edits.items()}
        refresh_many(projects=projects, records=records, by=by, at=at)
    if faults:
        raise ValidationError(faults)


def refresh_many(
    *, projects: Sequence[Project], records: Mapping[int, int], by: User | None, at: datetime
) -> None:
    """Recompute what is derived from the public content of projects, as `actions.refresh` of one.

    `records` are the latest rows of their histories before the edit, by primary key.
    """
    keep_words(search_texts(projects))
    prints = digests(projects)
    changed = [row for row in projects if prints[row.pk] != row.content_digest]
    for project in changed:
        project.content_digest, project.content_updated_at = prints[project.pk], at
    keys = [row.pk for row in changed]
    Project.objects.bulk_update(changed, ["content_digest"], AT_ONCE)
    Project.objects.filter(pk__in=keys).update(content_updated_at=at)
    latest = latest_records(keys)
    told = [pk for pk in latest if latest[pk] != records[pk]]
    written = Project.history.filter(history_id__in=[latest[pk] for pk in told])
    written.update(content_updated_at=at)
    untold = [row for row in changed if row.pk not in told]
    remember(untold, kind="~", by=by, at=at, reason=CONTENT_CHANGED)


def _batches(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]
