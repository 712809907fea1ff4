"""Two-step log-in: required of administrators at every address, offered to others."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache, caches
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from climateportal.middleware import WITHOUT_SECOND_STEP
from climateportal.models import Session, User
from tests.climateportal.signing import HOME, code, give_app, give_passkey, log_in, log_in_by_app
from tests.climateportal.test_account_pages import check_page
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
STEPS = reverse("mfa_index")
ODD = ("", "null", "[]", "{}", "1", '"x"', "{", '{"response": 1}', '{"id": [], "rawId": {}}',
       '{"id":"AA","rawId":"AA","type":"public-key","response":{}}',
       '{"id":"AA","rawId":"AA","type":"public-key","response":{"userHandle":"/","clientDataJSON":'
       '"e30","authenticatorData":"AA","signature":"AA","attestationObject":"oA"}}',
       '{"id":"ä","rawId":"%","response":{"userHandle":7,"clientDataJSON":null}}')  # fmt: skip


@pytest.fixture(autouse=True)
def a_moment(time_machine) -> None:
    """Nobody has tried anything yet, and no code changes between being made and being sent."""
    time_machine.move_to(timezone.now(), tick=False)
    cache.clear()


@pytest.fixture
def boss() -> User:
    return UserFactory(superuser=True, email="johtaja@example.fi")


@pytest.fixture
def required(settings) -> None:
    settings.REQUIRE_MFA = True


def addresses(patterns: list, before: str = "") -> Iterator[tuple[str, str]]:
    """Every address of the site that needs no key, and its name."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            names = f"{pattern.namespace}:" if pattern.namespace else ""
            for name, address in addresses(pattern.url_patterns, before + str(pattern.pattern)):
                yield names + name, address
        elif isinstance(pattern, URLPattern):
            address = before + str(pattern.pattern).removesuffix("\\Z")
            address = re.sub(r"<slug:\w+>", "x", re.sub(r"<int:\w+>|<path:\w+>", "1", address))
            if not re.search(r"[<^(]", address):
                yield pattern.name or "", "/" + address


def test_no_address_opens_to_an_administrator_without_a_second_step(
    client: Client, boss: User, required: None
) -> None:
    log_in(client, boss)
    found = dict(addresses(get_resolver().url_patterns))
    assert len(found) > 60
    assert "admin:projects_project_changelist" in found
    assert "gallery" in found, "an address of staff outside the admin site"
    for name, address in found.items():
        for response in (client.get(address), client.post(address)):
            if name in WITHOUT_SECOND_STEP:
                assert response.get("Location") != STEPS, name
            elif response.status_code != 404:  # no such address: two patterns share a beginning
                assert (response.status_code, response["Location"]) == (302, STEPS), name
            if name == "account_logout":
                log_in(client, boss)


def test_set_up_pages_are_enough_to_get_one(client: Client, boss: User, required: None) -> None:
    assert log_in(client, boss).headers["Location"] == HOME
    page = client.get(HOME, follow=True)
    assert page.redirect_chain[-1][0] == STEPS
    check_page(page.content.decode())
    assert "Ylläpitäjä voi tehdä" in page.content.decode()
    page = client.get(reverse("mfa_activate_totp"))
    html = page.content.decode()
    check_page(html)
    assert 'src="data:image/svg+xml;base64,' in html
    secret = page.context["form"].secret
    assert " ".join(re.findall("....", secret)) in html, "the secret as text"
    done = client.post(reverse("mfa_activate_totp"), {"code": code(secret)}, follow=True)
    assert done.redirect_chain[-1][0] == reverse("mfa_view_recovery_codes")
    check_page(done.content.decode())
    assert len(re.findall(r"<li><code>\d{8}</code>", done.content.decode())) == 10
    assert client.get(HOME).status_code == 200


def test_code_with_a_space_in_it_is_understood(client: Client, boss: User) -> None:
    log_in(client, boss)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    typed = f" {code(secret)[:3]} {code(secret)[3:]}"
    assert client.post(reverse("mfa_activate_totp"), {"code": typed}).status_code == 302


def test_wrong_code_is_told_in_words_and_keeps_the_secret(client: Client, boss: User) -> None:
    log_in(client, boss)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    refused = client.post(reverse("mfa_activate_totp"), {"code": "12"})
    html = refused.content.decode()
    check_page(html)
    assert refused.context["form"].secret == secret
    assert "puolen minuutin" in html
    assert "<title>Virhe: " in html


