"""Which projects their editor should look at first, and why: the front page of the admin."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from climateportal.dates import local_day, short_date
from climateportal.publishing import PublicationState
from projects.enums import Activity, ScheduleStatus, Stage
from projects.models import Project
from projects.permissions import project_in_reach_q

STALE_AFTER = timedelta(days=182)  # half a year: steering groups meet twice a year
SHOWN = 8


@dataclass(frozen=True)
class ToCheck:
    """A project and the reasons to open it, in words."""

    project: Project
    why: str


def _reasons(project: Project, stale_before: date) -> list[str]:
    found = []
    if project.publication == PublicationState.DRAFT:
        found.append(str(PublicationState.DRAFT.label))
    if project.schedule_status == ScheduleStatus.LATE:
        found.append(str(ScheduleStatus.LATE.label))
    vouched = local_day(project.checked_or_updated_at())
    if vouched < stale_before:
        found.append(_("last checked %(day)s") % {"day": short_date(vouched)})
    return found


def to_check(user: object, on: date | None = None) -> tuple[list[ToCheck], bool]:
    """At most `SHOWN` projects in the user's reach, the longest untouched first, and whether there
    are more: late ones, drafts, and running ones that nobody has vouched for in half a year.
    """
    on = on or timezone.localdate()
    limit = on - STALE_AFTER
    running = Q(activity=Activity.ACTIVE) & ~Q(stage=Stage.COMPLETED)
    unseen = Q(content_updated_at__date__lt=limit) & (
        Q(checked_at=None) | Q(checked_at__date__lt=limit)
    )
    projects = (
        Project.objects.with_schedule(on)
        .filter(project_in_reach_q(user))
        .filter(
            Q(publication=PublicationState.DRAFT)
            | Q(schedule_status=ScheduleStatus.LATE)
            | (running & unseen)
        )
        .order_by("content_updated_at", "pk")
    )
    found = list(projects[: SHOWN + 1])
    rows = [ToCheck(project, ", ".join(_reasons(project, limit))) for project in found[:SHOWN]]
    return rows, len(found) > SHOWN
