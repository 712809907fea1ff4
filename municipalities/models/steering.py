"""Steering groups: who follows the costs and goals of a region."""

from datetime import date
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

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
    since = models.DateField(
        _("set up on"),
        null=True,
        blank=True,
        help_text=_("No meeting can be before this day."),
    )
    until = models.DateField(
        _("ended on"),
        null=True,
        blank=True,
        help_text=_("No meeting can be after this day. Empty: the group goes on."),
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("steering group")
        verbose_name_plural = _("steering groups")
        ordering = ["region__name_fi", "name_fi"]
        constraints = [
            models.CheckConstraint(
                name="steeringgroup_ends_after_start",
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                violation_error_message=_("The group cannot end before it was set up."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": _("The group cannot end before it was set up.")})
        if self.pk is None:
            return
        outside = {
            "since": Q(date__lt=self.since) if self.since else None,
            "until": Q(date__gt=self.until) if self.until else None,
        }
        for name, condition in outside.items():
            meeting = self.meetings.filter(condition).first() if condition else None
            if meeting:
                raise ValidationError(
                    {name: _("The group has a meeting on %(day)s, which would be left outside.")
                     % {"day": date_format(meeting.date, "j.n.Y")}}
                )  # fmt: skip


class MembershipQuerySet(models.QuerySet):
    """Seats in steering groups."""

    def current(self, on: date | None = None) -> Self:
        """Seats that are held on a day (default: today in Finland)."""
        return self.filter(Q(until=None) | Q(until__gte=on or timezone.localdate()))


class Membership(models.Model):
    """A seat in a steering group. The name may be missing: often only the organisation is known.

    Whoever takes over gets a seat of their own: attendance at past meetings tells who held it then.
    """

    group = models.ForeignKey(SteeringGroup, on_delete=models.CASCADE, related_name="memberships")
    person = models.CharField(_("person"), max_length=120, blank=True)
    organisation = models.ForeignKey(
        "municipalities.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="seats",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="seats",
        help_text=_("After signing in, this user reads the group's unpublished meeting packs."),
    )
    is_chair = models.BooleanField(_("chair"), default=False)
    until = models.DateField(
        _("member until"),
        null=True,
        blank=True,
        help_text=_("After this day the member is not shown and does not read the group's packs. "
                    "Add the successor as a new member."),
    )  # fmt: skip
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = MembershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["-is_chair", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(is_chair=True, until=None),
                name="membership_one_chair",
                violation_error_message=_("The group already has a chair."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.organisation}" if self.person else str(self.organisation)
