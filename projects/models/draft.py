"""The draft of a project that is public already: the form as it was sent, applied to nothing."""

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.utils import timezone


def new_version() -> str:
    """A word for one state of a draft."""
    return uuid4().hex


class ProjectDraft(models.Model):
    """What an editor wants a project to become. No public page reads it.

    `sent` is the form as a browser sends it, `base` the marks of what was stored when it was made
    (see `climateportal.admin.staleness`): publishing is sending that form.
    """

    project = models.OneToOneField(
        "projects.Project", on_delete=models.CASCADE, related_name="draft"
    )
    sent = models.TextField()
    base = models.JSONField(default=dict)
    version = models.CharField(max_length=32, default=new_version)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    saved_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.project_id} {self.version}"

    def as_sent(self) -> QueryDict:
        """The controls of the form, to be changed freely."""
        return QueryDict(self.sent, mutable=True)

    def renew(self, at: datetime | None = None) -> None:
        """What is about to be stored is another state."""
        self.version, self.saved_at = new_version(), at or timezone.now()
