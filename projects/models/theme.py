"""Subjects by which residents find projects."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from climateportal.translated import translated


class Theme(models.Model):
    """A subject by which residents find projects."""

    name = translated(models.CharField(_("name"), max_length=80))
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["order", "name_fi"]

    def __str__(self) -> str:
        return self.name
