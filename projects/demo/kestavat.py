"""Real case: Kestävät, the climate cooperation of Alavus, Kurikka, Lapua and Kuortane.

The cooperation, its group and partners are facts. The municipalities' own goals, sums, meetings
and tasks are examples: their sources are not public, and the texts say so where it matters.
"""

from datetime import date, timedelta

from projects.demo.plan import Plan, Row
from projects.demo.texts import L, rich
from projects.enums import (
    EventKind,
    Stage,
)

SLUG = "kestavat-ilmastoyhteistyo"
MUNICIPALITIES = ["alavus", "kurikka", "lapua", "kuortane"]
PARTNERS = [
    "energiatoimisto-etela-pohjanmaa",
    "maakuntakorkeakoulu-etela-pohjanmaa",
    "yliopistot-etela-pohjanmaa",
    "liitto-etela-pohjanmaa",
    "elinvoimakeskus-etela-pohjanmaa",
]

GOALS: list[Row] = [
    {
        "text": L(
            "Kunnat vaihtavat tietoa, ja hyvät käytännöt siirtyvät kunnasta toiseen.",
            "Kommunerna utbyter kunskap och god praxis sprids från en kommun till en annan.",
            "The municipalities exchange knowledge and good practices travel between them.",
        )
    },
    {
        "text": L(
            "Koulukampanjat ja koulutukset järjestetään yhdessä.",
            "Skolkampanjer och utbildningar ordnas tillsammans.",
            "School campaigns and training are arranged together.",
        )
    },
    {
        "text": L(
            "Energiansäästötiimit työskentelevät samojen aiheiden parissa joka kunnassa.",
            "Energispargrupperna arbetar med samma teman i alla kommuner.",
            "Energy-saving teams work on the same subjects in every municipality.",
        )
    },
    {
        "text": L(
            "Alueen hanketoimijoiden kanssa syntyy kokeiluja, joista kunnat saavat kestävämpiä "
            "toimintamalleja.",
            "Försök med projektaktörer i området ger kommunerna hållbarare verksamhetsmodeller.",
            "Trials with project actors in the area give the municipalities more sustainable ways "
            "of working.",
        )
    },
]


def _energy_week(today: date) -> date:
    """The Monday of the week."""
    day = today + timedelta(days=78)
    return day - timedelta(days=day.weekday())


def _tasks(today: date) -> list[Row]:
    return [
        {
            "title": L(
                "Energiansäästötiimien syyskierros",
                "Energispargruppernas höstrunda",
                "Autumn round of the energy-saving teams",
            ),
            "body": rich(
                "Projektipäällikkö käy tiimien kanssa läpi samat asiat jokaisessa kunnassa ja "
                "kertoo, mitä muualla on opittu.",
                "Projektchefen går igenom samma frågor med grupperna i varje kommun och berättar "
                "vad man lärt sig på annat håll.",
                "The project manager goes through the same matters with the teams in each "
                "municipality and tells what others have learned.",
            ),
            "state": "in_progress",
            "due_date": today + timedelta(days=38),
        },
        {
            "title": L(
                "Koulujen energiaviikko",
                "Energivecka i skolorna",
                "Energy week in schools",
            ),
            "due_date": _energy_week(today) + timedelta(days=4),
        },
        {
            "title": L(
                "Ruokahävikin työkalut koulukeittiöihin",
                "Verktyg mot matsvinn i skolköken",
                "Food waste tools for school kitchens",
            ),
            "body": rich(
                "Jätemäärän ja ruokahävikin pienentämiseen tehdään toimintamalleja ja työkaluja.",
                "Verksamhetsmodeller och verktyg görs för att minska mängden avfall och matsvinn.",
                "Ways of working and tools are made for cutting waste and food waste.",
            ),
            "due_date": today + timedelta(days=140),
        },
        {
            "title": L(
                "Kaukolämpöyhtiöiden ja kuntien kehittämishankkeiden läpikäynti",
                "Genomgång av utvecklingsprojekt med fjärrvärmebolagen",
                "Review of development projects with district heating companies",
            ),
            "done": today - timedelta(days=33),
        },
        {
            "title": L(
                "Kustannusarvio hukkalämmön selvityksestä",
                "Kostnadsförslag för utredningen om spillvärme",
                "Estimate of the cost of the waste heat study",
            ),
            "added": today - timedelta(days=29),
            "due_date": today - timedelta(days=10),
            "done": today - timedelta(days=13),
        },
        {
            "title": L(
                "Koulutus kiinteistönhoitajille",
                "Utbildning för fastighetsskötare",
                "Training for property caretakers",
            ),
            "done": today - timedelta(days=96),
        },
    ]


