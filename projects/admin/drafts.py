"""The form of a public project can be saved as a draft, which the site does not show."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazily

from climateportal.admin.history.showing import DRAFTED
from climateportal.admin.keptforms import forget
from climateportal.admin.search import is_key
from climateportal.admin.staleness import State, row_marks
from climateportal.admin.stalenessguard import Refusal
from climateportal.dates import occasion
from projects.admin.drafttrial import (
    SEEN,
    silent,
    text_of_form,
    undone,
    with_token,
    without_places,
)
from projects.admin.otherdraft import between
from projects.drafting import discard_draft, keep_draft
from projects.models import Project, ProjectDraft

PUBLIC = "public"  # in an address, and as the version that was seen: not the draft
LEFT_TO_OTHERS = _lazily(
    "The draft adds municipalities to the project. It is published by somebody who may say whose "
    "the project is: a coordinator of the region or a portal administrator."
)
ADD_PLACES = ("more_municipalities", "all_of_region")
AS_DRAFT = {"_draft", "_preview", "_ask"}  # buttons that leave the public page as it is


def places_added(draft: ProjectDraft) -> dict[str, list[str]]:
    """The municipalities and regions that a draft adds, by the field in which they were chosen."""
    sent = draft.as_sent()
    return {
        name: values for name in ADD_PLACES if (values := list(filter(None, sent.getlist(name))))
    }


def with_places(base: State, draft: ProjectDraft | None) -> State:
    """What a form of fewer fields was opened with, and those of an earlier draft that add places:
    what the marks do not name is not taken from what was sent.
    """
    if draft is None:
        return base
    was = dict(row_marks(draft.base, "")).get("", {})
    kept = [name for name in places_added(draft) if name in was]
    names, rows = base[""]
    return {**base, "": [[*names, *kept], {"": rows[""] + "".join(was[name] for name in kept)}]}


def who_and_when(draft: ProjectDraft) -> str:
    """“Maija Meikäläinen 28.11.2026 klo 15.40”."""
    moment = occasion(draft.saved_at)
    return f"{draft.author}, {moment}" if draft.author else moment


class DraftForms:
    """Mix in before `PortalAdmin`. `whole` says whether the form is of the whole project."""

    whole: bool

    def draft_of(self, pk: Any) -> ProjectDraft | None:
        """The draft of a public project."""
        row = self.waiting_of(pk)
        return row if row and row.sent else None

    def waiting_of(self, pk: Any) -> ProjectDraft | None:
        """The draft of a project, or a question about one that is not public."""
        if not self.whole or not is_key(str(pk)):
            return None
        people = ("author", "asked_by", "returned_by")
        rows = ProjectDraft.objects.select_related("project", *people)
        return rows.filter(project=pk).first()

    # --- opening -----------------------------------------------------------------------------

    def reopened(
        self, request: HttpRequest, object_id: str | None
    ) -> tuple[QueryDict, Refusal] | None:
        """A project opens with its draft for those who may edit it."""
        if found := super().reopened(request, object_id):
            return found
        if request.GET.get("version") == PUBLIC or IS_POPUP_VAR in request.GET:
            return None
        draft = self.draft_of(object_id)
        if draft is None or not self.has_change_permission(request, draft.project):
            return None
        data = with_token(draft.as_sent(), request, draft.project, draft.base)
        data[SEEN] = draft.version
        return data, Refusal("draft")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj, refusal = context["original"], request.__dict__.get("refusal")
        waiting = self.waiting_of(obj.pk) if obj else None
        draft = waiting if waiting and waiting.sent else None
        if refusal and refusal.kind == "other" and draft:
            seen = draft.version  # it has been told of: sent again, the form takes its place
        elif request.method == "POST":
            seen = request.POST.get(SEEN, "")
        else:
            seen = PUBLIC if draft else ""
        is_open = bool(draft and seen == draft.version)
        editable = obj is None or self.has_change_permission(request, obj)
        context.update(
            draft=draft if editable else None,
            waiting=waiting if editable else None,
            draft_seen=seen,
            draft_is_open=is_open,
            draft_words=who_and_when(draft) if draft else "",
            show_draft=self.whole and obj is not None and obj.is_public() and editable,
            show_preview=self.whole and editable and not context["is_popup"],
        )
        if is_open:
            context.update(show_save_and_continue=False, show_confirm=False)
        return super().render_change_form(request, context, *args, **kwargs)

    # --- saving ------------------------------------------------------------------------------

    def _changeform_view(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any
    ) -> HttpResponse:
        sent = request.method == "POST" and not hasattr(request, "refusal")
        project = self._whole_one(request, object_id) if sent and object_id else None
        if project is None:
            return super()._changeform_view(request, object_id, form_url, extra_context)
        self._lock(project)
        draft, seen = self.draft_of(project.pk), request.POST.get(SEEN, "")
        keeps = project.is_public() and self.is_kept(request, project)
        if draft and seen != draft.version and (keeps or seen not in ("", PUBLIC)):
            if keeps and text_of_form(request.POST) == draft.sent:
                return self._kept(request, project)  # the same form came twice
            self._refuse_for(request, draft)
        if draft and self.owners_fixed(request, project):
            self._keep_places(request, draft)
            if seen == draft.version and places_added(draft) and not keeps:
                keeps = True
                messages.warning(request, LEFT_TO_OTHERS)
        if keeps:
            return self.keep(request, project, form_url, extra_context)
        if draft and seen == draft.version:
            request.draft_of = getattr(request, "draft_of", draft.author)
        response = super()._changeform_view(request, object_id, form_url, extra_context)
        if draft and seen == draft.version and hasattr(request, "saved_object"):
            discard_draft(project=project, version=seen)
        return response

    def _keep_places(self, request: HttpRequest, draft: ProjectDraft) -> None:
        """Who may not say whose the project is has no such fields: what stands there stays."""
        request.POST = request.POST.copy()
        for name, values in places_added(draft).items():
            request.POST.setlist(name, values)

    def is_kept(self, request: HttpRequest, project: Project) -> bool:
        """Whether the form of a public project is kept, not saved."""
        return bool(AS_DRAFT & set(request.POST))

    def _whole_one(self, request: HttpRequest, object_id: str) -> Project | None:
        """The project that the form is of, if the user may edit the whole of it."""
        project = self.get_object(request, unquote(object_id)) if self.whole else None
        if project is None or not self.has_change_permission(request, project):
            return None
        return project

    def _refuse_for(self, request: HttpRequest, draft: ProjectDraft) -> None:
        """Another editor has saved the draft since this form was opened."""
        form, formsets = self._as_stored(request, str(draft.project_id))
        told = between(form, formsets, request.POST, draft.as_sent(), who_and_when(draft))
        had_files, request._files = bool(request.FILES), MultiValueDict()
        request.refusal = Refusal("other", told, had_files)

    def keep(
        self, request: HttpRequest, project: Project, form_url: str, extra_context: Any
    ) -> HttpResponse:
        """Check the form as a save would, and keep it instead of saving it."""
        had_files, request._files = bool(request.FILES), MultiValueDict()
        request.POST = request.POST.copy()
        request.POST["publication"] = project.publication
        request.allowed = True  # nothing of it stays
        with undone(), silent(request):
            answer = super()._changeform_view(request, str(project.pk), form_url, extra_context)
        if had_files:
            messages.warning(
                request,
                _("Pictures and files are not kept in a draft. Everything else is: add them when "
                  "you publish it."),
            )  # fmt: skip
        if vars(request).pop("saved_object", None) is None:
            return answer
        forget(request)
        base = request.form_state
        if self.owners_fixed(request, project):
            without_places(request.POST)
            base = with_places(base, self.draft_of(project.pk))
        keep_draft(
            project=project,
            sent=text_of_form(request.POST),
            base=base,
            by=request.user,
        )
        return self._kept(request, project)

    def _kept(self, request: HttpRequest, project: Project) -> HttpResponse:
        messages.success(
            request, _("The draft was saved. The site still shows the page as it was published.")
        )
        name = "preview" if "_preview" in request.POST else "change"
        return redirect(f"admin:projects_project_{name}", project.pk)

    def save_model(self, request: HttpRequest, obj: Project, form: Any, change: bool) -> None:
        author = request.__dict__.get("draft_of")
        if author is not None:
            obj._change_reason = f"{DRAFTED}{author}"[:100]
        super().save_model(request, obj, form, change)
        vars(obj).pop("_change_reason", None)
