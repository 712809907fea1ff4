"""The lists behind a region's figures."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from municipalities.models import Municipality, Region
from projects.models import Expense, Project, RegionCoordinator
from projects.summaries import region_summary
from projects.summaries.agenda import past_end_q
from projects.summaries.coordinators import Asked, Coordinators
from projects.summaries.counts import project_facts
from projects.summaries.members import Members
from projects.summaries.places import Mergers
from tests.factories import (
    ContactFactory,
    MunicipalityFactory,
    ProjectContactFactory,
    ProjectFactory,
    RegionFactory,
    TaskFactory,
)
from tests.municipalities.reading import words
from tests.projects.summaries.reading import rows_of

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


def test_tasks_of_a_municipality_are_those_that_its_row_counts(
    client: Client, region: Region, akaa: Municipality
) -> None:
    """Its own task in a project that it has left is in the region's list only."""
    left = ProjectFactory(municipalities=[MunicipalityFactory()], regions=[region])
    TaskFactory(project=left, title_fi="Jäi hankkeeseen", municipality=akaa)
    whole, own = (
        client.get(f"/alueet/alue/tehtavat/{query}").content.decode()
        for query in ("", "?kunta=akaa")
    )
    assert "Jäi hankkeeseen" in whole
    assert "Jäi hankkeeseen" not in own
    row = rows_of(region_summary(region, TODAY))["Akaa"]
    assert row.tasks.total == len(shown(client, "?kunta=akaa"))


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

    def test_late_ones_come_first_and_each_once(self, client: Client, region: Region) -> None:
        """Also of a project with several municipalities, narrowed to one of them."""
        for query in ("", "?kunta=akaa"):
            html = client.get(f"/alueet/alue/tehtavat/{query}").content.decode()
            found = [words(name) for name in re.findall(r'<th scope="row">(.*?)</th>', html, re.S)]
            assert found == ["Myöhäinen", "Jäi tekemättä", "Avoin työ", "Tehty työ"], query

    def test_the_chosen_filter_is_told_and_each_says_how_many(
        self, client: Client, region: Region
    ) -> None:
        html = client.get("/alueet/alue/tehtavat/?tila=avoin").content.decode()
        (chosen,) = re.findall(r'<a href="\?tila=\w+" aria-current="true">.*?</a>', html)
        assert words(chosen) == "Avoimet 3"
        assert "<svg" in chosen, "a shape, not colour alone"
        assert "Kaikki 4 Myöhässä 1 Avoimet 3 Tehdyt 1" in words(html)

    def test_nothing_found_says_what_was_looked_for_and_leads_on(
        self, client: Client, region: Region
    ) -> None:
        urjala = region.members.exclude(slug="akaa").get()
        path = f"/alueet/alue/tehtavat/?tila=myohassa&kunta={urjala.slug}"
        html = client.get(path).content.decode()
        assert "Mikään tehtävä ei ole myöhässä. Kunta: Urjala." in words(html)
        assert 'href="?tila=myohassa">sama alueen kaikissa kunnissa' in html
        region.memberships.exclude(municipality=urjala).delete()
        text = words(client.get("/alueet/alue/tehtavat/").content.decode())
        assert "Tehtäviä ei ole julkaistu." in text


@pytest.fixture
def past(akaa: Municipality) -> Project:
    """A project that is past its end date and said to be on schedule; others that are not past."""
    project = ProjectFactory(
        title_fi="Yli ajan", municipalities=[akaa], end_date=LATE, stated_status="on_time"
    )
    for values in (
        {"stage": "completed", "completed_on": LATE},
        {"activity": "paused"},
        {"activity": "cancelled"},
        {"end_date": TODAY},
        {"draft": True},
    ):
        ProjectFactory(title_fi="Muu", municipalities=[akaa], **{"end_date": LATE, **values})
    return project


