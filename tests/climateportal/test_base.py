"""The frame of every page: languages, menus, notices, error pages, no cookies."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone, translation

from climateportal.models import Notice, Page
from climateportal.publishing import PublicationState
from climateportal.views import errors
from tests.factories import MunicipalityFactory, ProjectFactory

PATHS = {"fi": "/hankkeet/", "sv": "/sv/projekt/", "en": "/en/projects/"}
HOMES = {"fi": "/", "sv": "/sv/", "en": "/en/"}


def content_page(**fields: object) -> Page:
    values = {
        "title_fi": "Tietoa palvelusta",
        "slug": "tietoa",
        "menu": Page.Menu.MAIN,
        "publication": PublicationState.PUBLISHED,
        "published_at": timezone.now(),
        **fields,
    }
    return Page.objects.create(**values)


def html_of(response: HttpResponse) -> str:
    return response.content.decode()


def language_links(html: str) -> dict[str, str]:
    nav = re.search(r'<nav class="nav lang".*?</nav>', html, re.DOTALL).group(0)
    links = re.findall(r'href="([^"]*)" lang="(\w\w)"', nav)
    return {language: unescape(address) for address, language in links}


# --- languages -----------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_language_switch_stays_on_the_page_with_its_query(client: Client, language: str) -> None:
    html = html_of(client.get(f"{PATHS[language]}?q=ly%C3%A4&teema=x&teema=y"))
    assert f'<html lang="{language}">' in html
    links = language_links(html)
    assert links == {code: f"{path}?q=ly%C3%A4&teema=x&teema=y" for code, path in PATHS.items()}
    nav = re.search(r'<nav class="nav lang".*?</nav>', html, re.DOTALL).group(0)
    current = re.findall(r'lang="(\w\w)" hreflang="\w\w" aria-current="true"', nav)
    assert current == [language]


@pytest.mark.django_db
def test_language_switch_stays_on_one_project(client: Client) -> None:
    project = ProjectFactory(slug="maalampo")
    links = language_links(html_of(client.get(project.get_absolute_url())))
    assert links == {
        "fi": "/hankkeet/maalampo/",
        "sv": "/sv/projekt/maalampo/",
        "en": "/en/projects/maalampo/",
    }


@pytest.mark.django_db
def test_query_cannot_break_out_of_the_language_links(client: Client) -> None:
    html = html_of(client.get("/kunnat/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E"))
    assert "<script" not in html
    raw = client.get('/kunnat/?q="><script>alert(1)</script>')
    assert "<script" not in html_of(raw)


@pytest.mark.django_db
def test_search_engines_learn_the_languages(client: Client) -> None:
    html = html_of(client.get("/sv/kommuner/?page=1"))
    assert '<link rel="canonical" href="http://testserver/sv/kommuner/">' in html
    alternates = dict(re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)">', html))
    assert alternates == {
        "fi": "http://testserver/kunnat/",
        "sv": "http://testserver/sv/kommuner/",
        "en": "http://testserver/en/municipalities/",
    }


@pytest.mark.django_db
def test_pages_that_exist_once_offer_no_other_language(client: Client) -> None:
    html = html_of(client.get(reverse("account_login")))
    assert 'class="nav lang"' not in html
    assert 'rel="alternate"' not in html


# --- menus and notices ---------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "current"),
    [("/hankkeet/", "page"), ("/hankkeet/maalampo/", "true")],
)
def test_menu_tells_where_one_is(client: Client, path: str, current: str) -> None:
    ProjectFactory(slug="maalampo")
    html = html_of(client.get(path))
    assert f'<a href="/hankkeet/" aria-current="{current}">' in html
    assert '<a href="/kunnat/">' in html


@pytest.mark.django_db
def test_menus_show_published_pages_in_their_order(client: Client) -> None:
    content_page(slug="b", title_fi="Toinen", order=2)
    content_page(slug="a", title_fi="Pitkä nimi", menu_title_fi="Lyhyt", order=1)
    content_page(slug="f", title_fi="Seloste", menu=Page.Menu.FOOTER)
    content_page(slug="n", title_fi="Ei missään", menu=Page.Menu.NONE)
    content_page(slug="d", title_fi="Luonnos", publication=PublicationState.DRAFT)
    html = html_of(client.get("/kunnat/"))
    header, footer = html.split("<main")
    assert header.index(">Lyhyt</a>") < header.index(">Toinen</a>")
    assert ">Seloste</a>" in footer
    assert ">Seloste</a>" not in header
    for hidden in ("Pitkä nimi", "Ei missään", "Luonnos"):
        assert hidden not in html


@pytest.mark.django_db
def test_menu_marks_a_name_that_is_not_translated(client: Client) -> None:
    content_page(slug="tietoa", title_fi="Tietoa", menu_title_fi="Tietoa", title_sv="Om tjänsten")
    content_page(slug="ohje", title_fi="Ohje")
    html = html_of(client.get("/sv/kommuner/"))
    assert '<a href="/sv/tietoa/">Om tjänsten</a>' in html
    assert '<a href="/sv/ohje/" lang="fi">Ohje</a>' in html


@pytest.mark.django_db
def test_notice_is_shown_only_in_its_time(client: Client) -> None:
    now = timezone.now()
    Notice.objects.create(text_fi="Huoltokatko <nyt>", starts_at=now - timedelta(hours=1))
    Notice.objects.create(text_fi="Vasta huomenna", starts_at=now + timedelta(days=1))
    Notice.objects.create(
        text_fi="Jo ohi", starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=1)
    )
    html = html_of(client.get("/sv/kommuner/"))
    assert '<span lang="fi">Huoltokatko &lt;nyt&gt;</span>' in html
    assert "Vasta huomenna" not in html
    assert "Jo ohi" not in html


@pytest.mark.django_db
def test_content_page(client: Client) -> None:
    content_page(body_fi="<p>Palvelusta</p>", updated_at=timezone.now())
    html = html_of(client.get("/tietoa/"))
    assert html.count("<h1") == 1
    assert "<p>Palvelusta</p>" in html
    assert '<meta name="description" content="Palvelusta">' in html
    assert '<a href="/tietoa/" aria-current="page">' in html


# --- what a visitor's browser is told ------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/", "/hankkeet/", "/kunnat/", "/alueet/", "/tietoa/", "/olematon/"]
)
def test_anonymous_visitors_get_no_cookie_and_a_strict_policy(client: Client, path: str) -> None:
    content_page()
    ProjectFactory(municipalities=[MunicipalityFactory()])
    response = client.get(path)
    assert "Set-Cookie" not in response.headers
    assert not response.cookies
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "csrfmiddlewaretoken" not in html_of(response)


@pytest.mark.django_db
def test_frame_costs_one_query(
    rf: RequestFactory, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    for number in range(4):
        content_page(slug=f"s{number}", menu=("main", "footer")[number % 2])
        Notice.objects.create(text_fi="Huolto")
    with django_assert_num_queries(1):
        errors.not_found(rf.get("/olematon/"))


# --- error pages ---------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "path"), [("fi", "/eiole/"), ("sv", "/sv/projekt/eiole/"), ("en", "/en/x/y/z/")]
)
def test_page_not_found(client: Client, language: str, path: str) -> None:
    response = client.get(path)
    html = html_of(response)
    assert response.status_code == 404
    assert f'<html lang="{language}">' in html
    assert html.count("<h1") == 1
    assert language_links(html) == HOMES, "the page does not exist in other languages either"
    assert 'rel="canonical"' not in html
    assert 'name="robots" content="noindex"' in html
    form = re.search(r'<form class="search[^>]*action="([^"]*)">', html)
    assert form.group(1) == PATHS[language]
    assert 'name="q"' in html


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(
    ("view", "status"), [(errors.bad_request, 400), (errors.permission_denied, 403)]
)
def test_other_refusals_look_the_same(
    rf: RequestFactory, view: object, status: int, language: str
) -> None:
    response = view(rf.get(f"{HOMES[language]}jotain/"), PermissionDenied())
    html = html_of(response)
    assert response.status_code == status
    assert f'<html lang="{language}">' in html
    assert html.count("<h1") == 1
    assert language_links(html) == HOMES
    assert f'action="{PATHS[language]}"' in html


@pytest.mark.django_db
def test_a_foreign_host_name_is_refused_without_failing_twice(client: Client) -> None:
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert html_of(response).count("<h1") == 1


@pytest.mark.django_db
def test_unreadable_request(client: Client) -> None:
    response = client.get("/sv/projekt/?q=%00")
    assert response.status_code == 400
    assert '<html lang="sv">' in html_of(response)


@pytest.mark.django_db
def test_expired_form_is_explained() -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(reverse("account_login"), {"login": "a@example.fi", "password": "x"})
    assert response.status_code == 403
    html = html_of(response)
    assert html.count("<h1") == 1
    with translation.override("fi"):
        assert translation.gettext("The form had expired") in html


@pytest.mark.parametrize(("language", "home"), HOMES.items())
def test_server_error_needs_no_database(rf: RequestFactory, language: str, home: str) -> None:
    response = errors.server_error(rf.get(home))
    html = html_of(response)
    assert response.status_code == 500
    assert f'<html lang="{language}">' in html
    assert html.count("<h1") == 1
    assert "css/main.css" in html
