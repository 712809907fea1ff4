"""The regular report of a municipality or region: page, PDF, workbook and text for an e-mail."""

from dataclasses import dataclass
from datetime import date, timedelta

from allauth.core import ratelimit
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
from projects.packs.read import moment_of
from projects.packs.report import Told
from projects.summaries.region import LONG_AGO
from projects.summaries.state import Area
from projects.views.regions import region_or_moved

MONTHS = timedelta(days=91)


@dataclass(frozen=True)
class Period:
    """Both days included; from the moment of a meeting's `pack` on the first day, if given."""

    first: date
    last: date
    pack: Told | None = None
    is_usual: bool = False  # not chosen by the visitor


def usual_period(today: date) -> tuple[date, date]:
    """The three months before today: what a report tells unless a period is asked for."""
    return today - MONTHS, today


def last_pack(region: Region, today: date) -> Told | None:
    """The last meeting and the moment that its pack tells, if it is public and within a year."""
    last = Meeting.objects.held(region.pk, today).select_related("frozen").first()
    if last is None or (today - last.date).days > LONG_AGO:
        return None
    return Told(last.date, moment_of(last))


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
    form, period = _period(request, found)
    if refused := _too_many(request, period):
        return refused
    first, last = period.first, period.last
    context = {
        "area": found,
        "is_region": isinstance(found, Region),
        "name": name,
        "file_name": f"{name}-file",
        "document": _document(found, period),
        "form": form,
        "first": first,
        "last": last,
        "query": f"?alku={first.isoformat()}&loppu={last.isoformat()}",
    }
    response = render(request, "projects/report.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _document(area: Area, period: Period) -> Document:
    """The report in the active language. That of the usual period is kept: others are invented."""
    language = get_language()

    def build() -> Document:
        return build_report(area, period.first, period.last, language, period.pack)

    if not period.is_usual:
        return build()
    return read_once(("report", type(area).__name__, area.pk, period, language), build)


def _too_many(request: HttpRequest, period: Period) -> HttpResponseBase | None:
    """The refusal for a network that has invented many periods: each is read from history."""
    if period.is_usual:
        return None
    return ratelimit.consume_or_429(request, action="invented_report", limit_get=True)


def _usual(area: Area) -> Period:
    today = timezone.localdate()
    pack = last_pack(area, today) if isinstance(area, Region) else None
    if pack is None:
        return Period(*usual_period(today), is_usual=True)
    return Period(timezone.localdate(pack.at), today, pack, is_usual=True)


def _period(request: HttpRequest, area: Area) -> tuple[PeriodForm, Period]:
    """The form with the period it means: the usual one for what cannot be understood."""
    usual = _usual(area)
    if "alku" not in request.GET and "loppu" not in request.GET:
        return PeriodForm(initial={"alku": usual.first, "loppu": usual.last}), usual
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return form, usual
    asked = Period(form.cleaned_data["alku"], form.cleaned_data["loppu"])
    return form, usual if (asked.first, asked.last) == (usual.first, usual.last) else asked


@require_safe
def report_file(request: HttpRequest, slug: str, kind: str, name: str) -> HttpResponseBase:
    """The report as PDF, workbook or text."""
    if kind not in ("pdf", "xlsx", "txt"):
        raise Http404
    found = _area(slug, name)
    if isinstance(found, HttpResponse):
        return found
    form, period = _period(request, found)
    if form.is_bound and not form.is_valid():
        return report(request, slug, name)
    if refused := _too_many(request, period):
        return refused
    document = _document(found, period)
    match kind:
        case "pdf":
            response = pdf_answer(request, document, page=document.address, keep=period.is_usual)
        case "xlsx":
            response = workbook_answer(request, document)
        case _:
            response = text_answer(request, document)
    response["X-Robots-Tag"] = "noindex"
    return response
