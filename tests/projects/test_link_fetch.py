"""How an address answers, asked of a server of this test; and whom the guard refuses to meet."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from http.client import HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from projects import linkfetch
from projects.enums import LinkProblem
from projects.linkfetch import CANNOT_TELL, WORKS, Answer, Visitor, address_parts, is_public


class Handler(BaseHTTPRequestHandler):
    """Answers as the path says, and remembers what was asked."""

    asked: list[tuple[str, str, str]] = []

    def answer(self) -> None:
        self.asked.append((self.command, self.path, self.headers["User-Agent"]))
        word = self.path.strip("/").partition("?")[0]
        if word == "drop":
            return
        if word == "drip":
            for _byte in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
            return
        onward = ""
        if word.startswith("round"):
            step = int(word.removeprefix("round"))
            status, onward = (302, f"/round{step - 1}") if step else (200, "")
        elif word == "inward":
            status, onward = 302, "http://10.0.0.1/"
        elif word == "broken":
            status, onward = 302, "http://["
        elif word == "mailto":
            status, onward = 302, "mailto:a@example.fi"
        elif word == "no-head":
            status = 405 if self.command == "HEAD" else 200
        else:
            status = int(word or 200)
        self.send_response(status)
        if onward:
            self.send_header("Location", onward)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = answer  # noqa: N815 - names of the library

    def log_message(self, *args: Any) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    found = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=found.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{found.server_port}"
    found.shutdown()
    found.server_close()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard lets this machine through, and nothing else."""
    Handler.asked.clear()
    guard = linkfetch.is_public
    monkeypatch.setattr(linkfetch, "is_public", lambda ip: ip == "127.0.0.1" or guard(ip))


@pytest.fixture
def visitor() -> Visitor:
    return Visitor("test-agent", pause=0)


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("200", WORKS),
        ("204", WORKS),
        ("ä?ö=å", None),
        ("no-head", WORKS),
        ("404", Answer(LinkProblem.NOT_FOUND)),
        ("410", Answer(LinkProblem.GONE)),
        ("500", Answer(LinkProblem.SERVER_ERROR)),
        ("503", Answer(LinkProblem.SERVER_ERROR)),
        ("401", CANNOT_TELL),
        ("403", CANNOT_TELL),
        ("429", CANNOT_TELL),
        ("drop", Answer(LinkProblem.NO_ANSWER)),
        ("round5", WORKS),
        ("round6", CANNOT_TELL),
        ("mailto", CANNOT_TELL),
        ("broken", Answer(LinkProblem.NO_ANSWER)),
        ("inward", CANNOT_TELL),
    ],
)
def test_what_an_answer_means(
    opened: None, server: str, visitor: Visitor, path: str, answer: Answer | None
) -> None:
    if answer is None:  # letters are sent in ASCII
        visitor.ask(f"{server}/200?{path}")
        assert Handler.asked[0][1] == "/200?%C3%A4?%C3%B6=%C3%A5"
        return
    assert visitor.ask(f"{server}/{path}") == answer


def test_head_is_enough_where_it_is_answered_and_the_agent_says_who_asks(
    opened: None, server: str, visitor: Visitor
) -> None:
    visitor.ask(f"{server}/200")
    visitor.ask(f"{server}/429")  # who is asked to be slower does not ask again
    assert Handler.asked == [("HEAD", "/200", "test-agent"), ("HEAD", "/429", "test-agent")]
    Handler.asked.clear()
    visitor.ask(f"{server}/404")
    assert [method for method, _path, _agent in Handler.asked] == ["HEAD", "GET"]


def test_only_what_may_pass_is_told_at_the_second_time() -> None:
    passing = {problem for problem in LinkProblem if not Answer(problem).at_once}
    assert passing == {LinkProblem.NO_ANSWER, LinkProblem.SERVER_ERROR}


def test_a_server_that_drips_is_let_go(
    opened: None, server: str, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linkfetch, "LONGEST_WAIT", 0.2)
    begun = time.monotonic()
    assert visitor.ask(f"{server}/drip") == Answer(LinkProblem.NO_ANSWER)
    assert time.monotonic() - begun < 3


def silent() -> socket.socket:
    """A machine whose queue is full: nobody who connects hears from it."""
    found = socket.socket()
    found.bind(("127.0.0.1", 0))
    found.listen(0)
    return found


def test_silent_machines_before_one_that_drips_have_one_deadline(
    opened: None, server: str, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linkfetch, "WAIT", 0.4)
    monkeypatch.setattr(linkfetch, "LONGEST_WAIT", 1.0)
    hole, waiting = silent(), [socket.socket() for _ in range(4)]
    for one in waiting:
        one.setblocking(False)
        one.connect_ex(hole.getsockname())
    drip = ("127.0.0.1", int(server.rpartition(":")[2]))

    def asked(*places: tuple[str, int]) -> float:
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", place) for place in places]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: found)
        begun = time.monotonic()
        with pytest.raises((OSError, HTTPException)):
            visitor._request("HEAD", address_parts("http://example.fi/drip"))
        return time.monotonic() - begun

    assert asked(*[hole.getsockname()] * 2, drip) < 1.6
    assert asked(*[hole.getsockname()] * 9) < 1.6
    for one in (hole, *waiting):
        one.close()


