"""Feedback: its deadline, who hears of it and who may answer, letters, forgetting."""

import logging
import smtplib
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from climateportal.feedback import answer, give, handle, key_of, recipients, send_answer, tell
from climateportal.feedbackrights import can_answer_feedback
from climateportal.feedbackwords import begins, days_left_words
from climateportal.models import Feedback, User
from climateportal.models.feedback import WentTo
from climateportal.models.user import Reminders
from municipalities.models import Municipality, Region
from projects.models import Project
from tests.factories import (
    ContactFactory,
    FeedbackFactory,
    MunicipalityFactory,
    ProjectContactFactory,
    ProjectFactory,
    RegionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Municipality:
    return MunicipalityFactory()


@pytest.fixture
def region(town: Municipality) -> Region:
    return RegionFactory(members=[town])


@pytest.fixture
def project(town: Municipality) -> Project:
    return ProjectFactory(municipalities=[town], title_fi="Pyörätiet")


@pytest.fixture
def boss() -> User:
    return UserFactory(superuser=True)


def editor(**reach: Any) -> User:
    """An editor with some reach and values: `regions=[…]`, `language="sv"`."""
    relations = {name: value for name, value in reach.items() if isinstance(value, list)}
    user = UserFactory(**{name: v for name, v in reach.items() if name not in relations})
    for name, rows in relations.items():
        getattr(user, name).set(rows)
    return user


# --- the deadline --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (datetime(2026, 6, 1, 12, tzinfo=UTC), date(2026, 6, 15)),
        (datetime(2026, 6, 1, 21, 30, tzinfo=UTC), date(2026, 6, 16)),  # past midnight in Finland
        (datetime(2026, 12, 31, 21, 59, tzinfo=UTC), date(2027, 1, 14)),
        (datetime(2026, 3, 20, 22, 30, tzinfo=UTC), date(2026, 4, 4)),  # clocks change between
    ],
)
def test_there_are_fourteen_days_of_finland(received: datetime, due: date) -> None:
    made, _new = give(kind="idea", message="x", language="fi", key="k", at=received)
    assert made.reply_by == due


@pytest.mark.parametrize(
    ("on", "words"),
    [(1, "13 päivää jäljellä 14:stä"), (13, "1 päivä jäljellä 14:stä"),
     (14, "tänään on viimeinen päivä"), (15, "1 päivän myöhässä"), (20, "6 päivää myöhässä")],
)  # fmt: skip
def test_the_days_left_are_told_in_words(on: int, words: str) -> None:
    made = FeedbackFactory()
    assert days_left_words(made, timezone.localdate() + timedelta(days=on)) == words


# --- who hears and who answers -------------------------------------------------------------------


def test_the_nearest_of_those_who_can_answer_are_told(
    boss: User, project: Project, town: Municipality, region: Region
) -> None:
    made = FeedbackFactory(project=project)
    assert recipients(made) == (WentTo.ADMINISTRATORS, [boss])
    regional = editor(regions=[region])
    assert recipients(made) == (WentTo.EDITORS, [regional])
    municipal, other = editor(municipalities=[town]), editor(projects=[project])
    assert recipients(made) == (WentTo.EDITORS, [municipal, other])
    contact = ContactFactory(email=other.email.upper())
    ProjectContactFactory(project=project, contact=contact, is_primary=True)
    assert recipients(made) == (WentTo.CONTACT, [other])


def test_a_primary_contact_who_may_not_edit_or_has_left_is_passed_over(
    boss: User, project: Project, town: Municipality
) -> None:
    made, municipal = FeedbackFactory(project=project), editor(municipalities=[town])
    listed = ProjectContactFactory(
        project=project, is_primary=True, contact=ContactFactory(email=UserFactory().email)
    )
    assert recipients(made) == (WentTo.EDITORS, [municipal])
    listed.contact.email = boss.email  # may answer, but has left as a contact
    listed.contact.valid_until = timezone.localdate() - timedelta(days=1)
    listed.contact.save()
    assert recipients(made) == (WentTo.EDITORS, [municipal])


