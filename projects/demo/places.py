"""Cooperation areas of the demo, their coordinators, climate plans and targets."""

from datetime import date
from decimal import Decimal

from municipalities.enums import PlanStatus, RegionKind, TargetKind
from municipalities.models import (
    ClimateTarget,
    Municipality,
    Organisation,
    Region,
    RegionMember,
)
from municipalities.register import REASON
from projects.demo import etela_pirkanmaa, kestavat, pohjois_savo
from projects.demo.people import contact
from projects.demo.texts import L, columns_of
from projects.demo.world import World
from projects.models import RegionCoordinator

REGISTERED = date(2019, 1, 1)  # before the first project of the demo

# slug → (name, Finnish genitive and “in”, parent, members, lead)
AREAS: dict[str, tuple[L, tuple[str, str], str, list[str], L]] = {
    "etela-pirkanmaa": (
        L("Etelä-Pirkanmaa", "Södra Birkaland", "Etelä-Pirkanmaa"),
        ("Etelä-Pirkanmaan", "Etelä-Pirkanmaalla"),
        "pirkanmaa",
        etela_pirkanmaa.MUNICIPALITIES,
        L(
            "Pälkäne, Valkeakoski, Akaa ja Urjala tekevät yhdessä ilmasto-ohjelmaansa todeksi.",
            "Pälkäne, Valkeakoski, Ackas och Urjala genomför sitt klimatprogram tillsammans.",
            "Pälkäne, Valkeakoski, Akaa and Urjala carry out their climate programme together.",
        ),
    ),
    "kestavat": (
        L("Kestävät", "Kestävät", "Kestävät"),
        ("Kestävät-kuntien", "Kestävät-kunnissa"),
        "etela-pohjanmaa",
        kestavat.MUNICIPALITIES,
        L(
            "Alavus, Kurikka, Lapua ja Kuortane vaihtavat tietoa ja tekevät ilmastotyötä yhdessä.",
            "Alavo, Kurikka, Lappo och Kuortane utbyter kunskap och gör klimatarbete tillsammans.",
            "Alavus, Kurikka, Lapua and Kuortane exchange knowledge and do climate work together.",
        ),
    ),
    "kuopion-seutu": (
        pohjois_savo.NAMES["kuopion-seutu"],
        ("Kuopion seudun", "Kuopion seudulla"),
        "pohjois-savo",
        pohjois_savo.AREAS["kuopion-seutu"],
        L(
            "Kuopio ja Siilinjärvi: kahden kunnan yhteinen ilmastokoordinaattori.",
            "Kuopio och Siilinjärvi: två kommuner med en gemensam klimatkoordinator.",
            "Kuopio and Siilinjärvi: two municipalities with a shared climate coordinator.",
        ),
    ),
    "yla-savo": (
        pohjois_savo.NAMES["yla-savo"],
        ("Ylä-Savon", "Ylä-Savossa"),
        "pohjois-savo",
        pohjois_savo.AREAS["yla-savo"],
        L(
            "Iisalmi, Kiuruvesi, Lapinlahti ja Sonkajärvi: yhteinen ilmastokoordinaattori.",
            "Idensalmi, Kiuruvesi, Lapinlahti och Sonkajärvi: en gemensam klimatkoordinator.",
            "Iisalmi, Kiuruvesi, Lapinlahti and Sonkajärvi share a climate coordinator.",
        ),
    ),
    "keski-savo": (
        pohjois_savo.NAMES["keski-savo"],
        ("Keski-Savon", "Keski-Savossa"),
        "pohjois-savo",
        pohjois_savo.AREAS["keski-savo"],
        L(
            "Joroinen, Leppävirta ja Varkaus: yhteinen ilmastokoordinaattori.",
            "Jorois, Leppävirta och Varkaus: en gemensam klimatkoordinator.",
            "Joroinen, Leppävirta and Varkaus share a climate coordinator.",
        ),
    ),
    "savogrow": (
        pohjois_savo.NAMES["savogrow"],
        ("SavoGrow’n", "SavoGrow’n kunnissa"),
        "pohjois-savo",
        pohjois_savo.AREAS["savogrow"],
        L(
            "Kuusi kuntaa, joissa ilmastotyö alkaa ensimmäisistä suunnitelmista.",
            "Sex kommuner där klimatarbetet börjar med de första planerna.",
            "Six municipalities where climate work begins with the first plans.",
        ),
    ),
}

