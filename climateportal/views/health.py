"""Is the process alive, does the database answer, what may robots read."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache


@never_cache
def process(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def database(request: HttpRequest) -> HttpResponse:
    """The database answers; 503 when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database unavailable\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


def robots(request: HttpRequest) -> HttpResponse:
    """What search engines need not read."""
    text = "User-agent: *\nDisallow: /admin/\nDisallow: /tunnus/\n"
    return HttpResponse(text, content_type="text/plain")
