"""Models of the site itself: users, content pages, notices and addresses that moved."""

from climateportal.models.contentversion import ContentVersion
from climateportal.models.notice import Notice
from climateportal.models.oldslug import OldSlug, free_slug, remember_slug
from climateportal.models.page import Page
from climateportal.models.user import User

__all__ = ["ContentVersion", "Notice", "OldSlug", "Page", "User", "free_slug", "remember_slug"]