def test_a_municipality_has_its_own_before_its_regions(
    boss: User, town: Municipality, region: Region
) -> None:
    made = FeedbackFactory(municipality=town)
    regional = editor(regions=[region])
    assert recipients(made) == (WentTo.EDITORS, [regional])
    municipal = editor(municipalities=[town])
    assert recipients(made) == (WentTo.EDITORS, [municipal])
    about_region = FeedbackFactory(region=region)
    assert recipients(about_region) == (WentTo.EDITORS, [regional])
    assert recipients(FeedbackFactory()) == (WentTo.ADMINISTRATORS, [boss])


def test_of_a_joint_project_those_who_edit_a_part_do_not_answer(
    boss: User, town: Municipality
) -> None:
    joint = ProjectFactory(municipalities=[town, MunicipalityFactory()])
    made, partial = FeedbackFactory(project=joint), editor(municipalities=[town])
    assert recipients(made) == (WentTo.ADMINISTRATORS, [boss])
    assert not can_answer_feedback(partial, made)
    both = editor(municipalities=list(joint.municipalities.all()))
    assert recipients(made) == (WentTo.EDITORS, [both])


@pytest.mark.parametrize(
    "values", [{"reminders": Reminders.NEVER}, {"is_active": False}, {"is_staff": False}]
)
def test_whoever_wants_or_gets_no_letters_is_passed_over(
    boss: User, project: Project, values: dict[str, Any]
) -> None:
    editor(projects=[project], **values)
    made = FeedbackFactory(project=project)
    assert recipients(made) == (WentTo.ADMINISTRATORS, [boss])
    User.objects.update(reminders=Reminders.NEVER)
    assert recipients(made) == (WentTo.ADMINISTRATORS, [])
    assert tell(made) == 0


def test_viewers_and_members_read_none(project: Project, region: Region) -> None:
    made = FeedbackFactory(project=project)
    for user in (editor(viewed_regions=[region]), UserFactory(), UserFactory(is_staff=False)):
        assert not can_answer_feedback(user, made)


def test_what_a_deleted_project_was_asked_is_the_administrators(
    boss: User, project: Project
) -> None:
    made, owner = FeedbackFactory(project=project), editor(projects=[project])
    assert can_answer_feedback(owner, made)
    project.delete()
    made.refresh_from_db()
    assert (made.about, made.subject) == ("Pyörätiet", None)
    assert not can_answer_feedback(owner, made)
    assert recipients(made) == (WentTo.ADMINISTRATORS, [boss])


# --- letters -------------------------------------------------------------------------------------


