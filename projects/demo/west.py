"""Invented projects of the west: Ostrobothnia, Satakunta, Pirkanmaa."""

from datetime import date
from decimal import Decimal

from projects.demo.plan import Days, Measured, OwnStage, Plan
from projects.demo.texts import L, rich
from projects.enums import Stage


def plans(today: date) -> list[Plan]:
    """Two languages; about to start; measured, with money; bare; a draft; completed late."""
    days = Days(today)
    return [
        _greenhouses(days), _coast(days), _solar(days), _hub(days), _trees(days), _commute(days)
    ]  # fmt: skip


def _greenhouses(days: Days) -> Plan:
    return Plan(
        slug="kasvihuoneiden-hukkalampo-talteen",
        by="toimitus",
        stages=[(days.ago(190), Stage.DECIDED), (days.ago(100), Stage.PLANNING)],
        updated=days.ago(55),
        fields={
            "title": L(
                "Kasvihuoneiden hukkalämpö talteen Närpiössä",
                "Spillvärmen från växthusen tas till vara i Närpes",
            ),
            "summary": L(
                "Kasvihuoneista karkaava lämpö lämmittää jatkossa koulua ja uimahallia.",
                "Värmen som läcker från växthusen ska värma skolan och simhallen.",
            ),
            "description": rich(
                "Viljelijät, kaupunki ja lämpöyhtiö suunnittelevat yhteistä verkkoa. Ensin "
                "lasketaan, paljonko lämpöä talvella riittää.",
                "Odlarna, staden och värmebolaget planerar ett gemensamt nät. Först räknar man ut "
                "hur mycket värme som räcker till på vintern.",
            ),
            "start_date": days.ago(180),
            "end_date": days.ahead(400),
            "date_precision": "month",
        },
        municipalities=["narpio"],
        themes=["energia", "kiertotalous"],
        responsible=["narpio"],
        partners=["liitto-pohjanmaa"],
        contacts=[{"contact": "ilmasto.narpio", "is_primary": True}],
        goals=[
            {
                "text": L(
                    "Koulu ja uimahalli luopuvat öljystä.",
                    "Skolan och simhallen slutar använda olja.",
                )
            }
        ],
        tasks=[
            {
                "title": L("Lämpölaskelma", "Värmekalkyl"),
                "state": "in_progress",
                "due_date": days.ahead(33),
            },
            {
                "title": L("Sopimus viljelijöiden kanssa", "Avtal med odlarna"),
                "due_date": days.ahead(130),
            },
        ],
    )


def _coast(days: Days) -> Plan:
    return Plan(
        slug="rannikko-varautuu-meritulviin",
        by="toimitus",
        stages=[(days.ago(120), Stage.IDEA), (days.ago(20), Stage.DECIDED)],
        updated=days.ago(18),
        fields={
            "title": L(
                "Rannikko varautuu meritulviin",
                "Kusten bereder sig på havsöversvämningar",
                "The coast prepares for sea floods",
            ),
            "summary": L(
                "Kolme rannikkokuntaa tekee yhteisen tulvakartan ja sopii, kuka tekee mitä, kun "
                "vesi nousee.",
                "Tre kustkommuner gör en gemensam översvämningskarta och kommer överens om vem som "
                "gör vad när vattnet stiger.",
                "Three coastal municipalities make a shared flood map and agree on who does what "
                "when the water rises.",
            ),
            "description": rich(
                "Kartta näyttää, mitkä tiet, pumppaamot ja koulut jäävät veden alle. Asukkaat "
                "voivat merkitä siihen omat havaintonsa.",
                "Kartan visar vilka vägar, pumpstationer och skolor som hamnar under vatten. "
                "Invånarna kan märka ut sina egna observationer.",
                "The map shows which roads, pumping stations and schools go under water. Residents "
                "can mark what they have seen.",
            ),
            "start_date": days.ahead(40),
            "end_date": days.ahead(560),
            "is_mitigation": False,
            "is_adaptation": True,
        },
        municipalities=["vaasa", "mustasaari", "maalahti"],
        themes=["luonto", "maankaytto"],
        responsible=["vaasa"],
        partners=["mustasaari", "maalahti", "liitto-pohjanmaa"],
        contacts=[{"contact": "ilmasto.vaasa", "is_primary": True}],
        goals=[
            {
                "text": L(
                    "Jokaisella kunnalla on sama tulvakartta.",
                    "Alla kommuner har samma översvämningskarta.",
                    "Every municipality has the same flood map.",
                )
            },
            {
                "text": L(
                    "Vastuut on sovittu ennen seuraavaa syysmyrskyä.",
                    "Ansvaret är avtalat före nästa höststorm.",
                    "Responsibilities are agreed before the next autumn storm.",
                )
            },
        ],
    )