def plans(today: date) -> list[Plan]:
    """The cooperation as one ongoing project."""
    started = today - timedelta(days=1150)
    return [
        Plan(
            slug=SLUG,
            by="koordinaattori.kestavat",
            stages=[
                (started, Stage.IDEA),
                (started + timedelta(days=60), Stage.DECIDED),
                (started + timedelta(days=150), Stage.PLANNING),
                (started + timedelta(days=290), Stage.IMPLEMENTATION),
            ],
            updated=today - timedelta(days=12),
            checked=today - timedelta(days=2),
            picture="lakeus",
            fields={
                "title": L(
                    "Kestävät-ilmastoyhteistyö",
                    "Klimatsamarbetet Kestävät",
                    "Kestävät climate cooperation",
                ),
                "summary": L(
                    "Alavus, Kurikka, Lapua ja Kuortane vaihtavat tietoa ja tekevät ilmastotyötä "
                    "yhdessä, kukin omien tavoitteidensa mukaan.",
                    "Alavo, Kurikka, Lappo och Kuortane utbyter kunskap och gör klimatarbete "
                    "tillsammans, var och en enligt sina egna mål.",
                    "Alavus, Kurikka, Lapua and Kuortane exchange knowledge and do climate work "
                    "together, each by its own goals.",
                ),
                "description": _DESCRIPTION,
                "image_alt": L(
                    "Piirros: pitkospuut kulkevat pellon poikki kohti matalia mäkiä.",
                    "Teckning: spänger går över en åker mot låga kullar.",
                    "Drawing: duckboards cross a field towards low hills.",
                ),
                "is_ongoing": True,
                "start_date": started,
                "date_precision": "year",
                "is_adaptation": True,
            },
            last={
                "next_review_on": today + timedelta(days=200),
            },
            municipalities=list(MUNICIPALITIES),
            regions=["kestavat"],
            themes=["johtaminen", "energia", "ruoka", "osallisuus"],
            related=["tukea-keski-suomen-kuntien-ilmastotyohon"],
            responsible=MUNICIPALITIES,
            partners=PARTNERS,
            contacts=[{"contact": "projektipaallikko.kestavat", "is_primary": True}],
            goals=GOALS,
            tasks=_tasks(today),
            news=[
                {
                    "date": today - timedelta(days=30),
                    "title": L(
                        "Ohjausryhmä kävi läpi kulut ja tavoitteet",
                        "Styrgruppen gick igenom kostnader och mål",
                        "The steering group reviewed costs and goals",
                    ),
                    "body": rich(
                        "Kokouksen yhteydessä kuntien edustajat tutustuivat myös kohteeseen, jossa "
                        "energiaa on saatu säästettyä.",
                        "I samband med mötet besökte kommunernas representanter ett objekt där man "
                        "sparat energi.",
                        "At the meeting the municipalities’ representatives also visited a site "
                        "where energy has been saved.",
                    ),
                }
            ],
            events=[
                {
                    "kind": EventKind.CAMPAIGN,
                    "title": L(
                        "Koulujen energiaviikko",
                        "Energivecka i skolorna",
                        "Energy week in schools",
                    ),
                    "starts": _energy_week(today),
                    "ends": _energy_week(today) + timedelta(days=4),
                    "place": L(
                        "Alavus, Kurikka, Lapua ja Kuortane",
                        "Alavo, Kurikka, Lappo och Kuortane",
                        "Alavus, Kurikka, Lapua and Kuortane",
                    ),
                }
            ],
        )
    ]


