"""The public list of projects: filters, counts, chips, order, pages, languages, queries."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from climateportal.models import Notice, remember_slug
from municipalities.enums import OrganisationKind
from municipalities.models import Municipality, Region
from projects import actions
from projects.enums import Activity, OrganisationRole, Stage
from projects.models import Project, ProjectOrganisation
from tests.factories import (
    MunicipalityFactory,
    OrganisationFactory,
    ProjectFactory,
    RegionFactory,
    TaskFactory,
    ThemeFactory,
)
from tests.municipalities.reading import words
from tests.projects.listpage import LIST, NOT_UNDERSTOOD, chips, numbers, page, titles

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "Kaava Pyörä Savo Tauko"),
        ("?alue=pirkanmaa", "Kaava Pyörä Tauko"),
        ("?alue=savogrow", "Savo"),
        ("?kunta=akaa", "Kaava Pyörä"),
        ("?teema=energia", "Kaava Savo"),
        ("?teema=energia&teema=liikenne", "Kaava Pyörä Savo"),
        ("?vaihe=planning", "Kaava"),
        ("?vaihe=planning&vaihe=completed", "Kaava Savo"),
        ("?vaihe=implementation", "Pyörä"),
        ("?tila=paused", "Tauko"),
        ("?vaihe=planning&tila=paused", "Kaava Tauko"),
        ("?aikataulu=late", "Pyörä"),
        ("?aikataulu=on_time&aikataulu=completed_on_time", "Kaava Savo"),
        ("?alue=pirkanmaa&teema=liikenne", "Pyörä"),
        ("?kunta=palkane&vaihe=implementation", ""),
        ("?q=kaavoitusta", "Kaava"),
        ("?q=Akaassa", "Kaava Pyörä"),
        ("?q=P%C3%A4lk%C3%A4neen", "Kaava Tauko"),
        ("?q=akaa+kulkeminen", "Pyörä"),
        ("?q=neuvontaa+energiasta", "Savo"),
        (
            "?q=akaa&alue=pirkanmaa&kunta=akaa&teema=energia&vaihe=planning&aikataulu=on_time",
            "Kaava",
        ),
    ],
)
def test_filters_alone_and_together(
    client: Client, four: dict[str, Project], query: str, expected: str
) -> None:
    html = page(client, query)
    assert sorted(titles(html)) == expected.split()
    assert NOT_UNDERSTOOD not in html
    count = len(expected.split())
    assert re.search(rf'<h2 id="tulokset">{count} projects?</h2>', html)
    assert re.search(rf"<title>Climate projects(: [^,]+)?, {count} projects? – ", html)


def test_counts_are_those_under_the_other_filters(client: Client, four: dict[str, Project]) -> None:
    html = page(client, "?teema=energia")
    assert numbers(html, "teema") == {"energia": 2, "liikenne": 2}
    assert numbers(html, "vaihe") == {"planning": 1, "implementation": 0, "completed": 1}
    assert numbers(html, "tila") == {"paused": 0}
    assert numbers(html, "aikataulu") == {"on_time": 1, "late": 0, "completed_on_time": 1}
    assert numbers(html, "alue") == {"pirkanmaa": 1, "savogrow": 1}
    assert numbers(html, "kunta") == {"akaa": 1, "palkane": 1}
    assert '<optgroup label="Counties">' in html
    assert '<optgroup label="Pirkanmaa">' in html


def test_what_is_hidden_is_in_no_list_and_no_number(
    client: Client, four: dict[str, Project]
) -> None:
    for query in ("", "?q=luonnos", "?q=huominen", "?kunta=akaa"):
        html = page(client, query)
        assert not {"Luonnos kaavoituksesta", "Huominen kaava"} & set(titles(html))
    assert re.search(r'<h2 id="tulokset">4 projects</h2>', page(client))
    assert numbers(page(client), "kunta") == {"akaa": 2, "palkane": 2}


def test_staff_see_in_the_list_what_everybody_sees(
    admin_client: Client, four: dict[str, Project]
) -> None:
    assert len(titles(page(admin_client))) == 4


def test_each_chip_takes_one_choice_back(client: Client, four: dict[str, Project]) -> None:
    query = "?q=akaa&alue=pirkanmaa&teema=energia&teema=liikenne&tila=paused&jarjestys=title"
    found = chips(page(client, query))
    everything = {**parse_qs(query[1:])}
    assert list(found) == [
        "Search text: akaa",
        "Region: Pirkanmaa",
        "Theme: Energia",
        "Theme: Liikenne",
        "Stage: On hold",
    ]
    gone = []
    for url in found.values():
        parts = urlsplit(url)
        assert parts.path == LIST
        left = parse_qs(parts.query)
        assert left["jarjestys"] == ["title"]
        gone.append(
            [
                (name, value)
                for name, values in everything.items()
                for value in values
                if value not in left.get(name, [])
            ]
        )
    assert gone == [
        [("q", "akaa")],
        [("alue", "pirkanmaa")],
        [("teema", "energia")],
        [("teema", "liikenne")],
        [("tila", "paused")],
    ]
    assert all("page" not in url for url in chips(page(client, "?teema=energia&page=1")).values())


def test_nothing_found_says_what_to_do(client: Client, four: dict[str, Project]) -> None:
    html = page(client, "?kunta=palkane&vaihe=implementation&teema=liikenne")
    assert "No project fits all of these" in html
    note = html.partition("No project fits all of these")[2]
    assert re.findall(r'<a href="([^"]*)">[^<]*</a> <span class="mut">(\d+)</span>', note) == [
        (f"{LIST}?teema=liikenne&amp;vaihe=implementation", "1"),
        (LIST, "4"),
    ]


@pytest.mark.parametrize(
    ("query", "links"),
    [
        ("?q=p%C3%A4lk%C3%A4neell%C3%A4", {"/en/municipalities/palkane/": "Pälkäne"}),
        ("?q=energia+akaassa", {"/en/municipalities/akaa/": "Akaa"}),
        ("?q=pirkanmaan", {"/en/regions/pirkanmaa/": "Pirkanmaa"}),
        ("?q=energia", {}),
        ("?kunta=akaa", {}),
    ],
)
def test_a_searched_place_leads_to_its_page(
    client: Client, four: dict[str, Project], query: str, links: dict[str, str]
) -> None:
    Region.objects.filter(slug="pirkanmaa").update(fi_genitive="Pirkanmaan")
    Municipality.objects.filter(slug="palkane").update(fi_in="Pälkäneellä")
    html = page(client, query)
    section = re.search(r'<div class="places">.*?</ul>', html, re.S)
    found = re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', section.group() if section else "")
    assert dict(found) == links
    assert not section or section.start() < html.index('id="tulokset"')


def test_a_place_without_projects_is_found_too(client: Client) -> None:
    old = MunicipalityFactory(name_fi="Luopioinen", slug="luopioinen")
    today = MunicipalityFactory(name_fi="Pälkäne", slug="palkane", name_sv="")
    old.successor, old.valid_until = today, timezone.localdate() - timedelta(days=1)
    old.save()
    html = page(client, "?q=luopioinen", path="/sv/projekt/")
    assert '<a href="/sv/kommuner/palkane/" lang="fi">Pälkäne</a>' in html
    assert "0 projekt" in html


def test_without_any_project_the_page_says_so(client: Client) -> None:
    html = page(client)
    assert "<fieldset>" not in html
    assert "<select" not in html
    assert 'class="note' not in html


def test_a_chosen_municipality_without_projects_stays_chosen(client: Client) -> None:
    MunicipalityFactory(name_fi="Sottunga", slug="sottunga")
    ProjectFactory()
    html = page(client, "?kunta=sottunga")
    assert re.search(r'<option value="sottunga"[^>]* selected>Sottunga \(0\)</option>', html)
    assert NOT_UNDERSTOOD not in html


def test_old_addresses_of_places_keep_working(client: Client, four: dict[str, Project]) -> None:
    akaa = four["Pyörä"].municipalities.get()
    MunicipalityFactory(slug="toijala", successor=akaa, valid_until=date(2006, 12, 31))
    remember_slug(four["Savo"].regions.get(), "savon-kasvu")
    for query in ("?kunta=toijala", "?kunta=akaa"):
        html = page(client, query)
        assert sorted(titles(html)) == ["Kaava", "Pyörä"]
        assert NOT_UNDERSTOOD not in html
    assert titles(page(client, "?alue=savon-kasvu")) == ["Savo"]


# --- order and pages ---------------------------------------------------------------------------


def test_orders(client: Client) -> None:
    now = timezone.make_aware(datetime(2026, 3, 1))
    rows = [
        ("Äes", Stage.COMPLETED, date(2026, 5, 1)),
        ("Öljy", Stage.IDEA, None),
        ("Åvik", Stage.PLANNING, date(2026, 4, 1)),
        ("zeta", Stage.PLANNING, date(2027, 4, 1)),
        ("Alku", Stage.DECIDED, None),
    ]
    for number, (title, stage, end) in enumerate(rows):
        at = now + timedelta(days=number)
        ProjectFactory(title_fi=title, stage=stage, end_date=end, content_updated_at=at)
    for order, expected in {
        "": "Alku zeta Åvik Öljy Äes",
        "title": "Alku zeta Åvik Äes Öljy",
        "stage": "Öljy Alku zeta Åvik Äes",
        "end": "Åvik Äes zeta Öljy Alku",
    }.items():
        html = page(client, f"?jarjestys={order}")
        assert titles(html) == expected.split(), order
        assert f'<option value="{order or "updated"}" selected>' in html


def test_titles_are_in_the_order_of_the_pages_language(client: Client) -> None:
    ProjectFactory(title_fi="Yksi", title_sv="Ett")
    ProjectFactory(title_fi="Kaksi", title_sv="Två")
    ProjectFactory(title_fi="Sata")
    assert titles(page(client, "?jarjestys=title", "/hankkeet/")) == ["Kaksi", "Sata", "Yksi"]
    html = page(client, "?jarjestys=title", "/sv/projekt/")
    assert titles(html) == ["Ett", "Sata", "Två"]
    assert '<span lang="fi">Sata</span>' in html


def test_pages_keep_filters_and_name_their_neighbours(client: Client) -> None:
    energy = ThemeFactory(slug="energia")
    ProjectFactory.create_batch(45, themes=[energy])
    ProjectFactory()
    first = page(client, "?teema=energia&jarjestys=title")
    second = page(client, "?teema=energia&jarjestys=title&page=2")
    third = page(client, "?teema=energia&jarjestys=title&page=3")
    shown = [titles(html) for html in (first, second, third)]
    assert [len(rows) for rows in shown] == [20, 20, 5]
    assert len({title for rows in shown for title in rows}) == 45
    assert "showing 1–20" in first
    assert "showing 41–45" in third
    assert "page 2/3" in second.partition("</title>")[0]
    for rel, number in (("prev", 1), ("next", 3)):
        tags = re.findall(rf'<(?:a|link) [^>]*rel="{rel}"[^>]*>', second)
        assert len(tags) == 2
        for tag in tags:
            url = unescape(re.search(r'href="([^"]*)"', tag)[1])
            kept = {"teema": ["energia"], "jarjestys": ["title"]}
            number_of = {"page": [str(number)]} if number > 1 else {}
            assert parse_qs(urlsplit(url).query) == kept | number_of
    assert 'rel="prev"' not in first
    assert 'rel="next"' not in third
    for path in ("/sv/projekt/", "/hankkeet/"):
        assert f'href="{path}?teema=energia&amp;jarjestys=title&amp;page=2"' in second


def test_rows_that_are_alike_come_once_each_over_the_pages(client: Client) -> None:
    at = timezone.now()
    ProjectFactory.create_batch(41, content_updated_at=at, end_date=None)
    for order in ("updated", "stage", "end"):
        seen = [
            title
            for number in (1, 2, 3)
            for title in titles(page(client, f"?jarjestys={order}&page={number}"))
        ]
        assert len(seen) == len(set(seen)) == 41


# --- languages and budget ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "language", "word"),
    [
        ("/hankkeet/", "fi", "Toteutus"),
        ("/sv/projekt/", "sv", "Genomförande"),
        ("/en/projects/", "en", "Implementation"),
    ],
)
def test_filters_have_the_same_names_in_every_language(
    client: Client, four: dict[str, Project], path: str, language: str, word: str
) -> None:
    html = page(client, "?vaihe=implementation&kunta=akaa", path)
    assert f'<html lang="{language}">' in html
    assert titles(html) == ["Pyörä"]
    assert re.search(rf'name="vaihe" value="implementation" checked> {word} ', html)
    assert all(url.startswith(path) for url in chips(html).values())
    assert len(chips(html)) == 2


def lit_project(number: int) -> Project:
    """A project whose row has every optional part."""
    places = MunicipalityFactory.create_batch(2)
    project = ProjectFactory(
        municipalities=places,
        regions=[RegionFactory(county=True, members=places)],
        themes=[ThemeFactory()],
        title_sv=f"Projekt {number}",
        start_date=date(2026, 1, 1),
        end_date=date(2030, 1, 1),
        budget=1000,
        money_as_of=date(2026, 1, 1),
    )
    TaskFactory(project=project, due_date=date(2026, 2, 1))
    TaskFactory(project=project, done=True)
    organisation = OrganisationFactory(municipality=places[0], kind=OrganisationKind.MUNICIPALITY)
    ProjectOrganisation.objects.create(
        project=project, organisation=organisation, role=OrganisationRole.RESPONSIBLE
    )
    alone = ProjectFactory(activity=Activity.CANCELLED, is_ongoing=True)
    ProjectOrganisation.objects.create(
        project=alone, organisation=OrganisationFactory(), role=OrganisationRole.RESPONSIBLE
    )
    actions.refresh(project=project)
    return project


@pytest.fixture
def queries(client: Client) -> Callable[[str], int]:
    def count(query: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client, query)
        return len(captured)

    return count


def test_queries_do_not_grow_with_rows(queries: Callable[[str], int]) -> None:
    Notice.objects.create(text_fi="Huolto tänään.")
    first = lit_project(0)
    region, theme, place = first.regions.get(), first.themes.get(), first.municipalities.first()
    every = (
        f"?q=hanke&alue={region.slug}&kunta={place.slug}&teema={theme.slug}&vaihe=implementation"
        "&tila=cancelled&aikataulu=late&jarjestys=title"
    )
    asked = ("", every, "?q=hanke", "?jarjestys=end", "?alue=unknown&kunta=unknown", "?page=9")
    before = [queries(query) for query in asked]
    for number in range(1, 15):
        lit_project(number)
    assert [queries(query) for query in asked] == before
    assert max(before) <= 12


@pytest.mark.usefixtures("remembering")
def test_what_pages_share_is_read_once_until_something_changes(
    queries: Callable[[str], int],
) -> None:
    lit_project(0)
    first = queries("?q=hanke&jarjestys=title")
    assert first <= 12
    assert queries("?q=hanke&jarjestys=title") == first - 7  # choices, order, menus, next moment


def test_what_the_dates_say_stands_beside_the_stated_badge_everywhere(client: Client) -> None:
    akaa = MunicipalityFactory(slug="akaa")
    region = RegionFactory(slug="alue")
    stated = {"stated_status": "on_time", "end_date": timezone.localdate() - timedelta(days=9)}
    ProjectFactory(municipalities=[akaa], regions=[region], **stated)  # of the region, no member's
    ProjectFactory(regions=[region], stated_status="late", end_date=timezone.localdate())
    ProjectFactory(regions=[region], stated_status="on_time")
    said = "Aikataulussa päivämäärien mukaan myöhässä"
    for path, others in (("/hankkeet/", 1), ("/", 1), ("/alueet/alue/", 1), ("/kunnat/akaa/", 0)):
        text = words(client.get(path).content.decode())
        assert text.count(said) == 1, path
        assert text.count("Myöhässä päivämäärien mukaan aikataulussa") == others, path
        assert text.count("päivämäärien mukaan") == 1 + others, "silent where nothing contradicts"