class TestPastTheEnd:
    """A project past its end date is late, whatever its coordinator has stated (rule 2)."""

    def test_the_rule_is_the_same_in_sql_and_python(self, past: Project) -> None:
        found = {
            row.pk
            for row in project_facts(Project.objects.published(), Mergers(TODAY))
            if row.is_past_end(TODAY)
        }
        assert found == {past.pk}
        assert set(Project.objects.published().filter(past_end_q(TODAY))) == {past}

    def test_the_region_names_it(self, client: Client, akaa: Municipality, past: Project) -> None:
        RegionFactory(slug="alue", members=[akaa])
        text = words(client.get("/alueet/alue/").content.decode())
        assert "hanke, jonka päättymispäivä on mennyt 1 " in text
        assert f"Yli ajan ilmoitettu aikataulu: Aikataulussa {LATE.day}." in text
        assert "12 päivää ei ilmoitettu" in text
        assert "Muu 12" not in text

    def test_no_task_is_late_is_not_all_that_is_said(
        self, client: Client, akaa: Municipality, past: Project
    ) -> None:
        RegionFactory(slug="alue", members=[akaa])
        TaskFactory(project=past)
        said = "Yhdenkään keskeneräisen hankkeen päättymispäivä ei ole mennyt."
        assert said not in words(client.get("/alueet/alue/").content.decode())
        listed = client.get("/alueet/alue/tehtavat/?tila=myohassa").content.decode()
        assert "Alueen 1 hankkeen päättymispäivä on mennyt" in words(listed)
        assert 'href="/alueet/alue/#myohassa"' in listed
        Project.objects.filter(pk=past.pk).update(end_date=TODAY)
        assert said in words(client.get("/alueet/alue/").content.decode())

    def test_many_lead_to_the_list_in_the_order_of_their_ends(
        self, client: Client, akaa: Municipality
    ) -> None:
        RegionFactory(slug="alue", members=[akaa])
        for number in range(8):
            ProjectFactory(municipalities=[akaa], end_date=LATE - timedelta(days=number))
        html = client.get("/alueet/alue/").content.decode()
        (address,) = re.findall(r'href="([^"]+)">Kaikki 8 hanketta, joiden', html)
        assert words(client.get(unescape(address)).content.decode()).count("8 hanketta")


class TestWhomToAsk:
    """A coordinator is asked where a project has no contact, and is called one."""

    def coordinate(self, region: Region, name: str) -> None:
        RegionCoordinator.objects.create(region=region, contact=ContactFactory(name=name))

    @pytest.mark.parametrize("path", ["", "tehtavat/"])
    def test_of_the_part_then_of_the_region(
        self, client: Client, region: Region, akaa: Municipality, path: str
    ) -> None:
        row = "Myöhäinen Hanke Akaa 12 päivää"
        read = lambda: words(client.get(f"/alueet/alue/{path}").content.decode())  # noqa: E731
        part = RegionFactory(parent=region, members=[MunicipalityFactory()])
        self.coordinate(part, "Muun Osan")
        assert "Muun Osan koordinaattori" not in read()
        self.coordinate(region, "Alueen Oma")
        assert re.search(rf"{row}.{{0,40}} Alueen Oma koordinaattori", read())
        self.coordinate(RegionFactory(parent=region, members=[akaa]), "Osan Oma")
        assert re.search(rf"{row}.{{0,40}} Osan Oma koordinaattori", read())
        project = Project.objects.get(title_fi="Hanke")
        contact = ContactFactory(name="Hankkeen Oma")
        ProjectContactFactory(project=project, contact=contact, is_primary=True)
        assert re.search(rf"{row}.{{0,40}} Hankkeen Oma (?!koord)", read())

    def test_a_joint_project_asks_the_part_that_has_all_its_municipalities(self) -> None:
        first, second, third = MunicipalityFactory.create_batch(3)
        region = RegionFactory(members=[first, second, third])
        parts = [
            RegionFactory(name_fi=name, parent=region, members=members)
            for name, members in (("A", [first]), ("B", [first, second]))
        ]
        for part in parts:
            self.coordinate(part, part.name)
        members = Members.read(region, TODAY)
        found = Coordinators.read(region, members, TODAY)
        assert found.of([first.pk, second.pk]).name == "B"
        assert found.of([second.pk, third.pk]).name == "B", "of the only part that has some"
        assert found.of([first.pk, third.pk]) is None, "none of several answers for the whole"
        assert found.asked(None, [first.pk, third.pk]) == Asked(None, is_coordinator=True)
        assert found.of([third.pk]) is None
        self.coordinate(region, "Koko")
        found = Coordinators.read(region, members, TODAY)
        assert found.of([first.pk, third.pk]).name == "Koko"

    def test_a_municipality_without_a_contact_has_the_coordinator(
        self, client: Client, region: Region
    ) -> None:
        self.coordinate(region, "Alueen Oma")
        html = client.get("/alueet/alue/").content.decode()
        row = next(row for row in re.findall(r"<tr>.*?</tr>", html, re.S) if "Urjala" in row)
        assert "Alueen Oma koordinaattori" in words(row)


