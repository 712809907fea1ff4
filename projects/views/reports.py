"""The regular report to a municipality: page, PDF, workbook and text for an e-mail."""

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
from municipalities.models import Municipality
from projects.documents.answers import pdf_answer, text_answer, workbook_answer
from projects.documents.blocks import Document
from projects.forms import PeriodForm
from projects.packs import build_report


def usual_period(today: date) -> tuple[date, date]:
    """The three months before today: what a report tells unless a period is asked for."""
    return today - timedelta(days=91), today


def _municipality(slug: str, name: str) -> Municipality | HttpResponse:
    found = get_or_moved(Municipality.objects.select_related("successor"), slug)
    if isinstance(found, HttpResponse):
        return found
    if found.valid_until and found.successor:
        address = reverse(name, kwargs={"slug": found.successor.slug})
        return HttpResponsePermanentRedirect(address)
    return found


@require_safe
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """What happened in a municipality in a period, with a form to choose it."""
    found = _municipality(slug, "municipality-report")
    if isinstance(found, HttpResponse):
        return found
    form, first, last = _period(request)
    context = {
        "municipality": found,
        "document": _document(found, first, last),
        "form": form,
        "first": first,
        "last": last,
        "query": f"?alku={first.isoformat()}&loppu={last.isoformat()}",
    }
    response = render(request, "projects/report.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _document(municipality: Municipality, first: date, last: date) -> Document:
    """The report in the active language. That of the usual period is kept: others are invented."""
    language = get_language()
    if (first, last) != usual_period(timezone.localdate()):
        return build_report(municipality, first, last, language)
    key = ("report", municipality.pk, first, last, language)
    return read_once(key, lambda: build_report(municipality, first, last, language))


def _period(request: HttpRequest) -> tuple[PeriodForm, date, date]:
    """The form with the period it means; the usual one for what cannot be understood."""
    first, last = usual_period(timezone.localdate())
    if "alku" not in request.GET and "loppu" not in request.GET:
        return PeriodForm(initial={"alku": first, "loppu": last}), first, last
    form = PeriodForm(request.GET)
    if form.is_valid():
        return form, form.cleaned_data["alku"], form.cleaned_data["loppu"]
    return form, first, last


@require_safe
def report_file(request: HttpRequest, slug: str, kind: str) -> HttpResponseBase:
    """The report as PDF, workbook or text."""
    if kind not in ("pdf", "xlsx", "txt"):
        raise Http404
    found = _municipality(slug, "municipality-report")
    if isinstance(found, HttpResponse):
        return found
    form, first, last = _period(request)
    if form.is_bound and not form.is_valid():
        return report(request, slug)
    document = _document(found, first, last)
    match kind:
        case "pdf":
            response = pdf_answer(request, document, page=document.address)
        case "xlsx":
            response = workbook_answer(request, document)
        case _:
            response = text_answer(request, document)
    response["X-Robots-Tag"] = "noindex"
    return response
