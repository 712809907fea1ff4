"""Who may edit which area, and who may only look at it: predicate for one object and Q for lists.

Being logged in is not a right. A portal administrator (superuser) may do everything; another
editor may act on what lies in their reach: their municipalities, and the members of their regions.
`x_in_reach_q` are the rows a user may edit, `x_open_q` those the admin shows: the former and what
the user may only view. Rights over projects and people stand on these: `projects.permissions`.
"""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from municipalities.models import (
    Meeting,
    Membership,
    Municipality,
    Organisation,
    Region,
    SteeringGroup,
)

NOBODY = Q(pk__in=[])
User = AnonymousUser | Any

AREAS = ("regions", "municipalities")
EDITED = (*AREAS, "projects")
VIEWED = ("viewed_regions", "viewed_municipalities")


def acts(user: User | None) -> bool:
    """Whether the user may open the admin at all. Grants nothing by itself."""
    return bool(user and user.is_authenticated and user.is_active and user.is_staff)


def is_administrator(user: User | None) -> bool:
    """Whether the user looks after the whole portal."""
    return acts(user) and user.is_superuser


def _has_any(user: User | None, relations: tuple[str, ...]) -> bool:
    """Whether one of these relations of the user leads somewhere. Asked many times a page, so what
    was found is kept on the user object.
    """
    if not acts(user):
        return False
    known = user.__dict__.setdefault("_reach_known", {})
    for name in () if user.is_superuser else relations:
        if name not in known:
            known[name] = getattr(user, name).exists()
        if known[name]:
            return True
    return user.is_superuser


def is_coordinator(user: User | None) -> bool:
    """Whether the user may edit something: an area or a project."""
    return _has_any(user, EDITED)


def coordinates_area(user: User | None) -> bool:
    """Whether the user coordinates a region or municipality, not only single projects."""
    return _has_any(user, AREAS)


def coordinates_region(user: User | None) -> bool:
    """Whether the user has a region, not only municipalities."""
    return _has_any(user, ("regions",))


def looks(user: User | None) -> bool:
    """Whether the admin has something to show to the user, to edit or only to view."""
    return _has_any(user, (*EDITED, *VIEWED))


def looks_at_area(user: User | None) -> bool:
    """Whether the admin shows the user a region or municipality."""
    return _has_any(user, (*AREAS, *VIEWED))


def looks_at_region(user: User | None) -> bool:
    """Whether the admin shows the user a region."""
    return _has_any(user, ("regions", "viewed_regions"))


def made_by_q(user: User, model: type) -> Q:
    """Rows of a model with history that the user added."""
    added = model.history.filter(history_type="+", history_user=user)
    return Q(pk__in=added.values("id"))


def _members(regions: QuerySet[Region]) -> QuerySet[Municipality]:
    return Municipality.objects.filter(regions__in=regions.values("pk"))


# --- municipalities ------------------------------------------------------------------------------


def municipality_in_reach_q(user: User) -> Q:
    """Municipalities of the user's own or of the user's regions."""
    if not acts(user):
        return NOBODY
    if user.is_superuser:
        return Q()
    return Q(pk__in=user.municipalities.values("pk")) | municipality_of_regions_q(user)


def municipality_of_regions_q(user: User) -> Q:
    """Municipalities of the user's regions: those to which a regional coordinator may invite."""
    if not acts(user):
        return NOBODY
    if user.is_superuser:
        return Q()
    return Q(pk__in=_members(user.regions).values("pk"))


def municipality_open_q(user: User) -> Q:
    """Municipalities that the admin shows."""
    if not acts(user) or user.is_superuser:
        return municipality_in_reach_q(user)
    viewed = Q(pk__in=user.viewed_municipalities.values("pk"))
    return (
        municipality_in_reach_q(user)
        | viewed
        | Q(pk__in=_members(user.viewed_regions).values("pk"))
    )


def can_change_municipality(user: User, municipality: Municipality) -> bool:
    """Whether the user may edit this municipality's own information."""
    return Municipality.objects.filter(municipality_in_reach_q(user), pk=municipality.pk).exists()


# --- regions, their groups and meetings ----------------------------------------------------------


