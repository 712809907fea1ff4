"""The five real cases of the demo: every fact of each is in the database and on its page."""

import html
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from climateportal.models import Page
from municipalities.enums import PlanStatus, RegionKind
from municipalities.models import ClimateTarget, Municipality, Region, SteeringGroup
from projects.enums import EventKind, OrganisationRole, Stage
from projects.models import Goal, Project

pytestmark = [pytest.mark.usefixtures("demo", "db"), pytest.mark.any_database]


def words_of(page: str) -> str:
    """The words of a page on one line, without marks that only keep words together."""
    main = page[page.index("<main") : page.index("</main>")]
    text = html.unescape(re.sub(r"<[^>]+>", " ", main))
    return re.sub(r"\s+", " ", text.replace("\u2060", "").replace("\u00ad", ""))


@pytest.fixture
def shown(client: Client) -> Callable[[str], str]:
    """The words of a public page by its address."""

    def read(address: str) -> str:
        response = client.get(address)
        assert response.status_code == 200, address
        return words_of(response.content.decode())

    return read


def project(slug: str) -> Project:
    return Project.objects.published().get(slug=slug)


def in_order(text: str, parts: list[str]) -> bool:
    """Whether the parts occur one after another."""
    return bool(re.search(".*".join(re.escape(part) for part in parts), text))


def names(region: str) -> set[str]:
    return set(Region.objects.get(slug=region).members.values_list("name_fi", flat=True))


# --- 004: Hiilineutraali Etelä-Pirkanmaa 2030 ----------------------------------------------------
GOALS_004 = [
    "Etelä-Pirkanmaan ilmasto-ohjelman toimenpiteiden jalkauttaminen käytäntöön",
    "Ilmastojohtamisen seuranta- ja raportointimallin luominen",
    "Edistää alueen asukkaiden, yritysten, järjestöjen ja maataloustoimijoiden osallisuutta "
    "ilmastotyöhön",
]
TASKS_004 = {
    "Ilmastojohtamisen toimintamalli": date(2022, 11, 30),
    "Ilmastotyön jalkauttamisen opas": date(2022, 11, 30),
    "Ilmastovahti": date(2022, 6, 1),
    "Ilmastojohtamisen koulutukset": date(2022, 4, 7),
    "Ilmastoaiheiset työpajat": date(2022, 3, 24),
}
FACTS_004 = [
    "Hiilineutraali Etelä-Pirkanmaa 2030",
    "Vaihe 4/5: Toteutus",
    "Aikataulussa",
    "2 tehtävää valmistui hankkeen päättymispäivän 30.9.2022 jälkeen",
    "toukokuussa 2021",
    "syyskuun 2022 loppuun",
    "Ympäristöministeriö",
    "Kuntien ilmastoratkaisut -ohjelma",
    # what the operating model holds
    "kuka kunnassa vastaa ilmastotyöstä ja missä roolissa",
    "raportoida ilmastotyöstä",
    "mittarit",
    "ilmastoviestinnän käytännöt",
    "asukkaiden, yritysten, järjestöjen ja maataloustoimijoiden osallistuminen",
    "jää kuntien pysyväksi työtavaksi",
    # what the guide holds
    "miten hanke eteni, mitä menetelmiä käytettiin",
    "mitkä käytännöt osoittautuivat hyviksi",
    "Siellä jokainen voi katsoa",
    # four trainings for three groups
    "johtoryhmille: Ilmasto-osaamisen johtamisen kehittäminen",
    "asiantuntijoille: Ilmasto-osaaminen Etelä-Pirkanmaalla",
    "luottamushenkilöille: lyhyt perehdytys ilmastoteemaan",
    "Ilmastoteema kuntien johtamisessa ja elinvoiman edistämisessä",
    # two workshops
    "Kuntien ilmastotoimet ja niiden seuranta, Etelä-Pirkanmaan kuntien johdolle",
    "Ilmastokestävä kaavoitus, kuntien maankäytöstä vastaaville asiantuntijoille",
    # summary
    "1.5.2021 → – 30.9.2022",
    "Pälkäneen kunta",
    "Valkeakosken kaupunki",
    "Akaan kaupunki",
    "Urjalan kunta",
    "Ympäristötarkastaja",
    "Ilmastoasiantuntija",
    "Tietoja päivitetty 30.1.2023",
]


@pytest.mark.parametrize("fact", FACTS_004)
def test_etela_pirkanmaa_page_tells(fact: str, shown: Callable[[str], str]) -> None:
    assert fact in shown("/hankkeet/hiilineutraali-etela-pirkanmaa-2030/")


