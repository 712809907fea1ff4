"""A server that answers oddly is told in words, and nothing is written."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from municipalities.models import Municipality
from projects.kausal.shapes import text
from projects.models import Project
from tests.factories import MunicipalityFactory


class Odd(BaseHTTPRequestHandler):
    """Answers each request with the same bytes after its status line."""

    answer = b""
    asked: list[str] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.wfile.write(self.answer)

    do_POST = do_GET  # noqa: N815 - name of the library

    def log_message(self, *args: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def town(db: None) -> Municipality:
    return MunicipalityFactory()


@pytest.fixture
def server() -> Iterator[str]:
    Odd.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Odd) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{found.server_port}"
        found.shutdown()


def told(address: str, town: Municipality) -> str:
    with pytest.raises(CommandError) as error:
        call_command(
            "import_kausal", address, "--plan", "p", "--municipality", town.slug, "--yes",
            stdout=StringIO(),
        )  # fmt: skip
    assert not Project.objects.exists()
    return str(error.value)


def ok(data: object) -> bytes:
    return b"HTTP/1.0 200 OK\r\n\r\n" + json.dumps(data).encode()


def plan(**fields: object) -> bytes:
    action = {"id": 1, "name": "n", **fields}
    return ok({"data": {"plan": {"id": 1}, "planActions": [action]}})


@pytest.mark.parametrize(
    ("path", "answer", "words"),
    [
        ("/graphql/", b"garbage\r\n\r\n", "does not answer"),
        ("/graphql/", b"HTTP/1.0 200 OK\r\nContent-Length: 99\r\n\r\n{", "not JSON"),
        ("/graphql/", b"HTTP/1.0 400 Bad\r\nContent-Length: x\r\n\r\n{", "not JSON"),
        ("/graphql/", ok({"errors": 5}), "not as Kausal Watch"),
        ("/graphql/", ok({"data": {"plan": {"id": 1}, "planActions": ["x"]}}), "not as Kausal"),
        ("/graphql/", plan(links=5), "not as Kausal Watch"),
        ("/graphql/", plan(status="x"), "not as Kausal Watch"),
        ("/graphql/", plan(mergedWith="x"), "not as Kausal Watch"),
        ("/v1/", ok({"results": 5}), "not as Kausal Watch"),
        ("/v1/", ok({"results": ["x"]}), "not as Kausal Watch"),
        ("/v1/", ok({"results": [{}]}), "not as Kausal Watch"),
        ("/v1/", ok({"results": [], "next": "http://["}), "not as Kausal Watch"),
    ],
)
def test_odd_answers_are_told(
    town: Municipality, server: str, path: str, answer: bytes, words: str
) -> None:
    Odd.answer = answer
    assert words in told(server + path, town)


@pytest.mark.parametrize(
    "onward", ["http://127.0.0.2:{port}/inner/", "https://127.0.0.2:{port}/", "/inner/",
               "file:///etc/passwd", "ftp://127.0.0.1/x"],
)  # fmt: skip
def test_another_server_is_not_led_to(town: Municipality, server: str, onward: str) -> None:
    location = onward.format(port=server.rpartition(":")[2])
    Odd.answer = f"HTTP/1.0 302 Found\r\nLocation: {location}\r\n\r\n".encode()
    assert "another server" in told(f"{server}/graphql/", town) or onward.startswith("file")
    assert Odd.asked == ["/graphql/"]


def test_the_next_page_is_of_the_same_kind_of_server(town: Municipality, server: str) -> None:
    following = server.replace("http:", "file:") + "/etc/passwd"
    Odd.answer = ok({"results": [], "next": following})
    assert "another server" in told(f"{server}/v1/", town)
    assert Odd.asked == ["/v1/plan/?identifier=p"]


def test_text_that_no_database_holds_is_mended() -> None:
    assert text("a\0b\ud800 ") == "ab?"
