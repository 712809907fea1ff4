"""Files that are on their way in: read, perhaps checked, not yet written."""

import json
from datetime import timedelta
from typing import Any, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT = timedelta(hours=24)


class PendingImportQuerySet(models.QuerySet):
    """Files on their way in."""

    def of(self, user: Any) -> Self:
        """Those that the user brought, until they expire. Nobody sees another's."""
        return self.filter(user=user.pk, created_at__gt=timezone.now() - KEPT)

    def expired(self) -> Self:
        """Those that nobody can open any more."""
        return self.filter(created_at__lte=timezone.now() - KEPT)


class PendingImport(models.Model):
    """The rows of one file and how far they are checked. In the database, for several workers.

    The long values are JSON as text: they are only ever read and written whole.
    """

    token = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", editable=False
    )
    kind = models.CharField(max_length=16, editable=False)
    filename = models.CharField(max_length=100, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    lines = models.TextField(editable=False)  # [[number, [cell, …]], …], the headings first
    notes = models.TextField(default="[]", editable=False)  # what the reader left out
    columns = models.TextField(default="null", editable=False)  # name of each; null: to be chosen
    checked = models.PositiveIntegerField(default=0, editable=False)  # rows
    problems = models.TextField(default="[]", editable=False)  # found so far in checked rows
    outcome = models.TextField(default="null", editable=False)  # the preview; null: not ready
    mark = models.CharField(max_length=64, blank=True, editable=False)  # of what was compared

    objects = PendingImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.filename

    def told(self, name: str) -> Any:
        """One of the long values."""
        return json.loads(getattr(self, name))

    def tell(self, **values: Any) -> None:
        """Set long values and store them, with what else was set."""
        for name, value in values.items():
            is_long = isinstance(self._meta.get_field(name), models.TextField)
            setattr(self, name, json.dumps(value) if is_long else value)
        self.save(update_fields=list(values))