def test_etela_pirkanmaa_in_order(shown: Callable[[str], str]) -> None:
    text = shown("/hankkeet/hiilineutraali-etela-pirkanmaa-2030/")
    assert in_order(text, GOALS_004)
    done = [f"Tehty {day.day}.{day.month}.{day.year} {title}" for title, day in TASKS_004.items()]
    assert in_order(text, ["Mitä on tehty?", *done])
    assert in_order(text, ["Pääyhteyshenkilö", "Elina Heinonen", "Pälkäneen kunta", "Ossi Kekki"])


def test_etela_pirkanmaa_stored() -> None:
    found = project("hiilineutraali-etela-pirkanmaa-2030")
    assert found.stage == Stage.IMPLEMENTATION
    assert (found.start_date, found.end_date) == (date(2021, 5, 1), date(2022, 9, 30))
    assert found.stated_status == "on_time"
    assert found.stated_reason_fi
    assert list(found.goals.values_list("text_fi", flat=True)) == GOALS_004
    assert dict(found.tasks.values_list("title_fi", "completed_at")) == TASKS_004
    responsible = found.organisation_roles.filter(role=OrganisationRole.RESPONSIBLE)
    assert [row.organisation.name_fi for row in responsible] == [
        "Pälkäneen kunta", "Valkeakosken kaupunki", "Akaan kaupunki", "Urjalan kunta",
    ]  # fmt: skip
    primary, second = found.project_contacts.all()
    assert (primary.contact.email, primary.is_primary) == ("elina.heinonen@example.fi", True)
    assert (second.contact.email, second.is_primary) == ("ossi.kekki@example.fi", False)
    assert timezone.localdate(found.content_updated_at) == date(2023, 1, 30)
    assert names("etela-pirkanmaa") == {"Akaa", "Pälkäne", "Urjala", "Valkeakoski"}


# --- 000: Kestävät -------------------------------------------------------------------------------
FACTS_000 = [
    "Alavuden, Kurikan ja Lapuan kaupungit ja Kuortaneen kunta",
    "kestävän kehityksen ohjelmaan",
    "tiedonvaihto, koulukampanjat ja koulutukset",
    "energiansäästötiimit käsittelevät samoja asioita",
    "projektipäällikkö",
    "seuraa kuluja ja tavoitteiden toteutumista",
    "Jouko Vuolle Lapuan kaupungilta",
    "Etelä-Pohjanmaan liiton",
    "Etelä-Pohjanmaan Energiatoimisto",
    "Etelä-Pohjanmaan maakuntakorkeakoulu",
    "yliopistot",
    "Etelä-Pohjanmaan elinvoimakeskus",  # until 2025 the ELY Centre that the text tells of
    "kokeiluja ja uusia toimintamalleja",
    "jakavat tietoa myös itse eteenpäin",
    "kaukolämpöyhtiöiden ja muiden energiayhtiöiden",
    "jätettä ja ruokahävikkiä",
    "Jatkuva",
]


@pytest.mark.parametrize("fact", FACTS_000)
def test_kestavat_page_tells(fact: str, shown: Callable[[str], str]) -> None:
    assert fact in shown("/hankkeet/kestavat-ilmastoyhteistyo/")


def test_kestavat_area_is_of_several_subregions() -> None:
    members = Region.objects.get(slug="kestavat").members.all()
    assert names("kestavat") == {"Alavus", "Kurikka", "Lapua", "Kuortane"}
    subregions = Region.objects.filter(kind=RegionKind.SUBREGION, members__in=members).distinct()
    assert subregions.count() > 1


def test_kestavat_goals_are_each_municipalitys_own() -> None:
    for slug in ("alavus", "kurikka", "lapua", "kuortane"):
        goals = Goal.objects.filter(municipality__slug=slug)
        assert goals.count() >= 1, slug
        assert all("kestävän kehityksen ohjelma" in goal.programme_fi for goal in goals)


def test_kestavat_steering_group(shown: Callable[[str], str]) -> None:
    group = SteeringGroup.objects.get(region__slug="kestavat")
    chair = group.memberships.get(is_chair=True)
    assert (chair.person, chair.organisation.name_fi) == ("Jouko Vuolle", "Lapuan kaupunki")
    seats = {seat.organisation.name_fi for seat in group.memberships.all()}
    assert {
        "Etelä-Pohjanmaan liitto",
        "Etelä-Pohjanmaan elinvoimakeskus",  # until 2025 the ELY Centre that the text tells of
    } <= seats
    assert "kuluja" in group.task_fi
    assert "tavoitteiden" in group.task_fi
    assert "Jouko Vuolle" in shown("/alueet/kestavat/")


def test_kestavat_practices_are_in_use_in_several_municipalities() -> None:
    practices = project("kestavat-ilmastoyhteistyo").practices.published()
    assert any(practice.adoptions.count() == 4 for practice in practices)


