"""What a user may bring back: what the form of the object lets them do to it today."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _

from climateportal.admin.history.family import Kin, fresh

if TYPE_CHECKING:
    from climateportal.admin.history.parts import Part


class Rights:
    """Asks the admin and its inlines, for one user and one live object. Nothing is known twice."""

    def __init__(self, admin: Any, request: HttpRequest, obj: models.Model) -> None:
        self.admin, self.obj = admin, obj
        self.request = fresh(request)
        self.may_change = admin.has_change_permission(self.request, obj)
        self.writable: dict[Kin, set[str]] = {}
        self.reached: dict[Kin, set[int]] = {}

    def refusal(self, part: "Part") -> str:
        """Why the user may not do it; empty when they may."""
        if not self.may_change:
            return _("You may not edit this.")
        if part.kin.parent is not None and not self._may_touch(part):
            return _("You may not edit this row.")
        if part.column is not None and part.column.name not in self._fields_of(part.kin):
            return _("You may not edit this field.")
        if not self._gives_to_own(part):
            return _("It would go to somebody outside your area.")
        return ""

    def _may_touch(self, part: "Part") -> bool:
        if part.kin.parent.parent is not None:
            return self._may_change_owner(part.kin, (part.values or part.now)[part.kin.link])
        asked = {"change": "change", "add": "add", "remove": "delete"}[part.act]
        if not getattr(part.kin.inline, f"has_{asked}_permission")(self.request, self.obj):
            return False
        return part.act == "add" or self.reaches(part.kin, part.pk)

    def _may_change_owner(self, kin: Kin, key: int) -> bool:
        """Rows of a row are edited by those who may edit the page of that row."""
        inline = kin.parent.inline
        page = self.admin.admin_site.get_model_admin(kin.parent.model)
        return (
            inline.has_change_permission(self.request, self.obj)
            and self.reaches(kin.parent, key)
            and page.has_change_permission(self.request, kin.parent.model(pk=key))
        )

    def reaches(self, kin: Kin, pk: int) -> bool:
        """Whether the form of the object lists a stored row for this user."""
        if kin not in self.reached:
            self._fields_of(kin)  # some inlines note then whose rows are asked for
            rows = kin.inline.get_queryset(self.request).filter(kin.of(self.obj.pk))
            self.reached[kin] = set(rows.values_list("pk", flat=True))
        return pk in self.reached[kin]

    def _fields_of(self, kin: Kin) -> set[str]:
        """The columns that the user can write on the form."""
        if kin not in self.writable:
            if kin.parent is None:
                form = self.admin.get_form(self.request, self.obj, change=True)
            elif kin.parent.parent is None:
                form = kin.inline.get_formset(self.request, self.obj).form
            else:
                return {column.name for column in kin.told_fields()}
            self.writable[kin] = {*form.base_fields, *getattr(form, "writes", ())}
        return self.writable[kin]

    def _gives_to_own(self, part: "Part") -> bool:
        """A relation that decides who may edit is not pointed at somebody else's."""
        column = part.column
        if column is None or part.kin.parent is not None or column.many_to_many:
            return True
        key = part.values.get(column.attname)
        if not key or column.name not in self.admin.owner_fields:
            return True
        target = self.admin.admin_site.get_model_admin(column.remote_field.model)
        return target.accepted(self.request, True).filter(pk=key).exists()