def test_a_server_is_let_rest_between_two_requests(opened: None, server: str) -> None:
    visitor = Visitor("test-agent", pause=0.1)
    begun = time.monotonic()
    visitor.ask(f"{server}/round1")
    visitor.ask(f"{server}/200")
    assert time.monotonic() - begun >= 0.2


def test_a_port_where_nobody_listens(opened: None, visitor: Visitor) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert visitor.ask(f"http://127.0.0.1:{port}/") == Answer(LinkProblem.NO_ANSWER)


def test_a_server_that_speaks_no_tls_has_no_certificate(
    opened: None, server: str, visitor: Visitor
) -> None:
    found = visitor.ask(server.replace("http:", "https:"))
    assert found == Answer(LinkProblem.CERTIFICATE)


@pytest.mark.parametrize(
    ("code", "answer"), [(10, Answer(LinkProblem.CERTIFICATE)), (20, CANNOT_TELL)]
)
def test_an_issuer_that_only_this_server_does_not_know_is_no_fault(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, code: int, answer: Answer
) -> None:
    error = ssl.SSLCertVerificationError()
    error.verify_code = code
    monkeypatch.setattr(linkfetch, "_connected", _raising(error))
    assert visitor.ask("https://example.fi/") == answer


@pytest.mark.parametrize(
    ("error", "answer"),
    [
        (socket.gaierror(socket.EAI_NONAME, "x"), Answer(LinkProblem.NO_SERVER)),
        (socket.gaierror(socket.EAI_AGAIN, "x"), Answer(LinkProblem.NO_ANSWER)),
        (TimeoutError(), Answer(LinkProblem.NO_ANSWER)),
        (UnicodeError(), Answer(LinkProblem.NO_ANSWER)),
    ],
)
def test_a_server_that_is_not_found(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, error: Exception, answer: Answer
) -> None:
    monkeypatch.setattr(linkfetch, "_connected", _raising(error))
    assert visitor.ask("http://example.fi/") == answer


def _raising(error: Exception) -> Any:
    def connected(*args: Any) -> None:
        raise error

    return connected


# --- the guard ------------------------------------------------------------------------------------

INNER = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0",  # noqa: S104
    "fc00::1",
    "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
    "2002:7f00:1::", "2001:0:7f00:1::", "192.0.0.192", "168.63.129.16", "::ffff:168.63.129.16",
    "64:ff9b:1::7f00:1", "64:ff9b::c000:c0", "fec0::1", "::127.0.0.1", "::ffff:0:127.0.0.1",
    "192.88.99.1", "3fff::1", "5f00::1",
]  # fmt: skip


@pytest.mark.parametrize("ip", INNER)
def test_inner_addresses(ip: str) -> None:
    assert not is_public(ip)


@pytest.mark.parametrize("ip", ["1.1.1.1", "2a00:1450:400f:80d::2004", "64:ff9b::101:101"])
def test_public_addresses(ip: str) -> None:
    assert is_public(ip)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1"])
def test_an_inner_machine_hears_nothing(server: str, visitor: Visitor, host: str) -> None:
    Handler.asked.clear()
    found = visitor.ask(server.replace("127.0.0.1", host) + "/200")
    assert found.problem == LinkProblem.INNER or not found.can_tell
    assert not Handler.asked


def test_an_address_that_says_itself_that_it_is_inner_is_told(visitor: Visitor) -> None:
    for address in ("http://10.0.0.1/", "http://localhost/", "http://[::1]/"):
        assert visitor.ask(address) == Answer(LinkProblem.INNER)


def test_a_name_that_leads_inward_is_never_connected_to(
    server: str, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A town's own servers may answer from within: nobody can tell, and nobody is asked."""
    port = int(server.rpartition(":")[2])
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: inside)
    Handler.asked.clear()
    assert visitor.ask("http://intra.example.fi/200") == CANNOT_TELL
    assert not Handler.asked


def test_the_machine_at_the_other_end_is_looked_at_before_a_byte_is_sent(
    server: str, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even when the network leads a public address to an inner machine."""
    answers = iter([True])  # of the address looked up; that of the machine reached is inner
    monkeypatch.setattr(linkfetch, "is_public", lambda ip: next(answers, False))
    Handler.asked.clear()
    found = visitor.ask(f"{server}/200")
    assert found.problem == LinkProblem.INNER
    assert not Handler.asked


@pytest.mark.parametrize(
    "address",
    ["ftp://example.fi/", "http://", "http://a:b@example.fi/", "http://example.fi:99999/",
     "http://[::1/", "https://" + "a" * 70 + ".fi/"],
)  # fmt: skip
def test_no_address(visitor: Visitor, address: str) -> None:
    assert address_parts(address) is None
    assert visitor.ask(address) == Answer(LinkProblem.NO_ADDRESS)


def test_letters_in_a_name_are_asked_as_the_net_knows_them() -> None:
    parts = address_parts("https://www.järvenpää.fi:8443/a#b")
    assert parts is not None
    assert parts.geturl() == "https://www.{}.fi:8443/a".format("järvenpää".encode("idna").decode())
