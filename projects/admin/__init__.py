"""The admin of projects, goals, expenses, contacts, themes, practices, meetings, broken links."""

from projects.admin import areas
from projects.admin.brokenlink import BrokenLinkAdmin
from projects.admin.contact import ContactAdmin
from projects.admin.expense import ExpenseAdmin
from projects.admin.goal import GoalAdmin
from projects.admin.meeting import MeetingAdmin
from projects.admin.ownpart import OwnPartAdmin
from projects.admin.practice import GoodPracticeAdmin
from projects.admin.project import ProjectAdmin
from projects.admin.theme import ThemeAdmin

__all__ = [
    "BrokenLinkAdmin",
    "ContactAdmin",
    "ExpenseAdmin",
    "GoalAdmin",
    "GoodPracticeAdmin",
    "MeetingAdmin",
    "OwnPartAdmin",
    "ProjectAdmin",
    "ThemeAdmin",
    "areas",
]
