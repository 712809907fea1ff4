"""Who may edit which project, contact, goal or practice, and read which meeting pack: predicate and
Q side by side.

`x_in_reach_q` are the rows a user may edit, `x_open_q` those the admin shows, `x_readable_q` those
read on the public side although they are not public. A project in reach is edited as a whole; of a
joint project a municipal coordinator edits a part (`project_part_q`): the rows of the own
municipality. Reach over areas, on which these stand, is defined in `municipalities.permissions`.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from climateportal.keyrows import KeyRows
from climateportal.publishing import PublicationState, published_q
from municipalities.models import Meeting, Municipality, Region, SteeringGroup
from municipalities.permissions import (
    NOBODY,
    User,
    acts,
    can_change_meeting,
    is_administrator,
    made_by_q,
    meeting_open_q,
    municipality_in_reach_q,
    municipality_open_q,
    region_open_q,
    seats_of,
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
    Task,
)
from projects.models.contact import valid_q

# --- projects ------------------------------------------------------------------------------------


# Conditions name the keys of what is in reach as a set that stands by itself: a database reads such
# a set once for a list. One that asks about the row at hand is worked out for each of ten thousand.


def _own_places(user: User) -> QuerySet[Municipality]:
    return Municipality.objects.filter(municipality_in_reach_q(user)).values("pk")


def _taking_part_q(places: QuerySet) -> Q:
    taking_part = Participation.objects.filter(municipality__in=places)
    return Q(pk__in=taking_part.order_by().values("project"))


def _of_regions_q(regions: QuerySet) -> Q:
    """Projects in which a member of one of these regions takes part, or that belong to one."""
    members = Municipality.objects.filter(regions__in=regions).values("pk")
    belonging = Project.regions.through.objects.filter(region__in=regions)
    return _taking_part_q(members) | Q(pk__in=belonging.values("project"))


def project_of_area_q(user: User) -> Q:
    """Projects of the user's own area: those of a region in reach, joint ones with others too, and
    those in which only municipalities in reach take part.
    """
    if not acts(user):
        return NOBODY
    if user.is_superuser:
        return Q()
    own = user.municipalities.order_by().values("pk")  # those of the regions count with the regions
    here = Participation.objects.filter(municipality__in=own).order_by().values("project")
    joint = Participation.objects.filter(project__in=here).exclude(municipality__in=own)
    alone = Q(pk__in=here) & ~Q(pk__in=joint.order_by().values("project"))
    return _of_regions_q(user.regions.values("pk")) | alone


def can_change_owners(user: User, project: Project) -> bool:
    """Whether the user may say which municipalities and regions the project belongs to: that
    decides who may edit it.
    """
    return Project.objects.filter(project_of_area_q(user), pk=project.pk).exists()


def project_of_regions_q(user: User) -> Q:
    """Projects of the user's regions: those to which a regional coordinator may invite."""
    if not acts(user):
        return NOBODY
    return Q() if user.is_superuser else _of_regions_q(user.regions.values("pk"))


def project_in_reach_q(user: User) -> Q:
    """Projects that the user may edit as a whole: those of the own area, and single ones."""
    if not acts(user):
        return NOBODY
    if user.is_superuser:
        return Q()
    return project_of_area_q(user) | Q(pk__in=user.projects.values("pk"))


def can_change_project(user: User, project: Project) -> bool:
    """Whether the user may edit the whole of this project."""
    return Project.objects.filter(project_in_reach_q(user), pk=project.pk).exists()


def project_part_q(user: User) -> Q:
    """Joint projects of which the user may edit the own municipality's part, and no more."""
    if not acts(user) or user.is_superuser:
        return NOBODY
    return _taking_part_q(_own_places(user)) & ~project_in_reach_q(user)


def can_change_part(user: User, project: Project) -> bool:
    """Whether the user may edit a part of this joint project, and no more."""
    return Project.objects.filter(project_part_q(user), pk=project.pk).exists()


