"""The admin of the site itself: pages, notices, users; and what every admin of ours is made of."""

from climateportal.admin.feedback import FeedbackAdmin
from climateportal.admin.invitations import InvitationAdmin
from climateportal.admin.pages import NoticeAdmin, PageAdmin
from climateportal.admin.users import PortalUserAdmin

__all__ = ["FeedbackAdmin", "InvitationAdmin", "NoticeAdmin", "PageAdmin", "PortalUserAdmin"]