_DESCRIPTION = rich(
    """Alavuden, Kurikan ja Lapuan kaupungit ja Kuortaneen kunta tekevät ilmastotyötä yhdessä.
    Jokaisella kunnalla on omat tavoitteensa, jotka on kirjattu sen kestävän kehityksen ohjelmaan.
    Yhteistä on tiedonvaihto, koulukampanjat ja koulutukset.

    Kuntien energiansäästötiimit käsittelevät samoja asioita. Ilmastotyön projektipäällikkö yhdistää
    tiimit: hän välittää tietoa kunnasta toiseen ja kertoo, mikä on toiminut hyvin.

    Kuntien yhteinen ohjausryhmä seuraa kuluja ja tavoitteiden toteutumista. Kokouksissa kuntien
    edustajat tapaavat toisensa ja tutustuvat hyviin käytäntöihin ja kohteisiin. Puheenjohtaja on
    Jouko Vuolle Lapuan kaupungilta. Ryhmässä ovat mukana myös Etelä-Pohjanmaan liiton ja
    Etelä-Pohjanmaan elinvoimakeskuksen edustajat.

    Kunnat tekevät jatkuvasti yhteistyötä alueen korkeakoulujen ja hanketoimijoiden kanssa. Näin
    syntyy kokeiluja ja uusia toimintamalleja. Kunnat pysyvät ajan tasalla kestävän kehityksen
    työstä maakunnassa ja muualla ja jakavat tietoa myös itse eteenpäin. Kehittämishankkeiden
    investoinnit ja tutkimukset tuovat pohjatietoa. Monessa kunnassa kehitetään asioita
    kaukolämpöyhtiöiden ja muiden energiayhtiöiden kanssa ja tehdään työkaluja, joilla jätettä ja
    ruokahävikkiä syntyy vähemmän.

    <a href="/kestavat-yhteistyo/">Lue lisää yhteistyöstä ja katso linkit</a>""",
    """Städerna Alavo, Kurikka och Lappo och Kuortane kommun gör klimatarbete tillsammans. Varje
    kommun har egna mål, inskrivna i dess program för hållbar utveckling. Gemensamt är
    kunskapsutbytet, skolkampanjerna och utbildningarna.

    Kommunernas energispargrupper behandlar samma frågor. Projektchefen för klimatarbetet är länken
    mellan grupperna, förmedlar kunskap från kommun till kommun och berättar vad som fungerat bra.

    Kommunernas gemensamma styrgrupp följer kostnaderna och hur målen nås. På mötena träffas
    kommunernas representanter och bekantar sig med god praxis och goda exempel på plats. Ordförande
    är Jouko Vuolle från Lappo stad. I gruppen finns också representanter för Södra Österbottens
    förbund och Södra Österbottens livskraftscentral.

    Kommunerna samarbetar hela tiden med högskolor och projektaktörer i området. Det ger försök och
    nya verksamhetsmodeller. Kommunerna följer med vad som görs för hållbar utveckling i landskapet
    och på annat håll och delar själva med sig av sin kunskap. Investeringar och undersökningar i
    utvecklingsprojekt ger grundfakta. Många kommuner utvecklar saker med fjärrvärmebolag och andra
    energibolag och gör verktyg som minskar avfallet och matsvinnet.

    <a href="/sv/kestavat-yhteistyo/">Läs mer om samarbetet och se länkarna</a>""",
    """The cities of Alavus, Kurikka and Lapua and the municipality of Kuortane do climate work
    together. Each has goals of its own, written into its sustainable development programme. What
    they share is the exchange of knowledge, school campaigns and training.

    The energy-saving teams of the municipalities deal with the same matters. The project manager
    for climate work links the teams: carrying knowledge from one municipality to the next and
    telling what has worked well.

    The municipalities’ joint steering group follows the costs and how the goals are reached. In
    its meetings representatives meet each other and get to know good practices and sites. It is
    chaired by Jouko Vuolle of the City of Lapua. The Regional Council of South Ostrobothnia and
    the Economic Development Centre for South Ostrobothnia have representatives in the group.

    The municipalities cooperate all the time with universities and project actors in the area.
    This brings trials and new ways of working. The municipalities keep up to date on
    sustainable development in the county and elsewhere, and share what they know with others.
    Investments and studies in development projects add knowledge. Many municipalities develop
    things with district heating and other energy companies, and make tools for cutting waste and
    food waste.

    <a href="/en/kestavat-yhteistyo/">Read more about the cooperation and see the links</a>""",
)
