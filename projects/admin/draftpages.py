"""Pages beside the form of a project: its public page before it is public, and its draft."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import path, resolve, reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from climateportal.admin.history.family import family, fresh, live
from climateportal.admin.history.names import Names
from climateportal.admin.history.showing import ShownStep, shown_steps
from climateportal.admin.history.timeline import Step
from climateportal.context_processors import LANGUAGE_WORDS, LanguageLink
from projects.admin.drafts import who_and_when
from projects.admin.drafttrial import applied, send, undone
from projects.drafting import discard_draft
from projects.models import Project, ProjectDraft
from projects.views.page import page_context


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
        draft = self.draft_of(pk)
        if request.method == "POST":
            return self._carry_out(request, project, draft)
        steps = self.differences(request, draft) if draft else []
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Draft of the project"),
            "object": project,
            "module_name": str(self.opts.verbose_name_plural).capitalize(),
            "list_url": reverse("admin:projects_project_changelist"),
            "problems": [],
            "back": "",
            "draft": draft,
            "draft_words": who_and_when(draft) if draft else "",
            "steps": steps,
        }
        return TemplateResponse(request, "admin/draft/page.html", context)

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
        if draft is None or request.POST.get("version") != draft.version:
            messages.error(
                request,
                _("The draft has changed or is gone since you opened this page. Nothing was done: "
                  "look at it again."),
            )  # fmt: skip
            return here
        if doing == "discard":
            discard_draft(project=project, version=draft.version)
            self.log_change(request, project, _("Discarded the draft"))
            messages.success(
                request, _("The draft was discarded. The site shows the page as before.")
            )
            return redirect("admin:projects_project_change", project.pk)
        if doing == "publish":
            return self.publish_draft(request, draft)
        messages.error(request, _("This was not understood. Nothing was changed."))
        return here

    def publish_draft(self, request: HttpRequest, draft: ProjectDraft) -> HttpResponse:
        """Save the draft as its form would be saved; a stale one comes back side by side."""
        address = reverse("admin:projects_project_change", args=[draft.project_id])
        twin, answer = send(self, request, draft, address)
        if not hasattr(twin, "saved_object"):
            return answer
        return redirect(address)


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
