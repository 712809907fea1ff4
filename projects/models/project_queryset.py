"""Reading projects: the gate, the schedule status in SQL, what lists need."""

from collections.abc import Sequence
from datetime import date
from typing import Self

from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    Value,
    When,
)
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from climateportal.publishing import PublishableQuerySet
from municipalities.alphabet import alphabetical_in_sql
from projects.enums import (
    OPEN_TASK_STATES,
    Activity,
    OrganisationRole,
    ScheduleStatus,
    Stage,
    TaskState,
)
from projects.schedule import COMPLETED_STATUSES, RUNNING_STATUSES


class ProjectQuerySet(PublishableQuerySet):
    """Projects. The SQL here and the pure rules of `projects.schedule` agree (a test compares)."""

    def readable_q(self, user: models.Model) -> Q:
        """Drafts of the user's own municipalities, regions, projects and steering groups."""
        from projects.permissions import project_readable_q

        return project_readable_q(user)

    def with_schedule(self, on: date | None = None) -> Self:
        """Add `schedule_status`, the badge of `schedule.assess`, as text for filters and counts.

        And `dates_say`: the status that its dates alone give, where it is not the stated one.
        """
        from projects.models.task import Task

        on = on or timezone.localdate()
        tasks = Task.objects.filter(project=OuterRef("pk"))
        overdue = tasks.filter(state__in=OPEN_TASK_STATES, due_date__lt=on)
        dated = tasks.filter(due_date__isnull=False).exclude(state=TaskState.CANCELLED)
        running = ~Q(stage=Stage.COMPLETED)
        completed_known = Q(
            stage=Stage.COMPLETED, completed_on__isnull=False, end_date__isnull=False
        )
        unknown = Value(ScheduleStatus.UNKNOWN.value)
        active = Q(activity=Activity.ACTIVE)
        stated = Q(running, stated_status__in=RUNNING_STATUSES) | Q(
            stage=Stage.COMPLETED, stated_status__in=COMPLETED_STATUSES
        )
        by_dates = Case(
            When(
                completed_known & Q(completed_on__gt=F("end_date")),
                then=Value(ScheduleStatus.COMPLETED_LATE.value),
            ),
            When(completed_known, then=Value(ScheduleStatus.COMPLETED_ON_TIME.value)),
            When(
                running & (Q(end_date__lt=on) | Exists(overdue)),
                then=Value(ScheduleStatus.LATE.value),
            ),
            When(
                running & (Q(end_date__isnull=False) | Exists(dated)),
                then=Value(ScheduleStatus.ON_TIME.value),
            ),
            default=unknown,
            output_field=models.CharField(),
        )
        # dates are asked of the projects that state a status; the others' badge is theirs already
        beside = Case(When(active & stated, then=by_dates), default=unknown)
        return self.annotate(
            schedule_status=Case(
                When(~active, then=unknown),
                When(stated, then=F("stated_status")),
                default=by_dates,
                output_field=models.CharField(),
            ),
            dates_say=Coalesce(NullIf(NullIf(beside, F("stated_status")), unknown), Value("")),
        )

    def matching(self, beginnings: Sequence[Sequence[str]]) -> Self:
        """Projects whose search text has, for each word, one of its `search.alternatives`."""
        from projects.models.searchtext import SearchText

        return self.filter(pk__in=SearchText.objects.matching(beginnings).values("pk"))

    def by_title(self, language: str) -> Self:
        """In the order of the titles in a language, å, ä, ö last on every database."""
        title = Coalesce(NullIf(F(f"title_{language}"), Value("")), F("title_fi"))
        return self.order_by(alphabetical_in_sql(title), "pk")

    def with_task_counts(self) -> Self:
        """Add `tasks_done` and `tasks_total`, and `tasks_cancelled`, which are in neither."""
        return self.annotate(
            tasks_cancelled=Count("tasks", filter=Q(tasks__state=TaskState.CANCELLED)),
            tasks_total=Count("tasks", filter=~Q(tasks__state=TaskState.CANCELLED)),
            tasks_done=Count("tasks", filter=Q(tasks__state=TaskState.DONE)),
        )

    def for_list(self, on: date | None = None) -> Self:
        """Everything a row of a list shows, in a constant number of queries."""
        from projects.models.participation import Participation, ProjectOrganisation

        return (
            self.with_schedule(on)
            .with_task_counts()
            .prefetch_related(
                Prefetch("participations", Participation.objects.select_related("municipality")),
                Prefetch(
                    "organisation_roles",
                    ProjectOrganisation.objects.filter(
                        role=OrganisationRole.RESPONSIBLE
                    ).select_related("organisation__municipality"),
                    to_attr="responsible_roles",
                ),
            )
        )
