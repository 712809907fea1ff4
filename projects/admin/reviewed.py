"""In some regions nobody publishes alone: what one person sends becomes a draft, which another one
publishes or returns.
"""

from collections.abc import Container
from copy import copy
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazily

from climateportal.admin.search import is_key
from climateportal.admin.stalenessguard import Refusal
from climateportal.publishing import PublicationState
from climateportal.templatetags.ui import listed
from projects.admin.drafttrial import NOTE, OF_ONE_ANSWER
from projects.drafting import ask_review
from projects.models import Project
from projects.review import is_locked, locked_q, needs_review, review_regions, reviewers
from projects.reviewletters import tell_asked

LONGEST_NOTE = 1000
NOT_AT_ONCE = _lazily(
    "Another person looks at changes of this project before they are published, so an "
    "earlier state does not come back at once. Write it in the form and ask for a look."
)


class PublishedAlone(Exception):  # noqa: N818
    """A save would leave public what nobody else has seen."""


def note_of(request: HttpRequest) -> str:
    """What was written for who looks at it."""
    return request.POST.get(NOTE, "").replace("\0", "").strip()[:LONGEST_NOTE]


class ReviewedForms:
    """Mix in before `DraftForms`. A request with `allowed` has been looked at, or is undone."""

    whole: bool

    def _changeform_view(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any
    ) -> HttpResponse:
        if request.method != "POST" or not self.whole or hasattr(request, "refusal"):
            return super()._changeform_view(request, object_id, form_url, extra_context)
        before, told = needs_review(_key(object_id)), len(request._messages._queued_messages)
        try:
            with transaction.atomic():
                answer = super()._changeform_view(request, object_id, form_url, extra_context)
                self._check_alone(request, before)
        except PublishedAlone:
            del request._messages._queued_messages[told:]
            answer = self._not_published(request, object_id, form_url, extra_context)
        saved = request.__dict__.get("saved_object")
        if "_ask" in request.POST and saved is not None and needs_review(saved.pk):
            self._ask(request, Project.objects.get(pk=saved.pk))
        return answer

    def _check_alone(self, request: HttpRequest, needed: bool) -> None:
        """Raise when the save left public what nobody else has seen: a project that needed it
        before, or needs it now.
        """
        saved = request.__dict__.get("saved_object")
        if saved is None or hasattr(request, "allowed"):
            return
        public = Project.objects.filter(pk=saved.pk, publication=PublicationState.PUBLISHED)
        if public.exists() and (needed or needs_review(saved.pk)):
            raise PublishedAlone

    def is_kept(self, request: HttpRequest, project: Project) -> bool:
        if super().is_kept(request, project):
            return True
        return not hasattr(request, "allowed") and needs_review(project.pk)

    def _not_published(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any
    ) -> HttpResponse:
        """Keep what was sent where the public does not see it."""
        for name in OF_ONE_ANSWER:
            vars(request).pop(name, None)
        project = Project.objects.filter(pk=_key(object_id)).first()
        if project is not None and project.is_public():  # it would come into such a region
            request.refusal = Refusal("alone", had_files=bool(request.FILES))
            request._files = MultiValueDict()
            return super()._changeform_view(request, object_id, form_url, extra_context)
        request.POST = request.POST.copy()
        request.POST.pop("_publish", None)
        request.POST["publication"] = PublicationState.DRAFT
        answer = super()._changeform_view(request, object_id, form_url, extra_context)
        if saved := request.__dict__.get("saved_object"):
            messages.warning(
                request,
                _("It was saved but not published: in %(regions)s another person looks at a "
                  "project before it is published. Press “Save and ask for a look”.")
                % {"regions": regions_of(saved)},
            )  # fmt: skip
            if "_ask" not in request.POST:
                return redirect("admin:projects_project_change", saved.pk)
        return answer

    def _kept(self, request: HttpRequest, project: Project) -> HttpResponse:
        answer = super()._kept(request, project)
        if "_ask" in request.POST:
            self._ask(request, project)
        elif needs_review(project.pk):
            messages.info(
                request,
                _("In %(regions)s another person publishes it. Press “Save and ask for a look” "
                  "when it is ready.") % {"regions": regions_of(project)},
            )  # fmt: skip
        return answer

    def _ask(self, request: HttpRequest, project: Project) -> None:
        note = note_of(request)
        ask_review(project=project, by=request.user, note=note)
        people = reviewers(project, request.user)
        tell_asked(project=project, by=request.user, note=note, to=people)
        if people:
            words = _("Asked to look at it: %(people)s. You get a letter when it is published or "
                      "returned.")  # fmt: skip
            messages.success(request, words % {"people": listed([str(user) for user in people])})
        else:
            words = _("Nobody but you can publish it now: invite another coordinator of the "
                      "region, or ask the administrator of the portal.")  # fmt: skip
            messages.warning(request, words)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = context["original"]
        regions = list(review_regions(obj.pk)) if obj is not None else []
        context["review_words"] = listed([str(region) for region in regions])
        if regions:
            is_public = Project.objects.published().filter(pk=obj.pk).exists()
            context.update(show_publish=False, show_confirm=False, show_ask=self.whole)
            if is_public and self.whole:
                context.update(show_save=False, show_save_and_continue=False)
        return super().render_change_form(request, context, *args, **kwargs)

    # --- history -----------------------------------------------------------------------------

    def restore_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """An earlier state of a public page is a change that nobody has looked at."""
        if is_locked(pk):
            return refuse_restoring(request, "project", pk)
        return super().restore_view(request, pk)


def _key(object_id: str | None) -> str | None:
    return object_id if object_id and is_key(object_id) else None


def close_fields(form: Any, but: Container[str] = ()) -> None:
    """Let a form class of one request read nothing of what is sent for its fields."""
    for name, field in form.base_fields.items():
        if name not in but:
            closed = copy(field)  # a declared field is one of all requests
            closed.disabled = True
            form.base_fields[name] = closed


def regions_of(project: Project) -> str:
    """The regions that ask for a second pair of eyes, in words."""
    return listed([str(region) for region in review_regions(project.pk)])


def refuse_restoring(request: HttpRequest, model: str, pk: int) -> HttpResponse:
    """Told to who would bring back an earlier text of a public page alone."""
    messages.warning(request, NOT_AT_ONCE)
    return redirect(f"admin:projects_{model}_change", pk)


def refuse_alone(projects: QuerySet) -> None:
    """Asked after a restore about the projects whose pages got something by it: raises
    ValidationError when one of them is public and nobody changes its texts alone.
    """
    if projects.filter(locked_q()).exists():
        raise ValidationError(NOT_AT_ONCE)
