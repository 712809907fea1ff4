"""How allauth is used here: people are invited, nobody signs up alone."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

# told by the page that follows; a message would wait in a cookie for a page that shows messages
SELF_EVIDENT = ("account/messages/logged_in.txt", "account/messages/logged_out.txt")


class InvitedOnlyAdapter(DefaultAccountAdapter):
    """Closes the sign-up page; an administrator makes the accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return f"{settings.SITE_NAME}: {subject}"

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """As allauth does, but silent about what the visitor sees anyway."""
        if message_template not in SELF_EVIDENT:
            super().add_message(request, level, message_template, *args, **kwargs)
