"""What waits to be published: a draft of a public project, or a question about a new one."""

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone


def new_version() -> str:
    """A word for one state of a draft."""
    return uuid4().hex


class ProjectDraft(models.Model):
    """What an editor wants a project to become. No public page reads it.

    `sent` is the form as a browser sends it, `base` the marks of what was stored when it was made
    (see `climateportal.admin.staleness`): publishing is sending that form. Of a project that is
    not public yet `sent` is empty, because the project itself is the draft; such a row only tells
    that somebody asked another to look at it, and `base` holds the digest of what was asked about.
    """

    project = models.OneToOneField(
        "projects.Project", on_delete=models.CASCADE, related_name="draft"
    )
    sent = models.TextField(blank=True)
    base = models.JSONField(default=dict)
    version = models.CharField(max_length=32, default=new_version)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    saved_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(null=True)
    ask_note = models.TextField(blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    returned_at = models.DateTimeField(null=True)
    return_note = models.TextField(blank=True)
    publish_at = models.DateTimeField(null=True)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    held_at = models.DateTimeField(null=True)  # when it should have been published and was not

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="projectdraft_asked_or_returned",
                condition=Q(asked_at=None) | Q(returned_at=None),
            ),
            models.CheckConstraint(
                name="projectdraft_returned_with_note",
                condition=Q(returned_at=None) | ~Q(return_note=""),
            ),
            models.CheckConstraint(
                name="projectdraft_held_was_scheduled",
                condition=Q(held_at=None) | Q(publish_at__isnull=False),
            ),
            models.CheckConstraint(
                name="projectdraft_scheduled_has_form",
                condition=Q(publish_at=None) | ~Q(sent=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.version}"

    def as_sent(self) -> QueryDict:
        """The controls of the form, to be changed freely."""
        return QueryDict(self.sent, mutable=True)

    def renew(self, at: datetime | None = None) -> None:
        """What is about to be stored is another state: nobody has asked about it yet."""
        self.version, self.saved_at = new_version(), at or timezone.now()
        self.asked_by = self.asked_at = self.returned_at = None
        self.publish_at = self.scheduled_by = self.held_at = None

    @property
    def seen(self) -> str:
        """A word for what somebody sees who looks at the draft: it changes with the project too."""
        return f"{self.version}-{self.project.content_digest}"

    @property
    def is_as_asked(self) -> bool:
        """Whether a new project is still what its asker asked about."""
        return bool(self.sent) or self.base.get("digest") == self.project.content_digest
