"""A file from being chosen to being written: headings settled, checked in steps, confirmed."""

import json
import time
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from climateportal.sheetfiles.reading import read
from climateportal.sheetfiles.tables import Line, NotATable
from projects.models import PendingImport
from projects.sheets.columns import Column
from projects.sheets.drafts import Fate, Problem
from projects.sheets.exports import is_our_sheet
from projects.sheets.headings import LEFT_OUT, Heading, read_headings, top_row
from projects.sheets.kinds import kind_of
from projects.sheets.plan import Plan
from projects.sheets.writing import Stale, Written, write

STEP = 2.0  # seconds of checking in one request, after which the page tells how far it is


def receive(*, user: Any, kind: str, filename: str, data: bytes) -> PendingImport:
    """Read a file and keep its rows. Raises NotATable with a sentence for the editor."""
    PendingImport.objects.expired().delete()
    lines, others = read(data)
    top = top_row(lines, kind_of(kind))
    lines = lines[top:]
    if len(lines) < 2:
        raise NotATable(_("There are headings, but no rows below them."))
    if not any(heading.column for heading in read_headings(lines[0].cells, kind_of(kind))):
        raise NotATable(
            _("None of the headings is known. Choose the right list, or copy the headings from the "
              "template.")
        )  # fmt: skip
    others = [name for name in others if not is_our_sheet(name)]
    told = _("Only the first sheet is read. Left out: %(names)s.")
    pending = PendingImport.objects.create(
        user=user,
        kind=kind,
        filename=filename[-100:],
        lines=json.dumps(lines),
        notes=json.dumps([told % {"names": ", ".join(others[:10])}] if others else []),
    )
    if all(heading.column for heading in headings_of(pending)):
        settle_headings(pending, {})
    return pending


def headings_of(pending: PendingImport) -> list[Heading]:
    """The headings of the file."""
    return read_headings(pending.told("lines")[0][1], kind_of(pending.kind))


def settle_headings(pending: PendingImport, chosen: Mapping[int, str]) -> None:
    """Fix what each column is. `chosen` tells it of those whose heading is not known."""
    headings = headings_of(pending)
    width = max(heading.index for heading in headings) + 1
    columns = [""] * width
    for heading in headings:
        name = heading.column or chosen[heading.index]
        columns[heading.index] = "" if name == LEFT_OUT else name
    pending.tell(columns=columns, checked=0, problems=[], outcome=None, mark="")


def _plan(pending: PendingImport, user: Any) -> Plan:
    kind = kind_of(pending.kind)
    columns: list[Column | None] = [kind.by_name.get(name) for name in pending.told("columns")]
    lines = [Line(number, cells) for number, cells in pending.told("lines")[1:]]
    return Plan(kind, lines, columns, user)


def check(pending: PendingImport, user: Any, seconds: float = STEP) -> bool:
    """Check rows for a while. Returns whether all are checked and the preview is ready.

    Begins from the start when something was changed meanwhile.
    """
    plan = _plan(pending, user)
    mark = plan.mark()
    if mark != pending.mark:
        pending.checked, pending.problems = 0, "[]"
    problems = pending.told("problems")
    ends = time.monotonic() + seconds
    drafts = plan.drafts[pending.checked :]
    done = 0
    for draft in drafts:
        if time.monotonic() > ends:
            break
        before = len(draft.problems)
        plan.validate([draft])
        problems += [[draft.number, *problem] for problem in draft.problems[before:]]
        done += 1
    ready = done == len(drafts)
    outcome = _outcome(plan, problems) if ready else None
    pending.tell(mark=mark, checked=pending.checked + done, problems=problems, outcome=outcome)
    return ready


def _outcome(plan: Plan, problems: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    """The preview, row by row."""
    later: dict[int, list[Problem]] = {}
    for number, heading, text in problems:
        later.setdefault(number, []).append(Problem(heading, text))
    for draft in plan.drafts:
        draft.problems += [
            problem for problem in later.get(draft.number, ()) if problem not in draft.problems
        ]
    return [
        {
            "row": draft.number,
            "fate": draft.fate,
            "name": plan.kind.name_of(draft.obj, plan.books) if draft.obj is not None else "",
            "changes": draft.changes,
            "problems": draft.problems,
            "notes": draft.notes,
        }
        for draft in plan.drafts
    ]


def has_errors(pending: PendingImport) -> bool:
    """Whether the preview, which is ready, has a row with errors."""
    return any(row["fate"] == Fate.ERROR for row in pending.told("outcome"))


def confirm(pending: PendingImport, user: Any) -> Written | None:
    """Write what the preview showed. None when something has changed: the preview is made anew.

    Raises ValidationError when the whole cannot be written; nothing is then.
    """
    try:
        with transaction.atomic():
            rows = PendingImport.objects.of(user).select_for_update()
            stored = rows.filter(pk=pending.pk, mark=pending.mark).exclude(outcome="null").first()
            if stored is None:
                return None
            if has_errors(stored):
                return None
            plan = _plan(stored, user)
            if plan.mark() != stored.mark:
                raise Stale
            written = write(plan, by=user)
            stored.delete()
            return written
    except Stale:
        pending.tell(outcome=None, mark="")
        return None
    except IntegrityError as error:
        raise ValidationError(
            _("Somebody changed the same rows at the same moment. Nothing was written: try again.")
        ) from error
