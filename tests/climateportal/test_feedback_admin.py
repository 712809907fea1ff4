"""Feedback in the admin: the list, the answer, the work list and the reminder."""

import smtplib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from climateportal.models import Feedback, User
from municipalities.models import Municipality
from projects.models import Project
from projects.reminders import digest_for
from projects.summaries.worklist import MOST_FEEDBACK, worklist
from tests.adminforms import controls
from tests.climateportal.adminworld import address
from tests.factories import FeedbackFactory, MunicipalityFactory, ProjectFactory, UserFactory
from tests.odd.values import TEXTS

pytestmark = pytest.mark.django_db
FORM = "feedback_form"


@pytest.fixture
def town() -> Municipality:
    return MunicipalityFactory()


@pytest.fixture
def project(town: Municipality) -> Project:
    return ProjectFactory(municipalities=[town], title_fi="Pyörätiet", end_date=None)


@pytest.fixture
def editor(town: Municipality) -> User:
    user = UserFactory()
    user.municipalities.add(town)
    return user


@pytest.fixture
def signed_in(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def asked(project: Project) -> Feedback:
    return FeedbackFactory(project=project, waited=3)


Sender = Callable[..., Any]


@pytest.fixture
def send(signed_in: Client, django_capture_on_commit_callbacks: Any) -> Sender:
    """Fills in the answer of a feedback and presses a button."""

    def fill_and_press(feedback: Feedback, text: str, button: str = "_save") -> Any:
        url = address(Feedback, "change", feedback.pk)
        data = controls(signed_in.get(url), FORM) | {"answer": text, button: "1"}
        with django_capture_on_commit_callbacks(execute=True):
            return signed_in.post(url, data, follow=True)

    return fill_and_press


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


# --- reading -------------------------------------------------------------------------------------


def test_the_list_has_what_waits_first_and_says_how_long(
    signed_in: Client, project: Project, town: Municipality, asked: Feedback
) -> None:
    late = FeedbackFactory(municipality=town, waited=20)
    done = FeedbackFactory(project=project, waited=30, state="handled", answered_at=timezone.now())
    FeedbackFactory(), FeedbackFactory(project=ProjectFactory())
    response = signed_in.get(address(Feedback, "changelist"))
    assert list(response.context["cl"].queryset) == [late, asked, done]
    page = text(response)
    for words in ("6 päivää myöhässä", "11 päivää jäljellä 14:stä", "Kysymys – Pyörätiet"):
        assert words in page
    assert asked.email not in page


def test_the_form_tells_all_that_was_said(signed_in: Client, asked: Feedback) -> None:
    page = text(signed_in.get(address(Feedback, "change", asked.pk)))
    for words in (asked.message, asked.name, asked.email, "suomi", "11 päivää jäljellä"):
        assert words in page
    assert f'href="{asked.project.get_absolute_url()}"' in page
    assert "Lähetä vastaus" in page
    assert "deletelink" not in page


def test_markup_of_a_message_is_only_text(signed_in: Client, project: Project) -> None:
    asked = FeedbackFactory(
        project=project, message="<script>alert(1)</script>", name="<b>x", about='"><i>'
    )
    for page in (address(Feedback, "change", asked.pk), address(Feedback, "changelist"), "/admin/"):
        found = text(signed_in.get(page))
        assert "alert(1)" in found
        assert "<script>alert" not in found
        assert "<b>x" not in found
        assert '"><i>' not in found


@pytest.mark.parametrize("title", ["//example.org/kirjaudu", "/\\example.org"])
def test_the_name_of_what_was_deleted_leads_nowhere(admin_client: Client, title: str) -> None:
    gone = FeedbackFactory(about=title)
    page = text(admin_client.get(address(Feedback, "change", gone.pk)))
    assert title in page
    assert f'href="{title}' not in page


# --- answering -----------------------------------------------------------------------------------


def test_an_answer_is_sent_once_and_noted(send: Sender, editor: User, asked: Feedback) -> None:
    send(asked, "Toukokuussa.\r\nTervetuloa!")
    asked.refresh_from_db()
    assert (asked.state, asked.answered_by) == ("answered", editor)
    assert asked.answer == "Toukokuussa.\nTervetuloa!"
    [letter] = mail.outbox
    assert letter.to == [asked.email]


def test_what_is_answered_is_only_read(signed_in: Client, send: Sender, asked: Feedback) -> None:
    send(asked, "Toukokuussa.")
    url = address(Feedback, "change", asked.pk)
    page = text(signed_in.get(url))
    assert "Toukokuussa." in page
    assert 'type="submit"' not in page.split('id="content-main"')[1]
    signed_in.post(url, {"answer": "Muuta", "_save": "1"})
    asked.refresh_from_db()
    assert asked.answer == "Toukokuussa."
    assert len(mail.outbox) == 1


def test_a_double_click_sends_one_letter(
    signed_in: Client, asked: Feedback, django_capture_on_commit_callbacks: Any
) -> None:
    url = address(Feedback, "change", asked.pk)
    data = controls(signed_in.get(url), FORM) | {"answer": "Toukokuussa.", "_save": "1"}
    for _twice in (1, 2):
        with django_capture_on_commit_callbacks(execute=True):
            signed_in.post(url, data)
    assert len(mail.outbox) == 1


def test_rubbish_is_marked_as_handled_without_a_letter(send: Sender, asked: Feedback) -> None:
    response = send(asked, "", "_handled")
    asked.refresh_from_db()
    assert (asked.state, asked.answer, mail.outbox) == ("handled", "", [])
    assert "käsitellyksi" in text(response)


def test_without_an_address_there_is_one_way_and_the_text_is_a_note(
    signed_in: Client, send: Sender, asked: Feedback
) -> None:
    Feedback.objects.update(email="")
    page = text(signed_in.get(address(Feedback, "change", asked.pk)))
    assert "Lähetä vastaus" not in page
    assert "ei jättänyt osoitetta" in page
    send(asked, "Korjasin päivän.")  # Enter, or whatever a browser sends
    asked.refresh_from_db()
    assert (asked.state, asked.answer, mail.outbox) == ("handled", "Korjasin päivän.", [])


@pytest.mark.parametrize(
    ("typed", "button", "words"),
    [
        ("", "_save", "Kirjoita vastaus"),
        ("  \n ", "_save", "Kirjoita vastaus"),
        ("Toukokuussa.", "_handled", "Olet kirjoittanut vastauksen"),
        ("x" * 5001, "_save", "5000"),
        ("a\0b", "_save", "Nollat"),
    ],
)
def test_what_cannot_be_is_said_and_kept(
    send: Sender, asked: Feedback, typed: str, button: str, words: str
) -> None:
    response = send(asked, typed, button)
    asked.refresh_from_db()
    assert (asked.state, mail.outbox) == ("open", [])
    page = text(response)
    assert words in page or words == "Nollat"
    assert 'id="id_answer_error"' in page or "errorlist" in page
    if typed == "Toukokuussa.":
        assert typed in page


@pytest.mark.parametrize("typed", TEXTS, ids=range(len(TEXTS)))
def test_no_odd_answer_breaks_it(send: Sender, asked: Feedback, typed: str) -> None:
    assert send(asked, typed).status_code == 200
    asked.refresh_from_db()
    assert asked.is_open == (not mail.outbox)


@pytest.mark.django_db(transaction=True)
def test_a_refused_letter_is_told_and_can_be_sent_again(
    signed_in: Client, asked: Feedback, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With transactions that end, as in production: the letter leaves after the last one."""

    def refuse(self: Any, *args: Any) -> None:
        raise smtplib.SMTPServerDisconnected

    def sent() -> str:
        url = address(Feedback, "change", asked.pk)
        data = controls(signed_in.get(url), FORM) | {"_save": "1"}
        return text(signed_in.post(url, {"answer": "Toukokuussa.", **data}, follow=True))

    Feedback.objects.update(answer="Toukokuussa.")
    with monkeypatch.context() as patched:
        patched.setattr(EmailMultiAlternatives, "send", refuse)
        told = sent()
    assert "Postipalvelin ei ottanut" in told
    assert asked.email not in told
    assert asked.email in sent()
    assert len(mail.outbox) == 1


def test_only_an_administrator_deletes_when_the_giver_asks(
    signed_in: Client, asked: Feedback, admin_user: User
) -> None:
    url = address(Feedback, "delete", asked.pk)
    assert signed_in.post(url, {"post": "yes"}).status_code in (302, 403)
    assert Feedback.objects.exists()
    boss = Client()
    boss.force_login(admin_user)
    boss.post(url, {"post": "yes"})
    assert not Feedback.objects.exists()


# --- the work list and the reminder --------------------------------------------------------------


def test_the_work_list_begins_with_those_who_wait(
    signed_in: Client, town: Municipality, asked: Feedback
) -> None:
    late = FeedbackFactory(municipality=town, waited=16, email="")
    FeedbackFactory(project=asked.project, state="handled", answered_at=timezone.now())
    FeedbackFactory(), FeedbackFactory(project=ProjectFactory())
    page = text(signed_in.get("/admin/"))
    assert "2 palautetta odottaa vastausta" in page
    assert page.index("2 päivää myöhässä") < page.index("11 päivää jäljellä 14:stä")
    for feedback in (late, asked):
        assert f'href="{address(Feedback, "change", feedback.pk)}"' in page
    assert "Vastaa<" in page
    assert "Lue ja merkitse käsitellyksi" in page
    assert asked.name not in page


def test_an_editor_without_projects_sees_them_too(signed_in: Client, town: Municipality) -> None:
    FeedbackFactory(municipality=town)
    page = text(signed_in.get("/admin/"))
    assert "1 palaute odottaa vastausta" in page
    assert "hankkeesi ei kaipaa" not in page


def test_many_are_counted_and_some_are_shown(editor: User, project: Project) -> None:
    FeedbackFactory.create_batch(MOST_FEEDBACK + 2, project=project)
    found = worklist(editor)
    assert (len(found.feedback), found.feedback_waiting) == (MOST_FEEDBACK, MOST_FEEDBACK + 2)


def test_others_have_nothing_of_it(client: Client, asked: Feedback) -> None:
    neighbour, viewer = UserFactory(), UserFactory()
    neighbour.municipalities.add(MunicipalityFactory())
    viewer.viewed_municipalities.set(asked.project.municipalities.all())
    for user in (neighbour, viewer):
        found = worklist(user)
        assert (found.feedback, found.feedback_waiting) == ((), 0)
        client.force_login(user)
        assert "odottaa vastausta" not in text(client.get(reverse("admin:index")))


def test_a_reminder_tells_of_it_even_when_projects_need_nothing(
    editor: User, town: Municipality
) -> None:
    asked = FeedbackFactory(municipality=town, waited=12)
    digest = digest_for(editor, timezone.localdate())
    assert digest.lead == "1 palaute odottaa vastausta"
    [item] = digest.feedback
    assert "2 päivää jäljellä 14:stä" in item.title
    assert item.update.endswith(address(Feedback, "change", asked.pk))
    Feedback.objects.update(state="handled", answered_at=timezone.now())
    assert digest_for(editor, timezone.localdate()) is None


def test_the_letter_of_a_reminder_has_it_first(editor: User, asked: Feedback) -> None:
    from projects.reminders import send

    project = asked.project
    type(project).objects.filter(pk=project.pk).update(
        end_date=timezone.localdate() - timedelta(days=5)
    )
    assert send(editor)
    [letter] = mail.outbox
    for body in (letter.body, letter.alternatives[0][0]):
        assert body.index("11 päivää jäljellä") < body.index("Päättymispäivä")
        assert address(Feedback, "change", asked.pk) in body
        assert asked.email not in body
    assert "1 palaute odottaa vastausta, 1 hankkeesi kaipaa" in letter.subject
