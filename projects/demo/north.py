"""Invented projects of the north and the middle: Oulu, Kainuu, Lapland, Central Finland."""

from datetime import date
from decimal import Decimal

from projects.demo.plan import Days, Halt, Measured, Plan
from projects.demo.texts import L, rich
from projects.demo.world import World
from projects.enums import Activity, Stage


def plans(today: date, world: World) -> list[Plan]:
    """Completed on an unknown day; a whole county; cancelled; undated; expired contact; to come."""
    days = Days(today)
    return [
        _winter_bikes(days),
        _wood(days, world.members_of("kainuu")),
        _fell_buses(days),
        _trails(days),
        _oil(days),
        _city_trees(days),
    ]


def _winter_bikes(days: Days) -> Plan:
    return Plan(
        slug="talvipyorailyn-laatukaytavat",
        by="toimitus",
        stages=[(days.ago(800), Stage.IMPLEMENTATION), (days.ago(210), Stage.COMPLETED)],
        updated=days.ago(205),
        fields={
            "title": L(
                "Talvipyöräilyn laatukäytävät Oulun seudulla",
                "Vintercykelstråk i Uleåborgsregionen",
                "Winter cycling routes around Oulu",
            ),
            "summary": L(
                "Pääreitit aurataan ennen seitsemää, ja lumitilanne näkyy verkossa.",
                "Huvudstråken plogas före klockan sju och snöläget syns på nätet.",
                "Main routes are cleared before seven and snow conditions are shown online.",
            ),
            "start_date": days.ago(790),
            "end_date": days.ago(200),
        },
        last={
            "completed_on": None,
            "afterlife": rich(
                "Auraus jatkuu kuntien tavallisena työnä.",
                "Plogningen fortsätter som kommunernas vanliga arbete.",
                "Clearing goes on as ordinary municipal work.",
            ),
        },
        municipalities=["oulu", "kempele"],
        themes=["liikenne"],
        responsible=["oulu", "kempele"],
        contacts=[{"contact": "ilmasto.oulu", "is_primary": True}],
        tasks=[
            {
                "title": L("Aurauksen sopimukset", "Plogningsavtal", "Clearing contracts"),
                "done": days.ago(500),
            }
        ],
    )


def _wood(days: Days, county: list[str]) -> Plan:
    return Plan(
        slug="puurakentamisen-opas-kainuuseen",
        by="toimitus",
        stages=[(days.ago(230), Stage.DECIDED), (days.ago(90), Stage.IMPLEMENTATION)],
        updated=days.ago(4),
        fields={
            "title": L(
                "Puurakentamisen opas Kainuun kunnille",
                "Guide i träbyggande för Kajanalands kommuner",
                "Guide to building in wood for the municipalities of Kainuu",
            ),
            "summary": L(
                "Kahdeksan kuntaa kokoaa ohjeen, jonka avulla koulun, päiväkodin tai kerrostalon "
                "voi tilata puusta.",
                "Åtta kommuner gör en anvisning för hur man beställer en skola, ett daghem eller "
                "ett flervåningshus i trä.",
                "Eight municipalities write instructions for ordering a school, a nursery or a "
                "block of flats made of wood.",
            ),
            "description": rich(
                "Opas perustuu rakennuksiin, jotka maakunnassa on jo tehty puusta. Siihen tulee "
                "mallilausekkeet tarjouspyyntöihin.",
                "Guiden bygger på hus som redan byggts i trä i landskapet. Den får modelltexter "
                "för anbudsförfrågningar.",
                "The guide builds on wooden buildings already made in the county. It will have "
                "model clauses for calls for tenders.",
            ),
            "start_date": days.ago(200),
            "end_date": days.ahead(280),
        },
        municipalities=list(county),
        regions=["kainuu"],
        themes=["energia", "kiertotalous", "maankaytto"],
        responsible=["liitto-kainuu"],
        contacts=[{"contact": "ilmasto.liitto-kainuu", "is_primary": True}],
        goals=[
            {
                "text": L(
                    "Jokainen kunta vertaa puuta muihin vaihtoehtoihin ennen rakentamista.",
                    "Varje kommun jämför trä med andra alternativ före byggandet.",
                    "Every municipality compares wood with other options before building.",
                )
            }
        ],
        tasks=[
            {
                "title": L("Oppaan luonnos", "Utkast till guiden", "Draft of the guide"),
                "state": "in_progress",
                "due_date": days.ahead(90),
            },
            {
                "title": L(
                    "Tutustuminen valmiisiin kohteisiin", "Studiebesök", "Visits to finished sites"
                ),
                "done": days.ago(30),
            },
        ],
    )


