"""Requests that are odd before any page reads them: encodings, cookies, headers, sizes."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client, RequestFactory

from climateportal.wsgi import application
from projects.models import Project
from tests.adminforms import controls
from tests.climateportal.adminworld import World, address
from tests.odd.values import Bold

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _connection_is_kept() -> Iterator[None]:
    """As Django's own test client does: a request must not close the test's connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


PAGES = ("/", "/hankkeet/", "/kunnat/", "/admin/", "/tunnus/kirjaudu/", "/media/x", "/nope/")
FORM = "application/x-www-form-urlencoded"


def _answer(path: str, **environ: Any) -> tuple[int, str]:
    """Status and page of a request as the application server hands it on."""
    told: list[str] = []
    body = application(
        RequestFactory()._base_environ(PATH_INFO=path, **environ),
        lambda status, _headers: told.append(status),
    )
    return int(told[0][:3]), b"".join(body).decode()


@pytest.mark.parametrize("path", ["/hankkeet/", "/admin/", "/tunnus/kirjaudu/"])
@pytest.mark.parametrize(
    "kind",
    [
        f"{FORM}; charset=hex",
        "text/plain;charset=idna",
        'multipart/form-data; boundary=x; charset="rot13"',
        "text/plain; charset=utf-16",
        "text/plain; charset*=nothing'fi'x",
        f"{FORM}; charset=iso-8859-1",
    ],
)
def test_other_encodings_are_refused_politely(path: str, kind: str) -> None:
    """Django itself fails on some of these before it has a request to answer."""
    for method in ("GET", "POST"):
        status, page = _answer(
            path, REQUEST_METHOD=method, CONTENT_TYPE=kind, QUERY_STRING="q=%ff%e4"
        )
        assert (status, page.count("<h1")) == (400, 1)


@pytest.mark.parametrize("kind", [FORM, f"{FORM}; charset=UTF-8", f'{FORM};charset="utf8"', ""])
def test_utf8_is_understood_however_it_is_named(kind: str) -> None:
    status, page = _answer("/hankkeet/", CONTENT_TYPE=kind, QUERY_STRING="q=%C3%A4iti")
    assert status == 200
    assert "äiti" in page


@pytest.mark.parametrize("kind", [FORM, "multipart/form-data; boundary=x", "multipart/form-data"])
def test_bodies_that_are_no_text_break_nothing(kind: str, world: World) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\n\xff\xfe\0\r\n--x--\r\n'
    client = Bold()
    for path in ("/tunnus/kirjaudu/", "/tunnus/salasana/unohtui/", "/hankkeet/"):
        for body in (part, part[:50], b"login=%ff%00&password=\xff", b"\0" * 100, b""):
            response = client.generic("POST", path, body, kind)
            assert response.status_code < 500, client.broken


@pytest.mark.parametrize(
    "header",
    [
        {"HTTP_COOKIE": 'sessionid="' + "\\000" * 32 + '"'},
        {"HTTP_COOKIE": "sessionid=\xff\xfe\xff\xfe\xff\xfe\xff\xfe; csrftoken=\xe4"},
        {"HTTP_COOKIE": f"sessionid={'x' * 5000}; messages=abc; django_language=xx"},
        {"HTTP_ACCEPT_LANGUAGE": f"fi;q=abc,{'x' * 5000}"},
        {"HTTP_HOST": "a b"},
        {"HTTP_HOST": "evil.example"},
        {"HTTP_HOST": "\xff"},
        {"HTTP_IF_MODIFIED_SINCE": "Sun, 99 Foo 99999 99:99:99 GMT"},
        {"HTTP_RANGE": "bytes=abc"},
        {"HTTP_X_FORWARDED_FOR": "abc, x"},
        {"HTTP_REFERER": "http://["},
        {"CONTENT_LENGTH": "-5"},
        {"REMOTE_ADDR": ""},
    ],
    ids=lambda header: "".join(f"{name}={value[:20]!r}" for name, value in header.items()),
)
def test_no_header_breaks_a_page(header: dict[str, str]) -> None:
    for path in PAGES:
        for method in ("GET", "POST"):
            client = Bold()
            response = client.generic(method, path, b"x=y", FORM, **header)
            assert response.status_code < 500, client.broken


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "HEAD", "FOO"])
def test_no_method_breaks_a_page(method: str) -> None:
    client = Bold()
    for path in PAGES:
        assert client.generic(method, path).status_code < 500, client.broken


def _project_form(world: World, *, checks: bool) -> tuple[Client, str, dict[str, Any]]:
    client = Client(enforce_csrf_checks=checks)
    client.force_login(world.clients["superuser"].get("/admin/").wsgi_request.user)
    url = address(Project, "change", world.own[Project].pk)
    return client, url, controls(client.get(url), "project_form")


@pytest.mark.parametrize("checks", [True, False], ids=["csrf", "no csrf"])
@pytest.mark.parametrize("too_much", ["fields", "text"])
def test_more_than_one_save_can_take_is_told(world: World, too_much: str, checks: bool) -> None:
    client, url, data = _project_form(world, checks=checks)
    if too_much == "fields":
        data |= {f"x{number}": "" for number in range(5000)}
    else:
        data["description_fi"] = "x" * (10 * 1024 * 1024)
    response = client.post(url, data | {"title_fi": "Uusi"})
    page = response.content.decode()
    assert response.status_code == 413
    assert "<h1>Kuorma on liian raskas yhdelle ylitykselle</h1>" in page
    assert "mitään ei tallennettu" in page
    assert Project.objects.get(pk=world.own[Project].pk).title_fi != "Uusi"


def test_too_many_files_are_told(world: World) -> None:
    client, url, data = _project_form(world, checks=False)
    files = {}
    for number in range(101):
        files[f"f{number}"] = BytesIO(b"x")
        files[f"f{number}"].name = "x.txt"
    assert client.post(url, data | files).status_code == 413


def test_an_address_with_too_many_parts_is_not_understood() -> None:
    assert Client().get("/hankkeet/?" + "&" * 6000).status_code == 400
