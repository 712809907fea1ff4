"""The regular report of a municipality or region: page, PDF, workbook and text for an e-mail."""

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from climateportal.memory import read_once
from climateportal.views.lookup import get_or_moved
from municipalities.models import Meeting, Municipality, Region
from projects.documents.answers import pdf_answer, text_answer, workbook_answer
from projects.documents.blocks import Document
from projects.forms import PeriodForm
from projects.packs import build_report
from projects.summaries.region import LONG_AGO
from projects.summaries.state import Area
from projects.views.regions import region_or_moved

MONTHS = timedelta(days=91)


def usual_period(today: date) -> tuple[date, date]:
    """The three months before today: what a report tells unless a period is asked for."""
    return today - MONTHS, today


def since_meeting(region: Region, today: date) -> tuple[date, date]:
    """From the day after the steering group's last meeting whose pack is public, if it was within
    a year; else the usual period.
    """
    held = Meeting.objects.published().of_region(region.pk).filter(date__lt=today).first()
    if held is None or (today - held.date).days > LONG_AGO:
        return usual_period(today)
    return held.date + timedelta(days=1), today


def _municipality(slug: str, name: str) -> Municipality | HttpResponse:
    found = get_or_moved(Municipality.objects.select_related("successor"), slug)
    if isinstance(found, HttpResponse):
        return found
    if found.valid_until and found.successor:
        address = reverse(name, kwargs={"slug": found.successor.slug})
        return HttpResponsePermanentRedirect(address)
    return found


def _area(slug: str, name: str) -> Area | HttpResponse:
    """What the report is of, or a redirect for good."""
    if name == "region-report":
        return region_or_moved(slug, name)
    return _municipality(slug, name)


@require_safe
def report(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """What happened in a municipality or region in a period, with a form to choose it."""
    found = _area(slug, name)
    if isinstance(found, HttpResponse):
        return found
    form, first, last, is_usual = _period(request, found)
    context = {
        "area": found,
        "is_region": isinstance(found, Region),
        "name": name,
        "file_name": f"{name}-file",
        "document": _document(found, first, last, is_usual),
        "form": form,
        "first": first,
        "last": last,
        "query": f"?alku={first.isoformat()}&loppu={last.isoformat()}",
    }
    response = render(request, "projects/report.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _document(area: Area, first: date, last: date, is_usual: bool) -> Document:
    """The report in the active language. That of the usual period is kept: others are invented."""
    language = get_language()
    if not is_usual:
        return build_report(area, first, last, language)
    key = ("report", type(area).__name__, area.pk, first, last, language)
    return read_once(key, lambda: build_report(area, first, last, language))


def _period(request: HttpRequest, area: Area) -> tuple[PeriodForm, date, date, bool]:
    """The form with the period it means, and whether it is the usual one; that one for what cannot
    be understood.
    """
    today = timezone.localdate()
    usual = since_meeting(area, today) if isinstance(area, Region) else usual_period(today)
    if "alku" not in request.GET and "loppu" not in request.GET:
        return PeriodForm(initial={"alku": usual[0], "loppu": usual[1]}), *usual, True
    form = PeriodForm(request.GET)
    asked = (form.cleaned_data["alku"], form.cleaned_data["loppu"]) if form.is_valid() else usual
    return form, *asked, asked == usual


@require_safe
def report_file(request: HttpRequest, slug: str, kind: str, name: str) -> HttpResponseBase:
    """The report as PDF, workbook or text."""
    if kind not in ("pdf", "xlsx", "txt"):
        raise Http404
    found = _area(slug, name)
    if isinstance(found, HttpResponse):
        return found
    form, first, last, is_usual = _period(request, found)
    if form.is_bound and not form.is_valid():
        return report(request, slug, name)
    document = _document(found, first, last, is_usual)
    match kind:
        case "pdf":
            response = pdf_answer(request, document, page=document.address)
        case "xlsx":
            response = workbook_answer(request, document)
        case _:
            response = text_answer(request, document)
    response["X-Robots-Tag"] = "noindex"
    return response
