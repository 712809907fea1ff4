"""Test objects. Municipalities and regions are made up unless a test loads the register."""

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
    GoalFactory,
    GoodPracticeFactory,
    MaterialFactory,
    ProjectFactory,
    TaskFactory,
    ThemeFactory,
    UpdateFactory,
    WorkPackageFactory,
)

__all__ = [
    "ClimateTargetFactory",
    "ContactFactory",
    "EventFactory",
    "ExpenseFactory",
    "FundingFactory",
    "GoalFactory",
    "GoodPracticeFactory",
    "MaterialFactory",
    "MunicipalityFactory",
    "OrganisationFactory",
    "ProjectContactFactory",
    "ProjectFactory",
    "RegionFactory",
    "TaskFactory",
    "ThemeFactory",
    "UpdateFactory",
    "UserFactory",
    "WorkPackageFactory",
]
