"""Goals and the measurements that tell how they advance."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from climateportal.translated import translated
from projects.enums import GoalState


class Goal(models.Model):
    """A goal of a project, or of a municipality's or region's own programme."""

    project = models.ForeignKey(
        "projects.Project",
        verbose_name=_("project"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="goals",
    )
    municipality = models.ForeignKey(
        "municipalities.Municipality",
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="goals",
    )
    region = models.ForeignKey(
        "municipalities.Region",
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="goals",
    )
    programme = translated(
        models.CharField(
            _("programme"),
            max_length=200,
            blank=True,
            help_text=_("The municipality's or region's programme that sets the goal."),
        )
    )
    text = translated(
        models.CharField(_("goal"), max_length=300, help_text=_("One goal, one sentence."))
    )
    state = models.CharField(_("state"), max_length=8, choices=GoalState, default=GoalState.OPEN)
    unit = translated(
        models.CharField(
            _("unit"), max_length=40, blank=True, help_text=_("MWh, pupils, %. Empty: no figure.")
        )
    )
    base_value = models.DecimalField(
        _("starting value"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    base_date = models.DateField(_("starting date"), null=True, blank=True)
    target_value = models.DecimalField(
        _("target value"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    target_date = models.DateField(_("target date"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="goal_one_owner",
                condition=Q(project__isnull=False, municipality=None, region=None)
                | Q(project=None, municipality__isnull=False, region=None)
                | Q(project=None, municipality=None, region__isnull=False),
                violation_error_message=_(
                    "A goal belongs to one project, one municipality or one region."
                ),
            ),
            models.CheckConstraint(
                name="goal_state_known", condition=Q(state__in=GoalState.values)
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Measurement(models.Model):
    """One dated value of a goal's indicator, for the whole or for one municipality."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="measurements")
    municipality = models.ForeignKey(
        "municipalities.Municipality",
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="measurements",
    )
    date = models.DateField(_("date"))
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=3)
    note = models.CharField(_("note"), max_length=200, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = ["date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "municipality", "date"],
                condition=Q(municipality__isnull=False),
                name="measurement_one_per_day_municipality",
                violation_error_message=_("There is already a value for this day."),
            ),
            models.UniqueConstraint(
                fields=["goal", "date"],
                condition=Q(municipality=None),
                name="measurement_one_per_day_whole",
                violation_error_message=_("There is already a value for this day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date:%d.%m.%Y}: {self.value}"
