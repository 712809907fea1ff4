"""Invented projects of the south: Uusimaa, Varsinais-Suomi, Åland, Häme."""

from datetime import date
from decimal import Decimal

from projects.demo.plan import Days, Measured, Plan
from projects.demo.texts import L, rich
from projects.enums import EventKind, Stage


def plans(today: date) -> list[Plan]:
    """Late by a task; three languages; two languages; an idea; completed on time; adaptation."""
    days = Days(today)
    return [_audits(days), _bikes(days), _islands(days), _harbour(days), _food(days), _park(days)]


def _audits(days: Days) -> Plan:
    return Plan(
        slug="koulujen-energiakatselmukset-lohjalla",
        by="toimitus",
        stages=[
            (days.ago(330), Stage.DECIDED),
            (days.ago(270), Stage.PLANNING),
            (days.ago(150), Stage.IMPLEMENTATION),
        ],
        updated=days.ago(21),
        fields={
            "title": L(
                "Koulujen energiakatselmukset Lohjalla",
                "Energikartläggning av skolorna i Lojo",
                "Energy audits of schools in Lohja",
            ),
            "summary": L(
                "Kymmenen koulun lämmitys, valaistus ja ilmanvaihto käydään läpi ja turha kulutus "
                "karsitaan.",
                "Uppvärmning, belysning och ventilation i tio skolor gås igenom och onödig "
                "förbrukning tas bort.",
                "Heating, lighting and ventilation of ten schools are checked and needless use is "
                "cut.",
            ),
            "description": rich(
                "Katselmuksen tekevät kaupungin omat kiinteistönhoitajat asiantuntijan kanssa. "
                "Jokainen koulu saa luettelon toimista, jotka maksavat itsensä takaisin viidessä "
                "vuodessa.",
                "Kartläggningen görs av stadens egna fastighetsskötare med en expert. Varje skola "
                "får en lista på åtgärder som betalar sig på fem år.",
                "The city’s own caretakers do the audit with an expert. Each school gets a list of "
                "measures that pay for themselves in five years.",
            ),
            "start_date": days.ago(300),
            "end_date": days.ahead(190),
        },
        municipalities=["lohja"],
        themes=["energia"],
        responsible=["lohja"],
        contacts=[
            {"contact": "ilmasto.lohja", "is_primary": True},
            {"contact": "maija.mallikas"},
        ],
        goals=[
            {
                "text": L(
                    "Koulujen lämmönkulutus pienenee kymmenesosan.",
                    "Skolornas värmeförbrukning minskar med en tiondel.",
                    "The schools’ use of heat falls by a tenth.",
                ),
                "unit": L("MWh vuodessa", "MWh per år", "MWh a year"),
                "base_value": Decimal("2140"),
                "base_date": days.ago(330),
                "target_value": Decimal("1926"),
                "target_date": days.ahead(400),
                "measured": [Measured(days.ago(120), "2098.5"), Measured(days.ago(24), "2004")],
            }
        ],
        tasks=[
            {
                "title": L(
                    "Virkkalan koulujen katselmukset",
                    "Kartläggning av skolorna i Virkby",
                    "Audits of the Virkkala schools",
                ),
                "state": "in_progress",
                "due_date": days.ago(26),
            },
            {
                "title": L(
                    "Toimien luettelo kouluille",
                    "Åtgärdslista till skolorna",
                    "List of measures for the schools",
                ),
                "due_date": days.ahead(60),
            },
            {
                "title": L(
                    "Keskustan koulujen katselmukset",
                    "Kartläggning av skolorna i centrum",
                    "Audits of the schools in the centre",
                ),
                "done": days.ago(70),
            },
        ],
    )


