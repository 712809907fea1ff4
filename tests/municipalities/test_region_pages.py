"""Pages of regions: what is known, what is not, and nothing hidden."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from climateportal.models import remember_slug
from municipalities.models import Municipality, Region
from projects.enums import Activity
from projects.models import RegionCoordinator, Task
from tests.factories import (
    ClimateTargetFactory,
    ContactFactory,
    GoalFactory,
    MeasurementFactory,
    MunicipalityFactory,
    ProjectFactory,
    RegionFactory,
    TaskFactory,
)
from tests.municipalities.reading import read, words
from tests.projects.summaries.test_queries import lit_up

pytestmark = pytest.mark.django_db


class TestRegionList:
    """Cooperation areas, and counties with their sub-regions."""

    @pytest.mark.usefixtures("register")
    def test_counties_with_their_sub_regions(self, client: Client) -> None:
        county = Region.objects.get(slug="pirkanmaa")
        RegionFactory(
            name_fi="Etelä-Pirkanmaa",
            parent=county,
            members=county.members.exclude(slug="palkane")[:3],
        )
        ProjectFactory(municipalities=[Municipality.objects.get(slug="palkane")])
        html = read(client, "/en/regions/")
        assert len(set(re.findall(r'href="(/en/regions/[^"#]+)"', html))) == 19 + 69 + 1
        text = words(html)
        assert "Cooperation areas Etelä-Pirkanmaa Pirkanmaa 3 municipalities, 0 projects" in text
        assert "Pirkanmaa 23 municipalities, 1 project" in text
        assert "Kymenlaakso 6 municipalities, 0 projects" in text

    def test_an_empty_portal_says_so(self, client: Client) -> None:
        assert "No regions have been entered yet." in read(client, "/en/regions/")


class TestRegion:
    """One region's page."""

    def test_everything_that_is_known(self, client: Client) -> None:
        region, place = lit_up(2)
        Task.objects.filter(state="done").update(completed_at=timezone.localdate())
        Region.objects.filter(pk=region.pk).update(
            lead_fi="Ingressi.", description_fi="<p>Kuvaus.</p>", website="https://example.fi/"
        )
        html = read(client, f"/en/regions/{region.slug}/")
        headings = re.findall(r"<h2[^>]*>(.*?)</h2>", html)
        contents = html[html.index('class="toc"') : html.index('id="myohassa"')]
        assert [
            (address, words(text))
            for address, text in re.findall(r'<a href="#([^"]+)">(.*?)</a>', contents)
        ] == [
            (address, words(text))
            for address, text in re.findall(r'<h2 id="([^"]+)">(.*?)</h2>', html)
        ]
        assert [words(heading) for heading in headings] == [
            "What is late",
            "How the municipalities stand",
            "Joint projects",
            "Goals",
            "Costs and budgets",
            "What has happened",
            "What is ahead",
            "Good practices",
            "About the region",
            "Ryhmä",
            "Ryhmä",
            "Coordinators",
            "Regions that belong here",
        ]
        text = words(html)
        assert "projects, 2 under way, 0 completed 2 " in text
        assert "municipalities take part in projects 3 /3" in text
        assert "tasks done 2 /4" in text
        assert "tasks late 2 " in text
        assert "2 projects in all €2 €0 0% €2 15 Jun 2024" in text
        assert "Show all 2 projects in the list" in text
        row = next(row for row in re.findall(r"<tr>.*?</tr>", html, re.S) if place.name in row)
        assert "not reported 2030 0 0 0 2 0 2/4" in words(row)

    def test_an_empty_region_has_no_empty_headings(self, client: Client) -> None:
        region = RegionFactory()
        html = read(client, f"/en/regions/{region.slug}/")
        assert "<h2" not in html
        assert "<table" not in html
        assert 'class="toc"' not in html
        assert "projects, 0 under way, 0 completed 0 " in words(html)

    def test_unknown_is_a_word_and_zero_a_number(
        self, client: Client, palkane: Municipality
    ) -> None:
        region = RegionFactory(members=[palkane])
        html = read(client, f"/en/regions/{region.slug}/")
        row = next(row for row in re.findall(r"<tr>.*?</tr>", html, re.S) if "Pälkäne" in row)
        assert (
            words(row) == "Pälkäne not reported not reported 0 0 0 0 0 0 0 not reported no projects"
        )
        assert "have a climate plan" not in words(html)

    def test_on_hold_is_told_beside_the_stages(self, client: Client, palkane: Municipality) -> None:
        region = RegionFactory(members=[palkane])
        ProjectFactory(municipalities=[palkane], activity=Activity.PAUSED)
        ProjectFactory(municipalities=[palkane], activity=Activity.CANCELLED)
        html = read(client, f"/en/regions/{region.slug}/")
        row = next(row for row in re.findall(r"<tr>.*?</tr>", html, re.S) if "Pälkäne" in row)
        assert words(row).startswith("Pälkäne 1 on hold, 1 cancelled")

    def test_the_list_has_as_many_projects_as_the_page_says(
        self, client: Client, palkane: Municipality
    ) -> None:
        region = RegionFactory(slug="alue", members=[palkane])
        part = RegionFactory(parent=region)
        ProjectFactory(municipalities=[palkane], regions=[region, part])
        ProjectFactory(regions=[part])
        ProjectFactory(regions=[part], draft=True)
        assert "Show all 2 projects in the list" in words(read(client, "/en/regions/alue/"))
        assert "2 projects" in words(read(client, "/en/projects/?alue=alue"))

    def test_drafts_do_not_show_even_to_their_editor(
        self, client: Client, palkane: Municipality
    ) -> None:
        region = RegionFactory(members=[palkane])
        draft = ProjectFactory(title_fi="Salahanke", regions=[region], draft=True, budget=9)
        TaskFactory(project=draft)
        before = read(client, f"/kunnat/{palkane.slug}/"), read(client, f"/alueet/{region.slug}/")
        draft.delete()
        after = read(client, f"/kunnat/{palkane.slug}/"), read(client, f"/alueet/{region.slug}/")
        assert before == after

    @pytest.mark.parametrize(
        ("path", "word"),
        [("/alueet/", "Kuntien tilanne"), ("/sv/regioner/", "Pälkäne"), ("/en/regions/", "stand")],
    )
    def test_in_every_language(
        self, client: Client, palkane: Municipality, path: str, word: str
    ) -> None:
        region = RegionFactory(members=[palkane])
        assert word in read(client, f"{path}{region.slug}/")

    def test_a_changed_address_leads_on(self, client: Client) -> None:
        region = RegionFactory(slug="uusi")
        remember_slug(region, "vanha")
        response = client.get("/sv/regioner/vanha/")
        assert (response.status_code, response["Location"]) == (301, "/sv/regioner/uusi/")

    def test_cards_are_sorted_by_links_as_the_table_is_by_its_headings(
        self, client: Client, palkane: Municipality
    ) -> None:
        region = RegionFactory(members=[palkane])
        html = read(client, f"/alueet/{region.slug}/?jarjesta=tehty")
        links, table = (
            re.findall(r'href="[^"]*?(?:jarjesta=(\w+))?#kunnat"', part)
            for part in html[html.index('class="sorts"') :].split("<tbody>")[0].split("<table", 1)
        )
        assert sorted(links) == sorted(table)
        assert len(links) == 6
        assert "Tehtäviä tehty, järjestetty tämän mukaan" in words(html)

    def test_goals_of_members_are_folded_under_their_names(
        self, client: Client, palkane: Municipality
    ) -> None:
        region = RegionFactory(members=[palkane])
        GoalFactory(project=None, municipality=palkane, text_fi="Oma tavoite", state="met")
        text = words(read(client, f"/en/regions/{region.slug}/"))
        assert "Goals of the municipalities Pälkäne 1 goal Oma tavoite Met" in text

    def test_goals_tell_how_far_they_are_and_regress_as_regress(
        self, client: Client, palkane: Municipality
    ) -> None:
        region = RegionFactory(members=[palkane])
        own = {"project": None, "base_value": 10, "target_value": 0}
        joint = GoalFactory(text_fi="Yhteinen", region=region, **own)
        away = GoalFactory(text_fi="Oma", municipality=palkane, **own)
        for goal, place, values in (
            (joint, None, (9, 4)),
            (joint, palkane, (8,)),
            (joint, MunicipalityFactory(name_fi="Muualla"), (1,)),
            (away, None, (8, 12)),
        ):
            for number, value in enumerate(values):
                day = timezone.localdate() - timedelta(days=9 - number)
                MeasurementFactory(goal=goal, municipality=place, date=day, value=value)
        html = read(client, f"/en/regions/{region.slug}/")
        text = words(html)
        assert "Yhteinen 60% of the target reached measured on" in text
        assert "Oma Further from the target than at the start, −20% measured on" in text
        assert "Worse than at the previous measurement (8," in text
        assert html.count('class="chart"') == 2, "the whole's line and Pälkäne's"
        assert "Muualla" not in text


