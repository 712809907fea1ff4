"""Signed links in reminders: one project, one editor, one purpose, for thirty days."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.utils import timezone

from climateportal.models import User
from projects.models import Project
from projects.permissions import can_change_project

WORKS_FOR = timedelta(days=30)
SALT = "projects.confirmlinks"


class ExpiredLink(Exception):  # noqa: N818 - told to people, not an error of ours
    """The link was a good one, but too long ago."""


@dataclass(frozen=True)
class Asked:
    """Who is asked about which project, and since when."""

    project: Project
    user: User
    at: datetime

    @property
    def is_answered(self) -> bool:
        """Whether somebody has vouched for the page or changed it since the question."""
        return self.project.checked_or_updated_at() > self.at


def make_token(project: Project, user: User) -> str:
    """The secret part of the link that asks `user` about `project`."""
    return signing.dumps([project.pk, user.pk, timezone.now().timestamp()], salt=SALT)


def read_token(token: str) -> Asked | None:
    """What a link asks, or None for one that was altered, or whose editor may not edit any more.

    Raises ExpiredLink for one that is too old.
    """
    try:
        project_pk, user_pk, moment = signing.loads(token, salt=SALT, max_age=WORKS_FOR)
    except signing.SignatureExpired as error:
        raise ExpiredLink from error
    except signing.BadSignature:
        return None
    project = Project.objects.filter(pk=project_pk).first()
    user = User.objects.filter(pk=user_pk, is_active=True).first()
    if project is None or user is None or not can_change_project(user, project):
        return None
    return Asked(project, user, datetime.fromtimestamp(moment, tz=timezone.get_current_timezone()))
