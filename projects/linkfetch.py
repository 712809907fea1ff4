"""Asks an address on the net whether it works; never speaks to a machine of an inner network."""

import ipaddress
import socket
import ssl
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from math import inf
from threading import Event, Thread
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.encoding import iri_to_uri

from projects.enums import LinkProblem

WAIT = 10  # seconds for one step: to connect, to get an answer
LONGEST_WAIT = 25  # seconds for one request, however many machines are tried or bytes drip
PAUSE = 1.0  # seconds between two requests to a server
REDIRECTS = 5
MOVED = (301, 302, 303, 307, 308)
NAT64 = ipaddress.ip_network("64:ff9b::/96")
NET6 = ipaddress.ip_network("2000::/3")  # all that is given out of the public net's new addresses
CLOSED = tuple(
    ipaddress.ip_network(text)
    for text in (
        "168.63.129.16/32",  # a cloud's own service
        "192.0.0.0/24",  # for protocols; another cloud's service
        "192.88.99.0/24",
        "3fff::/20",
    )
)
UNKNOWN_ISSUER = 20  # OpenSSL's number: browsers may know the issuer that this server does not


class InnerAddressError(OSError):
    """The address leads to a machine that the public net does not have."""


@dataclass(frozen=True)
class Answer:
    """How an address answered: `problem` is empty when it works or when nobody can tell."""

    problem: str = ""
    can_tell: bool = True

    @property
    def at_once(self) -> bool:
        """Whether one failure is enough; a server may be down for a while, a page is not."""
        return self.problem in LinkProblem.lasting()


WORKS, CANNOT_TELL = Answer(), Answer(can_tell=False)


def is_public(ip: str) -> bool:
    """Whether an IP address belongs to the public net, looking into addresses that wrap another."""
    found = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.sixtofour or found.teredo:
            return False
        if found in NAT64:
            found = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        elif found.ipv4_mapped:
            found = found.ipv4_mapped
        elif found not in NET6:
            return False
    if any(found in network for network in CLOSED):
        return False
    return found.is_global and not found.is_multicast


def _connected(host: str, port: int, wait: float, deadline: float) -> socket.socket:
    """A connection to a public machine before the deadline. The address asked about is the one that
    is connected to, so a name that answers differently the second time gains nothing.
    """
    failure: OSError = InnerAddressError(f"{host} has no public address")
    for family, kind, protocol, _name, place in socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM
    ):
        if not is_public(str(place[0])):
            continue
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError(f"{host} has more machines than time")
        found = socket.socket(family, kind, protocol)
        try:
            found.settimeout(min(wait, left))
            found.connect(place)
            if not is_public(found.getpeername()[0]):
                raise InnerAddressError(f"{host} led to an inner address")
        except OSError as error:
            found.close()
            failure = error
        else:
            return found
    raise failure


class _Guarded(HTTPConnection):
    """A connection whose machine is looked at before a byte is sent."""

    deadline = inf

    def connect(self) -> None:
        self.sock = _connected(self.host, self.port, self.timeout, self.deadline)


class _GuardedSecure(HTTPSConnection, _Guarded):
    """The same; the certificate is asked for after that."""


def _shut_late(connection: _Guarded, over: Event) -> None:
    """Shut the connection from its deadline on, again and again: it may only just be made."""
    while not over.wait(max(0.1, connection.deadline - time.monotonic())):
        if connection.sock is not None:
            try:
                socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)
            except OSError:
                pass  # it was closed meanwhile


def address_parts(address: str) -> SplitResult | None:
    """The parts of an http(s) address, or None of one that is no address."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - raises for a port that is none
        host = (parts.hostname or "").encode("idna").decode()
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        return None
    port = f":{parts.port}" if parts.port else ""
    host = f"[{host}]" if ":" in host else host
    return parts._replace(netloc=host + port, fragment="")


def _names_inner_machine(host: str) -> bool:
    """Whether an address says itself that it is of no use to a resident."""
    try:
        return not is_public(host)
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local"))


class Visitor:
    """Asks addresses, one request at a time, with a pause between two to the same server."""

    def __init__(self, agent: str, pause: float = PAUSE) -> None:
        self.agent, self.pause = agent, pause
        self.seen: dict[str, float] = {}  # when each server was asked last

    def ask(self, address: str) -> Answer:
        """Whether an address works. At most six steps, each of HEAD and GET."""
        parts = address_parts(address)
        if parts is None:
            return Answer(LinkProblem.NO_ADDRESS)
        for step in range(REDIRECTS + 1):
            try:
                status, onward = self._step(parts)
                following = urljoin(parts.geturl(), onward)
            except (OSError, HTTPException, ValueError) as error:
                return _failure(error, parts if step == 0 else None)
            if status not in MOVED or not onward:
                return _of_status(status)
            further = address_parts(following)
            if further is None:
                return CANNOT_TELL
            parts = further
        return CANNOT_TELL  # a page for browsers with cookies may lead in a circle

    def _step(self, parts: SplitResult) -> tuple[int, str]:
        """HEAD; and GET where a server knows no HEAD, or answers it otherwise than it should."""
        try:
            status, onward = self._request("HEAD", parts)
        except (ssl.SSLError, socket.gaierror, InnerAddressError, ConnectionRefusedError):
            raise
        except (OSError, HTTPException):
            return self._request("GET", parts)
        refused = status >= 400 and status != 429
        return self._request("GET", parts) if refused else (status, onward)

    def _request(self, method: str, parts: SplitResult) -> tuple[int, str]:
        """The status and where it leads on. The body is not read."""
        self._wait_for(parts.hostname or "")
        kind, port = (_GuardedSecure, 443) if parts.scheme == "https" else (_Guarded, 80)
        connection = kind(parts.hostname or "", parts.port or port, timeout=WAIT)
        connection.deadline = time.monotonic() + LONGEST_WAIT
        over = Event()
        Thread(target=_shut_late, args=[connection, over], daemon=True).start()
        try:
            path = iri_to_uri(parts.path or "/")
            if parts.query:
                path += f"?{iri_to_uri(parts.query)}"
            headers = {"User-Agent": self.agent, "Accept": "*/*", "Connection": "close"}
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.getheader("Location") or ""
        finally:
            over.set()
            connection.close()

    def _wait_for(self, host: str) -> None:
        now = time.monotonic()
        time.sleep(max(0.0, self.seen.get(host, now - self.pause) + self.pause - now))
        self.seen[host] = time.monotonic()


def _of_status(status: int) -> Answer:
    if status == 404:
        return Answer(LinkProblem.NOT_FOUND)
    if status == 410:
        return Answer(LinkProblem.GONE)
    if status >= 500:
        return Answer(LinkProblem.SERVER_ERROR)
    return WORKS if status < 400 else CANNOT_TELL


def _failure(error: Exception, first: SplitResult | None) -> Answer:
    if isinstance(error, ssl.SSLCertVerificationError) and error.verify_code == UNKNOWN_ISSUER:
        return CANNOT_TELL
    if isinstance(error, ssl.SSLError):
        return Answer(LinkProblem.CERTIFICATE)
    if isinstance(error, InnerAddressError):
        # a town's own network may answer its own servers from within
        named = first is not None and _names_inner_machine(first.hostname or "")
        return Answer(LinkProblem.INNER) if named else CANNOT_TELL
    if isinstance(error, socket.gaierror) and error.errno != socket.EAI_AGAIN:
        return Answer(LinkProblem.NO_SERVER)
    return Answer(LinkProblem.NO_ANSWER)
