"""Invented projects of the east and south-east: Karelia, Kymenlaakso, Etelä-Savo, Porvoo."""

from datetime import date

from projects.demo.plan import Days, Halt, Plan
from projects.demo.texts import L, rich
from projects.enums import Activity, ScheduleStatus, Stage


def plans(today: date) -> list[Plan]:
    """Late by its end date; at risk, a whole county; ongoing; on hold; sums without a date."""
    days = Days(today)
    return [
        _waste_heat(days), _criteria(days), _wetlands(days), _rides(days), _villages(days),
        _training(days),
    ]  # fmt: skip


def _waste_heat(days: Days) -> Plan:
    return Plan(
        slug="tehtaan-hukkalampo-kaukolampoon",
        by="toimitus",
        stages=[
            (days.ago(700), Stage.DECIDED),
            (days.ago(600), Stage.PLANNING),
            (days.ago(420), Stage.IMPLEMENTATION),
        ],
        updated=days.ago(58),
        fields={
            "title": L(
                "Tehtaan hukkalämpö kaukolämpöön",
                "Fabrikens spillvärme till fjärrvärmen",
                "Waste heat from a factory to district heating",
            ),
            "summary": L(
                "Lappeenranta ja Imatra selvittivät, miten tehtaan lämpö saadaan koteihin. Työ on "
                "kesken, koska luvat viipyivät.",
                "Villmanstrand och Imatra utredde hur fabrikens värme når hemmen. Arbetet är "
                "oavslutat eftersom tillstånden dröjde.",
                "Lappeenranta and Imatra studied how factory heat can reach homes. The work is "
                "unfinished because permits took time.",
            ),
            "description": rich(
                "Lämpöä syntyy ympäri vuoden saman verran, mutta sitä tarvitaan eniten talvella. "
                "Siksi tutkitaan myös varastoa kallion sisällä.",
                "Värmen uppstår jämnt under året men behövs mest på vintern. Därför undersöks "
                "också ett lager i berget.",
                "Heat is produced evenly all year but needed most in winter. That is why a store "
                "inside the rock is studied too.",
            ),
            "start_date": days.ago(680),
            "end_date": days.ago(44),
        },
        municipalities=["lappeenranta", "imatra"],
        themes=["energia"],
        responsible=["lappeenranta", "imatra"],
        contacts=[{"contact": "ilmasto.lappeenranta", "is_primary": True}],
        goals=[
            {
                "text": L(
                    "Lämmön siirrosta on kustannusarvio.",
                    "Det finns en kostnadskalkyl för värmeöverföringen.",
                    "There is a cost estimate for moving the heat.",
                )
            }
        ],
        tasks=[
            {
                "title": L("Lupahakemus", "Tillståndsansökan", "Permit application"),
                "state": "in_progress",
            },
            {
                "title": L("Lämpömittaukset", "Värmemätningar", "Heat measurements"),
                "done": days.ago(210),
            },
        ],
    )


