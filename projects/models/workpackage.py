"""A project's parts or phases."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from climateportal.richtext import RichTextField
from climateportal.translated import translated


class WorkPackage(models.Model):
    """One part of a project, in order; tasks may belong to it."""

    project = models.ForeignKey(
        "projects.Project", on_delete=models.CASCADE, related_name="work_packages"
    )
    title = translated(models.CharField(_("title"), max_length=160))
    description = translated(RichTextField(_("description"), blank=True))
    start_date = models.DateField(_("starts"), null=True, blank=True)
    end_date = models.DateField(_("ends"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("work package")
        verbose_name_plural = _("work packages")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="workpackage_ends_after_start",
                condition=Q(start_date=None) | Q(end_date=None) | Q(end_date__gte=F("start_date")),
                violation_error_message=_("The end date is before the start date."),
            )
        ]

    def __str__(self) -> str:
        return self.title
