"""Giving feedback and answering it: who hears of it, what is stored, which letters go out.

The one who gives it gets no letter until somebody has read it: a form that writes to any address
at once would be a tool for those who send rubbish.
"""

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import override

from climateportal import letters
from climateportal.dates import long_date
from climateportal.feedbackrights import can_answer_feedback
from climateportal.models import Feedback, User
from climateportal.models.feedback import FeedbackKind, FeedbackState, WentTo
from climateportal.models.user import Reminders
from municipalities.models import Municipality, Region
from projects.models import Project, ProjectContact
from projects.models.contact import valid_q

logger = logging.getLogger(__name__)
Subject = Project | Municipality | Region
SHORTEST_KEEP = 30  # days: the 14 for answering, and as many for what goes on after it
BEGINNING = 300  # characters of a message in the letter that tells of it
FIELDS = {Project: "project", Municipality: "municipality", Region: "region"}


def _quoted(text: str) -> str:
    """Marked line by line as what somebody else wrote, so that no line passes for the portal's."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


# --- who hears of it -----------------------------------------------------------------------------


def _primary_contact(feedback: Feedback) -> Q | None:
    if feedback.project_id is None:
        return None
    rows = ProjectContact.objects.filter(
        valid_q("contact__"), project=feedback.project_id, is_primary=True
    )
    found = rows.exclude(contact__email="").values_list("contact__email", flat=True).first()
    return Q(email__iexact=found) if found else None


def _nearest(feedback: Feedback) -> Q | None:
    """Those of the project or municipality itself."""
    if feedback.municipality_id:
        return Q(municipalities=feedback.municipality_id)
    if feedback.project_id:
        places = feedback.project.participations.values("municipality")
        return Q(projects=feedback.project_id) | Q(municipalities__in=places)
    return None


def _regional(feedback: Feedback) -> Q | None:
    if feedback.region_id:
        return Q(regions=feedback.region_id)
    if feedback.municipality_id:
        return Q(regions__members=feedback.municipality_id)
    if feedback.project_id:
        places = feedback.project.participations.values("municipality")
        belonging = feedback.project.regions.values("pk")
        return Q(regions__in=belonging) | Q(regions__members__in=places)
    return None


def _administrators(feedback: Feedback) -> Q:
    return Q(is_superuser=True)


TIERS: tuple[tuple[str, Callable[[Feedback], Q | None]], ...] = (
    (WentTo.CONTACT, _primary_contact),
    (WentTo.EDITORS, _nearest),
    (WentTo.EDITORS, _regional),
    (WentTo.ADMINISTRATORS, _administrators),
)


def recipients(feedback: Feedback) -> tuple[str, list[User]]:
    """Who is told at once, and what they are to it: the nearest of those who may answer it.

    Whoever wants no letters from the portal is passed over; the work list tells them as well.
    """
    wanting = User.objects.filter(is_active=True, is_staff=True).exclude(email="")
    wanting = wanting.exclude(reminders=Reminders.NEVER)
    for name, condition in TIERS:
        meant = condition(feedback)
        if meant is None:
            continue
        keys = wanting.filter(meant).values("pk")
        people = User.objects.filter(pk__in=keys).order_by("pk")
        if able := [user for user in people if can_answer_feedback(user, feedback)]:
            return name, able
    return WentTo.ADMINISTRATORS, []


# --- giving --------------------------------------------------------------------------------------


def key_of(token: str, *said: str) -> str:
    """What one form with one content is known by: sent twice it is stored once."""
    return hashlib.sha256("\0".join((token, *said)).encode(errors="replace")).hexdigest()


@transaction.atomic
def give(
    *,
    kind: str,
    message: str,
    language: str,
    key: str,
    subject: Subject | None = None,
    about: str = "",
    name: str = "",
    email: str = "",
    at: datetime | None = None,
) -> tuple[Feedback, bool]:
    """Store feedback with its deadline. Returns it, and whether it is new: a key that is known
    already stores nothing. Letters are the matter of `tell`.
    """
    at = at or timezone.now()
    of_subject = {FIELDS[type(subject)]: subject} if subject is not None else {}
    made = Feedback(
        kind=FeedbackKind(kind), message=message, language=language, key=key, about=about[:300],
        name=name, email=email, received_at=at, reply_by=Feedback.deadline(at), **of_subject,
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        return Feedback.objects.get(key=key), False
    made.went_to, _people = recipients(made)
    made.save(update_fields=["went_to"])
    return made, True


def tell(feedback: Feedback) -> int:
    """Write to those who can answer, each in their language. Returns how many were told."""
    _tier, people = recipients(feedback)
    for user in people:
        with override(user.language):
            context = {
                "feedback": feedback,
                "kind": feedback.get_kind_display(),
                "quoted": _quoted(Truncator(feedback.message).chars(BEGINNING)),
                "day": long_date(feedback.reply_by),
                "address": _address("admin:climateportal_feedback_change", feedback.pk),
                "settings_address": _address("account"),
            }
        letters.send("mail/feedback/told", user.email, context, user.language)
    if not people:
        logger.warning("Feedback %s: nobody who can answer it takes letters.", feedback.pk)
    return len(people)


def _address(name: str, *args: Any) -> str:
    return urljoin(settings.SITE_URL, reverse(name, args=args))


# --- answering -----------------------------------------------------------------------------------


def _close(feedback: Feedback, by: User, at: datetime | None, **values: Any) -> bool:
    """Close what is open. False when somebody was faster."""
    at = at or timezone.now()
    waiting = Feedback.objects.filter(pk=feedback.pk, state=FeedbackState.OPEN)
    if not waiting.update(answered_at=at, answered_by=by, **values):
        return False
    feedback.refresh_from_db()
    return True


def answer(*, feedback: Feedback, text: str, by: User, at: datetime | None = None) -> bool:
    """Note the answer. The letter is the matter of `send_answer`. False when it is closed."""
    return _close(feedback, by, at, state=FeedbackState.ANSWERED, answer=text)


def handle(*, feedback: Feedback, by: User, note: str = "", at: datetime | None = None) -> bool:
    """Close it without a letter: rubbish, the same twice, or no address to answer to."""
    return _close(feedback, by, at, state=FeedbackState.HANDLED, answer=note)


def send_answer(feedback: Feedback) -> bool:
    """Send the answer in the giver's language, the original below it.

    When the mail server refuses, the feedback waits again, with the answer as it was written.
    """
    with override(feedback.language):
        context = {
            "feedback": feedback,
            "received": long_date(feedback.received_at),
            "quoted": _quoted(feedback.message),
            "again": _address("feedback"),
        }
    sent = letters.send("mail/feedback/answer", feedback.email, context, feedback.language)
    if not sent:
        noted = Feedback.objects.filter(pk=feedback.pk, state=FeedbackState.ANSWERED)
        noted.update(state=FeedbackState.OPEN, answered_at=None, answered_by=None)
        feedback.refresh_from_db()
    return sent


# --- forgetting ----------------------------------------------------------------------------------


def too_old(at: datetime | None = None) -> models.QuerySet[Feedback]:
    """Feedback that was promised to be deleted by now, answered or not."""
    before = (at or timezone.now()) - timedelta(days=settings.FEEDBACK_KEEP_DAYS)
    return Feedback.objects.filter(received_at__lt=before)
