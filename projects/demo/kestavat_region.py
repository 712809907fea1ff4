"""Case Kestävät beyond its project: steering group, links and practices."""

from datetime import date, timedelta

from climateportal.models import Page
from climateportal.publishing import PublicationState
from municipalities.models import Membership, SteeringGroup
from projects.demo.kestavat import MUNICIPALITIES, SLUG
from projects.demo.kestavat_meetings import make_meetings
from projects.demo.people import organisation
from projects.demo.plan import Row
from projects.demo.texts import L
from projects.demo.world import World

PAGE = "kestavat-yhteistyo"
GROUP = L("Kestävät-ohjausryhmä", "Styrgruppen för Kestävät", "Kestävät steering group")
CHAIR = ("Jouko Vuolle", "lapua")
SEATS = [
    "alavus",
    "kurikka",
    "kuortane",
    "liitto-etela-pohjanmaa",
    "elinvoimakeskus-etela-pohjanmaa",
]


def make_group(world: World) -> None:
    """The steering group with its seats and meetings."""
    region = world.region("kestavat")
    if SteeringGroup.objects.filter(region=region, name_fi=GROUP.fi).exists():
        return
    by, first = world.editor("koordinaattori.kestavat"), world.today - timedelta(days=400)
    at = world.moment(first)
    group = world.add(
        SteeringGroup, at=at, by=by, region=region, name=GROUP, since=first,
        task=L(
            "Ryhmä seuraa yhteistyön kuluja ja tavoitteiden toteutumista. Kokouksissa kuntien "
            "edustajat tutustuvat myös toistensa hyviin käytäntöihin ja kohteisiin.",
            "Gruppen följer samarbetets kostnader och hur målen nås. På mötena bekantar sig "
            "kommunernas representanter också med varandras goda praxis och besöksmål.",
            "The group follows the costs of the cooperation and how its goals are reached. In the "
            "meetings the municipalities also see each other’s good practices and sites.",
        ),
    )  # fmt: skip
    seats = [(*CHAIR, True), *(("", key, False) for key in SEATS)]
    for order, (person, key, is_chair) in enumerate(seats, start=1):
        world.add(
            Membership, at=at, by=by, group=group, person=person, is_chair=is_chair, order=order,
            organisation=organisation(world, key, first),
        )  # fmt: skip
    make_meetings(world, group)


def make_page(world: World) -> None:
    """The content page of the cooperation, with its links."""
    if Page.objects.filter(slug=PAGE).exists():
        return
    at = world.moment(world.today - timedelta(days=60))
    world.add(
        Page, at=at, by=world.editor("koordinaattori.kestavat"), slug=PAGE,
        menu=Page.Menu.NONE, updated_at=at,
        publication=PublicationState.PUBLISHED, published_at=at,
        title=L(
            "Kestävät-yhteistyö ja linkit", "Samarbetet Kestävät och länkar",
            "Kestävät cooperation and links",
        ),
        body=_PAGE_TEXT,
    )  # fmt: skip


