"""The public, dated history of a project's stages."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from projects.enums import Activity, Stage


class StageChange(models.Model):
    """One change of stage, or of being on hold. Written by `actions`, never by hand."""

    project = models.ForeignKey(
        "projects.Project", on_delete=models.CASCADE, related_name="stage_changes"
    )
    municipality = models.ForeignKey(
        "municipalities.Municipality",
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stage_changes",
        help_text=_("Set when one municipality's own stage changed."),
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    from_stage = models.CharField(_("from"), max_length=16, choices=Stage, blank=True)
    to_stage = models.CharField(_("to"), max_length=16, choices=Stage)
    from_activity = models.CharField(max_length=10, choices=Activity, default=Activity.ACTIVE)
    to_activity = models.CharField(max_length=10, choices=Activity, default=Activity.ACTIVE)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("stage change")
        verbose_name_plural = _("stage changes")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["project", "at"])]

    def __str__(self) -> str:
        stages = (self.get_from_stage_display(), self.get_to_stage_display())
        return f"{self.project}: {' → '.join(filter(None, map(str, stages)))}"
