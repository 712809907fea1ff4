"""How long there is to answer feedback, in words: on the work list, in lists and in reminders."""

from datetime import date

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from climateportal.models import Feedback


def days_left_words(feedback: Feedback, on: date | None = None) -> str:
    """“3 days left to answer”, “2 days late”; the last day is named as such."""
    days = feedback.days_left(on)
    if days > 0:
        return ngettext("%(days)s day left of 14", "%(days)s days left of 14", days) % {
            "days": days
        }
    if days == 0:
        return _("today is the last day")
    return ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}


def sentence(feedback: Feedback, on: date | None = None) -> str:
    """One feedback in one sentence, without a full stop and without its giver."""
    return _("Unanswered feedback: %(what)s, %(when)s") % {
        "what": feedback,
        "when": days_left_words(feedback, on),
    }


def begins(feedback: Feedback) -> str:
    """The first words of the message, on one line."""
    return Truncator(" ".join(feedback.message.split())).chars(120)
