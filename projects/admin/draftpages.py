"""Pages beside the form of a project: its public page before it is public, and its draft."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import path, resolve, reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazily

from climateportal.admin.errors import Problem, of_form
from climateportal.admin.fields import MomentField
from climateportal.admin.history.family import family, fresh, live
from climateportal.admin.history.names import Names
from climateportal.admin.history.showing import ShownStep, shown_steps
from climateportal.admin.history.timeline import Step
from climateportal.context_processors import LANGUAGE_WORDS, LanguageLink
from climateportal.dates import occasion
from projects.admin.drafts import who_and_when
from projects.admin.drafttrial import applied, send, undone
from projects.admin.reviewed import note_of
from projects.drafting import discard_draft, publish_new, return_draft, schedule_draft
from projects.models import Project, ProjectDraft
from projects.review import can_decide, needs_review
from projects.reviewletters import tell_published, tell_returned
from projects.views.page import page_context


class MomentForm(forms.Form):
    """When a draft is published by itself."""

    publish_at = MomentField(
        label=_lazily("published by itself"),
        help_text=_lazily("Write the day as 1.5.2021 and the time as 9.30. The draft is published "
                          "within a quarter of an hour after this moment. If the page has been "
                          "changed so that the draft contradicts it, it is not published, and the "
                          "work list tells so."),
    )  # fmt: skip

    def clean_publish_at(self) -> datetime:
        if self.cleaned_data["publish_at"] <= timezone.now():
            raise ValidationError(_("This moment is past already. Choose one to come."))
        return self.cleaned_data["publish_at"]


class DraftPages:
    """Mix in before `PortalAdmin`, with `DraftForms`."""

    def get_urls(self) -> list[Any]:
        def page(name: str, view: Any) -> Any:
            shown = self.admin_site.admin_view(view)
            return path(f"<int:pk>/{name}/", shown, name=f"projects_project_{name}")

        return [
            page("preview", self.preview_view),
            page("draft", self.draft_view),
            *super().get_urls(),
        ]

    # --- the public page ---------------------------------------------------------------------

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The public page in a language as anybody would see it, were the draft published now."""
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        self._only_showing(request)
        project = self.get_object(request, str(pk))
        if project is None or not self.has_view_or_change_permission(request, project):
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        language = request.GET.get("language")
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        draft = self.draft_of(pk) if self.has_change_permission(request, project) else None
        bar = self._bar(project, draft)
        if draft is None:
            return _as_public(request, project, language, bar)
        with undone():
            if applied(self, request, draft):
                return _as_public(request, project, language, bar)
        messages.warning(
            request, _("The draft cannot be shown as a page before this is corrected.")
        )
        return redirect("admin:projects_project_change", pk)

    def _bar(self, project: Project, draft: ProjectDraft | None) -> dict[str, Any]:
        """What stands above the page, in the language of the editor."""
        if draft:
            told = _("Draft, saved by %(who)s. The site does not show it.")
            told %= {"who": who_and_when(draft)}
        elif project.is_public():
            told = _("There is no draft: this is what the site shows.")
        else:
            told = _("The project is not public yet.")
        return {
            "lang": get_language(),
            "title": _("Preview – not public") if draft or not project.is_public()
            else _("Preview"),
            "told": told,
            "back": reverse("admin:projects_project_change", args=[project.pk]),
            "back_words": _("Back to the form"),
        }  # fmt: skip

    # --- the draft ---------------------------------------------------------------------------

    def draft_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What a draft changes, field by field; it is published or discarded here."""
        project = self.get_object(request, str(pk))
        if project is None or not self.has_change_permission(request, project):
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        draft = self.waiting_of(pk)
        if request.method == "POST":
            return self._carry_out(request, project, draft)
        return self._draft_page(request, project, draft)

    def _draft_page(
        self,
        request: HttpRequest,
        project: Project,
        draft: ProjectDraft | None,
        problem: Problem | None = None,
        moment: Any = None,
    ) -> HttpResponse:
        is_new = bool(draft and not draft.sent)
        steps = self.differences(request, draft) if draft and not is_new else []
        possible = draft and steps is not None and draft.is_as_asked
        decides = bool(draft and can_decide(request.user, draft))
        alone = bool(draft and not is_new and not needs_review(project.pk))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("New project") if is_new else _("Draft of the project"),
            "object": project,
            "module_name": str(self.opts.verbose_name_plural).capitalize(),
            "list_url": reverse("admin:projects_project_changelist"),
            "problems": [problem] if problem else list(of_form(moment)) if moment else [],
            "note_problem": problem,
            "files_lost": False,
            "back": "",
            "draft": draft,
            "is_new": is_new,
            "draft_words": who_and_when(draft) if draft else "",
            "publish_words": occasion(draft.publish_at) if draft and draft.publish_at else "",
            "steps": steps,
            "may_publish": possible and alone,
            "may_decide": decides,
            "may_approve": decides and possible,
            "note": note_of(request),
            "moment": moment or MomentForm(),
        }
        status = 422 if problem or moment else 200
        return TemplateResponse(request, "admin/draft/page.html", context, status=status)

    def differences(self, request: HttpRequest, draft: ProjectDraft) -> list[ShownStep] | None:
        """What would change in public if the draft were published now; None when it cannot be."""
        asking = fresh(request, "GET")
        kins = family(self, asking, draft.project)
        before = {kin: live(kin, draft.project_id) for kin in kins}
        with undone():
            if not applied(self, request, draft):
                return None
            after = {kin: live(kin, draft.project_id) for kin in kins}
            names = Names(request.user)
            steps = [
                Step(kin, pk, before[kin].get(pk), after[kin].get(pk))
                for kin in kins
                for pk in dict.fromkeys([*before[kin], *after[kin]])
                if before[kin].get(pk) != after[kin].get(pk)
            ]
            for step in steps:
                names.want(step.kin, step.before)
                names.want(step.kin, step.after)
            names.read()
            return shown_steps(steps, names)

    def _carry_out(
        self, request: HttpRequest, project: Project, draft: ProjectDraft | None
    ) -> HttpResponse:
        doing = request.POST.get("do", "")
        here = redirect("admin:projects_project_draft", project.pk)
        if draft is None or request.POST.get("version") != draft.seen:
            messages.error(
                request,
                _("The draft or the page has changed since you opened this page. Nothing was "
                  "done: look at it again."),
            )  # fmt: skip
            return here
        match doing:
            case "discard":
                return self._discard(request, draft)
            case "publish" if draft.sent and not needs_review(project.pk):
                return self._publish(request, draft)
            case "approve" if can_decide(request.user, draft):
                return self._approve(request, draft) or here
            case "schedule" if draft.sent and self._may_publish(request, draft):
                return self._schedule(request, draft)
            case "unschedule" if draft.publish_at:
                schedule_draft(draft=draft, by=request.user, publish_at=None)
                messages.success(request, _("It is not published by itself any more."))
                return here
            case "return" if can_decide(request.user, draft):
                return self._return(request, draft)
            case "approve" | "return" | "publish" | "schedule":
                raise PermissionDenied
        messages.error(request, _("This was not understood. Nothing was changed."))
        return here

    def _discard(self, request: HttpRequest, draft: ProjectDraft) -> HttpResponse:
        discard_draft(project=draft.project, version=draft.version)
        self.log_change(request, draft.project, _("Discarded the draft"))
        words = _("The draft was discarded. The site shows the page as before.")
        messages.success(request, words if draft.sent else _("Nobody is asked any more."))
        return redirect("admin:projects_project_change", draft.project_id)

    def _may_publish(self, request: HttpRequest, draft: ProjectDraft) -> bool:
        return can_decide(request.user, draft) or not needs_review(draft.project_id)

    def _joins_review(self, request: HttpRequest, draft: ProjectDraft) -> bool:
        """Whether the draft would take the project to where nobody publishes alone."""
        if needs_review(draft.project_id):
            return False
        with undone():
            return applied(self, request, draft) and needs_review(draft.project_id)

    def _schedule(self, request: HttpRequest, draft: ProjectDraft) -> HttpResponse:
        """Publish it later, in the name of who says so now."""
        if self._joins_review(request, draft):
            messages.error(
                request,
                _("The draft adds a region or municipality where another person looks at a project "
                  "before it is public, so it is not published by itself. Take the place away "
                  "again, or take the page off the site, add it, and ask for a look."),
            )  # fmt: skip
            return redirect("admin:projects_project_draft", draft.project_id)
        form = MomentForm(request.POST)
        if not form.is_valid():
            return self._draft_page(request, draft.project, draft, moment=form)
        at = form.cleaned_data["publish_at"]
        schedule_draft(draft=draft, by=request.user, publish_at=at)
        told = _("It is published %(moment)s.") % {"moment": occasion(at)}
        self.log_change(request, draft.project, told)
        messages.success(request, told)
        return redirect("admin:projects_project_draft", draft.project_id)

    def _publish(self, request: HttpRequest, draft: ProjectDraft) -> HttpResponse:
        """Save the draft as its form would be saved; a stale one comes back side by side."""
        address = reverse("admin:projects_project_change", args=[draft.project_id])
        twin, answer = send(self, request, draft, address, allowed=False)
        return redirect(address) if hasattr(twin, "saved_object") else answer

    def _approve(self, request: HttpRequest, draft: ProjectDraft) -> HttpResponse | None:
        """Publish what another person asked about. None, and a word why, when it cannot be."""
        project = draft.project
        if draft.sent:
            twin, _answer = send(self, request, draft, silent=True)
            done, problem = hasattr(twin, "saved_object"), ""
        else:
            done, problem = draft.is_as_asked, ""
            try:
                if done:
                    publish_new(draft=draft, by=request.user)
                    self.log_change(request, project, _("Published it after a look"))
            except ValidationError as error:
                done, problem = False, " ".join(error.messages)
        if not done:
            words = _("It cannot be published as it is: it has been changed since you were asked. "
                      "Return it, so that it is mended and asked for again.")  # fmt: skip
            messages.error(request, problem or words)
            return None
        project.refresh_from_db()
        tell_published(project=project, by=request.user, to=draft.asked_by)
        messages.success(request, _("It was published. Who asked is told by letter."))
        return redirect("admin:projects_project_change", project.pk)

    def _return(self, request: HttpRequest, draft: ProjectDraft) -> HttpResponse:
        note = note_of(request)
        if not note:
            words = _("Write what should be mended: without it, who asked does not know.")
            problem = Problem("id_note", _("What should be mended"), words)
            return self._draft_page(request, draft.project, draft, problem)
        return_draft(draft=draft, by=request.user, note=note)
        self.log_change(request, draft.project, _("Returned it to be mended"))
        tell_returned(project=draft.project, by=request.user, note=note, to=draft.asked_by)
        messages.success(request, _("It was returned. Who asked is told by letter."))
        return redirect("admin:index")


def _as_public(
    request: HttpRequest, project: Project, language: str, bar: dict[str, Any]
) -> HttpResponse:
    """The page itself, as it is read now, to nobody in particular."""
    here = request.path
    with override(language):
        found = Project.objects.select_related("maintainer__municipality").get(pk=project.pk)
        twin = fresh(request, "GET")
        twin.user, twin.LANGUAGE_CODE = AnonymousUser(), language
        twin.path = twin.path_info = found.get_absolute_url()
        twin.resolver_match = resolve(twin.path)
        links = [
            LanguageLink(
                code, LANGUAGE_WORDS[code], f"{here}?language={code}", "", code == language
            )
            for code, _name in settings.LANGUAGES
        ]
        context = {**page_context(found, twin.user), "is_draft": False}
        return render(
            twin, "projects/preview.html", {**context, "languages": links, "preview": bar}
        )