def _criteria(days: Days) -> Plan:
    return Plan(
        slug="kymenlaakson-kuntien-hankintakriteerit",
        by="toimitus",
        stages=[
            (days.ago(340), Stage.DECIDED),
            (days.ago(250), Stage.PLANNING),
            (days.ago(120), Stage.IMPLEMENTATION),
        ],
        updated=days.ago(6),
        fields={
            "title": L(
                "Kymenlaakson kuntien yhteiset hankintakriteerit",
                "Gemensamma upphandlingskriterier för Kymmenedalens kommuner",
                "Shared purchasing criteria for the municipalities of Kymenlaakso",
            ),
            "summary": L(
                "Maakunnan kaikki kuusi kuntaa sopivat, mitä ostoilta vaaditaan: kestoa, "
                "korjattavuutta ja pientä hiilijalanjälkeä.",
                "Alla sex kommuner i landskapet kommer överens om vad som krävs vid inköp: "
                "hållbarhet, möjlighet att reparera och litet klimatavtryck.",
                "All six municipalities of the county agree on what to require when buying: long "
                "life, repairability and a small carbon footprint.",
            ),
            "description": rich(
                "Kriteerejä kokeillaan ensin ruoassa, kalusteissa ja työkoneissa.",
                "Kriterierna prövas först på mat, möbler och arbetsmaskiner.",
                "The criteria are first tried on food, furniture and machinery.",
            ),
            "start_date": days.ago(330),
            "end_date": days.ahead(100),
        },
        last={
            "stated_status": ScheduleStatus.AT_RISK,
            "stated_reason": L(
                "Kaksi kuntaa käsittelee kriteerit vasta keväällä, joten loppu voi venyä.",
                "Två kommuner behandlar kriterierna först på våren, så slutet kan dröja.",
                "Two municipalities will decide on the criteria only in spring, so the end may "
                "slip.",
            ),
        },
        municipalities=["kouvola", "kotka", "hamina", "pyhtaa", "virolahti", "miehikkala"],
        regions=["kymenlaakso"],
        themes=["kiertotalous", "johtaminen"],
        responsible=["liitto-kymenlaakso"],
        partners=["kuntaliitto"],
        contacts=[{"contact": "ilmasto.liitto-kymenlaakso", "is_primary": True}],
        goals=[
            {
                "text": L(
                    "Samat kriteerit ovat käytössä kaikissa kuudessa kunnassa.",
                    "Samma kriterier används i alla sex kommuner.",
                    "The same criteria are used in all six municipalities.",
                )
            }
        ],
        tasks=[
            {
                "title": L(
                    "Kriteerit valtuustoihin", "Kriterierna till fullmäktige", "To the councils"
                ),
                "state": "in_progress",
                "due_date": days.ahead(80),
            },
            {
                "title": L("Ensimmäinen luonnos", "Första utkastet", "First draft"),
                "done": days.ago(60),
            },
        ],
    )


def _wetlands(days: Days) -> Plan:
    return Plan(
        slug="metsaojista-kosteikoiksi",
        by="toimitus",
        stages=[(days.ago(900), Stage.PLANNING), (days.ago(760), Stage.IMPLEMENTATION)],
        updated=days.ago(75),
        checked=days.ago(20),
        fields={
            "title": L(
                "Metsäojista kosteikoiksi Mikkelissä",
                "Från skogsdiken till våtmarker i S:t Michel",
                "From forest ditches to wetlands in Mikkeli",
            ),
            "summary": L(
                "Kaupunki tukkii vanhoja ojia metsissään. Suo sitoo hiiltä ja pidättää vettä.",
                "Staden lägger igen gamla diken i sina skogar. Myren binder kol och håller vatten.",
                "The city fills in old ditches in its forests. The mire stores carbon and holds "
                "water.",
            ),
            "description": rich(
                "Joka vuosi valitaan muutama kohde. Lähialueen asukkaille kerrotaan ennen töiden "
                "alkua.",
                "Varje år väljs några objekt. Invånarna i närheten informeras innan arbetet "
                "börjar.",
                "A few sites are chosen every year. Neighbours are told before the work begins.",
            ),
            "start_date": days.ago(880),
            "is_ongoing": True,
            "is_adaptation": True,
        },
        municipalities=["mikkeli"],
        themes=["luonto", "maankaytto"],
        responsible=["mikkeli"],
        contacts=[{"contact": "ilmasto.mikkeli", "is_primary": True}],
        tasks=[
            {
                "title": L("Kolme uutta kohdetta", "Tre nya objekt", "Three new sites"),
                "due_date": date(days.today.year + 1, 12, 31),
                "due_precision": "year",
            },
            {
                "title": L("Kaksi ensimmäistä kohdetta", "De två första", "The first two sites"),
                "done": days.ago(300),
                "completed_precision": "month",
            },
        ],
    )


