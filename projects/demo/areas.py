"""Invented projects inside the demo's cooperation areas, beside the real cases."""

from datetime import date
from decimal import Decimal

from projects.demo.plan import Days, Measured, OwnStage, Plan
from projects.demo.texts import L, rich
from projects.enums import Stage


def plans(today: date) -> list[Plan]:
    """Own stages that differ; one municipality; one language; carried out, planned, decided."""
    days = Days(today)
    return [_scales(days), _yards(days), _keski_savo(days), _biogas(days), _buses(days)]


def _scales(days: Days) -> Plan:
    return Plan(
        slug="havikkivaaka-koulukeittioihin",
        by="koordinaattori.kestavat",
        stages=[(days.ago(280), Stage.DECIDED), (days.ago(200), Stage.IMPLEMENTATION)],
        updated=days.ago(28),
        fields={
            "title": L(
                "Hävikkivaaka koulukeittiöihin",
                "Svinnvåg till skolköken",
                "Waste scales for school kitchens",
            ),
            "summary": L(
                "Neljä kuntaa kokeilee vaakaa, joka näyttää oppilaille, paljonko ruokaa jäi "
                "lautasille.",
                "Fyra kommuner prövar en våg som visar eleverna hur mycket mat som blev kvar.",
                "Four municipalities try a scale that shows pupils how much food was left.",
            ),
            "start_date": days.ago(240),
            "end_date": days.ahead(130),
        },
        municipalities=[
            "lapua",
            "kurikka",
            "alavus",
            "kuortane",
        ],
        regions=["kestavat"],
        themes=["ruoka"],
        related=["kestavat-ilmastoyhteistyo"],
        responsible=["lapua"],
        contacts=[{"contact": "projektipaallikko.kestavat", "is_primary": True}],
        own_stages=[
            OwnStage(municipality="kuortane", on=days.ago(196), to=Stage.DECIDED),
            OwnStage(municipality="lapua", on=days.ago(73), to=Stage.COMPLETED),
        ],
        goals=[
            {
                "text": L(
                    "Jokainen kunta tietää, paljonko sen kouluissa heitetään ruokaa pois.",
                    "Varje kommun vet hur mycket mat som kastas i dess skolor.",
                    "Every municipality knows how much food its schools throw away.",
                )
            },
            {
                "text": L(
                    "Lautashävikki vähenee kolmanneksen.",
                    "Tallrikssvinnet minskar med en tredjedel.",
                    "Plate waste falls by a third.",
                ),
                "unit": L("g oppilasta kohden päivässä", "g per elev och dag", "g per pupil a day"),
                "base_date": days.ago(240),
                "target_date": days.ahead(130),
                "followed": [
                    {"municipality": place, "base_value": Decimal(base), "target_value": target}
                    for place, base, target in (
                        ("lapua", 42, Decimal(28)),
                        ("kurikka", 39, Decimal(26)),
                        ("alavus", 36, Decimal(24)),
                        ("kuortane", 33, Decimal(22)),
                    )
                ],
                "measured": [
                    Measured(days.ago(150), "34", "lapua"),
                    Measured(days.ago(150), "37", "kurikka"),
                    Measured(days.ago(148), "35", "alavus"),
                    Measured(days.ago(75), "27.5", "lapua"),
                    Measured(days.ago(72), "32", "kurikka"),
                    Measured(days.ago(70), "38.5", "alavus", "Mukana myös lukio"),
                ],
            },
        ],
        tasks=[
            {
                "title": L("Vaaka Kuortaneelle", "Våg till Kuortane", "Scales to Kuortane"),
                "municipality": "kuortane",
                "due_date": days.ahead(90),
            },
            {
                "title": L("Mittausjakso Lapualla", "Mätperiod i Lappo", "Measuring in Lapua"),
                "municipality": "lapua",
                "done": days.ago(75),
            },
            # what the steering group decided; see kestavat_meetings
            {
                "title": L(
                    "Ohje hävikin mittaamiseen keittiöille",
                    "Anvisning till köken om hur matsvinnet mäts",
                    "Instructions to kitchens for measuring waste",
                ),
                "added": days.ago(204),
                "due_date": days.ago(150),
                "done": days.ago(158),
            },
            {
                "title": L(
                    "Yhteenveto mittaustuloksista kunnille",
                    "Sammandrag av mätresultaten till kommunerna",
                    "Summary of the measurements for the municipalities",
                ),
                "added": days.ago(29),
                "state": "in_progress",
                "due_date": days.ago(8),
            },
        ],
    )


