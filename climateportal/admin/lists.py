"""Lists of the admin: what their addresses and ticked rows may ask for.

Django lets an address filter a list by any field and lookup, and hands the values to the database
as they came: a regular expression, the year 999999, a key of thirty digits.
"""

from typing import Any

from django.contrib import messages
from django.contrib.admin.filters import SimpleListFilter
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME, ActionForm
from django.contrib.admin.options import IS_FACETS_VAR, IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.views.main import ALL_VAR, ORDER_VAR, PAGE_VAR, SEARCH_VAR
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from climateportal.admin.search import is_key

OF_EVERY_LIST = {
    ALL_VAR, IS_FACETS_VAR, IS_POPUP_VAR, ORDER_VAR, PAGE_VAR, SEARCH_VAR, TO_FIELD_VAR,
}  # fmt: skip


class UntouchedActionForm(ActionForm):
    """The menu of actions, which is not wrong before one has been chosen."""

    use_required_attribute = False


class KeyPaginator(Paginator):
    """Finds the keys of a page before its rows: ten thousand keys are sorted sooner than as many
    rows with long texts, joins and figures, of which fifty are shown.
    """

    def page(self, number: Any) -> Page:
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        end = start + self.per_page
        if end + self.orphans >= self.count:
            end = self.count
        keys = self.keys(start, end)
        rows = {row.pk: row for row in self.object_list.filter(pk__in=keys).order_by()}
        return self._get_page([rows[key] for key in keys if key in rows], number, self)

    def keys(self, start: int, end: int) -> list[Any]:
        """The keys of the rows of a page."""
        return list(self.object_list.values_list("pk", flat=True)[start:end])


class AllKeysPaginator(KeyPaginator):
    """Looks for the rows that fulfil a condition once, where counting them takes as long as finding
    them: conditions that go through every row, or over relations.
    """

    @cached_property
    def _matching(self) -> list[Any]:
        return list(self.object_list.values_list("pk", flat=True))

    @cached_property
    def count(self) -> int:
        """How many rows there are."""
        return len(self._matching) if self.object_list.query.where else super().count

    def keys(self, start: int, end: int) -> list[Any]:
        if not self.object_list.query.where:
            return super().keys(start, end)
        return self._matching[start:end]


class CarefulList:
    """Mix in before `ModelAdmin`: a list understands its own filters and nothing else."""

    action_form = UntouchedActionForm
    paginator = KeyPaginator

    def filter_parameters(self, request: HttpRequest) -> set[str]:
        """The names under which this list's filters stand in an address."""
        names = set()
        for item in self.get_list_filter(request):
            if isinstance(item, type) and issubclass(item, SimpleListFilter):
                names.add(item.parameter_name)
            else:
                path = item[0] if isinstance(item, (list, tuple)) else item
                exact = "__id__exact" if self.opts.get_field(path).is_relation else "__exact"
                names |= {path + exact, f"{path}__isnull"}
        return names

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        return lookup in self.filter_parameters(request)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list. What it cannot mean is left out of the address, and said."""
        if request.method in ("GET", "HEAD"):
            known = OF_EVERY_LIST | self.filter_parameters(request)
            if odd := set(request.GET) - known:
                query = request.GET.copy()
                for name in odd:
                    del query[name]
                self.message_user(
                    request,
                    _("The address asked for something that this list does not have. It was left "
                      "out."),
                    messages.WARNING,
                )  # fmt: skip
                address = f"{request.path}?{query.urlencode()}" if query else request.path
                return redirect(address)
        return super().changelist_view(request, extra_context)

    def response_action(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """An action on ticked rows; what is no key was not ticked on our page."""
        request.POST = request.POST.copy()
        ticked = [key for key in request.POST.getlist(ACTION_CHECKBOX_NAME) if is_key(key)]
        request.POST.setlist(ACTION_CHECKBOX_NAME, ticked)
        return super().response_action(request, queryset)