def project_open_q(user: User) -> Q:
    """Projects that the admin shows: to edit, to edit a part of, or only to view."""
    if not acts(user):
        return NOBODY
    if user.is_superuser:
        return Q()
    shown = Municipality.objects.filter(municipality_open_q(user)).values("pk")
    return (
        _taking_part_q(shown)
        | project_in_reach_q(user)
        | _of_regions_q(user.viewed_regions.values("pk"))
    )


def can_open_project(user: User, project: Project) -> bool:
    """Whether the admin shows this project to the user."""
    return Project.objects.filter(project_open_q(user), pk=project.pk).exists()


def project_readable_q(user: User) -> Q:
    """Projects that the user may read on the public side although they are drafts: those that the
    admin shows, and those of regions in whose steering groups the user has a seat.
    """
    if is_administrator(user):
        return Q()
    regions = Region.objects.filter(steering_groups__memberships__in=seats_of(user).values("pk"))
    return project_open_q(user) | _of_regions_q(regions.values("pk"))


def can_read_project(user: User, project: Project) -> bool:
    """Whether the user may read this project's page although it is a draft."""
    return Project.objects.filter(project_readable_q(user), pk=project.pk).exists()


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
    return published_q() | project_open_q(user)


def _projects_in_reach(user: User) -> KeyRows:
    return KeyRows(Project.objects.filter(project_in_reach_q(user)).values_list("pk", flat=True))


def _own_rows_q(user: User) -> Q:
    """Rows of projects in reach, and in a joint project those of the user's own municipality."""
    taking_part = Participation.objects.filter(
        project=OuterRef("project"), municipality=OuterRef("municipality")
    )
    own = Q(municipality__in=_own_places(user)) & Q(Exists(taking_part))
    return Q(project__in=_projects_in_reach(user)) | own


def _rows_in_reach_q(user: User) -> Q:
    if not acts(user):
        return NOBODY
    return Q() if user.is_superuser else _own_rows_q(user)


def participation_in_reach_q(user: User) -> Q:
    """Participations that the user may edit: in a joint project only the own municipality's."""
    return _rows_in_reach_q(user)


def can_change_participation(user: User, participation: Participation) -> bool:
    """Whether the user may edit what is told of this municipality in this project."""
    found = Participation.objects.filter(participation_in_reach_q(user), pk=participation.pk)
    return found.exists()


def task_in_reach_q(user: User) -> Q:
    """Tasks that the user may edit: in a joint project only the own municipality's."""
    return _rows_in_reach_q(user)


def can_change_task(user: User, task: Task) -> bool:
    """Whether the user may edit this task."""
    return Task.objects.filter(task_in_reach_q(user), pk=task.pk).exists()


def expense_in_reach_q(user: User) -> Q:
    """Expenses that the user may edit: in a joint project only the own municipality's."""
    return _rows_in_reach_q(user)


def can_change_expense(user: User, expense: Expense) -> bool:
    """Whether the user may edit this expense."""
    return Expense.objects.filter(expense_in_reach_q(user), pk=expense.pk).exists()


def _of_open_projects_q(user: User) -> Q:
    found = Project.objects.filter(project_open_q(user)).values_list("pk", flat=True)
    return Q(project__in=KeyRows(found))


def expense_open_q(user: User) -> Q:
    """Expenses that the admin shows: those of the projects that it shows."""
    return Q() if is_administrator(user) else _of_open_projects_q(user)


# --- people --------------------------------------------------------------------------------------


def _listed_q(rows: QuerySet) -> Q:
    """Contacts that these rows name."""
    return Q(pk__in=rows.filter(contact__isnull=False).order_by().values("contact"))


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
    municipalities = _own_places(user)
    projects, regions = _projects_in_reach(user), user.regions.values("pk")
    own_part = Q(project__in=projects) | Q(municipality__in=municipalities)
    mine = (
        _listed_q(ProjectContact.objects.filter(project__in=projects))
        | _listed_q(Participation.objects.filter(own_part))
        | _listed_q(RegionCoordinator.objects.filter(region__in=regions))
        | made_by_q(user, Contact)
    )
    others = (
        _listed_q(ProjectContact.objects.exclude(project__in=projects))
        | _listed_q(Participation.objects.exclude(own_part))
        | _listed_q(RegionCoordinator.objects.exclude(region__in=regions))
    )
    return Q(organisation__municipality__in=municipalities) | (mine & ~others)


