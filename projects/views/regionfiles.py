"""The lists of a region as files: its tasks as they are filtered, and its costs and budgets."""

from collections.abc import Iterator

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from climateportal.dates import short_date
from climateportal.numerals import number
from climateportal.sheetfiles import csvtext, workbooks
from climateportal.sheetfiles.tables import Value
from climateportal.translated import text_of
from municipalities.models import Region
from projects.models import Contact, Project
from projects.summaries.spending import RegionMoney
from projects.summaries.tasklist import TaskLine, region_tasks
from projects.views.regions import money_of_region, region_or_moved, tasks_asked

MOST = 10_000  # rows of a file
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def tasks_file(request: HttpRequest, slug: str, kind: str) -> HttpResponseBase:
    """The tasks that the list shows with the same query, the first `MOST` of them."""
    region = _region(request, slug, "region-tasks-file", kind)
    if not isinstance(region, Region):
        return region
    which, town = tasks_asked(request)
    listed = region_tasks(region, which, town, 1, per_page=MOST)
    headings = [
        _("Task"), _("Project"), _("Municipality"), _("State"), _("Due"), _("Done on"),
        _("Days late"), _("Contact"), _("Decided in the meeting on"), _("Address"),
    ]  # fmt: skip
    rows = [_task(request, row) for row in listed.lines]
    if (left := listed.counts[which] - len(rows)) > 0:
        told = ngettext("and %(number)s more task", "and %(number)s more tasks", left)
        rows.append([told % {"number": number(left)}, *[None] * (len(headings) - 1)])
    return _file(region, _("Tasks"), headings, rows, kind)


def _region(request: HttpRequest, slug: str, name: str, kind: str) -> Region | HttpResponseBase:
    """The region; or the way to its present address, or the refusal for a network that fetches file
    after file: each is made anew.
    """
    found = region_or_moved(slug, name, kind=kind)
    if not isinstance(found, Region):
        return found
    return ratelimit.consume_or_429(request, action="region_file", limit_get=True) or found


def _task(request: HttpRequest, row: TaskLine) -> list[Value]:
    task, meeting = row.task, row.decided_in
    due = short_date(task.due_date, task.due_precision) if task.due_date else ""
    done = short_date(task.completed_at, task.completed_precision) if task.completed_at else ""
    return [
        text_of(task, "title").value,
        text_of(row.project, "title").value,
        text_of(row.municipality, "name").value if row.municipality else pgettext("task", "joint"),
        str(task.get_state_display()),
        due,
        done,
        row.days or None,
        _name(row.asked.contact) if row.asked and row.asked.contact else "",
        meeting.date if meeting else None,
        _address(request, row.project, f"#tehtava-{task.pk}"),
    ]


def _name(contact: Contact) -> str:
    return ", ".join(text.value for text in contact.called)


@require_safe
def costs_file(request: HttpRequest, slug: str, kind: str) -> HttpResponseBase:
    """Budgets and costs of all projects of the region, those too that have not published them."""
    region = _region(request, slug, "region-costs-file", kind)
    if not isinstance(region, Region):
        return region
    money, published = money_of_region(region, timezone.localdate())
    headings = [
        _("Project"), _("Budget"), _("Used"), _("Used of the budget") + ", %",
        pgettext("of a budget", "Left"), _("As of"), _("Source"), _("Reaches beyond the region"),
        _("Address"),
    ]  # fmt: skip
    rows = list(_costs(request, money, published.in_bulk()))
    return _file(region, _("Costs and budgets"), headings, rows, kind)


def _costs(
    request: HttpRequest, money: RegionMoney, projects: dict[int, Project]
) -> Iterator[list[Value]]:
    unknown = _("not reported")
    for row in money.projects:
        project = projects[row.pk]
        sums = (row.budget, row.used, row.percent, row.left)
        yield [
            text_of(project, "title").value,
            *(unknown if value is None else value for value in sums),
            row.as_of,
            text_of(project, "money_source").value or unknown,
            _("yes") if row.reaches_out else _("no"),
            _address(request, project, "#raha"),
        ]
    for pk in money.untold:
        project = projects[pk]
        title = text_of(project, "title").value
        yield [title, *[unknown] * 4, None, unknown, None, _address(request, project, "")]


def _address(request: HttpRequest, project: Project, place: str) -> str:
    return request.build_absolute_uri(project.get_absolute_url() + place)


def _file(
    region: Region, title: str, headings: list[str], rows: list[list[Value]], kind: str
) -> HttpResponse:
    """What a spreadsheet opens; no text in it is taken for a formula."""
    if kind == "csv":
        data = csvtext.write(headings, rows)
    else:
        data = workbooks.write(headings, rows, title=title)
    name = f"{slugify(f'{region.slug} {title}')}.{kind}"
    response = HttpResponse(data, content_type=FORMATS[kind])
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Robots-Tag"] = "noindex"
    return response
