"""Sending the form of a draft: for good, or only to see what would come of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.messages.storage.cookie import CookieStorage
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict

from climateportal.admin.history.family import fresh
from climateportal.admin.staleness import TOKEN, form_name, row_numbers, write_token
from climateportal.admin.stalenessmerge import CHOICE
from projects.models import Project, ProjectDraft

SEEN = "_draft_version"  # control that tells which draft the form was opened with
BUTTONS = {
    "_save", "_continue", "_addanother", "_publish", "_confirm", "_draft", "_preview", "_ask",
}  # fmt: skip
NOTE = "_note"  # for who looks at it
NOT_KEPT = {"csrfmiddlewaretoken", TOKEN, SEEN, NOTE, *BUTTONS}
OF_ONE_ANSWER = (
    "refusal", "form_state", "saved_object", "project_form", "rows_sent", "draft_of", "allowed",
)  # fmt: skip


def text_of_form(data: QueryDict) -> str:
    """What is kept of a form that was sent."""
    kept = QueryDict(mutable=True)
    for name, values in data.lists():
        if name not in NOT_KEPT and "__prefix__" not in name and not name.startswith(CHOICE):
            kept.setlist(name, values)
    return kept.urlencode()


def without_places(data: QueryDict) -> None:
    """Leave out rows that are added or taken away of who takes part: the form of those who do not
    decide that offers neither, but whoever publishes the draft may do both.
    """
    prefix = "participations"
    first = data.get(f"{prefix}-INITIAL_FORMS", "0")
    for name in list(data):
        found = row_numbers(prefix).match(name)
        if found and (int(found[1]) >= int(first) or name.endswith("-DELETE")):
            del data[name]
    data[f"{prefix}-TOTAL_FORMS"] = first


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written in the block is taken back at its end."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


@contextmanager
def silent(request: HttpRequest) -> Iterator[None]:
    """Messages for the editor that are made in the block are not shown."""
    before, request._messages = getattr(request, "_messages", None), CookieStorage(request)
    try:
        yield
    finally:
        request._messages = before


def with_token(data: QueryDict, request: HttpRequest, project: Project, base: Any) -> QueryDict:
    """The form as if the user had opened it when what was stored had the marks `base`."""
    data[TOKEN] = write_token(request.user, form_name(Project, project.pk), base)
    return data


def as_request(request: HttpRequest, data: QueryDict, silent: bool, allowed: bool) -> HttpRequest:
    """A request of the same user that sends the whole form; `silent` leaves no messages, `allowed`
    says that somebody has asked whether it may become public.
    """
    twin = fresh(request)
    for name in OF_ONE_ANSWER:
        vars(twin).pop(name, None)
    if silent:
        twin._messages = CookieStorage(twin)
    twin.GET = QueryDict()
    data["_save"] = "1"
    twin.POST, twin._files = data, MultiValueDict()
    if allowed:
        twin.allowed = True
    return twin


def send(
    admin: Any,
    request: HttpRequest,
    draft: ProjectDraft,
    form_url: str = "",
    silent: bool = False,
    insist: bool = False,
    allowed: bool = True,
) -> tuple[HttpRequest, HttpResponse]:
    """Publish a draft as if the user sent it: the request, whose `saved_object` tells whether it
    was saved, and its answer.

    What others changed since is kept. Where both changed the same, nothing is saved, unless the
    caller insists on what the draft has. See `as_request` for the rest.
    """
    data = with_token(draft.as_sent(), request, draft.project, draft.base)
    data[SEEN] = draft.version
    twin = as_request(request, data, silent, allowed)
    twin.draft_of = draft.author
    answer = admin.changeform_view(twin, str(draft.project_id), form_url)
    refusal = twin.__dict__.get("refusal")
    if refusal and hasattr(twin, "form_state") and (insist or not refusal.conflicts):
        data = with_token(twin.POST.copy(), request, draft.project, twin.form_state)
        twin = as_request(request, data, silent, allowed)
        twin.draft_of = draft.author
        answer = admin.changeform_view(twin, str(draft.project_id), form_url)
    return twin, answer


def applied(admin: Any, request: HttpRequest, draft: ProjectDraft) -> bool:
    """Write a draft as it would be if it were published now; where others have changed the same,
    as the draft has it. Returns whether that worked. Only for use within `undone`.
    """
    twin, _answer = send(admin, request, draft, silent=True, insist=True)
    return hasattr(twin, "saved_object")
