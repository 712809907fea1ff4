"""Who takes part in a project: municipalities with their own stage, organisations by role."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from climateportal.translated import translated
from projects.enums import OrganisationRole, Stage


class Participation(models.Model):
    """One municipality in one project."""

    project = models.ForeignKey(
        "projects.Project", on_delete=models.CASCADE, related_name="participations"
    )
    municipality = models.ForeignKey(
        "municipalities.Municipality",
        verbose_name=_("municipality"),
        on_delete=models.PROTECT,
        related_name="participations",
    )
    stage = models.CharField(
        _("own stage"),
        max_length=16,
        choices=Stage,
        blank=True,
        help_text=_("Only when it differs from the project's stage. Shown on the project's page "
                    "and in the region's table."),
    )  # fmt: skip
    contact = models.ForeignKey(
        "projects.Contact",
        verbose_name=_("own contact"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="participations",
    )
    # which of the two counts follows from the project's `cost_sharing`
    cost_share_amount = models.DecimalField(
        _("cost share, €"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Counts when the costs are shared in euros."),
    )
    cost_share_percent = models.DecimalField(
        _("cost share, %"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("Counts when the costs are shared in percent."),
    )
    note = translated(
        models.CharField(
            _("note"),
            max_length=200,
            blank=True,
            help_text=_("What is special in this municipality. Shown beside its name."),
        )
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("participating municipality")
        verbose_name_plural = _("participating municipalities")
        ordering = ["order", "pk"]
        indexes = [models.Index(fields=["municipality", "project"], name="participation_by_place")]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "municipality"],
                name="participation_once",
                violation_error_message=_("This municipality already takes part."),
            ),
            models.CheckConstraint(
                name="participation_share_is_percentage",
                condition=Q(cost_share_percent=None)
                | Q(cost_share_percent__gte=0, cost_share_percent__lte=100),
                violation_error_message=_("A percentage lies between 0 and 100."),
            ),
            models.CheckConstraint(
                name="participation_share_not_negative",
                condition=Q(cost_share_amount=None) | Q(cost_share_amount__gte=0),
                violation_error_message=_("A sum of money cannot be negative."),
            ),
            models.CheckConstraint(
                name="participation_one_share",
                condition=Q(cost_share_amount=None) | Q(cost_share_percent=None),
                violation_error_message=_("A cost share is either in euros or in percent."),
            ),
            models.CheckConstraint(
                name="participation_stage_known",
                condition=Q(stage="") | Q(stage__in=Stage.values),
            ),
        ]

    def __str__(self) -> str:
        return str(self.municipality)

    def own_stage(self) -> Stage:
        """The municipality's stage: its own if given, else the project's (rule 6)."""
        return Stage(self.stage or self.project.stage)


class ProjectOrganisation(models.Model):
    """One organisation's role in one project."""

    project = models.ForeignKey(
        "projects.Project", on_delete=models.CASCADE, related_name="organisation_roles"
    )
    organisation = models.ForeignKey(
        "municipalities.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="project_roles",
    )
    role = models.CharField(
        _("role"),
        max_length=12,
        choices=OrganisationRole,
        default=OrganisationRole.RESPONSIBLE,
        help_text=_("Funders are entered under funding."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("organisation in the project")
        verbose_name_plural = _("organisations in the project")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "organisation", "role"],
                name="projectorganisation_once",
                violation_error_message=_("This organisation already has this role."),
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)