def _solar(days: Days) -> Plan:
    return Plan(
        slug="aurinkosahkoa-kunnan-katoille",
        by="toimitus",
        stages=[
            (days.ago(450), Stage.DECIDED),
            (days.ago(390), Stage.PLANNING),
            (days.ago(290), Stage.IMPLEMENTATION),
        ],
        updated=days.ago(3),
        checked=days.ago(1),
        fields={
            "title": L(
                "Aurinkosähköä kunnan katoille Rauman seudulla",
                "Solel på kommunens tak i Raumoregionen",
                "Solar power on municipal roofs around Rauma",
            ),
            "summary": L(
                "Kolme kuntaa kilpailuttaa paneelit yhdessä ja asentaa ne kouluihin, halleihin ja "
                "varikoille.",
                "Tre kommuner konkurrensutsätter panelerna tillsammans och installerar dem på "
                "skolor, hallar och depåer.",
                "Three municipalities buy panels together and put them on schools, halls and "
                "depots.",
            ),
            "description": rich(
                "Yhteinen kilpailutus laski hinnan. Jokaisesta katosta julkaistaan tuotanto "
                "kuukausittain.",
                "Den gemensamma upphandlingen sänkte priset. Produktionen på varje tak publiceras "
                "varje månad.",
                "Buying together lowered the price. The production of every roof is published "
                "monthly.",
            ),
            "start_date": days.ago(420),
            "end_date": days.ahead(310),
        },
        municipalities=[
            "rauma",
            "eura",
            {
                "municipality": "eurajoki",
                "note": L(
                    "Odottaa koulun kattoremonttia.",
                    "Väntar på att skolans tak ska renoveras.",
                    "Waiting for the school’s roof to be renovated.",
                ),
            },
        ],
        themes=["energia", "kiertotalous"],
        responsible=["rauma", "eura", "eurajoki"],
        own_stages=[OwnStage(municipality="eurajoki", on=days.ago(270), to=Stage.PLANNING)],
        contacts=[{"contact": "ilmasto.rauma", "is_primary": True}],
        goals=[
            {
                "text": L(
                    "Kuntien katoilla tuotetaan aurinkosähköä.",
                    "Solel produceras på kommunernas tak.",
                    "Solar power is produced on municipal roofs.",
                ),
                "unit": L("MWh vuodessa", "MWh per år", "MWh a year"),
                "base_value": Decimal(0),
                "base_date": days.ago(420),
                "target_value": Decimal(600),
                "target_date": days.ahead(310),
                "measured": [Measured(days.ago(200), "90"), Measured(days.ago(30), "245")],
            }
        ],
        packages=[
            {
                "title": L("Kilpailutus", "Upphandling", "Purchasing"),
                "start_date": days.ago(420),
                "end_date": days.ago(290),
            },
            {
                "title": L("Asennus", "Installation", "Installation"),
                "start_date": days.ago(289),
                "end_date": days.ahead(310),
            },
        ],
        tasks=[
            {
                "title": L("Euran koulukeskus", "Skolcentret i Eura", "Eura school centre"),
                "municipality": "eura",
                "package": 2,
                "state": "in_progress",
                "due_date": days.ahead(50),
            },
            {
                "title": L("Eurajoen koulu", "Skolan i Euraåminne", "Eurajoki school"),
                "municipality": "eurajoki",
                "package": 2,
                "due_date": days.ahead(220),
            },
            {
                "title": L("Yhteinen kilpailutus", "Gemensam upphandling", "Joint purchasing"),
                "package": 1,
                "done": days.ago(292),
            },
            {
                "title": L("Rauman uimahalli", "Simhallen i Raumo", "Rauma swimming hall"),
                "municipality": "rauma",
                "package": 2,
                "done": days.ago(118),
            },
        ],
    )