def test_administrator_in_a_trial_is_let_in_but_told(client: Client, boss: User) -> None:
    log_in(client, boss)
    html = client.get(HOME).content.decode()
    assert "REQUIRE_MFA=off" in html


def test_others_are_asked_gently(client: Client, required: None) -> None:
    user = UserFactory()
    log_in(client, user)
    page = client.get(HOME)
    assert page.status_code == 200
    assert f'href="{STEPS}"' in page.content.decode()
    give_app(user)
    assert f'href="{STEPS}"' not in client.get(HOME).content.decode()


def test_password_alone_does_not_open_an_account_with_a_second_step(
    client: Client, boss: User
) -> None:
    give_app(boss)
    assert log_in(client, boss).headers["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get(HOME).status_code == 302
    page = client.get(reverse("mfa_authenticate"))
    check_page(page.content.decode())
    refused = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "<title>Virhe: " in refused.content.decode()
    opened = client.post(reverse("mfa_authenticate"), {"code": code()})
    assert opened.headers["Location"] == HOME
    assert client.get(HOME).status_code == 200


def test_direct_post_to_djangos_own_log_in_opens_nothing(client: Client, boss: User) -> None:
    give_app(boss)
    client.post("/admin/login/", {"username": boss.email, "password": "salasana"})
    assert client.get(HOME).status_code == 302


@pytest.mark.parametrize("late", [0, 1])
def test_code_works_once_however_long_it_is_taken(
    client: Client, boss: User, late: int, time_machine
) -> None:
    give_app(boss)
    shown = code(steps=1 - late)
    for seconds, opens in ((0, True), (1, False), (31, False)):
        time_machine.move_to(timezone.now() + timedelta(seconds=seconds), tick=False)
        other = Client()
        log_in(other, boss)
        other.post(reverse("mfa_authenticate"), {"code": shown})
        assert (other.get(HOME).status_code == 200) is opens, seconds
    log_in(client, boss)
    client.post(reverse("mfa_authenticate"), {"code": code(steps=-3)})
    assert client.get(HOME).status_code == 302, "an old code"


def test_recovery_code_works_once_and_the_rest_are_counted(client: Client, boss: User) -> None:
    spare = give_app(boss)[0]
    for opens in (True, False):
        other = Client()
        log_in(other, boss)
        other.post(reverse("mfa_authenticate"), {"code": spare})
        assert (other.get(HOME).status_code == 200) is opens
    log_in_by_app(client, boss)
    client.get(reverse("mfa_view_recovery_codes"))
    assert "9 koodia on jäljellä" in client.get(STEPS).content.decode()


def test_recovery_codes_are_shown_once_and_saved_without_another_request(
    client: Client, boss: User
) -> None:
    codes = give_app(boss)
    log_in_by_app(client, boss)
    html = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    check_page(html)
    link = re.search(r'download="varakoodit.txt" href="(data:text/plain[^"]+)"', html).group(1)
    assert [text for text in link.split("%0A") if text.isdigit()] == codes
    again = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    check_page(again)
    assert codes[0] not in again
    page = client.get(reverse("mfa_generate_recovery_codes"))
    check_page(page.content.decode())
    fresh = client.post(reverse("mfa_generate_recovery_codes"), follow=True).content.decode()
    assert re.search(r"<code>\d{8}</code>", fresh)
    assert codes[0] not in fresh


def test_codes_are_guessed_a_few_times_only_and_all_workers_count_together(
    client: Client, boss: User
) -> None:
    assert caches["default"].__class__.__name__ == "DatabaseCache", "memory counts for one worker"
    give_app(boss)
    log_in(client, boss)
    for _attempt in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert client.get(HOME).status_code == 302, "the right code, too, must wait"


def test_an_address_that_nobody_verified_is_no_hindrance(client: Client, boss: User) -> None:
    """`createsuperuser` and the admin make no row of verified addresses."""
    EmailAddress.objects.create(user=boss, email=boss.email, verified=False, primary=True)
    log_in(client, boss)
    for name in ("mfa_activate_totp", "mfa_add_webauthn"):
        assert client.get(reverse(name)).status_code == 200, name


CHANGING = ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes")


def test_locks_are_changed_only_by_who_has_just_shown_who_they_are(
    client: Client, time_machine
) -> None:
    user = UserFactory()
    log_in(client, user)
    assert client.get(reverse("mfa_activate_totp")).status_code == 200, "straight after log-in"
    time_machine.move_to(timezone.now() + timedelta(minutes=6), tick=False)
    for name in CHANGING:
        response = client.get(reverse(name))
        assert response["Location"].startswith(reverse("account_reauthenticate")), name
    page = client.get(response["Location"])
    check_page(page.content.decode())
    back = client.post(response["Location"], {"password": "salasana"})
    assert back["Location"] == reverse("mfa_generate_recovery_codes")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_every_way_to_show_who_one_is_has_a_page(client: Client, time_machine) -> None:
    user = UserFactory()
    give_app(user)
    log_in_by_app(client, user)
    time_machine.move_to(timezone.now() + timedelta(minutes=6), tick=False)
    page = client.get(reverse("mfa_deactivate_totp"), follow=True)
    assert f'href="{reverse("mfa_reauthenticate")}?next=' in page.content.decode()
    way = reverse("mfa_reauthenticate") + "?next=" + reverse("mfa_deactivate_totp")
    check_page(client.get(way).content.decode())
    assert client.post(way, {"code": code()})["Location"] == reverse("mfa_deactivate_totp")
    check_page(client.get(reverse("mfa_deactivate_totp")).content.decode())
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=user).exists(), "recovery codes go along"


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_owner_hears_of_every_change_in_their_language(
    client: Client, language: str, django_capture_on_commit_callbacks
) -> None:
    user = UserFactory(language=language)
    log_in(client, user)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    letter = mail.outbox[0]
    words = {"fi": "Todennussovellus lisättiin", "sv": "En autentiseringsapp lades till"}
    assert words[language] in letter.body
    page, kind = letter.alternatives[0]
    assert kind == "text/html"
    assert words[language] in page
    assert f'<html lang="{language}">' in page
    assert "127.0.0.1" not in letter.body + page, "no network address is told or kept"