def _rides(days: Days) -> Plan:
    return Plan(
        slug="kimppakyydit-joensuun-seudulla",
        by="toimitus",
        stages=[(days.ago(380), Stage.PLANNING), (days.ago(220), Stage.IMPLEMENTATION)],
        updated=days.ago(100),
        halt=Halt(
            to=Activity.PAUSED,
            on=days.ago(66),
            reason=L(
                "Sovelluksen tekijä lopetti toimintansa. Kunnat etsivät uutta.",
                "Appens leverantör lade ner sin verksamhet. Kommunerna söker en ny.",
                "The maker of the app closed down. The municipalities are looking for a new one.",
            ),
        ),
        fields={
            "title": L(
                "Kimppakyydit Joensuun seudulla",
                "Samåkning i Joensuuregionen",
                "Shared rides around Joensuu",
            ),
            "summary": L(
                "Sovellus yhdistää ihmiset, jotka ajavat samaan suuntaan töihin ja harrastuksiin.",
                "En app för samman människor som kör åt samma håll till arbete och hobbyer.",
                "An app brings together people driving the same way to work and hobbies.",
            ),
            "start_date": days.ago(370),
            "end_date": days.ahead(30),
        },
        municipalities=["joensuu", "kontiolahti", "liperi"],
        themes=["liikenne"],
        responsible=["joensuu"],
        partners=["kontiolahti", "liperi"],
        contacts=[{"contact": "ilmasto.joensuu", "is_primary": True}],
        tasks=[
            {
                "title": L("Kokeilu Kontiolahdella", "Försök i Kontiolax", "Trial in Kontiolahti"),
                "municipality": "kontiolahti",
                "state": "in_progress",
                "due_date": days.ago(20),
            }
        ],
    )


def _villages(days: Days) -> Plan:
    return Plan(
        slug="kylien-ilmastoillat",
        by="toimitus",
        stages=[(days.ago(240), Stage.IMPLEMENTATION)],
        updated=days.ago(11),
        fields={
            "title": L("Kylien ilmastoillat Etelä-Savossa"),
            "summary": L("Kylätaloilla puhutaan siitä, mitä omassa kylässä voi tehdä."),
            "description": rich(
                "Illat ovat maksuttomia. Kylä valitsee aiheen, ja kunta tuo asiantuntijan paikalle."
            ),
            "start_date": days.ago(240),
            "end_date": days.ahead(160),
        },
        municipalities=["mantyharju", "hirvensalmi", "puumala"],
        themes=["osallisuus"],
        responsible=["kylat"],
        tasks=[
            {"title": L("Kevään illat"), "due_date": days.ahead(150)},
            {"title": L("Syksyn illat"), "state": "in_progress", "due_date": days.ahead(25)},
        ],
    )


def _training(days: Days) -> Plan:
    return Plan(
        slug="ilmastokoulutus-uusille-valtuutetuille",
        by="toimitus",
        stages=[(days.ago(520), Stage.IMPLEMENTATION)],
        updated=days.ago(48),
        fields={
            "title": L(
                "Ilmastokoulutus uusille valtuutetuille Porvoossa ja Loviisassa",
                "Klimatutbildning för nya fullmäktige i Borgå och Lovisa",
                "Climate training for new councillors in Porvoo and Loviisa",
            ),
            "summary": L(
                "Kaksikielinen ilta kahdesti vuodessa: mitä kunta voi päättää ja mitä se maksaa.",
                "En tvåspråkig kväll två gånger om året: vad kommunen kan besluta och vad det "
                "kostar.",
                "A bilingual evening twice a year: what a municipality can decide and what it "
                "costs.",
            ),
            "description": rich(
                "Kouluttajina ovat kuntien omat asiantuntijat.",
                "Kommunernas egna experter håller utbildningen.",
                "The municipalities’ own experts give the training.",
            ),
            "start_date": days.ago(520),
            "is_ongoing": True,
        },
        municipalities=["porvoo", "loviisa"],
        themes=["johtaminen", "osallisuus"],
        responsible=["porvoo", "loviisa"],
        contacts=[{"contact": "ilmasto.porvoo", "is_primary": True}],
    )
