"""Case Kestävät: three meetings of its steering group. What was said in them is invented."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from climateportal.publishing import PublicationState
from municipalities.enums import AttendanceState
from municipalities.models import Attendance, Meeting, SteeringGroup
from projects.demo.kestavat import SLUG
from projects.demo.plan import workday
from projects.demo.texts import L, columns_of, rich
from projects.demo.world import World
from projects.enums import DecisionOutcome
from projects.models import Decision, Project, Task
from projects.packs import freeze_pack

SCALES = "havikkivaaka-koulukeittioihin"
NO_TEXT = L("")
STATE = AttendanceState
OUTCOME = DecisionOutcome


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item; `follow_up` is the Finnish title of a task of its project."""

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
    agenda: L
    items: list[Item]
    minutes: L = NO_TEXT
    present: list[AttendanceState] = field(default_factory=list)
    guests: str = ""


def make_meetings(world: World, group: SteeringGroup) -> None:
    """Two past meetings that everybody may read, and one to come whose pack is a draft."""
    for held in MEETINGS:
        _make(world, group, held)


def _make(world: World, group: SteeringGroup, held: Held) -> None:
    by, day = world.editor("koordinaattori.kestavat"), workday(world.today + timedelta(held.days))
    called = min(day - timedelta(days=14), world.today - timedelta(days=1))
    meeting = world.add(
        Meeting, at=world.moment(called), by=by, group=group, date=day, place=held.place,
        agenda=held.agenda, time=world.clock(day, held.hour).time(),
    )  # fmt: skip
    items = [_item(world, meeting, called, order, item) for order, item in enumerate(held.items, 1)]
    if not held.present:
        return
    written = world.moment(day + timedelta(days=2))
    for seat, state in zip(group.memberships.order_by("order"), held.present, strict=True):
        world.add(Attendance, at=written, by=by, meeting=meeting, membership=seat, state=state)
    for decision, item in zip(items, held.items, strict=True):
        _decide(world, decision, item, day)
    for name, text in columns_of({"minutes": held.minutes, "guests": held.guests}).items():
        setattr(meeting, name, text)
    meeting.publication, meeting.published_at = PublicationState.PUBLISHED, written
    world.write(meeting, at=written, by=by)


def _item(world: World, meeting: Meeting, day: date, order: int, item: Item) -> Decision:
    by = world.editor("koordinaattori.kestavat")
    decision = world.add(
        Decision, at=world.moment(day), by=by, meeting=meeting, order=order, title=item.title,
        proposal=item.proposal,
    )  # fmt: skip
    decision.projects.add(Project.objects.get(slug=item.project))
    return decision


def _decide(world: World, decision: Decision, item: Item, day: date) -> None:
    decision.outcome = item.outcome
    for name, text in columns_of({"text": item.text}).items():
        setattr(decision, name, text)
    if item.follow_up:
        tasks = Task.objects.filter(project__slug=item.project)
        decision.follow_up = tasks.filter(title_fi=item.follow_up).first()
    by = world.editor("koordinaattori.kestavat")
    world.write(decision, at=world.moment(day + timedelta(days=2)), by=by)


AGENDA = rich(
    "- Kulut edellisen kokouksen jälkeen - Tavoitteiden toteutuminen - Mitä kunnissa on tehty "
    "- Seuraavat askeleet",
    "- Kostnader sedan förra mötet - Hur målen nås - Vad kommunerna har gjort - Nästa steg",
    "- Costs since the last meeting - How the goals are reached - What the municipalities have "
    "done - Next steps",
)

MEETINGS = [
    Held(
        days=-212,
        hour=9,
        place=L("Kuortane, kunnantalo", "Kuortane, kommunalhuset", "Kuortane, municipal hall"),
        agenda=AGENDA,
        present=[
            STATE.PRESENT,
            STATE.PRESENT,
            STATE.REMOTE,
            STATE.PRESENT,
            STATE.ABSENT,
            STATE.SUBSTITUTE,
        ],
        guests="Ilmastotyön projektipäällikkö",
        minutes=rich(
            "Kulut ja tavoitteiden tilanne käytiin läpi. Kokouksen jälkeen tutustuttiin koulun "
            "keittiöön, jossa ruokahävikki punnitaan.",
            "Kostnaderna och läget för målen gicks igenom. Efter mötet besöktes ett skolkök där "
            "matsvinnet vägs.",
            "The costs and the state of the goals were reviewed. After the meeting the group "
            "visited a school kitchen where food waste is weighed.",
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
        agenda=AGENDA,
        present=[
            STATE.PRESENT,
            STATE.PRESENT,
            STATE.PRESENT,
            STATE.SUBSTITUTE,
            STATE.REMOTE,
            STATE.PRESENT,
        ],
        guests="Ilmastotyön projektipäällikkö, Alavuden energiansäästötiimi",
        minutes=rich(
            "Kulut ja tavoitteiden tilanne käytiin läpi. Ryhmä päätti jatkaa energiansäästötiimien "
            "yhteisiä kierroksia ja tutustui kohteeseen, jossa energiaa on säästetty.",
            "Kostnaderna och läget för målen gicks igenom. Gruppen beslöt att fortsätta "
            "energispargruppernas gemensamma rundor och besökte ett objekt där energi har sparats.",
            "The costs and the state of the goals were reviewed. The group decided to continue the "
            "shared rounds of the energy-saving teams and visited a site where energy was saved.",
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
            ),
        ],
    ),
    Held(
        days=45,
        hour=9,
        place=L("Lapua, kaupungintalo", "Lappo, stadshuset", "Lapua, city hall"),
        agenda=AGENDA,
        items=[
            Item(
                project=SLUG,
                title=L(
                    "Osallistuminen hukkalämmön selvitykseen",
                    "Deltagande i utredningen om spillvärme",
                    "Taking part in the study of waste heat",
                ),
                proposal=rich(
                    "Selvitys maksaa arviolta 12 000 euroa, josta kuntien osuus on puolet.\n\n"
                    "Esitetään, että kunnat osallistuvat asukasluvun suhteessa.",
                    "Utredningen kostar uppskattningsvis 12 000 euro, varav kommunernas andel är "
                    "hälften.\n\nDet föreslås att kommunerna deltar i förhållande till "
                    "invånarantalet.",
                    "The study costs about 12,000 euros, half of it from the municipalities.\n\n"
                    "It is proposed that they share the cost by population.",
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
                    "Vaihtoehtoina ovat oma vaaka, noin 2 600 euroa, tai Lapuan vaa’an lainaaminen "
                    "kevääksi.",
                    "Alternativ: en egen våg för cirka 2 600 euro eller att låna Lappos våg för "
                    "våren.",
                    "Options: scales of its own for about 2,600 euros, or borrowing those of Lapua "
                    "for the spring.",
                ),
            ),
        ],
    ),
]


def freeze_packs(world: World) -> None:
    """Keep what the group saw at its past meetings, each as it was when the meeting began."""
    past = Meeting.objects.filter(
        group__region__slug="kestavat", date__lt=world.today, frozen=None
    ).select_related("group__region")
    for meeting in past.order_by("date"):
        freeze_pack(
            meeting=meeting, by=world.editor("koordinaattori.kestavat"), at=meeting.starts_at
        )
