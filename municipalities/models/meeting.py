"""Meetings of steering groups: when, where, who was there, what was written down."""

from datetime import date, datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from climateportal.publishing import Publishable, PublishableQuerySet, published_q
from climateportal.richtext import RichTextField
from climateportal.translated import translated
from municipalities.enums import AttendanceState
from municipalities.models.steering import Membership, SteeringGroup


class MeetingQuerySet(PublishableQuerySet):
    """Meetings. The gate tells which meeting packs anybody may read."""

    def of_region(self, region: int) -> Self:
        """Meetings of the groups of a region, the newest first."""
        return self.filter(group__region=region).order_by("-date", "pk")

    def held(self, region: int, on: date) -> Self:
        """Meetings of a region before a day whose packs anybody may read, the newest first."""
        return self.published().of_region(region).filter(date__lt=on)

    def announced(self, on: date | None = None) -> Self:
        """Coming meetings (today's too) of which anybody may know when and where, the next first.

        Their packs may still be for the group alone: look at `is_public` before linking to one.
        """
        known = published_q() | Q(is_announced=True)
        return self.filter(known, date__gte=on or timezone.localdate()).order_by("date", "pk")


class Meeting(Publishable):
    """A meeting of a steering group, with a page of its own: the meeting pack."""

    group = models.ForeignKey(
        SteeringGroup,
        verbose_name=_("steering group"),
        on_delete=models.CASCADE,
        related_name="meetings",
    )
    date = models.DateField(
        _("date"),
        help_text=_(
            "The figures of the meeting pack are those of this day, until the pack is frozen."
        ),
    )
    time = models.TimeField(_("begins at"), null=True, blank=True)
    place = translated(models.CharField(_("place"), max_length=160, blank=True))
    is_announced = models.BooleanField(
        _("everybody may know when and where"),
        default=True,
        help_text=_(
            "Day, time and place of a coming meeting stand on the region's page. The agenda and "
            "the pack stay with the group until the pack is published."
        ),
    )
    agenda = translated(RichTextField(_("agenda"), blank=True))
    minutes = translated(RichTextField(_("minutes"), blank=True))
    guests = models.CharField(
        _("others present"),
        max_length=300,
        blank=True,
        help_text=_("Names and organisations, as they may stand on a public page."),
    )

    objects = MeetingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(Publishable.Meta):
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-date"]
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                fields=["group", "date"],
                name="meeting_one_per_day",
                violation_error_message=_("The group already has a meeting on this day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {date_format(self.date, 'j.n.Y')}"

    def get_absolute_url(self) -> str:
        return reverse("meeting", kwargs={"slug": self.group.region.slug, "day": self.date})

    def clean(self) -> None:
        super().clean()
        group = getattr(self, "group", None)
        if group is None or self.date is None:
            return
        if group.since and self.date < group.since:
            raise ValidationError(
                {"date": _("The group was set up on %(day)s: it cannot meet before that.")
                 % {"day": date_format(group.since, "j.n.Y")}}
            )  # fmt: skip
        if group.until and self.date > group.until:
            raise ValidationError(
                {"date": _("The group ended on %(day)s: it cannot meet after that.")
                 % {"day": date_format(group.until, "j.n.Y")}}
            )  # fmt: skip
        same_day = Meeting.objects.filter(group__region=group.region_id, date=self.date)
        others = same_day.exclude(group_id=group.pk).exclude(pk=self.pk)
        other = others.select_related("group").first()
        if other:
            raise ValidationError(
                {"date": _("%(group)s of the same region meets on this day, and both packs would "
                           "have the same address. Choose another day.")
                 % {"group": other.group.name}}
            )  # fmt: skip

    @property
    def starts_at(self) -> datetime | None:
        """When it begins; None where only the day is known."""
        return timezone.make_aware(datetime.combine(self.date, self.time)) if self.time else None

    def is_over(self) -> bool:
        """Whether the day of the meeting is past, in Finland."""
        return self.date < timezone.localdate()


class Attendance(models.Model):
    """Whether the holder of a seat was at a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    membership = models.ForeignKey(
        Membership, verbose_name=_("member"), on_delete=models.PROTECT, related_name="attendances"
    )
    state = models.CharField(
        _("present"), max_length=10, choices=AttendanceState, default=AttendanceState.PRESENT
    )
    substitute = models.CharField(
        _("substitute"),
        max_length=120,
        blank=True,
        help_text=_("Who came instead of the member."),
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "membership"],
                name="attendance_once",
                violation_error_message=_("This member is already in the list."),
            ),
            models.CheckConstraint(
                name="attendance_state_known",
                condition=models.Q(state__in=AttendanceState.values),
            ),
        ]

    def __str__(self) -> str:
        return str(self.membership) if self.membership_id else ""

    def clean(self) -> None:
        super().clean()
        if self.membership_id and self.membership.group_id != self.meeting.group_id:
            raise ValidationError(_("This member belongs to another group."))
        if self.substitute and self.state != AttendanceState.SUBSTITUTE:
            raise ValidationError(
                {"substitute": _("Only when the member was represented by a substitute.")}
            )
