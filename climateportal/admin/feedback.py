"""Feedback: read and answered by those who may edit what it is about."""

from functools import partial
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from climateportal import feedback as giving
from climateportal.admin.base import PortalAdmin
from climateportal.dates import long_date, occasion, short_date
from climateportal.feedbackrights import feedback_in_reach_q
from climateportal.feedbackwords import begins, days_left_words
from climateportal.models import Feedback
from climateportal.models.feedback import LONGEST_MESSAGE, FeedbackState
from municipalities.permissions import is_administrator, is_coordinator

HANDLED = "_handled"  # the name of the second button


class AnswerForm(forms.ModelForm):
    """The answer. Which button was pressed says what becomes of it."""

    class Meta:
        model = Feedback
        fields = ("answer",)

    def clean(self) -> dict[str, Any]:
        super().clean()
        text = self.cleaned_data.get("answer", "")
        if not self.instance.email or "answer" not in self.cleaned_data:
            return self.cleaned_data
        if HANDLED in self.data and text:
            self.add_error("answer", _(
                "You have written an answer. Send it, or take the text away to mark the feedback "
                "as handled without one."
            ))  # fmt: skip
        elif HANDLED not in self.data and not text:
            self.add_error("answer", _("Write the answer."))
        return self.cleaned_data


@admin.register(Feedback)
class FeedbackAdmin(PortalAdmin):
    """What waits comes first, by its deadline. What has been answered is only read."""

    form = AnswerForm
    change_form_template = "admin/climateportal/feedback/change_form.html"
    list_display: ClassVar = ["__str__", "deadline", "beginning", "received", "state"]
    list_filter: ClassVar = ["state", "kind"]
    search_fields: ClassVar = ["about", "message", "name", "email"]
    list_select_related: ClassVar = ["project", "municipality", "region"]
    ordering: ClassVar = ["-state", "reply_by", "pk"]  # open, handled, answered
    readonly: ClassVar = (
        "message", "page", "giver", "address", "spoken", "received", "deadline",
        "told", "state", "closed",
    )  # fmt: skip

    # --- who ---------------------------------------------------------------------------------

    def reach_q(self, user: Any) -> Q:
        return feedback_in_reach_q(user)

    def may_look(self, user: Any) -> bool:
        return is_coordinator(user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_open)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Its giver may ask for that; otherwise time does it."""
        return is_administrator(request.user)

    def has_pick_permission(self, request: HttpRequest) -> bool:
        return False

    # --- what is shown -----------------------------------------------------------------------

    @admin.display(description=_("answer by"), ordering="reply_by")
    def deadline(self, obj: Feedback) -> str:
        if not obj.is_open:
            return short_date(obj.reply_by)
        return f"{short_date(obj.reply_by)}: {days_left_words(obj)}"

    @admin.display(description=_("message"))
    def beginning(self, obj: Feedback) -> str:
        return begins(obj)

    @admin.display(description=_("received"), ordering="received_at")
    def received(self, obj: Feedback) -> str:
        return occasion(obj.received_at)

    @admin.display(description=_("about"))
    def page(self, obj: Feedback) -> str:
        subject = obj.subject
        address = subject.get_absolute_url() if subject else obj.about
        # the title of a project that was deleted since may be any words, "//example.org" too
        if not (address.startswith("/") and url_has_allowed_host_and_scheme(address, None)):
            return obj.about or _now("the whole site")
        return format_html('<a href="{}">{}</a>', address, subject or obj.about)

    @admin.display(description=_("name"))
    def giver(self, obj: Feedback) -> str:
        return obj.name or _now("not stated")

    @admin.display(description=_("e-mail address"))
    def address(self, obj: Feedback) -> str:
        return obj.email or _now("not stated: no answer can be sent")

    @admin.display(description=_("language"))
    def spoken(self, obj: Feedback) -> str:
        return str(get_language_info(obj.language)["name_translated"])

    @admin.display(description=_("told to"))
    def told(self, obj: Feedback) -> str:
        return obj.get_went_to_display()

    @admin.display(description=_("closed"))
    def closed(self, obj: Feedback) -> str:
        return f"{occasion(obj.answered_at)} {obj.answered_by or ''}" if obj.answered_at else ""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.readonly

    def get_fieldsets(self, request: HttpRequest, obj: Feedback | None = None) -> list[Any]:
        facts = ["message", "page", "giver", "address", "spoken", "received", "deadline"]
        if obj is not None and not obj.is_open:
            return [(None, {"fields": [*facts, "told", "state", "closed", "answer"]})]
        return [
            (_("What was written"), {"fields": [*facts, "told"]}),
            (
                pgettext_lazy("what is written", "Answer"),
                {"fields": ["answer"], "description": self._advice(obj)},
            ),
        ]

    def _advice(self, obj: Feedback | None) -> str:
        if obj is None or not obj.email:
            return _now("The giver left no address: the text is kept here as a note and is sent to "
                        "nobody.")  # fmt: skip
        return _now(
            "Write the answer in this language: %(language)s. It is sent at once to the address "
            "above, with what was written below it. It cannot be taken back."
        ) % {"language": self.spoken(obj)}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "answer":
            field.widget.attrs |= {"maxlength": LONGEST_MESSAGE}
        return field

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = context["original"]
        if obj is not None:
            waits = obj.is_open
            context["state_words"] = days_left_words(obj) if waits else obj.get_state_display()
            context["waits"], context["can_send"] = waits, bool(obj.email)
        return super().render_change_form(request, context, *args, **kwargs)

    # --- what is sent ------------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Feedback, form: Any, change: bool) -> None:
        text = "\n".join(obj.answer.splitlines())
        if HANDLED in request.POST or not obj.email:
            giving.handle(feedback=obj, note=text, by=request.user)
        elif giving.answer(feedback=obj, text=text, by=request.user):
            transaction.on_commit(partial(self._send, request, obj))

    def _send(self, request: HttpRequest, obj: Feedback) -> None:
        if giving.send_answer(obj):
            words = _now("The answer was sent to %(email)s.") % {"email": obj.email}
            self.message_user(request, words)
            return
        words = _now("The mail server did not take the answer. The feedback waits still, and what "
                     "you wrote is in its form: try again later.")  # fmt: skip
        self.message_user(request, words, messages.ERROR)

    def response_change(self, request: HttpRequest, obj: Feedback) -> HttpResponse:
        if obj.state == FeedbackState.HANDLED:
            words = _now("It was marked as handled %(day)s. No letter was sent.")
            self.message_user(request, words % {"day": long_date(obj.answered_at)})
        return self.response_post_save_change(request, obj)
