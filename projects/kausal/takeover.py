"""A whole plan is taken over: all of it or nothing, with a list of what became of each action."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from climateportal.models import User
from climateportal.translated import LANGUAGES, SOURCE
from municipalities.models import Municipality, Region
from projects import actions
from projects.enums import Stage, TaskState
from projects.kausal.action import ActionWriter, Place
from projects.kausal.mapping import NO_PHASE, stage_of
from projects.kausal.records import Records
from projects.kausal.shapes import Action, Plan
from projects.models import Project, Theme


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What the person who takes a plan over says beside the plan itself."""

    municipalities: tuple[Municipality, ...] = ()
    regions: tuple[Region, ...] = ()
    language: str = SOURCE
    stages: Mapping[str, Stage] = field(default_factory=dict)
    undated_done: date | None = None  # the day of done tasks that have none
    by: User | None = None


@dataclass
class Report:
    """What became, or would become, of a plan."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    told: list[str] = field(default_factory=list)  # left out or kept, with the reason
    faults: list[str] = field(default_factory=list)  # nothing is written while there are any


def take_over(
    plan: Plan, wishes: Wishes, *, commit: bool, at: datetime | None = None
) -> Report:  # fmt: skip
    """Take a plan over, or with `commit` False only find out what that would do.

    The preview writes and takes back, so it is exact. With faults nothing is written either.
    """
    report = Report()
    with transaction.atomic():
        _write(plan, wishes, report, at or timezone.now())
        if report.faults or not commit:
            transaction.set_rollback(True)
    return report


def _write(plan: Plan, wishes: Wishes, report: Report, at: datetime) -> None:
    records = Records(f"Kausal Watch: {plan.identifier}", wishes.by, at)
    place = Place(wishes.municipalities, wishes.regions, _themes())
    for action in plan.actions:
        name = f"{action.code} {action.name}".strip()
        if action.merged_with:
            report.told.append(f"{name}: left out, merged with another action.")
        elif records.was_deleted("action", action.identifier, Project):
            report.told.append(f"{name}: left out, its project was deleted here.")
        elif faults := _faults(action, wishes):
            report.faults += [f"{name}: {fault}" for fault in faults]
        else:
            _one(_dated(action, wishes.undated_done), name, records, place, wishes, report)
    _relate(plan, records, report)
    _tell_the_rest(plan, place, report)


def _themes() -> dict[str, Theme]:
    return {
        getattr(theme, f"name_{language}").lower(): theme
        for theme in Theme.objects.all()
        for language in LANGUAGES
        if getattr(theme, f"name_{language}")
    }


def _faults(action: Action, wishes: Wishes) -> list[str]:
    found = []
    if stage_of(action, wishes.stages) is None:
        phase = action.phase.name or action.phase.identifier if action.phase else NO_PHASE
        stages = ", ".join(Stage.values)
        words = f"the phase “{phase}” has no counterpart" if action.phase else "there is no phase"
        found.append(f'{words}; give --phase "{phase}=STAGE" with one of {stages}.')
    if wishes.undated_done is None:
        found += [
            f"the task “{task.title}” is done without a date; give --undated-done YYYY-MM-DD."
            for task in action.tasks
            if task.state == TaskState.DONE and task.completed is None
        ]
    return found


def _dated(action: Action, undated_done: date | None) -> Action:
    if undated_done is None:
        return action
    tasks = tuple(
        replace(task, completed=undated_done)
        if task.state == TaskState.DONE and task.completed is None
        else task
        for task in action.tasks
    )
    return replace(action, tasks=tasks)


def _one(
    action: Action, name: str, records: Records, place: Place, wishes: Wishes, report: Report
) -> None:
    stage = stage_of(action, wishes.stages)
    before = dict(records.known)
    try:
        with transaction.atomic():
            taken = ActionWriter(action, records, place, wishes.language).write(stage)
    except ValidationError as error:
        records.known = before
        report.faults += [f"{name}: {fault}" for fault in _messages(error)]
        return
    if taken.is_new:
        report.created.append(name)
    elif taken.changed:
        report.changed.append(f"{name}: {', '.join(taken.changed)}")
    else:
        report.unchanged += 1
    if taken.kept:
        kept = ", ".join(taken.kept)
        report.told.append(f"{name}: edited here and there, stays as it is here: {kept}.")
    if taken.deleted:
        report.told.append(f"{name}: deleted here, not added again: {', '.join(taken.deleted)}.")


def _messages(error: ValidationError) -> list[str]:
    if not hasattr(error, "error_dict"):
        return list(error.messages)
    return [
        f"{name}: {message}" if name != "__all__" else message
        for name, messages in error.message_dict.items()
        for message in messages
    ]


def _relate(plan: Plan, records: Records, report: Report) -> None:
    """Links between projects, once all of them are there. Only ever added."""
    for action in plan.actions:
        project = records.find("action", action.identifier, Project)
        others = [
            other
            for identifier in action.related
            if project and (other := records.find("action", identifier, Project))
        ]
        missing = set(others) - set(project.related.all()) - {project} if project else set()
        if missing:
            records.sign(project)
            project.related.add(*missing)
            for one in (project, *missing):
                actions.refresh(project=one, at=records.at)


def _tell_the_rest(plan: Plan, place: Place, report: Report) -> None:
    unknown = Counter(
        str(named)
        for action in plan.actions
        for named in action.categories
        if named.name.lower() not in place.themes
    )
    if unknown:
        names = ", ".join(name for name, _count in unknown.most_common(20))
        report.told.append(f"Categories that are no theme here were left out: {names}.")
    for name, count in plan.left_out.items():
        report.told.append(f"Left out, the portal has no place for it: {name} ({count}).")
