"""Reminders: due once a week or month, told in the editor's language, never twice, never empty."""

import smtplib
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.management import CommandError, call_command
from django.test import override_settings

from climateportal.models import User
from climateportal.models.user import Reminders
from projects.models import Project
from projects.reminders import MOST_ROWS, digest_for, due_users, is_due, send
from tests.factories import ProjectFactory, TaskFactory, UserFactory

MONDAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("how_often", "last", "on", "due"),
    [
        (Reminders.NEVER, None, MONDAY, False),
        (Reminders.WEEKLY, None, MONDAY, True),
        (Reminders.WEEKLY, date(2026, 5, 31), MONDAY, True),  # a Sunday: another week
        (Reminders.WEEKLY, MONDAY, MONDAY, False),
        (Reminders.WEEKLY, MONDAY, date(2026, 6, 7), False),
        (Reminders.WEEKLY, MONDAY, date(2026, 6, 9), True),  # the timer slept on Monday
        (Reminders.WEEKLY, date(2026, 12, 31), date(2027, 1, 1), False),  # one week in two years
        (Reminders.WEEKLY, date(2026, 12, 31), date(2027, 1, 4), True),
        (Reminders.WEEKLY, date(2026, 6, 9), MONDAY, False),  # a clock that went back
        (Reminders.MONTHLY, date(2026, 5, 31), MONDAY, True),
        (Reminders.MONTHLY, MONDAY, date(2026, 6, 30), False),
        (Reminders.MONTHLY, date(2025, 6, 30), MONDAY, True),
    ],
)
def test_when_a_reminder_is_due(how_often: str, last: date | None, on: date, due: bool) -> None:
    assert is_due(how_often, last, on) is due


@pytest.fixture
def boss(db: None) -> User:
    return UserFactory(superuser=True, first_name="Maija", email="maija@example.fi")


def stale(**values: Any) -> Project:
    """A project that nobody has vouched for in a long time, with a late task."""
    made = ProjectFactory(start_date=None, end_date=None, **values)
    Project.objects.filter(pk=made.pk).update(content_updated_at=datetime(2025, 1, 1, tzinfo=UTC))
    TaskFactory(project=made, title_fi="Kartoitus", due_date=date(2026, 5, 31))
    return made


def test_a_mail_says_what_is_needed_in_text_and_html(boss: User) -> None:
    project = stale(title_fi="Pyörätiet & <katu>")
    assert send(boss, MONDAY)
    [message] = mail.outbox
    assert message.to == ["maija@example.fi"]
    assert "1 hankkeesi" in message.subject
    html, kind = message.alternatives[0]
    assert kind == "text/html"
    for body in (message.body, html):
        assert "Hei Maija" in body
        assert "1 päivän myöhässä" in body
        assert "/tarkista/" in body
        assert f"/admin/projects/project/{project.pk}/change/" in body
        assert "/tunnus/" in body
    assert "Pyörätiet & <katu>" in message.body
    assert "Pyörätiet &amp; &lt;katu&gt;" in html
    assert '<html lang="fi">' in html


def test_a_mail_is_in_the_language_of_its_reader(boss: User) -> None:
    boss.language = "sv"
    stale(title_fi="Pyörätiet", title_sv="Cykelvägarna")
    digest = digest_for(boss, MONDAY)
    assert digest.items[0].title == "Cykelvägarna"
    assert "projekt" in digest.subject
    assert any("försenad" in line for line in digest.items[0].lines)


def test_nothing_is_sent_when_there_is_nothing(boss: User) -> None:
    assert not send(boss, MONDAY)
    boss.refresh_from_db()
    assert (mail.outbox, boss.reminded_on) == ([], None)


def test_nothing_is_sent_twice(boss: User) -> None:
    stale()
    other_run = User.objects.get(pk=boss.pk)
    assert send(boss, MONDAY)
    assert not send(other_run, MONDAY)  # began before the first one had noted it
    assert len(mail.outbox) == 1
    assert due_users(MONDAY) == []


def test_a_refused_mail_is_tried_again(boss: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: EmailMultiAlternatives, *args: Any) -> None:
        raise smtplib.SMTPRecipientsRefused({self.to[0]: (550, b"no such user")})

    stale()
    with monkeypatch.context() as patch:
        patch.setattr(EmailMultiAlternatives, "send", refuse)
        told = StringIO()
        with pytest.raises(CommandError, match="1 could not be sent"):
            call_command("send_reminders", stdout=StringIO(), stderr=told)
        assert boss.email not in told.getvalue()
    assert "sent: 1" in run()


def test_an_address_that_is_none_keeps_nobody_else_from_theirs(boss: User) -> None:
    UserFactory(email="=?utf-8?q?=0d=0a?=@example.fi", superuser=True)
    assert due_users(MONDAY) == [boss]


def run(*args: str) -> str:
    out = StringIO()
    call_command("send_reminders", *args, stdout=out)
    return out.getvalue()


def test_a_dry_run_only_counts(boss: User) -> None:
    stale()
    assert "would be sent: 1" in run("--dry-run")
    assert mail.outbox == []
    assert "sent: 1" in run()
    assert "sent: 0" in run()


@pytest.mark.parametrize(
    "values", [{"is_active": False}, {"is_staff": False}, {"reminders": Reminders.NEVER}]
)
def test_who_gets_none(boss: User, values: dict[str, Any]) -> None:
    User.objects.filter(pk=boss.pk).update(**values)
    stale()
    assert due_users(MONDAY) == []


@override_settings(SITE_URL="https://ilmasto.example.fi")
def test_a_long_list_is_cut_and_says_so(boss: User) -> None:
    for _number in range(MOST_ROWS + 2):
        stale()
    digest = digest_for(boss, MONDAY)
    assert len(digest.items) == MOST_ROWS
    assert " 2 hanketta" in digest.more
    assert digest.worklist == "https://ilmasto.example.fi/admin/"
