"""Meetings of steering groups: what is decided, who was there, what was written down."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from climateportal.admin.base import PortalAdmin
from climateportal.admin.languages import MissingLanguageFilter, MissingLanguagesColumn, fields
from climateportal.admin.search import is_key
from climateportal.admin.sections import Section, Sectioned
from climateportal.dates import short_date
from climateportal.publishing import PublicationState
from climateportal.templatetags.ui import rich
from municipalities.admin.attendance import AttendanceInline
from municipalities.models import Meeting, SteeringGroup
from municipalities.permissions import (
    coordinates_region,
    looks_at_region,
    meeting_in_reach_q,
    meeting_open_q,
    steering_group_in_reach_q,
)
from projects import actions
from projects.admin.decision import DecisionInline, is_frozen
from projects.admin.meetingform import MeetingForm, from_previous
from projects.admin.sharing import PackSharing
from projects.models import Decision, Project
from projects.permissions import can_delete_meeting

WHEN = ("group", ("date", "time"), *fields("place+"), "is_announced")
AGENDA = fields("agenda+")


class ComingFilter(admin.SimpleListFilter):
    """Meetings to come and past ones."""

    title = _("when")
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("coming", _("To come")), ("past", _("Past"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        match self.value():
            case "coming":
                return queryset.filter(date__gte=timezone.localdate())
            case "past":
                return queryset.filter(date__lt=timezone.localdate())
        return queryset


@admin.register(Meeting)
class MeetingAdmin(PackSharing, MissingLanguagesColumn, Sectioned, PortalAdmin):
    """Meetings of the groups of regions that the user coordinates."""

    form = MeetingForm
    sections = (
        Section(
            "meeting",
            _("The meeting"),
            fieldsets=((None, {"fields": [*WHEN, *AGENDA]}),),
        ),
        Section("decisions", _("Items to decide"), inlines=(DecisionInline,)),
        Section(
            "attendance",
            _("Attendance"),
            fieldsets=((None, {"fields": ["guests"]}),),
            inlines=(AttendanceInline,),
            rows_first=True,
        ),
        Section("minutes", _("Minutes"), fieldsets=((None, {"fields": fields("minutes+")}),)),
        Section(
            "pack",
            _("Pack and sharing"),
            fieldsets=(
                (_("Visibility"), {"fields": ["publication", "published_at"]}),
                (_("Frozen pack"), {"fields": ["frozen_state"]}),
                (_("Links for members"), {"fields": ["link_state"]}),
            ),
        ),
    )
    autocomplete_fields: ClassVar = ["group"]
    owner_fields = ("group",)
    list_display: ClassVar = ["day", "group", "pack_words", "waiting", "missing"]
    list_filter: ClassVar = [ComingFilter, "publication", MissingLanguageFilter]
    list_select_related: ClassVar = ["group"]
    search_fields: ClassVar = ["group__name_fi", "group__region__name_fi", "place_fi"]
    ordering: ClassVar = ["-date", "pk"]

    # --- who ---------------------------------------------------------------------------------

    def reach_q(self, user: Any) -> Q:
        return meeting_in_reach_q(user)

    def open_q(self, user: Any) -> Q:
        return meeting_open_q(user)

    def may_use(self, user: Any) -> bool:
        return coordinates_region(user)

    def may_look(self, user: Any) -> bool:
        return looks_at_region(user)

    def has_delete_permission(self, request: HttpRequest, obj: Meeting | None = None) -> bool:
        if not super().has_delete_permission(request, obj):
            return False
        return obj is None or can_delete_meeting(request.user, obj)

    # --- list --------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the moment of freezing alone: the frozen pack itself is large."""
        found = super().get_queryset(request).select_related("group__region")
        undecided = Decision.objects.filter(meeting=OuterRef("pk"), outcome="").order_by()
        waiting = undecided.values("meeting").annotate(number=Count("pk"))
        return found.annotate(
            frozen_at=F("frozen__at"),
            waiting_count=Coalesce(Subquery(waiting.values("number")), 0),
        )

    @admin.display(description=_("date"), ordering="date")
    def day(self, obj: Meeting) -> str:
        return short_date(obj.date)

    @admin.display(description=_("meeting pack"), ordering="publication")
    def pack_words(self, obj: Meeting) -> str:
        state = str(obj.get_publication_display())
        if obj.publication == PublicationState.PUBLISHED and not obj.is_public():
            state = _now("Published from %(day)s") % {"day": short_date(obj.published_at)}
        if obj.frozen_at is None:
            return state
        return _now("%(state)s, frozen %(day)s") % {
            "state": state, "day": short_date(obj.frozen_at),
        }  # fmt: skip

    @admin.display(
        description=_("waiting for a decision"), ordering="waiting_count", empty_value=""
    )
    def waiting(self, obj: Meeting) -> str:
        if not obj.waiting_count:
            return ""
        words = ngettext("%(count)s item", "%(count)s items", obj.waiting_count)
        return words % {"count": obj.waiting_count}

    # --- form --------------------------------------------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: Meeting | None = None) -> list[Any]:
        """The agenda of a frozen pack is shown as text."""
        found = super().get_fieldsets(request, obj)
        if not is_frozen(obj):
            return found
        (name, options), *others = found
        kept = [field for field in options["fields"] if field not in AGENDA]
        return [(name, {**options, "fields": [*kept, "agenda_shown"]}), *others]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Meeting | None = None
    ) -> tuple[str, ...]:
        always = ("frozen_state", "link_state")
        return (*always, "group", "date", "agenda_shown") if is_frozen(obj) else always

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type:
        made = super().get_form(request, obj, **kwargs)  # a class of this request alone
        made.frozen = is_frozen(obj)
        return made

    @admin.display(description=_("agenda"))
    def agenda_shown(self, obj: Meeting) -> str:
        return rich(obj, "agenda") or "–"

    def _group_asked_for(self, request: HttpRequest) -> SteeringGroup | None:
        """The group whose page led here, or the only one that the user has."""
        groups = SteeringGroup.objects.filter(steering_group_in_reach_q(request.user))
        asked = request.GET.get("group", "")
        if is_key(asked):
            return groups.filter(pk=asked).first()
        first = list(groups[:2])
        return first[0] if len(first) == 1 else None

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new meeting begins with the place and agenda of the one before."""
        group = self._group_asked_for(request)
        return {"group": group.pk, **from_previous(group)} if group else {}

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Meeting, inline: Any, prefix: str
    ) -> dict[str, Any]:
        if obj.group_id is None and request.method == "GET":
            obj.group = self._group_asked_for(request)  # whose members are listed
        return super().get_formset_kwargs(request, obj, inline, prefix)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = context["original"]
        draft = obj is None or obj.publication == PublicationState.DRAFT
        context.update(
            is_draft=obj is not None and not obj.is_public(),
            show_publish=draft and not context["is_popup"],
        )
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(
        self, request: HttpRequest, form: MeetingForm, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        for formset in formsets:
            if formset.model is Decision:
                for row in formset.forms:
                    if row.new_task and row not in formset.deleted_forms:
                        self._add_task(request, row)

    def _add_task(self, request: HttpRequest, row: Any) -> None:
        task = row.new_task
        # read again: two items may add to the same project
        task.project = Project.objects.get(pk=task.project_id)
        actions.add_follow_up(decision=row.instance, task=task, by=request.user)
        words = _now("“%(task)s” is now a task of the project: open the page")
        link = format_html(
            '<a href="{}">{}</a>', task.project.get_absolute_url(), words % {"task": task.title}
        )
        self.message_user(request, link)

    def response_add(self, request: HttpRequest, obj: Meeting, *args: Any) -> HttpResponse:
        response = super().response_add(request, obj, *args)
        self._tell(request, obj)
        return response

    def response_change(self, request: HttpRequest, obj: Meeting) -> HttpResponse:
        response = super().response_change(request, obj)
        self._tell(request, obj)
        return response

    def _tell(self, request: HttpRequest, obj: Meeting) -> None:
        """Who reads the pack now, with a link to it."""
        if obj.is_public():
            words = _now("Everybody can now read the meeting pack: open the page")
        elif obj.publication == PublicationState.PUBLISHED:
            words = _now("It opens to everybody at the given time. See the page beforehand")
        else:
            words = _now("The meeting pack is a draft that the group and its editors read: open it")
        self.message_user(
            request, format_html('<a href="{}">{}</a>', obj.get_absolute_url(), words)
        )

    def response_post_save_add(self, request: HttpRequest, obj: Meeting) -> HttpResponse:
        return self._stay(request, obj) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: Meeting) -> HttpResponse:
        return self._stay(request, obj) or super().response_post_save_change(request, obj)

    def _stay(self, request: HttpRequest, obj: Meeting) -> HttpResponse | None:
        """Publishing leaves the editor where they were."""
        if "_publish" in request.POST:
            return redirect("admin:municipalities_meeting_change", obj.pk)
        return None
