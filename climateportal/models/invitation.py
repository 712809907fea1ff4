"""Invitations: how people get an account, or more reach for the one they have."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

INVITATION_DAYS = 14


class Role(models.TextChoices):
    """What somebody is invited to be. An account may gather several of these."""

    ADMINISTRATOR = "administrator", _("Administrator of the portal: everything")
    REGION = "region", _("Regional coordinator: all municipalities and projects of a region")
    MUNICIPALITY = "municipality", _("Municipal coordinator: a municipality and its projects")
    CONTACT = "contact", _("Contact of a project: the whole of that project")
    VIEWER = "viewer", _("Viewer: sees the admin of an area, changes nothing")
    MEMBER = "member", _("Member of a steering group: reads its packs and drafts")


class InvitationQuerySet(models.QuerySet):
    """Invitations."""

    def open(self, at: datetime | None = None) -> Self:
        """Those that can be accepted at a moment (default: now)."""
        unused = self.filter(accepted_at=None, revoked_at=None)
        return unused.filter(expires_at__gt=at or timezone.now())


class Invitation(models.Model):
    """A letter to one address with a link that works once. Only a hash of the link is kept."""

    email = models.EmailField(
        _("e-mail address"),
        help_text=_("The letter goes here. It does not tell you whether the address already has "
                    "an account: the person accepts in either case."),
    )  # fmt: skip
    role = models.CharField(
        pgettext_lazy("of an account", "role"),
        max_length=16,
        choices=Role,
        default=Role.MUNICIPALITY,
    )
    language = models.CharField(
        _("language of the letter"), max_length=2, choices=settings.LANGUAGES, default="fi"
    )
    regions = models.ManyToManyField(
        "municipalities.Region", verbose_name=_("regions"), blank=True, related_name="+"
    )
    municipalities = models.ManyToManyField(
        "municipalities.Municipality",
        verbose_name=_("municipalities"),
        blank=True,
        related_name="+",
    )
    projects = models.ManyToManyField(
        "projects.Project", verbose_name=_("projects"), blank=True, related_name="+"
    )
    seat = models.ForeignKey(
        "municipalities.Membership",
        verbose_name=_("seat in a steering group"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Members without an account. Others are added on the page of the group."),
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="invitations",
    )
    created_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("works until"), editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="invitation_role_known", condition=Q(role__in=Role.values)
            ),
            models.CheckConstraint(
                name="invitation_accepted_or_revoked",
                condition=Q(accepted_at=None) | Q(revoked_at=None),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.email

    def is_open(self, at: datetime | None = None) -> bool:
        """Whether the link works at a moment (default: now)."""
        unused = self.accepted_at is None and self.revoked_at is None
        return unused and self.expires_at > (at or timezone.now())

    @staticmethod
    def expiry(at: datetime) -> datetime:
        """When a link that is sent at a moment ceases to work."""
        return at + timedelta(days=INVITATION_DAYS)