# leads of counties; written only where the county has none
COUNTY_LEADS: dict[str, L] = {
    "pohjois-savo": L(
        "Viisitoista maakunnan kunnista tekee ilmastotyötä neljänä yhteistyöalueena, joilla "
        "jokaisella on oma ilmastokoordinaattori. Koordinaattorit toimivat yhtenä verkostona.",
        "Femton av landskapets kommuner gör klimatarbete i fyra samarbetsområden, vart och ett med "
        "sin egen klimatkoordinator. Koordinatorerna bildar ett nätverk.",
        "Fifteen of the county’s municipalities do climate work in four cooperation areas, each "
        "with a climate coordinator of its own. The coordinators form a network.",
    ),
    "keski-suomi": L(
        "Maakunnan kunnat saavat tukea ilmastotyöhön ja kulkevat kohti hiilineutraaliutta.",
        "Landskapets kommuner får stöd i klimatarbetet och går mot koldioxidneutralitet.",
        "The municipalities of the county get support and move towards carbon neutrality.",
    ),
}

# Facts of the demo, not all of them real (see the notice): SavoGrow's are.
_VIKSU = L(
    "Ilmasto- ja resurssiviisas Kuopio 2035",
    "Klimat- och resurssmarta Kuopio 2035",
    "Climate and resource wise Kuopio 2035",
)
_SOUTH = L(
    "Etelä-Pirkanmaan ilmasto-ohjelma",
    "Södra Birkalands klimatprogram",
    "Etelä-Pirkanmaa climate programme",
)
_MIDDLE = L(
    "Keski-Savon ilmasto-ohjelma",
    "Mellersta Savolax klimatprogram",
    "Keski-Savo climate programme",
)
NO_NAME = L("")
PLANS: dict[str, tuple[PlanStatus, L]] = {
    **dict.fromkeys(etela_pirkanmaa.MUNICIPALITIES, (PlanStatus.IN_FORCE, _SOUTH)),
    **dict.fromkeys(pohjois_savo.AREAS["keski-savo"], (PlanStatus.IN_FORCE, _MIDDLE)),
    **dict.fromkeys(pohjois_savo.AREAS["savogrow"], (PlanStatus.IN_PREPARATION, NO_NAME)),
    **dict.fromkeys(("siilinjarvi", "lapinlahti"), (PlanStatus.IN_FORCE, NO_NAME)),
    "kuopio": (PlanStatus.BEING_UPDATED, _VIKSU),
    "iisalmi": (PlanStatus.BEING_UPDATED, NO_NAME),
    "kiuruvesi": (PlanStatus.IN_PREPARATION, NO_NAME),
    "sonkajarvi": (PlanStatus.NONE, NO_NAME),
}

NEUTRAL, REDUCTION = TargetKind.CARBON_NEUTRAL, TargetKind.REDUCTION
# (municipality or county, kind, year, reduction %, base year, decided on, page that tells it)
Target = tuple[str, TargetKind, int, int | None, int | None, date | None, str]
TARGETS: list[Target] = [
    ("akaa", NEUTRAL, 2030, 80, 2007, None,
     "https://akaa.fi/meidan-akaa/aikaa-elaa/ilmastotyo/"),
    ("palkane", NEUTRAL, 2030, 80, 2007, None,
     "https://palkane.fi/asuminen-ja-ymparisto/ymparistonsuojelu/ilmastotyo"),
    ("urjala", NEUTRAL, 2030, 80, 2007, None,
     "https://www.pirkanmaa.fi/ilmastokevat-etela-pirkanmaan-kunnat-puhaltavat-ilmastotyossa-yhteen-hiileen/"),
    ("valkeakoski", NEUTRAL, 2030, 80, 2007, None,
     "https://www.pirkanmaa.fi/ilmastokevat-etela-pirkanmaan-kunnat-puhaltavat-ilmastotyossa-yhteen-hiileen/"),
    ("kuopio", NEUTRAL, 2030, 80, 2007, None,
     "https://www.kuopio.fi/asuminen-ja-ymparisto/viksu-kuopio/ilmasto-ja-resurssiviisas-kuopio-2035-viksu-kuopio-ohjelma/"),
    ("leppavirta", NEUTRAL, 2035, 80, 2007, date(2021, 6, 14),
     "https://leppavirta.fi/leppavirranilmasto-ohjelma"),
    ("vantaa", NEUTRAL, 2030, 80, 1990, None,
     "https://www.vantaa.fi/fi/kaupunki-ja-paatoksenteko/vastuullisuus/vastuullisuusraportti-2023/ekologisesti-kestava-vantaa"),
    ("jarvenpaa", NEUTRAL, 2035, None, None, date(2019, 10, 28),
     "https://jarvenpaa.cloudnc.fi/fi-FI/Toimielimet/Kaupunginhallitus/Kokous_28102019/Resurssiviisas_Jarvenpaa_tiekartan_hyvak(11006)"),
    ("petajavesi", REDUCTION, 2035, 80, 2007, date(2025, 2, 17),
     "https://hiilineutraali.keskisuomi.fi/tag/kuntien-ilmastotyo"),
    ("uurainen", REDUCTION, 2035, 80, 2007, date(2025, 2, 10),
     "https://hiilineutraali.keskisuomi.fi/tag/kuntien-ilmastotyo"),
    ("keski-suomi", NEUTRAL, 2030, None, None, None,
     "https://keskisuomi.fi/elinvoima-ja-kehittaminen/ilmastotyo/"),
    ("pirkanmaa", REDUCTION, 2030, 80, 2007, None,
     "https://palkane.oncloudos.com/cgi/DREQUEST.PHP?id=2026322-6&page=meetingitem"),
]  # fmt: skip
COUNCIL = L("Kunnanvaltuuston päätös", "Fullmäktiges beslut", "Decision of the council")
BOARD = L("Kaupunginhallituksen päätös", "Stadsstyrelsens beslut", "Decision of the city board")
IN_FORCE = L("Voimassa oleva tavoite", "Gällande mål", "Target in force")


