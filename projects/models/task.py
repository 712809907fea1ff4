"""Tasks: what is done in a project, by when."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from climateportal.richtext import RichTextField
from climateportal.translated import translated
from projects.enums import OPEN_TASK_STATES, Precision, TaskState
from projects.schedule import period_end


class TaskQuerySet(models.QuerySet):
    """Tasks."""

    def open(self) -> Self:
        """Not started or in progress."""
        return self.filter(state__in=OPEN_TASK_STATES)

    def overdue(self, on: date | None = None) -> Self:
        """Open tasks whose due date is past on a day (default: today in Finland)."""
        return self.open().filter(due_date__lt=on or timezone.localdate())


class Task(models.Model):
    """One thing to do. `due_date` is the last day of what its precision says."""

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="tasks")
    title = translated(models.CharField(_("task"), max_length=200))
    body = translated(RichTextField(_("what was or will be done"), blank=True))
    state = models.CharField(
        _("state"), max_length=12, choices=TaskState, default=TaskState.NOT_STARTED
    )
    due_date = models.DateField(
        _("due"),
        null=True,
        blank=True,
        help_text=_("After this day an open task is shown as late, and so is its project."),
    )
    due_precision = models.CharField(
        _("due known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )
    completed_at = models.DateField(
        _("done on"),
        null=True,
        blank=True,
        help_text=_("Needed when the task is done; shown as “Done 30.11.2022”."),
    )
    completed_precision = models.CharField(
        _("done known to the"), max_length=5, choices=Precision, default=Precision.DAY
    )
    cancel_reason = translated(
        models.CharField(
            _("why cancelled"),
            max_length=300,
            blank=True,
            help_text=_("A cancelled task stays on the page, folded, with this reason."),
        )
    )
    municipality = models.ForeignKey(
        "municipalities.Municipality",
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tasks",
        help_text=_("Only when the task is one municipality's own."),
    )
    work_package = models.ForeignKey(
        "projects.WorkPackage",
        verbose_name=_("work package"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="tasks",
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = TaskQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["order", "pk"]
        indexes = [models.Index(fields=["project", "state", "due_date"])]
        constraints = [
            models.CheckConstraint(
                name="task_done_has_date",
                condition=Q(state=TaskState.DONE, completed_at__isnull=False)
                | (~Q(state=TaskState.DONE) & Q(completed_at=None)),
                violation_error_message=_(
                    "A done task needs the day it was done, and only a done task has one."
                ),
            ),
            models.CheckConstraint(
                name="task_state_known", condition=Q(state__in=TaskState.values)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.due_date:
            self.due_date = period_end(self.due_date, self.due_precision)

    def is_overdue(self, on: date | None = None) -> bool:
        """Whether the task is open and its due date past on a day (default: today)."""
        return bool(
            self.state in OPEN_TASK_STATES
            and self.due_date
            and self.due_date < (on or timezone.localdate())
        )
