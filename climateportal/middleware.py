"""Request handling that must happen before any view."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation

from climateportal import secondstep
from climateportal.encoding import UNREADABLE
from climateportal.views.errors import bad_request, has_one_address

LONGEST_QUERY = 8_000  # bytes; every filter of the project list together stays under 1 000


class RefuseUnreadableRequests:
    """Answer 400 to what no page can mean: NUL bytes, other encodings than UTF-8, query strings
    beyond all use.

    A NUL byte would otherwise travel to the database, where PostgreSQL refuses it with an error.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        # a cookie can hold one too, written as "\000"
        parts = (query, request.path, *request.COOKIES.values())
        has_nul = "%00" in query or any("\0" in part for part in parts)
        if has_nul or len(query) > LONGEST_QUERY or UNREADABLE in request.META:
            return bad_request(request)
        return self.get_response(request)


class EditorsLanguage:
    """Pages that have one address for all languages speak the editor's language.

    Before log-in it is the browser's. Every other page has its language in its address.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if has_one_address(request):
            user = request.user
            language = (
                user.language
                if user.is_authenticated
                else translation.get_language_from_request(request)
            )
            translation.activate(language)
            request.LANGUAGE_CODE = language
        return self.get_response(request)


# where an administrator without a second step gets one, or leaves
WITHOUT_SECOND_STEP = {
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "account_set_password",
    "healthz",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_index",
    "readyz",
}


class RequireSecondStep:
    """An administrator without a second step reaches only the pages where one is set up.

    Everything else is shut, so that no address of staff, in the admin or outside it, can be
    forgotten here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponse | None:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        if request.resolver_match.view_name in WITHOUT_SECOND_STEP:
            return None
        if secondstep.must_have(request.user) and not secondstep.has(request.user):
            return redirect("mfa_index")
        return None
