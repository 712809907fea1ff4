"""Log-in through a town's own identity provider (OpenID Connect): the questions and their checks.

The authorization code flow with PKCE. docs/decisions/0004-log-in.md tells why it is here.
"""

import base64
import hashlib
import json
import logging
import secrets
import time
from http.client import HTTPException
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import constant_time_compare

logger = logging.getLogger(__name__)

PATIENCE = 5  # seconds until a provider that says nothing counts as down
LONGEST_ANSWER = 200_000  # bytes
KNOWN_FOR = 60 * 60  # seconds in which a provider is not asked again where its doors are
DOWN_FOR = 60  # seconds in which one that was down is not asked for the log-in page's sake
CLOCKS_DIFFER = 60  # seconds


class NotAnsweringError(Exception):
    """The provider is down, or answers with an error."""


class NotTrustedError(Exception):
    """The provider's answer is not for us, not for now, or not its own."""


class Question(NamedTuple):
    """What the browser is sent to ask, and what must be remembered until the answer."""

    address: str
    remembered: dict[str, str]


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *args: Any) -> None:
        return None  # a secret goes where the settings say, nowhere else


opener = build_opener(_NoRedirects)


def is_in_use() -> bool:
    """Whether the operator has named a provider."""
    return bool(settings.OIDC_ISSUER and settings.OIDC_CLIENT_ID)


def _asked(address: str, data: dict[str, str] | None = None, **headers: str) -> dict[str, Any]:
    if urlsplit(address).scheme != "https":
        raise NotTrustedError(f"not an https address: {address!r}")
    body = urlencode(data).encode() if data else None
    request = Request(address, body, {"Accept": "application/json", **headers})  # noqa: S310 (https)
    try:
        with opener.open(request, timeout=PATIENCE) as response:
            found = json.loads(response.read(LONGEST_ANSWER))
    except HTTPError as error:
        error.close()
        raise NotAnsweringError(f"{urlsplit(address).netloc} answers {error.code}") from error
    except (OSError, HTTPException, ValueError, RecursionError) as error:
        raise NotAnsweringError(f"{urlsplit(address).netloc}: {error}") from error
    if not isinstance(found, dict):
        raise NotTrustedError(f"{urlsplit(address).netloc} answers with something else than facts")
    return found


def _doors() -> dict[str, Any]:
    """Where the provider takes questions, as it publishes itself."""
    issuer = settings.OIDC_ISSUER
    known = cache.get(f"openid:{issuer}")
    if known:
        return known
    found = _asked(issuer.rstrip("/") + "/.well-known/openid-configuration")
    if found.get("issuer") != issuer:
        raise NotTrustedError(f"calls itself {found.get('issuer')!r}, the settings {issuer!r}")
    needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if any(not str(found.get(name, "")).startswith("https://") for name in needed):
        raise NotTrustedError("publishes an address that is missing or not https")
    cache.set(f"openid:{issuer}", found, KNOWN_FOR)
    return found


def origin() -> str:
    """Where the log-in page's form may lead: the provider's origin, for the page's policy."""
    down = f"openid-down:{settings.OIDC_ISSUER}"
    address = settings.OIDC_ISSUER
    if not cache.get(down):
        try:
            address = _doors()["authorization_endpoint"]
        except (NotAnsweringError, NotTrustedError) as error:
            logger.warning("The identity provider cannot be used: %s", error)
            cache.set(down, True, DOWN_FOR)
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def question(redirect_uri: str) -> Question:
    """Begin a log-in."""
    remembered = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    hashed = hashlib.sha256(remembered["verifier"].encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": settings.OIDC_CLIENT_ID,
        "redirect_uri": redirect_uri,
        "scope": "openid email profile",
        "state": remembered["state"],
        "nonce": remembered["nonce"],
        "code_challenge": base64.urlsafe_b64encode(hashed).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    door = _doors()["authorization_endpoint"]
    return Question(f"{door}{'&' if '?' in door else '?'}{urlencode(asked)}", remembered)


def verified_email(code: str, state: str, redirect_uri: str, remembered: dict[str, str]) -> str:
    """Whose log-in the provider confirms. Raises when it does not, or is not to be believed."""
    if not remembered or not constant_time_compare(state, remembered["state"]):
        raise NotTrustedError("an answer to a question that was not asked here")
    doors = _doors()
    data = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "code_verifier": remembered["verifier"],
    }
    client = {"client_id": settings.OIDC_CLIENT_ID, "client_secret": settings.OIDC_CLIENT_SECRET}
    ways = doors.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    if "client_secret_post" in ways:
        found = _asked(doors["token_endpoint"], {**data, **client})
    else:
        pair = urlencode({client["client_id"]: client["client_secret"]}).replace("=", ":", 1)
        secret = base64.b64encode(pair.encode()).decode()
        found = _asked(doors["token_endpoint"], data, Authorization=f"Basic {secret}")
    claims = _claims(found.get("id_token"), doors["jwks_uri"])
    _check(claims, remembered["nonce"])
    return _email(claims)


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _number(part: str) -> int:
    return int.from_bytes(_decoded(part))


def _claims(token: Any, keys_address: str) -> dict[str, Any]:
    """What a token says, once its signature is the provider's. Only RS256, which all must offer."""
    try:
        head, body, signature = token.split(".")
        facts, claims = json.loads(_decoded(head)), json.loads(_decoded(body))
        if facts["alg"] != "RS256":
            raise NotTrustedError(f"signs with {facts['alg']!r}")
        keys = _asked(keys_address)["keys"]
        found = next(key for key in keys if key.get("kid") == facts.get("kid"))
        key = RSAPublicNumbers(_number(found["e"]), _number(found["n"])).public_key()
        key.verify(_decoded(signature), f"{head}.{body}".encode(), PKCS1v15(), SHA256())
        return dict(claims)
    except InvalidSignature as error:
        raise NotTrustedError("the signature is not the provider's") from error
    except (AttributeError, KeyError, StopIteration, TypeError, ValueError) as error:
        raise NotTrustedError(f"a token that cannot be read: {error!r}") from error


def _check(claims: dict[str, Any], nonce: str) -> None:
    client, now = settings.OIDC_CLIENT_ID, time.time()
    audience = claims.get("aud")
    audience = audience if isinstance(audience, list) else [audience]
    expires = claims.get("exp")
    faults = {
        "of another provider": claims.get("iss") != settings.OIDC_ISSUER,
        "for another site": client not in audience or claims.get("azp", client) != client,
        "too old": not isinstance(expires, int | float) or expires < now - CLOCKS_DIFFER,
        "for another log-in": not constant_time_compare(str(claims.get("nonce")), nonce),
    }
    for fault, is_so in faults.items():
        if is_so:
            raise NotTrustedError(f"a token {fault}")


def _email(claims: dict[str, Any]) -> str:
    email = claims.get("email")
    if settings.OIDC_TRUST_EMAIL:
        email = email or claims.get("preferred_username")
    elif claims.get("email_verified") is not True:
        raise NotTrustedError("an e-mail address that the provider has not verified")
    if not isinstance(email, str) or "\0" in email:
        raise NotTrustedError("no e-mail address")
    return email.strip().lower()