def _yards(days: Days) -> Plan:
    return Plan(
        slug="viileammat-koulupihat-akaaseen",
        by="koordinaattori.etela-pirkanmaa",
        stages=[(days.ago(160), Stage.IDEA), (days.ago(50), Stage.DECIDED)],
        updated=days.ago(47),
        fields={
            "title": L("Viileämmät koulupihat Akaaseen"),
            "summary": L("Asfalttia puretaan ja tilalle istutetaan puita ja pensaita."),
            "start_date": days.ahead(150),
            "end_date": days.ahead(520),
            "date_precision": "year",
            "is_mitigation": False,
            "is_adaptation": True,
        },
        municipalities=["akaa"],
        regions=["etela-pirkanmaa"],
        themes=["luonto"],
        responsible=["akaa"],
    )


def _keski_savo(days: Days) -> Plan:
    return Plan(
        slug="keski-savon-ilmasto-ohjelman-toimeenpano",
        by="koordinaattori.pohjois-savo",
        stages=[(days.ago(500), Stage.DECIDED), (days.ago(380), Stage.IMPLEMENTATION)],
        updated=days.ago(24),
        fields={
            "title": L("Keski-Savon ilmasto-ohjelman toimeenpano"),
            "summary": L(
                "Varkaus, Joroinen ja Leppävirta valitsevat joka vuosi viisi tointa ja tekevät ne "
                "loppuun."
            ),
            "description": rich(
                "Toimet valitaan talousarvion yhteydessä, jotta niihin on rahaa. Vuoden lopussa "
                "katsotaan, mitä saatiin aikaan."
            ),
            "start_date": days.ago(480),
            "is_ongoing": True,
            "implements": L("Keski-Savon ilmasto-ohjelma"),
        },
        municipalities=["varkaus", "joroinen", "leppavirta"],
        regions=["keski-savo"],
        themes=["johtaminen", "energia"],
        related=["pohjois-savon-ilmastokoordinaattorit"],
        responsible=["varkaus", "joroinen", "leppavirta"],
        partners=["navitas"],
        contacts=[{"contact": "ilmastokoordinaattori.keski-savo", "is_primary": True}],
        goals=[
            {
                "text": L("Viime vuonna valitut viisi tointa on tehty loppuun."),
                "state": "met",
                "unit": L("tointa"),
                "base_value": Decimal(0),
                "base_date": days.ago(480),
                "target_value": Decimal(5),
                "target_date": days.ago(260),
                "measured": [Measured(days.ago(370), "2"), Measured(days.ago(260), "4")],
            }
        ],
        tasks=[
            {"title": L("Tämän vuoden viisi tointa"), "state": "in_progress",
             "due_date": days.ahead(39)},
            {"title": L("Toimien valinta ensi vuodelle"), "due_date": days.ahead(20)},
            {"title": L("Viime vuoden toimien arviointi"), "done": days.ago(260)},
        ],
    )  # fmt: skip


