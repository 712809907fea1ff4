"""The form of a meeting, and what a new one takes over from the one before."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from climateportal.admin.languages import fields
from climateportal.publishing import PublicationState
from municipalities.models import Meeting, SteeringGroup

COPIED = fields("place+", "agenda+")
SEEN = ("group", "date", *fields("agenda+"))  # of the meeting itself, what the frozen pack holds


class MeetingForm(forms.ModelForm):
    """A meeting. `frozen` is set by the admin for a meeting whose pack is kept for good."""

    frozen: ClassVar[bool] = False

    def clean_group(self) -> SteeringGroup:
        group = self.cleaned_data["group"]
        moved = self.instance.pk and group.pk != self.initial.get("group")
        if moved and self.instance.attendances.exists():
            raise forms.ValidationError(
                _("Attendance of another group's members has been recorded. Set it back to “not "
                  "recorded” and save before you change the group.")
            )  # fmt: skip
        return group

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.frozen and any(name in self.data for name in SEEN):
            raise forms.ValidationError(
                _("Somebody froze the pack while this page was open, and what the group saw cannot "
                  "be changed any more. Copy what you wrote and open the page again.")
            )  # fmt: skip
        if "_publish" in self.data:
            self.cleaned_data["publication"] = PublicationState.PUBLISHED
        return self.cleaned_data


def from_previous(group: SteeringGroup) -> dict[str, str]:
    """Place and agenda of the group's latest meeting: the next one is usually much the same."""
    previous = Meeting.objects.filter(group=group).order_by("-date").first()
    return {name: getattr(previous, name) for name in COPIED} if previous else {}