KUNTALIITTO = (
    "https://www.kuntaliitto.fi/yhdyskunnat-ja-ymparisto/ymparisto/ilmastonmuutos/ilmastokunnat"
)
_PAGE_TEXT = L(
    f"""<h3>Kumppanit Etelä-Pohjanmaalla</h3>
<p>Kunnat tekevät yhteistyötä Etelä-Pohjanmaan Energiatoimiston, maakuntakorkeakoulun ja
yliopistojen, Etelä-Pohjanmaan liiton ja Etelä-Pohjanmaan elinvoimakeskuksen kanssa.</p>
<h3>Ilmastokunnat</h3>
<p>Kuntaliiton Ilmastokunnat-toiminta auttaa kuntia ilmastotyössä. Se tuo yhteen kuntien, seutujen
ja maakuntien työn sekä hankkeet ja verkostot ja välittää tietoa niiden välillä.</p>
<p>Yli puolet suomalaisista asuu kunnassa, joka tekee tavoitteellista ilmastotyötä. Yli neljäsosa
asuu kunnassa, joka tähtää hiilineutraaliksi vuoteen 2030 mennessä. Tavoitteet ovat tiukentuneet
viime vuosina selvästi.</p>
<p>Sosiaalisessa mediassa aihetunniste on #ilmastokunnat.</p>
<h3>Linkit</h3>
<ul><li><p><a href="{KUNTALIITTO}">Kuntaliitto: Ilmastokunnat</a></p></li>
<li><p><a href="/hankkeet/{SLUG}/">Kestävät-ilmastoyhteistyön hankesivu</a></p></li>
<li><p><a href="/alueet/kestavat/">Kestävät-alueen yhteenveto</a></p></li></ul>""",
    f"""<h3>Partner i Södra Österbotten</h3>
<p>Kommunerna samarbetar med Södra Österbottens energibyrå, landskapshögskolan och universiteten,
Södra Österbottens förbund och Södra Österbottens livskraftscentral.</p>
<h3>Klimatkommunerna</h3>
<p>Kommunförbundets verksamhet Ilmastokunnat hjälper kommunerna i klimatarbetet. Den för samman
kommunernas, regionernas och landskapens arbete med projekt och nätverk och förmedlar kunskap mellan
dem.</p>
<p>Över hälften av finländarna bor i en kommun som gör målmedvetet klimatarbete. Över en fjärdedel
bor i en kommun som siktar på att vara koldioxidneutral senast 2030. Målen har skärpts tydligt
under de senaste åren.</p>
<p>I sociala medier används ämnesordet #ilmastokunnat.</p>
<h3>Länkar</h3>
<ul><li><p><a href="{KUNTALIITTO}">Kommunförbundet: Ilmastokunnat (på finska)</a></p></li>
<li><p><a href="/sv/projekt/{SLUG}/">Projektsidan för samarbetet Kestävät</a></p></li>
<li><p><a href="/sv/regioner/kestavat/">Sammandrag av området Kestävät</a></p></li></ul>""",
    f"""<h3>Partners in South Ostrobothnia</h3>
<p>The municipalities work with the South Ostrobothnia Energy Agency, the provincial college network
and the universities, and with the Regional Council and the Economic Development Centre of South
Ostrobothnia.</p>
<h3>Climate municipalities</h3>
<p>The Association of Finnish Municipalities helps municipalities in their climate work through
Ilmastokunnat. It brings together the work of municipalities, sub-regions and counties with projects
and networks, and passes knowledge between them.</p>
<p>More than half of Finns live in a municipality that does goal-oriented climate work. More than a
quarter live in one that aims to be carbon neutral by 2030. Goals have become clearly more ambitious
in recent years.</p>
<p>The hashtag in social media is #ilmastokunnat.</p>
<h3>Links</h3>
<ul><li><p><a href="{KUNTALIITTO}">Association of Finnish Municipalities: Ilmastokunnat (in
Finnish)</a></p></li>
<li><p><a href="/en/projects/{SLUG}/">Project page of the Kestävät cooperation</a></p></li>
<li><p><a href="/en/regions/kestavat/">Summary of the Kestävät area</a></p></li></ul>""",
)


def practices(today: date) -> list[Row]:
    """Good practices that have travelled between the four municipalities."""
    return [
        {
            "slug": "energiansaastotiimi",
            "project": SLUG,
            "published_on": today - timedelta(days=300),
            "resources": 1,
            "adopted_by": [
                (slug, today - timedelta(days=600 - 60 * n))
                for n, slug in enumerate(MUNICIPALITIES)
            ],
            "title": L(
                "Sama aihe jokaisen kunnan energiansäästötiimissä",
                "Samma tema i varje kommuns energispargrupp",
                "The same subject in every municipality’s energy-saving team",
            ),
            "what": L(
                "Naapurikuntien tiimit käsittelevät samaa asiaa samaan aikaan. Yhteinen "
                "projektipäällikkö kiertää tiimit ja vie oppia eteenpäin.",
                "Grannkommunernas grupper behandlar samma sak samtidigt. En gemensam projektchef "
                "går runt i grupperna och för lärdomarna vidare.",
                "Teams of neighbouring municipalities deal with the same matter at the same time. "
                "A shared project manager visits the teams and carries the lessons on.",
            ),
            "why": L(
                "Jokaisen ei tarvitse selvittää samaa asiaa alusta.",
                "Alla behöver inte utreda samma sak från början.",
                "Nobody has to find out the same thing from scratch.",
            ),
            "results": L(
                "Tiimit saavat asiat nopeammin valmiiksi, koska ne hyötyvät toistensa työstä.",
                "Grupperna blir snabbare färdiga eftersom de har nytta av varandras arbete.",
                "The teams finish sooner because they benefit from each other’s work.",
            ),
        },
        {
            "slug": "kohdekaynti-kokouksessa",
            "project": SLUG,
            "published_on": today - timedelta(days=150),
            "resources": 1,
            "adopted_by": [
                (slug, today - timedelta(days=212)) for slug in ("lapua", "kuortane", "alavus")
            ],
            "title": L(
                "Kohdekäynti jokaisessa ohjausryhmän kokouksessa",
                "Besök på plats vid varje styrgruppsmöte",
                "A site visit at every steering group meeting",
            ),
            "what": L(
                "Kokous pidetään vuorotellen eri kunnissa, ja isäntäkunta näyttää yhden "
                "onnistuneen kohteen.",
                "Mötet hålls i tur och ordning i olika kommuner, och värdkommunen visar ett "
                "lyckat objekt.",
                "The meeting moves from one municipality to the next, and the host shows one "
                "successful site.",
            ),
        },
    ]