def _biogas(days: Days) -> Plan:
    return Plan(
        slug="maatilojen-biokaasu-yla-savossa",
        by="koordinaattori.pohjois-savo",
        stages=[(days.ago(310), Stage.IDEA), (days.ago(140), Stage.PLANNING)],
        updated=days.ago(33),
        fields={
            "title": L(
                "Maatilojen biokaasu Ylä-Savossa",
                "Biogas från gårdar i Övre Savolax",
                "Biogas from farms in Ylä-Savo",
            ),
            "summary": L(
                "Neljä kuntaa etsii maatiloille paikat, joissa lannasta tehdään polttoainetta "
                "traktoreihin ja busseihin.",
                "Fyra kommuner söker platser där gårdarnas gödsel blir bränsle för traktorer och "
                "bussar.",
                "Four municipalities look for sites where manure becomes fuel for tractors and "
                "buses.",
            ),
            "start_date": days.ago(140),
            "end_date": days.ahead(420),
        },
        municipalities=["iisalmi", "kiuruvesi", "lapinlahti", "sonkajarvi"],
        regions=["yla-savo"],
        themes=["energia", "kiertotalous"],
        responsible=["iisalmi"],
        partners=["kiuruvesi", "lapinlahti", "sonkajarvi", "liitto-pohjois-savo"],
        contacts=[
            {"contact": "ilmastokoordinaattori.yla-savo", "is_primary": True},
            {"contact": "ilmasto.iisalmi"},
        ],
        own_stages=[
            OwnStage(municipality="iisalmi", on=days.ago(60), to=Stage.IMPLEMENTATION),
            OwnStage(municipality="sonkajarvi", on=days.ago(35), to=Stage.DECIDED),
        ],
        goals=[
            {
                "text": L(
                    "Jokaisessa kunnassa on tutkittu vähintään yksi paikka.",
                    "I varje kommun har minst en plats undersökts.",
                    "At least one site has been studied in every municipality.",
                )
            }
        ],
        tasks=[
            {
                "title": L("Kysely tiloille", "Enkät till gårdarna", "Survey of farms"),
                "done": days.ago(90),
            },
            {
                "title": L(
                    "Paikan maaperätutkimus Iisalmessa",
                    "Markundersökning i Idensalmi",
                    "Soil study in Iisalmi",
                ),
                "municipality": "iisalmi",
                "state": "in_progress",
                "due_date": days.ahead(55),
            },
        ],
    )


def _buses(days: Days) -> Plan:
    return Plan(
        slug="yhteinen-bussisuunnitelma-kuopion-seudulle",
        by="koordinaattori.pohjois-savo",
        stages=[(days.ago(85), Stage.DECIDED)],
        updated=days.ago(70),
        fields={
            "title": L(
                "Yhteinen bussisuunnitelma Kuopion seudulle",
                "En gemensam bussplan för Kuopioregionen",
                "A shared bus plan for the Kuopio area",
            ),
            "summary": L(
                "Kuopio ja Siilinjärvi suunnittelevat linjat ja liput yhdessä, jotta työmatkan voi "
                "tehdä bussilla.",
                "Kuopio och Siilinjärvi planerar linjer och biljetter tillsammans, så att man kan "
                "åka buss till arbetet.",
                "Kuopio and Siilinjärvi plan routes and tickets together, so that you can take the "
                "bus to work.",
            ),
            "start_date": days.ahead(50),
            "end_date": days.ahead(400),
            "date_precision": "month",
        },
        municipalities=["kuopio", "siilinjarvi"],
        regions=["kuopion-seutu"],
        themes=["liikenne"],
        responsible=["kuopio", "siilinjarvi"],
        contacts=[{"contact": "ilmastokoordinaattori.kuopion-seutu", "is_primary": True}],
        goals=[
            {
                "text": L(
                    "Sama lippu käy molemmissa kunnissa.",
                    "Samma biljett gäller i båda kommunerna.",
                    "The same ticket is valid in both municipalities.",
                )
            },
            {
                "text": L(
                    "Kuntien välillä matkustetaan bussilla enemmän.",
                    "Fler åker buss mellan kommunerna.",
                    "More people go by bus between the municipalities.",
                ),
                "unit": L("matkaa kuukaudessa", "resor i månaden", "journeys a month"),
                "target_value": Decimal(24000),
                "measured": [Measured(days.ago(84), "18150"), Measured(days.ago(70), "17900")],
            },
        ],
    )
