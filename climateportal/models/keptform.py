"""Forms of the admin on their way: what was typed by somebody whose session had ended, and which
forms have been saved already."""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

KEPT_FOR = timedelta(hours=24)


class FreshQuerySet(models.QuerySet):
    """Rows are of use for a day."""

    def fresh(self) -> "FreshQuerySet":
        """Rows of the last day."""
        return self.filter(at__gt=timezone.now() - KEPT_FOR)

    def purge(self) -> None:
        """Delete what is older. Rows that another request is deleting are left to it."""
        with transaction.atomic():
            old = self.exclude(at__gt=timezone.now() - KEPT_FOR).select_for_update(skip_locked=True)
            self.filter(pk__in=list(old.values_list("pk", flat=True))).delete()


class KeptForm(models.Model):
    """What an editor typed and could not save before signing in again. For that editor alone."""

    key = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=200)
    sent = models.TextField()
    had_files = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = FreshQuerySet.as_manager()

    def __str__(self) -> str:
        return self.address


class SavedForm(models.Model):
    """A form that was saved, so that the same one sent twice is saved once."""

    key = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    object_pk = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = FreshQuerySet.as_manager()

    def __str__(self) -> str:
        return self.key
