"""What every admin of ours shares: who may use it, its form fields, the editor, the messages."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q, QuerySet
from django.forms import Script
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazily

from climateportal.admin.deletion import PlainDeletion
from climateportal.admin.errors import problems
from climateportal.admin.fields import (
    AddressField,
    DayField,
    MomentField,
    MomentWidget,
    NumberField,
    SentenceField,
)
from climateportal.admin.following import Followed
from climateportal.admin.formsets import SeenRows, SentRows
from climateportal.admin.history.pages import HistoryPages
from climateportal.admin.languages import NAMES, language_of
from climateportal.admin.lists import CarefulList
from climateportal.admin.reach import Reach
from climateportal.admin.reading import seen_fieldsets
from climateportal.admin.relations import ManyField, PickMany, PickOne
from climateportal.admin.richtext import RichTextWidget, allow_editor, editor_config
from climateportal.admin.search import is_key, matching_q
from climateportal.admin.stalenessguard import Guarded
from climateportal.richtext import RichTextField
from climateportal.uploads import reencoded
from municipalities.permissions import is_administrator, is_coordinator

# relations in which an editor may add a new row on the spot; others are only picked
MAY_ADD_ON_THE_SPOT = {"contact", "organisation"}
SENTENCE = 250  # characters, from which on a text is longer than a line of a form


class OurFields:
    """Form fields of ours, for admins and inlines alike."""

    formfield_overrides: ClassVar = {
        RichTextField: {"widget": RichTextWidget},
        models.DecimalField: {"form_class": NumberField},
        models.DateField: {"form_class": DayField, "widget": None},
        models.DateTimeField: {"form_class": MomentField, "widget": None},
        models.URLField: {"form_class": AddressField},
        models.ManyToManyField: {"form_class": ManyField},
    }
    # relations that decide who may edit the row: only what is in reach can be picked for them
    owner_fields: ClassVar[tuple[str, ...]] = ()
    # fields that matter only with a value of another: {"completed_at": "state=done"}; form.js
    # hides them until then, unless they hold something (with "!" at the end: even then)
    only_when: ClassVar[dict[str, str]] = {}
    # what the empty choice of a field means, where it is not “not stated”
    empty_choices: ClassVar[dict[str, Any]] = {}

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if type(db_field) is models.CharField and (db_field.max_length or 0) >= SENTENCE:
            kwargs.setdefault("form_class", SentenceField)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        language = language_of(db_field)
        if field is not None and language:
            field.label = f"{field.label} ({NAMES[language]})"
            field.widget.attrs.update({"lang": language, "data-language": language})
        condition = self.only_when.get(db_field.name.removesuffix(f"_{language}"))
        if field is not None and condition:
            field.widget.attrs["data-when"] = condition
        is_sum = isinstance(db_field, models.DecimalField) and db_field.decimal_places == 2
        if field is not None and is_sum and not db_field.name.endswith("percent"):
            refusal = _lazily("A sum of money cannot be negative.")
            field.validators.append(MinValueValidator(0, message=refusal))
        if field is not None and isinstance(field.widget, MomentWidget):
            field.widget.named(str(field.label))
        if isinstance(db_field, models.TextField) and field is not None:
            field.widget.attrs["rows"] = 4
        if isinstance(db_field, models.ForeignKey | models.ManyToManyField) and field is not None:
            self._quieten(db_field, field, request)
        return field

    def formfield_for_choice_field(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field:
        words = self.empty_choices.get(db_field.name)
        if words is None:
            words = _lazily("not stated") if db_field.blank else _lazily("choose")
        blank = db_field.blank or not db_field.has_default()
        kwargs.setdefault("choices", db_field.get_choices(blank, blank_choice=[("", words)]))
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", PickOne(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", PickMany(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def _quieten(self, db_field: Any, field: forms.Field, request: HttpRequest) -> None:
        """Of the icons beside a relation, leave only those that lead somewhere."""
        widget = field.widget
        if hasattr(widget, "can_add_related"):
            name = db_field.remote_field.model._meta.model_name
            widget.can_add_related = widget.can_add_related and name in MAY_ADD_ON_THE_SPOT
            widget.can_change_related = is_administrator(request.user) and widget.can_add_related
            widget.can_view_related = widget.can_delete_related = False

    def get_field_queryset(self, db: Any, db_field: Any, request: HttpRequest) -> Any:
        """What a form accepts for a relation is what its list offers."""
        target = self.admin_site._registry.get(db_field.remote_field.model)
        if isinstance(target, PortalAdmin):
            return target.accepted(request, db_field.name in self.owner_fields)
        return super().get_field_queryset(db, db_field, request)


class PortalAdmin(
    Guarded, OurFields, CarefulList, Reach, PlainDeletion, Followed, HistoryPages, admin.ModelAdmin
):
    """An admin whose rows are edited by those in whose reach they are."""

    list_per_page = 50
    empty_value_display = ""
    show_facets = admin.ShowFacets.NEVER  # counting every filter of 10 000 rows says little
    show_full_result_count = False
    actions_on_top = True
    actions: ClassVar[list[Any]] = []

    class Media:
        js: ClassVar = [
            Script("admin-ours/form.js", type="module"),
            Script("admin-ours/unsaved.js", type="module"),
            Script("admin-ours/languages.js", type="module"),
            Script("admin-ours/rows.js", type="module"),
            Script("admin-ours/length.js", type="module"),
            Script("admin-ours/select.js", type="module"),
            Script("admin-ours/dates.js", type="module"),
        ]

    def get_view_on_site_url(self, obj: models.Model | None = None) -> str | None:
        """The public address itself; drafts open there for those who may edit them."""
        if obj is None or not self.view_on_site or not hasattr(obj, "get_absolute_url"):
            return None
        return obj.get_absolute_url() or None

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        if not search_term.strip():
            return queryset, False
        return queryset.filter(matching_q(self.get_search_fields(request), search_term)), False

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        return super().get_object(request, object_id, from_field or None)  # “_to_field=” is none

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """Says the same of what is not there and of what is out of reach."""
        if IS_POPUP_VAR in request.GET:
            raise Http404
        self.message_user(
            request,
            _("There is no such page, or it is outside your area."),
            messages.WARNING,
        )
        return redirect("admin:index")

    # --- the form ----------------------------------------------------------------------------

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Of what an address suggests for a new row only relations: its texts are the editor's."""
        suggested = super().get_changeform_initial_data(request)
        relations = {
            field.name: field.many_to_many
            for field in (*self.opts.fields, *self.opts.many_to_many)
            if field.remote_field
        }
        return {
            name: [key for key in value if is_key(key)] if relations[name] else value
            for name, value in suggested.items()
            if name in relations and (relations[name] or is_key(value))
        }

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        found = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return found
        return seen_fieldsets(self, found)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        original = context["original"]
        if original is not None and not self.has_change_permission(request, original):
            context |= {
                "only_seen": True,
                "show_publish": False,
                "show_confirm": False,
                "may_archive": False,
                "may_unpublish": False,
            }
            original.only_seen = True  # asked by facts that would offer a button
        context.setdefault("state_words", "")
        context["form_token"] = self.form_token(request, context)
        context["refusal"] = refusal = request.__dict__.get("refusal")
        # a draft that nobody has overtaken simply opens
        context["refused"] = refusal and (refusal.kind != "draft" or refusal.differences)
        for name in ("draft_seen", "draft", "waiting", "review_words"):
            context.setdefault(name, None)
        if context["errors"]:
            context["problems"] = problems(context["adminform"], context["inline_admin_formsets"])
            context["files_lost"] = bool(request.FILES)
        else:
            context["problems"], context["files_lost"] = [], False
        response = super().render_change_form(request, context, *args, **kwargs)
        shown = response.context_data
        shown["sections"] = self.shown_sections(shown) if hasattr(self, "shown_sections") else []
        shown["editor_config"] = editor_config()
        shown["media"] = allow_editor(request, response, shown["media"])
        return response

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        for field in self.opts.concrete_fields:
            if isinstance(field, models.ImageField):
                file = form.cleaned_data.get(field.name)
                if isinstance(file, UploadedFile):  # a new one, not the one in storage
                    setattr(obj, field.name, reencoded(file))
        super().save_model(request, obj, form, change)


