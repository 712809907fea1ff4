"""Pages of municipalities: found by any name, in every language, honest, and bounded."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from climateportal.models import remember_slug
from municipalities.enums import PlanStatus
from municipalities.models import Emission, Municipality
from projects.enums import Activity, Stage, TaskState
from tests.factories import (
    ClimateTargetFactory,
    MaterialFactory,
    MunicipalityFactory,
    ProjectFactory,
    TaskFactory,
    UserFactory,
)
from tests.municipalities.reading import read, words
from tests.projects.summaries.test_queries import lit_up

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.localdate() - timedelta(days=1)


class TestMunicipalityList:
    """All municipalities by county, found by any form of their names."""

    @pytest.mark.usefixtures("register")
    def test_all_308_stand_under_their_counties(self, client: Client) -> None:
        ProjectFactory(municipalities=[Municipality.objects.get(slug="palkane")])
        Municipality.objects.filter(slug="akaa").update(plan_status=PlanStatus.IN_FORCE)
        html = read(client, "/en/municipalities/")
        assert html.count('<li><span><a href="/en/municipalities/') == 308
        assert "308 municipalities" in words(html)
        assert "Akaa Climate plan: in force 0 projects" in words(html)
        assert "Pälkäne 1 project" in words(html)
        assert len(re.findall(r"<h3 id=", html)) == 19
        names = re.findall(r'<li><span><a href="[^"]*">([^<]*)</a>', html)
        assert names.index("Ähtäri") > names.index("Vimpeli") > names.index("Alajärvi")

    @pytest.mark.usefixtures("register")
    @pytest.mark.parametrize(
        ("query", "slug"),
        [
            ("Pälkäne", "palkane"),
            ("  pälkäneellä ", "palkane"),
            ("PÄLKÄNEEN KUNTA", "palkane"),
            ("635", "palkane"),
            ("Jakobstad", "pietarsaari"),
            ("vasa stad", "vaasa"),
            ("Pedersören kunta", "pedersore"),
            ("Maaninka", "maaninka"),
        ],
    )
    def test_a_name_leads_to_its_page(self, client: Client, query: str, slug: str) -> None:
        response = client.get("/en/municipalities/", {"q": query})
        assert response.status_code == 302
        found = Municipality.objects.get(slug__startswith=slug)
        assert response["Location"] == f"/en/municipalities/{found.slug}/"

    @pytest.mark.usefixtures("register")
    def test_a_part_of_a_name_and_a_county_narrow_the_list(self, client: Client) -> None:
        html = read(client, "/en/municipalities/?q=joki")
        assert "Ylöjärvi" not in html
        assert "Alajoki" not in html
        assert "Kalajoki" in html
        county = read(client, "/en/municipalities/?q=kymenlaakso")
        assert "6 municipalities matching “kymenlaakso”" in words(county)

    def test_climate_plans_narrow_the_list(self, client: Client) -> None:
        MunicipalityFactory(name_fi="Voimala", plan_status=PlanStatus.IN_FORCE)
        MunicipalityFactory(name_fi="Aloittamaton", plan_status=PlanStatus.NONE)
        html = read(client, "/en/municipalities/?suunnitelma=in_force")
        assert "Voimala" in html
        assert "Aloittamaton" not in html
        assert "Aloittamaton" in read(client, "/en/municipalities/?suunnitelma=strange")

    def test_nothing_found_is_said_and_leads_on(self, client: Client, palkane: object) -> None:
        html = read(client, "/en/municipalities/?q=%3Cb%3Exyz")
        assert "No municipality matches the search." in html
        assert "/en/projects/?q=%3Cb%3Exyz" in html
        assert "<b>xyz" not in html

    @pytest.mark.parametrize("query", ["q=" + "ä" * 1600, "q=%20", "q[]=1", "suunnitelma=%27"])
    def test_odd_queries_get_a_page(self, client: Client, palkane: object, query: str) -> None:
        read(client, f"/kunnat/?{query}")

    @pytest.mark.parametrize("path", ["/kunnat/", "/kunnat/palkane/", "/alueet/"])
    def test_nul_is_refused(self, client: Client, palkane: object, path: str) -> None:
        assert client.get(f"{path}?q=%00").status_code == 400

    def test_merged_ones_are_not_listed(self, client: Client, palkane: Municipality) -> None:
        MunicipalityFactory(name_fi="Luopioinen", successor=palkane, valid_until=YESTERDAY)
        assert "Luopioinen" not in read(client, "/kunnat/")


class TestMunicipality:
    """One municipality's page."""

    @pytest.mark.parametrize(
        ("path", "heading"),
        [
            ("/kunnat/palkane/", "Hankkeet Pälkäneellä"),
            ("/sv/kommuner/palkane/", "Projekt i Pälkäne"),
            ("/en/municipalities/palkane/", "Projects in Pälkäne"),
        ],
    )
    def test_in_every_language(
        self, client: Client, palkane: Municipality, path: str, heading: str
    ) -> None:
        html = read(client, path)
        assert heading in words(html)
        assert html.count("<h1") == 1

    def test_one_is_on_an_island_in_swedish(self, client: Client, register: None) -> None:
        for slug, where in (("foglo", "på Föglö"), ("espoo", "i Esbo")):
            ProjectFactory(municipalities=[Municipality.objects.get(slug=slug)])
            assert f"Projekt {where}" in words(read(client, f"/sv/kommuner/{slug}/"))

    def test_an_empty_municipality_has_no_empty_headings(
        self, client: Client, palkane: Municipality
    ) -> None:
        html = read(client, "/en/municipalities/palkane/")
        headings = re.findall(r"<h2[^>]*>([^<]*)", html)
        assert headings == ["Climate plan and targets", "Projects in Pälkäne"]
        text = words(html)
        assert "Climate plan: not reported" in text
        assert "Climate target: not reported" in text
        assert "projects 0 " in text
        assert "No projects have been published." in text

    def test_everything_that_is_known(self, client: Client) -> None:
        _region, place = lit_up(2)
        Municipality.objects.filter(pk=place.pk).update(
            plan_status=PlanStatus.IN_FORCE,
            plan_name_fi="Ilmasto-ohjelma",
            plan_url="https://example.fi/ohjelma",
            plan_decided_on=date(2021, 3, 1),
            website="https://example.fi/",
        )
        html = read(client, f"/en/municipalities/{place.slug}/")
        headings = re.findall(r"<h2[^>]*>([^<]*)", html)
        assert headings == [
            "What is late",
            "Climate plan and targets",
            "Emissions",
            "Goals of the municipality",
            f"Joint goals in {place.name}",
            f"Projects in {place.name}",
            "The municipality's share of the costs",
            "The same themes in municipalities of about the same size",
            "Materials",
            "Contacts",
            "Good practices in use",
            "Regions",
        ]
        text = words(html)
        assert "In force, approved on 1 March 2021" in text
        assert '<a href="https://example.fi/ohjelma"><span lang="fi">Ilmasto-ohjelma' in html
        assert "inhabitants in 2022 5,000" in text
        assert "tasks done 2 /4 2 late" in text
        assert "target: carbon neutral 2030" in text
        assert "Emissions fall by 80% from 2007." in text

    def test_its_own_stage_is_shown(self, client: Client, palkane: Municipality) -> None:
        project = ProjectFactory(municipalities=[palkane], stage=Stage.IMPLEMENTATION)
        project.participations.update(stage=Stage.PLANNING)
        text = words(read(client, "/en/municipalities/palkane/"))
        assert "Stage 3/5: Planning The whole project: stage 4/5, Implementation" in text

    def test_cancelled_tasks_stand_beside_the_others(
        self, client: Client, palkane: Municipality
    ) -> None:
        project = ProjectFactory(municipalities=[palkane])
        TaskFactory(project=project, done=True)
        TaskFactory(project=project, municipality=palkane)
        TaskFactory.create_batch(2, project=project, state=TaskState.CANCELLED)
        lone = ProjectFactory(municipalities=[palkane])
        TaskFactory(project=lone, state=TaskState.CANCELLED)
        for path in ("/en/municipalities/palkane/", "/en/projects/?kunta=palkane"):
            text = words(read(client, path))
            assert "Tasks done 1/2, 2 cancelled" in text
            assert "1 cancelled task" in text

    def test_a_halted_project_says_so(self, client: Client, palkane: Municipality) -> None:
        ProjectFactory(municipalities=[palkane], activity=Activity.PAUSED)
        assert "On hold" in words(read(client, "/en/municipalities/palkane/"))

    def test_many_projects_lead_to_the_list(self, client: Client, palkane: Municipality) -> None:
        for _n in range(21):
            ProjectFactory(municipalities=[palkane])
        html = read(client, "/en/municipalities/palkane/")
        assert html.count('class="mini') == 20
        assert "Show all 21 projects in the list" in words(html)
        listed = read(client, "/en/projects/?kunta=palkane")
        assert "21 projects" in words(listed)

    def test_drafts_do_not_show_even_to_their_editor(
        self, client: Client, palkane: Municipality
    ) -> None:
        draft = ProjectFactory(title_fi="Salahanke", municipalities=[palkane], draft=True)
        MaterialFactory(project=draft, municipality=palkane, title_fi="Salakooste")
        client.force_login(UserFactory(superuser=True))
        for path in ("/kunnat/palkane/", "/kunnat/"):
            html = read(client, path)
            assert "Sala" not in html
            assert "1 hanke" not in words(html)

    def test_the_emission_chart_draws_with_points_in_finnish(
        self, client: Client, palkane: Municipality
    ) -> None:
        ClimateTargetFactory(municipality=palkane, base_year=2007, target_year=2032)
        for year, kilotonnes in ((2007, "101.3"), (2012, "95.5"), (2020, "60.555")):
            Emission.objects.create(
                municipality=palkane,
                year=year,
                sector="total",
                kilotonnes=kilotonnes,
                method="hinku",
                source="SYKE",
                retrieved_on=date(2024, 9, 13),
                is_preliminary=year == 2020,
            )
        html = read(client, "/kunnat/palkane/")
        svg = html[html.index('<svg class="chart"') : html.index("</svg>", html.index("chart"))]
        drawn = re.findall(r'\b(?:x|y|x1|x2|y1|y2|cx|cy|width|height)="([^"]*)"', svg)
        assert len(drawn) > 12
        assert all(re.fullmatch(r"-?\d+(\.\d+)?%?", number) for number in drawn), drawn
        text = words(html)
        assert "101 kt" in text
        assert "60,6 kt" in text
        assert "−40 %" in text
        assert "20,3 kt" in text  # a fifth of 2007
        assert svg.count("<title") == 1

    def test_old_addresses_lead_on(self, client: Client, palkane: Municipality) -> None:
        last = MunicipalityFactory(successor=palkane, valid_until=YESTERDAY)
        first = MunicipalityFactory(slug="ensin", successor=last, valid_until=date(2016, 12, 31))
        remember_slug(palkane, "pelkane")
        remember_slug(first, "ensimmainen")
        for slug in ("ensin", "pelkane"):
            response = client.get(f"/sv/kommuner/{slug}/")
            assert response.status_code == 301
            assert response["Location"] == "/sv/kommuner/palkane/"
        assert client.get("/kunnat/ensimmainen/")["Location"] == "/kunnat/ensin/"

    def test_on_its_last_day_it_still_has_a_page(
        self, client: Client, palkane: Municipality
    ) -> None:
        old = MunicipalityFactory(successor=palkane, valid_until=timezone.localdate())
        read(client, f"/kunnat/{old.slug}/")

    def test_successors_in_a_circle_do_not_hang(self, client: Client) -> None:
        first = MunicipalityFactory()
        second = MunicipalityFactory(successor=first, valid_until=YESTERDAY)
        Municipality.objects.filter(pk=first.pk).update(successor=second, valid_until=YESTERDAY)
        assert client.get(f"/kunnat/{first.slug}/").status_code == 404

    @pytest.mark.parametrize("path", ["/kunnat/ei-ole/", "/sv/kommuner/ei-ole/", "/alueet/ei-ole/"])
    def test_unknown_is_404(self, client: Client, path: str) -> None:
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("what", ["municipality-list", "municipality", "region-list", "region"])
def test_queries_are_constant_and_few(client: Client, what: str) -> None:
    counts = []
    for number in (1, 4):
        region, place = lit_up(number)
        with translation.override("fi"):
            path = {
                "municipality-list": "/kunnat/",
                "municipality": place.get_absolute_url(),
                "region-list": "/alueet/",
                "region": region.get_absolute_url(),
            }[what]
        with CaptureQueriesContext(connection) as queries:
            read(client, path)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