class TestCosts:
    """Budgets and costs, each project once."""

    def test_budget_and_used(self, client: Client, region: Region) -> None:
        text = words(client.get("/alueet/alue/kustannukset/").content.decode())
        assert (
            "Hanke mukana kuntia myös alueen ulkopuolelta 1 000 € 250,50 € 25,1 % 749,50 €" in text
        )
        assert "1 hanke ei ole julkaissut kustannustietojaan." in text
        assert "Luonnos" not in text

    def test_overspending_and_what_is_not_known_are_told_in_words(
        self, client: Client, akaa: Municipality, region: Region
    ) -> None:
        """A use of nothing is nothing only where expenses are reported (as on a project's page)."""
        money = {"municipalities": [akaa], "money_as_of": TODAY - timedelta(days=40)}
        over = ProjectFactory(title_fi="Ylitys", budget=5000, **money)
        Expense.objects.create(project=over, date=LATE, amount="6850", state="claimed")
        planned = ProjectFactory(title_fi="Aikomus", budget=3000, **money)
        Expense.objects.create(project=planned, date=TODAY, amount="10", state="planned")
        ProjectFactory(title_fi="Hiljainen", budget=2000, **money)
        loose = ProjectFactory(title_fi="Budjetiton", **money)
        Expense.objects.create(project=loose, date=LATE, amount="1", state="paid")
        rows = {row.pk: row for row in region_summary(region).money.projects}
        assert (rows[over.pk].as_of, rows[planned.pk].as_of) == (LATE, money["money_as_of"])
        listed = words(client.get("/alueet/alue/kustannukset/").content.decode())
        page = words(client.get("/alueet/alue/").content.decode())
        for text in (listed, page):
            assert "Ylitys 5 000 € 6 850 € 137 % 1 850 € yli budjetin −1 850 €" in text
            assert "Aikomus 3 000 € 0 € 0 % 3 000 €" in text
            assert "Hiljainen 2 000 € ei ilmoitettu ei ilmoitettu" in text
            assert text.count("yli budjetin") == 1
            assert "Yli budjetin: Ylitys 1 850 €" in text
            assert (
                "5 hanketta yhteensä 11 000 € 1 hankkeen budjetti ei ole tiedossa "
                "7 101,50 € 78,9 % niistä, joista molemmat tiedetään "
                "1 hankkeen käyttö ei ole tiedossa "
                "1 899,50 € niistä, joista molemmat tiedetään"
            ) in text
        head = page[page.index("käytetty budjeteista") : page.index("Näytä kaikki")]
        assert "11 000 € 7 101,50 €" in head
        oldest = money["money_as_of"]
        day = f"{oldest.day}.{oldest.month}.{oldest.year}"
        assert f"tilanne {day} tai myöhemmin 78,9 %, jäljellä 1 899,50 €" in head
        assert "1 hanke ylittää budjettinsa, ylitys 1 850 €" in head
        for told in (
            "1 hankkeen käyttö ei ole tiedossa",
            "1 hankkeen budjetti ei ole tiedossa",
            "1 hanke ei ole julkaissut kustannustietojaan.",
        ):
            assert told in head

    @pytest.mark.parametrize("path", ["", "kustannukset/"])
    def test_whose_money_is_in_the_sums_and_whose_is_not(
        self, client: Client, akaa: Municipality, region: Region, path: str
    ) -> None:
        read = lambda: words(client.get(f"/alueet/alue/{path}").content.decode())  # noqa: E731
        Project.objects.all().delete()
        ProjectFactory(municipalities=[akaa], budget=9, money_as_of=TODAY)
        assert "alueen ulkopuolelta" not in read()
        ProjectFactory(
            title_fi="Laaja", municipalities=[akaa, MunicipalityFactory()], budget=5,
            money_as_of=TODAY, money_source_fi="Kirjanpito",
        )  # fmt: skip
        ProjectFactory(title_fi="Vaitelias", municipalities=[akaa])
        ProjectFactory(title_fi="Salainen", municipalities=[akaa], draft=True)
        text = read()
        assert (
            "Sisältää kokonaan 1 hankkeen, jossa on mukana kuntia myös alueen ulkopuolelta." in text
        )
        assert "Laaja mukana kuntia myös alueen ulkopuolelta Lähde: Kirjanpito 5 €" in text
        missing = text[text.index("ole julkaissut kustannustietojaan. ") :]
        assert "Vaitelias" in missing
        assert "Salainen" not in text

    def test_the_list_has_what_municipalities_used(
        self, client: Client, akaa: Municipality, region: Region
    ) -> None:
        project = ProjectFactory(municipalities=[akaa], budget=9, money_as_of=TODAY)
        Expense.objects.create(
            project=project, date=TODAY, amount="4", state="paid", municipality=akaa
        )
        for path in ("", "kustannukset/"):
            text = words(client.get(f"/alueet/alue/{path}").content.decode())
            assert "Kunta Käytetty Akaa 4 €" in text

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
