"""The admin of projects, in sections that follow a coordinator's tasks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from climateportal.admin.base import PortalAdmin
from climateportal.admin.languages import MissingLanguageFilter, MissingLanguagesColumn
from climateportal.admin.lists import AllKeysPaginator
from climateportal.admin.reading import seen_fieldsets
from climateportal.admin.search import is_key
from climateportal.admin.sections import Sectioned
from climateportal.dates import short_date
from climateportal.publishing import PublicationState
from climateportal.templatetags.ui import listed
from municipalities.permissions import coordinates_area
from projects import actions
from projects.admin.board import task_board
from projects.admin.completing import completing_project
from projects.admin.copying import copy_page, take_tasks_page
from projects.admin.draftpages import DraftPages
from projects.admin.drafts import DraftForms
from projects.admin.filters import CooperationFilter, CountyFilter, ScheduleFilter
from projects.admin.pasting import paste_expenses
from projects.admin.projectform import OwnedProjectForm, ProjectForm
from projects.admin.projectsections import SECTIONS
from projects.admin.resting import RestingProjects
from projects.admin.reviewed import ReviewedForms, refuse_alone
from projects.admin.stagesanddates import StagesAndDates
from projects.enums import ScheduleStatus
from projects.ledger import Ledger
from projects.models import Participation, Project, SearchText
from projects.permissions import (
    can_change_owners,
    can_change_part,
    can_change_project,
    can_delete_project,
    project_in_reach_q,
    project_open_q,
    project_part_q,
    project_pickable_q,
)
from projects.review import is_locked
from projects.search import prefixes
from projects.templatetags.projects import stage_sentence

SHOWN_PLACES = 3


class ProjectList(ChangeList):
    """The list, with the names of municipalities fetched for all rows at once."""

    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> QuerySet:
        rows = Participation.objects.select_related("municipality")
        found = super().get_queryset(request, *args, **kwargs)
        return found.prefetch_related(Prefetch("participations", rows))


@admin.register(Project)
class ProjectAdmin(
    ReviewedForms,
    DraftForms,
    DraftPages,
    RestingProjects,
    StagesAndDates,
    MissingLanguagesColumn,
    Sectioned,
    PortalAdmin,
):
    """Projects in which a municipality or region in reach takes part."""

    form = ProjectForm
    sections = SECTIONS
    prepopulated_fields: ClassVar = {"slug": ("title_fi",)}
    autocomplete_fields: ClassVar = ["regions", "themes", "related", "maintainer"]
    only_when: ClassVar = {
        "activity_reason": "activity=paused|cancelled",
        "activity_since": "activity=paused|cancelled",
        "completed_on": "stage=completed",
        "stated_reason": "stated_status",
        "image_alt": "image",
        "image_focus": "image",
        "published_at": "publication=published",
    }
    empty_choices: ClassVar = {"stated_status": _("follows from the dates")}
    list_display: ClassVar = [
        "title", "stage_words", "schedule", "places", "publication_words", "updated", "missing",
    ]  # fmt: skip
    list_filter: ClassVar = [
        "stage", ScheduleFilter, "publication", CountyFilter, CooperationFilter, "themes",
        MissingLanguageFilter,
    ]  # fmt: skip
    search_fields: ClassVar = ["search_text__words"]
    search_help_text = _("Title, municipality, goal or task. Inflected words are found too.")
    ordering: ClassVar = ["-content_updated_at", "pk"]
    paginator = AllKeysPaginator
    actions: ClassVar = ["confirm_up_to_date", "edit_stages", "archive_chosen", "unpublish_chosen"]

    part_admin: ClassVar[Any] = None  # the form of those who edit a part, see `ownpart`
    whole = True  # whether this form has the buttons that concern the whole project

    # --- who ---------------------------------------------------------------------------------

    def reach_q(self, user: Any) -> Q:
        return project_in_reach_q(user)

    def open_q(self, user: Any) -> Q:
        return project_open_q(user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return coordinates_area(request.user)  # a project's contact has that project

    def pick_q(self, user: Any) -> Q:
        return project_pickable_q(user)

    def may_delete(self, user: Any, obj: Project) -> bool:
        return can_delete_project(user, obj)

    def owners_fixed(self, request: HttpRequest, obj: Project | None) -> bool:
        """Whether the user edits a project without saying whose it is."""
        if obj is None or obj.pk is None:
            return False
        known = request.__dict__.setdefault("_owners_fixed", {})
        if obj.pk not in known:
            known[obj.pk] = not can_change_owners(request.user, obj)
        return known[obj.pk]

    def _for_part(self, request: HttpRequest, object_id: str) -> Any:
        """Of a joint project a municipal coordinator gets the form of the own part."""
        if self.part_admin and is_key(object_id):
            part = Project.objects.filter(project_part_q(request.user), pk=object_id)
            if part.exists():
                return self.part_admin(self.model, self.admin_site)
        return super()

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> Any:
        return self._for_part(request, object_id).change_view(request, object_id, *args, **kwargs)

    def restore_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._for_part(request, str(pk)).restore_view(request, pk)

    def may_restore(self, request: HttpRequest, obj: Project) -> bool:
        may = super().may_restore(request, obj) or can_change_part(request.user, obj)
        return may and not is_locked(obj.pk)

    # --- pages of its own --------------------------------------------------------------------

    def get_urls(self) -> list[Any]:
        own = [
            path(
                f"<int:pk>/{name.replace('_', '-')}/",
                self.admin_site.admin_view(view),
                name=f"projects_project_{name}",
            )
            for name, view in (
                ("paste", self.paste_view),
                ("board", self.board_view),
                ("copy", self.copy_view),
                ("take_tasks", self.take_tasks_view),
            )
        ]
        return [*own, *super().get_urls()]

    def _whole_page(self, page: Callable[..., HttpResponse], request: Any, pk: int) -> HttpResponse:
        """A page for those who may edit the whole project."""
        project = self.get_object(request, str(pk))
        if project is None or not self.has_change_permission(request, project):
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        return page(self.admin_site, request, project)

    def paste_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Expenses pasted from Excel."""
        return self._whole_page(paste_expenses, request, pk)

    def take_tasks_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Tasks of another project; where texts are looked at first, only while it is a draft."""
        if is_locked(pk):
            raise PermissionDenied
        return self._whole_page(take_tasks_page, request, pk)

    def board_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The tasks by state, for those who may edit the project or their own part of it."""
        part = Project.objects.filter(project_part_q(request.user), pk=pk).first()
        if part is not None:
            return task_board(self.admin_site, request, part)
        return self._whole_page(task_board, request, pk)

    def copy_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A new project after this one, for those who may make projects."""
        project = self.get_object(request, str(pk))
        if project is None or not self.has_add_permission(request):
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        return copy_page(self.admin_site, request, project)

    # --- list --------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_schedule()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ProjectList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Only texts of projects that the list would show are searched."""
        beginnings = [[beginning] for beginning in prefixes(search_term, "fi")]
        if not beginnings:
            return queryset, False
        texts = SearchText.objects.matching(beginnings).filter(pk=OuterRef("pk"))
        return queryset.filter(Exists(texts)), False

    @admin.display(description=_("title"), ordering="title_fi")
    def title(self, obj: Project) -> str:
        return obj.title

    @admin.display(description=_("stage"), ordering="stage")
    def stage_words(self, obj: Project) -> str:
        return stage_sentence(obj.stage, obj.activity)

    @admin.display(description=_("schedule status"), ordering="schedule_status")
    def schedule(self, obj: Project) -> str:
        return str(ScheduleStatus(obj.schedule_status).label)

    @admin.display(description=_("municipalities"))
    def places(self, obj: Project) -> str:
        names = [str(row.municipality) for row in obj.participations.all()]
        more = len(names) - SHOWN_PLACES
        if more < 2:
            return listed(names)
        first = ", ".join(names[:SHOWN_PLACES])
        return _now("%(names)s and %(count)s others") % {"names": first, "count": more}

    @admin.display(description=_("visibility"), ordering="publication")
    def publication_words(self, obj: Project) -> str:
        if obj.publication == PublicationState.PUBLISHED and not obj.is_public():
            day = short_date(obj.published_at)
            return _now("Published from %(day)s") % {"day": day}
        if obj.archived_on:
            words = _now("%(visibility)s, archived")
            return words % {"visibility": obj.get_publication_display()}
        return str(obj.get_publication_display())

    @admin.display(description=_("information updated"), ordering="content_updated_at")
    def updated(self, obj: Project) -> str:
        return short_date(obj.content_updated_at)

    @admin.action(
        description=_("Everything is up to date in the chosen ones"), permissions=["change"]
    )
    def confirm_up_to_date(self, request: HttpRequest, queryset: QuerySet) -> None:
        """A date of checking for the ticked projects; their content stays as it is."""
        projects = list(queryset)
        for project in projects:
            actions.confirm_up_to_date(project=project, by=request.user)
        self.message_user(
            request,
            ngettext(
                "%(count)s project now says that it was checked today.",
                "%(count)s projects now say that they were checked today.",
                len(projects),
            )
            % {"count": len(projects)},
            messages.SUCCESS,
        )

    # --- form --------------------------------------------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: Project | None = None) -> list[Any]:
        found = super().get_fieldsets(request, obj)
        return seen_fieldsets(self, found) if self.owners_fixed(request, obj) else found

    def get_readonly_fields(self, request: HttpRequest, obj: Project | None = None) -> Any:
        return ("regions",) if self.owners_fixed(request, obj) else ()

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type:
        if self.owners_fixed(request, obj) and self.form is ProjectForm:
            kwargs["form"] = OwnedProjectForm
        return super().get_form(request, obj, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """An editor's own area is in a new project, where it is clear which one."""
        initial = super().get_changeform_initial_data(request)
        own = list(request.user.municipalities.values_list("pk", flat=True)[:4])
        regions = list(request.user.regions.values_list("pk", flat=True)[:2])
        if own and len(own) < 4 and not regions:
            initial.setdefault("more_municipalities", own)
        if len(regions) == 1:
            initial.setdefault("regions", regions)
        return initial

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = context["original"]
        draft = obj is None or obj.publication == PublicationState.DRAFT
        popup = context["is_popup"]
        context.update(
            is_draft=obj is not None and not obj.is_public(),
            may_copy=ProjectAdmin.has_add_permission(self, request),
            show_publish=self.whole and draft and not popup,
            show_confirm=self.whole and obj is not None and not draft and not popup,
            state_words=self.state_words(obj) if obj else "",
            may_unpublish=self.whole and obj is not None and not draft and not popup,
            may_archive=self.whole and obj is not None and obj.is_over() and not popup,
        )
        return super().render_change_form(request, context, *args, **kwargs)

    def state_words(self, obj: Project) -> str:
        """What an editor wants to know before the form: who sees it, how old it is."""
        updated = _now("information updated %(day)s") % {"day": self.updated(obj)}
        return f"{self.publication_words(obj)}, {updated}"

    def save_model(self, request: HttpRequest, obj: Project, form: Any, change: bool) -> None:
        form.before = actions.Snapshot.of(obj.pk) if change else None
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: ProjectForm, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        project = form.instance
        listed_already = set(project.participations.values_list("municipality", flat=True))
        for municipality in form.added_municipalities():
            if municipality.pk not in listed_already:
                Participation.objects.create(project=project, municipality=municipality)
        actions.finish_edit(project=project, by=request.user, before=form.before)
        if not can_change_project(request.user, project):  # it has become a joint one
            request.user.projects.add(project)
        if "_confirm" in request.POST:
            actions.confirm_up_to_date(project=project, by=request.user)
        request.project_form = form

    @contextmanager
    def completing(self, obj: Project, by: Any, at: datetime) -> Iterator[None]:
        with completing_project(obj, by, at):
            yield
            refuse_alone(Project.objects.filter(pk=obj.pk))

    def response_add(self, request: HttpRequest, obj: Project, *args: Any) -> HttpResponse:
        response = super().response_add(request, obj, *args)
        self._tell(request, request.project_form)
        return response

    def response_change(self, request: HttpRequest, obj: Project) -> HttpResponse:
        response = super().response_change(request, obj)
        self._tell(request, request.project_form)
        return response

    def _tell(self, request: HttpRequest, form: ProjectForm) -> None:
        project = form.instance
        for doubt in Ledger.read(Project.objects.get(pk=project.pk)).doubts:
            self.message_user(request, doubt, messages.WARNING)
        if form.completed_today:
            self.message_user(
                request,
                _now("The day of completion was set to today. Change it under Progress when it "
                     "was another day."),
                messages.WARNING,
            )  # fmt: skip
        if "_confirm" in request.POST:
            self.message_user(request, _now("The page now says that it was checked today."))
        if project.is_public():
            words = _now("Everybody can now see it: open the page")
        elif project.publication == PublicationState.PUBLISHED:
            words = _now("It opens to everybody at the given time. See the page beforehand")
        else:
            words = _now("It is a draft that only its editors see. Preview the page")
        address = project.get_absolute_url()
        if not project.is_public():
            address = reverse("admin:projects_project_preview", args=[project.pk])
        self.message_user(request, format_html('<a href="{}">{}</a>', address, words))

    def response_post_save_add(self, request: HttpRequest, obj: Project) -> HttpResponse:
        return self._stay(request, obj) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: Project) -> HttpResponse:
        return self._stay(request, obj) or super().response_post_save_change(request, obj)

    def _stay(self, request: HttpRequest, obj: Project) -> HttpResponse | None:
        """Publishing and confirming leave the editor where they were."""
        if "_preview" in request.POST:
            return redirect("admin:projects_project_preview", obj.pk)
        if {"_publish", "_confirm"} & set(request.POST):
            return redirect("admin:projects_project_change", obj.pk)
        return None
