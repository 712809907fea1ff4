"""Finished anonymous pages, kept and replayed before any other middleware runs.

A view is replayed only when it says so with `@replayed(…)`. docs/decisions/0006-content-version.md
tells why, and what may be kept.
"""

from collections.abc import Callable
from functools import wraps
from hashlib import blake2b
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.utils.cache import get_conditional_response

from climateportal import memory
from climateportal.memory import Memory

LONGEST_ADDRESS = 300  # characters of a path or query that are kept as a key
OVERHEAD = 2_000  # bytes of an entry besides its body: key, headers, objects
PERSONAL_COOKIES = {settings.SESSION_COOKIE_NAME, "messages"}
# what views are known to look at; the language is in the address, whatever LocaleMiddleware says
FORESEEN = {"", "cookie", "accept-language"}
View = Callable[..., HttpResponse]


class Address(NamedTuple):
    """All of a request that a page may depend on. The path tells the language."""

    scheme: str
    host: str
    path: str
    query: str


class Finished:
    """A page with everything that the middlewares gave it."""

    __slots__ = ("body", "headers", "tag")

    def __init__(self, response: HttpResponse) -> None:
        self.body = response.content
        self.headers = dict(response.items())
        self.tag = response["ETag"]

    def __len__(self) -> int:
        """Bytes of memory, about."""
        return len(self.body) + OVERHEAD

    def answer(self, request: HttpRequest) -> HttpResponse:
        """A response of its own for each request, or 304 when the browser has the page already."""
        response = HttpResponse(self.body, headers=self.headers)
        return unless_known(request, response)


def unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """304 instead of a page with an ETag that the browser has already."""
    if "HTTP_IF_NONE_MATCH" not in request.META:
        return response
    return get_conditional_response(request, response["ETag"], None, response)


def replayed(*parameters: str) -> Callable[[View], View]:
    """Declare that a view answers everybody who is not logged in alike, until content changes.

    What it shows may depend on the address, the public content, the day and moments stored as
    content; of a query string only on `parameters`. With others the page is made each time.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in ("GET", "HEAD"):
                return view(request, *args, **kwargs)
            with memory.asked_once() as found:
                if set(request.GET) <= set(parameters):
                    request.remembers_it = found
                return view(request, *args, **kwargs)

        answer.is_replayed = True
        return answer

    return declare


class ReplayFinishedPages:
    """Stands first: a page that is kept costs one query and none of the other middlewares."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = address_of(request)
        if address and (page := _kept(address)):
            return page.answer(request)
        response = self.get_response(request)
        if response.has_header("Cache-Control"):
            return response
        if _is_personal(request, response):
            response["Cache-Control"] = "private, no-store"
            return response
        # Browsers keep it, but ask each time whether it is still so: nobody sees stale facts.
        response["Cache-Control"] = "no-cache"
        if address and hasattr(request, "remembers_it"):
            return _finish(request, response, address)
        return response


def address_of(request: HttpRequest) -> Address | None:
    """Under what a request's page could be kept; None when it must be made for this request."""
    if request.method not in ("GET", "HEAD") or _names_a_person(request):
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None  # refused further on
    return Address(request.scheme, host, request.path, request.META.get("QUERY_STRING", ""))


def _names_a_person(request: HttpRequest) -> bool:
    """Whether a session, a message to somebody or a password came with the request."""
    if "HTTP_AUTHORIZATION" in request.META:
        return True
    return "HTTP_COOKIE" in request.META and not PERSONAL_COOKIES.isdisjoint(request.COOKIES)


def _is_personal(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a response was made for one visitor, or holds something that works only once."""
    user = getattr(request, "user", None)
    return (
        _names_a_person(request)
        or bool(response.cookies)
        or "CSRF_COOKIE_NEEDS_UPDATE" in request.META  # the page carries a token
        or "'nonce-" in response.get("Content-Security-Policy", "")
        or (user is not None and user.is_authenticated)
    )


def _kept(address: Address) -> Finished | None:
    known = memory.latest()
    page = known and known.shelf(address.query).get(address)
    try:
        return page if page and memory.current() is known else None
    except Error:
        return None  # whoever makes the page tells it


def _finish(request: HttpRequest, response: HttpResponse, address: Address) -> HttpResponse:
    """Keep a page for the next visitor. Languages differ by address, people by cookie."""
    varies = {name.strip().lower() for name in response.get("Vary", "").split(",")}
    if response.status_code != 200 or response.streaming or varies - FORESEEN:
        return response
    response["Vary"] = "Cookie"
    response["ETag"] = _tag(response)
    found: Memory | None = request.remembers_it
    if found and request.method == "GET" and _is_plain(request, address):
        found.shelf(address.query).put(address, Finished(response))
    return unless_known(request, response)


def _is_plain(request: HttpRequest, address: Address) -> bool:
    """Whether an address is one that links lead to, not one of its endless other spellings."""
    domain, port = split_domain_port(address.host)
    is_ours = port in ("", request.META.get("SERVER_PORT"))
    return (
        is_ours
        and address.host == (f"{domain}:{port}" if port else domain)
        and max(len(address.path), len(address.query)) <= LONGEST_ADDRESS
    )


def _tag(response: HttpResponse) -> str:
    """Weak, because a proxy may compress the body. Changes with the headers, too: a browser that
    is told that it knows the page keeps those it has."""
    hashed = blake2b(response.content, digest_size=12)
    hashed.update(repr(sorted(response.items())).encode())
    return f'W/"{hashed.hexdigest()}"'
