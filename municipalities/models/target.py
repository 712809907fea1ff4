"""What municipalities and regions have promised."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from climateportal.translated import translated
from municipalities.enums import TargetKind


class ClimateTarget(models.Model):
    """A climate target of one municipality, or a joint one of a region."""

    municipality = models.ForeignKey(
        "municipalities.Municipality",
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="targets",
    )
    region = models.ForeignKey(
        "municipalities.Region",
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="targets",
    )
    kind = models.CharField(_("target"), max_length=16, choices=TargetKind)
    target_year = models.PositiveSmallIntegerField(
        _("target year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    base_year = models.PositiveSmallIntegerField(
        _("base year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1990), MaxValueValidator(2100)],
        help_text=_("The year the reduction is counted from."),
    )
    reduction_percent = models.DecimalField(
        _("reduction, %"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("80 means that emissions fall by 80 % from the base year."),
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decision = translated(
        models.CharField(
            _("decision"),
            max_length=200,
            blank=True,
            help_text=_("Who decided, or the programme that contains the target."),
        )
    )
    decision_url = models.URLField(_("address of the decision"), blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("climate target")
        verbose_name_plural = _("climate targets")
        ordering = ["target_year", "pk"]
        constraints = [
            models.CheckConstraint(
                name="climatetarget_one_owner",
                condition=Q(municipality__isnull=False, region=None)
                | Q(municipality=None, region__isnull=False),
                violation_error_message=_("A target belongs to one municipality or one region."),
            ),
            models.CheckConstraint(
                name="climatetarget_reduction_is_percentage",
                condition=Q(reduction_percent=None)
                | Q(reduction_percent__gte=0, reduction_percent__lte=100),
                violation_error_message=_("A percentage lies between 0 and 100."),
            ),
            models.CheckConstraint(
                name="climatetarget_base_before_target",
                condition=Q(base_year=None) | Q(base_year__lt=F("target_year")),
                violation_error_message=_("The base year must be before the target year."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.target_year}"
