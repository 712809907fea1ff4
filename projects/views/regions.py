"""The lists behind a region's figures: its tasks, and its costs and budgets."""

from dataclasses import replace
from datetime import date

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from climateportal.models import OldSlug
from municipalities.models import Region
from projects.models import Project
from projects.summaries.counts import project_facts
from projects.summaries.members import Members
from projects.summaries.places import Mergers, in_region_q
from projects.summaries.spending import MOST_MISSING, RegionMoney, region_money
from projects.summaries.tasklist import TaskFilter, region_tasks

PER_PAGE = 50
FILTERS = {
    TaskFilter.ALL: pgettext_lazy("tasks", "All"),
    TaskFilter.LATE: pgettext_lazy("tasks", "Late"),
    TaskFilter.OPEN: pgettext_lazy("tasks", "Open"),
    TaskFilter.DONE: pgettext_lazy("filter of tasks", "Done"),
}
NOTHING = {
    TaskFilter.ALL: gettext_lazy("No tasks have been published."),
    TaskFilter.LATE: gettext_lazy("No task is late."),
    TaskFilter.OPEN: gettext_lazy("No task is open."),
    TaskFilter.DONE: gettext_lazy("No task has been done yet."),
}
ODD = gettext_lazy("A part of the address was not understood. Everything is shown instead.")


def region_or_moved(slug: str, name: str, **more: str) -> Region | HttpResponse:
    """The region, or a redirect for good to the same page (`more`: what else its address has) under
    its new address.
    """
    found = Region.objects.select_related("parent").filter(slug=slug).first()
    if found is None:
        pk = OldSlug.objects.target(Region, slug)
        moved = Region.objects.filter(pk=pk).first() if pk else None
        if moved is None:
            raise Http404
        return HttpResponsePermanentRedirect(reverse(name, kwargs={**more, "slug": moved.slug}))
    return found


def tasks_asked(request: HttpRequest) -> tuple[TaskFilter, str]:
    """Which tasks a request asks for, and of which municipality (a slug, empty for all)."""
    asked = request.GET.get("tila", TaskFilter.ALL)
    which = next((known for known in TaskFilter if known == asked), TaskFilter.ALL)
    return which, request.GET.get("kunta", "")


@require_safe
def tasks(request: HttpRequest, slug: str) -> HttpResponse:
    """The tasks of a region by state and municipality, fifty on a page."""
    found = region_or_moved(slug, "region-tasks")
    if isinstance(found, HttpResponse):
        return found
    which, town = tasks_asked(request)
    listed = region_tasks(found, which, town, _number(request))
    asked = request.GET.get("tila", TaskFilter.ALL)
    is_odd = asked != which or (town and listed.municipality is None)
    context = {
        "region": found,
        "list": listed,
        "page_obj": listed.page,
        "which": which,
        "query": urlencode({"tila": which, "kunta": town} if town else {"tila": which}),
        "filters": [(value, label, listed.counts[value]) for value, label in FILTERS.items()],
        "nothing": NOTHING[which],
        "problem": ODD if is_odd or _is_odd_page(request, listed.page.number) else "",
        "heading": _("Tasks"),
    }
    return render(request, "projects/tasks/list.html", context)


@require_safe
def costs(request: HttpRequest, slug: str) -> HttpResponse:
    """Budgets and costs of the region's projects that publish them, fifty on a page."""
    found = region_or_moved(slug, "region-costs")
    if isinstance(found, HttpResponse):
        return found
    on = timezone.localdate()
    money, published = money_of_region(found, on)
    page = Paginator(money.projects, PER_PAGE).get_page(_number(request))
    shown = {row.pk for row in page.object_list} | set(money.untold[:MOST_MISSING])
    projects = published.in_bulk(shown | money.to_name)
    context = {
        "region": found,
        "money": money.named(projects),
        "rows": [replace(row, project=projects[row.pk]) for row in page.object_list],
        "page_obj": page,
        "on": on,
        "problem": ODD if _is_odd_page(request, page.number) else "",
    }
    return render(request, "projects/costs.html", context)


def money_of_region(region: Region, on: date) -> tuple[RegionMoney, QuerySet[Project]]:
    """The money of a region, and its public projects. Four queries."""
    mergers = Mergers(on)
    published = Project.objects.published().filter(in_region_q(region.pk, on))
    members = Members.read(region, on)
    return region_money(project_facts(published, mergers), members.by_pk, mergers), published


def _number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def _is_odd_page(request: HttpRequest, shown: int) -> bool:
    return "page" in request.GET and request.GET["page"] != str(shown)
