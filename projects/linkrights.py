"""Who is told of which broken link: whoever may mend it. Of a content page, the administrator."""

from typing import Any

from django.db.models import Q

from municipalities.models import Municipality, Organisation, Region
from municipalities.permissions import (
    NOBODY,
    acts,
    municipality_in_reach_q,
    organisation_in_reach_q,
    region_in_reach_q,
)
from projects.models import BrokenLink, GoodPractice, Project
from projects.permissions import practice_in_reach_q, project_in_reach_q, task_in_reach_q

OWNER_RULES = (
    ("region", Region, region_in_reach_q),
    ("organisation", Organisation, organisation_in_reach_q),
    ("practice", GoodPractice, practice_in_reach_q),
)


def brokenlink_in_reach_q(user: Any) -> Q:
    """Broken links that the user may mend; in a joint project those of the own tasks."""
    if not acts(user):
        return NOBODY
    if user.is_superuser:
        return Q()
    projects = Project.objects.filter(project_in_reach_q(user)).values("pk")
    towns = Municipality.objects.filter(municipality_in_reach_q(user)).values("pk")
    found = (
        Q(project__in=projects)
        | (Q(place="projects.task") & task_in_reach_q(user))
        | Q(project=None, municipality__in=towns)
    )
    for name, model, rule in OWNER_RULES:
        found |= Q(**{f"{name}__in": model.objects.filter(rule(user)).values("pk")})
    return found


def can_mend(user: Any, link: BrokenLink) -> bool:
    """Whether the user is told of this broken link."""
    return BrokenLink.objects.filter(brokenlink_in_reach_q(user), pk=link.pk).exists()
