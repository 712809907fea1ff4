"""News of a project."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from climateportal.richtext import RichTextField
from climateportal.translated import translated


class Update(models.Model):
    """A dated piece of news. Public when its project is."""

    project = models.ForeignKey(
        "projects.Project", on_delete=models.CASCADE, related_name="updates"
    )
    date = models.DateField(_("date"), default=timezone.localdate)
    title = translated(models.CharField(_("heading"), max_length=160))
    body = translated(RichTextField(_("text"), blank=True))
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")
        ordering = ["-date", "-pk"]

    def __str__(self) -> str:
        return self.title
