"""Writing what a plan says: all of it in one transaction, or nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.manyedits import finish_edits, snapshots
from projects.manyrows import write_projects, write_rows
from projects.models import Participation, Project
from projects.permissions import project_in_reach_q
from projects.sheets.drafts import Draft
from projects.sheets.plan import Plan

AT_ONCE = 1000


class Stale(Exception):  # noqa: N818
    """Something that the plan was made of has changed since."""


class Written(NamedTuple):
    """How many rows were added and changed."""

    created: int
    changed: int


@transaction.atomic
def write(plan: Plan, *, by: Any) -> Written:
    """Store what the plan says, with its author. A plan with errors raises ValueError.

    Raises Stale, and ValidationError with what the whole would leave wrong; writes nothing then.
    """
    if any(draft.problems for draft in plan.drafts):
        raise ValueError("The plan has errors.")
    at = timezone.now()
    drafts = [draft for draft in plan.drafts if draft.writes]
    created = [draft for draft in drafts if draft.is_new]
    changed = [draft for draft in drafts if not draft.is_new]
    projects = _projects_of(plan, drafts)
    _lock(plan, changed, projects)
    edits: dict[int, Any] = dict(snapshots(projects))
    if plan.kind.model is Project:
        _write_projects(drafts, by=by, at=at)
        edits |= {draft.obj.pk: None for draft in created}
        _stay_with(by, [draft.obj.pk for draft in drafts])
    else:
        write_rows(
            created=[draft.obj for draft in created],
            changed=[draft.obj for draft in changed],
            fields=_fields(plan, changed),
            by=by,
            at=at,
        )
    _check_reach(plan, [draft.obj.pk for draft in drafts])
    finish_edits(edits=edits, by=by, at=at)
    return Written(len(created), len(changed))


def _projects_of(plan: Plan, drafts: Sequence[Draft]) -> set[int]:
    """The stored projects whose pages show the rows."""
    if plan.kind.owner:
        return {plan.kind.project_of(draft.obj) for draft in drafts} - {None}
    found: set[int] = set()  # contacts, which many projects list
    keys = [draft.obj.pk for draft in drafts if not draft.is_new]
    for some in _batches(keys):
        listing = Project.objects.filter(project_contacts__contact__in=some).order_by()
        found.update(listing.values_list("pk", flat=True))
    return found


def _lock(plan: Plan, changed: Sequence[Draft], projects: Iterable[int]) -> None:
    """Keep others from what will be written, and see that nobody was there before."""
    for some in _batches(sorted(projects)):
        list(Project.objects.select_for_update().filter(pk__in=some).order_by("pk").values("pk"))
    drafts = {draft.obj.pk: draft for draft in changed}
    for some in _batches(sorted(drafts)):
        rows = plan.kind.model._default_manager.select_for_update().filter(pk__in=some)
        found = {row.pk: row for row in rows.order_by("pk")}
        for pk in some:
            was = drafts[pk].was
            if pk not in found or any(getattr(found[pk], name) != was[name] for name in was):
                raise Stale


def _fields(plan: Plan, changed: Iterable[Draft]) -> set[str]:
    names = {name for draft in changed for name in draft.values}
    return {field for name in names for field in plan.kind.by_name[name].fields}


def _write_projects(drafts: Sequence[Draft], *, by: Any, at: datetime) -> None:
    changed = [draft for draft in drafts if not draft.is_new]
    write_projects(
        created=[draft.obj for draft in drafts if draft.is_new],
        changed=[draft.obj for draft in changed],
        fields={
            name
            for draft in changed
            for name, value in draft.was.items()
            if getattr(draft.obj, name) != value
        },
        links={
            name: [(draft.obj, draft.values[name]) for draft in drafts if name in draft.values]
            for name in ("regions", "themes")
        },
        by=by,
        at=at,
    )
    write_rows(created=list(_new_participations(drafts)), changed=[], fields=(), by=by, at=at)


def _new_participations(drafts: Sequence[Draft]) -> Iterator[Participation]:
    """Those named in a row that do not take part yet, after those that do."""
    naming = [draft for draft in drafts if "municipalities" in draft.values]
    there: dict[int, dict[int, int]] = defaultdict(dict)
    for some in _batches([draft.obj.pk for draft in naming if not draft.is_new]):
        rows = Participation.objects.filter(project__in=some).order_by()
        for project, place, order in rows.values_list("project", "municipality", "order"):
            there[project][place] = order
    for draft in naming:
        known = there[draft.obj.pk]
        last = max(known.values(), default=0)
        places = sorted(set(draft.values["municipalities"]) - known.keys())
        for number, place in enumerate(places, start=last + 1):
            yield Participation(project=draft.obj, municipality_id=place, order=number)


def _stay_with(by: Any, keys: Sequence[int]) -> None:
    """Whoever makes an own project joint becomes its contact, as on the form (decision 8)."""
    for some in _batches(keys):
        mine = Project.objects.filter(project_in_reach_q(by), pk__in=some).values("pk")
        by.projects.add(*Project.objects.filter(pk__in=some).exclude(pk__in=mine))


def _check_reach(plan: Plan, keys: Sequence[int]) -> None:
    """Nobody writes what they could not edit, and nobody shuts themselves out."""
    reach = plan.kind.reach_q(plan.user)
    rows: models.QuerySet = plan.kind.model._default_manager.filter(reach)
    found = sum(rows.filter(pk__in=some).distinct().count() for some in _batches(keys))
    if found != len(keys):
        raise ValidationError(
            _("Some of the rows would be outside your area. Nothing was written.")
        )


def _batches(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]
