"""Events and campaigns of a project."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from climateportal.translated import translated
from projects.enums import EventKind


class Event(models.Model):
    """A webinar, workshop, training or campaign. Public when its project is."""

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(_("kind"), max_length=10, choices=EventKind, default=EventKind.OTHER)
    title = translated(models.CharField(_("name"), max_length=160))
    description = translated(models.TextField(_("description"), blank=True))
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    is_all_day = models.BooleanField(
        _("whole days"), default=False, help_text=_("The page shows only the dates, no times.")
    )
    place = translated(models.CharField(_("place"), max_length=160, blank=True))
    registration_url = models.URLField(_("registration address"), blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                name="event_ends_after_start",
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")),
                violation_error_message=_("The event would end before it starts."),
            )
        ]

    def __str__(self) -> str:
        return self.title
