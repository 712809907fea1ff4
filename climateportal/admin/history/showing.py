"""What the pages of history show: saves and plans as templates take them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from climateportal.admin.history import telling
from climateportal.admin.history.deleted import UNDELETED
from climateportal.admin.history.family import Kin
from climateportal.admin.history.names import Names
from climateportal.admin.history.parts import KEPT, Part, titled
from climateportal.admin.history.restoring import RESTORED
from climateportal.admin.history.telling import Change
from climateportal.admin.history.timeline import Save, Step
from climateportal.dates import occasion

DRAFTED = "draft by: "  # before a name, in the reason of a history row

Address = Callable[[datetime, str], str]  # of the page that restores a part of a state


@dataclass
class ShownChange:
    """A change with the address where it can be taken back; empty when it cannot."""

    change: Change
    undo: str = ""


@dataclass
class ShownStep:
    """What was done to one row: `act` is `added`, `changed` or `deleted`."""

    act: str
    title: str
    changes: list[ShownChange] = field(default_factory=list)
    undo: str = ""


@dataclass
class ShownSave:
    """Who did what and when; `restore` leads to the state after it."""

    who: str
    at: datetime
    moment: str
    reason: str
    steps: list[ShownStep]
    restore: str = ""


def shown_save(
    save: Save, its_steps: Iterable[Step], names: Names, address: Address | None, is_newest: bool
) -> ShownSave:
    """A save in words. Without `address` nothing is offered for restoring."""
    shown = shown_steps(its_steps, names, address, save)
    restore = address(save.at, "") if address and not is_newest else ""
    moment = occasion(save.at)
    return ShownSave(
        names.person(save.by), save.at, moment, reason_words(save.reason), shown, restore
    )


def shown_steps(
    its_steps: Iterable[Step],
    names: Names,
    address: Address | None = None,
    save: Save | None = None,
) -> list[ShownStep]:
    """What was done to each row, and at the end of which rows only the order changed."""
    shown: list[ShownStep] = []
    moved: dict[Kin, int] = {}
    for step in its_steps:
        told = _shown_step(step, save, names, address)
        if told is None:
            continue
        if told.act == "changed" and {item.change.name for item in told.changes} == {"order"}:
            moved[step.kin] = moved.get(step.kin, 0) + 1
        else:
            shown.append(told)
    for kin in moved:
        words = _("%(rows)s: the order changed") % {
            "rows": str(kin.model._meta.verbose_name_plural).capitalize()
        }
        shown.append(ShownStep("moved", words))
    return shown


def _shown_step(
    step: Step, save: Save | None, names: Names, address: Address | None
) -> ShownStep | None:
    kin, before, after = step.kin, step.before, step.after
    if before is None and after is None:
        return None
    title = titled(kin, after or before, names)
    name = f"{kin.name}-{step.pk}"
    if before is None:
        rows = [ShownChange(change) for change in telling.contents(kin, after, names)]
        return ShownStep("added", title, rows)
    if after is None:
        undo = address(save.before, name) if address and save and kin.parent else ""
        return ShownStep("deleted", title, undo=undo)
    rows = []
    for change in telling.changes(kin, before, after, names):
        undo = ""
        if address and save and change.name not in KEPT:
            undo = address(save.before, f"{name}-{change.name}")
        rows.append(ShownChange(change, undo))
    return ShownStep("changed", title, rows) if rows else None


def reason_words(reason: str) -> str:
    """Why a save was made, when the portal noted it."""
    if reason.startswith(RESTORED):
        try:
            moment = occasion(datetime.fromisoformat(reason.removeprefix(RESTORED)))
        except ValueError:
            return ""
        return _("Restored as it was on %(moment)s") % {"moment": moment}
    if reason.startswith(DRAFTED):
        return _("Published from a draft by %(person)s") % {"person": reason.removeprefix(DRAFTED)}
    if reason == UNDELETED:
        return _("Brought back after it had been deleted")
    return ""


@dataclass
class ShownRow:
    """The parts of a plan that are about one row."""

    title: str
    act: str
    parts: list[Part]


def by_row(parts: Iterable[Part]) -> list[ShownRow]:
    """The parts of a plan, those of a row together."""
    found: dict[tuple[str, str, int], ShownRow] = {}
    for part in parts:
        row = found.setdefault(
            (part.act, part.kin.name, part.pk), ShownRow(part.title, part.act, [])
        )
        row.parts.append(part)
    return list(found.values())
