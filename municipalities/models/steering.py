"""Steering groups: who follows the costs and goals of a region, and when they meet."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from climateportal.richtext import RichTextField
from climateportal.translated import translated


class SteeringGroup(models.Model):
    """The group that follows a region's climate work."""

    region = models.ForeignKey(
        "municipalities.Region",
        verbose_name=_("region"),
        on_delete=models.CASCADE,
        related_name="steering_groups",
    )
    name = translated(models.CharField(_("name"), max_length=160))
    task = translated(
        models.TextField(
            _("what the group does"),
            max_length=600,
            blank=True,
            help_text=_("Shown on the region's page above the members."),
        )
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("steering group")
        verbose_name_plural = _("steering groups")
        ordering = ["region__name_fi", "name_fi"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A seat in a steering group. The name may be missing: often only the organisation is known."""

    group = models.ForeignKey(SteeringGroup, on_delete=models.CASCADE, related_name="memberships")
    person = models.CharField(_("person"), max_length=120, blank=True)
    organisation = models.ForeignKey(
        "municipalities.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="seats",
    )
    is_chair = models.BooleanField(_("chair"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["-is_chair", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(is_chair=True),
                name="membership_one_chair",
                violation_error_message=_("The group already has a chair."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.organisation}" if self.person else str(self.organisation)


class Meeting(models.Model):
    """A meeting of a steering group."""

    group = models.ForeignKey(SteeringGroup, on_delete=models.CASCADE, related_name="meetings")
    date = models.DateField(_("date"))
    place = translated(models.CharField(_("place"), max_length=160, blank=True))
    agenda = translated(RichTextField(_("agenda"), blank=True))
    minutes = translated(RichTextField(_("minutes"), blank=True))
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-date"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "date"],
                name="meeting_one_per_day",
                violation_error_message=_("The group already has a meeting on this day."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.date:%d.%m.%Y}"
