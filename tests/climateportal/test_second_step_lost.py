"""A lost second step: an administrator takes a colleague's away, the server the last one's."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from climateportal.models import User
from tests.climateportal.signing import HOME, give_app, give_passkey, log_in, log_in_by_app
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_moment(time_machine) -> None:
    time_machine.move_to(timezone.now(), tick=False)
    cache.clear()


@pytest.fixture
def colleague() -> User:
    user = UserFactory(email="kollega@example.fi", language="sv", superuser=True)
    give_app(user)
    give_passkey(user)
    return user


def page_of(user: User) -> str:
    return reverse("admin:climateportal_user_second_step", args=[user.pk])


def test_administrator_takes_it_away_and_the_colleague_hears_of_it(
    client: Client, colleague: User, django_capture_on_commit_callbacks
) -> None:
    boss = UserFactory(superuser=True, first_name="Aino", last_name="Johtaja")
    theirs = Client()
    log_in_by_app(theirs, colleague)
    assert theirs.get(HOME).status_code == 200
    log_in(client, boss)
    form = client.get(reverse("admin:climateportal_user_change", args=[colleague.pk]))
    assert page_of(colleague) in form.content.decode()
    assert client.get(page_of(colleague)).status_code == 200
    assert Authenticator.objects.filter(user=colleague).exists(), "looking takes nothing away"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page_of(colleague))
    assert not Authenticator.objects.filter(user=colleague).exists()
    assert theirs.get(HOME).status_code == 302, "sessions of whoever holds the lost phone end"
    letter = mail.outbox[-1]
    assert letter.to == [colleague.email]
    assert letter.subject == "Ilmastohankkeet: Din tvåstegsinloggning har tagits bort"
    assert "Aino Johtaja" in letter.body
    assert LogEntry.objects.filter(user=boss, object_id=str(colleague.pk)).exists()
    form = client.get(reverse("admin:climateportal_user_change", args=[colleague.pk]))
    assert page_of(colleague) not in form.content.decode()


def test_administrator_shows_first_who_they_are(client: Client, colleague: User) -> None:
    client.force_login(UserFactory(superuser=True))  # a session in which nobody typed a password
    for response in (client.get(page_of(colleague)), client.post(page_of(colleague))):
        assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert Authenticator.objects.filter(user=colleague).exists()


def test_nobody_else_may(client: Client, colleague: User) -> None:
    log_in(client, UserFactory())
    for response in (client.get(page_of(colleague)), client.post(page_of(colleague))):
        assert response.status_code == 302
        assert response["Location"] == HOME
    assert Authenticator.objects.filter(user=colleague).exists()


def test_ones_own_is_changed_on_ones_own_page(client: Client) -> None:
    boss = UserFactory(superuser=True)
    log_in(client, boss)
    give_app(boss)
    assert client.post(page_of(boss))["Location"] == reverse("mfa_index")
    assert Authenticator.objects.filter(user=boss).exists()


def test_command_for_the_last_administrator(
    colleague: User, capsys, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        call_command("reset_second_step", " Kollega@example.fi")
    assert not Authenticator.objects.filter(user=colleague).exists()
    assert "password alone" in capsys.readouterr().out
    assert mail.outbox[0].to == [colleague.email]
    with pytest.raises(CommandError, match="no second step"):
        call_command("reset_second_step", "kollega@example.fi")
    with pytest.raises(CommandError, match="Nobody"):
        call_command("reset_second_step", "toinen@example.fi")