class TestPlainWords:
    """What figures and rows say, so that nobody takes them for something else."""

    def test_the_head_adds_up_and_says_which_goals_it_counts(
        self, client: Client, palkane: Municipality
    ) -> None:
        region = RegionFactory(slug="alue", members=[palkane])
        for stage in ("idea", "decided", "implementation", "completed"):
            ProjectFactory(municipalities=[palkane], stage=stage)
        GoalFactory(project=None, region=region)
        GoalFactory(project=ProjectFactory(municipalities=[palkane], activity=Activity.PAUSED))
        text = words(read(client, "/en/regions/alue/"))
        assert "projects, 1 under way, 2 not under way yet, 1 completed, 1 on hold 5" in text
        assert (
            "own goals of the region and its municipalities met 0 /1 goals of projects not counted"
        ) in text

    def test_a_joint_target_is_called_joint(self, client: Client, palkane: Municipality) -> None:
        region = RegionFactory(slug="alue", county=True, members=[palkane])
        ClimateTargetFactory(municipality=None, region=region, target_year=2035)
        assert "Pälkäne not reported 2035 joint" in words(read(client, "/en/regions/alue/"))
        ClimateTargetFactory(municipality=palkane, target_year=2040)
        assert "Pälkäne not reported 2040 0" in words(read(client, "/en/regions/alue/"))

    def test_why_a_late_project_is_stated_to_be_on_schedule(
        self, client: Client, palkane: Municipality
    ) -> None:
        RegionFactory(slug="alue", members=[palkane])
        ProjectFactory(
            municipalities=[palkane],
            end_date=timezone.localdate() - timedelta(days=9),
            stated_status="on_time",
            stated_reason_fi="Kaikki on tehty.",
        )
        text = words(read(client, "/alueet/alue/"))
        assert "ilmoitettu aikataulu: Aikataulussa. Kaikki on tehty." in text

    def test_a_goal_of_a_municipality_tells_values_and_unit(
        self, client: Client, palkane: Municipality
    ) -> None:
        RegionFactory(slug="alue", members=[palkane])
        goal = GoalFactory(
            project=None, municipality=palkane, unit_fi="kg/annos", base_value=4, target_value=2
        )
        MeasurementFactory(goal=goal, value=3)
        text = words(read(client, "/alueet/alue/"))
        assert "Lähtöarvo 4, viimeisin arvo 3, tavoite 2. Mittari: kg/annos" in text


