"""Error pages in the site's look. The one for 500 needs no database."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def has_one_address(request: HttpRequest) -> bool:
    """Whether the page is one of the editors', which speak their language, not the address's."""
    return request.path_info.startswith(("/admin/", "/tunnus/"))


def _in_language_of_path(request: HttpRequest) -> None:
    if not has_one_address(request):
        translation.activate(translation.get_language_from_path(request.path_info) or "fi")
    request.resolver_match = None  # the language links then lead to front pages, not to errors


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address or the form cannot be understood; 413 when there is too much of it."""
    _in_language_of_path(request)
    if isinstance(exception, TOO_MUCH) and request.method == "POST":
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the page exists but not for this visitor."""
    _in_language_of_path(request)
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: with search and ways on."""
    _in_language_of_path(request)
    return render(request, "404.html", status=404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429: somebody, perhaps a machine, has tried too often."""
    return render(request, "429.html", status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: rendered without request, so that no context processor can fail a second time."""
    _in_language_of_path(request)
    context = {"site_name": settings.SITE_NAME}
    return HttpResponse(render_to_string("500.html", context), status=500)
