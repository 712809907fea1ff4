"""Who may edit which project, contact, goal or practice, and read which meeting pack: predicate and
Q side by side.

Reach over areas, on which these stand, is defined in `municipalities.permissions`.
"""

from django.db.models import Exists, OuterRef, Q

from climateportal.publishing import PublicationState, published_q
from municipalities.models import Meeting, Membership, Municipality
from municipalities.permissions import (
    NOBODY,
    User,
    acts,
    can_change_meeting,
    can_change_municipality,
    can_change_region,
    is_administrator,
    made_by_q,
    meeting_in_reach_q,
    municipality_in_reach_q,
    region_in_reach_q,
)
from projects.models import (
    Contact,
    Expense,
    FrozenPack,
    Goal,
    GoodPractice,
    Participation,
    Project,
    ProjectContact,
    RegionCoordinator,
)
from projects.models.contact import valid_q

__all__ = [
    "can_change_contact",
    "can_change_expense",
    "can_change_goal",
    "can_change_meeting",
    "can_change_municipality",
    "can_change_practice",
    "can_change_project",
    "can_change_region",
    "can_delete_meeting",
    "can_delete_project",
    "can_read_pack",
    "contact_in_reach_q",
    "contact_pickable_q",
    "expense_in_reach_q",
    "goal_in_reach_q",
    "meeting_in_reach_q",
    "municipality_in_reach_q",
    "pack_readable_q",
    "practice_in_reach_q",
    "project_in_reach_q",
    "project_pickable_q",
    "region_in_reach_q",
]


def project_in_reach_q(user: User) -> Q:
    """Projects in which a municipality in reach takes part, or that belong to a region in reach."""
    if not acts(user):
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


def can_change_project(user: User, project: Project) -> bool:
    """Whether the user may edit this project."""
    return Project.objects.filter(project_in_reach_q(user), pk=project.pk).exists()


def can_delete_project(user: User, project: Project) -> bool:
    """Whether the user may delete this project.

    A published project is on other towns' pages and in bookmarks: only a portal administrator
    deletes it. A coordinator cancels it, or makes it a draft first.
    """
    if acts(user) and user.is_superuser:
        return True
    return project.publication == PublicationState.DRAFT and can_change_project(user, project)


def project_pickable_q(user: User) -> Q:
    """Projects an editor may point to: public ones and those in reach."""
    if not acts(user):
        return NOBODY
    if user.is_superuser:
        return Q()
    return published_q() | project_in_reach_q(user)


def _projects_in_reach(user: User) -> Q:
    return Project.objects.filter(project_in_reach_q(user)).values("pk")


def contact_in_reach_q(user: User) -> Q:
    """Contacts the user may edit.

    Those of organisations that are a municipality in reach; and those the user added or lists on
    projects or regions in reach, as long as nobody outside that reach lists them too: putting
    somebody else's contact on one's own project is no right to rewrite it.
    """
    if not acts(user):
        return NOBODY
    if user.is_superuser:
        return Q()
    municipalities = Municipality.objects.filter(municipality_in_reach_q(user)).values("pk")
    projects, regions = _projects_in_reach(user), user.regions.values("pk")
    listed = ProjectContact.objects.filter(contact=OuterRef("pk"))
    own = Participation.objects.filter(contact=OuterRef("pk"))
    coordinates = RegionCoordinator.objects.filter(contact=OuterRef("pk"))
    mine = (
        Q(Exists(listed.filter(project__in=projects)))
        | Q(Exists(own.filter(project__in=projects)))
        | Q(Exists(coordinates.filter(region__in=regions)))
        | made_by_q(user, Contact)
    )
    others = (
        Q(Exists(listed.exclude(project__in=projects)))
        | Q(Exists(own.exclude(project__in=projects)))
        | Q(Exists(coordinates.exclude(region__in=regions)))
    )
    return Q(organisation__municipality__in=municipalities) | (mine & ~others)


def can_change_contact(user: User, contact: Contact) -> bool:
    """Whether the user may edit this contact."""
    return Contact.objects.filter(contact_in_reach_q(user), pk=contact.pk).exists()


def contact_pickable_q(user: User) -> Q:
    """Contacts an editor may list: those in reach, those listed on projects and regions in reach,
    and those that any visitor already sees on a published project or a region."""
    if not acts(user):
        return NOBODY
    if user.is_superuser:
        return Q()
    listed = ProjectContact.objects.filter(contact=OuterRef("pk"))
    own = Participation.objects.filter(contact=OuterRef("pk"))
    projects = _projects_in_reach(user)
    public = valid_q() & (
        Q(Exists(listed.filter(published_q("project__"))))
        | Q(Exists(RegionCoordinator.objects.filter(contact=OuterRef("pk"))))
    )
    used = Q(Exists(listed.filter(project__in=projects))) | Q(
        Exists(own.filter(project__in=projects))
    )
    return contact_in_reach_q(user) | public | used


def goal_in_reach_q(user: User) -> Q:
    """Goals of projects, municipalities and regions in reach."""
    if not acts(user):
        return NOBODY
    if user.is_superuser:
        return Q()
    return (
        Q(project__in=_projects_in_reach(user))
        | Q(municipality__in=Municipality.objects.filter(municipality_in_reach_q(user)))
        | Q(region__in=user.regions.values("pk"))
    )


def can_change_goal(user: User, goal: Goal) -> bool:
    """Whether the user may edit this goal."""
    return Goal.objects.filter(goal_in_reach_q(user), pk=goal.pk).exists()


def expense_in_reach_q(user: User) -> Q:
    """Expenses of projects in reach."""
    if not acts(user):
        return NOBODY
    if user.is_superuser:
        return Q()
    return Q(project__in=_projects_in_reach(user))


def can_change_expense(user: User, expense: Expense) -> bool:
    """Whether the user may edit this expense."""
    return Expense.objects.filter(expense_in_reach_q(user), pk=expense.pk).exists()


def practice_in_reach_q(user: User) -> Q:
    """Good practices that came from a project in reach, or that the user wrote."""
    if not acts(user):
        return NOBODY
    if user.is_superuser:
        return Q()
    return Q(project__in=_projects_in_reach(user)) | made_by_q(user, GoodPractice)


def can_change_practice(user: User, practice: GoodPractice) -> bool:
    """Whether the user may edit this good practice."""
    return GoodPractice.objects.filter(practice_in_reach_q(user), pk=practice.pk).exists()


def pack_readable_q(user: User) -> Q:
    """Meetings whose pack the user may read: public ones, those in reach, and those of groups in
    which the user holds a seat. A seat needs an active account, but no right to edit anything.
    """
    if is_administrator(user):
        return Q()  # combined with another condition, "everything" would be lost
    readable = published_q() | meeting_in_reach_q(user)
    if user and user.is_authenticated and user.is_active:
        seats = Membership.objects.current().filter(group=OuterRef("group"), user=user.pk)
        readable |= Q(Exists(seats))
    return readable


def can_read_pack(user: User, meeting: Meeting) -> bool:
    """Whether the user may read the pack of this meeting without a link."""
    return Meeting.objects.filter(pack_readable_q(user), pk=meeting.pk).exists()


def can_delete_meeting(user: User, meeting: Meeting) -> bool:
    """Whether the user may delete this meeting: nobody after its pack was frozen, and once it is
    published only a portal administrator, because others link to it.
    """
    if FrozenPack.objects.filter(meeting=meeting.pk).exists():
        return False
    draft = meeting.publication == PublicationState.DRAFT
    return is_administrator(user) or (draft and can_change_meeting(user, meeting))
