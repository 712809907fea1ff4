"""The money of the demo's projects. Sums are examples, and each page says so at its sums.

Of the real cases only the budget of the business cooperation and the names of funders and
programmes are facts; where a sum is not known, the demo does not make one up for the funder.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from projects.demo.plan import Days, Row
from projects.demo.texts import L
from projects.enums import CostSharing, CostVisibility, ExpenseCategory

STAFF, SERVICES, TRAVEL, EVENTS, EQUIPMENT, OTHER = ExpenseCategory
SAMPLE = L(
    "Esittelyn esimerkkilukuja, eivät todellisia kuluja",
    "Exempelsiffror för demonstrationen, inte verkliga kostnader",
    "Sample figures for this demonstration, not real costs",
)
SOLUTIONS = L(
    "Kuntien ilmastoratkaisut -ohjelma",
    "Programmet Kommunernas klimatlösningar",
    "Municipal Climate Solutions Programme",
)
ENERGY_AID = L("Energiatuki", "Energistöd", "Energy aid")


class Cost(NamedTuple):
    """One expense; the slug of its municipality, or nothing when it is common."""

    on: date
    amount: str
    category: ExpenseCategory
    municipality: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Book:
    """A project's money. Costs up to the day of a claim are entered on that day.

    `claims` hold the day on which payment was applied for and the one on which it came, if it has;
    later costs are planned. `shares` are by slug, in the unit of `sharing`. `as_of` is the day of
    the figures when nothing is claimed.
    """

    budget: str | None = None
    source: L = SAMPLE
    as_of: date | None = None
    visibility: CostVisibility = CostVisibility.TOTALS
    sharing: CostSharing = CostSharing.NOT_AGREED
    shares: dict[str, str] = field(default_factory=dict)
    fundings: list[Row] = field(default_factory=list)
    costs: list[Cost] = field(default_factory=list)
    claims: list[tuple[date, date | None]] = field(default_factory=list)


def book_of(slug: str, today: date) -> Book:
    """The money of a project; an empty book when nothing is told of it."""
    made = BOOKS.get(slug)
    return made(Days(today)) if made else Book()


# --- the real cases ------------------------------------------------------------------------------


def _etela_pirkanmaa(days: Days) -> Book:
    return Book(
        budget="95000",
        visibility=CostVisibility.ALL,
        sharing=CostSharing.POPULATION,
        fundings=[
            {
                "funder": "ym", "programme": SOLUTIONS,
                "amount": Decimal(66_500), "share_percent": Decimal(70),
            }
        ],
        costs=[
            Cost(date(2021, 8, 31), "11400", STAFF, "", "Palkat touko–elokuu"),
            Cost(date(2021, 11, 16), "6200", SERVICES, "valkeakoski", "Kouluttajan palkkio"),
            Cost(date(2021, 12, 31), "14850.50", STAFF, "", "Palkat syys–joulukuu"),
            Cost(date(2022, 3, 24), "1340.75", EVENTS, "palkane", "Työpajojen tilat ja tarjoilu"),
            Cost(date(2022, 3, 31), "12480", STAFF, "", "Palkat tammi–maaliskuu"),
            Cost(date(2022, 4, 7), "5900", SERVICES, "", "Koulutukset johdolle"),
            Cost(date(2022, 6, 1), "9600", SERVICES, "", "Ilmastovahdin käyttöönotto"),
            Cost(date(2022, 6, 30), "12480", STAFF, "", "Palkat huhti–kesäkuu"),
            Cost(date(2022, 8, 15), "286.40", TRAVEL, "urjala", "Matkat työpajoihin"),
            Cost(date(2022, 9, 30), "12210", STAFF, "", "Palkat heinä–syyskuu"),
            Cost(date(2022, 9, 30), "3150", EVENTS, "akaa", "Oppaan taitto ja paino"),
        ],
        claims=[
            (date(2021, 12, 31), date(2022, 3, 15)),
            (date(2022, 6, 30), date(2022, 9, 1)),
            (date(2022, 10, 31), date(2023, 1, 20)),
        ],
    )  # fmt: skip


def _kestavat(days: Days) -> Book:
    """The municipalities pay all by themselves: they are told as the funders."""
    shares = {"lapua": "35", "kurikka": "30", "alavus": "22.5", "kuortane": "12.5"}
    return Book(
        budget="60000",
        sharing=CostSharing.PERCENT,
        shares=shares,
        fundings=[
            {"funder": place, "share_percent": Decimal(told)} for place, told in shares.items()
        ],
        costs=[
            Cost(days.ago(300), "12900", STAFF),
            Cost(days.ago(200), "14200", STAFF),
            Cost(days.ago(150), "1850", EVENTS, "kurikka"),
            Cost(days.ago(110), "13900", STAFF),
            Cost(days.ago(70), "960", TRAVEL, "kuortane"),
            Cost(days.ago(40), "2400", SERVICES, "alavus"),
            Cost(days.ahead(45), "6500", STAFF),
        ],
        claims=[
            (days.ago(190), days.ago(160)),
            (days.ago(100), days.ago(61)),
            (days.ago(26), None),
        ],
    )


def _keski_suomi(days: Days) -> Book:
    return Book(
        budget="130000",
        fundings=[
            {
                "funder": "ym",
                "programme": L(
                    "Alueet kuntien ilmastotyön tukena",
                    "Regioner som stöd för kommunernas klimatarbete",
                    "Regions supporting municipal climate work",
                ),
                "amount": Decimal(104_000),
            }
        ],
        costs=[
            Cost(date(2022, 9, 30), "24300", STAFF),
            Cost(date(2022, 11, 15), "9800", SERVICES),
            Cost(date(2022, 12, 31), "22150.40", STAFF),
            Cost(date(2023, 2, 28), "12640", EVENTS),
            Cost(date(2023, 3, 31), "23480", STAFF),
            Cost(date(2023, 4, 20), "2140.30", TRAVEL),
            Cost(date(2023, 5, 31), "19900", STAFF),
            Cost(date(2023, 5, 31), "6270", SERVICES),
        ],
        claims=[(date(2022, 12, 31), date(2023, 3, 15)), (date(2023, 5, 31), None)],
    )


def _pohjois_savo(days: Days) -> Book:
    """Who funds it is not known, so neither is what is left for the municipalities."""
    return Book(
        budget="486000",
        sharing=CostSharing.POPULATION,
        costs=[
            Cost(days.ago(420), "58300", STAFF),
            Cost(days.ago(330), "61250", STAFF),
            Cost(days.ago(300), "8900", EVENTS, "kuopio"),
            Cost(days.ago(240), "60480", STAFF),
            Cost(days.ago(215), "4160.80", TRAVEL),
            Cost(days.ago(150), "61900", STAFF),
            Cost(days.ago(120), "12400", SERVICES),
            Cost(days.ago(60), "62100", STAFF),
            Cost(days.ago(35), "3250", EVENTS, "iisalmi"),
            Cost(days.ahead(30), "62000", STAFF),
            Cost(days.ahead(75), "15000", SERVICES),
        ],
        claims=[
            (days.ago(320), days.ago(270)),
            (days.ago(200), days.ago(145)),
            (days.ago(20), None),
        ],
    )


def _businesses(days: Days) -> Book:
    return Book(
        budget="100000",
        source=L(
            "Budjetti on hankkeen julkaisema, kulut ovat esimerkkilukuja",
            "Budgeten har publicerats av projektet, kostnaderna är exempelsiffror",
            "The budget was published by the project; the costs are sample figures",
        ),
        fundings=[{"funder": "ym", "programme": SOLUTIONS}],
        costs=[
            Cost(date(2021, 12, 31), "34200", STAFF),
            Cost(date(2021, 12, 31), "12500", SERVICES),
            Cost(date(2022, 4, 30), "21800", STAFF, "vantaa"),
            Cost(date(2022, 5, 20), "4100", EVENTS, "kerava"),
            Cost(date(2022, 6, 30), "13950", STAFF),
            Cost(date(2022, 6, 30), "8640.25", SERVICES, "jarvenpaa"),
        ],
        claims=[(date(2021, 12, 31), date(2022, 3, 10)), (date(2022, 6, 30), None)],
    )


# --- invented projects ---------------------------------------------------------------------------


def _savogrow(days: Days) -> Book:
    """Shared in euros; nothing has been used yet."""
    places = ("suonenjoki", "rautalampi", "pielavesi", "vesanto", "keitele", "tervo")
    euros = ("9000", "7000", "7000", "5000", "4500", "3500")
    return Book(
        budget="36000",
        as_of=days.ago(9),
        sharing=CostSharing.EUROS,
        shares=dict(zip(places, euros, strict=True)),
        costs=[
            Cost(days.ahead(40), "8000", SERVICES, "tervo"),
            Cost(days.ahead(120), "12500", SERVICES),
        ],
    )


def _scales(days: Days) -> Book:
    """A municipality among the funders: its money is no grant."""
    return Book(
        budget="18400",
        sharing=CostSharing.EUROS,
        shares={"lapua": "4600", "kurikka": "3600", "alavus": "2600", "kuortane": "1600"},
        fundings=[
            {
                "funder": "liitto-etela-pohjanmaa", "programme": L("Maakunnan kokeiluraha"),
                "amount": Decimal(6000), "decided_on": days.ago(265),
                "decision_url": "https://example.fi/paatokset/kokeiluraha",
            },
            {"funder": "lapua", "amount": Decimal(4600)},
        ],
        costs=[
            Cost(days.ago(190), "5200", EQUIPMENT, "lapua"),
            Cost(days.ago(160), "5200", EQUIPMENT, "kurikka"),
            Cost(days.ago(95), "2600", EQUIPMENT, "alavus"),
            Cost(days.ahead(90), "2600", EQUIPMENT, "kuortane"),
        ],
        claims=[(days.ago(150), days.ago(120)), (days.ago(60), None)],
    )  # fmt: skip


def _keski_savo(days: Days) -> Book:
    """More has been used than was planned."""
    return Book(
        budget="30000",
        sharing=CostSharing.PERCENT,
        shares={"varkaus": "62.5", "leppavirta": "25", "joroinen": "12.5"},
        costs=[
            Cost(days.ago(300), "9400", SERVICES, "varkaus"),
            Cost(days.ago(210), "12650", EQUIPMENT, "leppavirta"),
            Cost(days.ago(90), "9800", EQUIPMENT, "varkaus"),
        ],
        claims=[(days.ago(200), days.ago(170)), (days.ago(50), days.ago(30))],
    )


def _school_audits(days: Days) -> Book:
    return Book(
        budget="48000",
        as_of=days.ago(21),
        fundings=[
            {
                "funder": "tem", "programme": ENERGY_AID, "amount": Decimal(19_200),
                "share_percent": Decimal(40), "decided_on": days.ago(310),
            }
        ],
        costs=[Cost(days.ago(140), "16300", SERVICES), Cost(days.ago(30), "7450", EQUIPMENT)],
        claims=[(days.ago(100), days.ago(70))],
    )  # fmt: skip


def _solar_roofs(days: Days) -> Book:
    """Every expense is public."""
    return Book(
        budget="360000",
        visibility=CostVisibility.ALL,
        sharing=CostSharing.PERCENT,
        shares={"rauma": "60", "eura": "25", "eurajoki": "15"},
        fundings=[
            {
                "funder": "tem", "programme": ENERGY_AID, "amount": Decimal(72_000),
                "share_percent": Decimal(20), "decided_on": days.ago(400),
                "decision_url": "https://example.fi/paatokset/energiatuki",
            }
        ],
        costs=[
            Cost(days.ago(250), "18400", SERVICES, "", "Yhteinen kilpailutus"),
            Cost(days.ago(120), "141500", EQUIPMENT, "rauma", "Neljän katon paneelit"),
            Cost(days.ago(25), "52300.50", EQUIPMENT, "eura", "Koulukeskuksen paneelit"),
            Cost(days.ahead(160), "38000", EQUIPMENT, "eurajoki", "Koulun katto"),
        ],
        claims=[(days.ago(230), days.ago(180)), (days.ago(90), None)],
    )  # fmt: skip


def _winter_bikes(days: Days) -> Book:
    """Completed, everything paid."""
    return Book(
        budget="212000",
        visibility=CostVisibility.ALL,
        sharing=CostSharing.POPULATION,
        fundings=[
            {
                "funder": "traficom",
                "programme": L(
                    "Kävelyn ja pyöräilyn investointiohjelma",
                    "Investeringsprogrammet för gång och cykling",
                    "Investment programme for walking and cycling",
                ),
                "share_percent": Decimal(50), "decided_on": days.ago(810),
            }
        ],
        costs=[
            Cost(days.ago(640), "74500", SERVICES, "oulu", "Auraus, ensimmäinen talvi"),
            Cost(days.ago(600), "18900", EQUIPMENT, "", "Lumitilanteen verkkopalvelu"),
            Cost(days.ago(290), "79200.60", SERVICES, "oulu", "Auraus, toinen talvi"),
            Cost(days.ago(280), "31050", SERVICES, "kempele", "Auraus, toinen talvi"),
        ],
        claims=[(days.ago(560), days.ago(500)), (days.ago(250), days.ago(215))],
    )  # fmt: skip


def _fell_buses(days: Days) -> Book:
    """Cancelled: little was used of much."""
    return Book(
        budget="900000",
        costs=[Cost(days.ago(265), "11800", SERVICES)],
        claims=[(days.ago(240), days.ago(190))],
    )


def _criteria(days: Days) -> Book:
    """Kept from the public: the page names nobody who pays, and no sums."""
    return Book(
        budget="54000",
        visibility=CostVisibility.NOTHING,
        sharing=CostSharing.POPULATION,
        costs=[Cost(days.ago(80), "13900", STAFF), Cost(days.ago(40), "4750", SERVICES)],
        claims=[(days.ago(30), None)],
    )


def _villages(days: Days) -> Book:
    """A sum without a date is not published."""
    return Book(budget="6000")


BOOKS: dict[str, Callable[[Days], Book]] = {
    "hiilineutraali-etela-pirkanmaa-2030": _etela_pirkanmaa,
    "kestavat-ilmastoyhteistyo": _kestavat,
    "tukea-keski-suomen-kuntien-ilmastotyohon": _keski_suomi,
    "pohjois-savon-ilmastokoordinaattorit": _pohjois_savo,
    "elinkeinoelaman-ja-kunnan-ilmastoyhteistyo": _businesses,
    "savogrow-kuntien-ilmasto-ohjelmat": _savogrow,
    "havikkivaaka-koulukeittioihin": _scales,
    "keski-savon-ilmasto-ohjelman-toimeenpano": _keski_savo,
    "koulujen-energiakatselmukset-lohjalla": _school_audits,
    "aurinkosahkoa-kunnan-katoille": _solar_roofs,
    "talvipyorailyn-laatukaytavat": _winter_bikes,
    "sahkobussit-tunturireiteille": _fell_buses,
    "kymenlaakson-kuntien-hankintakriteerit": _criteria,
    "kylien-ilmastoillat": _villages,
}
