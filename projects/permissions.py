"""Who may do what: for each right a predicate for one object and a Q for lists, side by side.

Being logged in is not a right. A portal administrator (superuser) may do everything; another
editor may act on what lies in their reach: their municipalities, and the members of their regions.
"""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q

from municipalities.models import Municipality, Region
from projects.models import Participation, Project

NOBODY = Q(pk__in=[])


def _acts(user: AnonymousUser | object | None) -> bool:
    return bool(user and user.is_authenticated and user.is_active and user.is_staff)


def municipality_in_reach_q(user: object) -> Q:
    """Municipalities of the user's own or of the user's regions."""
    if not _acts(user):
        return NOBODY
    if user.is_superuser:
        return Q()
    return Q(pk__in=user.municipalities.values("pk")) | Q(
        pk__in=Municipality.objects.filter(regions__in=user.regions.values("pk")).values("pk")
    )


def can_change_municipality(user: object, municipality: Municipality) -> bool:
    """Whether the user may edit this municipality's own information."""
    return (
        _acts(user)
        and Municipality.objects.filter(municipality_in_reach_q(user), pk=municipality.pk).exists()
    )


def region_in_reach_q(user: object) -> Q:
    """Regions the user coordinates."""
    if not _acts(user):
        return NOBODY
    if user.is_superuser:
        return Q()
    return Q(pk__in=user.regions.values("pk"))


def can_change_region(user: object, region: Region) -> bool:
    """Whether the user may edit this region's page."""
    return _acts(user) and Region.objects.filter(region_in_reach_q(user), pk=region.pk).exists()


def project_in_reach_q(user: object) -> Q:
    """Projects in which a municipality in reach takes part, or that belong to a region in reach."""
    if not _acts(user):
        return NOBODY
    if user.is_superuser:
        return Q()
    in_reach = Municipality.objects.filter(municipality_in_reach_q(user))
    return Q(
        Exists(
            Participation.objects.filter(
                project=OuterRef("pk"), municipality__in=in_reach.values("pk")
            )
        )
    ) | Q(
        Exists(
            Project.regions.through.objects.filter(
                project=OuterRef("pk"), region__in=user.regions.values("pk")
            )
        )
    )


def can_change_project(user: object, project: Project) -> bool:
    """Whether the user may edit this project."""
    return _acts(user) and Project.objects.filter(project_in_reach_q(user), pk=project.pk).exists()
