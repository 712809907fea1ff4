"""Every database constraint of ours, and an attempt to break each one past all forms."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from climateportal.models import Invitation, Notice, OldSlug, Page, User
from municipalities.enums import EmissionMethod, EmissionSector, OrganisationKind, RegionKind
from municipalities.models import (
    Attendance,
    ClimateTarget,
    Emission,
    Meeting,
    Membership,
    Municipality,
    RegionMember,
    SteeringGroup,
)
from projects.models import (
    Adoption,
    Contact,
    GoalBaseline,
    Material,
    Measurement,
    PackLink,
    Participation,
    Project,
    ProjectContact,
    ProjectDraft,
    ProjectOrganisation,
    RegionCoordinator,
    SourceRecord,
    Task,
    WorkPackage,
)
from tests.factories import (
    BrokenLinkFactory,
    ContactFactory,
    DecisionFactory,
    EventFactory,
    ExpenseFactory,
    FeedbackFactory,
    FundingFactory,
    GoalFactory,
    GoodPracticeFactory,
    MeetingFactory,
    MembershipFactory,
    MunicipalityFactory,
    OrganisationFactory,
    ProjectFactory,
    RegionFactory,
    SteeringGroupFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 1)
BEFORE = DAY - timedelta(days=1)
NOW = timezone.now()


def twice(model: type[models.Model], **values: Any) -> None:
    model.objects.create(**values)
    model.objects.create(**values)


def invitation(**values: Any) -> None:
    Invitation.objects.create(
        **{"email": "x@example.fi", "token_hash": "x", "expires_at": timezone.now(), **values}
    )


def emission(**area: Any) -> dict[str, Any]:
    return {
        "year": 2020, "sector": EmissionSector.TOTAL, "kilotonnes": 1,
        "method": EmissionMethod.HINKU, "source": "s", "retrieved_on": DAY, **area,
    }  # fmt: skip


def group() -> SteeringGroup:
    return SteeringGroup.objects.create(region=RegionFactory(), name_fi="Ryhmä")


def target(**values: Any) -> ClimateTarget:
    place = {"municipality": MunicipalityFactory()} if "region" not in values else {}
    return ClimateTarget.objects.create(
        **{"kind": "reduction", "target_year": 2030, **place, **values}
    )


def oldslug_twice() -> None:
    from django.contrib.contenttypes.models import ContentType

    content_type = ContentType.objects.get_for_model(Project)
    for number in (1, 2):
        OldSlug.objects.create(content_type=content_type, object_id=number, slug="a")


BREAK: dict[str, Callable[[], Any]] = {
    "climateportal_user_email_unique": lambda: [
        User.objects.create(email="a@example.fi"), User.objects.create(email="A@example.fi"),
    ],
    "climateportal_page_published_has_moment": lambda: Page.objects.create(
        slug="s", title_fi="t", publication="published"
    ),
    "climateportal_notice_ends_after_start": lambda: Notice.objects.create(
        text_fi="t", ends_at=timezone.now() - timedelta(days=1)
    ),
    "climateportal_oldslug_unique": oldslug_twice,
    "municipality_ended_has_successor": lambda: MunicipalityFactory(valid_until=DAY),
    "municipality_not_its_own_successor": lambda: Municipality.objects.filter(
        pk=MunicipalityFactory().pk
    ).update(successor=models.F("pk"), valid_until=DAY),
    "municipality_population_has_year": lambda: MunicipalityFactory(population_year=None),
    "region_code_unique_within_kind": lambda: [
        RegionFactory(kind=RegionKind.COUNTY, code="06"),
        RegionFactory(kind=RegionKind.COUNTY, code="06"),
    ],
    "region_official_has_code": lambda: RegionFactory(kind=RegionKind.COUNTY, code=""),
    "region_not_its_own_parent": lambda: type(region := RegionFactory()).objects.filter(
        pk=region.pk
    ).update(parent=models.F("pk")),
    "regionmember_once": lambda: twice(
        RegionMember, region=RegionFactory(), municipality=MunicipalityFactory()
    ),
    "organisation_name_unique": lambda: [
        OrganisationFactory(name_fi="Sama"), OrganisationFactory(name_fi="Sama"),
    ],
    "organisation_municipality_has_kind": lambda: OrganisationFactory(
        municipality=MunicipalityFactory(), kind=OrganisationKind.COMPANY
    ),
    "climatetarget_one_owner": lambda: target(region=RegionFactory(),
                                              municipality=MunicipalityFactory()),
    "climatetarget_reduction_is_percentage": lambda: target(reduction_percent=101),
    "climatetarget_base_before_target": lambda: target(base_year=2030),
    "emission_one_area": lambda: Emission.objects.create(**emission()),
    "emission_unique_municipality": lambda: twice(
        Emission, **emission(municipality=MunicipalityFactory())
    ),
    "emission_unique_region": lambda: twice(Emission, **emission(region=RegionFactory())),
    "membership_one_chair": lambda: twice(
        Membership, group=group(), organisation=OrganisationFactory(), is_chair=True
    ),
    "meeting_one_per_day": lambda: twice(Meeting, group=group(), date=DAY),
    "municipalities_meeting_published_has_moment": lambda: MeetingFactory(publication="published"),
    "steeringgroup_ends_after_start": lambda: SteeringGroupFactory(since=DAY, until=BEFORE),
    "attendance_once": lambda: twice(
        Attendance, meeting=MeetingFactory(), membership=MembershipFactory()
    ),
    "attendance_state_known": lambda: Attendance.objects.create(
        meeting=MeetingFactory(), membership=MembershipFactory(), state="asleep"
    ),
    "decision_outcome_known": lambda: DecisionFactory(outcome="forgotten"),
    "packlink_expires_after_it_is_made": lambda: PackLink.objects.create(
        meeting=MeetingFactory(), expires_at=timezone.now() - timedelta(days=1)
    ),
    "projects_project_published_has_moment": lambda: ProjectFactory(published_at=None),
    "projects_goodpractice_published_has_moment": lambda: GoodPracticeFactory(published_at=None),
    "project_ends_after_start": lambda: ProjectFactory(start_date=DAY, end_date=BEFORE),
    "project_ongoing_has_no_end": lambda: ProjectFactory(is_ongoing=True, end_date=DAY),
    "project_completed_on_only_when_completed": lambda: ProjectFactory(completed_on=DAY),
    "project_archived_only_when_over": lambda: ProjectFactory(archived_on=DAY),
    "projectdraft_asked_or_returned": lambda: ProjectDraft.objects.create(
        project=ProjectFactory(), asked_at=NOW, returned_at=NOW, return_note="x"
    ),
    "projectdraft_held_was_scheduled": lambda: ProjectDraft.objects.create(
        project=ProjectFactory(), held_at=NOW
    ),
    "projectdraft_scheduled_has_form": lambda: ProjectDraft.objects.create(
        project=ProjectFactory(), publish_at=NOW
    ),
    "projectdraft_returned_with_note": lambda: ProjectDraft.objects.create(
        project=ProjectFactory(), returned_at=NOW
    ),
    "project_budget_not_negative": lambda: ProjectFactory(budget=-1),
    "project_cost_visibility_known": lambda: ProjectFactory(cost_visibility="some"),
    "project_cost_sharing_known": lambda: ProjectFactory(cost_sharing="by dice"),
    "project_stage_known": lambda: Project.objects.filter(pk=ProjectFactory().pk).update(
        stage="dreaming"
    ),
    "project_activity_known": lambda: Project.objects.filter(pk=ProjectFactory().pk).update(
        activity="lazy"
    ),
    "project_image_focus_known": lambda: ProjectFactory(image_focus="left"),
    "contact_photo_focus_known": lambda: ContactFactory(photo_focus="nose"),
    "brokenlink_once": lambda: [
        BrokenLinkFactory(address="https://example.fi/") for _ in range(2)
    ],
    "brokenlink_problem_known": lambda: BrokenLinkFactory(problem="bored"),
    "brokenlink_one_owner": lambda: BrokenLinkFactory(
        project=ProjectFactory(), municipality=MunicipalityFactory()
    ),
    "brokenlink_checked_since_it_broke": lambda: BrokenLinkFactory(
        checked_at=timezone.now() - timedelta(days=1)
    ),
    "participation_once": lambda: twice(
        Participation, project=ProjectFactory(), municipality=MunicipalityFactory()
    ),
    "participation_share_is_percentage": lambda: Participation.objects.create(
        project=ProjectFactory(), municipality=MunicipalityFactory(), cost_share_percent=100.01
    ),
    "participation_share_not_negative": lambda: Participation.objects.create(
        project=ProjectFactory(), municipality=MunicipalityFactory(), cost_share_amount=-1
    ),
    "participation_one_share": lambda: Participation.objects.create(
        project=ProjectFactory(), municipality=MunicipalityFactory(),
        cost_share_amount=1, cost_share_percent=1,
    ),
    "participation_stage_known": lambda: Participation.objects.create(
        project=ProjectFactory(), municipality=MunicipalityFactory(), stage="dreaming"
    ),
    "projectorganisation_once": lambda: twice(
        ProjectOrganisation, project=ProjectFactory(), organisation=OrganisationFactory()
    ),
    "workpackage_ends_after_start": lambda: WorkPackage.objects.create(
        project=ProjectFactory(), title_fi="t", start_date=DAY, end_date=BEFORE
    ),
    "goal_one_owner": lambda: GoalFactory(municipality=MunicipalityFactory()),
    "goal_state_known": lambda: GoalFactory(state="dreamt"),
    "goal_starts_before_target": lambda: GoalFactory(base_date=DAY, target_date=DAY),
    "goalbaseline_once": lambda: twice(
        GoalBaseline, goal=GoalFactory(), municipality=MunicipalityFactory()
    ),
    "goalbaseline_starts_before_target": lambda: GoalBaseline.objects.create(
        goal=GoalFactory(), municipality=MunicipalityFactory(), base_date=DAY, target_date=BEFORE
    ),
    "measurement_one_per_day_municipality": lambda: twice(
        Measurement, goal=GoalFactory(), municipality=MunicipalityFactory(), date=DAY, value=1
    ),
    "measurement_one_per_day_whole": lambda: twice(
        Measurement, goal=GoalFactory(), date=DAY, value=1
    ),
    "task_done_has_date": lambda: Task.objects.create(
        project=ProjectFactory(), title_fi="t", state="done"
    ),
    "task_state_known": lambda: Task.objects.create(
        project=ProjectFactory(), title_fi="t", state="dreamt"
    ),
    "projectcontact_once": lambda: twice(
        ProjectContact, project=ProjectFactory(), contact=ContactFactory()
    ),
    "projectcontact_one_primary": lambda: [
        ProjectContact.objects.create(project=project, contact=contact, is_primary=True)
        for project in [ProjectFactory()]
        for contact in (ContactFactory(), ContactFactory())
    ],
    "regioncoordinator_once": lambda: twice(
        RegionCoordinator, region=RegionFactory(), contact=ContactFactory()
    ),
    "funding_amount_not_negative": lambda: FundingFactory(amount=-1),
    "funding_share_is_percentage": lambda: FundingFactory(share_percent=-1),
    "expense_amount_not_negative": lambda: ExpenseFactory(amount=-1),
    "expense_category_known": lambda: ExpenseFactory(category="bribes"),
    "expense_state_known": lambda: ExpenseFactory(state="lost"),
    "material_file_or_link": lambda: Material.objects.create(
        project=ProjectFactory(), title_fi="t"
    ),
    "event_ends_after_start": lambda: EventFactory(
        starts_at=timezone.now(), ends_at=timezone.now() - timedelta(days=1)
    ),
    "goodpractice_resources_one_to_three": lambda: GoodPracticeFactory(resources=4),
    "sourcerecord_once": lambda: twice(
        SourceRecord, source="k", kind="action", identifier="1", object_id=1,
        content_type=ContentType.objects.get_for_model(Project),
    ),
    "invitation_role_known": lambda: invitation(role="odd"),
    "invitation_accepted_or_revoked": lambda: invitation(
        accepted_at=timezone.now(), revoked_at=timezone.now()
    ),
    "feedback_kind_known": lambda: FeedbackFactory(kind="praise"),
    "feedback_state_known": lambda: FeedbackFactory(state="lost", answered_at=timezone.now()),
    "feedback_went_to_known": lambda: FeedbackFactory(went_to="nobody"),
    "feedback_says_something": lambda: FeedbackFactory(message=""),
    "feedback_about_one": lambda: FeedbackFactory(
        project=ProjectFactory(), region=RegionFactory()
    ),
    "feedback_open_until_its_moment": lambda: FeedbackFactory(answered_at=timezone.now()),
    "feedback_answered_to_somebody": lambda: FeedbackFactory(
        state="answered", answered_at=timezone.now(), answer="Toukokuussa.", email=""
    ),
    "adoption_once": lambda: twice(
        Adoption, practice=GoodPracticeFactory(), municipality=MunicipalityFactory()
    ),
}  # fmt: skip


def our_constraints() -> dict[str, models.BaseConstraint]:
    found = {}
    for label in ("climateportal", "municipalities", "projects"):
        for model in apps.get_app_config(label).get_models():
            if not model.__name__.startswith("Historical"):
                found.update(
                    {constraint.name: constraint for constraint in model._meta.constraints}
                )
    return found


@pytest.mark.parametrize("name", BREAK)
def test_the_database_refuses(name: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        BREAK[name]()


def test_every_constraint_has_an_attempt_to_break_it() -> None:
    assert set(our_constraints()) == set(BREAK)


def test_the_other_half_of_a_done_task() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.create(project=ProjectFactory(), title_fi="t", completed_at=DAY)


@pytest.mark.parametrize(
    "values",
    [
        {"state": "handled"},  # closed without its moment
        {"state": "answered", "answered_at": timezone.now()},  # without an answer
    ],
)
def test_the_other_halves_of_answered_feedback(values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        FeedbackFactory(**values)


@pytest.mark.parametrize("second", ["municipality", "region"])
def test_feedback_is_about_one_of_any_two(second: str) -> None:
    others = {"municipality": MunicipalityFactory, "region": RegionFactory}
    first = {"municipality": "region", "region": "municipality"}[second]
    for pair in (("project", second), (first, second)):
        values = {name: {**others, "project": ProjectFactory}[name]() for name in pair}
        with pytest.raises(IntegrityError), transaction.atomic():
            FeedbackFactory(**values)


def test_a_material_cannot_have_both_file_and_link() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Material.objects.create(
            project=ProjectFactory(), title_fi="t", url="https://example.fi", file="a.pdf"
        )


@pytest.mark.parametrize("model", [Project, Municipality, RegionFactory._meta.model, Page])
def test_slugs_are_unique(model: type[models.Model]) -> None:
    assert model._meta.get_field("slug").unique


def test_constraints_speak_to_people() -> None:
    """Those a form can meet have a message that says what to do; the rest guard code paths."""
    silent = {
        name
        for name, constraint in our_constraints().items()
        if constraint.violation_error_message == constraint.default_violation_error_message
    }
    code_only = {
        "brokenlink_checked_since_it_broke", "brokenlink_once", "brokenlink_one_owner",
        "brokenlink_problem_known", "climateportal_oldslug_unique", "emission_one_area",
        "emission_unique_municipality", "emission_unique_region", "project_cost_visibility_known",
        "project_cost_sharing_known", "expense_category_known", "expense_state_known",
        "contact_photo_focus_known", "project_image_focus_known", "project_stage_known",
        "project_activity_known", "projectdraft_asked_or_returned",
        "projectdraft_held_was_scheduled", "projectdraft_scheduled_has_form",
        "projectdraft_returned_with_note", "participation_stage_known", "attendance_state_known",
        "decision_outcome_known", "goal_state_known", "feedback_about_one",
        "feedback_answered_to_somebody", "feedback_kind_known", "feedback_open_until_its_moment",
        "feedback_says_something", "feedback_state_known", "feedback_went_to_known",
        "invitation_accepted_or_revoked", "invitation_role_known", "sourcerecord_once",
        "task_state_known",
    }  # fmt: skip
    assert silent == code_only


def test_expired_contacts_disappear_by_date() -> None:
    gone = ContactFactory(valid_until=BEFORE)
    last_day = ContactFactory(valid_until=DAY)
    always = ContactFactory()
    shown = set(Contact.objects.valid(on=DAY))
    assert shown == {last_day, always}
    assert gone not in shown
