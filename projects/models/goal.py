"""Goals: one sentence each, and the figure that tells how it advances when there is one."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from climateportal.translated import translated
from projects.enums import GoalState
from projects.progress import Track

STARTS_BEFORE_TARGET = Q(base_date=None) | Q(target_date=None) | Q(target_date__gt=F("base_date"))
TARGET_AFTER_START = _("The target date must be after the starting date.")


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
    state = models.CharField(
        _("state"),
        max_length=8,
        choices=GoalState,
        default=GoalState.OPEN,
        help_text=_("Your own statement. Figures that say otherwise are told beside it."),
    )
    unit = translated(
        models.CharField(
            _("unit"),
            max_length=40,
            blank=True,
            help_text=_("What is counted: MWh, pupils, %. Empty: the goal has no figure."),
        )
    )
    base_value = models.DecimalField(
        _("starting value"),
        max_digits=14,
        decimal_places=3,
        null=True,
        blank=True,
        help_text=_("Without it the page cannot say how much of the way has been gone."),
    )
    base_date = models.DateField(
        _("starting date"),
        null=True,
        blank=True,
        help_text=_("Values measured before this day are shown but do not count."),
    )
    target_value = models.DecimalField(
        _("target value"),
        max_digits=14,
        decimal_places=3,
        null=True,
        blank=True,
        help_text=_("The same as the starting value means that it is to be kept as it is."),
    )
    target_date = models.DateField(
        _("target date"),
        null=True,
        blank=True,
        help_text=_("After this day the page says so, unless the target has been reached."),
    )
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
            models.CheckConstraint(
                name="goal_starts_before_target",
                condition=STARTS_BEFORE_TARGET,
                violation_error_message=TARGET_AFTER_START,
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def track(self) -> Track:
        """From where to where the goal's own figure goes."""
        return Track(self.base_value, self.base_date, self.target_value, self.target_date)
