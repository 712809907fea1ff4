"""The admin site itself: its name, its order of tasks, log-in, and what may be picked from lists.

Outside `climateportal.admin`, because Django makes the site while that package is being imported.
"""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.db.models import ForeignKey, ManyToManyField, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.i18n import JavaScriptCatalog

# What a coordinator comes to do, in that order. A registered model in no group comes last.
TASKS = (
    ("work", _("Projects"), ("project", "goodpractice", "goal", "feedback", "brokenlink")),
    ("people", _("People and organisations"), ("contact", "organisation", "invitation")),
    ("areas", _("Areas"), ("municipality", "region", "steeringgroup", "meeting")),
    ("site", pgettext_lazy("admin", "The site"), ("page", "notice", "theme", "user")),
)
OURS = ("climateportal", "municipalities", "projects")

# Words that scripts use, in the language of the admin. The first block is the editor's own.
SCRIPT_WORDS = {
    "URL": _("Address of the link"),
    "Title": _("Tooltip (may be left empty)"),
    "Edit Link": _("Link"),
    "Update": pgettext_lazy("button", "Apply"),
    "Cancel": pgettext_lazy("button", "Close without changes"),
    "Rows": _("Rows"),
    "Columns": _("Columns"),
    "Include header row": _("The first row has the headings"),
    "Table Properties": _("New table"),
    "Insert Table": _("Insert the table"),
    "bold": _("Bold"),
    "italic": _("Italic"),
    "bulletList": _("Bulleted list"),
    "orderedList": _("Numbered list"),
    "blockquote": _("Quotation"),
    "heading3": _("Heading"),
    "heading4": _("Smaller heading"),
    "link": _("Link (choose the text first)"),
    "unlink": _("Remove the link"),
    "table": _("Table"),
    "table:addColumnAfter": _("Add a column"),
    "table:deleteColumn": _("Delete the column"),
    "table:addRowAfter": _("Add a row"),
    "table:deleteRow": _("Delete the row"),
    "table:mergeCells": _("Merge cells"),
    "table:splitCell": _("Split the cell"),
    "table:toggleHeaderCell": _("Heading cell"),
    "table:deleteTable": _("Delete the table"),
    "history:undo": _("Undo"),
    "history:redo": _("Redo"),
    "Formatting": _("Formatting"),
    "Text": _("Text"),
    "Move up": _("Move up"),
    "Move down": _("Move down"),
    "Drag to another place": _("Drag to another place"),
    "Chosen": pgettext_lazy("from a list", "Chosen"),
    "Removed": pgettext_lazy("from a list", "Removed"),
    "Take away": pgettext_lazy("from a list", "Remove"),
    "Previous month": _("Previous month"),
    "Next month": _("Next month"),
    "Nesting": _("Alt+Shift+→ moves a point under the one before, Alt+Shift+← back"),
    "Yes": pgettext_lazy("heading row of a table", "Yes"),
    "No": pgettext_lazy("heading row of a table", "No"),
    "Characters left:": _("Characters left:"),
    "Section": pgettext_lazy("part of a form", "Section"),
    "missing": pgettext_lazy("translations", "missing"),
    "Show all sections": _("Show all sections on one page"),
    "Show one section": _("Show one section at a time"),
    "unsaved": _("You have changes that are not saved."),
    "errors": pgettext_lazy("count beside a section", "to correct"),
}


class ScriptCatalog(JavaScriptCatalog):
    """Django's words for scripts and ours, which are translated with everything else."""

    def get_catalog(self) -> dict[str, Any]:
        words = {source: str(word) for source, word in SCRIPT_WORDS.items()}
        return {**super().get_catalog(), **words}


class PickView(AutocompleteJsonView):
    """What may be picked for a relation: more than may be edited, less than there is."""

    def process_request(self, request: HttpRequest) -> tuple[Any, ...]:
        """What is asked for; only for relations that a form can show, not for their other end."""
        found = super().process_request(request)
        if not isinstance(found[2], ForeignKey | ManyToManyField):
            raise PermissionDenied
        return found

    def has_perm(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.model_admin.has_pick_permission(request)

    def get_queryset(self) -> QuerySet:
        choices = self.model_admin.offered(self.request, self.source_field)
        choices = choices.complex_filter(self.source_field.get_limit_choices_to())
        found, may_repeat = self.model_admin.get_search_results(self.request, choices, self.term)
        return found.distinct() if may_repeat else found


class PortalAdminSite(AdminSite):
    """The admin of a portal whose editors have had no training."""

    site_header = settings.SITE_NAME
    site_title = settings.SITE_NAME
    index_title = _("What do you want to do?")
    enable_nav_sidebar = False  # a menu on top leaves the width for lists and forms

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")  # one at a time, seeing what goes with it

    def get_urls(self) -> list[Any]:
        """Without the page that leads from any row to its public address: it tells the slugs of
        drafts to every editor. Links lead to the address themselves.
        """
        from projects.admin.sheets import SheetPages  # apps are loading when the site is made

        posted = path("worklist/", self.admin_view(self.worklist_view), name="worklist")
        urls = [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]
        return [posted, *SheetPages(self).urls, *urls]

    def admin_view(self, view: Callable[..., HttpResponse], cacheable: bool = False) -> Any:
        """A view for those who are signed in. A form sent after the session ended is kept."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and not request.user.is_authenticated:
                from climateportal.views.expired import log_in_first  # needs the models loaded

                if answer := log_in_first(request):
                    return answer
            return inner(request, *args, **kwargs)

        return update_wrapper(guarded, inner)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The one log-in page of the site, with its limit on attempts."""
        from allauth.account.decorators import secure_admin_login  # needs its models loaded

        return secure_admin_login(super().login)(request, extra_context)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return PickView.as_view(admin_site=self)(request)

    def i18n_javascript(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return ScriptCatalog.as_view(packages=["django.contrib.admin"])(request)

    def index(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """What to look at first, then the lists."""
        from projects.admin import worklist  # apps are loading when the site is made

        if extra_context is None:
            extra_context = worklist.context(request)
        return super().index(request, extra_context)

    def worklist_view(self, request: HttpRequest) -> HttpResponse:
        """What is posted from the front page's list."""
        from projects.admin import worklist

        return worklist.answer(self, request)

    def app_index(self, request: HttpRequest, app_label: str, extra_context: Any = None) -> Any:
        """Which app a thing lives in is no matter of an editor's."""
        return redirect("admin:index")

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict]:
        found = {
            model["object_name"].lower(): model
            for app in self._build_app_dict(request, app_label).values()
            for model in app["models"]
        }
        groups = []
        for slug, name, names in TASKS:
            models = [found.pop(name) for name in names if name in found]
            groups.append({"app_label": slug, "name": name, "models": models})
        groups[-1]["models"] += found.values()
        return [
            {**group, "app_url": "", "has_module_perms": True}
            for group in groups
            if group["models"]
        ]


class PortalAdminConfig(AdminConfig):
    """Makes ours the default site, and keeps other packages' tables out of it."""

    default_site = "climateportal.adminsite.PortalAdminSite"

    def ready(self) -> None:
        super().ready()
        from django.contrib.admin import site

        foreign = [model for model in site._registry if model._meta.app_label not in OURS]
        site.unregister(foreign)
