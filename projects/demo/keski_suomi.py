"""Real case: support for the climate work of the municipalities of Central Finland."""

from datetime import date

from projects.demo.files import csv_file
from projects.demo.plan import Plan, Row
from projects.demo.texts import L, rich
from projects.demo.world import World
from projects.enums import EventKind, Stage

SLUG = "tukea-keski-suomen-kuntien-ilmastotyohon"
BEGINS, ENDS = date(2022, 6, 1), date(2023, 5, 31)

GOALS: list[Row] = [
    {
        "text": L(
            "Keski-Suomen kunnissa osataan ilmastotyötä paremmin.",
            "Kommunerna i Mellersta Finland kan mer om klimatarbete.",
            "Municipalities in Central Finland know more about climate work.",
        )
    },
    {
        "text": L(
            "Kunnat ryhtyvät järjestelmälliseen ja konkreettiseen ilmastotyöhön.",
            "Kommunerna börjar med ett systematiskt och konkret klimatarbete.",
            "Municipalities take up systematic, concrete climate work.",
        )
    },
]

PACKAGES: list[Row] = [
    {
        "title": L(
            "Tietoa ja tukea ilmastotyöhön",
            "Kunskap och stöd för klimatarbetet",
            "Knowledge and support for climate work",
        ),
        "description": rich(
            "Kunnat saavat tietoa ja tukea siihen, mistä ilmastotyössä on kyse, millaisia "
            "työkaluja ja verkostoja on ja miten kunta voi itse vähentää päästöjään. "
            "Viestintäkampanja tekee ilmastotyön näkyväksi ja konkreettiseksi.",
            "Kommunerna får kunskap och stöd om vad klimatarbete går ut på, vilka verktyg och "
            "nätverk som finns och hur kommunen själv kan minska sina utsläpp. En "
            "informationskampanj gör klimatarbetet synligt och konkret.",
            "Municipalities get knowledge and support on what climate work is about, which tools "
            "and networks there are, and how they can cut their own emissions. A communications "
            "campaign makes climate work visible and concrete.",
        ),
    },
    {
        "title": L(
            "Apua rahoituksen hakemiseen",
            "Hjälp att söka finansiering",
            "Help with applying for funding",
        ),
        "description": rich(
            "Kuntia autetaan löytämään ilmastotyöhön ulkopuolista rahoitusta ja hakemaan sitä.",
            "Kommunerna får hjälp att hitta extern finansiering för klimatarbetet och att söka "
            "den.",
            "Municipalities are helped to find outside funding for climate work and to apply for "
            "it.",
        ),
    },
]

TASKS: list[Row] = [
    {
        "title": L(
            "Kuntien ilmastotietopaketti kolmessa osassa",
            "Kommunernas klimatinfopaket i tre delar",
            "Climate information package for municipalities in three parts",
        ),
        "body": rich(
            """Paketti vastaa lyhyesti kysymyksiin: mitä kuntien ilmastotyö on, mitkä ovat oman
            kunnan päästöt, mitä kunta voi tehdä ja mitä verkostoja ja työkaluja on avuksi.

            Se on tehty päätöksenteon tueksi Keski-Suomen kuntien päättäjille ja työntekijöille ja
            kaikille muille, joita kuntien ilmastotyö kiinnostaa.""",
            """Paketet svarar kort på frågorna: vad är kommunernas klimatarbete, vilka utsläpp har
            vår kommun, vad kan kommunen göra och vilka nätverk och verktyg finns till hjälp.

            Det är gjort som stöd för beslut, för beslutsfattare och anställda i kommunerna i
            Mellersta Finland och för alla andra som kommunernas klimatarbete intresserar.""",
            """The package answers briefly: what is municipal climate work, what are our
            municipality’s emissions, what can a municipality do, and which networks and tools help.

            It supports decisions, for decision-makers and staff of the municipalities of Central
            Finland and for anyone else interested in municipal climate work.""",
        ),
        "package": 1,
    },
    {
        "title": L(
            "Webinaarit ja työpajat kunnille",
            "Webbinarier och verkstäder för kommunerna",
            "Webinars and workshops for municipalities",
        ),
        "package": 1,
    },
    {
        "title": L("Viestintäkampanja", "Informationskampanj", "Communications campaign"),
        "package": 1,
    },
    {
        "title": L(
            "Rahoitusneuvonta kunnille",
            "Rådgivning om finansiering för kommunerna",
            "Funding advice for municipalities",
        ),
        "package": 2,
    },
]

PARTS = [
    L("Päästöt ja tavoitteet", "Utsläpp och mål", "Emissions and targets"),
    L(
        "Kunnan rooli, ilmastojohtaminen ja verkostot",
        "Kommunens roll, klimatledning och nätverk",
        "The municipality’s role, climate leadership and networks",
    ),
    L(
        "Työkaluja kunnan ilmastotyöhön",
        "Verktyg för kommunens klimatarbete",
        "Tools for municipal climate work",
    ),
]


