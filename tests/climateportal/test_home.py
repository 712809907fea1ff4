"""The front page: numbers that the list confirms, a map for every reader, no drafts."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from municipalities.models import Municipality, Region
from projects.enums import Activity, Stage
from tests.factories import EventFactory, MunicipalityFactory, ProjectFactory, ThemeFactory
from tests.municipalities.reading import read, words
from tests.projects.summaries.test_queries import lit_up

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "question"),
    [
        ("/", "Mitä kuntasi tekee ilmaston hyväksi?"),
        ("/sv/", "klimatet?"),
        ("/en/", "What is your municipality doing for the climate?"),
    ],
)
def test_in_every_language(client: Client, path: str, question: str) -> None:
    html = read(client, path)
    headings = re.findall(r"<h1>(.*?)</h1>", html)
    assert len(headings) == 1
    assert headings[0].endswith(question)


def test_an_empty_portal_says_so_and_has_no_empty_headings(client: Client) -> None:
    html = read(client, "/en/")
    assert "No projects have been published yet." in html
    assert re.findall(r"<h2[^>]*>([^<]*)", html) == ["Municipalities"]
    assert '<svg class="map"' not in html


def test_each_number_leads_to_a_list_of_as_many(client: Client) -> None:
    theme = ThemeFactory()
    for stage, number in ((Stage.IDEA, 1), (Stage.IMPLEMENTATION, 3)):
        for _n in range(number):
            ProjectFactory(stage=stage, themes=[theme])
    for activity, number in ((Activity.PAUSED, 2), (Activity.CANCELLED, 1)):
        for _n in range(number):
            ProjectFactory(stage=Stage.IMPLEMENTATION, activity=activity, themes=[theme])
    html = read(client, "/en/")
    assert "4 projects by stage" in words(html)
    links = re.findall(r'<a href="(/en/projects/\?[^"]*)"[^>]*>(.*?)</a>', html)
    numbers = {url: int(re.search(r"\d+", words(text)).group()) for url, text in links[:7]}
    assert list(numbers.values()) == [1, 0, 0, 3, 0, 2, 1]
    for url, number in numbers.items():
        listed = words(read(client, unescape(url)))
        assert re.search(rf"\b{number} projects?\b" if number else r"\b0 projects|No projects",
                         listed), url  # fmt: skip
    assert re.search(rf'\?teema={theme.slug}" lang="fi">.*?</a> <span class="mut">7<span', html)


@pytest.mark.usefixtures("register")
def test_the_map_speaks_in_words(client: Client) -> None:
    """Each county is a link whose name has what is seen in it (WCAG 2.5.3)."""
    ProjectFactory(municipalities=Municipality.objects.filter(slug__in=["palkane", "akaa"]))
    ProjectFactory(regions=[Region.objects.get(slug="pirkanmaa")])
    html = read(client, "/")
    drawing = html[html.index('<svg class="map"') : html.index("</svg>", html.index("map"))]
    links = re.findall(r'<a href="([^"]*)" aria-label="([^"]*)"', drawing)
    assert len(links) == 19
    assert dict(links)["/alueet/pirkanmaa/"] == "Pirkanmaa, PIR 2 hanketta"
    assert dict(links)["/alueet/lappi/"] == "Lappi, LAP 0 hanketta"
    for (_url, name), shown in zip(links, re.findall(r"<g.*?</g>", drawing), strict=True):
        short, number = re.findall(r">(\w+)</text>", shown)
        assert f", {short} {number} " in name
    assert all(
        re.fullmatch(r"-?\d+( -?\d+)*", number)
        for number in re.findall(r'(?:viewBox|x|y|width|height)="([^"]*)"', drawing)
    )
    assert "Nyland, NYL 0 projekt" in read(client, "/sv/")


@pytest.mark.usefixtures("register")
def test_every_municipality_can_be_typed_without_script(client: Client) -> None:
    html = read(client, "/")
    options = re.findall(r'<option value="([^"]*)">', html)
    assert len(options) == 308
    assert options[0] == "Akaa"
    assert options[-1] == "Äänekoski"
    assert '<form class="search" action="/kunnat/">' in html
    response = client.get("/kunnat/", {"q": options[-1]})
    assert response["Location"] == "/kunnat/aanekoski/"
    assert "Vasa" in re.findall(r'<option value="([^"]*)">', read(client, "/sv/"))


def test_latest_projects_and_coming_events(client: Client) -> None:
    project = ProjectFactory(title_fi="Hanke", municipalities=[MunicipalityFactory(name_fi="Ii")])
    EventFactory(
        project=project, title_fi="Webinaari", starts_at=timezone.now() + timedelta(days=3)
    )
    text = words(read(client, "/"))
    assert "Viimeksi päivitetyt hankkeet Hanke Ii" in text
    assert "Webinaari" in text


def test_drafts_leave_no_trace_even_for_their_editor(admin_client: Client) -> None:
    before = read(admin_client, "/")
    draft = ProjectFactory(title_fi="Salahanke", themes=[ThemeFactory()], draft=True)
    EventFactory(project=draft, starts_at=timezone.now() + timedelta(days=3))
    assert read(admin_client, "/") == before


def test_queries_are_constant_and_few(client: Client) -> None:
    counts = []
    for number in (1, 4):
        lit_up(number)
        with CaptureQueriesContext(connection) as queries:
            read(client, "/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
