"""The banner for service breaks and other news about the site itself."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from climateportal.translated import translated


class NoticeQuerySet(models.QuerySet):
    """Notices."""

    def current(self, at: datetime | None = None) -> Self:
        """Notices to show at a moment (default: now)."""
        at = at or timezone.now()
        return self.filter(starts_at__lte=at).filter(Q(ends_at=None) | Q(ends_at__gt=at))


class Notice(models.Model):
    """One sentence shown on top of every page for a while."""

    text = translated(models.CharField(_("text"), max_length=300))
    starts_at = models.DateTimeField(_("shown from"), default=timezone.now)
    ends_at = models.DateTimeField(
        _("shown until"),
        null=True,
        blank=True,
        help_text=_("Empty: the notice stays on every page until you delete it."),
    )

    objects = NoticeQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                name="climateportal_notice_ends_after_start",
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("The notice would end before it starts."),
            )
        ]

    def __str__(self) -> str:
        return self.text
