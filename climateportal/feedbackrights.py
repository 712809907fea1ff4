"""Who may read and answer which feedback: predicate and Q side by side.

Whoever edits the whole of what it is about answers it. It holds a resident's name and address, so
nobody else reads it: no viewer, nobody who edits only a part of a joint project. What is about the
site, or about something that was deleted since, is the administrator's.
"""

from typing import Any

from django.db.models import Q

from climateportal.models import Feedback
from municipalities.models import Municipality, Region
from municipalities.permissions import (
    NOBODY,
    acts,
    municipality_in_reach_q,
    region_in_reach_q,
)
from projects.models import Project
from projects.permissions import project_in_reach_q


def feedback_in_reach_q(user: Any) -> Q:
    """Feedback that the user may read and answer."""
    if not acts(user):
        return NOBODY
    if user.is_superuser:
        return Q()
    projects = Project.objects.filter(project_in_reach_q(user)).values("pk")
    places = Municipality.objects.filter(municipality_in_reach_q(user)).values("pk")
    regions = Region.objects.filter(region_in_reach_q(user)).values("pk")
    return Q(project__in=projects) | Q(municipality__in=places) | Q(region__in=regions)


def can_answer_feedback(user: Any, feedback: Feedback) -> bool:
    """Whether the user may read and answer this feedback."""
    return Feedback.objects.filter(feedback_in_reach_q(user), pk=feedback.pk).exists()
