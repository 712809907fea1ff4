"""Taking a project's page off the site, and leaving the page of one that is over to rest."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from climateportal.models import User
from climateportal.publishing import PublicationState
from projects import actions
from projects.models import Project


def unpublish(*, project: Project, by: User | None, at: datetime | None = None) -> None:
    """Make a published project a draft: its page is found by nobody until it is published again."""
    with actions.editing(project=project, by=by, at=at):
        project.publication = PublicationState.DRAFT


def archive(
    *, project: Project, by: User | None, on: date | None = None, at: datetime | None = None
) -> None:
    """Leave a project that is over to rest since a day (default: the day of `at`).

    One that is archived already keeps its day. Raises ValidationError for one that goes on.
    """
    at = at or timezone.now()
    with actions.editing(project=project, by=by, at=at):
        if not project.is_over():
            raise ValidationError(_("Only a completed or cancelled project can be archived."))
        project.archived_on = project.archived_on or on or timezone.localdate(at)


def unarchive(*, project: Project, by: User | None, at: datetime | None = None) -> None:
    """Take a project back among those that are looked after."""
    with actions.editing(project=project, by=by, at=at):
        project.archived_on = None
