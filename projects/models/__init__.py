"""Models of what is done: projects and everything that hangs on them."""

from projects.models.brokenlink import BrokenLink
from projects.models.contact import Contact, ProjectContact, RegionCoordinator
from projects.models.decision import Decision
from projects.models.draft import ProjectDraft
from projects.models.event import Event
from projects.models.goal import Goal
from projects.models.material import Material
from projects.models.measurement import GoalBaseline, Measurement
from projects.models.money import Expense, Funding
from projects.models.pack import FrozenPack, PackLink
from projects.models.participation import Participation, ProjectOrganisation
from projects.models.pendingimport import PendingImport
from projects.models.practice import Adoption, GoodPractice
from projects.models.project import Project
from projects.models.searchtext import SearchText
from projects.models.sourcerecord import SourceRecord
from projects.models.stagechange import StageChange
from projects.models.task import Task
from projects.models.theme import Theme
from projects.models.update import Update
from projects.models.workpackage import WorkPackage

__all__ = [
    "Adoption",
    "BrokenLink",
    "Contact",
    "Decision",
    "Event",
    "Expense",
    "FrozenPack",
    "Funding",
    "Goal",
    "GoalBaseline",
    "GoodPractice",
    "Material",
    "Measurement",
    "PackLink",
    "Participation",
    "PendingImport",
    "Project",
    "ProjectContact",
    "ProjectDraft",
    "ProjectOrganisation",
    "RegionCoordinator",
    "SearchText",
    "SourceRecord",
    "StageChange",
    "Task",
    "Theme",
    "Update",
    "WorkPackage",
]
