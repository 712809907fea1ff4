"""What is measured of a goal: dated values, and municipalities that are followed by themselves."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from projects.models.goal import STARTS_BEFORE_TARGET, TARGET_AFTER_START, Goal
from projects.progress import Reading, Track


class GoalBaseline(models.Model):
    """A municipality whose own progress towards a goal is followed, from its own starting value.

    What is left empty is the goal's: four municipalities may share a target and differ in where
    they began.
    """

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="baselines")
    municipality = models.ForeignKey(
        "municipalities.Municipality",
        verbose_name=_("municipality"),
        on_delete=models.PROTECT,
        related_name="goal_baselines",
    )
    base_value = models.DecimalField(
        _("starting value"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    base_date = models.DateField(_("starting date"), null=True, blank=True)
    target_value = models.DecimalField(
        _("target value"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    target_date = models.DateField(_("target date"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("municipality followed by itself")
        verbose_name_plural = _("municipalities followed by themselves")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "municipality"],
                name="goalbaseline_once",
                violation_error_message=_("The municipality is followed already."),
            ),
            models.CheckConstraint(
                name="goalbaseline_starts_before_target",
                condition=STARTS_BEFORE_TARGET,
                violation_error_message=TARGET_AFTER_START,
            ),
        ]

    def __str__(self) -> str:
        return self.municipality.name

    @property
    def track(self) -> Track:
        """What is known of the municipality's own way; the goal's is used for the rest."""
        return Track(self.base_value, self.base_date, self.target_value, self.target_date)


class Measurement(models.Model):
    """One dated value of a goal's figure, for the whole or for one municipality."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="measurements")
    municipality = models.ForeignKey(
        "municipalities.Municipality",
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="measurements",
        help_text=_("Empty: the value is of the whole."),
    )
    date = models.DateField(_("date"))
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=3)
    note = models.CharField(
        _("note"),
        max_length=200,
        blank=True,
        help_text=_("Where the value is from, or what it leaves out. Shown beside it."),
    )
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
        return f"{self.date.day}.{self.date.month}.{self.date.year}"

    def clean(self) -> None:
        if self.date and self.date > timezone.localdate():
            raise ValidationError({"date": _("A value cannot be measured in the future.")})

    @property
    def reading(self) -> Reading:
        """The value as the rules of progress read it."""
        return Reading(self.date, self.value, self.municipality_id, self.note)
