"""A meeting's pack in the admin: freezing it, and links for members without an account."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from climateportal.admin.errors import of_form
from climateportal.admin.fields import DayField
from climateportal.dates import occasion, short_date
from municipalities.models import Meeting
from projects import actions
from projects.admin.decision import is_frozen
from projects.models import FrozenPack, PackLink
from projects.models.pack import LINK_DAYS, MOST_LINK_DAYS
from projects.packs import freeze_pack, link_address
from projects.packs.read import moment_of


class LinkForm(forms.Form):
    """Whom a new link is for, and how long it works."""

    for_whom = forms.CharField(
        label=PackLink._meta.get_field("for_whom").verbose_name,
        help_text=PackLink._meta.get_field("for_whom").help_text,
        max_length=PackLink._meta.get_field("for_whom").max_length,
        required=False,
    )
    until = DayField(
        label=_("works until"),
        help_text=_("The last day on which the link works, at most %(days)s days from now.")
        % {"days": MOST_LINK_DAYS},
        initial=lambda: timezone.localdate() + timedelta(days=LINK_DAYS),
    )


def state_of(link: PackLink) -> str:
    """“works until 5.12.2026”, “expired 5.12.2026” or “revoked 1.12.2026”."""
    if link.revoked_at is not None:
        return _now("revoked %(day)s") % {"day": short_date(link.revoked_at)}
    day = {"day": short_date(link.last_day)}
    return (_now("works until %(day)s") if link.is_open() else _now("expired %(day)s")) % day


class PackSharing:
    """Mix in before `PortalAdmin`: the pages on which a pack is frozen and shared.

    The address of a link is a secret: it is shown on the page of links to those who may edit the
    meeting, and never written to a log, a message or the history.
    """

    def get_urls(self) -> list[Any]:
        def page(address: str, view: Any, name: str) -> Any:
            guarded = self.admin_site.admin_view(view)
            return path(f"<int:pk>/{address}", guarded, name=f"municipalities_meeting_{name}")

        return [
            page("freeze/", self.freeze_view, "freeze"),
            page("links/", self.links_view, "links"),
            page("links/<int:link>/revoke/", self.revoke_view, "revoke"),
            *super().get_urls(),
        ]

    def _shown(
        self, request: HttpRequest, page: str, meeting: Meeting, title: str, **context: Any
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "meeting": meeting,
            "title": title,
            **context,
        }
        return TemplateResponse(request, f"admin/meeting/{page}.html", context)

    def _change_page(self, meeting: Meeting) -> HttpResponse:
        address = reverse("admin:municipalities_meeting_change", args=[meeting.pk])
        return redirect(f"{address}#section-pack")

    # --- freezing ----------------------------------------------------------------------------

    @admin.display(description=_("what the group saw"))
    def frozen_state(self, obj: Meeting) -> str:
        """Whether the pack is frozen, when and by whom; else the way to freezing it."""
        if obj.pk is None:
            return _now("Save the meeting first.")
        frozen = FrozenPack.objects.filter(meeting=obj.pk).defer("documents")
        pack = frozen.select_related("by").first()
        if pack is not None:
            return _now("Frozen with the facts of %(moment)s by %(who)s. It is kept for good.") % {
                "moment": occasion(pack.at),
                "who": pack.by or _now("somebody whose account has been removed"),
            }
        words = _now("Not frozen: the pack follows the facts up to the day of the meeting.")
        if hasattr(obj, "only_seen"):
            return words
        return format_html(
            '<p>{}</p><p><a class="button" href="{}">{}</a></p>',
            words,
            reverse("admin:municipalities_meeting_freeze", args=[obj.pk]),
            _now("Freeze the pack …"),
        )

    def freeze_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks before freezing, and freezes when that is answered."""
        meeting = self.get_object(request, str(pk))
        if meeting is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        if is_frozen(meeting):
            self.message_user(request, _now("The pack is frozen already."), messages.WARNING)
            return self._change_page(meeting)
        moment = moment_of(meeting)
        if request.method != "POST":
            return self._shown(
                request, "freeze", meeting, _now("Freeze the pack of this meeting?"),
                items=meeting.decisions.count(), moment=occasion(moment),
            )  # fmt: skip
        try:
            with transaction.atomic():
                freeze_pack(meeting=meeting, by=request.user, at=moment)
                self.log_change(request, meeting, _now("Froze the meeting pack."))
        except ValidationError as error:  # somebody else was faster
            self.message_user(request, " ".join(error.messages), messages.WARNING)
        else:
            words = _now("The pack is frozen: what the group saw is kept for good.")
            self.message_user(request, words)
        return self._change_page(meeting)

    # --- links -------------------------------------------------------------------------------

    @admin.display(description=_("who may read it before it is published"))
    def link_state(self, obj: Meeting) -> str:
        """How many links work now, and the way to them."""
        if obj.pk is None:
            return _now("Save the meeting first.")
        count = PackLink.objects.filter(meeting=obj.pk).open().count()
        words = ngettext("%(count)s link works now.", "%(count)s links work now.", count)
        if count == 0:
            words = _now("No link works now. Members with an account sign in.")
        if hasattr(obj, "only_seen"):
            return words % {"count": count}
        return format_html(
            '<p>{}</p><p><a class="button" href="{}">{}</a></p>',
            words % {"count": count},
            reverse("admin:municipalities_meeting_links", args=[obj.pk]),
            _now("Make and revoke links"),
        )

    def links_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The links of a pack with their addresses and states, and the form of a new one."""
        meeting = self.get_object(request, str(pk))
        if meeting is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        form = LinkForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                actions.make_pack_link(
                    meeting=meeting, by=request.user, **form.cleaned_data
                )  # fmt: skip
            except ValidationError as error:
                for text in error.messages:
                    form.add_error("until", text)
            else:
                self.log_change(request, meeting, _now("Made a link to the meeting pack."))
                self.message_user(request, _now("The link is made. Copy its address below."))
                return redirect("admin:municipalities_meeting_links", meeting.pk)
        links = [
            {
                "link": link,
                "state": state_of(link),
                "address": request.build_absolute_uri(link_address(link)) if link.is_open() else "",
            }
            for link in meeting.links.select_related("created_by")
        ]
        links.sort(key=lambda row: not row["address"])  # those that work first
        return self._shown(
            request, "links", meeting, _now("Links to the meeting pack"), form=form, links=links,
            problems=list(of_form(form, top="link_form")), files_lost=False,
        )  # fmt: skip

    def revoke_view(self, request: HttpRequest, pk: int, link: int) -> HttpResponse:
        """Asks before revoking a link, and revokes it when that is answered."""
        meeting = self.get_object(request, str(pk))
        if meeting is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        found = meeting.links.filter(pk=link).first()
        if found is None:
            raise Http404
        if request.method == "POST":
            actions.revoke_pack_link(link=found, by=request.user)
            self.log_change(request, meeting, _now("Revoked a link to the meeting pack."))
            self.message_user(request, _now("The link is revoked: it leads nowhere any more."))
            return redirect("admin:municipalities_meeting_links", meeting.pk)
        return self._shown(
            request, "revoke", meeting, _now("Revoke this link?"), link=found,
            state=state_of(found),
        )  # fmt: skip
