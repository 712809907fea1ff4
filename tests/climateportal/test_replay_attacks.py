"""What strangers could try with finished pages: poison them, fill the memory, read another's."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext

from climateportal import memory
from climateportal.replay import LONGEST_ADDRESS, address_of
from projects.models import Project
from tests.factories import ProjectFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("remembering")]
PATH = "/hankkeet/hanke/"


@pytest.fixture(autouse=True)
def project(db: None) -> Project:
    return ProjectFactory(slug="hanke", title_fi="Lämpöä")


def kept(query: str = "") -> int:
    found = memory.latest()
    return len(found.shelf(query)) if found else 0


# --- poisoning -------------------------------------------------------------------------------


@override_settings(ALLOWED_HOSTS=["testserver", "toinen.example.fi"])
def test_hosts_are_kept_apart_and_foreign_ones_refused(client: Client) -> None:
    theirs = client.get(PATH, HTTP_HOST="toinen.example.fi").content.decode()
    assert "http://toinen.example.fi/hankkeet/hanke/" in theirs
    ours = client.get(PATH).content.decode()
    assert "toinen.example.fi" not in ours
    for _ in range(2):
        assert client.get(PATH, HTTP_HOST="paha.example.com").status_code == 400
    assert client.get(PATH).content.decode() == ours


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_X_FORWARDED_HOST": "paha.example.com"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_X_FORWARDED_PORT": "444"},
        {"HTTP_X_FORWARDED_PREFIX": "/paha"},
        {"HTTP_X_ORIGINAL_URL": "/admin/"},
        {"HTTP_X_HTTP_METHOD_OVERRIDE": "POST"},
        {"HTTP_FORWARDED": "host=paha.example.com;proto=https"},
        {"HTTP_ACCEPT": "application/json"},
        {"HTTP_ACCEPT_LANGUAGE": "sv"},
        {"HTTP_COOKIE": "django_language=sv"},
        {"HTTP_RANGE": "bytes=0-9"},
        {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"},
        {"HTTP_CACHE_CONTROL": "no-store"},
        {"HTTP_USER_AGENT": "<script>"},
        {"HTTP_REFERER": "https://paha.example.com/"},
    ],
)
def test_no_header_of_a_stranger_is_in_the_page_of_the_next(
    client: Client, headers: dict[str, str]
) -> None:
    poisoned = client.get(PATH, **headers)
    assert poisoned.status_code == 200
    fresh = Client().get(PATH, HTTP_AUTHORIZATION="past the memory")
    replayed = Client().get(PATH)
    assert replayed.content == fresh.content == poisoned.content
    assert replayed.status_code == 200


@override_settings(SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"))
def test_behind_a_proxy_its_scheme_counts(client: Client) -> None:
    secure = client.get(PATH, HTTP_X_FORWARDED_PROTO="https").content.decode()
    assert "https://testserver" in secure
    assert "https://testserver" not in client.get(PATH).content.decode()


@override_settings(SECURE_SSL_REDIRECT=True)
def test_a_redirect_to_https_is_never_a_page(client: Client) -> None:
    assert client.get(PATH).status_code == 301
    assert client.get(PATH, secure=True).status_code == 200
    assert client.get(PATH).status_code == 301


def test_the_query_string_is_kept_as_it_was_sent(client: Client) -> None:
    """It is repeated in the links to other languages."""
    one = client.get("/hankkeet/?vaihe=idea&q=a").content.decode()
    other = client.get("/hankkeet/?q=a&vaihe=idea").content.decode()
    assert "?vaihe=idea&amp;q=a" in one
    assert "?q=a&amp;vaihe=idea" in other
    assert client.get("/hankkeet/?vaihe=idea&q=a").content.decode() == one


# --- methods ---------------------------------------------------------------------------------


def test_a_head_request_leaves_nothing_and_gets_the_headers_of_the_page(client: Client) -> None:
    before = client.head(PATH)
    assert before.content == b""
    assert kept() == 0
    page = client.get(PATH)
    with CaptureQueriesContext(connection) as queries:
        after = client.head(PATH)
    assert len(queries) == 1
    assert after.content == b""
    assert dict(after.items()) == dict(page.items()) == dict(before.items())
    assert client.get(PATH).content == page.content


@pytest.mark.parametrize("method", ["post", "put", "delete", "options", "patch"])
def test_other_methods_reach_the_view(client: Client, method: str) -> None:
    client.get(PATH)
    assert getattr(client, method)(PATH).status_code in (403, 405)


# --- conditions ------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("known", ["{}", '"x", {}', "*"])
def test_a_browser_that_has_the_page_is_told_so(client: Client, known: str) -> None:
    tag = client.get(PATH)["ETag"]
    condition = {"HTTP_IF_NONE_MATCH": known.format(tag)}
    for path_past_memory in ({}, {"HTTP_COOKIE": "csrftoken=x"}):
        response = client.get(PATH, **condition, **path_past_memory)
        assert (response.status_code, response.content) == (304, b"")
        assert (response["ETag"], response["Vary"]) == (tag, "Cookie")
        assert response["Cache-Control"] == "no-cache"
    Project.objects.update(title_fi="Uusi")
    if known != "*":
        assert client.get(PATH, **condition).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_page_made_anew_with_the_same_words_has_the_same_tag(client: Client) -> None:
    """An edit elsewhere does not make every browser load every page again."""
    tag = client.get(PATH)["ETag"]
    ProjectFactory(draft=True)
    assert client.get(PATH, HTTP_IF_NONE_MATCH=tag).status_code == 304


def test_a_changed_header_changes_the_tag(client: Client) -> None:
    tag = client.get(PATH)["ETag"]
    memory._latest = None
    with override_settings(X_FRAME_OPTIONS="SAMEORIGIN"):
        assert client.get(PATH)["ETag"] != tag


# --- filling the memory ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        f"{PATH}?fbclid=1",
        f"{PATH}?q=a",
        "/hankkeet/?q=a&utm_source=b",
        "/hankkeet/?Q=a",
        f"/hankkeet/?q={'a' * LONGEST_ADDRESS}",
        "/kunnat/?alue=a",
    ],
)
def test_an_address_with_other_parameters_is_made_each_time(client: Client, path: str) -> None:
    for _ in range(2):
        response = client.get(path)
        assert response.status_code == 200
        assert "ETag" in response or len(path) < LONGEST_ADDRESS
    assert kept() == kept("?") == 0


@pytest.mark.parametrize("host", ["TESTSERVER", "testserver.", "testserver:81", "Testserver:80"])
def test_spellings_of_the_host_are_not_kept(client: Client, host: str) -> None:
    assert client.get(PATH, HTTP_HOST=host).status_code == 200
    assert kept() == 0
    client.get(PATH, HTTP_HOST="testserver:80")
    assert kept() == 1


def test_invented_searches_push_out_no_plain_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "QUERIED_BYTES", 60_000)
    client.get(PATH)
    for number in range(20):
        client.get(f"/hankkeet/?q={number}")
    assert 0 < kept("?") < 20
    assert kept() == 1


def test_the_memory_is_bounded(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "PLAIN_BYTES", 40_000)
    for number in range(8):
        client.get(ProjectFactory(slug=f"h-{number}").get_absolute_url())
    for number in range(8):
        client.get(f"/hankkeet/h-{number}/")
    assert 0 < kept() < 8


def test_an_address_is_all_that_a_page_may_depend_on() -> None:
    request = RequestFactory().get(f"{PATH}?q=%C3%A4", secure=True, HTTP_HOST="localhost:8000")
    assert address_of(request) == ("https", "localhost:8000", PATH, "q=%C3%A4")
    assert address_of(RequestFactory().get(PATH, HTTP_HOST="a_b.example")) is None
    assert address_of(RequestFactory().post(PATH)) is None


# --- another process -------------------------------------------------------------------------

WORKER = """
import json, sys
import django
from django.conf import settings
settings.DATABASES["default"].update(json.loads(sys.argv[1]))
django.setup()
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
for line in sys.stdin:
    with CaptureQueriesContext(connection) as queries:
        text = Client().get(line.strip()).content.decode()
    print(json.dumps([len(queries), text]), flush=True)
