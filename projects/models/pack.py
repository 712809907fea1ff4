"""What a steering group saw, kept for good, and links to packs that are not public yet."""

from datetime import date, datetime, timedelta
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from climateportal.dates import short_date

LINK_DAYS = 30  # how long a link works unless somebody chooses otherwise
MOST_LINK_DAYS = 180


class FrozenPack(models.Model):
    """A meeting pack as it was when it was frozen. Never changed, never deleted.

    `documents` holds the whole pack in each language as the JSON of `projects.documents`; `at` is
    the moment whose facts it tells, from which the next pack counts its changes.
    """

    meeting = models.OneToOneField(
        "municipalities.Meeting",
        verbose_name=_("meeting"),
        on_delete=models.PROTECT,
        related_name="frozen",
    )
    at = models.DateTimeField(_("frozen"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    documents = models.JSONField()

    class Meta:
        verbose_name = _("frozen meeting pack")
        verbose_name_plural = _("frozen meeting packs")

    def __str__(self) -> str:
        return str(self.meeting)


class PackLinkQuerySet(models.QuerySet):
    """Links to meeting packs."""

    def open(self, at: datetime | None = None) -> Self:
        """Links that still lead somewhere at a moment (default: now)."""
        return self.filter(revoked_at=None, expires_at__gt=at or timezone.now())


class PackLink(models.Model):
    """A secret address of an unpublished pack, for members without an account. It expires."""

    meeting = models.ForeignKey(
        "municipalities.Meeting",
        verbose_name=_("meeting"),
        on_delete=models.CASCADE,
        related_name="links",
    )
    for_whom = models.CharField(
        _("for whom"),
        max_length=120,
        blank=True,
        help_text=_("So that you know later whose link you revoke. Not shown to anybody else."),
    )
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    expires_at = models.DateTimeField(
        _("works until"), help_text=_("After this moment the link answers that it has expired.")
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)

    objects = PackLinkQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("link to a meeting pack")
        verbose_name_plural = _("links to meeting packs")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="packlink_expires_after_it_is_made",
                condition=Q(expires_at__gt=F("created_at")),
                violation_error_message=_("A link must expire after it is made."),
            )
        ]

    def __str__(self) -> str:
        return self.for_whom or short_date(self.created_at)

    def clean(self) -> None:
        super().clean()
        if self.expires_at is None:
            return
        first = timezone.localdate(self.created_at)
        if self.last_day < first:
            raise ValidationError({"expires_at": _("The day is past: the link would not work.")})
        if self.last_day > first + timedelta(days=MOST_LINK_DAYS):
            raise ValidationError(
                {"expires_at": _("A link works for at most %(days)s days.")
                 % {"days": MOST_LINK_DAYS}}
            )  # fmt: skip

    @property
    def last_day(self) -> date:
        """The last day in Finland on which the link works, unless it is revoked."""
        return timezone.localdate(self.expires_at)

    def is_open(self, at: datetime | None = None) -> bool:
        """Whether the link leads somewhere at a moment (default: now)."""
        return self.revoked_at is None and self.expires_at > (at or timezone.now())
