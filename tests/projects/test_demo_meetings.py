"""The demo's meetings: what was decided is followed up, what is coming can be decided from."""

import pytest
from django.utils import timezone, translation

from municipalities.models import SteeringGroup
from projects.enums import DecisionOutcome, TaskState
from projects.ledger import Ledger
from projects.models import Decision, Project
from projects.openmoney import open_money

pytestmark = [pytest.mark.usefixtures("demo", "db"), pytest.mark.any_database]


def test_kestavat_meetings_decide_and_are_followed_up() -> None:
    group, today = SteeringGroup.objects.get(region__slug="kestavat"), timezone.localdate()
    first, second, coming = group.meetings.order_by("date")
    assert second.date < today < coming.date
    for meeting in (first, second):
        assert meeting.is_public()
        assert meeting.minutes_fi
        assert meeting.attendances.count() == group.memberships.count()
        assert not meeting.decisions.filter(outcome="").exists()
    followed = [row.follow_up for row in Decision.objects.filter(follow_up__isnull=False)]
    assert any(task.state == TaskState.DONE for task in followed)
    assert any(task.is_overdue() for task in followed)
    for decision in Decision.objects.filter(follow_up__isnull=False):
        assert decision.follow_up.project in decision.projects.all()
    assert not coming.is_public()
    assert coming.decisions.count() == coming.decisions.filter(outcome="").count() == 2
    for meeting in (first, second, coming):
        for number, item in enumerate(meeting.decisions.order_by("order"), start=1):
            assert f"Päätettävä asia {number}: {item.title_fi}" in meeting.agenda_fi
    study = coming.decisions.get(order=1)
    for lang in ("fi", "sv", "en"):
        with translation.override(lang):
            assert f'href="{second.get_absolute_url()}"' in getattr(study, f"proposal_{lang}")
    assert second.decisions.get(outcome=DecisionOutcome.POSTPONED).follow_up.state == TaskState.DONE


def test_what_the_coming_meeting_is_told_of_money_is_what_the_projects_have() -> None:
    coming = SteeringGroup.objects.get(region__slug="kestavat").meetings.latest("date")
    study, scales = (row.proposal_fi for row in coming.decisions.order_by("order"))
    money = {
        slug: open_money(Ledger.read(found), list(found.expenses.all()))
        for slug in ("kestavat-ilmastoyhteistyo", "havikkivaaka-koulukeittioihin")
        for found in [Project.objects.get(slug=slug)]
    }
    joint, scale = money.values()
    left, planned = joint.use.left, joint.spending.planned
    for sum_ in (left, planned, left - planned - 6000):
        assert f"{sum_:,.0f} euroa".replace(",", " ") in study
    for line in joint.shares:
        told = f"{line.percent.normalize():f} %: {line.percent * 60:,.0f} euroa"
        assert f"{line.municipality.name} {told.replace(',', ' ').replace('.', ',')}" in study
    assert scale.spending.planned == 2600
    assert "2 600 euroa" in scales
