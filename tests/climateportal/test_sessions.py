"""Own sessions: seen, ended one by one or all, by a new password, and by time."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from climateportal.devices import device_of
from climateportal.models import Session, User
from tests.climateportal.signing import HOME, log_in
from tests.climateportal.test_account_pages import PASSWORD, check_page
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LIST = reverse("account_sessions")


@pytest.fixture(autouse=True)
def nobody_has_tried_yet() -> None:
    cache.clear()


@pytest.fixture
def user() -> User:
    return UserFactory()


def devices(user: User, count: int = 2) -> list[Client]:
    clients = [Client() for _number in range(count)]
    for client in clients:
        log_in(client, user)
    return clients


def opens(client: Client) -> bool:
    return client.get(HOME).status_code == 200


def test_list_tells_device_and_time_and_no_key(user: User) -> None:
    here = devices(user)[0]
    log_in(Client(), UserFactory())
    html = here.get(LIST).content.decode()
    check_page(html)
    assert html.count("Firefox, Windows") == 2, "one's own, not another's"
    assert re.search(r"kirjautunut \d+\.\d+\.\d{4} klo", html)
    for session in Session.objects.all():
        assert session.session_key not in html, "who reads the page cannot take a session over"


def test_one_session_or_all_others_are_ended(user: User) -> None:
    here, second, third = devices(user, 3)
    handles = re.findall(r'name="session" value="(\w{40,})"', here.get(LIST).content.decode())
    assert len(handles) == 2, "this one is ended by logging out"
    here.post(LIST, {"session": handles[0]})
    assert [opens(client) for client in (here, second, third)].count(True) == 2
    assert opens(here)
    page = here.post(LIST, {"session": "others"}, follow=True)
    assert 'role="status"' in page.content.decode()
    assert [opens(client) for client in (here, second, third)] == [True, False, False]


@pytest.mark.parametrize("named", ["", "x", "\0", "ä" * 5000])
def test_only_ones_own_sessions_can_be_named(user: User, named: str) -> None:
    (here,) = devices(user, 1)
    (stranger,) = devices(UserFactory(), 1)
    foreign = Session.objects.exclude(account=user.pk).get()
    for sent in (named, foreign.handle, foreign.session_key):
        assert here.post(LIST, {"session": sent}).status_code == 302
    assert here.post(LIST).status_code == 302
    assert opens(here)
    assert opens(stranger)


def test_new_password_ends_the_other_sessions(user: User) -> None:
    here, other = devices(user)
    sent = {"oldpassword": "salasana", "password1": PASSWORD, "password2": PASSWORD}
    here.post(reverse("account_change_password"), sent)
    assert (opens(here), opens(other)) == (True, False)
    assert Session.objects.of(user).count() == 1


def test_session_that_a_password_closed_is_not_listed(user: User) -> None:
    """Whatever way the password was changed: a command, the form of an administrator."""
    devices(user)
    user.set_password("toinen-salasana")
    user.save()
    new = Client()
    log_in(new, user, password="toinen-salasana")
    assert 'value="others"' not in new.get(LIST).content.decode()


def test_session_lasts_half_a_day_however_busy(user: User, time_machine) -> None:
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    (here,) = devices(user, 1)
    for hours, open_ in ((6, True), (11, True), (12.1, False)):
        time_machine.move_to(start + timedelta(hours=hours), tick=False)
        assert opens(here) is open_, hours
        session = here.session
        session["seen"] = hours  # saved as often as anything may save it
        session.save()


def test_use_is_noted_and_costs_a_write_in_a_quarter_of_an_hour(user: User, time_machine) -> None:
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    (here,) = devices(user, 1)
    for minutes, seen in ((10, 0), (20, 20), (30, 20)):
        time_machine.move_to(start + timedelta(minutes=minutes), tick=False)
        here.get(LIST)
        assert Session.objects.get().seen_at == start + timedelta(minutes=seen), minutes


def test_list_asks_the_database_the_same_for_one_and_many(user: User) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    (here,) = devices(user, 1)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            here.get(LIST)
        counts.append(len(asked))
        devices(user, 3)
    assert counts[0] == counts[1]


def test_language_of_the_account_is_that_of_its_pages(client: Client, user: User) -> None:
    swedish = {"accept-language": "sv"}
    assert "Logga in" in client.get(reverse("account_login"), headers=swedish).content.decode()
    log_in(client, user)
    assert '<html lang="fi"' in client.get(HOME, headers=swedish).content.decode()
    page = client.post(reverse("account"), {"language": "sv", "reminders": "weekly"}, follow=True)
    check_page(page.content.decode())
    assert "Dina inställningar har sparats" in page.content.decode()
    for address in (HOME, LIST, reverse("mfa_index")):
        assert '<html lang="sv"' in client.get(address).content.decode()
    assert '<html lang="fi"' in client.get("/").content.decode(), "an address tells its language"
    refused = client.post(reverse("account"), {"language": "xx"})
    assert refused.status_code == 200
    assert 'role="alert"' in refused.content.decode()


@pytest.mark.parametrize(
    ("said", "device"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
         "Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1 (KHTML, like "
         "Gecko) Version/18.5 Mobile/15E148 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
         "Chrome, Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
         "Firefox, Linux"),
        ("curl/8.0", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_device_in_words(said: str, device: str) -> None:
    assert device_of(said) == device
