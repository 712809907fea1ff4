"""Finished pages: replayed to everybody alike, with every header; never stale, never personal."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import brotli
import pytest
import time_machine
from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone

from climateportal import memory
from climateportal.replay import KeepFinishedPages, ReplayFinishedPages, View, replayed
from climateportal.wsgi import application
from projects.models import Project
from tests.factories import ProjectFactory, TaskFactory, UserFactory
from tests.visiting import visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("remembering")]
PATH = "/hankkeet/hanke/"
SWEDISH = "/sv/projekt/hanke/"


@pytest.fixture
def project() -> Project:
    return ProjectFactory(slug="hanke", title_fi="Lämpöä", title_sv="Värme", end_date=None)


def kept() -> int:
    found = memory.latest()
    return len(found.shelf("")) + len(found.shelf("?")) if found else 0


def test_the_server_replays_before_django_begins() -> None:
    assert isinstance(application, ReplayFinishedPages)
    assert settings.MIDDLEWARE[0] == "climateportal.replay.KeepFinishedPages"


# --- the same page ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/", PATH, "/hankkeet/", "/hankkeet/?q=lampo&page=1", "/kunnat/", "/sv/"]
)
def test_a_second_visitor_gets_the_same_page_with_all_its_headers(
    project: Project, path: str
) -> None:
    first, second = visit(path), visit(path)
    assert second.is_replayed
    assert not first.is_replayed
    assert second.content == first.content
    assert second.headers == first.headers
    assert set(second.headers) >= {
        "Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy",
        "Cross-Origin-Opener-Policy", "Content-Language", "ETag",
    }  # fmt: skip
    assert second.headers["Content-Length"] == str(len(second.content))
    assert second.headers["Cache-Control"] == "no-cache"
    assert second.headers["Vary"] == "Cookie, Accept-Encoding"


@override_settings(SECURE_HSTS_SECONDS=60)
def test_schemes_are_kept_apart(project: Project) -> None:
    for _ in range(2):
        secure, open_ = visit(PATH, secure=True), visit(PATH)
        assert "Strict-Transport-Security" in secure.headers
        assert "Strict-Transport-Security" not in open_.headers
        assert "https://testserver" in secure.text
        assert "https://testserver" not in open_.text


def test_languages_are_told_by_the_address_alone(project: Project) -> None:
    assert "Värme" in visit(SWEDISH).text
    for language in ("sv", "en", "fi;q=0.1, sv", "*"):
        asked = {"HTTP_ACCEPT_LANGUAGE": language, "HTTP_COOKIE": f"django_language={language[:2]}"}
        assert "Lämpöä" in visit(PATH, **asked, HTTP_HOST="localhost").text
        assert "Lämpöä" in visit(PATH, HTTP_HOST="localhost").text
        memory._latest = None
    assert "Värme" in visit(SWEDISH, HTTP_ACCEPT_LANGUAGE="fi").text


@pytest.mark.parametrize("accepted", ["br", "gzip, deflate, br, zstd", "gzip;q=0.5,br;q=0.8"])
def test_a_page_comes_compressed_to_who_can_read_it(project: Project, accepted: str) -> None:
    plain = visit(PATH)
    for _ in range(2):
        packed = visit(PATH, HTTP_ACCEPT_ENCODING=accepted)
        assert packed.headers["Content-Encoding"] == "br"
        assert packed.headers["Content-Length"] == str(len(packed.content))
        assert packed.headers["ETag"] == plain.headers["ETag"]
        assert brotli.decompress(packed.content) == plain.content
        assert len(packed.content) < len(plain.content) / 2


@pytest.mark.parametrize("accepted", ["", "gzip", "brotli", "br;q=0", "br; q=0.00, gzip"])
def test_and_as_it_is_to_the_others(project: Project, accepted: str) -> None:
    visit(PATH, HTTP_ACCEPT_ENCODING="br")
    answer = visit(PATH, HTTP_ACCEPT_ENCODING=accepted)
    assert answer.is_replayed
    assert "Content-Encoding" not in answer.headers
    assert "Lämpöä" in answer.text


# --- never stale -----------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_change_shows_in_the_next_request(project: Project) -> None:
    for path in (PATH, "/hankkeet/"):
        assert "Lämpöä" in visit(path).text
    Project.objects.update(title_fi="Uusi nimi")
    for path in (PATH, "/hankkeet/"):
        assert "Uusi nimi" in visit(path).text
        assert visit(path).is_replayed
    project.delete()
    assert visit(PATH).status == 404


@pytest.mark.django_db(transaction=True)
def test_a_page_taken_back_is_gone(project: Project) -> None:
    visit(PATH)
    Project.objects.update(publication="draft")
    assert visit(PATH).status == 404


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    noon = datetime(2026, 5, 4, 12, tzinfo=ZoneInfo("Europe/Helsinki"))
    with time_machine.travel(noon, tick=False) as traveller:
        yield traveller


def test_nothing_is_replayed_past_midnight(clock: time_machine.Traveller) -> None:
    TaskFactory(project=ProjectFactory(slug="hanke"), due_date=timezone.localdate())
    assert "Myöhässä" not in visit(PATH).text
    clock.shift(timedelta(hours=11, minutes=59, seconds=59))
    assert visit(PATH).is_replayed
    clock.shift(timedelta(seconds=1))
    assert "Myöhässä" in visit(PATH).text


def test_a_page_opens_at_its_moment(clock: time_machine.Traveller) -> None:
    ProjectFactory(title_fi="Tuleva", published_at=timezone.now() + timedelta(hours=1))
    assert "Tuleva" not in visit("/hankkeet/").text
    clock.shift(timedelta(minutes=59))
    assert visit("/hankkeet/").is_replayed
    clock.shift(timedelta(minutes=1))
    assert "Tuleva" in visit("/hankkeet/").text


# --- never personal --------------------------------------------------------------------------


def test_who_is_logged_in_always_gets_a_fresh_page_of_their_own(project: Project) -> None:
    editor = Client()
    editor.force_login(UserFactory(superuser=True))
    session = f"sessionid={editor.cookies['sessionid'].value}"
    draft = ProjectFactory(slug="luonnos", draft=True).get_absolute_url()
    visit(PATH)
    for _ in range(2):
        answer = visit(PATH, HTTP_COOKIE=session)
        assert not answer.is_replayed
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "ETag" not in answer.headers
    assert visit(draft, HTTP_COOKIE=session).status == 200
    assert visit(draft).status == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_COOKIE": "sessionid=mielivaltainen"},
        {"HTTP_COOKIE": "a=b; sessionid=x; c=d"},
        {"HTTP_COOKIE": 'a="b;sessionid =x'},
        {"HTTP_COOKIE": "messages=x"},
        {"HTTP_AUTHORIZATION": "Basic eDp5"},
    ],
)
def test_who_names_themselves_is_neither_answered_from_memory_nor_remembered(
    project: Project, headers: dict[str, str]
) -> None:
    visit(PATH, **headers)
    assert kept() == 0
    visit(PATH)
    answer = visit(PATH, **headers)
    assert not answer.is_replayed
    assert "no-store" in answer.headers["Cache-Control"]


def test_cookies_of_others_do_not_matter(project: Project) -> None:
    visit(PATH, HTTP_COOKIE="_ga=1; phpsessionid=2; x=sessionid")
    assert visit(PATH, HTTP_COOKIE="csrftoken=abc; _pk_id=3").is_replayed


def _through(view: View, path: str = "/koe/") -> HttpResponse:
    request = RequestFactory().get(path, HTTP_HOST="testserver")
    return KeepFinishedPages(replayed("q")(view))(request)


def _with(**headers: str) -> View:
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


def test_a_plain_page_is_kept() -> None:
    assert _through(_with())["Cache-Control"] == "no-cache"
    assert kept() == 1


def test_a_view_that_does_not_ask_for_it_is_not_kept() -> None:
    response = KeepFinishedPages(_with())(RequestFactory().get("/koe/"))
    assert response["Cache-Control"] == "no-cache"
    assert kept() == 0


@pytest.mark.parametrize(
    "view",
    [
        _with_cookie,
        _with_token,
        _with_user,
        _with(**{"Content-Security-Policy": "script-src 'nonce-abc'"}),
    ],
)
def test_what_was_made_for_one_visitor_is_not_kept(view: View) -> None:
    assert _through(view)["Cache-Control"] == "private, no-store"
    assert kept() == 0


@pytest.mark.parametrize(
    "view",
    [
        _with(**{"Cache-Control": "private"}),
        _with(**{"Cache-Control": "max-age=60"}),
        _with(**{"Content-Encoding": "gzip"}),
        _with(Vary="*"),
        _with(Vary="Cookie, Accept"),
        lambda request: HttpResponse("sivu", status=404),
        lambda request: HttpResponse("sivu", status=206),
        lambda request: HttpResponse(status=302, headers={"Location": "/"}),
        lambda request: StreamingHttpResponse([b"sivu"]),
    ],
)
def test_what_is_no_finished_page_for_everybody_is_not_kept(view: View) -> None:
    _through(view)
    assert kept() == 0


def test_other_addresses_are_not_kept() -> None:
    for path in ("/tunnus/kirjaudu/", "/admin/", "/healthz", "/robots.txt", "/en/nothing/"):
        visit(path)
        visit(path)
    assert kept() == 0


def test_only_kept_pages_cost_a_question_for_the_version() -> None:
    visit("/")
    assert visit("/healthz").queries == 0
    assert visit("/robots.txt").queries == 0
