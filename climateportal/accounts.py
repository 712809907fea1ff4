"""How allauth is used here: people are invited, nobody signs up alone."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitedOnlyAdapter(DefaultAccountAdapter):
    """Closes the sign-up page; an administrator makes the accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
