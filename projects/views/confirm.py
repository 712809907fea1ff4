"""The page behind a reminder's link: is this still up to date? Works without signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache

from projects import actions
from projects.confirmlinks import Asked, ExpiredLink, read_token


@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, and on POST note the answer. A link scanner that only reads confirms nothing."""
    try:
        asked = read_token(token)
    except ExpiredLink:
        return _private(render(request, "projects/confirm/expired.html", status=410))
    if asked is None:
        return _private(render(request, "projects/confirm/unknown.html", status=404))
    with override(asked.user.language):
        if request.method == "POST" and not asked.is_answered:
            actions.confirm_up_to_date(project=asked.project, by=asked.user)
            return _private(_page(request, asked, done=True))
        return _private(_page(request, asked, done=False))


def _page(request: HttpRequest, asked: Asked, done: bool) -> HttpResponse:
    form = reverse("admin:projects_project_change", args=[asked.project.pk])
    context = {"project": asked.project, "done": done, "answered": asked.is_answered, "form": form}
    return render(request, "projects/confirm/ask.html", context)


def _private(response: HttpResponse) -> HttpResponse:
    """The address is a secret: it leaves neither to search engines nor to other sites."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
