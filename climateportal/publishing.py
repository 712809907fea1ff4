"""The one gate between drafts and the public: every public read goes through it.

Rule 5 of the product: pages, counts, feeds, search and exports call `published()` or
`visible_to(user)`; nothing else in public code may touch `.all()` of a publishable model.
"""

from datetime import datetime
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PublicationState(models.TextChoices):
    """Who can see a page."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


def published_q(prefix: str = "", at: datetime | None = None) -> Q:
    """The condition of being public at a moment (default: now), for use across a relation.

    `prefix` is the path to the publishable model, e.g. `"project__"`.
    """
    at = at or timezone.now()
    return Q(
        **{
            f"{prefix}publication": PublicationState.PUBLISHED,
            f"{prefix}published_at__lte": at,
        }
    )


class PublishableQuerySet(models.QuerySet):
    """Rows of a publishable model, with the gate."""

    def published(self, at: datetime | None = None) -> Self:
        """Rows that anybody may read at a moment (default: now)."""
        return self.filter(published_q(at=at))

    def visible_to(self, user: AnonymousUser | models.Model | None) -> Self:
        """Rows this user may read on the public side: public ones and drafts that are theirs."""
        if user is None or not user.is_authenticated or not user.is_active:
            return self.published()
        if user.is_superuser and user.is_staff:
            return self
        reach = self.readable_q(user)
        return self.published() if reach is None else self.filter(published_q() | reach)

    def readable_q(self, user: models.Model) -> Q | None:
        """Which drafts this user may read, or None when only the administrator does.

        Conditions must not join to-many relations (use `Exists` or `pk__in`): a joined row
        would be counted twice.
        """
        return None


class Publishable(models.Model):
    """A row with a public page of its own."""

    publication = models.CharField(
        _("visibility"),
        max_length=12,
        choices=PublicationState,
        default=PublicationState.DRAFT,
        help_text=_(
            "A draft is seen only by those who may edit it. A published page is open to everyone "
            "and is found by search engines within days."
        ),
    )
    published_at = models.DateTimeField(
        _("published from"),
        null=True,
        blank=True,
        help_text=_(
            "Leave empty to publish at once. A moment in the future keeps the page hidden until "
            "then."
        ),
    )

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_published_has_moment",
                condition=~Q(publication=PublicationState.PUBLISHED)
                | Q(published_at__isnull=False),
                violation_error_message=_("A published page needs the moment it was published."),
            )
        ]

    def is_public(self, at: datetime | None = None) -> bool:
        """Whether anybody may read this row at a moment (default: now)."""
        return (
            self.publication == PublicationState.PUBLISHED
            and self.published_at is not None
            and self.published_at <= (at or timezone.now())
        )

    def clean(self) -> None:
        super().clean()
        if self.publication == PublicationState.PUBLISHED and self.published_at is None:
            self.published_at = timezone.now()