def test_kestavat_page_of_links(shown: Callable[[str], str]) -> None:
    text = shown("/kestavat-yhteistyo/")
    for fact in ("Yli puolet suomalaisista", "Yli neljäsosa", "2030", "#ilmastokunnat"):
        assert fact in text
    assert "https://www.kuntaliitto.fi/" in Page.objects.get(slug="kestavat-yhteistyo").body_fi


# --- 001: Keski-Suomi ----------------------------------------------------------------------------
FACTS_001 = [
    "Keski-Suomen liitto",
    "Ympäristöministeriö",
    "Alueet kuntien ilmastotyön tukena",
    "1.6.2022 → – 31.5.2023",
    "Hiilineutraali Keski-Suomi 2030 -tiekartta",
    "koulutusta, tietoa, tukea ja neuvoja rahoituksen hakemiseen",
    "pieniä ja keskisuuria kuntia ja kuntia, jotka ovat ilmastotyössään alussa",
    "millaisia työkaluja ja verkostoja on ja miten kunta voi itse vähentää päästöjään",
    "Viestintäkampanja",
    "löytämään ilmastotyöhön ulkopuolista rahoitusta ja hakemaan sitä",
    "sopeutumista ilmastonmuutokseen",
    "mitkä ovat oman kunnan päästöt",
    "päättäjille ja työntekijöille",
    "Päästöt ja tavoitteet",
    "Kunnan rooli, ilmastojohtaminen ja verkostot",
    "Työkaluja kunnan ilmastotyöhön",
    "webinaarien ja työpajojen aineistot",
    "Harvaan asuttujen seutujen erityispiirteistä",
    "tilannekatsaus",
    "syksyllä 2019 jokaisessa kunnassa pidettiin työpaja",
    "Suvi Bayr",
    "Aluekehitysasiantuntija",
]


@pytest.mark.parametrize("fact", FACTS_001)
def test_keski_suomi_page_tells(fact: str, shown: Callable[[str], str]) -> None:
    text = shown("/hankkeet/tukea-keski-suomen-kuntien-ilmastotyohon/")
    assert fact.lower() in text.lower()


def test_keski_suomi_stored() -> None:
    found = project("tukea-keski-suomen-kuntien-ilmastotyohon")
    county = Region.objects.get(slug="keski-suomi", kind=RegionKind.COUNTY)
    municipalities = set(county.members.values_list("pk", flat=True))
    assert len(municipalities) == 22
    assert set(found.municipalities.values_list("pk", flat=True)) == municipalities
    assert found.work_packages.count() == 2
    assert found.goals.count() == 2
    assert found.is_mitigation
    assert found.is_adaptation
    parts = found.materials.filter(part_number__isnull=False)
    assert [part.part_number for part in parts] == [1, 2, 3]
    summaries = found.materials.filter(municipality__isnull=False)
    assert set(summaries.values_list("municipality", flat=True)) == municipalities
    assert found.events.filter(kind=EventKind.CAMPAIGN).exists()


# --- 002: Pohjois-Savo ---------------------------------------------------------------------------
AREAS_002 = {
    "kuopion-seutu": {"Kuopio", "Siilinjärvi"},
    "yla-savo": {"Iisalmi", "Kiuruvesi", "Lapinlahti", "Sonkajärvi"},
    "keski-savo": {"Joroinen", "Leppävirta", "Varkaus"},
    "savogrow": {"Suonenjoki", "Rautalampi", "Tervo", "Vesanto", "Pielavesi", "Keitele"},
}
FACTS_002 = [
    "hillintään, siihen sopeutumiseen ja varautumiseen",
    "yhdessä seuduittain ja yli seuturajojen",
    "Pohjois-Savon ELY-keskus",
    "strategiassaan",
    "päätöksentekoa, toimintaa, talouden suunnittelua ja seurantaa",
    "juurtuu kunnan strategiasta arkeen asti",
    "SavoGrow’n kunnissa ei ole vielä asetettu ilmastotavoitteita",
    "seurannan ja mittarien rakentamisesta",
    "keskitytään sen toteuttamiseen",
    "vaikutuksia arvioidaan",
    "avoimia ja ymmärrettäviä",
    "Viestintä, kampanjat ja tapahtumat",
    "Asukkaat, sidosryhmät ja yritykset",
    "hankintoihin ja investointeihin",
    "elinvoimaa",
    "usean kunnan yhteinen ilmastokoordinaattori",
    "Kierre- ja Kesto-hankkeissa",
    "kerää ja seuraa oman alueensa ilmastotietoa",
    "raportoi kunnille säännöllisesti",
    "15 kuntaa",
]


