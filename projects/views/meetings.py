"""Meetings of a region's steering groups: the list, the pack, its PDF and workbook."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from climateportal.memory import read_once
from climateportal.models import OldSlug
from climateportal.replay import replayed
from municipalities.models import Meeting, Region
from projects.documents.answers import pdf_answer, workbook_answer
from projects.documents.blocks import Document
from projects.packs import (
    build_pack,
    for_the_group,
    kept_pack,
    link_of,
    pack_facts,
    record_of,
    with_record,
)
from projects.permissions import can_read_all_packs, can_read_pack, pack_readable_q
from projects.views.regions import region_or_moved

KEY = "avain"  # the query parameter that holds a link's key


@dataclass(frozen=True)
class LinkError(Exception):
    """Why a link does not open the pack."""

    reason: str  # "altered", "expired" or "revoked"


def meeting_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The meetings of a region that the visitor may read, the newest first."""
    found = region_or_moved(slug, "meeting-list")
    if isinstance(found, HttpResponse):
        return found
    today = timezone.localdate()
    here = Meeting.objects.of_region(found.pk).select_related("group__region", "frozen")
    readable = here.filter(pack_readable_q(request.user))
    ahead = {meeting.pk: meeting for meeting in readable.filter(date__gte=today)}
    coming = {meeting.pk: meeting for meeting in here.announced(today)} | ahead
    context = {
        "region": found,
        "has_group": found.steering_groups.exists(),
        "meetings": readable.filter(date__lt=today),
        "coming": sorted(coming.values(), key=lambda meeting: (meeting.date, meeting.pk)),
        "readable": ahead.keys(),
    }
    return render(request, "projects/meetings/list.html", context)


def _new_slug(slug: str) -> str:
    pk = OldSlug.objects.target(Region, slug)
    region = Region.objects.filter(pk=pk).first() if pk else None
    if region is None:
        raise Http404
    return region.slug


def _readable(request: HttpRequest, slug: str, day: date) -> Meeting:
    """The meeting of that region and day, if the visitor may read its pack.

    Raises Http404 where there is nothing for them, LinkError for a link that does not work.
    """
    meetings = Meeting.objects.filter(group__region__slug=slug, date=day).order_by("pk")
    found = list(meetings.select_related("group__region__parent", "frozen"))
    for meeting in found:
        if meeting.is_public() or can_read_pack(request.user, meeting):
            return meeting
    if key := request.GET.get(KEY):
        link = link_of(key)
        for meeting in found:
            if link is not None and link.meeting_id == meeting.pk:
                if link.revoked_at is not None:
                    raise LinkError("revoked")
                if not link.is_open():
                    raise LinkError("expired")
                return meeting
        raise LinkError("altered")
    raise Http404


def _answer(request: HttpRequest, slug: str, day: date, name: str) -> Meeting | HttpResponse:
    """The readable meeting, or what to answer instead."""
    try:
        return _readable(request, slug, day)
    except LinkError as refusal:
        context = {"reason": refusal.reason}
        response = render(request, "projects/meetings/refused.html", context, status=403)
        return _private(response)
    except Http404:
        region = Region.objects.filter(slug=slug).first()
        if region is None:
            address = reverse(name, kwargs={"slug": _new_slug(slug), "day": day})
            return HttpResponsePermanentRedirect(address)
        # the same answer whether there is a draft or nothing at all
        context = {"region": region, "sees_all": can_read_all_packs(request.user, region)}
        response = render(request, "projects/meetings/missing.html", context, status=404)
        return _private(response)


def _private(response: HttpResponseBase) -> HttpResponseBase:
    response["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ["Cookie"])  # whether there was something to ask the user for
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@replayed()
def meeting(request: HttpRequest, slug: str, day: date) -> HttpResponse:
    """The meeting pack, with what was written down at the meeting."""
    found = _answer(request, slug, day, "meeting")
    if isinstance(found, HttpResponse):
        return found
    context = {
        "meeting": found,
        "region": found.group.region,
        "document": _whole(found),
        "is_public": found.is_public(),
        "query": _key_query(request, found),
    }
    response = render(request, "projects/meetings/pack.html", context)
    return response if found.is_public() else _private(response)


def _whole(meeting: Meeting) -> Document:
    """The pack in the active language, what was frozen or what is known of its day, and what was
    written down at the meeting. One that is not public says so wherever it is passed on.
    """
    document = _told(meeting)
    return document if meeting.is_public() else for_the_group(document)


def _told(meeting: Meeting) -> Document:
    language = get_language()
    if hasattr(meeting, "frozen"):
        return kept_pack(meeting.frozen, language, record_of(meeting, language))

    def read() -> Document:
        facts = pack_facts(meeting)
        record = record_of(meeting, language, facts.items)
        return with_record(build_pack(facts, language), record)

    return read_once(("pack", meeting.pk, language), read)


@require_safe
def meeting_pdf(request: HttpRequest, slug: str, day: date) -> HttpResponseBase:
    """The pack as an accessible PDF."""
    found = _answer(request, slug, day, "meeting-pdf")
    if isinstance(found, HttpResponse):
        return found
    page = found.get_absolute_url() + _key_query(request, found)
    private = not found.is_public()
    response = pdf_answer(request, _whole(found), page=page, private=private)
    return _private(response) if private else response


@require_safe
def meeting_workbook(request: HttpRequest, slug: str, day: date) -> HttpResponseBase:
    """The tables of the pack as a workbook."""
    found = _answer(request, slug, day, "meeting-xlsx")
    if isinstance(found, HttpResponse):
        return found
    private = not found.is_public()
    response = workbook_answer(request, _whole(found), private=private)
    return _private(response) if private else response


def _key_query(request: HttpRequest, meeting: Meeting) -> str:
    """The link's key, for addresses of the same pack; nothing for a public one."""
    key = request.GET.get(KEY, "")
    return f"?{urlencode({KEY: key})}" if key and not meeting.is_public() else ""
