"""Writes one plan: its first day, then every step on its day, by the actions people use."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Any

from django.db import models

from climateportal.publishing import PublicationState
from projects import actions
from projects.demo.bookkeeping import Bookkeeper
from projects.demo.books import book_of
from projects.demo.measures import follow, measure
from projects.demo.people import contact, organisation
from projects.demo.pictures import landscape
from projects.demo.plan import Measured, Plan, Row, workday
from projects.demo.texts import columns_of
from projects.demo.world import World
from projects.enums import OrganisationRole, TaskState
from projects.models import (
    Event,
    Goal,
    Material,
    Participation,
    Project,
    ProjectContact,
    ProjectOrganisation,
    Task,
    Theme,
    Update,
    WorkPackage,
)
from projects.schedule import period_end, period_start

Step = tuple[date, int, Callable[[], None]]  # day, order within the day, what happens


class Builder:
    """Writes one project as its editor would have written it over the years."""

    def __init__(self, plan: Plan, world: World) -> None:
        self.plan, self.world = plan, world
        self.by = world.editor(plan.by)
        self.first_day = plan.stages[0][0]
        self.project = Project(slug=plan.slug, stage=plan.stages[0][1])
        book = book_of(plan.slug, world.today)
        self.money = Bookkeeper(book, self.project, world, self.by)
        self.tasks: dict[int, Task] = {}  # by their order
        self.packages: list[WorkPackage] = []
        self.measured: list[tuple[Goal, Measured]] = []

    def build(self) -> Project:
        """Write the project and its whole life. Returns it."""
        self._begin()
        for day, _order, happen in sorted(self._steps(), key=itemgetter(0, 1)):
            self.project._history_date = self._at(day)
            happen()
        if self.plan.checked:
            self.project._history_date = self._at(self.plan.checked)
            actions.confirm_up_to_date(
                project=self.project, by=self.by, at=self._at(self.plan.checked)
            )
        return self.project

    def _at(self, day: date) -> datetime:
        return self.world.moment(day)

    def _editing(self, day: date) -> Any:
        return actions.editing(project=self.project, by=self.by, at=self._at(day))

    def _add(self, model: type[models.Model], day: date, **values: Any) -> Any:
        return self.world.add(
            model, at=self._at(day), by=self.by, project=self.project, **values
        )  # fmt: skip

    # --- the first day -------------------------------------------------------------------------
    def _begin(self) -> None:
        plan, project, day = self.plan, self.project, self.first_day
        begun_with = {name: value for name, value in plan.fields.items() if name != "summary"}
        for name, value in columns_of(begun_with).items():
            setattr(project, name, value)
        if project.start_date:
            project.start_date = period_start(project.start_date, project.date_precision)
        if project.end_date:
            project.end_date = period_end(project.end_date, project.date_precision)
        project.created_at = project.content_updated_at = self._at(day)
        project._history_date = self._at(day)
        if not plan.is_draft:
            project.publication = PublicationState.PUBLISHED
            project.published_at = self._published_at()
        self.money.open(day)
        if plan.maintainer:
            project.maintainer = organisation(self.world, plan.maintainer, day)
        if plan.picture:
            project.image = landscape(plan.picture)
        with self._editing(day):
            project.full_clean()
            project.save()
            project.regions.set(self.world.region(slug) for slug in plan.regions)
            project.themes.set(Theme.objects.filter(slug__in=plan.themes))
            self._who(day)
            self._what(day)

    def _published_at(self) -> datetime:
        day = self.plan.published_on
        if day is None:
            return self._at(self.first_day)
        return self.world.now + timedelta(days=(day - self.world.today).days)

    def _who(self, day: date) -> None:
        plan = self.plan
        for order, entry in enumerate(plan.municipalities, start=1):
            row = dict(entry) if isinstance(entry, dict) else {"municipality": entry}
            slug = row.pop("municipality")
            place = self.world.municipality(slug)
            row |= self.money.share_of(slug)
            if own_contact := row.pop("contact", ""):
                row["contact"] = contact(self.world, own_contact, day)
            self._add(Participation, day, municipality=place, order=order, **row)
        roles = [(key, OrganisationRole.RESPONSIBLE) for key in plan.responsible]
        roles += [(key, OrganisationRole.PARTNER) for key in plan.partners]
        for order, (key, role) in enumerate(roles, start=1):
            body = organisation(self.world, key, day)
            self._add(ProjectOrganisation, day, organisation=body, role=role, order=order)
        for order, entry in enumerate(plan.contacts, start=1):
            row = dict(entry)
            person = contact(self.world, row.pop("contact"), day)
            self._add(ProjectContact, day, contact=person, order=order, **row)
        self.money.fund(day)

    def _what(self, day: date) -> None:
        plan = self.plan
        for order, row in enumerate(plan.goals, start=1):
            self._goal(day, order, dict(row))
        for order, row in enumerate(plan.packages, start=1):
            self.packages.append(self._add(WorkPackage, day, order=order, **row))
        for order, row in enumerate(plan.tasks, start=1):
            if "added" not in row:
                self._task(day, order, row)
        for row in plan.materials:
            if (row.get("published_on") or day) <= day:
                self._material(day, row)

    def _goal(self, day: date, order: int, row: Row) -> None:
        measured, followed = row.pop("measured", []), row.pop("followed", [])
        goal = self._add(Goal, day, order=order, **row)
        follow(self.world, goal, followed, at=self._at(day), by=self.by)
        self.measured += [(goal, entry) for entry in measured]

    def _task(self, day: date, order: int, entry: Row) -> None:
        later = ("added", "done", "cancelled", "cancel_reason")
        row = {name: value for name, value in entry.items() if name not in later}
        if slug := row.pop("municipality", ""):
            row["municipality"] = self.world.municipality(slug)
        if row.get("due_date", self.world.today) > self.world.today and "due_precision" not in row:
            row["due_date"] = workday(row["due_date"])
        if number := row.pop("package", 0):
            row["work_package"] = self.packages[number - 1]
        self.tasks[order] = self._add(Task, day, order=order, **row)

    def _material(self, day: date, entry: Row) -> None:
        row = dict(entry)
        if slug := row.pop("municipality", ""):
            row["municipality"] = self.world.municipality(slug)
        self._add(Material, day, **row)

    # --- what happened after ---------------------------------------------------------------------
    def _steps(self) -> list[Step]:
        plan = self.plan
        steps: list[Step] = []
        for order, row in enumerate(plan.tasks, start=1):
            if "added" in row:
                steps.append((row["added"], 0, lambda n=order, r=row: self._later_task(n, r)))
            if "done" in row:
                steps.append((row["done"], 1, lambda n=order, r=row: self._complete(n, r)))
            if "cancelled" in row:
                steps.append((row["cancelled"], 1, lambda n=order, r=row: self._cancel(n, r)))
        for goal, entry in self.measured:
            day = max(entry.on, self.first_day)
            steps.append((day, 1, lambda g=goal, e=entry: measure(self.world, g, e, self.by)))
        for change in plan.own_stages:
            steps.append((change.on, 2, lambda c=change: self._own_stage(c)))
        for row in plan.materials:
            if (row.get("published_on") or self.first_day) > self.first_day:
                steps.append((row["published_on"], 3, lambda r=row: self._later_material(r)))
        for row in plan.news:
            steps.append((row["date"], 4, lambda r=row: self._news(r)))
        steps += [(day, 4, happen) for day, happen in self.money.steps(plan.updated)]
        for day, stage in plan.stages[1:]:
            steps.append((day, 5, lambda d=day, s=stage: self._change_stage(d, s)))
        steps.append((plan.updated, 6, self._last_edit))
        if plan.halt:
            steps.append((plan.halt.on, 7, self._halt))
        return steps

    def _later_task(self, order: int, row: Row) -> None:
        with self._editing(row["added"]):
            self._task(row["added"], order, row)

    def _complete(self, order: int, row: Row) -> None:
        task, day = self.tasks[order], row["done"]
        task._history_date = self._at(day)
        actions.complete_task(task=task, by=self.by, on=day, at=self._at(day))

    def _cancel(self, order: int, row: Row) -> None:
        task, day = self.tasks[order], row["cancelled"]
        with self._editing(day):
            task.state = TaskState.CANCELLED
            for name, value in columns_of({"cancel_reason": row["cancel_reason"]}).items():
                setattr(task, name, value)
            self.world.write(task, at=self._at(day), by=self.by)

    def _own_stage(self, change: Any) -> None:
        with self._editing(change.on):
            row = self.project.participations.get(municipality__slug=change.municipality)
            row.stage = change.to
            self.world.write(row, at=self._at(change.on), by=self.by)

    def _later_material(self, row: Row) -> None:
        with self._editing(row["published_on"]):
            self._material(row["published_on"], row)

    def _news(self, row: Row) -> None:
        with self._editing(row["date"]):
            self._add(Update, row["date"], **row)

    def _change_stage(self, day: date, stage: Any) -> None:
        actions.change_stage(
            project=self.project,
            to=stage,
            by=self.by,
            at=self._at(day),
            completed_on=self.plan.completed_on,
        )

    def _last_edit(self) -> None:
        day = self.plan.updated
        with self._editing(day):
            lead = {"summary": self.plan.fields["summary"]}  # so that there is always a change
            for name, value in columns_of(lead | self.plan.last).items():
                setattr(self.project, name, value)
            for row in self.plan.events:
                self._event(day, dict(row))

    def _event(self, day: date, row: Row) -> None:
        """`starts` and `ends` are days; `hours` the first and last hour, none for whole days."""
        first, last = row.pop("hours", (0, 0))
        starts, ends = row.pop("starts"), row.pop("ends", None)
        row["starts_at"] = self.world.clock(starts, first)
        row["ends_at"] = self.world.clock(ends or starts, last) if ends or last else None
        self._add(Event, day, is_all_day=not last, **row)

    def _halt(self) -> None:
        halt = self.plan.halt
        actions.change_activity(
            project=self.project,
            to=halt.to,
            by=self.by,
            since=halt.on,
            at=self._at(halt.on),
            **halt.reason._asdict(),
        )
