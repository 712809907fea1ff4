"""Request handling that must happen before any view."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from climateportal.views.errors import bad_request

LONGEST_QUERY = 8_000  # bytes; every filter of the project list together stays under 1 000


class RefuseUnreadableRequests:
    """Answer 400 to what no page can mean: NUL bytes and query strings beyond all use.

    A NUL byte would otherwise travel to the database, where PostgreSQL refuses it with an error.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or "\0" in query or "\0" in request.path or len(query) > LONGEST_QUERY:
            return bad_request(request)
        return self.get_response(request)