def plans(today: date, world: World) -> list[Plan]:
    """The project of case 001. Every municipality of the county takes part."""
    municipalities = world.members_of("keski-suomi")
    return [
        Plan(
            slug=SLUG,
            by="koordinaattori.keski-suomi",
            stages=[
                (date(2021, 11, 16), Stage.DECIDED),
                (date(2022, 4, 1), Stage.PLANNING),
                (BEGINS, Stage.IMPLEMENTATION),
                (ENDS, Stage.COMPLETED),
            ],
            completed_on=ENDS,
            updated=date(2023, 6, 1),
            picture="jarvi",
            fields={
                "title": L(
                    "Tukea Keski-Suomen kuntien ilmastotyöhön",
                    "Stöd för klimatarbetet i Mellersta Finlands kommuner",
                    "Support for municipal climate work in Central Finland",
                ),
                "summary": L(
                    "Keski-Suomen kunnille koulutusta, tietoa, tukea ja neuvoja rahoituksen "
                    "hakemiseen.",
                    "Utbildning, kunskap, stöd och råd om finansiering för kommunerna i Mellersta "
                    "Finland.",
                    "Training, knowledge, support and funding advice for the municipalities of "
                    "Central Finland.",
                ),
                "description": _DESCRIPTION,
                "image_alt": L(
                    "Piirros: pitkospuut järven rannalla, takana sinisiä vaaroja.",
                    "Teckning: spänger vid en sjö, blå berg i bakgrunden.",
                    "Drawing: duckboards by a lake, blue hills behind.",
                ),
                "start_date": BEGINS,
                "end_date": ENDS,
                "is_adaptation": True,
                "implements": L(
                    "Hiilineutraali Keski-Suomi 2030 -tiekartta",
                    "Färdplanen Koldioxidneutrala Mellersta Finland 2030",
                    "Roadmap Carbon-neutral Central Finland 2030",
                ),
            },
            last={
                "afterlife": rich(
                    "Ilmastotietopaketti ja muut aineistot ovat edelleen kuntien käytettävissä.",
                    "Klimatinfopaketet och det övriga materialet kan fortfarande användas av "
                    "kommunerna.",
                    "The information package and the other materials remain available to "
                    "municipalities.",
                )
            },
            maintainer="liitto-keski-suomi",
            municipalities=list(municipalities),
            regions=["keski-suomi"],
            themes=["johtaminen", "osallisuus"],
            responsible=["liitto-keski-suomi"],
            contacts=[{"contact": "suvi.bayr", "is_primary": True}],
            goals=GOALS,
            packages=PACKAGES,
            tasks=[{**row, "completed_precision": "year", "done": ENDS} for row in TASKS],
            materials=_materials(world, municipalities),
            events=[
                {
                    "kind": EventKind.CAMPAIGN,
                    "title": L(
                        "Viestintäkampanja kuntien ilmastotyöstä",
                        "Kampanj om kommunernas klimatarbete",
                        "Campaign about municipal climate work",
                    ),
                    "starts": BEGINS,
                    "ends": ENDS,
                    "place": L("Keski-Suomi", "Mellersta Finland", "Central Finland"),
                }
            ],
        )
    ]


def _materials(world: World, municipalities: list[str]) -> list[Row]:
    name = L(
        "Keski-Suomen kuntien ilmastotietopaketti",
        "Klimatinfopaket för Mellersta Finlands kommuner",
        "Climate information package of Central Finland",
    )
    rows: list[Row] = [
        {
            "title": L(*(f"{whole}: {part}" for whole, part in zip(name, texts, strict=True))),
            "part_number": number,
            "url": f"https://example.fi/keski-suomi/ilmastotietopaketti-{number}",
            "published_on": ENDS,
        }
        for number, texts in enumerate(PARTS, start=1)
    ]
    others = [
        (
            "tilannekatsaus",
            L(
                "Keski-Suomen kuntien ilmastotyön tilannekatsaus",
                "Lägesöversikt av klimatarbetet i Mellersta Finlands kommuner",
                "Review of municipal climate work in Central Finland",
            ),
            L(
                "Koonti kuntakierroksesta, joka tehtiin syksyllä 2019.",
                "Sammanställning av rundan i kommunerna hösten 2019.",
                "Summary of the round of municipalities made in autumn 2019.",
            ),
        ),
        (
            "harvaan-asutut-seudut",
            L(
                "Harvaan asuttujen seutujen erityispiirteistä",
                "Om särdragen i glesbebyggda områden",
                "On the special features of sparsely populated areas",
            ),
            L(""),
        ),
        (
            "webinaarit-ja-tyopajat",
            L(
                "Kuntien webinaarien ja työpajojen aineistot",
                "Material från kommunernas webbinarier och verkstäder",
                "Materials of the webinars and workshops for municipalities",
            ),
            L(
                "Aineistoa on tehty myös muissa hankkeissa.",
                "Material har också tagits fram i andra projekt.",
                "Some of the material comes from other projects.",
            ),
        ),
    ]
    rows += [
        {
            "title": title,
            "description": text,
            "url": f"https://example.fi/keski-suomi/{slug}",
            "order": order,
        }
        for order, (slug, title, text) in enumerate(others, start=1)
    ]
    rows.append(
        {
            "title": L(
                "Luettelo kuntien tiivistelmistä (taulukko)",
                "Förteckning över kommunernas sammanfattningar (tabell)",
                "List of the municipal summaries (table)",
            ),
            "file": csv_file(
                "kuntien-tiivistelmat",
                [["kuntakoodi", "kunta"]]
                + [[world.municipality(s).code, world.municipality(s).name_fi]
                   for s in municipalities],
            ),
            "order": len(others) + 1,
        }
    )  # fmt: skip
    return rows + [_summary(world, slug, order) for order, slug in enumerate(municipalities, 10)]


