"""The lists behind a region's figures, and the report of a municipality."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from municipalities.models import Municipality, Region
from projects.models import Expense
from projects.summaries import region_summary
from tests.factories import MunicipalityFactory, ProjectFactory, RegionFactory, TaskFactory
from tests.municipalities.reading import words

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LATE = TODAY - timedelta(days=12)


@pytest.fixture
def akaa() -> Municipality:
    return MunicipalityFactory(name_fi="Akaa", slug="akaa")


@pytest.fixture
def region(akaa: Municipality) -> Region:
    """Two projects with tasks in every state, one of them somebody else's, and a draft."""
    region = RegionFactory(slug="alue", members=[akaa, MunicipalityFactory(name_fi="Urjala")])
    outside = MunicipalityFactory(name_fi="Muualla")
    project = ProjectFactory(
        title_fi="Hanke", municipalities=[akaa, outside], budget=1000, money_as_of=TODAY
    )
    TaskFactory(project=project, title_fi="Myöhäinen", due_date=LATE, municipality=akaa)
    TaskFactory(project=project, title_fi="Tehty työ", done=True)
    TaskFactory(project=project, title_fi="Avoin työ")
    TaskFactory(project=project, title_fi="Muiden työ", due_date=LATE, municipality=outside)
    TaskFactory(project=project, title_fi="Peruttu työ", state="cancelled")
    ended = ProjectFactory(title_fi="Päättynyt", municipalities=[akaa], stage="completed")
    TaskFactory(project=ended, title_fi="Jäi tekemättä", due_date=LATE)
    draft = ProjectFactory(draft=True, title_fi="Luonnos", regions=[region], budget=9)
    TaskFactory(project=draft, title_fi="Salainen työ", due_date=LATE)
    Expense.objects.create(project=project, date=LATE, amount="250.50", state="paid")
    Expense.objects.create(project=project, date=LATE, amount="99", state="planned")
    return region


def shown(client: Client, query: str) -> set[str]:
    html = client.get(f"/alueet/alue/tehtavat/{query}").content.decode()
    titles = (
        "Myöhäinen", "Tehty työ", "Avoin työ", "Muiden työ", "Peruttu työ", "Jäi tekemättä",
        "Salainen työ",
    )  # fmt: skip
    return {title for title in titles if title in html}


class TestTasks:
    """Every number of the region's page leads to as many rows."""

    @pytest.mark.parametrize(
        ("query", "titles"),
        [
            ("", {"Myöhäinen", "Tehty työ", "Avoin työ", "Jäi tekemättä"}),
            ("?tila=myohassa", {"Myöhäinen"}),
            ("?tila=tehty", {"Tehty työ"}),
            ("?tila=avoin", {"Myöhäinen", "Avoin työ", "Jäi tekemättä"}),
            ("?tila=myohassa&kunta=akaa", {"Myöhäinen"}),
        ],
    )
    def test_filters(self, client: Client, region: Region, query: str, titles: set[str]) -> None:
        assert shown(client, query) == titles

    def test_as_many_as_the_page_says(self, client: Client, region: Region) -> None:
        tasks = region_summary(region).tasks
        for query, number in (
            ("tehty", tasks.done),
            ("avoin", tasks.open),
            ("myohassa", tasks.late),
        ):
            assert len(shown(client, f"?tila={query}")) == number

    def test_days_and_whose(self, client: Client, region: Region) -> None:
        text = words(client.get("/alueet/alue/tehtavat/?tila=myohassa").content.decode())
        assert "Myöhäinen Hanke Akaa 12 päivää myöhässä" in text

    @pytest.mark.parametrize(
        "query", ["?tila=x", "?kunta=x", "?page=99999999999", "?page=abc", "?page=0", "?page=-1"]
    )
    def test_odd_addresses_show_all_and_say_so(
        self, client: Client, region: Region, query: str
    ) -> None:
        response = client.get(f"/alueet/alue/tehtavat/{query}")
        assert response.status_code == 200
        assert "Osaa osoitteesta ei ymmärretty" in response.content.decode()
        assert shown(client, query) == {"Myöhäinen", "Tehty työ", "Avoin työ", "Jäi tekemättä"}


class TestCosts:
    """Budgets and costs, each project once."""

    def test_budget_and_used(self, client: Client, region: Region) -> None:
        text = words(client.get("/alueet/alue/kustannukset/").content.decode())
        assert "Hanke 1 000 € 250,50 €" in text
        assert "1 hanke ei ole julkaissut rahatietojaan." in text
        assert "Luonnos" not in text

    def test_unknown_region(self, client: Client) -> None:
        assert client.get("/alueet/eiole/kustannukset/").status_code == 404
        assert client.get("/alueet/eiole/tehtavat/").status_code == 404


class TestSorting:
    """The table of municipalities, without scripts."""

    def test_by_late_tasks(self, client: Client, region: Region) -> None:
        html = client.get("/alueet/alue/?jarjesta=myohassa").content.decode()
        table = html[html.index('class="munis"') :]
        assert table.index("Akaa") < table.index("Urjala")
        assert 'aria-sort="descending"' in table
        assert html.count("aria-sort") == 1

    def test_an_odd_order_is_told(self, client: Client, region: Region) -> None:
        html = client.get("/alueet/alue/?jarjesta=x").content.decode()
        assert "Taulukkoa ei voi järjestää niin." in html
        assert 'aria-sort="ascending"' in html


class TestReport:
    """The report of a municipality and a period."""

    def test_page_and_files(self, client: Client, region: Region) -> None:
        html = client.get("/kunnat/akaa/raportti/").content.decode()
        assert "Ilmastotyön raportti: Akaa" in html
        assert "Luonnos" not in html
        for kind, start in (("pdf", b"%PDF-"), ("xlsx", b"PK"), ("txt", b"Ilmasto")):
            response = client.get(f"/kunnat/akaa/raportti/raportti.{kind}")
            assert response.status_code == 200
            assert response.content.lstrip(b"\xef\xbb\xbf\n").startswith(start)
        assert client.get("/kunnat/akaa/raportti/raportti.exe").status_code == 404

    def test_in_a_period(self, client: Client, region: Region) -> None:
        first, last = TODAY - timedelta(days=30), TODAY
        query = {"alku": first.isoformat(), "loppu": last.isoformat()}
        html = client.get("/kunnat/akaa/raportti/", query).content.decode()
        assert f'value="{first.isoformat()}"' in html

    @pytest.mark.parametrize(
        "query",
        [
            {"alku": "x", "loppu": "y"},
            {"alku": "2026-05-01", "loppu": "2026-04-01"},
            {"alku": "1999-01-01", "loppu": "2026-04-01"},
            {"alku": "2026-01-01", "loppu": "2999-01-01"},
            {"alku": "2026-01-01"},
            {"loppu": "9" * 500},
        ],
    )
    def test_odd_periods_are_told_at_the_form(
        self, client: Client, region: Region, query: dict[str, str]
    ) -> None:
        response = client.get("/kunnat/akaa/raportti/", query)
        assert response.status_code == 200
        assert "Jaksoa ei voitu käyttää." in response.content.decode()
        assert client.get("/kunnat/akaa/raportti/raportti.pdf", query).status_code == 200

    def test_a_merged_municipality_leads_on(self, client: Client, akaa: Municipality) -> None:
        MunicipalityFactory(slug="toijala", successor=akaa, valid_until=TODAY - timedelta(days=400))
        response = client.get("/kunnat/toijala/raportti/")
        assert (response.status_code, response["Location"]) == (301, "/kunnat/akaa/raportti/")