def _bikes(days: Days) -> Plan:
    return Plan(
        slug="pyoralla-junalle-lansi-uudellamaalla",
        by="toimitus",
        stages=[(days.ago(260), Stage.PLANNING), (days.ago(110), Stage.IMPLEMENTATION)],
        updated=days.ago(40),
        checked=days.ago(7),
        picture="ranta",
        fields={
            "title": L(
                "Pyörällä junalle Länsi-Uudellamaalla",
                "Cykla till tåget i Västnyland",
                "By bike to the train in western Uusimaa",
            ),
            "summary": L(
                "Asemille tulee katettuja pyöräpaikkoja ja lukittavia kaappeja, jotta junaan voi "
                "tulla pyörällä myös talvella.",
                "Stationerna får cykelplatser under tak och låsbara skåp, så att man kan cykla "
                "till tåget också på vintern.",
                "Stations get covered bike parking and lockers, so that you can cycle to the train "
                "in winter too.",
            ),
            "description": rich(
                "Kunnat kysyivät asukkailta, miksi asemalle tullaan autolla. Yleisin syy oli "
                "pyörävarkauden pelko.",
                "Kommunerna frågade invånarna varför man kör bil till stationen. Den vanligaste "
                "orsaken var rädsla för cykelstöld.",
                "The municipalities asked residents why they drive to the station. The most common "
                "reason was fear of bike theft.",
            ),
            "image_alt": L(
                "Piirros: pitkospuut rannalla, aurinko nousee sinertävien mäkien takaa.",
                "Teckning: spänger vid stranden, solen går upp bakom blånande kullar.",
                "Drawing: duckboards at the shore, the sun rising behind bluish hills.",
            ),
            "start_date": days.ago(240),
            "end_date": days.ahead(330),
            "date_precision": "month",
        },
        municipalities=["raasepori", "hanko", "inkoo"],
        themes=["liikenne"],
        responsible=["raasepori"],
        partners=["traficom"],
        contacts=[
            {"contact": "eva.exempel", "is_primary": True},
            {"contact": "ilmasto.raasepori"},
        ],
        goals=[
            {
                "text": L(
                    "Joka asemalla on lukittavia pyöräpaikkoja.",
                    "Varje station har låsbara cykelplatser.",
                    "Every station has lockable bike parking.",
                ),
                "unit": L("asemaa", "stationer", "stations"),
                "base_value": Decimal(0),
                "target_value": Decimal(3),
            }
        ],
        tasks=[
            {
                "title": L("Karjaan asema", "Karis station", "Karjaa station"),
                "municipality": "raasepori",
                "state": "in_progress",
                "due_date": days.ahead(70),
                "due_precision": "month",
            },
            {
                "title": L("Hangon asema", "Hangö station", "Hanko station"),
                "municipality": "hanko",
                "due_date": days.ahead(190),
                "due_precision": "month",
            },
            {
                "title": L("Kysely asukkaille", "Enkät till invånarna", "Survey of residents"),
                "done": days.ago(150),
            },
        ],
        events=[
            {
                "kind": EventKind.OTHER,
                "title": L("Pyöräpäivä Karjaalla", "Cykeldag i Karis", "Bike day in Karjaa"),
                "starts": days.ahead(12),
                "hours": (10, 14),
                "place": L("Karjaan asema", "Karis station", "Karjaa station"),
            }
        ],
    )


def _islands(days: Days) -> Plan:
    return Plan(
        slug="saariston-sahkolautat",
        by="toimitus",
        stages=[(days.ago(420), Stage.IDEA), (days.ago(200), Stage.PLANNING)],
        updated=days.ago(63),
        fields={
            "title": L("Saariston sähkölautat", "Elfärjor i skärgården"),
            "summary": L(
                "Selvitetään, millä reiteillä lautta voi kulkea sähköllä ja mistä latausvirta "
                "tulee.",
                "Man utreder på vilka rutter färjan kan gå på el och varifrån laddströmmen kommer.",
            ),
            "description": rich(
                "Ensimmäiseksi mitataan kahden reitin energiantarve.",
                "Först mäts energibehovet på två rutter.",
            ),
            "start_date": date(days.today.year - 1, 1, 1),
            "end_date": date(days.today.year + 2, 12, 31),
            "date_precision": "year",
        },
        municipalities=["kemionsaari", "parainen"],
        themes=["liikenne", "energia"],
        responsible=["kemionsaari", "parainen"],
        contacts=[{"contact": "ilmasto.kemionsaari", "is_primary": True}],
        goals=[
            {
                "text": L("Vuorot eivät vähene.", "Turerna blir inte färre."),
                "unit": L("vuoroa viikossa", "turer i veckan"),
                "base_value": Decimal(84),
                "base_date": days.ago(400),
                "target_value": Decimal(84),
                "measured": [Measured(days.ago(64), "84")],
            }
        ],
        tasks=[
            {
                "title": L("Reittien energiamittaus", "Energimätning på rutterna"),
                "state": "in_progress",
                "due_date": date(days.today.year + 1, 12, 31),
                "due_precision": "year",
            },
        ],
    )


def _harbour(days: Days) -> Plan:
    return Plan(
        slug="fossiiliton-vierasvenesatama",
        by="toimitus",
        stages=[(days.ago(35), Stage.IDEA)],
        updated=days.ago(35),
        fields={
            "title": L("Fossiiliton vierasvenesatama", "En fossilfri gästhamn"),
            "summary": L(
                "Ajatus: vierasvenesatamassa voi ladata, mutta ei enää tankata fossiilista "
                "polttoainetta.",
                "Idén: i gästhamnen kan man ladda men inte längre tanka fossilt bränsle.",
            ),
        },
        municipalities=["maarianhamina"],
        themes=["energia"],
        responsible=["maarianhamina"],
    )


