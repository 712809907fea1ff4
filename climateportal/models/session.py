"""Who is logged in, on which device, since when."""

from datetime import timedelta
from typing import Any

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from climateportal.models.user import User

SEEN_EVERY = timedelta(
    minutes=15
)  # how exactly the last use is known; a finer one would cost writes


class SessionQuerySet(models.QuerySet):
    """Sessions of people."""

    def of(self, user: User) -> "SessionQuerySet":
        """The user's sessions that have not run out, the latest first."""
        return self.filter(account=user.pk, expire_date__gt=timezone.now()).order_by("-started_at")


class Session(AbstractBaseSession):
    """One log-in on one device. No IP address is kept: a device and a time tell enough.

    `account` is the user's key without a constraint: a session that outlives its user is nobody's.
    """

    account = models.BigIntegerField(_("user"), null=True, db_index=True)
    device = models.CharField(_("device"), max_length=60, blank=True)
    started_at = models.DateTimeField(_("logged in"), default=timezone.now)
    seen_at = models.DateTimeField(_("last used"), default=timezone.now)

    objects = models.Manager.from_queryset(SessionQuerySet)()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    @classmethod
    def get_session_store_class(cls) -> Any:
        from climateportal.sessions import SessionStore  # which needs this model

        return SessionStore

    @property
    def handle(self) -> str:
        """Names the session in a form; whoever reads it there cannot use the session."""
        return salted_hmac("climateportal.session", self.session_key).hexdigest()

    def is_named(self, handle: str) -> bool:
        return constant_time_compare(self.handle, handle)

    def note_use(self) -> None:
        """Remember that it was used now, to a quarter of an hour."""
        now = timezone.now()
        if now - self.seen_at > SEEN_EVERY:
            type(self).objects.filter(pk=self.pk).update(seen_at=now)

    def still_opens(self, user: User) -> bool:
        """Whether it lets anybody in: a changed password closes the sessions begun with the old."""
        known = self.get_decoded().get("_auth_user_hash", "")
        return constant_time_compare(known, user.get_session_auth_hash())