class AdministratorsOnly:
    """Mix in before `PortalAdmin`: pages, themes, notices and users are the administrator's."""

    def may_use(self, user: Any) -> bool:
        return is_administrator(user)

    def may_look(self, user: Any) -> bool:
        return is_administrator(user)

    def reach_q(self, user: Any) -> Q:
        return Q() if is_administrator(user) else Q(pk__in=[])

    def has_pick_permission(self, request: HttpRequest) -> bool:
        return is_administrator(request.user)


class PickedFreely:
    """Mix in before `PortalAdmin`: every editor may point to any row."""

    def pick_q(self, user: Any) -> Q:
        return Q()

    def has_pick_permission(self, request: HttpRequest) -> bool:
        return is_coordinator(request.user)


class Rows(OurFields):
    """Rows on another row's form; who may edit that may edit them."""

    template = "admin/edit_inline/rows.html"
    formset = SentRows
    extra = 0
    hint: ClassVar[Any] = ""
    only_names = False  # whether those who may not edit the rows see no more than their names

    def row_state(self, obj: models.Model) -> str:
        """What the summary of a row tells beside its name."""
        return ""

    def row_link(self, obj: models.Model) -> tuple[str, str] | None:
        """Address and words of a page with more about the row."""
        return None

    def _parent_allows(self, request: HttpRequest, obj: models.Model | None) -> bool:
        parent = self.admin_site.get_model_admin(self.parent_model)
        if obj is None or obj.pk is None:
            return parent.may_use(request.user)
        return parent.has_change_permission(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who sees the other row sees its rows."""
        parent = self.admin_site.get_model_admin(self.parent_model)
        if obj is None or obj.pk is None:  # Django asks so when it reads the rows
            return parent.may_look(request.user)
        return parent.has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._parent_allows(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._parent_allows(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._parent_allows(request, obj)

    def writes(self, request: HttpRequest, obj: models.Model | None) -> bool:
        """Whether anything of these rows can be sent by the user."""
        asked = (self.has_change_permission, self.has_add_permission, self.has_delete_permission)
        return any(may(request, obj) for may in asked)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type:
        if not self.writes(request, obj):
            kwargs["formset"] = SeenRows
        return super().get_formset(request, obj, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return self.as_seen(request, obj, super().get_fieldsets(request, obj))

    def as_seen(self, request: HttpRequest, obj: Any, fieldsets: list[Any]) -> list[Any]:
        """Fieldsets without the controls that need the right to write."""
        return fieldsets if self.writes(request, obj) else seen_fieldsets(self, fieldsets)


class RowsInline(Rows, admin.StackedInline):
    """The inline of ours: a folded row per object, its name in the summary."""

    view_on_site = False  # a row is seen on its owner's page


class LinesInline(Rows, admin.StackedInline):
    """An inline of short rows: each on one line under common headings, never folded."""

    template = "admin/edit_inline/lines.html"
    view_on_site = False

    def links(self, obj: models.Model) -> list[tuple[str, str]]:
        """Addresses and words of pages with more about the rows of a stored `obj`."""
        return []