def _summary(world: World, slug: str, order: int) -> Row:
    """The summary document of one municipality."""
    place = world.municipality(slug)
    return {
        "title": L(
            f"Ilmastotyön tiivistelmä: {place.name_fi}",
            f"Sammanfattning av klimatarbetet: {place.name_sv or place.name_fi}",
            f"Summary of climate work: {place.name_en or place.name_fi}",
        ),
        "description": L(
            "Perustuu kunnassa syksyllä 2019 pidettyyn työpajaan.",
            "Bygger på en workshop i kommunen hösten 2019.",
            "Based on a workshop held in the municipality in autumn 2019.",
        ),
        "url": f"https://example.fi/keski-suomi/tiivistelma/{slug}",
        "municipality": slug,
        "order": order,
    }


_DESCRIPTION = rich(
    """Keski-Suomen liiton hanke kasvattaa kuntien osaamista ja kannustaa niitä tekemään
    ilmastotyötä järjestelmällisesti ja konkreettisesti. Rahoitus on saatu ympäristöministeriön
    Alueet kuntien ilmastotyön tukena -hausta. Hanke toteutetaan 1.6.2022–31.5.2023, ja se toteuttaa
    Hiilineutraali Keski-Suomi 2030 -tiekarttaa.

    Tukea saavat kaikki Keski-Suomen kunnat. Eniten autetaan pieniä ja keskisuuria kuntia ja kuntia,
    jotka ovat ilmastotyössään alussa. Päästöjen vähentämisen rinnalla käsitellään tarvittaessa myös
    sopeutumista ilmastonmuutokseen.

    Lähtötilanne tunnetaan: syksyllä 2019 jokaisessa kunnassa pidettiin työpaja, ja jokaisesta
    kunnasta tehtiin oma tiivistelmä.""",
    """Mellersta Finlands förbunds projekt ökar kommunernas kunnande och uppmuntrar dem att arbeta
    systematiskt och konkret för klimatet. Finansieringen kommer från miljöministeriets utlysning
    Regioner som stöd för kommunernas klimatarbete. Projektet genomförs 1.6.2022–31.5.2023 och
    verkställer färdplanen Koldioxidneutrala Mellersta Finland 2030.

    Alla kommuner i Mellersta Finland får stöd. Mest hjälp får små och medelstora kommuner och de
    som just har börjat med klimatarbete. Vid sidan av minskade utsläpp behandlas vid behov också
    anpassning till klimatförändringen.

    Utgångsläget är känt: hösten 2019 ordnades en workshop i varje kommun, och en sammanfattning
    gjordes för varje kommun.""",
    """This project of the Regional Council of Central Finland adds to the skills of municipalities
    and encourages them to do climate work in a systematic and concrete way. It is funded through
    the Ministry of the Environment’s call Regions supporting municipal climate work. It runs from
    1 June 2022 to 31 May 2023 and carries out the roadmap Carbon-neutral Central Finland 2030.

    Support is open to every municipality of Central Finland. Small and medium-sized municipalities
    and those at the beginning of their climate work get most of it. Besides cutting emissions,
    adapting to climate change is covered when needed.

    The starting point is known: in autumn 2019 a workshop was held in every municipality, and a
    summary was made of each.""",
)


def practices(today: date) -> list[Row]:
    """What others can copy from case 001."""
    return [
        {
            "slug": "kuntakierros",
            "project": SLUG,
            "published_on": date(2023, 6, 1),
            "resources": 2,
            "adopted_by": [],
            "title": L(
                "Kuntakierros: työpaja ja tiivistelmä joka kunnasta",
                "Kommunrunda: workshop och sammanfattning i varje kommun",
                "A round of municipalities: a workshop and a summary for each",
            ),
            "what": L(
                "Maakunnan liitto pitää jokaisessa kunnassa työpajan ja kirjoittaa siitä lyhyen "
                "tiivistelmän. Tiivistelmistä kootaan maakunnan tilannekatsaus.",
                "Landskapsförbundet håller en workshop i varje kommun och skriver en kort "
                "sammanfattning. Av sammanfattningarna görs en lägesöversikt för landskapet.",
                "The regional council holds a workshop in every municipality and writes a short "
                "summary. The summaries make up a review of the county.",
            ),
            "why": L(
                "Jokainen kunta saa lähtötiedot, ja maakunta näkee kokonaiskuvan.",
                "Varje kommun får sina utgångsfakta och landskapet ser helheten.",
                "Each municipality gets its starting facts and the county sees the whole.",
            ),
        }
    ]
