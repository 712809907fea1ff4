"""Test objects. Municipalities and regions are made up unless a test loads the register."""

from tests.factories.feedback import FeedbackFactory
from tests.factories.links import BrokenLinkFactory
from tests.factories.meetings import (
    AttendanceFactory,
    DecisionFactory,
    MeetingFactory,
    MembershipFactory,
    SteeringGroupFactory,
)
from tests.factories.people import ContactFactory, ProjectContactFactory, UserFactory
from tests.factories.places import (
    ClimateTargetFactory,
    MunicipalityFactory,
    OrganisationFactory,
    RegionFactory,
)
from tests.factories.work import (
    EventFactory,
    ExpenseFactory,
    FundingFactory,
    GoalBaselineFactory,
    GoalFactory,
    GoodPracticeFactory,
    MaterialFactory,
    MeasurementFactory,
    ProjectFactory,
    TaskFactory,
    ThemeFactory,
    UpdateFactory,
    WorkPackageFactory,
)

__all__ = [
    "AttendanceFactory",
    "BrokenLinkFactory",
    "ClimateTargetFactory",
    "ContactFactory",
    "DecisionFactory",
    "EventFactory",
    "ExpenseFactory",
    "FeedbackFactory",
    "FundingFactory",
    "GoalBaselineFactory",
    "GoalFactory",
    "GoodPracticeFactory",
    "MaterialFactory",
    "MeasurementFactory",
    "MeetingFactory",
    "MembershipFactory",
    "MunicipalityFactory",
    "OrganisationFactory",
    "ProjectContactFactory",
    "ProjectFactory",
    "RegionFactory",
    "SteeringGroupFactory",
    "TaskFactory",
    "ThemeFactory",
    "UpdateFactory",
    "UserFactory",
    "WorkPackageFactory",
]
