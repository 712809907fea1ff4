"""The sheet of tasks."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazily

from projects.enums import TaskState
from projects.models import Task
from projects.permissions import task_in_reach_q
from projects.sheets.books import Books
from projects.sheets.cells import folded
from projects.sheets.columns import Choice, Column, Date, One, Rich, Text, Whole, texts
from projects.sheets.drafts import Draft
from projects.sheets.kinds.base import (
    Found,
    Kind,
    key_column,
    not_of_own_part,
    own_part_only,
    project_column,
    project_title,
)


class TaskKind(Kind):
    """Tasks of projects."""

    name = "task"
    model = Task
    title = _lazily("Tasks")
    joined = ("project", "municipality", "work_package")
    order = ("project", "order", "pk")

    def reach_q(self, user: Any) -> Q:
        return task_in_reach_q(user)

    def name_of(self, obj: Any, books: Books) -> str:
        return obj.title_fi

    def make_columns(self) -> Iterator[Column]:
        label = self.label
        yield key_column()
        yield project_column()
        yield project_title()
        yield from texts(Text, "title", label("title_fi"), also="nimi, otsikko, title, task",
                         required=True,
                         example=_lazily("Heating plan for the schools"))  # fmt: skip
        yield Choice("state", label("state"), kind=TaskState, clearable=False,
                     example=TaskState.IN_PROGRESS.label, also="vaihe, tilanne",
                     more={"valmis": TaskState.DONE, "kesken": TaskState.IN_PROGRESS,
                           "färdig": TaskState.DONE})  # fmt: skip
        yield Date("due_date", label("due_date"), precision="due_precision", is_end=True,
                   also="eräpäivä, takaraja, deadline, due date", example="30.9.2026",
                   hint=_lazily("After this day an open task is shown as late."))  # fmt: skip
        yield Date("completed_at", label("completed_at"), precision="completed_precision",
                   also="valmistunut, valmistui, tehty päivä, done",
                   hint=_lazily("Needed when the task is done, and only then."))  # fmt: skip
        yield from texts(Rich, "body", label("body_fi"), also="kuvaus, beskrivning, description")
        yield from texts(Text, "cancel_reason", label("cancel_reason_fi"))
        yield One("municipality", label("municipality"), book=lambda books: books.municipalities)
        yield One("work_package", label("work_package"), also="työpaketti, osa, arbetspaket",
                  book=lambda books: books.work_packages)  # fmt: skip
        yield Whole("order", label("order"))

    def key_of(self, obj: Task) -> Any:
        return obj.project_id, folded(obj.title_fi or "")

    def known(self, drafts: Sequence[Draft], books: Books) -> dict[Any, int]:
        projects = {draft.obj.project_id for draft in drafts if draft.obj and draft.is_new}
        rows = Task.objects.filter(project__in=projects).order_by()
        return {
            (project, folded(title)): pk
            for pk, project, title in rows.values_list("pk", "project", "title_fi")
        }

    def repeated(self) -> tuple[str, str]:
        return "title_fi", _(
            "The project has a task with this name: number %(key)s. Write the number if you mean "
            "it, or another name if this is a new one."
        )

    def check(self, draft: Draft, books: Books) -> Found:
        obj: Task = draft.obj
        if not_of_own_part(draft, books):
            yield "municipality", own_part_only()
        done = obj.state == TaskState.DONE
        if done and not obj.completed_at:
            yield "completed_at", _("Give the day when the task was done.")
        if not done and obj.completed_at:
            yield (
                "completed_at",
                _("Only a done task has this day. Write “(clear)” here, or “Done” as the state."),
            )
