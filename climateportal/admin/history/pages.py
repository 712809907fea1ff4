"""The pages of an object's history: what was changed, restoring it, what has been deleted."""

from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _

from climateportal.admin.history import deleted, restoring
from climateportal.admin.history.family import family
from climateportal.admin.history.filtering import FilterForm
from climateportal.admin.history.names import Names
from climateportal.admin.history.parts import Plan, plan
from climateportal.admin.history.showing import by_row, shown_save
from climateportal.admin.history.timeline import saves, steps, written
from climateportal.dates import occasion
from climateportal.models import User

ON_A_PAGE = 20
DELETED_ON_A_PAGE = 50


class HistoryPages:
    """Mix in before `ModelAdmin`. Models without a history keep Django's list of acts."""

    @property
    def has_history(self) -> bool:
        """Whether earlier states of the rows are known."""
        return hasattr(self.model, "history")

    def get_urls(self) -> list[Any]:
        if not self.has_history:
            return super().get_urls()

        def page(address: str, view: Any, name: str) -> Any:
            full = f"{self.opts.app_label}_{self.opts.model_name}_{name}"
            return path(address, self.admin_site.admin_view(view), name=full)

        return [
            page("deleted/", self.deleted_view, "deleted"),
            page("deleted/<int:pk>/", self.undelete_view, "undelete"),
            page("<int:pk>/restore/", self.restore_view, "restore"),
            *super().get_urls(),
        ]

    def _address(self, name: str, *args: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)

    def _restore_address(self, pk: int, at: datetime, part: str) -> str:
        query = {"at": at.isoformat()} | ({"part": part} if part else {})
        return f"{self._address('restore', pk)}?{urlencode(query)}"

    def _page(
        self, request: HttpRequest, template: str, title: str, **context: Any
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "module_name": capfirst(str(self.opts.verbose_name_plural)),
            "list_url": self._address("changelist"),
            "problems": [],
            "back": "",
            "back_words": _("History"),
            "object": None,
            **context,
        }
        return TemplateResponse(request, template, context)

    # --- what was changed --------------------------------------------------------------------

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Who changed what and when. Only read: nothing can be posted to it."""
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        if not self.has_history:
            extra = {
                "saves": None,
                "problems": [],
                "back": "",
                "list_url": self._address("changelist"),
            }
            return super().history_view(request, object_id, extra)
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        kins = family(self, request, obj)
        rows = written(kins, obj.pk)
        names = Names(request.user)
        names.wanted[User] = {row.by for row in rows if row.by}
        names.read()
        form = FilterForm(request.GET, kins, rows, names)
        wanted = form.wanted()
        found = saves(filter(wanted.lets, rows))
        page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
        told = steps(kins, rows, page.object_list)
        for step in (step for of_save in told for step in of_save):
            names.want(step.kin, step.before)
            names.want(step.kin, step.after)
        names.read()
        address = partial(self._restore_address, obj.pk) if self.may_restore(request, obj) else None
        shown = [
            shown_save(save, of_save, names, address, bool(rows) and save.rows[0] == rows[0])
            for save, of_save in zip(page.object_list, told, strict=True)
        ]
        return self._page(
            request, "admin/object_history.html", _("History"),
            object=obj, page_obj=page, saves=shown, form=form, count=len(found),
        )  # fmt: skip

    def may_restore(self, request: HttpRequest, obj: models.Model) -> bool:
        """Whether the user can restore anything of the object."""
        return self.has_change_permission(request, obj)

    # --- restoring ---------------------------------------------------------------------------

    def restore_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Shows what would change if an earlier state came back, and does what is confirmed."""
        obj = self.get_object(request, str(pk))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        at = _moment(request.GET.get("at", ""))
        todo = plan(self, request, obj, at)
        ticked = todo.chosen_by_default(request.GET.get("part", ""))
        problems: list[str] = []
        if request.method == "POST":
            ticked = set(request.POST.getlist("part"))
            problems = self._refusals(request, todo, ticked)
            if not problems:
                token = request.POST.get("seen", "")
                try:
                    done = restoring.restore(self, request, obj, at, ticked, token)
                except restoring.Stale:
                    problems = [changed_meanwhile()]
                except ValidationError as error:
                    problems = error.messages
                else:
                    return self._tell_restored(request, obj, done)
        return self._page(
            request, "admin/history/restore.html", _("Restore an earlier state"),
            object=obj, plan=todo, rows=by_row(todo.parts), ticked=ticked, problems=problems,
            moment=occasion(at), back=self._address("history", obj.pk),
            refused=todo.refused(), is_one=bool(request.GET.get("part")),
        )  # fmt: skip

    def _refusals(self, request: HttpRequest, todo: Plan, ticked: set[str]) -> list[str]:
        """What keeps a confirmation from being carried out, before anything is tried."""
        possible = {part.key for part in todo.parts if part.is_possible}
        if not ticked & {part.key for part in todo.parts}:
            return [_("Nothing was chosen.")]
        if ticked - possible:
            raise PermissionDenied
        whole = ticked == possible
        if todo.refused() and whole and "without" not in request.POST:
            return [_("Some of it cannot come back. Tick at the end that the rest is restored "
                      "without it.")]  # fmt: skip
        return []

    def _tell_restored(self, request: HttpRequest, obj: models.Model, done: Plan) -> HttpResponse:
        told = ", ".join(dict.fromkeys(part.title for part in done.parts))
        self.log_change(request, obj, _("Restored from history: %(what)s") % {"what": told})
        self.message_user(
            request,
            _("The earlier state is back. You can undo this on this page like any other change."),
            messages.SUCCESS,
        )
        return redirect(self._address("history", obj.pk))

    # --- what has been deleted ---------------------------------------------------------------

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """Deleted objects, for those who could have deleted them."""
        if not self.may_use(request.user):
            raise PermissionDenied
        found = deleted.deletions(self.model)
        if not request.user.is_superuser:
            found = found[: deleted.AT_ONCE]
        page = Paginator(found, DELETED_ON_A_PAGE if request.user.is_superuser else deleted.AT_ONCE)
        shown = page.get_page(request.GET.get("page"))
        items = deleted.lost(self.model, shown.object_list)
        allowed = deleted.could_delete(self, request, items)
        items = [item for item in items if item.pk in allowed]
        titles, names = deleted.titles(self.model, items, request.user)
        rows = [
            {
                "title": titles[item.pk],
                "at": item.at,
                "moment": occasion(item.at),
                "who": names.person(item.by),
                "url": self._address("undelete", item.pk),
            }
            for item in items
        ]
        title = _("Deleted: %(what)s") % {"what": str(self.opts.verbose_name_plural)}
        return self._page(request, "admin/history/deleted.html", title, rows=rows, page_obj=shown)

    def undelete_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Shows what comes back of a deleted object, and brings it back."""
        items = deleted.lost(self.model, deleted.deletions(self.model).filter(id=pk))
        if not items or not deleted.could_delete(self, request, items):
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        todo = deleted.plan_undelete(self, request, items[0])
        whole, *rows = todo.parts
        ticked = {part.key for part in rows if part.is_possible}
        problems: list[str] = [whole.refusal] if whole.refusal else []
        if request.method == "POST" and not problems:
            ticked = set(request.POST.getlist("part"))
            token = request.POST.get("seen", "")
            try:
                made = deleted.undelete(self, request, pk, ticked, token)
            except restoring.Stale:
                problems = [changed_meanwhile()]
            except ValidationError as error:
                problems = error.messages
            else:
                self.log_addition(request, made, _("Brought back after it had been deleted"))
                self.message_user(request, _("It is back, with what you chose."), messages.SUCCESS)
                return redirect(self._address("change", made.pk))
        return self._page(
            request, "admin/history/undelete.html", _("Bring back what was deleted"),
            whole=whole, plan=todo, rows=by_row(rows), ticked=ticked, problems=problems,
            moment=occasion(items[0].at), back=self._address("deleted"), back_words=_("Deleted"),
        )  # fmt: skip


def changed_meanwhile() -> str:
    """Said when what was confirmed is no longer what would happen."""
    return _("Somebody changed something in between. Nothing was restored: look at what would "
             "change now, and confirm again.")  # fmt: skip


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
    if not is_aware(found) or not 1900 < found.year < 2200:
        raise Http404
    return found
