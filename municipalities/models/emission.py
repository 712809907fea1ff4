"""Greenhouse gas emissions of municipalities and regions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from municipalities.enums import EmissionMethod, EmissionSector


class EmissionQuerySet(models.QuerySet):
    """Emissions."""

    def totals(self, method: str) -> models.QuerySet:
        """Yearly totals by one method, oldest first. Methods are never mixed."""
        return self.filter(sector=EmissionSector.TOTAL, method=method).order_by("year")


class Emission(models.Model):
    """Emissions of one area, year and sector, in kilotonnes of CO2 equivalent."""

    municipality = models.ForeignKey(
        "municipalities.Municipality",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="emissions",
    )
    region = models.ForeignKey(
        "municipalities.Region",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="emissions",
    )
    year = models.PositiveSmallIntegerField(_("year"))
    sector = models.CharField(_("sector"), max_length=20, choices=EmissionSector)
    kilotonnes = models.DecimalField(_("kt CO2e"), max_digits=10, decimal_places=3)
    method = models.CharField(_("method"), max_length=8, choices=EmissionMethod)
    is_preliminary = models.BooleanField(_("preliminary"), default=False)
    source = models.CharField(_("source"), max_length=200)
    retrieved_on = models.DateField(_("retrieved"))

    objects = EmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("emission figure")
        verbose_name_plural = _("emission figures")
        ordering = ["year", "sector"]
        constraints = [
            models.CheckConstraint(
                name="emission_one_area",
                condition=Q(municipality__isnull=False, region=None)
                | Q(municipality=None, region__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["municipality", "year", "sector", "method"],
                condition=Q(municipality__isnull=False),
                name="emission_unique_municipality",
            ),
            models.UniqueConstraint(
                fields=["region", "year", "sector", "method"],
                condition=Q(region__isnull=False),
                name="emission_unique_region",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality or self.region} {self.year}: {self.kilotonnes} kt"
