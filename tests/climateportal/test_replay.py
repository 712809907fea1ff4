"""Finished pages: replayed to everybody alike, with every header; never stale, never personal."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from climateportal import memory, replay
from climateportal.replay import ReplayFinishedPages, replayed
from projects.models import Project
from tests.factories import ProjectFactory, TaskFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("remembering")]
PATH = "/hankkeet/hanke/"


@pytest.fixture
def project() -> Project:
    return ProjectFactory(slug="hanke", title_fi="Lämpöä", title_sv="Värme", end_date=None)


def queries(client: Client, path: str, **headers: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path, **headers).status_code == 200
    return len(captured)


def is_replayed(client: Client, path: str, **headers: str) -> bool:
    """Whether a page comes from memory: one query and no view."""
    return queries(client, path, **headers) == 1


def kept() -> int:
    found = memory.latest()
    return len(found.shelf("")) + len(found.shelf("?")) if found else 0


# --- the same page ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/", PATH, "/hankkeet/", "/hankkeet/?q=lampo&page=1", "/kunnat/", "/alueet/", "/sv/"]
)
def test_a_second_visitor_gets_the_same_page_with_all_its_headers(
    client: Client, project: Project, path: str
) -> None:
    first = client.get(path)
    assert is_replayed(Client(), path)
    second = Client().get(path)
    assert second.content == first.content
    assert dict(second.items()) == dict(first.items())
    for header in (
        "Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy",
        "Cross-Origin-Opener-Policy", "Content-Language", "Content-Length", "ETag",
    ):  # fmt: skip
        assert header in second
    assert second["Cache-Control"] == "no-cache"
    assert second["Vary"] == "Cookie"


@override_settings(SECURE_HSTS_SECONDS=60)
def test_schemes_are_kept_apart(client: Client, project: Project) -> None:
    assert "Strict-Transport-Security" in client.get(PATH, secure=True)
    client.get(PATH)
    assert "Strict-Transport-Security" not in client.get(PATH)
    assert "Strict-Transport-Security" in client.get(PATH, secure=True)
    assert "https://testserver" in client.get(PATH, secure=True).content.decode()
    assert "https://testserver" not in client.get(PATH).content.decode()


def test_languages_are_told_by_the_address_alone(client: Client, project: Project) -> None:
    swedish = client.get("/sv/projekt/hanke/").content
    assert b"V\xc3\xa4rme" in swedish
    for language in ("sv", "en", "fi;q=0.1, sv", "*"):
        client.cookies["django_language"] = language[:2]
        response = client.get(PATH, headers={"accept-language": language})
        assert 'lang="fi"' in response.content.decode()[:200]
        assert "Accept-Language" not in response["Vary"]
    assert client.get("/sv/projekt/hanke/", headers={"accept-language": "fi"}).content == swedish


# --- never stale -----------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_change_shows_in_the_next_request(client: Client, project: Project) -> None:
    client.get(PATH)
    client.get("/hankkeet/")
    Project.objects.update(title_fi="Uusi nimi")
    for path in (PATH, "/hankkeet/"):
        assert "Uusi nimi" in client.get(path).content.decode()
    project.delete()
    assert client.get(PATH).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_page_taken_back_is_gone(client: Client, project: Project) -> None:
    client.get(PATH)
    Project.objects.update(publication="draft")
    assert client.get(PATH).status_code == 404


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    noon = datetime(2026, 5, 4, 12, tzinfo=ZoneInfo("Europe/Helsinki"))
    with time_machine.travel(noon, tick=False) as traveller:
        yield traveller


def test_nothing_is_replayed_past_midnight(clock: time_machine.Traveller, client: Client) -> None:
    TaskFactory(project=ProjectFactory(slug="hanke"), due_date=timezone.localdate())
    assert "Myöhässä" not in client.get(PATH).content.decode()
    clock.shift(timedelta(hours=11, minutes=59, seconds=59))
    assert is_replayed(client, PATH)
    clock.shift(timedelta(seconds=1))
    assert "Myöhässä" in client.get(PATH).content.decode()


def test_a_page_opens_at_its_moment(clock: time_machine.Traveller, client: Client) -> None:
    coming = timezone.now() + timedelta(hours=1)
    ProjectFactory(title_fi="Tuleva", published_at=coming)
    assert "Tuleva" not in client.get("/hankkeet/").content.decode()
    clock.shift(timedelta(minutes=59))
    assert is_replayed(client, "/hankkeet/")
    clock.shift(timedelta(minutes=1))
    assert "Tuleva" in client.get("/hankkeet/").content.decode()


# --- never personal --------------------------------------------------------------------------


def test_who_is_logged_in_always_gets_a_fresh_page_of_their_own(
    client: Client, project: Project
) -> None:
    editor = Client()
    editor.force_login(UserFactory(superuser=True))
    client.get("/hankkeet/hanke/")
    assert queries(editor, PATH) > 1
    response = editor.get(PATH)
    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response
    draft = ProjectFactory(slug="luonnos", draft=True)
    assert editor.get(draft.get_absolute_url()).status_code == 200
    assert client.get(draft.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_COOKIE": "sessionid=mielivaltainen"},
        {"HTTP_COOKIE": "a=b; sessionid=x; c=d"},
        {"HTTP_COOKIE": "messages=x"},
        {"HTTP_AUTHORIZATION": "Basic eDp5"},
    ],
)
def test_who_names_themselves_is_neither_answered_from_memory_nor_remembered(
    client: Client, project: Project, headers: dict[str, str]
) -> None:
    client.get(PATH, **headers)
    assert kept() == 0
    client.get(PATH)
    assert not is_replayed(client, PATH, **headers)
    assert "no-store" in client.get(PATH, **headers)["Cache-Control"]


def test_cookies_of_others_do_not_matter(client: Client, project: Project) -> None:
    client.get(PATH, HTTP_COOKIE="_ga=1; phpsessionid=2")
    assert is_replayed(client, PATH, HTTP_COOKIE="csrftoken=abc; _pk_id=3")


def _through(view: replay.View, **meta: str) -> HttpResponse:
    request = RequestFactory().get("/koe/", **meta)
    return ReplayFinishedPages(replayed("q")(view))(request)


def _with(**headers: str) -> replay.View:
    return lambda request: HttpResponse("sivu", headers=headers)


def _with_cookie(request: object) -> HttpResponse:
    response = HttpResponse("sivu")
    response.set_cookie("a", "b")
    return response


def _with_token(request: object) -> HttpResponse:
    return HttpResponse(get_token(request))


def _with_user(request: object) -> HttpResponse:
    request.user = UserFactory()
    return HttpResponse("sivu")


def test_a_plain_page_is_kept(client: Client) -> None:
    assert _through(_with())["Cache-Control"] == "no-cache"
    assert kept() == 1


@pytest.mark.parametrize(
    "view",
    [
        _with_cookie,
        _with_token,
        _with_user,
        _with(**{"Content-Security-Policy": "script-src 'nonce-abc'"}),
    ],
)
def test_what_was_made_for_one_visitor_is_not_kept(view: replay.View) -> None:
    assert _through(view)["Cache-Control"] == "private, no-store"
    assert kept() == 0


@pytest.mark.parametrize(
    "view",
    [
        _with(**{"Cache-Control": "private"}),
        _with(**{"Cache-Control": "max-age=60"}),
        _with(Vary="*"),
        _with(Vary="Accept"),
        lambda request: HttpResponse("sivu", status=404),
        lambda request: HttpResponse("sivu", status=206),
        lambda request: HttpResponse(status=302, headers={"Location": "/"}),
        lambda request: StreamingHttpResponse([b"sivu"]),
    ],
)
def test_what_is_no_finished_page_for_everybody_is_not_kept(view: replay.View) -> None:
    _through(view)
    assert kept() == 0


def test_other_addresses_are_not_kept(client: Client) -> None:
    for path in ("/tunnus/kirjaudu/", "/admin/", "/healthz", "/robots.txt", "/en/nothing/"):
        client.get(path)
        client.get(path)
    assert kept() == 0


def test_health_costs_no_question_for_the_version(client: Client) -> None:
    client.get("/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/healthz")
        client.get("/admin/")
    assert "contentversion" not in str(captured.captured_queries)
