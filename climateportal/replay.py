"""Finished anonymous pages, kept as they leave and replayed before Django begins.

A view is replayed only when it says so with `@replayed(…)`. docs/decisions/0006-content-version.md
tells why, and what may be kept.
"""

import re
from collections.abc import Callable, Iterable
from functools import wraps
from hashlib import blake2b
from typing import Any, NamedTuple

import brotli
from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.utils.http import parse_etags

from climateportal import memory
from climateportal.memory import Memory

LONGEST_ADDRESS = 300  # characters of a path or query that are kept as a key
OVERHEAD = 4_000  # bytes of an entry besides its body: key, headers, objects
# what views are known to look at; the language is in the address, whatever LocaleMiddleware says
FORESEEN = {"", "cookie", "accept-language"}
QUALITY = 5  # of compression, as servers use it for pages made on request
Environ = dict[str, Any]
View = Callable[..., HttpResponse]

# a cookie with a session or a message to somebody; split as Django splits cookies
_PERSONAL = re.compile(rf"(?:^|;)\s*(?:{re.escape(settings.SESSION_COOKIE_NAME)}|messages)\s*=")


class Address(NamedTuple):
    """All of a request that a page may depend on. The path tells the language."""

    scheme: str
    proxied_scheme: str
    host: str
    root: str
    path: str
    query: str

    @classmethod
    def of(cls, environ: Environ) -> "Address":
        """The address as it was sent: of two spellings each is kept for itself."""
        proxy = settings.SECURE_PROXY_SSL_HEADER
        return cls(
            environ["wsgi.url_scheme"],
            environ.get(proxy[0], "") if proxy else "",
            environ.get("HTTP_HOST", ""),
            environ.get("SCRIPT_NAME", ""),
            environ.get("PATH_INFO", ""),
            environ.get("QUERY_STRING", ""),
        )

    def is_plain(self, port: str) -> bool:
        """Whether links lead to this spelling of the address on a server's port, or somebody
        made up another one: there are endless ones."""
        domain, asked = split_domain_port(self.host)
        return (
            self.host == (f"{domain}:{asked}" if asked else domain) != ""
            and asked in ("", port)
            and self.proxied_scheme in ("", "http", "https")
            and max(len(self.path), len(self.query)) <= LONGEST_ADDRESS
        )


class Answer(NamedTuple):
    """What goes over the wire."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Finished:
    """A page with everything that the middlewares gave it, as it is and compressed.

    It holds no secret, so compressing it beside what a visitor typed tells nothing.
    """

    def __init__(self, response: HttpResponse) -> None:
        body = response.content
        headers = {**dict(response.items()), "Vary": "Cookie, Accept-Encoding"}
        headers.pop("Content-Length", None)
        # Weak: the same for both bodies. Changes with the headers, too, because a browser that is
        # told that it has the page keeps those it has.
        hashed = blake2b(body, digest_size=12)
        hashed.update(repr(sorted(headers.items())).encode())
        headers["ETag"] = self.tag = f'W/"{hashed.hexdigest()}"'
        packed = brotli.compress(body, quality=QUALITY)
        as_it_is = [*headers.items(), ("Content-Length", str(len(body)))]
        compressed = [
            *headers.items(), ("Content-Encoding", "br"), ("Content-Length", str(len(packed))),
        ]  # fmt: skip
        self.plain = Answer(200, as_it_is, body)
        self.packed = Answer(200, compressed, packed)
        known = [(name, headers[name]) for name in ("ETag", "Cache-Control", "Vary")]
        self.known = Answer(304, known, b"")

    def __len__(self) -> int:
        """Bytes of memory, about."""
        return len(self.plain.body) + len(self.packed.body) + OVERHEAD

    def answer(self, environ: Environ) -> Answer:
        """The page as this browser takes it, or that it has the page already."""
        if "HTTP_IF_NONE_MATCH" in environ and self._is_in(environ["HTTP_IF_NONE_MATCH"]):
            return self.known
        encodings = environ.get("HTTP_ACCEPT_ENCODING", "")
        return self.packed if _takes_brotli(encodings) else self.plain

    def _is_in(self, condition: str) -> bool:
        if condition == self.tag:
            return True
        strong = self.tag.removeprefix("W/")
        return any(tag in ("*", self.tag, strong) for tag in parse_etags(condition))


def _takes_brotli(encodings: str) -> bool:
    for encoding in encodings.split(","):
        name, _, weight = encoding.partition(";")
        if name.strip() == "br":
            return weight.replace(" ", "").rstrip("0") not in ("q=", "q=0.")
    return False


def names_a_person(environ: Environ) -> bool:
    """Whether a session, a message to somebody or a password comes with a request."""
    if "HTTP_AUTHORIZATION" in environ:
        return True
    return "HTTP_COOKIE" in environ and bool(_PERSONAL.search(environ["HTTP_COOKIE"]))


class ReplayFinishedPages:
    """A WSGI application around Django: a page that is kept costs one query and nothing else."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application

    def __call__(self, environ: Environ, start_response: Callable) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if method in ("GET", "HEAD") and not names_a_person(environ):
            page = _kept(Address.of(environ))
            if page is not None:
                status, headers, body = page.answer(environ)
                start_response("200 OK" if status == 200 else "304 Not Modified", headers.copy())
                return [body if method == "GET" else b""]
        return self.application(environ, start_response)


def _kept(address: Address) -> Finished | None:
    known = memory.latest()
    page = known and known.shelf(address.query).get(address)
    try:
        return page if page and memory.current() is known else None
    except Error:
        return None  # Django meets it too, and tells it


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

        return answer

    return declare


class KeepFinishedPages:
    """Stands first among the middlewares: what leaves here has everything the others give."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.has_header("Cache-Control"):
            return response
        if _is_personal(request, response):
            response["Cache-Control"] = "private, no-store"
            return response
        # Browsers keep it, but ask each time whether it is still so: nobody sees stale facts.
        response["Cache-Control"] = "no-cache"
        if hasattr(request, "remembers_it") and _is_a_page(response):
            return _finish(request, response)
        return response


def _is_personal(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a response was made for one visitor, or holds something that works only once."""
    user = getattr(request, "user", None)
    return (
        names_a_person(request.META)
        or bool(response.cookies)
        or "CSRF_COOKIE_NEEDS_UPDATE" in request.META  # the page carries a token
        or "'nonce-" in response.get("Content-Security-Policy", "")
        or (user is not None and user.is_authenticated)
    )


def _is_a_page(response: HttpResponse) -> bool:
    varies = {name.strip().lower() for name in response.get("Vary", "").split(",")}
    return (
        response.status_code == 200
        and not response.streaming
        and not response.has_header("Content-Encoding")
        and varies <= FORESEEN
    )


def _finish(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Keep a page for the next visitor, and give it to this one."""
    page, address = Finished(response), Address.of(request.META)
    found: Memory | None = request.remembers_it
    if found and request.method == "GET" and address.is_plain(request.META["SERVER_PORT"]):
        found.shelf(address.query).put(address, page)
    status, headers, body = page.answer(request.META)
    finished = HttpResponse(body, status=status, headers=dict(headers))
    if status == 304:
        del finished["Content-Type"]
    return finished
