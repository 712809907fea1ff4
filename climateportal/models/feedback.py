"""What residents write to those who keep the pages, and the answer they get in 14 days."""

from datetime import date, datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from climateportal.dates import local_day

REPLY_DAYS = 14  # Act 306/2019: accessibility feedback; here every kind
LONGEST_MESSAGE = 5_000


class FeedbackKind(models.TextChoices):
    """What kind of message it is."""

    QUESTION = "question", _("A question")
    ERROR = "error", _("An error on the page")
    IDEA = "idea", _("An idea or a comment")
    ACCESSIBILITY = "accessibility", _("Accessibility")


class FeedbackState(models.TextChoices):
    """What has become of it."""

    OPEN = "open", _("waits for an answer")
    ANSWERED = "answered", _("answered")
    HANDLED = "handled", _("handled without an answer")


class WentTo(models.TextChoices):
    """Who heard of it at once, in words for the one who gave it."""

    CONTACT = "contact", _("the primary contact of the project")
    EDITORS = "editors", _("those who keep the information on the page up to date")
    ADMINISTRATORS = "administrators", _("the administrator of the site")


class FeedbackQuerySet(models.QuerySet):
    """Feedback. None of it is public, ever."""

    def open(self) -> Self:
        """What waits for an answer, the most pressing first."""
        return self.filter(state=FeedbackState.OPEN).order_by("reply_by", "pk")


class Feedback(models.Model):
    """A message about a project, a municipality, a region, another page or the whole site.

    It has no history: a second copy of a resident's name and address would outlive the first.
    """

    kind = models.CharField(_("kind"), max_length=16, choices=FeedbackKind)
    message = models.TextField(_("message"), max_length=LONGEST_MESSAGE)
    project = models.ForeignKey(
        "projects.Project", verbose_name=_("project"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="feedback",
    )  # fmt: skip
    municipality = models.ForeignKey(
        "municipalities.Municipality", verbose_name=_("municipality"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="feedback",
    )  # fmt: skip
    region = models.ForeignKey(
        "municipalities.Region", verbose_name=_("region"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="feedback",
    )  # fmt: skip
    # as its giver saw it: it stays when the project is renamed or deleted
    about = models.CharField(_("about"), max_length=300, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    key = models.CharField(max_length=64, unique=True, editable=False)
    received_at = models.DateTimeField(_("received"), default=timezone.now, db_index=True)
    reply_by = models.DateField(_("answer by"))
    went_to = models.CharField(
        _("told to"), max_length=16, choices=WentTo, default=WentTo.ADMINISTRATORS
    )
    state = models.CharField(
        _("state"), max_length=8, choices=FeedbackState, default=FeedbackState.OPEN
    )
    answer = models.TextField(_("answer"), blank=True, max_length=LONGEST_MESSAGE)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("answered by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback message")
        verbose_name_plural = _("feedback messages")
        ordering = ["reply_by", "pk"]
        indexes = [
            models.Index(
                fields=["reply_by"], name="feedback_open", condition=Q(state=FeedbackState.OPEN)
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="feedback_kind_known", condition=Q(kind__in=FeedbackKind.values)
            ),
            models.CheckConstraint(
                name="feedback_state_known", condition=Q(state__in=FeedbackState.values)
            ),
            models.CheckConstraint(
                name="feedback_went_to_known", condition=Q(went_to__in=WentTo.values)
            ),
            models.CheckConstraint(name="feedback_says_something", condition=~Q(message="")),
            models.CheckConstraint(
                name="feedback_about_one",
                condition=Q(project=None, municipality=None)
                | Q(project=None, region=None)
                | Q(municipality=None, region=None),
            ),
            models.CheckConstraint(
                name="feedback_open_until_its_moment",
                condition=Q(state=FeedbackState.OPEN, answered_at=None)
                | (~Q(state=FeedbackState.OPEN) & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="feedback_answered_to_somebody",
                condition=~Q(state=FeedbackState.ANSWERED) | (~Q(answer="") & ~Q(email="")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        """Without a word of its giver: this ends up in logs and lists of what was done."""
        kind = FeedbackKind(self.kind).label if self.kind in FeedbackKind.values else self.kind
        return f"{kind} – {self.subject or self.about or _now('the whole site')}"

    @property
    def subject(self) -> models.Model | None:
        """The project, municipality or region, unless it is about the site or was deleted since."""
        return self.project or self.municipality or self.region

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state == FeedbackState.OPEN

    def days_left(self, on: date | None = None) -> int:
        """Whole days until the answer is due on a day (default: today); negative when late."""
        return (self.reply_by - (on or timezone.localdate())).days

    @staticmethod
    def deadline(received: datetime) -> date:
        """The last day to answer what was received at a moment, in Finland's days."""
        return local_day(received) + timedelta(days=REPLY_DAYS)