"""


@pytest.fixture
def database(tmp_path: Path) -> dict[str, str]:
    """Where other processes find what this test has committed."""
    if connection.vendor == "postgresql":
        return {"NAME": settings.DATABASES["default"]["NAME"]}
    path = str(tmp_path / "shared.sqlite3")
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
    return {"NAME": path}


@pytest.fixture
def workers(database: dict[str, str]) -> Iterator[list[subprocess.Popen]]:
    command = [sys.executable, "-c", WORKER, json.dumps(database)]
    started = [
        subprocess.Popen(
            command, cwd=settings.BASE_DIR, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )
        for _ in range(2)
    ]  # fmt: skip
    yield started
    for worker in started:
        worker.communicate(timeout=30)


def _ask(worker: subprocess.Popen, path: str) -> tuple[int, str]:
    worker.stdin.write(f"{path}\n")
    worker.stdin.flush()
    count, text = json.loads(worker.stdout.readline())
    return count, text


@pytest.mark.django_db(transaction=True)
def test_a_change_of_one_worker_shows_in_the_next_request_of_another(
    workers: list[subprocess.Popen], database: dict[str, str]
) -> None:
    for worker in workers:
        assert "Lämpöä" in _ask(worker, PATH)[1]
        count, text = _ask(worker, PATH)
        assert (count, "Lämpöä" in text) == (1, True)
    if connection.vendor == "postgresql":
        Project.objects.update(title_fi="Uusi nimi")
    else:
        with sqlite3.connect(database["NAME"]) as other:
            other.execute("UPDATE projects_project SET title_fi = 'Uusi nimi'")
    for worker in workers:
        count, text = _ask(worker, PATH)
        assert count > 1
        assert "Uusi nimi" in text
