"""Models of the site itself: users, sessions, content pages, notices, feedback, forms kept."""

from climateportal.models.contentversion import ContentVersion
from climateportal.models.feedback import Feedback
from climateportal.models.invitation import Invitation
from climateportal.models.keptform import KeptForm, SavedForm
from climateportal.models.notice import Notice
from climateportal.models.oldslug import OldSlug, free_slug, remember_slug
from climateportal.models.page import Page
from climateportal.models.session import Session
from climateportal.models.user import User

__all__ = [
    "ContentVersion",
    "Feedback",
    "Invitation",
    "KeptForm",
    "Notice",
    "OldSlug",
    "Page",
    "SavedForm",
    "Session",
    "User",
    "free_slug",
    "remember_slug",
]
