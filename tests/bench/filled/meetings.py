"""Steering groups of regions and their meetings, the packs of which anybody may read."""

import random
from datetime import timedelta

from django.utils import timezone

from climateportal.publishing import PublicationState
from municipalities.models import Meeting, Membership, Organisation, Region, SteeringGroup
from projects.models import Decision, Project


def add_meetings(count: int, rng: random.Random) -> None:
    """About `count` meetings over all regions, two at least in each, every 90 days until today."""
    today, now = timezone.localdate(), timezone.now()
    groups = SteeringGroup.objects.bulk_create(
        SteeringGroup(region=region, name_fi=f"Ohjausryhmä {region.pk}")
        for region in Region.objects.all()
    )
    bodies = list(Organisation.objects.all()[:100])
    Membership.objects.bulk_create(
        Membership(
            group=group, organisation=rng.choice(bodies), person=f"Jäsen {n}", is_chair=not n
        )
        for group in groups
        for n in range(8)
    )
    each = max(2, count // len(groups))
    meetings = Meeting.objects.bulk_create(
        Meeting(
            group=group, date=today - timedelta(days=90 * n),
            publication=PublicationState.PUBLISHED, published_at=now - timedelta(days=1),
        )
        for group in groups
        for n in range(each)
    )  # fmt: skip
    decisions = Decision.objects.bulk_create(
        Decision(meeting=meeting, title_fi=f"Asia {n}") for meeting in meetings for n in range(4)
    )
    projects = list(Project.objects.values_list("pk", flat=True))
    Decision.projects.through.objects.bulk_create(
        Decision.projects.through(decision=decision, project_id=rng.choice(projects))
        for decision in decisions
    )