@pytest.mark.parametrize("fact", FACTS_002)
def test_pohjois_savo_page_tells(fact: str, shown: Callable[[str], str]) -> None:
    text = shown("/hankkeet/pohjois-savon-ilmastokoordinaattorit/")
    assert fact.lower() in text.lower()


@pytest.mark.parametrize(("slug", "members"), AREAS_002.items())
def test_areas_of_pohjois_savo(slug: str, members: set[str]) -> None:
    region = Region.objects.get(slug=slug)
    assert (region.kind, region.parent.slug) == (RegionKind.COOPERATION, "pohjois-savo")
    assert names(slug) == members
    coordinator = region.coordinators.get().contact
    assert coordinator.email == f"ilmastokoordinaattori.{slug}@example.fi"
    assert coordinator.kind == "role"


def test_pohjois_savo_stored() -> None:
    found = project("pohjois-savon-ilmastokoordinaattorit")
    municipalities = set(found.municipalities.values_list("name_fi", flat=True))
    assert municipalities == set().union(*AREAS_002.values())
    assert len(municipalities) == 15
    assert found.events.filter(kind=EventKind.CAMPAIGN).exists()
    assert found.materials.filter(title_fi__startswith="Raportti kunnille").count() == 4
    roles = found.organisation_roles.filter(role=OrganisationRole.PARTNER)
    # the ELY Centre of the text ended with 2025; its successor works with the project
    assert [role.organisation.name_fi for role in roles] == ["Itä-Suomen elinvoimakeskus"]
    areas = {area: names(area) for area in AREAS_002}
    for part in found.participations.select_related("contact", "municipality"):
        area = part.contact.email.partition("@")[0].partition(".")[2]
        assert part.municipality.name_fi in areas[area], part


def test_climate_plans_of_pohjois_savo() -> None:
    rows = Municipality.objects.filter(regions__slug__in=AREAS_002)
    assert set(rows.values_list("plan_status", flat=True)) == set(PlanStatus.values)
    savogrow = rows.filter(regions__slug="savogrow")
    assert set(savogrow.values_list("plan_status", flat=True)) == {PlanStatus.IN_PREPARATION}
    assert not ClimateTarget.objects.filter(municipality__in=savogrow).exists()


# --- 003: Vantaa, Kerava, Järvenpää --------------------------------------------------------------
FACTS_003 = [
    "Vantaa, Kerava ja Järvenpää",
    "hiilidioksidipäästöjä",
    "myös yritysten on innostuttava",
    "Noin vuoden kestävässä hankkeessa",
    "toimintamallikirjasto",
    "helppo monistaa koko maassa",
    "millaista yritysyhteistyötä",
    "miten ilmasto näkyy siinä",
    "mitä alueen yritykset toivovat kunnalta",
    "käytännössä tukea niiden ilmastotyötä",
    "Pilotti",
    "pilotin tulokset, kunnan erityispiirteet ja käytettävissä olevat resurssit",
    "ylläpidetään hankkeen jälkeen",
    "varmistaa, että yhteistyö yritysten kanssa jatkuu",
    "1.5.2021 → – 30.6.2022",
    "100 000 €",
    "Ympäristöministeriö",
    "Kuntien ilmastoratkaisut -ohjelma",
    "ympäristöministeriön sivuilla",
    "Vantaan kaupunki",
    "Keravan kaupunki",
    "Järvenpään kaupunki",
    "Valmistui ajallaan",
]


@pytest.mark.parametrize("fact", FACTS_003)
def test_elinkeinoelama_page_tells(fact: str, shown: Callable[[str], str]) -> None:
    text = shown("/hankkeet/elinkeinoelaman-ja-kunnan-ilmastoyhteistyo/")
    assert fact.lower() in text.lower()


def test_elinkeinoelama_stored() -> None:
    found = project("elinkeinoelaman-ja-kunnan-ilmastoyhteistyo")
    assert found.budget == Decimal(100_000)
    assert [row.title_fi for row in found.work_packages.all()] == [
        "Nykytilan kartoitus", "Yritysten näkökulma", "Pilotti", "Mallin valinta",
    ]  # fmt: skip
    assert found.practices.published().count() == 3
    assert found.updates.count() == 2


# --- targets -------------------------------------------------------------------------------------
def test_targets_have_their_source_and_only_decided_ones_are_told() -> None:
    targets = ClimateTarget.objects.all()
    assert targets.count() == 12
    assert all(target.decision_url.startswith("https://") for target in targets)
    akaa = targets.get(municipality__slug="akaa")
    assert (akaa.target_year, akaa.base_year, akaa.reduction_percent) == (2030, 2007, 80)
    assert targets.get(municipality__slug="leppavirta").decided_on == date(2021, 6, 14)
    assert not targets.filter(municipality__slug__in=["iisalmi", "varkaus", "joroinen"]).exists()