def _hub(days: Days) -> Plan:
    return Plan(
        slug="pyorakeskus-seinajoelle",
        by="toimitus",
        stages=[(days.ago(14), Stage.IDEA)],
        updated=days.ago(14),
        fields={
            "title": L("Pyöräkeskus Seinäjoelle"),
            "summary": L("Ajatuksena on paikka, jossa pyörän voi huoltaa, lainata ja jättää."),
        },
        municipalities=["seinajoki"],
        themes=["liikenne"],
    )


def _trees(days: Days) -> Plan:
    return Plan(
        slug="lampokartta-ja-varjopuut-tampereelle",
        by="toimitus",
        stages=[(days.ago(8), Stage.IDEA)],
        updated=days.ago(8),
        is_draft=True,
        fields={
            "title": L(
                "Lämpökartta ja varjopuut Tampereelle",
                "Värmekarta och skuggande träd till Tammerfors",
                "A heat map and shade trees for Tampere",
            ),
            "summary": L(
                "Luonnos: missä helle on pahin ja minne puita pitäisi istuttaa?",
                "Utkast: var är hettan värst och var borde träd planteras?",
                "Draft: where is the heat worst and where should trees be planted?",
            ),
            "is_mitigation": False,
            "is_adaptation": True,
            "internal_notes": "Odottaa kuvia. Ei julkaista ennen lautakunnan kokousta.",
        },
        municipalities=["tampere"],
        themes=["luonto"],
    )


def _commute(days: Days) -> Plan:
    return Plan(
        slug="tyomatka-vaihtoon-kokkolassa",
        by="toimitus",
        stages=[
            (days.ago(620), Stage.PLANNING),
            (days.ago(540), Stage.IMPLEMENTATION),
            (days.ago(130), Stage.COMPLETED),
        ],
        completed_on=days.ago(130),
        updated=days.ago(125),
        fields={
            "title": L(
                "Työmatka vaihtoon Kokkolassa ja Kruunupyyssä",
                "Byt arbetsresa i Karleby och Kronoby",
                "Change your commute in Kokkola and Kruunupyy",
            ),
            "summary": L(
                "Kaksi kuntaa kokeili työsuhdepyöriä ja yhteistä lippua omille työntekijöilleen.",
                "Två kommuner prövade tjänstecyklar och en gemensam biljett för sina anställda.",
                "Two municipalities tried company bikes and a shared ticket for their staff.",
            ),
            "description": rich(
                "Kokeilu viivästyi, koska pyörien toimitus kesti odotettua kauemmin.",
                "Försöket blev försenat eftersom leveransen av cyklarna tog längre än väntat.",
                "The trial was delayed because the bikes took longer to arrive than expected.",
            ),
            "start_date": days.ago(600),
            "end_date": days.ago(190),
        },
        municipalities=["kokkola", "kruunupyy"],
        themes=["liikenne"],
        responsible=["kokkola"],
        partners=["kruunupyy"],
        tasks=[
            {
                "title": L("Pyörien hankinta", "Anskaffning av cyklar", "Buying the bikes"),
                "done": days.ago(350),
            },
            {
                "title": L("Loppukysely", "Slutenkät", "Final survey"),
                "done": days.ago(140),
            },
        ],
    )
