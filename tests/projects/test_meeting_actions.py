"""Follow-up tasks and links to meeting packs: written with their author, or not at all."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from projects import actions
from projects.models import PackLink, Project, Task
from projects.models.pack import MOST_LINK_DAYS
from tests.factories import (
    DecisionFactory,
    MeetingFactory,
    ProjectFactory,
    TaskFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2023, 1, 30, 12, tzinfo=UTC)


def test_a_follow_up_is_the_last_task_of_its_project_and_news_of_it() -> None:
    user, project = UserFactory(), ProjectFactory(content_updated_at=LONG_AGO)
    TaskFactory(project=project, order=7)
    decision = DecisionFactory(projects=[project])
    task = Task(project=project, title_fi="Kilpailutus", due_date=date(2027, 1, 31))
    actions.add_follow_up(decision=decision, task=task, by=user)
    decision.refresh_from_db()
    assert decision.follow_up == task
    assert list(project.tasks.all())[-1] == task
    assert Project.objects.get(pk=project.pk).content_updated_at > LONG_AGO
    assert [row.history.first().history_user for row in (task, decision, project)] == [user] * 3


def test_a_follow_up_in_a_project_the_decision_is_not_about_is_refused() -> None:
    decision = DecisionFactory(projects=[ProjectFactory()])
    task = Task(project=ProjectFactory(), title_fi="Kilpailutus")
    with pytest.raises(ValidationError):
        actions.add_follow_up(decision=decision, task=task, by=None)
    assert not Task.objects.exists()


def test_a_follow_up_that_is_not_valid_leaves_nothing_behind() -> None:
    project = ProjectFactory()
    decision = DecisionFactory(projects=[project])
    Project.objects.update(title_fi="")
    project.refresh_from_db()
    task = Task(project=project, title_fi="Kilpailutus")
    with pytest.raises(ValidationError):
        actions.add_follow_up(decision=decision, task=task, by=None)
    decision.refresh_from_db()
    assert not Task.objects.exists()
    assert decision.follow_up is None


def test_a_link_works_to_the_end_of_its_last_day_in_finland() -> None:
    user, today = UserFactory(), timezone.localdate()
    link = actions.make_pack_link(
        meeting=MeetingFactory(), by=user, until=today, for_whom="Maakuntaliitto"
    )
    link.refresh_from_db()
    assert (link.last_day, link.created_by, link.for_whom) == (today, user, "Maakuntaliitto")
    midnight = timezone.make_aware(datetime.combine(today + timedelta(days=1), datetime.min.time()))
    assert link.is_open(midnight - timedelta(seconds=1))
    assert not link.is_open(midnight)
    assert link.history.get().history_user == user


@pytest.mark.parametrize("days", [-1, MOST_LINK_DAYS + 1])
def test_a_link_of_a_wrong_length_is_refused(days: int) -> None:
    until = timezone.localdate() + timedelta(days=days)
    with pytest.raises(ValidationError):
        actions.make_pack_link(meeting=MeetingFactory(), by=None, until=until)
    assert not PackLink.objects.exists()


def test_the_longest_link() -> None:
    until = timezone.localdate() + timedelta(days=MOST_LINK_DAYS)
    assert actions.make_pack_link(meeting=MeetingFactory(), by=None, until=until).last_day == until


def test_a_link_is_revoked_once_and_for_good() -> None:
    first, second = UserFactory(), UserFactory()
    link = actions.make_pack_link(meeting=MeetingFactory(), by=None, until=timezone.localdate())
    when = timezone.now() + timedelta(hours=1)
    actions.revoke_pack_link(link=link, by=first, at=when)
    actions.revoke_pack_link(link=link, by=second)
    link.refresh_from_db()
    assert link.revoked_at == when
    assert not link.is_open()
    assert [row.history_user for row in link.history.all()] == [first, None]