class TestContacts:
    """One name for one contact, and a way to reach it."""

    def test_a_mailbox_goes_by_its_title_and_name_wherever_it_stands(
        self, client: Client, palkane: Municipality
    ) -> None:
        region = RegionFactory(slug="alue", members=[palkane])
        box = ContactFactory(kind="role", name="SavoGrow", title_fi="Neuvoja", email="a@example.fi")
        RegionCoordinator.objects.create(region=region, contact=box)
        task = TaskFactory(
            project=ProjectFactory(regions=[region]),
            due_date=timezone.localdate() - timedelta(days=2),
        )
        link = '<a href="mailto:a&#64;example.fi">Neuvoja, SavoGrow</a>'
        html = client.get("/alueet/alue/").content.decode()
        assert html.count(link) == 2, "of the late task and of the municipality"
        assert "<strong>Neuvoja, SavoGrow</strong>" in html, "on the card"
        assert "SavoGrow koordinaattori" not in words(html)
        listed = client.get("/alueet/alue/tehtavat/").content.decode()
        assert link in listed
        assert f"#tehtava-{task.pk}" in listed
        assert (
            f'id="tehtava-{task.pk}"'
            in client.get(task.project.get_absolute_url()).content.decode()
        )
        swedish = client.get("/sv/regioner/alue/").content.decode()
        assert '<span lang="fi">Neuvoja</span>, <span lang="fi">SavoGrow</span>' in swedish

    def test_a_joint_task_of_several_parts_asks_none_of_their_coordinators(
        self, client: Client
    ) -> None:
        places = MunicipalityFactory.create_batch(2)
        county = RegionFactory(slug="alue", members=places)
        for place in places:
            part = RegionFactory(parent=county, members=[place])
            RegionCoordinator.objects.create(region=part, contact=ContactFactory(name=place.name))
        TaskFactory(project=ProjectFactory(municipalities=places))
        html = client.get("/alueet/alue/tehtavat/").content.decode()
        assert 'href="/alueet/alue/#yhteystiedot">alueen osien koordinaattorit</a>' in html
