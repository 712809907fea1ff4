"""Request handling that must happen before any view."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from climateportal.encoding import UNREADABLE
from climateportal.views.errors import bad_request

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
