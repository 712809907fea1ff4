"""Who may edit which area: for each right a predicate for one object and a Q for lists.

Being logged in is not a right. A portal administrator (superuser) may do everything; another
editor may act on what lies in their reach: their municipalities, and the members of their regions.
Rights over projects and people stand on these: `projects.permissions`.
"""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q

from municipalities.models import Meeting, Municipality, Organisation, Region, SteeringGroup

NOBODY = Q(pk__in=[])
User = AnonymousUser | Any


def acts(user: User | None) -> bool:
    """Whether the user is an editor at all. Grants nothing by itself."""
    return bool(user and user.is_authenticated and user.is_active and user.is_staff)


def is_administrator(user: User | None) -> bool:
    """Whether the user looks after the whole portal."""
    return acts(user) and user.is_superuser


def is_coordinator(user: User | None) -> bool:
    """Whether the user has any reach. Asked many times a page, so kept on the user object."""
    if not acts(user):
        return False
    if not hasattr(user, "_is_coordinator"):
        user._is_coordinator = (
            user.is_superuser or user.regions.exists() or user.municipalities.exists()
        )
    return user._is_coordinator


def coordinates_region(user: User | None) -> bool:
    """Whether the user has a region, not only municipalities. Kept on the user object, too."""
    if not acts(user):
        return False
    if not hasattr(user, "_coordinates_region"):
        user._coordinates_region = user.is_superuser or user.regions.exists()
    return user._coordinates_region


def made_by_q(user: User, model: type) -> Q:
    """Rows of a model with history that the user added."""
    added = model.history.filter(history_type="+", history_user=user)
    return Q(pk__in=added.values("id"))


def municipality_in_reach_q(user: User) -> Q:
    """Municipalities of the user's own or of the user's regions."""
    if not acts(user):
        return NOBODY
    if user.is_superuser:
        return Q()
    return Q(pk__in=user.municipalities.values("pk")) | Q(
        pk__in=Municipality.objects.filter(regions__in=user.regions.values("pk")).values("pk")
    )


def can_change_municipality(user: User, municipality: Municipality) -> bool:
    """Whether the user may edit this municipality's own information."""
    return Municipality.objects.filter(municipality_in_reach_q(user), pk=municipality.pk).exists()


def region_in_reach_q(user: User) -> Q:
    """Regions the user coordinates."""
    if not acts(user):
        return NOBODY
    if user.is_superuser:
        return Q()
    return Q(pk__in=user.regions.values("pk"))


def can_change_region(user: User, region: Region) -> bool:
    """Whether the user may edit this region's page."""
    return Region.objects.filter(region_in_reach_q(user), pk=region.pk).exists()


def steering_group_in_reach_q(user: User) -> Q:
    """Steering groups of regions in reach."""
    if not acts(user):
        return NOBODY
    if user.is_superuser:
        return Q()
    return Q(region__in=user.regions.values("pk"))


def can_change_steering_group(user: User, group: SteeringGroup) -> bool:
    """Whether the user may edit this steering group."""
    return SteeringGroup.objects.filter(steering_group_in_reach_q(user), pk=group.pk).exists()


def meeting_in_reach_q(user: User) -> Q:
    """Meetings of the steering groups in reach."""
    if not acts(user):
        return NOBODY
    if user.is_superuser:
        return Q()
    return Q(group__region__in=user.regions.values("pk"))


def can_change_meeting(user: User, meeting: Meeting) -> bool:
    """Whether the user may edit this meeting."""
    return Meeting.objects.filter(meeting_in_reach_q(user), pk=meeting.pk).exists()


def organisation_in_reach_q(user: User) -> Q:
    """Organisations that are a municipality in reach, or that the user added and nobody else uses:
    a name must not change on another town's page.
    """
    if not acts(user):
        return NOBODY
    if user.is_superuser:
        return Q()
    in_reach = Municipality.objects.filter(municipality_in_reach_q(user))
    used_elsewhere = Q()
    for relation in ("project_roles", "fundings"):
        field = Organisation._meta.get_field(relation)
        rows = field.related_model.objects.filter(**{field.field.name: OuterRef("pk")})
        own = Q(project__participations__municipality__in=in_reach.values("pk")) | Q(
            project__regions__in=user.regions.values("pk")
        )
        used_elsewhere |= Exists(rows.exclude(own))
    return Q(municipality__in=in_reach.values("pk")) | (
        made_by_q(user, Organisation) & ~used_elsewhere
    )


def can_change_organisation(user: User, organisation: Organisation) -> bool:
    """Whether the user may edit this organisation."""
    return Organisation.objects.filter(organisation_in_reach_q(user), pk=organisation.pk).exists()