def test_they_hear_at_once_each_in_their_language(
    project: Project, django_capture_on_commit_callbacks: Any, client: Client
) -> None:
    editor(projects=[project], language="sv")
    editor(projects=[project], language="en")
    from tests.climateportal.test_feedback_form import filled

    sent = filled(hanke=project.slug, about="on", message="Milloin <b>se</b> valmistuu?")
    for _twice in (1, 2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post("/palaute/", sent)
    swedish, english = mail.outbox
    made = Feedback.objects.get()
    assert "Respons som ska besvaras senast" in swedish.subject
    assert "Feedback to answer by" in english.subject
    for letter in (swedish, english):
        assert len(letter.to) == 1
        assert f"/admin/climateportal/feedback/{made.pk}/change/" in letter.body
        assert "Pyörätiet" in letter.body
        assert "Milloin <b>se</b> valmistuu?" in letter.body
        assert "&lt;b&gt;se" in letter.alternatives[0][0]
        for secret in ("aino@example.fi", "Aino Esimerkki"):
            assert secret not in letter.body + letter.alternatives[0][0]


def test_no_line_of_the_giver_passes_for_the_portals(project: Project) -> None:
    """A stranger's address would stand where the way to the form does."""
    editor(projects=[project])
    forged = "Hei!\n\nLue ja vastaa täällä:\nhttps://example.org/kirjaudu"
    tell(FeedbackFactory(project=project, message=forged))
    [letter] = mail.outbox
    lines = letter.body.splitlines()
    assert [line for line in lines if "example.org" in line] == ["> https://example.org/kirjaudu"]
    assert "> Lue ja vastaa täällä:" in lines
    assert "&gt; Hei!<br>&gt;<br>&gt; Lue ja vastaa" in letter.alternatives[0][0]


def test_a_mail_server_that_is_down_loses_nothing(
    project: Project, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    editor(projects=[project])
    monkeypatch.setattr(EmailMultiAlternatives, "send", _refuse)
    made = FeedbackFactory(project=project, message="Salaisuus")
    with caplog.at_level(logging.DEBUG):
        tell(made)
        handle(feedback=made, by=UserFactory())
    for secret in ("Salaisuus", made.email, made.name):
        assert secret not in caplog.text


def _refuse(self: Any, *args: Any, **kwargs: Any) -> None:
    raise smtplib.SMTPRecipientsRefused({self.to[0]: (550, b"no")})


def test_an_answer_goes_in_the_givers_language_with_the_original_below(boss: User) -> None:
    made = FeedbackFactory(
        language="sv", about="Cykelvägar", message="När öppnas den?\n\n– Aino", name="Aino"
    )
    assert answer(feedback=made, text="I maj & juni.", by=boss)
    assert (made.state, made.answered_by, made.answer) == ("answered", boss, "I maj & juni.")
    assert send_answer(made)
    [letter] = mail.outbox
    assert letter.to == [made.email]
    assert "Svar på din respons" in letter.subject
    body = letter.body
    assert body.startswith("I maj & juni.")
    assert body.index("I maj & juni.") < body.index("> När öppnas den?")
    assert "> – Aino" in body
    assert "Cykelvägar" in body
    assert "/sv/respons/" in body
    assert boss.email not in body + str(letter.message())
    assert "I maj &amp; juni." in letter.alternatives[0][0]


def test_what_could_not_be_sent_waits_again(boss: User, monkeypatch: pytest.MonkeyPatch) -> None:
    made = FeedbackFactory()
    answer(feedback=made, text="Toukokuussa.", by=boss)
    monkeypatch.setattr(EmailMultiAlternatives, "send", _refuse)
    assert not send_answer(made)
    assert (made.state, made.answered_at, made.answer) == ("open", None, "Toukokuussa.")


def test_only_one_closes_it(boss: User) -> None:
    made = FeedbackFactory()
    assert answer(feedback=made, text="Ensin.", by=boss)
    late = Feedback.objects.get(pk=made.pk)
    assert not answer(feedback=late, text="Sitten.", by=UserFactory())
    assert not handle(feedback=late, by=UserFactory())
    assert Feedback.objects.get().answer == "Ensin."


# --- storing and forgetting ----------------------------------------------------------------------


def test_the_same_key_is_stored_once(boss: User) -> None:
    first, new = give(kind="idea", message="x", language="fi", key=key_of("a", "b"))
    again, new_again = give(kind="idea", message="y", language="fi", key=key_of("a", "b"))
    assert (new, new_again, again.pk) == (True, False, first.pk)
    assert key_of("a", "bc") != key_of("ab", "c")


def test_a_name_is_in_no_list_of_acts_and_a_line_is_one_line() -> None:
    made = FeedbackFactory(message="a\n\n" + "b " * 200)
    assert made.name not in str(made)
    assert made.email not in str(made)
    assert "\n" not in begins(made)
    assert len(begins(made)) <= 120


def test_it_is_deleted_when_promised(settings: Any) -> None:
    settings.FEEDBACK_KEEP_DAYS = 100
    FeedbackFactory(waited=101), FeedbackFactory(waited=102)
    young = FeedbackFactory(waited=99)
    boss = UserFactory()
    handle(feedback=Feedback.objects.first(), by=boss)
    out = StringIO()
    call_command("clear_feedback", "--dry-run", stdout=out)
    assert Feedback.objects.count() == 3
    call_command("clear_feedback", stdout=out)
    assert list(Feedback.objects.all()) == [young]
    assert out.getvalue().splitlines() == [
        "Feedback would be deleted: 2, of which never answered: 1.",
        "Feedback deleted: 2, of which never answered: 1.",
    ]


def test_a_slip_in_the_setting_deletes_nothing(settings: Any) -> None:
    settings.FEEDBACK_KEEP_DAYS = 3
    FeedbackFactory(waited=10)
    with pytest.raises(CommandError, match="FEEDBACK_KEEP_DAYS"):
        call_command("clear_feedback")
    assert Feedback.objects.exists()


def test_it_has_no_second_copy() -> None:
    assert not hasattr(Feedback, "history")