def make_areas(world: World) -> None:
    """Cooperation areas with their members, and leads of the counties in the demo."""
    at = world.moment(date(2021, 4, 1))
    for slug, (name, (genitive, inside), parent, members, lead) in AREAS.items():
        if world.has_region(slug):
            continue
        region = world.add(
            Region, at=at, by=None, kind=RegionKind.COOPERATION, slug=slug, name=name,
            fi_genitive=genitive, fi_in=inside, parent=world.region(parent), lead=lead,
        )  # fmt: skip
        world.remember_region(region)
        for member in members:
            world.add(
                RegionMember, at=at, by=None, region=region,
                municipality=world.municipality(member),
            )  # fmt: skip
    for slug, lead in COUNTY_LEADS.items():
        county = world.region(slug)
        if not county.lead:
            for column, text in columns_of({"lead": lead}).items():
                setattr(county, column, text)
            world.write(county, at=at)


def make_coordinators(world: World) -> None:
    """One coordinator for each area of Pohjois-Savo, and the project manager of Kestävät."""
    day = date(2025, 1, 15)
    keys = {slug: f"ilmastokoordinaattori.{slug}" for slug in pohjois_savo.AREAS}
    for slug, key in {**keys, "kestavat": "projektipaallikko.kestavat"}.items():
        person, region = contact(world, key, day), world.region(slug)
        if not RegionCoordinator.objects.filter(region=region, contact=person).exists():
            world.add(
                RegionCoordinator, at=world.moment(day), by=world.editor("toimitus"),
                region=region, contact=person,
            )  # fmt: skip


def remember_register(world: World) -> None:
    """Let the register have been in the portal before all that the demo tells of its rows."""
    for model in (Municipality, Region, RegionMember, Organisation):
        rows = model.history.filter(history_type="+", history_change_reason=REASON)
        rows.update(history_date=world.moment(REGISTERED))


def make_plans(world: World) -> None:
    """Climate-plan statuses of municipalities that have none yet."""
    by, at = world.editor("toimitus"), world.moment(date(2025, 9, 1))
    for slug, (status, name) in PLANS.items():
        municipality = world.municipality(slug)
        if municipality.plan_status:
            continue
        municipality.plan_status = status
        for column, text in columns_of({"plan_name": name}).items():
            setattr(municipality, column, text)
        world.write(municipality, at=at, by=by)


def make_targets(world: World) -> None:
    """Climate targets, each with the public page that tells it."""
    by, at = world.editor("toimitus"), world.moment(date(2025, 9, 1))
    for slug, kind, year, percent, base, decided_on, url in TARGETS:
        owner = (
            {"municipality": world.municipality(slug)}
            if world.is_municipality(slug)
            else {"region": world.region(slug)}
        )
        if ClimateTarget.objects.filter(**owner, target_year=year, kind=kind).exists():
            continue
        decision = IN_FORCE if not decided_on else BOARD if slug == "jarvenpaa" else COUNCIL
        world.add(
            ClimateTarget, at=at, by=by, **owner, kind=kind, target_year=year, base_year=base,
            reduction_percent=None if percent is None else Decimal(percent),
            decided_on=decided_on, decision=decision, decision_url=url,
        )  # fmt: skip