def _food(days: Days) -> Plan:
    end = days.ago(90)
    return Plan(
        slug="ruokahavikki-puoleen-kouluissa",
        by="toimitus",
        stages=[
            (days.ago(540), Stage.DECIDED),
            (days.ago(480), Stage.IMPLEMENTATION),
            (days.ago(95), Stage.COMPLETED),
        ],
        completed_on=days.ago(95),
        updated=days.ago(88),
        fields={
            "title": L(
                "Ruokahävikki puoleen Lahden seudun kouluissa",
                "Halverat matsvinn i skolorna i Lahtisregionen",
                "Halving food waste in schools of the Lahti area",
            ),
            "summary": L(
                "Koulut mittasivat hävikin kahden viikon ajan, muuttivat annoskokoja ja mittasivat "
                "uudelleen.",
                "Skolorna mätte svinnet i två veckor, ändrade portionerna och mätte på nytt.",
                "Schools measured their waste for two weeks, changed portions and measured again.",
            ),
            "description": rich(
                "Oppilaat päättivät, mitä muutetaan. Jäljelle jäänyt ruoka myytiin asukkaille "
                "edullisesti.",
                "Eleverna bestämde vad som skulle ändras. Maten som blev över såldes billigt till "
                "invånarna.",
                "Pupils decided what to change. Food left over was sold to residents at a low "
                "price.",
            ),
            "start_date": days.ago(500),
            "end_date": end,
        },
        last={
            "afterlife": rich(
                "Mittaus tehdään jatkossa joka syksy, ja keittiöt pitävät hävikkivihkoa.",
                "Mätningen görs varje höst och köken för en svinndagbok.",
                "The waste is measured every autumn and kitchens keep a waste book.",
            ),
            "next_review_on": days.ahead(300),
        },
        maintainer="lahti",
        municipalities=["lahti", "hollola", "heinola"],
        themes=["ruoka", "osallisuus"],
        responsible=["lahti"],
        partners=["hollola", "heinola"],
        contacts=[{"contact": "ilmasto.lahti", "is_primary": True}],
        goals=[
            {
                "text": L(
                    "Hävikki oppilasta kohden puolittuu.",
                    "Svinnet per elev halveras.",
                    "Waste per pupil is halved.",
                ),
                "state": "met",
                "unit": L("g oppilasta kohden päivässä", "g per elev och dag", "g per pupil a day"),
                "base_value": Decimal(64),
                "base_date": days.ago(470),
                "target_value": Decimal(32),
                "target_date": end,
                "measured": [
                    Measured(days.ago(470), "64"),
                    Measured(days.ago(280), "45"),
                    Measured(days.ago(110), "31"),
                ],
            }
        ],
        tasks=[
            {
                "title": L("Alkumittaus", "Första mätningen", "First measurement"),
                "done": days.ago(470),
            },
            {
                "title": L("Uudet annoskoot", "Nya portionsstorlekar", "New portion sizes"),
                "done": days.ago(300),
            },
            {
                "title": L("Loppumittaus", "Sista mätningen", "Last measurement"),
                "done": days.ago(110),
            },
        ],
        news=[
            {
                "date": days.ago(105),
                "title": L(
                    "Hävikki puolittui kahdessa lukuvuodessa",
                    "Svinnet halverades på två läsår",
                    "Waste was halved in two school years",
                ),
            }
        ],
    )


def _park(days: Days) -> Plan:
    return Plan(
        slug="hulevesipuisto-hameenlinnaan",
        by="toimitus",
        stages=[(days.ago(300), Stage.PLANNING), (days.ago(80), Stage.IMPLEMENTATION)],
        updated=days.ago(16),
        fields={
            "title": L("Hulevesipuisto Hämeenlinnaan"),
            "summary": L(
                "Puisto ottaa vastaan rankkasateen veden, joka nyt tulvii kellareihin ja kaduille."
            ),
            "description": rich(
                "Notkelmaan kaivetaan kolme matalaa allasta. Kuivalla säällä niissä voi leikkiä."
            ),
            "start_date": days.ago(280),
            "end_date": days.ahead(240),
            "is_mitigation": False,
            "is_adaptation": True,
        },
        municipalities=["hameenlinna"],
        themes=["luonto", "maankaytto"],
        responsible=["hameenlinna"],
        tasks=[
            {
                "title": L("Altaiden kaivu"),
                "state": "in_progress",
                "due_date": days.ahead(45),
            },
            {"title": L("Kasvien istutus"), "due_date": days.ahead(210)},
            {"title": L("Suunnitelman esittely asukkaille"), "done": days.ago(190)},
        ],
    )
