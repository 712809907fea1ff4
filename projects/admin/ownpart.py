"""The form of a joint project for a municipal coordinator: the own part is edited, the rest read.

It stands at the address of the project's own form and takes what is sent there, but it is an admin
of its own: to everybody who asks `ProjectAdmin`, such a coordinator may not change the project.
"""

from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from climateportal.admin.formsets import DistinctRows
from climateportal.admin.reading import seen_fieldsets
from climateportal.admin.sections import Section
from municipalities.models import Municipality
from municipalities.permissions import municipality_in_reach_q
from projects import actions
from projects.admin.money import ExpenseInline
from projects.admin.participation import ParticipationInline
from projects.admin.project import ProjectAdmin
from projects.admin.projectsections import SECTIONS
from projects.admin.reviewed import close_fields
from projects.admin.task import TaskInline
from projects.ledger import Ledger
from projects.models import Project
from projects.permissions import can_change_part, project_part_q
from projects.review import FACTS, is_locked


def own_places(user: Any, project: Project) -> QuerySet[Municipality]:
    """The municipalities of a joint project whose part the user edits."""
    taking_part = Municipality.objects.filter(participations__project=project)
    return taking_part.filter(municipality_in_reach_q(user)).by_name()


def _locked(request: HttpRequest, project: Project | None) -> bool:
    """Whether the texts of the project wait for a second pair of eyes; asked once."""
    known = request.__dict__.setdefault("_locked_projects", {})
    pk = project.pk if project else None
    if pk not in known:
        known[pk] = is_locked(pk)
    return known[pk]


class OfOwnMunicipality:
    """Mix in before an inline of a project: only rows of the user's own municipalities, which can
    neither be given to others nor be taken from them.

    Where nobody publishes alone, only `facts` are written: None stands for every field.
    """

    facts: ClassVar[set[str] | None] = None

    def _own(self, request: HttpRequest, obj: Project | None) -> bool:
        known = request.__dict__.setdefault("_own_parts", {})
        if obj is None:  # Django asks so when it reads the rows, after asking about the project
            return any(known.values())
        if obj.pk not in known:
            known[obj.pk] = can_change_part(request.user, obj)
        return known[obj.pk]

    def _adds(self, request: HttpRequest, obj: Project | None) -> bool:
        """Whether whole rows come and go."""
        return self._own(request, obj) and not (self.facts is not None and _locked(request, obj))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._own(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._adds(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._own(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._adds(request, obj)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type:
        request._own_places = list(own_places(request.user, obj))
        made = super().get_formset(request, obj, **kwargs)
        if self.facts is not None and _locked(request, obj):
            close_fields(made.form, but={*self.facts, "id"})
        return made

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        return [name for name in super().get_autocomplete_fields(request) if name != "municipality"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        own = Municipality.objects.filter(municipality_in_reach_q(request.user))
        return super().get_queryset(request).filter(municipality__in=own.values("pk"))

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "municipality":
            places = request._own_places
            field.queryset = Municipality.objects.filter(pk__in=[place.pk for place in places])
            field.choices = [(place.pk, str(place)) for place in places]
            field.required = True
            field.initial = places[0].pk if places else None
        return field


class OwnParticipationFormSet(DistinctRows):
    """Refuses a cost share with which the shares of all would not add up any more."""

    def clean(self) -> None:
        super().clean()
        if any(form.errors for form in self.forms):
            return
        stored = Ledger.read(self.instance)
        typed = {form.instance.pk: form.instance for form in self.initial_forms}
        rows = [typed.get(row.pk, row) for row in stored.participations]
        known = [fault.text for fault in stored.faults]
        faults = [fault.text for fault in replace(stored, participations=rows).faults]
        if new := [text for text in faults if text not in known]:
            raise ValidationError(new)


class OwnParticipationInline(OfOwnMunicipality, ParticipationInline):
    """What is special in the own municipality. Who takes part is not for one of them to say."""

    formset = OwnParticipationFormSet
    fields: ClassVar = [name for name in ParticipationInline.fields if name != "order"]
    readonly_fields: ClassVar = ["municipality"]
    verbose_name_plural = _("Part of your municipality")
    facts = FACTS["participation"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class OwnTaskInline(OfOwnMunicipality, TaskInline):
    """Tasks of the own municipality."""

    facts = FACTS["task"]
    verbose_name_plural = _("Tasks of your municipality")


class OwnExpenseFormSet(DistinctRows):
    """Expenses of the own municipality."""

    shows_newest = True


class OwnExpenseInline(OfOwnMunicipality, ExpenseInline):
    """Expenses of the own municipality. Those of all are not one municipality's to enter."""

    formset = OwnExpenseFormSet
    hint = _("Planned expenses are not counted as used money.")
    verbose_name_plural = _("Expenses of your municipality")

    def links(self, obj: Project) -> list[tuple[str, str]]:
        return super().links(obj)[1:]  # pasting is for those who edit the whole


class PartForm(forms.ModelForm):
    """The project itself, of which nothing is read from what was sent."""

    def _post_clean(self) -> None:
        """Nothing was typed, and what is stored already is no matter of this form's."""


class OwnPartAdmin(ProjectAdmin):
    """A joint project, with the own part first. Not registered: `ProjectAdmin` hands over to it."""

    form = PartForm
    prepopulated_fields: ClassVar = {}
    part_admin = None
    whole = False
    sections = (
        Section(
            "own",
            _("Part of your municipality"),
            inlines=(OwnParticipationInline, OwnTaskInline, OwnExpenseInline),
            description=_(
                "Several municipalities do this project together. Here you edit what belongs to "
                "yours. The other sections show the whole project: it is edited by those who "
                "coordinate the region and by the project's contacts."
            ),
        ),
        *SECTIONS,
    )

    def reach_q(self, user: Any) -> Q:
        return project_part_q(user)

    def open_q(self, user: Any) -> Q:
        return project_part_q(user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return seen_fieldsets(self, super().get_fieldsets(request, obj))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return flatten_fieldsets(self.get_fieldsets(request, obj))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        context["only_seen"] = True
        return super().render_change_form(request, context, *args, **kwargs)

    # --- writing -----------------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Project, form: Any, change: bool) -> None:
        """The project itself stays as it is stored."""
        form.before = actions.Snapshot.of(obj.pk)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        for formset in formsets:
            self.save_formset(request, form, formset, change=change)
        actions.finish_edit(project=form.instance, by=request.user, before=form.before)
        request.project_form = form

    def _tell(self, request: HttpRequest, form: PartForm) -> None:
        address = form.instance.get_absolute_url()
        words = _now("See the page of the project")
        self.message_user(request, format_html('<a href="{}">{}</a>', address, words))

    def _stay(self, request: HttpRequest, obj: Project) -> None:
        return None


ProjectAdmin.part_admin = OwnPartAdmin
