"""What strangers could try with finished pages: poison them, fill the memory, read another's."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import override_settings

from climateportal import contentversion, memory
from climateportal.replay import LONGEST_ADDRESS
from projects.models import Project
from tests.factories import ProjectFactory
from tests.visiting import visit

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
def test_hosts_are_kept_apart_and_foreign_ones_refused() -> None:
    theirs = visit(PATH, HTTP_HOST="toinen.example.fi").text
    assert "http://toinen.example.fi/hankkeet/hanke/" in theirs
    ours = visit(PATH).text
    assert "toinen.example.fi" not in ours
    for _ in range(2):
        assert visit(PATH, HTTP_HOST="paha.example.com").status == 400
    assert visit(PATH).text == ours


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_X_FORWARDED_HOST": "paha.example.com"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_X_FORWARDED_PORT": "444"},
        {"HTTP_X_FORWARDED_PREFIX": "/paha"},
        {"HTTP_X_ORIGINAL_URL": "/admin/"},
        {"HTTP_SCRIPT_NAME": "/paha"},
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
def test_no_header_of_a_stranger_is_in_the_page_of_the_next(headers: dict[str, str]) -> None:
    poisoned = visit(PATH, **headers)
    past_memory = visit(PATH, HTTP_AUTHORIZATION="x")
    following = visit(PATH)
    assert following.is_replayed
    assert following.content == past_memory.content == poisoned.content
    assert poisoned.status == following.status == 200


@override_settings(SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"))
def test_behind_a_proxy_its_scheme_counts() -> None:
    for _ in range(2):
        assert "https://testserver" in visit(PATH, HTTP_X_FORWARDED_PROTO="https").text
        assert "https://testserver" not in visit(PATH, HTTP_X_FORWARDED_PROTO="http").text
    visit(PATH, HTTP_X_FORWARDED_PROTO="https, x")
    assert kept() == 2


def test_the_host_that_a_proxy_forwards_is_not_read() -> None:
    """An address would have to hold it, too."""
    assert not settings.USE_X_FORWARDED_HOST
    assert not settings.USE_X_FORWARDED_PORT


@override_settings(SECURE_SSL_REDIRECT=True)
def test_a_redirect_to_https_is_never_a_page() -> None:
    assert visit(PATH).status == 301
    assert visit(PATH, secure=True).status == 200
    assert visit(PATH).status == 301


def test_the_query_string_is_kept_as_it_was_sent() -> None:
    """It is repeated in the links to other languages."""
    one = visit("/hankkeet/?vaihe=idea&q=a").text
    other = visit("/hankkeet/?q=a&vaihe=idea").text
    assert "?vaihe=idea&amp;q=a" in one
    assert "?q=a&amp;vaihe=idea" in other
    assert visit("/hankkeet/?vaihe=idea&q=a").text == one


def test_what_a_visitor_typed_stays_in_its_own_address() -> None:
    assert "kavala" in visit("/hankkeet/?q=kavala").text
    for path in ("/hankkeet/", "/hankkeet/?q=", "/hankkeet/?page=1", "/hankkeet/?q=kavalab"):
        assert "kavala" not in visit(path).text.replace("kavalab", "")


# --- methods ---------------------------------------------------------------------------------


def test_a_head_request_leaves_nothing_and_gets_the_headers_of_the_page() -> None:
    before = visit(PATH, "HEAD")
    assert kept() == 0
    page = visit(PATH)
    after = visit(PATH, "HEAD")
    assert after.is_replayed
    assert after.content == b""
    assert after.headers == page.headers == before.headers
    assert visit(PATH).content == page.content


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_other_methods_reach_the_view(method: str) -> None:
    visit(PATH)
    assert visit(PATH, method).status in (403, 405)


# --- conditions ------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("condition", ["{}", '"x", {}', "*", "{strong}"])
def test_a_browser_that_has_the_page_is_told_so(condition: str) -> None:
    tag = visit(PATH).headers["ETag"]
    known = {"HTTP_IF_NONE_MATCH": condition.format(tag, strong=tag.removeprefix("W/"))}
    for past_memory in (False, True):
        if past_memory:
            memory._latest = None
        answer = visit(PATH, **known)
        assert (answer.status, answer.content) == (304, b"")
        assert answer.is_replayed is not past_memory
        assert answer.headers == {
            "ETag": tag,
            "Vary": "Cookie, Accept-Encoding",
            "Cache-Control": "no-cache",
        }
    Project.objects.update(title_fi="Uusi")
    assert visit(PATH, **known).status == (304 if condition == "*" else 200)


@pytest.mark.parametrize("condition", ['"x"', 'W/"x"', "", "x", '"', "W/"])
def test_a_browser_that_has_another_page_gets_this_one(condition: str) -> None:
    for _ in range(2):
        assert visit(PATH, HTTP_IF_NONE_MATCH=condition).status == 200


@pytest.mark.django_db(transaction=True)
def test_a_page_made_anew_with_the_same_words_has_the_same_tag() -> None:
    """An edit elsewhere does not make every browser load every page again."""
    tag = visit(PATH).headers["ETag"]
    ProjectFactory(draft=True)
    answer = visit(PATH, HTTP_IF_NONE_MATCH=tag)
    assert answer.status == 304
    assert not answer.is_replayed


def test_a_changed_header_changes_the_tag() -> None:
    tag = visit(PATH).headers["ETag"]
    memory._latest = None
    with override_settings(X_FRAME_OPTIONS="SAMEORIGIN"):
        assert visit(PATH).headers["ETag"] != tag


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
def test_an_address_with_other_parameters_is_made_each_time(path: str) -> None:
    for _ in range(2):
        assert visit(path).status == 200
    assert kept() == kept("?") == 0


@pytest.mark.parametrize("host", ["TESTSERVER", "testserver.", "testserver:81", "Testserver:80"])
def test_spellings_of_the_host_are_not_kept(host: str) -> None:
    assert visit(PATH, HTTP_HOST=host).status == 200
    assert kept() == 0
    visit(PATH, HTTP_HOST="testserver:80")
    assert kept() == 1


def test_invented_searches_push_out_no_plain_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "QUERIED_BYTES", 60_000)
    visit(PATH)
    for number in range(20):
        visit(f"/hankkeet/?q={number}")
    assert 0 < kept("?") < 20
    assert visit(PATH).is_replayed


def test_the_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "PLAIN_BYTES", 60_000)
    for number in range(8):
        ProjectFactory(slug=f"h-{number}")
    for number in range(8):
        visit(f"/hankkeet/h-{number}/")
    assert 0 < kept() < 8


# --- a broken database -----------------------------------------------------------------------


def test_a_kept_page_is_not_shown_when_nobody_can_tell_whether_it_is_true(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    visit(PATH)

    def fails() -> str:
        raise OperationalError

    monkeypatch.setattr(contentversion, "read", fails)
    with pytest.raises(OperationalError):
        memory.current()
    assert visit("/healthz").status == 200
    assert visit(PATH).status == 500


# --- another process -------------------------------------------------------------------------

WORKER = """
import json, sys
import django
from django.conf import settings
settings.DATABASES["default"].update(json.loads(sys.argv[1]))
django.setup()
from tests.visiting import visit
for line in sys.stdin:
    answer = visit(line.strip())
    print(json.dumps([answer.queries, answer.text]), flush=True)
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
