"""A form of the admin is saved over nothing but what its editor saw, and once (rule 10)."""

import copy
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.db import models
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from climateportal.admin.keptforms import forget, kept
from climateportal.admin.sentforms import claim
from climateportal.admin.staleness import (
    TOKEN,
    Loaded,
    form_name,
    read_token,
    state_of,
    write_token,
)
from climateportal.admin.stalenessmerge import CHOICE, Difference, Merge, apply_choices
from climateportal.admin.typedtexts import typed_texts_page


@dataclass(frozen=True)
class Refusal:
    """Why what was sent was not saved. `kind`: stale, kept (the session had ended), draft (opened
    with what was kept for later), other (the draft is another's by now), alone (it would be public
    without a second pair of eyes), again (the form has been saved already, as `obj`).
    """

    kind: str
    differences: list[Difference] = field(default_factory=list)
    had_files: bool = False
    obj: models.Model | None = None
    address: str = ""

    @property
    def conflicts(self) -> list[Difference]:
        """What both wrote."""
        return [item for item in self.differences if item.is_conflict]

    @property
    def others(self) -> list[Difference]:
        """What only the other wrote: it is in the form now."""
        return [item for item in self.differences if not item.is_conflict]


OPENED = ("kept", "draft")  # nobody has sent anything: the form opens with what was kept


def _never_valid(form: forms.BaseForm) -> bool:
    forms.BaseForm.is_valid(form)  # its errors are told all the same
    return False


