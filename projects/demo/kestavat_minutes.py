"""Case Kestävät: what its steering group was asked and decided. Invented, like its sums."""

from dataclasses import dataclass, field

from municipalities.enums import AttendanceState
from projects.demo.kestavat import SLUG
from projects.demo.texts import L, rich
from projects.enums import DecisionOutcome

SCALES = "havikkivaaka-koulukeittioihin"
NO_TEXT = L("")
STATE = AttendanceState
OUTCOME = DecisionOutcome


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item; `follow_up` is the Finnish title of a task of its project.

    “{last}” in the proposal is the address of the meeting before.
    """

    project: str
    title: L
    proposal: L
    outcome: DecisionOutcome | str = ""
    text: L = NO_TEXT
    follow_up: str = ""


@dataclass(frozen=True, kw_only=True)
class Held:
    """A meeting, so many days from the day the demo is made. `present` is in the order of seats."""

    days: int
    hour: int
    place: L
    items: list[Item]
    minutes: L = NO_TEXT
    present: list[AttendanceState] = field(default_factory=list)
    guests: str = ""


def agenda(items: list[Item]) -> L:
    """The agenda: what is always followed, then each item to decide by its number and title."""
    fi, sv, en = (
        " - ".join(f"{words} {number}: {title}" for number, title in enumerate(titles, start=1))
        for words, titles in zip(
            ("Päätettävä asia", "Ärende för beslut", "Item to decide"),
            zip(*(item.title for item in items), strict=True),
            strict=True,
        )
    )
    return rich(
        "- Kulut edellisen kokouksen jälkeen - Tavoitteiden toteutuminen "
        f"- Mitä kunnissa on tehty - {fi} - Seuraavat askeleet",
        "- Kostnader sedan förra mötet - Hur målen nås "
        f"- Vad kommunerna har gjort - {sv} - Nästa steg",
        "- Costs since the last meeting - How the goals are reached "
        f"- What the municipalities have done - {en} - Next steps",
    )


MEETINGS = [
    Held(
        days=-212,
        hour=9,
        place=L("Kuortane, kunnantalo", "Kuortane, kommunalhuset", "Kuortane, municipal hall"),
        present=[
            STATE.PRESENT,
            STATE.PRESENT,
            STATE.REMOTE,
            STATE.PRESENT,
            STATE.ABSENT,
            STATE.SUBSTITUTE,
        ],
        guests="Anna Esimerkki (Kestävät)",
        minutes=rich(
            "Kulut ja tavoitteiden tilanne käytiin läpi. Kokouksen jälkeen tutustuttiin koulun "
            "keittiöön, jossa ruokahävikkiä aletaan punnita.",
            "Kostnaderna och läget för målen gicks igenom. Efter mötet besöktes ett skolkök där "
            "man ska börja väga matsvinnet.",
            "The costs and the state of the goals were reviewed. After the meeting the group "
            "visited a school kitchen that is to begin weighing its food waste.",
        ),
        items=[
            Item(
                project=SCALES,
                title=L(
                    "Hävikin mittaaminen samalla tavalla kaikissa kunnissa",
                    "Matsvinnet mäts på samma sätt i alla kommuner",
                    "Waste is measured the same way in every municipality",
                ),
                proposal=rich(
                    "Kunnat mittaavat hävikin nyt eri tavoin, eikä lukuja voi verrata. Esitetään "
                    "yhteistä ohjetta.",
                    "Kommunerna mäter nu på olika sätt, och siffrorna kan inte jämföras. En "
                    "gemensam anvisning föreslås.",
                    "The municipalities measure in different ways, and the figures cannot be "
                    "compared. A shared instruction is proposed.",
                ),
                outcome=OUTCOME.APPROVED,
                text=L(
                    "Keittiöille tehdään yhteinen ohje ennen mittausjaksoja.",
                    "En gemensam anvisning görs åt köken före mätperioderna.",
                    "A shared instruction is made for the kitchens before the measuring begins.",
                ),
                follow_up="Ohje hävikin mittaamiseen keittiöille",
            ),
            Item(
                project=SLUG,
                title=L(
                    "Kiinteistönhoitajien koulutus",
                    "Utbildning för fastighetsskötarna",
                    "Training of property caretakers",
                ),
                proposal=rich(
                    "Säädöillä säästyy lämpöä heti. Esitetään yhteistä koulutuspäivää.",
                    "Med rätt inställningar sparas värme genast. En gemensam utbildningsdag "
                    "föreslås.",
                    "Adjusting controls saves heat at once. A shared training day is proposed.",
                ),
                outcome=OUTCOME.APPROVED,
                text=L(
                    "Koulutus pidetään syksyllä, ja jokainen kunta lähettää siihen väkeä.",
                    "Utbildningen ordnas på hösten, och varje kommun skickar deltagare.",
                    "The training takes place in autumn, and every municipality sends people.",
                ),
                follow_up="Koulutus kiinteistönhoitajille",
            ),
            Item(
                project=SLUG,
                title=L(
                    "Alkuvuoden kulut", "Kostnaderna i början av året", "Costs early in the year"
                ),
                proposal=rich(
                    "Kulut kootaan maksatushakemukseen.",
                    "Kostnaderna sammanställs för ansökan om utbetalning.",
                    "The costs are put together for the payment application.",
                ),
                outcome=OUTCOME.NOTED,
                text=L("Merkittiin tiedoksi.", "Antecknades för kännedom.", "Taken note of."),
            ),
        ],
    ),
    Held(
        days=-31,
        hour=12,
        place=L("Alavus, kaupungintalo", "Alavo, stadshuset", "Alavus, city hall"),
        present=[
            STATE.PRESENT,
            STATE.PRESENT,
            STATE.PRESENT,
            STATE.SUBSTITUTE,
            STATE.REMOTE,
            STATE.PRESENT,
        ],
        guests="Anna Esimerkki (Kestävät), Matti Esimerkki (Alavus)",
        minutes=rich(
            "Kulut ja tavoitteiden tilanne käytiin läpi. Ryhmä kuuli, mitä energiansäästötiimien "
            "yhteisillä kierroksilla on opittu, ja tutustui kohteeseen, jossa energiaa on "
            "säästetty.",
            "Kostnaderna och läget för målen gicks igenom. Gruppen hörde vad man har lärt sig på "
            "energispargruppernas gemensamma rundor och besökte ett objekt där energi har sparats.",
            "The costs and the state of the goals were reviewed. The group heard what the shared "
            "rounds of the energy-saving teams have taught and visited a site where energy was "
            "saved.",
        ),
        items=[
            Item(
                project=SCALES,
                title=L(
                    "Mittaustulokset kuntien käyttöön",
                    "Mätresultaten till kommunerna",
                    "The measurements for the municipalities to use",
                ),
                proposal=rich(
                    "Lapualla mitattiin syksyllä. Tulokset kannattaa koota, ennen kuin "
                    "ruokalistoja suunnitellaan.",
                    "I Lappo mättes det på hösten. Resultaten bör sammanställas innan matsedlarna "
                    "planeras.",
                    "Lapua measured in autumn. The results should be put together before menus are "
                    "planned.",
                ),
                outcome=OUTCOME.AMENDED,
                text=L(
                    "Yhteenveto tehdään kolmessa viikossa, ja siihen lisätään hinta oppilasta "
                    "kohti.",
                    "Sammandraget görs på tre veckor, och priset per elev läggs till.",
                    "The summary is made in three weeks, with the cost per pupil added.",
                ),
                follow_up="Yhteenveto mittaustuloksista kunnille",
            ),
            Item(
                project=SLUG,
                title=L(
                    "Koulujen energiaviikon ajankohta",
                    "Tidpunkten för energiveckan i skolorna",
                    "When to hold the energy week in schools",
                ),
                proposal=rich(
                    "Esitetään samaa viikkoa kaikissa kunnissa.",
                    "Samma vecka föreslås i alla kommuner.",
                    "The same week is proposed for every municipality.",
                ),
                outcome=OUTCOME.APPROVED,
                text=L(
                    "Viikko pidetään kevätlukukaudella samaan aikaan.",
                    "Veckan ordnas samtidigt under vårterminen.",
                    "The week is held at the same time in the spring term.",
                ),
                follow_up="Koulujen energiaviikko",
            ),
            Item(
                project=SLUG,
                title=L(
                    "Yhteinen selvitys hukkalämmöstä",
                    "Gemensam utredning om spillvärme",
                    "A shared study of waste heat",
                ),
                proposal=rich(
                    "Kaukolämpöyhtiöt ovat kiinnostuneita. Rahoituksesta ei ole vielä sovittu.",
                    "Fjärrvärmebolagen är intresserade. Finansieringen är inte avtalad.",
                    "The district heating companies are interested. Funding is not agreed yet.",
                ),
                outcome=OUTCOME.POSTPONED,
                text=L(
                    "Palataan asiaan, kun kustannusarvio on saatu.",
                    "Ärendet tas upp igen när kostnadsförslaget har kommit.",
                    "To be taken up again when there is an estimate of the cost.",
                ),
                follow_up="Kustannusarvio hukkalämmön selvityksestä",
            ),
        ],
    ),
    Held(
        days=45,
        hour=9,
        place=L("Lapua, kaupungintalo", "Lappo, stadshuset", "Lapua, city hall"),
        items=[
            Item(
                project=SLUG,
                title=L(
                    "Osallistuminen hukkalämmön selvitykseen",
                    "Deltagande i utredningen om spillvärme",
                    "Taking part in the study of waste heat",
                ),
                proposal=rich(
                    'Asia siirrettiin <a href="{last}">edellisestä kokouksesta</a>, kunnes '
                    "kustannusarvio on saatu. Selvitys maksaa 12 000 euroa. Kaukolämpöyhtiöt "
                    "maksavat siitä puolet, ja kuntien osuus on 6 000 euroa.\n\n"
                    "Yhteistyön budjetista on jäljellä 13 790 euroa, josta 6 500 euroa on varattu "
                    "palkkoihin. Kuntien osuus mahtuu budjettiin: sen jälkeen jää 1 290 euroa. "
                    "Osuus jakautuu samoin kuin muut kulut:\n\n"
                    "- Lapua 35 %: 2 100 euroa - Kurikka 30 %: 1 800 euroa - Alavus 22,5 %: 1 350 "
                    "euroa - Kuortane 12,5 %: 750 euroa\n\n"
                    "Esitys: Kunnat osallistuvat selvitykseen 6 000 eurolla, ja raha otetaan "
                    "yhteistyön budjetista.",
                    'Ärendet sköts upp vid <a href="{last}">förra mötet</a> tills det fanns ett '
                    "kostnadsförslag. Utredningen kostar 12 000 euro. Fjärrvärmebolagen betalar "
                    "hälften, och kommunernas andel är 6 000 euro.\n\n"
                    "Av samarbetets budget återstår 13 790 euro, varav 6 500 euro har reserverats "
                    "för löner. Kommunernas andel ryms alltså i budgeten: därefter återstår 1 290 "
                    "euro. Andelen fördelas som de övriga kostnaderna:\n\n"
                    "- Lappo 35 %: 2 100 euro - Kurikka 30 %: 1 800 euro - Alavo 22,5 %: 1 350 "
                    "euro - Kuortane 12,5 %: 750 euro\n\n"
                    "Förslag: Kommunerna deltar i utredningen med 6 000 euro, som tas ur "
                    "samarbetets budget.",
                    'The matter was postponed from <a href="{last}">the last meeting</a> until '
                    "there was an estimate of the cost. The study costs 12,000 euros. The district "
                    "heating companies pay half, and the municipalities’ part is 6,000 euros.\n\n"
                    "The budget of the cooperation has 13,790 euros left, of which 6,500 euros are "
                    "set aside for salaries. The municipalities’ part fits into the budget: 1,290 "
                    "euros are left after it. It is shared as the other costs are:\n\n"
                    "- Lapua 35%: 2,100 euros - Kurikka 30%: 1,800 euros - Alavus 22.5%: 1,350 "
                    "euros - Kuortane 12.5%: 750 euros\n\n"
                    "Proposal: The municipalities take part in the study with 6,000 euros from the "
                    "budget of the cooperation.",
                ),
            ),
            Item(
                project=SCALES,
                title=L(
                    "Vaa’an hankkiminen Kuortaneelle",
                    "Anskaffning av en våg till Kuortane",
                    "Buying scales for Kuortane",
                ),
                proposal=rich(
                    "Kuortane on hankkeen ainoa kunta, jolla ei ole vielä vaakaa.\n\n"
                    "- Vaihtoehto 1: Kuortane hankkii oman vaa’an. Se maksaa noin 2 600 euroa, "
                    "joka on varattu budjettiin. - Vaihtoehto 2: Kuortane lainaa Lapuan vaakaa "
                    "kevään. Se ei maksa mitään, mutta mittaukset Lapualla jäävät kevääksi "
                    "tauolle.\n\n"
                    "Esitys: Vaihtoehto 1. Kuortane hankkii oman vaa’an, jotta kaikki neljä kuntaa "
                    "mittaavat keväällä samaan aikaan.",
                    "Kuortane är den enda kommunen i projektet som ännu saknar en våg.\n\n"
                    "- Alternativ 1: Kuortane köper en egen våg. Den kostar cirka 2 600 euro, som "
                    "har reserverats i budgeten. - Alternativ 2: Kuortane lånar Lappos våg under "
                    "våren. Det kostar ingenting, men mätningarna i Lappo gör ett uppehåll.\n\n"
                    "Förslag: Alternativ 1. Kuortane köper en egen våg, så att alla fyra kommuner "
                    "mäter samtidigt på våren.",
                    "Kuortane is the only municipality of the project that has no scales yet.\n\n"
                    "- Option 1: Kuortane buys scales of its own. They cost about 2,600 euros, "
                    "which the budget has set aside. - Option 2: Kuortane borrows those of Lapua "
                    "for the spring. It costs nothing, but measuring in Lapua pauses.\n\n"
                    "Proposal: Option 1. Kuortane buys scales of its own, so that all four "
                    "municipalities measure at the same time in spring.",
                ),
            ),
        ],
    ),
]
