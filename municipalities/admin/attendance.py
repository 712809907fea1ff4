"""Who was at a meeting: one line for each member of the group, nothing to add or remove."""

from typing import Any, ClassVar

from django import forms
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from climateportal.admin.base import RowsInline
from municipalities.enums import AttendanceState
from municipalities.models import Attendance, Membership


class AttendanceForm(forms.ModelForm):
    """One member. Until somebody says so, it is not known whether the member was there (rule 3)."""

    state = forms.ChoiceField(
        label=capfirst(_("attendance")),
        choices=[("", _("Not recorded")), *AttendanceState.choices],
        required=False,
    )

    def has_changed(self) -> bool:
        """A line that says nothing of its member is no row."""
        if self.instance.pk is None and self.is_bound:
            return any(self[name].data for name in ("state", "substitute"))
        return super().has_changed()

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        if values.get("substitute") and values.get("state") == "":
            values["state"] = AttendanceState.SUBSTITUTE  # the name says it
        return values


class KeyInput(forms.HiddenInput):
    """A hidden key. What is no key becomes one that nobody has, and is refused in words."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        value = str(super().value_from_datadict(data, files, name) or "")
        return value if value.isascii() and value.isdigit() and len(value) < 19 else "0"


class AttendanceFormSet(BaseInlineFormSet):
    """The rows there are, and an empty line for everybody else who is a member on that day.

    A line set back to “not recorded” removes its row.
    """

    identity = "membership"  # tells a line whether it is recorded or not

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        recorded = {row.membership_id for row in self.get_queryset()}
        day = self.instance.date or timezone.localdate()
        missing = [
            member.pk
            for member in self.members.values()
            if member.pk not in recorded and (member.until is None or member.until >= day)
        ]
        self.initial_extra = [{"membership": pk} for pk in missing]
        self.extra = len(missing)

    @cached_property
    def members(self) -> dict[int, Membership]:
        """The members of the group, by primary key, in the group's order."""
        rows = Membership.objects.filter(group=self.instance.group_id)
        return {member.pk: member for member in rows.select_related("organisation")}

    def add_fields(self, form: AttendanceForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["membership"].widget = KeyInput()
        pk = str(form["membership"].value())
        form.member = self.members.get(int(pk)) if pk.isdecimal() else None

    def _should_delete_form(self, form: AttendanceForm) -> bool:
        says_something = form["state"].data or form["substitute"].data
        return form.instance.pk is not None and not says_something


class AttendanceInline(RowsInline):
    """Members of the meeting's group."""

    model = Attendance
    form = AttendanceForm
    formset = AttendanceFormSet
    template = "admin/edit_inline/attendance.html"
    fields: ClassVar = ["membership", "state", "substitute"]
    only_when: ClassVar = {"substitute": "state=substitute"}
    ordering: ClassVar = ["-membership__is_chair", "membership__order", "membership__pk"]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type:
        if not self.writes(request, obj):  # an inline of this request alone
            self.template = RowsInline.template
        return super().get_formset(request, obj, **kwargs)

    hint = _("The members are those of the group. A line that is not recorded says nothing in the "
             "minutes.")  # fmt: skip
