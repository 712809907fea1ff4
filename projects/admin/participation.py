"""Who takes part in a project: rows of municipalities and of organisations."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from climateportal.admin.base import RowsInline
from climateportal.admin.formsets import DistinctRows
from climateportal.admin.languages import fields
from climateportal.numerals import euros, percent
from municipalities.models import Municipality, Region
from municipalities.permissions import municipality_in_reach_q, region_in_reach_q
from projects.admin.moneyrows import MoneyRows
from projects.enums import Stage
from projects.ledger import Place
from projects.models import Participation, Project, ProjectOrganisation


class ParticipationFormSet(MoneyRows):
    """No municipality twice, cost shares that add up, and somebody in the editor's own reach.

    `user` and `fixed` are set by the inline; `chosen_regions` and `chosen_municipalities` on the
    project come from the rest of the form.
    """

    distinct = ("municipality",)
    place = Place.MUNICIPALITIES
    user: ClassVar[Any] = None
    fixed: ClassVar[bool] = False  # whether this editor does not say who takes part

    def clean(self) -> None:
        super().clean()
        if not hasattr(self.instance, "chosen_regions") or self.user.is_superuser or self.fixed:
            return  # the rest of the form has errors of its own, or there is nothing to check
        places = {place.pk for place in self.instance.chosen_municipalities}
        for form in self.kept_forms():
            if municipality := getattr(form, "cleaned_data", {}).get("municipality"):
                places.add(municipality.pk)
        regions = {region.pk for region in self.instance.chosen_regions}
        own_place = Municipality.objects.filter(municipality_in_reach_q(self.user), pk__in=places)
        own_region = Region.objects.filter(region_in_reach_q(self.user), pk__in=regions)
        if not own_place.exists() and not own_region.exists():
            raise ValidationError(
                _("Add a municipality or region of your own area. Without one you could not edit "
                  "the project any more.")
            )  # fmt: skip


class ParticipationInline(RowsInline):
    """Participating municipalities, each perhaps with a stage of its own."""

    model = Participation
    formset = ParticipationFormSet
    fields: ClassVar = [
        "municipality",
        "stage",
        "contact",
        ("cost_share_amount", "cost_share_percent"),
        *fields("note+"),
        "order",
    ]
    autocomplete_fields: ClassVar = ["municipality", "contact"]
    only_when: ClassVar = {
        "cost_share_amount": "cost_sharing=euros!",
        "cost_share_percent": "cost_sharing=percent!",
    }
    empty_choices: ClassVar = {"stage": _("the same as the project's")}

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type:
        made = super().get_formset(request, obj, **kwargs)  # a class of this request alone
        made.user, made.fixed = request.user, self._fixed(request, obj)
        return made

    def _fixed(self, request: HttpRequest, obj: Any) -> bool:
        return self.admin_site.get_model_admin(Project).owners_fixed(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and not self._fixed(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not self._fixed(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("municipality",) if self._fixed(request, obj) else self.readonly_fields

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("municipality")

    def row_state(self, obj: Participation) -> str:
        found = [str(Stage(obj.stage).label)] if obj.stage in Stage.values else []
        if obj.cost_share_amount is not None:
            found.append(euros(obj.cost_share_amount))
        if obj.cost_share_percent is not None:
            found.append(percent(obj.cost_share_percent, 2))
        return ", ".join(found)


class RoleFormSet(DistinctRows):
    """No organisation twice in the same role."""

    distinct = ("organisation", "role")


class OrganisationInline(RowsInline):
    """Responsible organisations and partners."""

    model = ProjectOrganisation
    formset = RoleFormSet
    fields: ClassVar = ["organisation", "role", "order"]
    autocomplete_fields: ClassVar = ["organisation"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("organisation")

    def row_state(self, obj: ProjectOrganisation) -> str:
        return str(obj.get_role_display())
