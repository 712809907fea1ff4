"""Log-in through a town's own service, against a small provider that can be down or lie."""

import base64
import io
import json
import time
from collections.abc import Iterator
from email.message import Message
from hashlib import sha256
from http.client import BadStatusLine
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from climateportal import openid
from tests.climateportal.signing import HOME, give_app
from tests.climateportal.test_account_pages import check_page
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
ISSUER = "https://tunnistus.example.fi/kunta"
KEY = rsa.generate_private_key(65537, 2048)
OTHER_KEY = rsa.generate_private_key(65537, 2048)


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def number(value: int) -> str:
    return text(value.to_bytes((value.bit_length() + 7) // 8, "big"))


class Provider:
    """What a provider does, and what a bad one might."""

    def __init__(self) -> None:
        self.doors: dict[str, Any] = {
            "issuer": ISSUER,
            "authorization_endpoint": "https://ovi.example.fi/kirjaudu",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/keys",
        }
        self.claims: dict[str, Any] = {"email": "aino@example.fi", "email_verified": True}
        self.head = {"alg": "RS256", "kid": "1"}
        self.key = KEY
        self.broken: dict[str, Any] = {}  # the end of an address → an error or a body
        self.asked: list[Request] = []
        self.challenge = ""

    def open(self, request: Request, timeout: float) -> io.BytesIO:
        self.asked.append(request)
        path = request.full_url.removeprefix(ISSUER)
        fault = self.broken.get(path)
        if isinstance(fault, Exception):
            raise fault
        if fault is not None:
            return io.BytesIO(fault)
        return io.BytesIO(
            json.dumps(getattr(self, path.strip("/").split("/")[-1].split("-")[0])()).encode()
        )

    def openid(self) -> dict[str, Any]:
        return self.doors

    def keys(self) -> dict[str, Any]:
        public = KEY.public_key().public_numbers()
        return {"keys": [{"kty": "RSA", "kid": "1", "n": number(public.n), "e": number(public.e)}]}

    def token(self) -> dict[str, Any]:
        sent = parse_qs(self.asked[-1].data.decode())
        hashed = text(sha256(sent["code_verifier"][0].encode()).digest())
        assert hashed == self.challenge, "the code is for whoever asked"
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": "portaali", "exp": now + 300, **self.claims}
        parts = [text(json.dumps(part).encode()) for part in (self.head, claims)]
        signature = self.key.sign(".".join(parts).encode(), PKCS1v15(), SHA256())
        return {"id_token": ".".join([*parts, text(signature)])}


@pytest.fixture(autouse=True)
def provider(settings, monkeypatch) -> Iterator[Provider]:
    settings.OIDC_ISSUER = ISSUER
    settings.OIDC_CLIENT_ID = "portaali"
    settings.OIDC_CLIENT_SECRET = "salaisuus"
    settings.OIDC_NAME = "Kunnan tunnus"
    made = Provider()
    monkeypatch.setattr(openid, "opener", made)
    cache.clear()
    yield made
    cache.clear()


def go(client: Client, provider: Provider, **changed: str) -> HttpResponse:
    """Out to the provider, and back with its answer."""
    out = client.post(reverse("openid_out"), {"next": "/admin/projects/project/"})
    assert out.status_code == 302, out.content.decode()
    asked = {name: values[0] for name, values in parse_qs(urlsplit(out["Location"]).query).items()}
    assert asked["redirect_uri"] == "http://testserver" + reverse("openid_back")
    provider.challenge = asked["code_challenge"]
    provider.claims.setdefault("nonce", asked["nonce"])
    return client.get(reverse("openid_back"), {"code": "x", "state": asked["state"], **changed})


def test_existing_user_is_let_in_and_led_on(client: Client, provider: Provider) -> None:
    UserFactory(email="aino@example.fi")
    assert go(client, provider)["Location"] == "/admin/projects/project/"
    assert client.get(HOME).status_code == 200


def test_log_in_page_and_no_other_may_send_a_form_to_the_provider(client: Client) -> None:
    page = client.get(reverse("account_login"))
    check_page(page.content.decode())
    assert "Kunnan tunnus" in page.content.decode()
    policy = page["Content-Security-Policy"]
    assert "form-action 'self' https://ovi.example.fi;" in policy + ";"
    other = client.get(reverse("account_reset_password"))
    assert "ovi.example.fi" not in other["Content-Security-Policy"]


def test_without_settings_there_is_no_such_log_in(client: Client, settings) -> None:
    settings.OIDC_ISSUER = ""
    page = client.get(reverse("account_login"))
    assert reverse("openid_out") not in page.content.decode()
    assert "form-action 'self';" in page["Content-Security-Policy"] + ";"
    assert client.post(reverse("openid_out")).status_code == 404
    assert client.get(reverse("openid_back")).status_code == 404


def test_nobody_signs_up_by_it(client: Client, provider: Provider) -> None:
    refused = go(client, provider)
    assert refused.status_code == 403
    check_page(refused.content.decode())
    assert "ei ole täällä tunnusta" in refused.content.decode()
    UserFactory(email="aino@example.fi", is_active=False)
    assert go(client, provider).status_code == 403
    assert client.get(HOME).status_code == 302


def test_second_step_of_the_portal_is_asked_nevertheless(
    client: Client, provider: Provider
) -> None:
    give_app(UserFactory(email="aino@example.fi"))
    assert go(client, provider)["Location"].startswith(reverse("mfa_authenticate"))
    assert client.get(HOME).status_code == 302


LIES = {
    "another issuer": {"iss": "https://toinen.example.fi"},
    "another site": {"aud": "muu"},
    "another party": {"aud": ["portaali", "muu"], "azp": "muu"},
    "too old": {"exp": 1},
    "no end": {"exp": None},
    "another log-in": {"nonce": "arvaus"},
    "address not verified": {"email_verified": False},
    "verified in words only": {"email_verified": "true"},
    "no address": {"email": None},
    "odd address": {"email": ["aino@example.fi"]},
}


@pytest.mark.parametrize("lie", LIES)
def test_claims_that_are_not_for_this_log_in_are_refused(
    client: Client, provider: Provider, lie: str
) -> None:
    UserFactory(email="aino@example.fi")
    provider.claims.update(LIES[lie])
    refused = go(client, provider)
    assert refused.status_code == 403
    check_page(refused.content.decode())
    assert 'role="alert"' in refused.content.decode()
    assert client.get(HOME).status_code == 302


def test_token_that_another_has_signed_is_refused(client: Client, provider: Provider) -> None:
    UserFactory(email="aino@example.fi")
    provider.key = OTHER_KEY
    assert go(client, provider).status_code == 403
    provider.key, provider.head = KEY, {"alg": "none", "kid": "1"}
    assert go(client, provider).status_code == 403
    provider.head = {"alg": "RS256", "kid": "2"}
    assert go(client, provider).status_code == 403


def test_answer_to_no_question_is_refused(client: Client, provider: Provider) -> None:
    UserFactory(email="aino@example.fi")
    assert go(client, provider, state="arvaus").status_code == 403
    for state in ("", "x"):
        query = {"code": "x", "state": state}
        assert client.get(reverse("openid_back"), query).status_code == 403
    assert client.get(reverse("openid_back")).status_code == 400
    assert go(client, provider, error="access_denied").status_code == 400


@pytest.mark.parametrize("trusted", [True, False])
def test_town_that_vouches_for_its_addresses(
    client: Client, provider: Provider, settings, trusted: bool
) -> None:
    """Entra ID says of no address that it is verified."""
    settings.OIDC_TRUST_EMAIL = trusted
    UserFactory(email="aino@example.fi")
    provider.claims = {"preferred_username": "Aino@Example.fi"}
    assert go(client, provider).status_code == (302 if trusted else 403)


BROKEN = [
    URLError("poikki"),
    TimeoutError(),
    BadStatusLine("x"),
    HTTPError(ISSUER, 500, "", Message(), io.BytesIO()),
    b"",
    b"<html>",
    b"\xff\xfe",
    b"[" * 100_000,
    b"[]",
    b"{}",
    b'{"keys": [1]}',
    b'{"id_token": "a.b.c"}',
    b'{"issuer": "https://toinen.example.fi"}',
]


@pytest.mark.parametrize("door", ["/.well-known/openid-configuration", "/token", "/keys"])
@pytest.mark.parametrize("fault", BROKEN, ids=repr)
def test_provider_that_is_broken_gets_a_page_that_says_so(
    client: Client, provider: Provider, door: str, fault: Any
) -> None:
    UserFactory(email="aino@example.fi")
    provider.broken = {door: fault}
    if door.startswith("/."):
        refused = client.post(reverse("openid_out"))
        page = client.get(reverse("account_login"))
        assert page.status_code == 200, "a password still opens"
        assert "https://tunnistus.example.fi" in page["Content-Security-Policy"]
    else:
        refused = go(client, provider)
    assert refused.status_code in (403, 502)
    check_page(refused.content.decode())
    assert reverse("account_login") in refused.content.decode()
    assert client.get(HOME).status_code == 302


def test_secret_goes_only_where_the_provider_publishes_over_https(
    client: Client, provider: Provider
) -> None:
    provider.doors["token_endpoint"] = "http://tunnistus.example.fi/token"
    assert client.post(reverse("openid_out")).status_code == 502


@pytest.mark.parametrize("way", ["client_secret_basic", "client_secret_post"])
def test_secret_is_sent_as_the_provider_takes_it(
    client: Client, provider: Provider, way: str
) -> None:
    provider.doors["token_endpoint_auth_methods_supported"] = [way]
    UserFactory(email="aino@example.fi")
    assert go(client, provider).status_code == 302
    asked = next(request for request in provider.asked if request.full_url.endswith("/token"))
    assert (b"client_secret=salaisuus" in asked.data) == (way == "client_secret_post")
    assert bool(asked.get_header("Authorization")) == (way == "client_secret_basic")


def test_provider_is_asked_seldom_where_its_doors_are(client: Client, provider: Provider) -> None:
    for _visit in range(3):
        client.get(reverse("account_login"))
    assert len(provider.asked) == 1
    cache.clear()
    provider.broken = {"/.well-known/openid-configuration": TimeoutError()}
    for _visit in range(3):
        client.get(reverse("account_login"))
    assert len(provider.asked) == 2, "a log-in page does not wait each time for one that is down"
