"""Models of the site itself: users, sessions, content pages, notices and addresses that moved."""

from climateportal.models.contentversion import ContentVersion
from climateportal.models.invitation import Invitation
from climateportal.models.notice import Notice
from climateportal.models.oldslug import OldSlug, free_slug, remember_slug
from climateportal.models.page import Page
from climateportal.models.session import Session
from climateportal.models.user import User

__all__ = [
    "ContentVersion",
    "Invitation",
    "Notice",
    "OldSlug",
    "Page",
    "Session",
    "User",
    "free_slug",
    "remember_slug",
]
