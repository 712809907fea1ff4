"""The pages of “Import and export”: files out, files in, and what a file would change."""

import copy
from collections import Counter
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from climateportal.admin.errors import of_form
from climateportal.sheetfiles.tables import NotATable
from municipalities.permissions import is_coordinator
from projects.admin.sheetforms import FileForm, HeadingForm
from projects.models import PendingImport, Project
from projects.sheets import imports
from projects.sheets.drafts import Fate
from projects.sheets.exports import FORMATS, export, template
from projects.sheets.kinds import KINDS, Kind, kind_of

ON_A_PAGE = 100
FATES = {
    Fate.ERROR: pgettext_lazy("rows of a file", "To correct"),
    Fate.CREATE: pgettext_lazy("rows of a file", "New"),
    Fate.CHANGE: pgettext_lazy("rows of a file", "To change"),
    Fate.SAME: pgettext_lazy("rows of a file", "Unchanged"),
    Fate.SKIPPED: pgettext_lazy("rows of a file", "Not read"),
}
LIST = "_list"  # the parameter that names the list whose filters an export follows


class SheetPages:
    """The pages, as part of an admin site."""

    def __init__(self, site: admin.AdminSite) -> None:
        self.site = site

    @property
    def urls(self) -> list[Any]:
        """Their addresses."""

        def page(address: str, view: Any, name: str) -> Any:
            return path(f"sheets/{address}", self.site.admin_view(view), name=name)

        return [
            page("", self.index, "sheets"),
            page("import/<uuid:token>/", self.incoming, "sheets_import"),
            page("<slug:kind>/template.<slug:form>", self.template, "sheets_template"),
            page("<slug:kind>/export.<slug:form>", self.export, "sheets_export"),
        ]

    # --- out ---------------------------------------------------------------------------------

    def template(self, request: HttpRequest, kind: str, form: str) -> HttpResponse:
        """A file with headings, an example and the words that are known."""
        found = _asked(request, kind, form)
        return _file(template(found, form), found.title + " " + _("template"), form)

    def export(self, request: HttpRequest, kind: str, form: str) -> HttpResponse:
        """The rows that the user may edit, within the filters of the list they came from."""
        found = _asked(request, kind, form)
        rows = found.model._default_manager.filter(found.reach_q(request.user))
        if request.GET.get(LIST):
            rows = self._within_list(request, found, rows)
        day = timezone.localdate().isoformat()
        return _file(export(found, rows, request.user, form), f"{found.title} {day}", form)

    def _within_list(self, request: HttpRequest, kind: Kind, rows: QuerySet) -> QuerySet:
        """Of the rows, those in a list of the admin, or of the projects in one."""
        listed = next((k for k in KINDS if k.name == request.GET[LIST]), None)
        if listed is None or listed.model not in self.site._registry:
            raise Http404
        if listed.model is not kind.model and not (listed.model is Project and kind.owner):
            raise Http404
        model_admin = self.site._registry[listed.model]
        asked = copy.copy(request)
        asked.GET = request.GET.copy()
        del asked.GET[LIST]
        asked._only_showing = type(model_admin)  # as on the list; what is written was chosen above
        try:
            found = model_admin.get_changelist_instance(asked).get_queryset(asked)
        except IncorrectLookupParameters:
            raise Http404 from None
        keys = list(found.order_by().values_list("pk", flat=True))
        if listed.model is kind.model:
            return rows.filter(pk__in=keys)
        return rows.filter(project__in=keys)

    # --- in ----------------------------------------------------------------------------------

    def index(self, request: HttpRequest) -> HttpResponse:
        """What can be taken out, and the form on which a file is brought in."""
        _check(request)
        asked = request.GET.get(LIST, "")
        first = request.GET.get("kind") or asked or None
        form = FileForm(request.POST or None, request.FILES or None, initial={"kind": first})
        if request.method == "POST" and form.is_valid():
            try:
                pending = imports.receive(
                    user=request.user,
                    kind=form.cleaned_data["kind"],
                    filename=form.cleaned_data["file"].name,
                    data=form.cleaned_data["file"].read(),
                )
                return redirect("admin:sheets_import", pending.pk)
            except NotATable as error:
                form.add_error("file", str(error))
        listed = next((kind for kind in KINDS if kind.name == asked), None)
        shown = [
            kind_of(kind.name)
            for kind in KINDS
            if listed is None
            or kind.model is listed.model
            or (listed.model is Project and kind.owner)
        ]
        mine = PendingImport.objects.of(request.user).defer("lines", "outcome", "problems")
        return self._shown(
            request,
            "index",
            _("Import and export"),
            form=form,
            kinds=shown,
            listed=listed,
            query=f"?{request.GET.urlencode()}" if listed else "",
            pending=mine,
            problems=list(of_form(form)),
        )

    def incoming(self, request: HttpRequest, token: Any) -> HttpResponse:
        """One file on its way in: its headings, how far it is checked, what it would change."""
        _check(request)
        pending = PendingImport.objects.of(request.user).filter(pk=token).first()
        if pending is None:
            told = _("This file has been imported, cancelled, or was left lying for over a day.")
            messages.warning(request, told)
            return redirect("admin:sheets")
        if "_cancel" in request.POST:
            pending.delete()
            messages.success(request, _("The file was put away. Nothing was changed."))
            return redirect("admin:sheets")
        if pending.told("columns") is None:
            return self._headings(request, pending)
        if pending.told("outcome") is None and not imports.check(pending, request.user):
            return self._progress(request, pending)
        if "_confirm" in request.POST:
            return self._confirm(request, pending)
        return self._preview(request, pending)

    def _headings(self, request: HttpRequest, pending: PendingImport) -> HttpResponse:
        kind, headings = kind_of(pending.kind), imports.headings_of(pending)
        form = HeadingForm(
            request.POST if "_headings" in request.POST else None, kind=kind, headings=headings
        )
        if form.is_bound and form.is_valid():
            imports.settle_headings(pending, form.chosen)
            return redirect(request.path)
        known = [kind.by_name[heading.column] for heading in headings if heading.column]
        title = _("What are these columns?")
        context = {"form": form, "known": known, "problems": list(of_form(form))}
        return self._shown(request, "headings", title, pending=pending, kind=kind, **context)

    def _progress(self, request: HttpRequest, pending: PendingImport) -> HttpResponse:
        total = len(pending.told("lines")) - 1
        response = self._shown(
            request,
            "progress",
            _("The file is being checked"),
            pending=pending,
            kind=kind_of(pending.kind),
            total=total,
            percent=100 * pending.checked // total,
        )
        response["Refresh"] = "0"  # without scripts; each request checks for two seconds
        return response

    def _confirm(self, request: HttpRequest, pending: PendingImport) -> HttpResponse:
        try:
            written = imports.confirm(pending, request.user)
        except ValidationError as error:
            return self._preview(request, pending, refused=error.messages)
        if written is None:
            told = _("Nothing was written. Something has changed since: look at the rows again.")
            messages.warning(request, told)
            return redirect(request.path)
        created = ngettext("%(n)s row was added", "%(n)s rows were added", written.created)
        changed = ngettext("%(n)s was changed", "%(n)s were changed", written.changed)
        told = f"{created % {'n': written.created}}, {changed % {'n': written.changed}}."
        kind = kind_of(pending.kind)
        messages.success(request, f"{kind.title}: {told}")
        return redirect(self._list_of(request, kind) or reverse("admin:sheets"))

    def _list_of(self, request: HttpRequest, kind: Kind) -> str:
        if kind.model not in self.site._registry:
            return ""
        return reverse(f"admin:projects_{kind.model._meta.model_name}_changelist")

    def _preview(
        self, request: HttpRequest, pending: PendingImport, refused: list[str] | None = None
    ) -> HttpResponse:
        rows = pending.told("outcome")
        counts = Counter(row["fate"] for row in rows)
        asked = request.GET.get("show", "")
        show = asked if counts[asked] else next((fate for fate in Fate if counts[fate]), "")
        page = Paginator([row for row in rows if row["fate"] == show], ON_A_PAGE).get_page(
            request.GET.get("page")
        )
        return self._shown(
            request,
            "preview",
            _("What would change"),
            pending=pending,
            kind=kind_of(pending.kind),
            notes=pending.told("notes"),
            counts=[
                {"value": fate.value, "words": FATES[fate], "count": counts[fate]}
                for fate in Fate
                if counts[fate]
            ],
            show=show,
            show_words=FATES.get(show, ""),
            page=page,
            refused=refused or [],
            errors=counts[Fate.ERROR],
            writes=0 if counts[Fate.ERROR] else counts[Fate.CREATE] + counts[Fate.CHANGE],
        )

    def _shown(self, request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
        """A page; what only some of them have is empty on the others."""
        shared = {"problems": [], "errors": 0, "refused": [], "pending": None, "kind": None}
        context = {**self.site.each_context(request), **shared, "title": title, **context}
        return TemplateResponse(request, f"admin/sheets/{name}.html", context)


def _check(request: HttpRequest) -> None:
    if not is_coordinator(request.user):
        raise PermissionDenied


def _asked(request: HttpRequest, kind: str, form: str) -> Kind:
    """The kind of an address, for those who may use it."""
    _check(request)
    if form not in FORMATS or all(known.name != kind for known in KINDS):
        raise Http404
    return kind_of(kind)


def _file(data: bytes, name: str, form: str) -> HttpResponse:
    response = HttpResponse(data, content_type=FORMATS[form])
    filename = f"{slugify(name)}.{form}"
    response["Content-Disposition"] = content_disposition_header(True, filename)
    return response
