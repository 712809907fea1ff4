"""Addresses of projects, meetings and reports, one slug in every language."""

from django.urls import path, register_converter
from django.utils.translation import pgettext_lazy

from projects.converters import DayConverter, SheetConverter
from projects.views import listing, meetings, page, regionfiles, regions, reports

register_converter(DayConverter, "day")
register_converter(SheetConverter, "sheet")

urlpatterns = [
    path(pgettext_lazy("url", "projects/"), listing.project_list, name="project-list"),
    path(pgettext_lazy("url", "projects/<slug:slug>/"), page.project, name="project"),
    path(pgettext_lazy("url", "regions/<slug:slug>/tasks/"), regions.tasks, name="region-tasks"),
    path(
        pgettext_lazy("url", "regions/<slug:slug>/tasks/tasks.<sheet:kind>"),
        regionfiles.tasks_file,
        name="region-tasks-file",
    ),
    path(pgettext_lazy("url", "regions/<slug:slug>/costs/"), regions.costs, name="region-costs"),
    path(
        pgettext_lazy("url", "regions/<slug:slug>/costs/costs.<sheet:kind>"),
        regionfiles.costs_file,
        name="region-costs-file",
    ),
    path(
        pgettext_lazy("url", "regions/<slug:slug>/meetings/"),
        meetings.meeting_list,
        name="meeting-list",
    ),
    path(
        pgettext_lazy("url", "regions/<slug:slug>/meetings/<day:day>/"),
        meetings.meeting,
        name="meeting",
    ),
    path(
        pgettext_lazy("url", "regions/<slug:slug>/meetings/<day:day>/pack.pdf"),
        meetings.meeting_pdf,
        name="meeting-pdf",
    ),
    path(
        pgettext_lazy("url", "regions/<slug:slug>/meetings/<day:day>/pack.xlsx"),
        meetings.meeting_workbook,
        name="meeting-xlsx",
    ),
    path(
        pgettext_lazy("url", "municipalities/<slug:slug>/report/"),
        reports.report,
        {"name": "municipality-report"},
        name="municipality-report",
    ),
    path(
        pgettext_lazy("url", "municipalities/<slug:slug>/report/report.<str:kind>"),
        reports.report_file,
        {"name": "municipality-report"},
        name="municipality-report-file",
    ),
    path(
        pgettext_lazy("url", "regions/<slug:slug>/report/"),
        reports.report,
        {"name": "region-report"},
        name="region-report",
    ),
    path(
        pgettext_lazy("url", "regions/<slug:slug>/report/report.<str:kind>"),
        reports.report_file,
        {"name": "region-report"},
        name="region-report-file",
    ),
]
