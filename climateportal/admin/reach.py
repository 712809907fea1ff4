"""Who may see and do what in an admin: rights follow from reach alone.

Django's own model permissions are not asked: a coordinator needs only a region, municipality or
project on the user's page. What is out of reach is neither listed nor opened.
"""

from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from municipalities.permissions import is_coordinator, looks

READING = ("GET", "HEAD")


class Reach:
    """Mix in before `ModelAdmin`: say in `reach_q` which rows a user may edit, and in `open_q`
    which of the others may be looked at.

    `get_queryset` has the rows to edit, except on the pages that only show: the list, the form when
    it is opened, the history. So a page or an action that is added to an admin writes nothing out
    of reach, even when its author forgot to ask.
    """

    def reach_q(self, user: Any) -> Q:
        """Rows that the user may edit."""
        raise NotImplementedError

    def open_q(self, user: Any) -> Q:
        """Rows that the user may look at here. Default: those to edit."""
        return self.reach_q(user)

    def pick_q(self, user: Any) -> Q:
        """Rows that may be picked for a relation elsewhere. Default: those in reach."""
        return self.reach_q(user)

    def offered_q(self) -> Q:
        """Of the rows that may be picked, those worth offering in a list. Default: all."""
        return Q()

    def may_look(self, user: Any) -> bool:
        """Whether this admin shows anything to the user."""
        return looks(user)

    def may_use(self, user: Any) -> bool:
        """Whether the user edits anything here."""
        return is_coordinator(user)

    def may_delete(self, user: Any, obj: models.Model) -> bool:
        """Whether a row in reach may be deleted by the user."""
        return True

    def _fulfils(self, request: HttpRequest, obj: models.Model, which: str) -> bool:
        """Whether a row is among those of `reach_q` or `open_q`; asked once for a request."""
        if request.user.is_superuser:
            return True
        known = request.__dict__.setdefault("_in_reach", {})
        key = (type(self), which, obj.pk)
        if key not in known:
            condition = getattr(self, which)(request.user)
            known[key] = self.model._default_manager.filter(condition, pk=obj.pk).exists()
        return known[key]

    def _in_reach(self, request: HttpRequest, obj: models.Model | None) -> bool:
        if not self.may_use(request.user):
            return False
        return obj is None or self._fulfils(request, obj, "reach_q")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may_look(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if not self.may_look(request.user):
            return False
        return obj is None or self._fulfils(request, obj, "open_q")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._in_reach(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_use(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._in_reach(request, obj) and (
            obj is None or request.user.is_superuser or self.may_delete(request.user, obj)
        )

    def has_pick_permission(self, request: HttpRequest) -> bool:
        """Whether the user may look up rows of this model for a relation."""
        return is_coordinator(request.user)

    # --- which rows --------------------------------------------------------------------------

    def _only_showing(self, request: HttpRequest) -> None:
        request._only_showing = type(self) if request.method in READING else None

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        showing = getattr(request, "_only_showing", None) is type(self)
        condition = self.open_q if showing else self.reach_q
        return super().get_queryset(request).filter(condition(request.user))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        self._only_showing(request)
        return super().changelist_view(request, extra_context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        self._only_showing(request)
        return super().change_view(request, object_id, form_url, extra_context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        self._only_showing(request)
        return super().history_view(request, object_id, extra_context)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """An action that does not say what right it needs is one for those who edit."""
        found = super().get_actions(request)
        if self.may_use(request.user):
            return found
        return {
            name: action
            for name, action in found.items()
            if "view" in getattr(action[0], "allowed_permissions", ())
        }

    # --- picking -----------------------------------------------------------------------------

    def accepted(self, request: HttpRequest, as_owner: bool) -> QuerySet:
        """Rows a form accepts for a relation; `as_owner` when the relation decides who edits."""
        condition = self.reach_q(request.user) if as_owner else self.pick_q(request.user)
        ordering = self.get_ordering(request) or self.opts.ordering
        return self.model._default_manager.filter(condition).order_by(*ordering)

    def offered(self, request: HttpRequest, source_field: Any) -> QuerySet:
        """Rows offered in the list of a relation, `source_field`."""
        source = self.admin_site._registry.get(source_field.model)
        as_owner = source is not None and source_field.name in getattr(source, "owner_fields", ())
        return self.accepted(request, as_owner).filter(self.offered_q())