def test_first_second_step_ends_sessions_that_were_begun_without_one(client: Client) -> None:
    user = UserFactory()
    other = Client()
    log_in(other, user)
    log_in(client, user)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert client.get(HOME).status_code == 200
    assert other.get(HOME).status_code == 302


@pytest.mark.parametrize("sent", ODD)
def test_odd_answers_of_a_passkey_are_refused_in_words(client: Client, sent: str) -> None:
    user = UserFactory()
    client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    refused = client.post(reverse("mfa_login_webauthn"), {"credential": sent})
    assert refused["Location"] == reverse("account_login")
    give_app(user)
    log_in(client, user)
    client.get(reverse("mfa_authenticate"))
    assert client.post(reverse("mfa_authenticate"), {"credential": sent}).status_code == 200
    log_in_by_app(client, user)
    client.get(reverse("mfa_add_webauthn"))
    refused = client.post(reverse("mfa_add_webauthn"), {"credential": sent})
    assert refused.status_code == 200
    assert 'role="alert"' in refused.content.decode()
    assert Authenticator.objects.filter(user=user, type="webauthn").count() == 0


def test_passkey_pages_ask_for_a_key_that_knows_its_holder(client: Client) -> None:
    log_in(client, UserFactory())
    page = client.get(reverse("mfa_add_webauthn"))
    check_page(page.content.decode())
    assert "tarvitsee JavaScriptin" in page.content.decode()
    wanted = json.loads(json.dumps(dict(page.context["options"]), default=dict))["publicKey"]
    assert wanted["authenticatorSelection"]["userVerification"] == "required"
    assert wanted["authenticatorSelection"]["residentKey"] == "required"
    assert wanted["rp"] == {"id": "testserver", "name": "Ilmastohankkeet"}


def test_only_ones_own_passkey_can_be_removed(client: Client) -> None:
    user, other = UserFactory(), UserFactory()
    own, foreign = give_passkey(user), give_passkey(other)
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": "salasana"})
    assert client.get(reverse("mfa_remove_webauthn", args=[foreign.pk])).status_code == 404
    assert client.post(reverse("mfa_remove_webauthn", args=[foreign.pk])).status_code == 404
    check_page(client.get(reverse("mfa_remove_webauthn", args=[own.pk])).content.decode())
    client.post(reverse("mfa_remove_webauthn", args=[own.pk]))
    assert list(Authenticator.objects.all()) == [foreign]


def test_log_in_moves_no_content_version(client: Client) -> None:
    from climateportal import contentversion

    before = contentversion.read()
    log_in(client, UserFactory())
    assert Session.objects.exists()
    assert contentversion.read() == before
