"""Organisations that answer for, take part in or pay for projects."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from climateportal.translated import translated
from municipalities.enums import OrganisationKind


class OrganisationQuerySet(models.QuerySet):
    """Organisations."""


class Organisation(models.Model):
    """A body with a name. It may *be* a municipality, and then links to its page."""

    name = translated(models.CharField(_("name"), max_length=160))
    kind = models.CharField(
        _("kind"), max_length=16, choices=OrganisationKind, default=OrganisationKind.OTHER
    )
    website = models.URLField(_("website"), blank=True)
    municipality = models.OneToOneField(
        "municipalities.Municipality",
        verbose_name=_("is the municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisation",
        help_text=_("When set, the organisation's name links to the municipality's page."),
    )

    objects = OrganisationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name_fi"]
        constraints = [
            models.UniqueConstraint(
                fields=["name_fi"],
                name="organisation_name_unique",
                violation_error_message=_("There is already an organisation with this name."),
            ),
            models.CheckConstraint(
                name="organisation_municipality_has_kind",
                condition=Q(municipality=None) | Q(kind=OrganisationKind.MUNICIPALITY),
                violation_error_message=_("Choose “municipality” as the kind."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The municipality's page or the organisation's own site; empty when it has neither."""
        if self.municipality_id:
            return self.municipality.get_absolute_url()
        return self.website
