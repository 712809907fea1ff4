"""The report of broken links: each editor sees those that the editor may mend."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.encoding import uri_to_iri
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from climateportal.admin.base import PortalAdmin
from climateportal.dates import short_date
from municipalities.permissions import is_administrator, is_coordinator
from projects.admin.mending import Standing, standings
from projects.linkrights import brokenlink_in_reach_q
from projects.models import BrokenLink
from projects.models.brokenlink import OWNERS


class BrokenLinkList(ChangeList):
    """The list, with the places of all its rows read at once."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        site = self.model_admin.admin_site
        links = self.result_list = list(self.result_list)
        found = standings(site, request.user, links)
        for link in links:
            link.standing = found[link.pk]

    def url_for_result(self, result: BrokenLink) -> str:
        """Where it is mended; for those who may not mend it the name alone."""
        if not result.standing.form:
            raise NoReverseMatch
        return result.standing.form


@admin.register(BrokenLink)
class BrokenLinkAdmin(PortalAdmin):
    """Nothing is written here: a link is mended where it stands."""

    list_display: ClassVar = ["owner", "part", "address_shown", "what", "broken_since"]
    list_filter: ClassVar = ["problem"]
    list_select_related: ClassVar = OWNERS
    search_fields: ClassVar = ["address"]
    ordering: ClassVar = ["since", "pk"]
    fieldsets: ClassVar = [
        (None, {"fields": ["where", *list_display[1:], "checked"]}),
    ]  # fmt: skip
    readonly_fields: ClassVar = ["where", *list_display[1:], "checked"]

    # --- who ---------------------------------------------------------------------------------

    def reach_q(self, user: Any) -> Q:
        return brokenlink_in_reach_q(user) & Q(is_told=True)

    def may_look(self, user: Any) -> bool:
        return is_coordinator(user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """For the administrator, who may know better: what is broken comes back by itself."""
        return is_administrator(request.user)

    def has_pick_permission(self, request: HttpRequest) -> bool:
        return False

    # --- what is shown -----------------------------------------------------------------------

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return BrokenLinkList

    def get_preserved_filters(self, request: HttpRequest) -> str:
        """None: rows lead to forms of other lists, which cannot be filtered by the same."""
        return ""

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related(*OWNERS)

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        found = super().get_object(request, object_id, from_field)
        if found is not None:
            found.standing = standings(self.admin_site, request.user, [found])[found.pk]
        return found

    @admin.display(description=_("where it is mended"))
    def owner(self, obj: BrokenLink) -> str:
        return obj.standing.owner

    @admin.display(description=_("where it is mended"))
    def where(self, obj: BrokenLink) -> str:
        standing: Standing = obj.standing
        if not standing.form:
            return standing.owner
        return format_html('<a href="{}">{}</a>', standing.form, standing.owner)

    @admin.display(description=_("what it belongs to"))
    def part(self, obj: BrokenLink) -> str:
        return obj.standing.part

    @admin.display(description=_("address"), ordering="address")
    def address_shown(self, obj: BrokenLink) -> str:
        """To look at it: its server is not told where one comes from."""
        shown = uri_to_iri(obj.address)
        return format_html('<a href="{}" rel="noopener noreferrer">{}</a>', obj.address, shown)

    @admin.display(description=_("problem"), ordering="problem")
    def what(self, obj: BrokenLink) -> str:
        if obj.standing.is_mended:
            return _now("Mended or removed: leaves the list at the next check")
        return obj.get_problem_display()

    @admin.display(description=_("since"), ordering="since")
    def broken_since(self, obj: BrokenLink) -> str:
        return short_date(obj.since)

    @admin.display(description=_("checked"))
    def checked(self, obj: BrokenLink) -> str:
        return short_date(obj.checked_at)