def _fell_buses(days: Days) -> Plan:
    halted = days.ago(115)
    return Plan(
        slug="sahkobussit-tunturireiteille",
        by="toimitus",
        stages=[(days.ago(410), Stage.DECIDED), (days.ago(300), Stage.PLANNING)],
        updated=days.ago(180),
        halt=Halt(
            to=Activity.CANCELLED,
            on=halted,
            reason=L(
                "Tarjoukset ylittivät budjetin kaksinkertaisesti. Hanke lopetettiin.",
                "Anbuden var dubbelt större än budgeten. Projektet avslutades.",
                "The tenders were twice the budget. The project was ended.",
            ),
        ),
        fields={
            "title": L(
                "Sähköbussit tunturireiteille",
                "Elbussar till fjällrutterna",
                "Electric buses for the fell routes",
            ),
            "summary": L(
                "Lentokentiltä tuntureille olisi päässyt sähköbussilla.",
                "Man skulle ha kunnat åka elbuss från flygplatserna till fjällen.",
                "Electric buses would have run from airports to the fells.",
            ),
            "start_date": days.ago(400),
            "end_date": days.ahead(200),
        },
        municipalities=["rovaniemi", "kittila", "inari"],
        themes=["liikenne"],
        responsible=["rovaniemi"],
        partners=["kittila", "inari"],
        tasks=[
            {
                "title": L("Bussien kilpailutus", "Upphandling av bussar", "Tender for buses"),
                "state": "in_progress",
                "cancelled": halted,
                "cancel_reason": L(
                    "Tarjoukset olivat liian kalliita.",
                    "Anbuden var för dyra.",
                    "The tenders were too expensive.",
                ),
            },
            {
                "title": L("Latauspaikat", "Laddplatser", "Charging sites"),
                "cancelled": halted,
                "cancel_reason": L(
                    "Ei tarvita ilman busseja.",
                    "Behövs inte utan bussar.",
                    "Not needed without buses.",
                ),
            },
            {
                "title": L("Matkustajamäärien arvio", "Passagerarprognos", "Passenger estimate"),
                "done": days.ago(260),
            },
        ],
    )


def _trails(days: Days) -> Plan:
    return Plan(
        slug="pyoralla-kansallispuistoon",
        by="toimitus",
        stages=[(days.ago(270), Stage.PLANNING), (days.ago(170), Stage.IMPLEMENTATION)],
        updated=days.ago(140),
        fields={
            "title": L(
                "Pyörällä kansallispuistoon Kuusamossa",
                "Cykla till nationalparken i Kuusamo",
                "By bike to the national park in Kuusamo",
            ),
            "summary": L(
                "Reitille tulee opasteet ja levähdyspaikkoja.",
                "Rutten får skyltar och rastplatser.",
                "The route gets signs and resting places.",
            ),
        },
        municipalities=["kuusamo"],
        themes=["liikenne", "luonto"],
        responsible=["kuusamo"],
        tasks=[
            {"title": L("Opasteet", "Skyltar", "Signs"), "state": "in_progress"},
            {"title": L("Levähdyspaikat", "Rastplatser", "Resting places")},
        ],
    )


def _oil(days: Days) -> Plan:
    return Plan(
        slug="kuntatalojen-oljysta-luopuminen",
        by="koordinaattori.keski-suomi",
        stages=[(days.ago(350), Stage.PLANNING), (days.ago(190), Stage.IMPLEMENTATION)],
        updated=days.ago(27),
        fields={
            "title": L("Kuntatalojen öljystä luopuminen Keuruulla ja Multialla"),
            "summary": L("Viimeiset öljykattilat vaihdetaan maalämpöön ja kaukolämpöön."),
            "description": rich("Ensin vaihdetaan kattilat, joiden käyttöikä on lopussa."),
            "start_date": days.ago(340),
            "end_date": days.ahead(220),
        },
        municipalities=["keuruu", "multia"],
        themes=["energia"],
        related=["tukea-keski-suomen-kuntien-ilmastotyohon"],
        responsible=["keuruu", "multia"],
        contacts=[
            {"contact": "matti.malliainen", "is_primary": True},
            {"contact": "ilmasto.keuruu"},
        ],
        goals=[
            {
                "text": L("Yhtään kunnan rakennusta ei lämmitetä öljyllä."),
                "unit": L("öljylämmitteistä rakennusta"),
                "target_value": Decimal(0),
                "followed": [
                    {"municipality": "keuruu", "base_value": Decimal(3)},
                    {"municipality": "multia", "base_value": Decimal(2)},
                ],
                "measured": [
                    Measured(days.ago(45), "0", "keuruu"),
                    Measured(days.ago(45), "2", "multia"),
                ],
            }
        ],
        tasks=[
            {"title": L("Multian koulu"), "municipality": "multia", "due_date": days.ahead(140)},
            {"title": L("Keuruun virastotalo"), "municipality": "keuruu", "done": days.ago(45)},
        ],
    )  # fmt: skip


def _city_trees(days: Days) -> Plan:
    return Plan(
        slug="tuhat-kaupunkipuuta-jyvaskylaan",
        by="koordinaattori.keski-suomi",
        stages=[(days.ago(5), Stage.DECIDED)],
        updated=days.ago(5),
        published_on=days.ahead(14),
        fields={
            "title": L(
                "Tuhat kaupunkipuuta Jyväskylään",
                "Tusen stadsträd till Jyväskylä",
                "A thousand city trees for Jyväskylä",
            ),
            "summary": L(
                "Asukkaat ehdottavat paikkoja, kaupunki istuttaa. Julkaistaan kahden viikon "
                "päästä.",
                "Invånarna föreslår platser, staden planterar. Publiceras om två veckor.",
                "Residents suggest places, the city plants. To be published in two weeks.",
            ),
            "start_date": days.ahead(60),
            "end_date": days.ahead(700),
            "is_adaptation": True,
        },
        municipalities=["jyvaskyla"],
        themes=["luonto", "osallisuus"],
        responsible=["jyvaskyla"],
    )
