"""The people who edit."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager):
    """Makes users known by their e-mail address."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        """Make an editor. The address is stored in lower case, as log-in compares it."""
        if not email:
            raise ValueError("An e-mail address is needed.")
        user = self.model(email=email.strip().lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "User":
        """Make a portal administrator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)


class Reminders(models.TextChoices):
    """How often an editor is reminded by mail."""

    NEVER = "never", _("Never")
    WEEKLY = "weekly", _("Once a week")
    MONTHLY = "monthly", _("Once a month")


class User(AbstractUser):
    """An editor or administrator. Signs in with an e-mail address; there is no user name.

    What may be edited follows from the regions, municipalities and projects listed here, what may
    only be looked at in the admin from the viewed ones (`projects.permissions`, decision 8). A
    seat in a steering group gives reading on the public side (`Membership.user`).
    """

    username = None
    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("Someone already uses this e-mail address.")},
        help_text=_("Used to log in and to reset the password. Never shown to the public."),
    )
    regions = models.ManyToManyField(
        "municipalities.Region",
        verbose_name=_("regions in reach"),
        blank=True,
        related_name="editors",
        help_text=_("A regional coordinator: edits every municipality of these regions, all "
                    "projects there and the steering groups, and invites others to the region."),
    )  # fmt: skip
    municipalities = models.ManyToManyField(
        "municipalities.Municipality",
        verbose_name=_("municipalities in reach"),
        blank=True,
        related_name="editors",
        help_text=_("A municipal coordinator: edits these municipalities and their own projects. "
                    "In a joint project only the municipality's own part, tasks and costs."),
    )  # fmt: skip
    projects = models.ManyToManyField(
        "projects.Project",
        verbose_name=_("projects in reach"),
        blank=True,
        related_name="editors",
        help_text=_("A project's contact: edits the whole of these projects, but does not say "
                    "which municipalities and regions they belong to."),
    )  # fmt: skip
    viewed_regions = models.ManyToManyField(
        "municipalities.Region",
        verbose_name=_("regions to view"),
        blank=True,
        related_name="viewers",
        help_text=_("A viewer: sees in the admin what the coordinator of these regions sees, and "
                    "changes nothing."),
    )  # fmt: skip
    viewed_municipalities = models.ManyToManyField(
        "municipalities.Municipality",
        verbose_name=_("municipalities to view"),
        blank=True,
        related_name="viewers",
        help_text=_("A viewer: sees in the admin these municipalities and all their projects, and "
                    "changes nothing."),
    )  # fmt: skip

    language = models.CharField(
        _("language"),
        max_length=2,
        choices=settings.LANGUAGES,
        default="fi",
        help_text=_("The language of the editors' pages and of letters to this user."),
    )

    reminders = models.CharField(
        _("reminders by e-mail"),
        max_length=8,
        choices=Reminders,
        default=Reminders.WEEKLY,
        help_text=_("Tells what the projects need and who waits for an answer. Nothing is sent "
                    "when nothing is needed. With “never” you get no letter of feedback either."),
    )  # fmt: skip
    reminded_on = models.DateField(null=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["last_name", "first_name", "email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="climateportal_user_email_unique",
                violation_error_message=_("Someone already uses this e-mail address."),
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email
