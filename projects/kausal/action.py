"""One action becomes a project, or brings its project up to date. Nothing is ever deleted."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from climateportal.models import free_slug
from municipalities.models import Municipality, Region
from projects import actions
from projects.enums import Stage, TaskState
from projects.kausal import people
from projects.kausal.mapping import news_values, project_values, shortened, task_values
from projects.kausal.records import Records
from projects.kausal.shapes import Action
from projects.models import (
    Material,
    Participation,
    Project,
    ProjectContact,
    ProjectOrganisation,
    Task,
    Theme,
    Update,
)


@dataclass
class Place:
    """Where the projects of a plan belong."""

    municipalities: tuple[Municipality, ...] = ()
    regions: tuple[Region, ...] = ()
    themes: dict[str, Theme] = field(default_factory=dict)  # by their names in lower case


@dataclass
class Taken:
    """What became of one action."""

    project: Project
    is_new: bool
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # edited on both sides: ours stays
    deleted: list[str] = field(default_factory=list)  # taken over once, deleted here since


class ActionWriter:
    """Collects what an action changes, and writes it as one edit of the project."""

    def __init__(self, action: Action, records: Records, place: Place, language: str) -> None:
        self.action, self.records, self.place, self.language = action, records, place, language
        found = records.find("action", action.identifier, Project)
        self.taken = Taken(found or Project(), is_new=found is None)
        self.project = self.taken.project
        self.steps: list[Callable[[], Any]] = []

    def write(self, stage: Stage) -> Taken:
        """Bring the project in line with the action. Raises ValidationError."""
        own = project_values(self.action, stage, self.language)
        self._plan_own(own)
        self._plan_rows(Task, "task", self._tasks(), "tasks")
        self._plan_rows(Update, "news", self._news(), "updates")
        self._plan_rows(Material, "link", self._links(), "materials")
        self._plan_who()
        if self.steps:
            self.records.sign(self.project)
            with actions.editing(project=self.project, by=self.records.by, at=self.records.at):
                for step in self.steps:
                    step()
        self.records.remember("action", self.action.identifier, self.project, own)
        return self.taken

    # --- the project's own columns -------------------------------------------------------------
    def _plan_own(self, values: dict[str, Any]) -> None:
        take, kept = self.records.difference(
            "action", self.action.identifier, self.project, values
        )  # fmt: skip
        self.taken.kept += [str(Project._meta.get_field(name).verbose_name) for name in kept]
        if take:
            names = [str(Project._meta.get_field(name).verbose_name) for name in take]
            self.taken.changed += [] if self.taken.is_new else names
            self.steps.append(lambda: self._set_own(take))

    def _set_own(self, values: dict[str, Any]) -> None:
        for name, value in values.items():
            setattr(self.project, name, value)
        if "stage" in values and self.project.stage != Stage.COMPLETED:
            self.project.completed_on = None
        if self.taken.is_new:
            self.project.slug = free_slug(self.project, self.project.title_fi)
            self.project.full_clean()
            self.project.save()

    # --- rows that the source knows by identifiers ---------------------------------------------
    def _tasks(self) -> dict[str, dict[str, Any]]:
        return {task.identifier: task_values(task, self.language) for task in self.action.tasks}

    def _news(self) -> dict[str, dict[str, Any]]:
        return {news.identifier: news_values(news, self.language) for news in self.action.news}

    def _links(self) -> dict[str, dict[str, Any]]:
        title = f"title_{self.language}"
        return {
            f"{self.action.identifier} {link.url}": {
                title: shortened(link.title, 200),
                "url": link.url,
            }
            for link in self.action.links
        }

    def _plan_rows(
        self,
        model: type[models.Model],
        kind: str,
        rows: dict[str, dict[str, Any]],
        relation: str,
    ) -> None:
        has_order = any(field.name == "order" for field in model._meta.fields)
        for number, (identifier, values) in enumerate(rows.items(), start=1):
            if self.records.was_deleted(kind, identifier, model):
                self.taken.deleted.append(values[f"title_{self.language}"])
                continue
            row = self.records.find(kind, identifier, model) or model()
            is_new = row._state.adding
            if is_new and has_order:
                row.order = number
            if is_new and model is Material:
                row.language = self.language
            take, kept = self.records.difference(kind, identifier, row, values)
            name = values[f"title_{self.language}"] or str(row)
            self.taken.kept += [f"“{name}”: {self._word(model, column)}" for column in kept]
            if take:
                self.taken.changed += [] if self.taken.is_new else [f"“{name}”"]
                self.steps.append(self._setter(kind, identifier, row, take, values))
            elif not is_new:
                self.records.remember(kind, identifier, row, values)

    @staticmethod
    def _word(model: type[models.Model], column: str) -> str:
        return str(model._meta.get_field(column).verbose_name)

    def _setter(
        self,
        kind: str,
        identifier: str,
        row: models.Model,
        take: dict[str, Any],
        values: dict[str, Any],
    ) -> Callable[[], None]:
        def step() -> None:
            row.project = self.project
            for name, value in take.items():
                setattr(row, name, value)
            if isinstance(row, Task) and row.state != TaskState.DONE:
                row.completed_at = None
            self.records.store(row)
            self.records.remember(kind, identifier, row, values)

        return step

    # --- who takes part: only ever added, and never again what was taken away here -------------
    def _plan_who(self) -> None:
        for place in self.place.municipalities:
            self._add_once("place", place.code, Participation, municipality=place)
        for party in self.action.parties:
            row = people.organisation(self.records, party.organisation)
            key = f"{party.role} {party.organisation.identifier}"
            self._add_once("party", key, ProjectOrganisation, organisation=row, role=party.role)
        for person in self.action.people:
            row = people.contact(self.records, person, self.language)
            self._add_once(
                "contact", person.identifier, ProjectContact, person.is_primary, contact=row
            )
        self._add_to("regions", self.place.regions)
        names = [named.name.lower() for named in self.action.categories]
        self._add_to("themes", [self.place.themes[n] for n in names if n in self.place.themes])

    def _add_once(
        self,
        kind: str,
        key: str,
        model: type[models.Model],
        is_primary: bool = False,
        **values: Any,
    ) -> None:
        identifier = f"{self.action.identifier} {key}"
        if self.records.was_deleted(kind, identifier, model):
            self.taken.deleted.append(str(model(**values)))
            return
        rows = model._default_manager.filter(project=self.project.pk)
        if there := rows.filter(**values).first():
            self.records.remember(kind, identifier, there, {})
            return
        self.taken.changed += [] if self.taken.is_new else [str(model(**values))]

        def step() -> None:
            rows = model._default_manager.filter(project=self.project)
            if rows.filter(**values).exists():
                return  # named twice in one action
            row = model(project=self.project, order=rows.count() + 1, **values)
            if is_primary and not rows.filter(is_primary=True).exists():
                row.is_primary = True
            self.records.store(row)
            self.records.remember(kind, identifier, row, {})

        self.steps.append(step)

    def _add_to(self, relation: str, rows: Iterable[models.Model]) -> None:
        has = set(getattr(self.project, relation).all()) if self.project.pk else set()
        keys = {row: f"{self.action.identifier} {row.pk}" for row in rows}
        missing = [
            row for row in keys
            if row not in has and (relation, keys[row]) not in self.records.known
        ]  # fmt: skip
        if not missing:
            return
        self.taken.changed += [] if self.taken.is_new else [str(row) for row in missing]

        def step() -> None:
            getattr(self.project, relation).add(*missing)
            for row in missing:
                self.records.remember(relation, keys[row], row, {})

        self.steps.append(step)