def contact_open_q(user: User) -> Q:
    """Contacts that the admin shows: those in reach, and those listed on what the user views."""
    if not acts(user):
        return NOBODY
    if user.is_superuser:
        return Q()
    shown = _of_open_projects_q(user)
    regions = Region.objects.filter(region_open_q(user)).values("pk")
    return (
        contact_in_reach_q(user)
        | _listed_q(ProjectContact.objects.filter(shown))
        | _listed_q(Participation.objects.filter(shown))
        | _listed_q(RegionCoordinator.objects.filter(region__in=regions))
    )


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
    public = valid_q() & (
        _listed_q(ProjectContact.objects.filter(published_q("project__")))
        | _listed_q(RegionCoordinator.objects.all())
    )
    shown = _of_open_projects_q(user)
    used = _listed_q(ProjectContact.objects.filter(shown)) | _listed_q(
        Participation.objects.filter(shown)
    )
    return contact_in_reach_q(user) | public | used


# --- goals, practices, packs ---------------------------------------------------------------------


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


def goal_open_q(user: User) -> Q:
    """Goals that the admin shows."""
    if not acts(user):
        return NOBODY
    if user.is_superuser:
        return Q()
    return (
        _of_open_projects_q(user)
        | Q(municipality__in=Municipality.objects.filter(municipality_open_q(user)))
        | Q(region__in=Region.objects.filter(region_open_q(user)))
    )


def can_change_goal(user: User, goal: Goal) -> bool:
    """Whether the user may edit this goal."""
    return Goal.objects.filter(goal_in_reach_q(user), pk=goal.pk).exists()


def practice_in_reach_q(user: User) -> Q:
    """Good practices that came from a project in reach, or that the user wrote."""
    if not acts(user):
        return NOBODY
    if user.is_superuser:
        return Q()
    return Q(project__in=_projects_in_reach(user)) | made_by_q(user, GoodPractice)


def practice_open_q(user: User) -> Q:
    """Good practices that the admin shows."""
    if not acts(user) or user.is_superuser:
        return practice_in_reach_q(user)
    return _of_open_projects_q(user) | practice_in_reach_q(user)


def can_change_practice(user: User, practice: GoodPractice) -> bool:
    """Whether the user may edit this good practice."""
    return GoodPractice.objects.filter(practice_in_reach_q(user), pk=practice.pk).exists()


def pack_readable_q(user: User) -> Q:
    """Meetings whose pack the user may read: public ones, those that the admin shows, and those of
    groups in which the user holds a seat. A seat needs an active account, but no right to edit.
    """
    if is_administrator(user):
        return Q()  # combined with another condition, "everything" would be lost
    seats = seats_of(user).filter(group=OuterRef("group"))
    return published_q() | meeting_open_q(user) | Q(Exists(seats))


def can_read_pack(user: User, meeting: Meeting) -> bool:
    """Whether the user may read the pack of this meeting without a link."""
    return Meeting.objects.filter(pack_readable_q(user), pk=meeting.pk).exists()


def can_read_all_packs(user: User, region: Region) -> bool:
    """Whether the user may read the packs of all meetings in this region, drafts too."""
    if Region.objects.filter(region_open_q(user), pk=region.pk).exists():
        return True
    groups = SteeringGroup.objects.filter(region=region)
    return groups.exists() and not groups.exclude(memberships__in=seats_of(user)).exists()


def can_delete_meeting(user: User, meeting: Meeting) -> bool:
    """Whether the user may delete this meeting: nobody after its pack was frozen, and once it is
    published only a portal administrator, because others link to it.
    """
    if FrozenPack.objects.filter(meeting=meeting.pk).exists():
        return False
    draft = meeting.publication == PublicationState.DRAFT
    return is_administrator(user) or (draft and can_change_meeting(user, meeting))
