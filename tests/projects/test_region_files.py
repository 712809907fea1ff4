"""The lists of a region as files for a spreadsheet."""

import io
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from climateportal.models.oldslug import remember_slug
from municipalities.models import Region
from projects.models import Expense
from projects.views import regionfiles
from tests.factories import (
    ContactFactory,
    MunicipalityFactory,
    ProjectContactFactory,
    ProjectFactory,
    RegionFactory,
    TaskFactory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def region() -> Region:
    """A project with money and tasks, one that tells nothing of its money, and a draft."""
    akaa = MunicipalityFactory(name_fi="Akaa", slug="akaa")
    region = RegionFactory(slug="alue", members=[akaa, MunicipalityFactory(slug="urjala")])
    project = ProjectFactory(
        title_fi="=Hanke", municipalities=[akaa], budget=1000, money_as_of=TODAY,
        money_source_fi="Kirjanpito",
    )  # fmt: skip
    Expense.objects.create(project=project, date=TODAY, amount="250.50", state="paid")
    TaskFactory(
        project=project, title_fi="=1+1", due_date=TODAY - timedelta(days=3), municipality=akaa
    )
    TaskFactory(project=project, title_fi="Tehty", done=True)
    contact = ContactFactory(kind="role", name="Akaa", title_fi="Neuvonta")
    ProjectContactFactory(project=project, contact=contact, is_primary=True)
    ProjectFactory(title_fi="Vaitelias", municipalities=[akaa])
    draft = ProjectFactory(title_fi="Luonnos", municipalities=[akaa], draft=True, budget=7)
    TaskFactory(project=draft, title_fi="Salainen")
    return region


def csv(client: Client, path: str) -> list[list[str]]:
    response = client.get(f"/alueet/alue/{path}")
    assert response["Content-Type"].startswith("text/csv")
    return [line.split(";") for line in response.content.decode("utf-8-sig").splitlines()]


@pytest.mark.usefixtures("region")
class TestFiles:
    """What stands in them, and that nothing in them is a formula."""

    def test_tasks(self, client: Client) -> None:
        heads, late, done = csv(client, "tehtavat/tehtavat.csv")
        assert heads[:3] == ["Tehtävä", "Hanke", "Kunta"]
        assert late[:4] == ["'=1+1", "'=Hanke", "Akaa", "Käynnissä"]
        assert late[6:8] == ["3", "Neuvonta, Akaa"]
        assert "#tehtava-" in late[9]
        assert done[0] == "Tehty"

    @pytest.mark.parametrize(
        ("query", "titles"),
        [("tila=tehty", ["Tehty"]), ("tila=myohassa", ["'=1+1"]), ("kunta=urjala", [])],
    )
    def test_tasks_as_they_are_filtered(
        self, client: Client, query: str, titles: list[str]
    ) -> None:
        page = client.get(f"/alueet/alue/tehtavat/?{query}").content.decode()
        assert ("/alueet/alue/tehtavat/tehtavat.csv?tila=" in page) == bool(titles)
        rows = csv(client, f"tehtavat/tehtavat.csv?{query}")[1:]
        assert [row[0] for row in rows] == titles

    def test_costs(self, client: Client) -> None:
        _heads, told, untold = csv(client, "kustannukset/kustannukset.csv")
        assert told[:7] == [
            "'=Hanke", "1000", "250,50", "25,10", "749,50",
            f"{TODAY.day}.{TODAY.month}.{TODAY.year}", "Kirjanpito",
        ]  # fmt: skip
        assert untold[:3] == ["Vaitelias", "ei ilmoitettu", "ei ilmoitettu"]
        assert "kustannukset.xlsx" in client.get("/alueet/alue/kustannukset/").content.decode()

    @pytest.mark.parametrize("path", ["tehtavat/tehtavat.xlsx", "kustannukset/kustannukset.xlsx"])
    def test_workbooks(self, client: Client, path: str) -> None:
        book = load_workbook(io.BytesIO(client.get(f"/alueet/alue/{path}").content))
        cells = [cell for row in book.active.iter_rows() for cell in row]
        assert any(str(cell.value).startswith("=") for cell in cells)
        assert all(cell.data_type != "f" for cell in cells)
        assert not any(str(cell.value) in ("Luonnos", "Salainen") for cell in cells)

    def test_the_last_row_tells_how_many_there_are_beyond_the_most(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(regionfiles, "MOST", 1)
        _heads, _late, left = csv(client, "tehtavat/tehtavat.csv")
        assert left[0] == "ja 1 tehtävä lisää"

    def test_a_network_that_fetches_file_after_file_is_asked_to_wait(
        self, client: Client, settings: LazySettings
    ) -> None:
        limits = settings.ACCOUNT_RATE_LIMITS
        settings.ACCOUNT_RATE_LIMITS = {**limits, "region_file": "2/5m/ip"}
        paths = ("tehtavat/tehtavat.csv", "kustannukset/kustannukset.xlsx", "tehtavat/tehtavat.csv")
        codes = [client.get(f"/alueet/alue/{path}").status_code for path in paths]
        assert codes == [200, 200, 429]

    def test_old_addresses_lead_to_the_file(self, client: Client, region: Region) -> None:
        remember_slug(region, "vanha")
        response = client.get("/alueet/vanha/tehtavat/tehtavat.csv")
        assert response.status_code == 301
        assert response["Location"] == "/alueet/alue/tehtavat/tehtavat.csv"

    @pytest.mark.parametrize("path", ["alue/tehtavat/tehtavat.pdf", "muu/tehtavat/tehtavat.csv"])
    def test_other_kinds_and_regions_are_not_found(self, client: Client, path: str) -> None:
        assert client.get(f"/alueet/{path}").status_code == 404
