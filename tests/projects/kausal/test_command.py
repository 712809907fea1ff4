"""`import_kausal`: from a file and from a server here, shown first, written when told."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import CommandError, call_command

from municipalities.models import Municipality
from projects.models import Project
from tests.factories import MunicipalityFactory
from tests.projects.kausal.plans import GRAPHQL, REST


@pytest.fixture
def town(db: None) -> Municipality:
    return MunicipalityFactory(name_fi="Mallikaupunki")


@pytest.fixture
def plan(tmp_path: Path) -> str:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(GRAPHQL), encoding="utf-8-sig")
    return str(path)


def run(*args: str) -> str:
    out = StringIO()
    call_command("import_kausal", *args, stdout=out)
    return out.getvalue()


def test_it_shows_first_and_writes_when_told(town: Municipality, plan: str) -> None:
    told = run(plan, "--municipality", "mallikaupunki")
    assert "New drafts (2)" in told
    assert "Run it with --yes" in told
    assert not Project.objects.exists()
    assert "Written: 2 new drafts" in run(plan, "--municipality", town.code, "--yes")
    assert Project.objects.count() == 2
    assert "up to date already" in run(plan, "--municipality", town.slug, "--yes")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "--municipality or --region"),
        (["--municipality", "Olematon"], "no municipality “Olematon”"),
        (["--region", "olematon"], "no region"),
        (["--municipality", "Mallikaupunki", "--by", "x@example.fi"], "no editor"),
        (["--municipality", "Mallikaupunki", "--phase", "Odd=odd"], "PHASE=STAGE"),
        (["--municipality", "Mallikaupunki", "--undated-done", "31.12."], "not a date"),
    ],
)
def test_odd_wishes_are_refused(
    town: Municipality, plan: str, arguments: list[str], words: str
) -> None:
    with pytest.raises(CommandError, match=words):
        run(plan, *arguments, "--yes")
    assert not Project.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"\xff\xfe", "not JSON"), (b"[]", "holds a list"), (b"{", "not JSON"), (b"{}", "no plan")],
)
def test_odd_files_are_refused(
    town: Municipality, tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "odd.json"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=words):
        run(str(path), "--municipality", town.slug)
    with pytest.raises(CommandError, match="cannot be read"):
        run(str(tmp_path / "none.json"), "--municipality", town.slug)


class Server(BaseHTTPRequestHandler):
    """Both interfaces of an older Kausal Watch: its tasks have no `details`."""

    asked: list[str] = []

    def do_POST(self) -> None:
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(question["variables"]["plan"])
        if "details" in question["query"]:
            self._say({"errors": [{"message": 'Cannot query field "details"'}]}, 400)
        else:
            self._say(GRAPHQL)

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        page = int(parse_qs(address.query).get("page", ["1"])[0])
        here = f"http://{self.headers['Host']}{address.path}"
        match address.path.removeprefix("/v1/").strip("/").split("/"):
            case ["plan"]:
                self._rows(REST["plan"]["results"])
            case ["plan", "7", "actions"]:
                self._rows(REST["actions"]["results"] if page == 2 else [],
                           f"{here}?page=2" if page == 1 else None)  # fmt: skip
            case ["action_task"]:
                self._rows(REST["action_tasks"])
            case ["action_status"]:
                self._rows(REST["action_statuses"])
            case ["plan", "7", "category-types"]:
                self._rows([{"id": 1}])
            case ["plan", "7", "category-types", "1", "categories"]:
                self._rows(REST["categories"])
            case [*_, name]:
                part = {"organization": "organizations", "person": "persons"}.get(name, name)
                self._rows(REST[part])

    def _rows(self, rows: list[dict], following: str | None = None) -> None:
        self._say({"count": len(rows), "next": following, "results": rows})

    def _say(self, data: Any, status: int = 200) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(data).encode())

    def log_message(self, *args: Any) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{found.server_port}/v1"
        found.shutdown()


@pytest.mark.parametrize(("path", "actions"), [("/graphql/", 2), ("", 1)])
def test_a_server_is_asked(
    town: Municipality, server: str, tmp_path: Path, path: str, actions: int
) -> None:
    saved = str(tmp_path / "saved.json")
    told = run(server + path, "--plan", "malli", "--municipality", town.slug, "--save", saved)
    assert f"New drafts ({actions})" in told
    assert f"New drafts ({actions})" in run(saved, "--municipality", town.slug)


def test_an_address_needs_a_plan(town: Municipality, server: str) -> None:
    with pytest.raises(CommandError, match="--plan"):
        run(server, "--municipality", town.slug)


def test_a_server_that_is_not_there(town: Municipality) -> None:
    with pytest.raises(CommandError, match="does not answer"):
        run("http://127.0.0.1:9/v1/", "--plan", "x", "--municipality", town.slug)
