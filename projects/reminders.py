"""A reminder by mail of what an editor's projects need: when, what it says, its sending."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext, override

from climateportal.feedbackwords import sentence as feedback_sentence
from climateportal.letters import can_go_to
from climateportal.models import Feedback, User
from climateportal.models.user import Reminders
from projects.confirmlinks import make_token
from projects.needs import NeedKind
from projects.needwords import sentence
from projects.summaries.worklist import Row, Worklist, worklist

MOST_ROWS = 20  # of one mail; the rest is on the work list


@dataclass(frozen=True)
class Item:
    """A project in the mail. `confirm` is empty where there is nothing to confirm."""

    title: str
    lines: tuple[str, ...]
    confirm: str
    update: str


@dataclass(frozen=True)
class Digest:
    """Everything that a mail says, in the language of its reader."""

    name: str
    language: str
    subject: str
    lead: str
    items: tuple[Item, ...]
    feedback: tuple[Item, ...]  # what residents wait an answer to
    more: str
    links: str  # how many addresses lead nowhere; told only beside something else
    broken: str
    worklist: str
    settings: str
    site: str


def is_due(how_often: str, last: date | None, on: date) -> bool:
    """Whether a reminder is due on a day: once in a week from Monday, once in a calendar month."""
    if how_often == Reminders.NEVER:
        return False
    if last is None:
        return True
    if how_often == Reminders.WEEKLY:
        return on.isocalendar()[:2] > last.isocalendar()[:2]
    return (on.year, on.month) > (last.year, last.month)


def digest_for(user: User, on: date) -> Digest | None:
    """What a reminder tells an editor in the editor's language, or None when there is nothing."""
    found = worklist(user, on)
    if not found.rows and not found.feedback:
        return None
    with override(user.language):
        more = len(found.rows) - MOST_ROWS
        lead = _lead(found)
        return Digest(
            name=user.get_short_name() or str(user),
            language=user.language,
            subject=f"{settings.SITE_NAME}: {lead}",
            lead=lead,
            items=tuple(_item(row, user) for row in found.rows[:MOST_ROWS]),
            feedback=tuple(_waiting(feedback, on) for feedback in found.feedback),
            more=ngettext(
                "%(count)s more project is on the list.",
                "%(count)s more projects are on the list.",
                more,
            ) % {"count": more} if more > 0 else "",
            links=ngettext(
                "%(count)s link on your pages leads nowhere",
                "%(count)s links on your pages lead nowhere",
                found.broken_links,
            ) % {"count": found.broken_links} if found.broken_links else "",
            broken=_address(reverse("admin:projects_brokenlink_changelist")),
            worklist=_address(reverse("admin:index")),
            settings=_address(reverse("account")),
            site=f"{settings.SITE_NAME}, {settings.SITE_URL}",
        )  # fmt: skip


def _lead(found: Worklist) -> str:
    """How many residents wait, and how many projects need something."""
    waiting = ngettext(
        "%(count)s feedback message waits for an answer",
        "%(count)s feedback messages wait for an answer",
        found.feedback_waiting,
    ) % {"count": found.feedback_waiting}
    needing = ngettext(
        "%(count)s project of yours needs a hand",
        "%(count)s projects of yours need a hand",
        len(found.rows),
    ) % {"count": len(found.rows)}
    told = [waiting] if found.feedback else []
    return ", ".join([*told, needing] if found.rows else told)


def _waiting(feedback: Feedback, on: date) -> Item:
    address = reverse("admin:climateportal_feedback_change", args=[feedback.pk])
    sentence_ = feedback_sentence(feedback, on)
    return Item(title=sentence_, lines=(), confirm="", update=_address(address))


def _item(row: Row, user: User) -> Item:
    project = row.project
    asks = any(need.kind == NeedKind.NOT_CONFIRMED for need in row.needs)
    token = make_token(project, user) if asks else ""
    return Item(
        title=project.title,
        lines=tuple(sentence(need, project) for need in row.needs),
        confirm=_address(reverse("confirm-project", args=[token])) if token else "",
        update=_address(reverse("admin:projects_project_change", args=[project.pk])),
    )


def _address(path: str) -> str:
    return urljoin(settings.SITE_URL, path)


def _takes(user: User, on: date) -> bool:
    reachable = bool(user.email) and can_go_to(user.email)
    return reachable and is_due(user.reminders, user.reminded_on, on)


def due_users(on: date) -> list[User]:
    """Editors whose reminder is due, whether or not there is something to tell."""
    users = User.objects.filter(is_active=True, is_staff=True).exclude(reminders=Reminders.NEVER)
    return [u for u in users.order_by("pk") if _takes(u, on)]


def send(user: User, on: date | None = None) -> bool:
    """Send an editor the reminder of the day. Returns whether there was one.

    The day is noted before the mail leaves: two runs at once never send the same twice. When the
    mail server refuses, the note is taken back and the error raised.
    """
    on = on or timezone.localdate()
    digest = digest_for(user, on)
    if digest is None:
        return False
    noted = User.objects.filter(pk=user.pk, reminded_on=user.reminded_on)
    if not noted.update(reminded_on=on):
        return False  # another run was faster
    with override(digest.language):
        message = EmailMultiAlternatives(
            subject=digest.subject,
            body=render_to_string("mail/reminder.txt", {"digest": digest}),
            to=[user.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
        message.attach_alternative(
            render_to_string("mail/reminder.html", {"digest": digest}), "text/html"
        )
    try:
        message.send()
    except OSError:
        User.objects.filter(pk=user.pk, reminded_on=on).update(reminded_on=user.reminded_on)
        raise
    return True