class Guarded:
    """Mix in before `ModelAdmin`: a stale form is refused, and nothing typed is lost."""

    # relations to rows that the save changes too, locked before the row itself: whoever saves
    # locks in the same order
    locked_first: ClassVar[tuple[str, ...]] = ()

    # --- a request ---------------------------------------------------------------------------

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """The form. What was typed before signing in again is shown as if it had just been sent."""
        found = self.reopened(request, object_id) if request.method == "GET" else None
        if found is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        request.POST, request.refusal = found
        request._files = MultiValueDict()
        request.method = "POST"
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        finally:
            request.method = "GET"

    def reopened(
        self, request: HttpRequest, object_id: str | None
    ) -> tuple[QueryDict, Refusal] | None:
        """What a form opens with instead of what is stored, or None."""
        found = kept(request)
        return (found[0], Refusal("kept", had_files=found[1])) if found else None

    def _changeform_view(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any
    ) -> HttpResponse:
        if request.method != "POST":
            return super()._changeform_view(request, object_id, form_url, extra_context)
        loaded = self._loaded(request, object_id)
        if loaded and not self._may_save(request, object_id):
            return typed_texts_page(self, request, loaded)
        claimed = claim(request, loaded) if loaded and not hasattr(request, "refusal") else None
        if claimed and claimed.is_repeated:
            return self._answer_again(request, claimed.row.object_pk)
        if object_id is not None:
            self._compare(request, object_id, loaded)
        elif claimed and not claimed.is_first:
            self._refuse_again(request, claimed.row.object_pk)
        response = super()._changeform_view(request, object_id, form_url, extra_context)
        saved = request.__dict__.get("saved_object")
        if saved is not None:
            forget(request)
        if claimed:
            claimed.settle(saved)
        if hasattr(request, "refusal") and request.refusal.kind not in OPENED:
            response.status_code = 409
        return response

    def _loaded(self, request: HttpRequest, object_id: str | None) -> Loaded | None:
        """The token, if it was made for this form and this user."""
        loaded = read_token(request.POST.get(TOKEN, ""))
        name = form_name(self.model, object_id and unquote(object_id))
        if loaded and (loaded.user, loaded.form) == (request.user.pk, name):
            return loaded
        return None

    def _may_save(self, request: HttpRequest, object_id: str | None) -> bool:
        if object_id is None:
            return self.has_add_permission(request)
        obj = self.get_object(request, unquote(object_id))
        return obj is not None and self.has_change_permission(request, obj)

    # --- stale -------------------------------------------------------------------------------

    def _compare(self, request: HttpRequest, object_id: str, loaded: Loaded | None) -> None:
        """Make the request one that is refused, when it would overwrite what its editor has not
        seen. What is shown then holds all that was typed, and what is stored everywhere else.
        """
        now = self._as_stored(request, object_id)
        if now is None:
            return
        form, formsets = now
        if any(name.startswith(CHOICE) for name in request.POST):
            request.POST = request.POST.copy()
            apply_choices(request.POST, form, formsets)
        request.form_state = state_of(form, formsets)
        if loaded and loaded.state == request.form_state:
            return
        base = loaded.state if loaded else None
        merge = Merge(request.POST, request.FILES, base, form, formsets)
        if not merge.differences:
            if merge.is_wider:
                request.POST = merge.data  # with what is stored there, not with nothing
            return
        before = getattr(request, "refusal", None)
        had_files = before.had_files if before else bool(request.FILES)
        kind = before.kind if before else "stale"
        known = before.differences if before else []
        request.POST, request._files = merge.data, MultiValueDict()
        request.refusal = Refusal(kind, [*known, *merge.differences], had_files)

    def _as_stored(
        self, request: HttpRequest, object_id: str
    ) -> tuple[forms.BaseForm, list[Any]] | None:
        """The form and its rows as they would open now; locks the object until the save is over."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None or not self.has_change_permission(request, obj):
            return None
        self._lock(obj)
        twin = copy.copy(request)
        twin.method = "GET"
        twin.rows_sent = request.POST
        obj = self.get_object(twin, unquote(object_id))
        if obj is None:
            return None
        fields = flatten_fieldsets(self.get_fieldsets(twin, obj))
        form = self.get_form(twin, obj, change=True, fields=fields)(instance=obj)
        formsets, inlines = self._create_formsets(twin, obj, change=True)
        editable = [
            formset
            for formset, inline in zip(formsets, inlines, strict=True)
            if inline.has_change_permission(twin, obj)
        ]
        return form, editable

    def _lock(self, obj: models.Model) -> None:
        relations = [obj._meta.get_field(name) for name in self.locked_first]
        first = [(field.remote_field.model, getattr(obj, field.attname)) for field in relations]
        for model, pk in (*first, (self.model, obj.pk)):
            locked = model._base_manager.select_for_update().filter(pk=pk).order_by()
            list(locked.values_list("pk"))

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.BaseForm]:
        made = super().get_form(request, obj, change=change, **kwargs)
        if hasattr(request, "refusal"):
            made.is_valid = _never_valid  # a class of this request alone
        return made

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        request.saved_object = obj
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        request.saved_object = obj
        return super().log_change(request, obj, message)

    # --- sent twice --------------------------------------------------------------------------

    def _answer_again(self, request: HttpRequest, pk: str) -> HttpResponse:
        """The same form came twice: lead where the first answer led."""
        obj = self.get_object(request, pk)
        if obj is None or not self.has_view_or_change_permission(request, obj):
            return self._get_obj_does_not_exist_redirect(request, self.opts, pk)
        if IS_POPUP_VAR in request.POST:
            return self.response_add(request, obj)
        self.message_user(request, _("The form was sent twice. It was saved once."), messages.INFO)
        if "_continue" in request.POST:
            return redirect(self._form_address(obj))
        if "_addanother" in request.POST:
            return redirect(request.path)
        return self.response_post_save_change(request, obj)

    def _refuse_again(self, request: HttpRequest, pk: str) -> None:
        """A form of a new row that was saved, and then changed with the browser's Back."""
        obj = self.get_object(request, pk)
        if obj is not None and self.has_view_or_change_permission(request, obj):
            request.refusal = Refusal(
                "again", had_files=bool(request.FILES), obj=obj, address=self._form_address(obj)
            )

    def _form_address(self, obj: models.Model) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return reverse(name, args=[obj.pk])

    # --- showing -----------------------------------------------------------------------------

    def form_token(self, request: HttpRequest, context: dict[str, Any]) -> str:
        """The token of the form in `context`."""
        obj = context["original"]
        if obj is None:
            return write_token(request.user, form_name(self.model, None), None)
        if not self.has_change_permission(request, obj):
            return ""
        state = request.__dict__.get("form_state")
        if state is None:
            inlines = context["inline_admin_formsets"]
            formsets = [inline.formset for inline in inlines if inline.has_change_permission]
            state = state_of(context["adminform"].form, formsets)
        return write_token(request.user, form_name(self.model, obj.pk), state)