def _of_regions_q(user: User, path: str, viewed: bool) -> Q:
    """Rows whose region, at the end of `path`, is one of the user's."""
    if not acts(user):
        return NOBODY
    if user.is_superuser:
        return Q()
    condition = Q(**{f"{path}__in": user.regions.values("pk")})
    if viewed:
        condition |= Q(**{f"{path}__in": user.viewed_regions.values("pk")})
    return condition


def region_in_reach_q(user: User) -> Q:
    """Regions the user coordinates."""
    return _of_regions_q(user, "pk", viewed=False)


def region_open_q(user: User) -> Q:
    """Regions that the admin shows."""
    return _of_regions_q(user, "pk", viewed=True)


def can_change_region(user: User, region: Region) -> bool:
    """Whether the user may edit this region's page."""
    return Region.objects.filter(region_in_reach_q(user), pk=region.pk).exists()


def steering_group_in_reach_q(user: User) -> Q:
    """Steering groups of regions in reach."""
    return _of_regions_q(user, "region", viewed=False)


def steering_group_open_q(user: User) -> Q:
    """Steering groups that the admin shows."""
    return _of_regions_q(user, "region", viewed=True)


def can_change_steering_group(user: User, group: SteeringGroup) -> bool:
    """Whether the user may edit this steering group."""
    return SteeringGroup.objects.filter(steering_group_in_reach_q(user), pk=group.pk).exists()


def seat_in_reach_q(user: User) -> Q:
    """Seats in the steering groups of regions in reach."""
    return _of_regions_q(user, "group__region", viewed=False)


def meeting_in_reach_q(user: User) -> Q:
    """Meetings of the steering groups in reach."""
    return _of_regions_q(user, "group__region", viewed=False)


def meeting_open_q(user: User) -> Q:
    """Meetings that the admin shows."""
    return _of_regions_q(user, "group__region", viewed=True)


def can_change_meeting(user: User, meeting: Meeting) -> bool:
    """Whether the user may edit this meeting."""
    return Meeting.objects.filter(meeting_in_reach_q(user), pk=meeting.pk).exists()


def seats_of(user: User | None) -> QuerySet[Membership]:
    """The seats in steering groups that the user holds today. An active account is enough."""
    if not (user and user.is_authenticated and user.is_active):
        return Membership.objects.none()
    return Membership.objects.current().filter(user=user.pk)


# --- organisations -------------------------------------------------------------------------------


def organisation_in_reach_q(user: User) -> Q:
    """Organisations that are a municipality in reach, or that the user added and nobody else uses:
    a name must not change on another town's page, nor on that of a joint project.
    """
    if not acts(user):
        return NOBODY
    if user.is_superuser:
        return Q()
    in_reach = Municipality.objects.filter(municipality_in_reach_q(user)).values("pk")
    used_elsewhere = Q()
    for relation in ("project_roles", "fundings"):
        field = Organisation._meta.get_field(relation)
        rows = field.related_model.objects.filter(**{field.field.name: OuterRef("pk")})
        used_elsewhere |= Exists(rows.exclude(_of_own_project_q(user, in_reach)))
    return Q(municipality__in=in_reach) | (made_by_q(user, Organisation) & ~used_elsewhere)


def _of_own_project_q(user: User, places: QuerySet) -> Q:
    """Rows of projects of which the user edits the whole: what `project_in_reach_q` says, told
    from below."""
    taking_part = Municipality._meta.get_field("participations").related_model.objects.filter(
        project=OuterRef("project")
    )
    alone = Exists(taking_part.filter(municipality__in=places)) & ~Exists(
        taking_part.exclude(municipality__in=places)
    )
    return (
        Q(alone)
        | Q(Exists(taking_part.filter(municipality__in=_members(user.regions).values("pk"))))
        | Q(project__regions__in=user.regions.values("pk"))
        | Q(project__in=user.projects.values("pk"))
    )


def organisation_open_q(user: User) -> Q:
    """Organisations that the admin shows."""
    if not acts(user) or user.is_superuser:
        return organisation_in_reach_q(user)
    shown = Municipality.objects.filter(municipality_open_q(user)).values("pk")
    return organisation_in_reach_q(user) | Q(municipality__in=shown)


def can_change_organisation(user: User, organisation: Organisation) -> bool:
    """Whether the user may edit this organisation."""
    return Organisation.objects.filter(organisation_in_reach_q(user), pk=organisation.pk).exists()
