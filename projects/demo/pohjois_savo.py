"""Real case: the climate coordinators of Pohjois-Savo. Tasks and dates are examples."""

from datetime import date, timedelta

from projects.demo.plan import Plan, Row, workday
from projects.demo.texts import L, rich
from projects.enums import EventKind, Stage

SLUG = "pohjois-savon-ilmastokoordinaattorit"
AREAS = {
    "kuopion-seutu": ["kuopio", "siilinjarvi"],
    "yla-savo": ["iisalmi", "kiuruvesi", "lapinlahti", "sonkajarvi"],
    "keski-savo": ["joroinen", "leppavirta", "varkaus"],
    "savogrow": ["suonenjoki", "rautalampi", "tervo", "vesanto", "pielavesi", "keitele"],
}
NAMES = {
    "kuopion-seutu": L("Kuopion seutu", "Kuopioregionen", "Kuopio area"),
    "yla-savo": L("Ylä-Savo", "Övre Savolax", "Ylä-Savo"),
    "keski-savo": L("Keski-Savo", "Mellersta Savolax", "Keski-Savo"),
    "savogrow": L("SavoGrow", "SavoGrow", "SavoGrow"),
}

GOALS: list[Row] = [
    {
        "text": L(
            "Jokaisella mukana olevalla kunnalla on ilmastosuunnitelma, jossa on tavoitteet ja "
            "toimet ilmastonmuutoksen hillintään, siihen sopeutumiseen ja varautumiseen.",
            "Varje kommun som är med har en klimatplan med mål och åtgärder för att begränsa "
            "klimatförändringen, anpassa sig till den och förbereda sig på den.",
            "Every municipality taking part has a climate plan with goals and measures for "
            "mitigating climate change, adapting to it and preparing for it.",
        ),
        "unit": L("kuntaa", "kommuner", "municipalities"),
        "target_value": 15,
    },
    {
        "text": L(
            "Kunnat tekevät ilmastotyötä yhdessä seuduittain ja yli seuturajojen.",
            "Kommunerna gör klimatarbete tillsammans inom regionerna och över deras gränser.",
            "Municipalities do climate work together within their areas and across them.",
        )
    },
    {
        "text": L(
            "Kunta sitoutuu ilmasto- ja resurssiviisaustavoitteisiin strategiassaan, ja ne ovat "
            "osa sen päätöksentekoa, toimintaa, talouden suunnittelua ja seurantaa.",
            "Kommunen förbinder sig i sin strategi till mål för klimat och resursklokhet, och "
            "målen hör till dess beslut, verksamhet, ekonomiska planering och uppföljning.",
            "The municipality commits itself in its strategy to goals for climate and wise use "
            "of resources, and they are part of its decisions, work, finances and monitoring.",
        )
    },
    {
        "text": L(
            "Suunnitelmallinen ilmastotyö juurtuu kunnan strategiasta arkeen asti.",
            "Det planmässiga klimatarbetet får fäste från kommunens strategi till vardagen.",
            "Planned climate work takes root from the municipality’s strategy to its daily life.",
        )
    },
    {
        "text": L(
            "Toimien vaikutuksia arvioidaan, ja seuranta, mittarit ja raportit ovat avoimia ja "
            "ymmärrettäviä.",
            "Åtgärdernas effekter bedöms, och uppföljning, indikatorer och rapporter är öppna och "
            "begripliga.",
            "The effects of measures are assessed, and monitoring, indicators and reports are open "
            "and easy to understand.",
        )
    },
    {
        "text": L(
            "Asukkaat, sidosryhmät ja yritykset saavat tietoa ilmastotyön etenemisestä ja "
            "innostuvat mukaan.",
            "Invånare, intressentgrupper och företag får veta hur klimatarbetet går framåt och "
            "inspireras att delta.",
            "Residents, stakeholders and businesses learn how climate work advances and are "
            "encouraged to join in.",
        )
    },
    {
        "text": L(
            "Hankinnoissa ja investoinneissa otetaan huomioon ilmasto, vähähiilisyys ja "
            "kiertotalous.",
            "Klimat, koldioxidsnålhet och cirkulär ekonomi beaktas i upphandlingar och "
            "investeringar.",
            "Climate, low carbon and circular economy are considered in purchasing and "
            "investments.",
        )
    },
    {
        "text": L(
            "Koordinaattorien verkosto toimii: kukin kerää ja seuraa oman alueensa ilmastotietoa.",
            "Koordinatorernas nätverk fungerar: var och en samlar in och följer "
            "klimatinformationen i sitt område.",
            "The network of coordinators works: each collects and follows the climate information "
            "of their own area.",
        )
    },
]


def _tasks(today: date) -> list[Row]:
    return [
        {
            "title": L(
                "Syksyn raportti kunnille",
                "Höstrapport till kommunerna",
                "Autumn report to the municipalities",
            ),
            "body": rich(
                "Koordinaattorit kertovat kunnille säännöllisesti, miten ilmastotyö etenee.",
                "Koordinatorerna rapporterar regelbundet till kommunerna hur klimatarbetet "
                "går framåt.",
                "The coordinators report to the municipalities regularly on how climate work is "
                "going.",
            ),
            "state": "in_progress",
            "due_date": today + timedelta(days=24),
        },
        {
            "title": L(
                "Ohjelmien toimeenpano kunnissa, joilla on jo suunnitelma",
                "Verkställande i kommuner som redan har en plan",
                "Carrying out the plans of municipalities that already have one",
            ),
            "body": rich(
                "Näissä kunnissa työ painottuu suunnitelmien toteuttamiseen ja konkreettisiin "
                "toimiin.",
                "I dessa kommuner ligger tyngdpunkten på att genomföra planerna och på konkreta "
                "åtgärder.",
                "In these municipalities the weight is on carrying out the plans and on concrete "
                "measures.",
            ),
            "state": "in_progress",
            "due_date": today + timedelta(days=210),
        },
        {
            "title": L(
                "Hankintojen ilmastokriteerit",
                "Klimatkriterier för upphandling",
                "Climate criteria for purchasing",
            ),
            "due_date": today + timedelta(days=120),
        },
        {
            "title": L(
                "Avoin seuranta: mittarit ymmärrettävässä muodossa",
                "Öppen uppföljning: indikatorer i begriplig form",
                "Open monitoring: indicators in an understandable form",
            ),
            "due_date": today + timedelta(days=165),
        },
        {
            "title": L(
                "Kevään raportti kunnille",
                "Vårrapport till kommunerna",
                "Spring report to the municipalities",
            ),
            "done": today - timedelta(days=170),
        },
        {
            "title": L(
                "Koordinaattori jokaiselle seudulle",
                "En koordinator för varje område",
                "A coordinator for every area",
            ),
            "done": today - timedelta(days=430),
        },
    ]


def _events(today: date) -> list[Row]:
    county = L("Pohjois-Savo", "Norra Savolax", "North Savo")
    return [
        {
            "kind": EventKind.CAMPAIGN,
            "title": L(
                "Vähemmän lämpöä hukkaan -kampanja",
                "Kampanjen Mindre spillvärme",
                "Less heat wasted: a campaign",
            ),
            "description": L(
                "Kampanja kannustaa asukkaita ja yrityksiä säästämään lämpöä talven aikana.",
                "Kampanjen uppmuntrar invånare och företag att spara värme under vintern.",
                "The campaign encourages residents and businesses to save heat during the winter.",
            ),
            "starts": today + timedelta(days=20),
            "ends": today + timedelta(days=34),
            "place": county,
        },
        {
            "kind": EventKind.WEBINAR,
            "title": L(
                "Kuntien päättäjien ilmastowebinaari",
                "Klimatwebbinarium för kommunernas beslutsfattare",
                "Climate webinar for municipal decision-makers",
            ),
            "starts": workday(today + timedelta(days=46)),
            "hours": (13, 15),
            "place": L("Verkossa", "På nätet", "Online"),
            "registration_url": "https://example.fi/pohjois-savo/webinaari",
        },
        {
            "kind": EventKind.WORKSHOP,
            "title": L(
                "Ilmastosuunnitelman työpaja",
                "Verkstad om klimatplanen",
                "Climate plan workshop",
            ),
            "starts": workday(today - timedelta(days=52)),
            "hours": (9, 12),
            "place": L("Suonenjoki", "Suonenjoki", "Suonenjoki"),
        },
    ]


def plans(today: date) -> list[Plan]:
    """The county-wide project of case 002."""
    begun = today - timedelta(days=520)
    return [
        Plan(
            slug=SLUG,
            by="koordinaattori.pohjois-savo",
            stages=[
                (begun, Stage.DECIDED),
                (begun + timedelta(days=40), Stage.PLANNING),
                (begun + timedelta(days=100), Stage.IMPLEMENTATION),
            ],
            updated=today - timedelta(days=5),
            checked=today - timedelta(days=1),
            fields={
                "title": L(
                    "Pohjois-Savon ilmastokoordinaattorit",
                    "Klimatkoordinatorer i Norra Savolax",
                    "Climate coordinators of North Savo",
                ),
                "summary": L(
                    "Neljällä alueella on kullakin oma ilmastokoordinaattori, joka auttaa kuntia "
                    "laatimaan ilmastosuunnitelman ja toteuttamaan sen.",
                    "Fyra områden har var sin klimatkoordinator som hjälper kommunerna att göra en "
                    "klimatplan och genomföra den.",
                    "Four areas each have a climate coordinator who helps municipalities make a "
                    "climate plan and carry it out.",
                ),
                "description": _DESCRIPTION,
                "is_adaptation": True,
            },
            municipalities=[
                {"municipality": slug, "contact": f"ilmastokoordinaattori.{area}"}
                for area, members in AREAS.items()
                for slug in members
            ],
            regions=["pohjois-savo", *AREAS],
            themes=["johtaminen", "osallisuus", "kiertotalous", "luonto"],
            related=["savogrow-kuntien-ilmasto-ohjelmat"],
            partners=["elinvoimakeskus-ita-suomi"],
            contacts=[{"contact": f"ilmastokoordinaattori.{slug}"} for slug in AREAS],
            goals=GOALS,
            tasks=_tasks(today),
            events=_events(today),
            materials=[
                {
                    "title": L(
                        f"Raportti kunnille: {NAMES[slug].fi}",
                        f"Rapport till kommunerna: {NAMES[slug].sv}",
                        f"Report to municipalities: {NAMES[slug].en}",
                    ),
                    "url": f"https://example.fi/pohjois-savo/raportti-{slug}",
                    "published_on": today - timedelta(days=170),
                    "order": order,
                }
                for order, slug in enumerate(AREAS, start=1)
            ],
        )
    ]  # fmt: skip


_DESCRIPTION = rich(
    """Hankkeessa kokeillaan, miten usean kunnan yhteinen ilmastokoordinaattori toimii. Kunkin
    alueen koordinaattori kerää ja seuraa alueensa ilmastotietoa, ohjaa toimien toteutusta ja
    raportoi kunnille säännöllisesti. Hanke jatkaa seutujen yhteistyötä, joka alkoi Kierre- ja
    Kesto-hankkeissa.

    Mukana on 15 kuntaa:

    - Kuopion seutu: Kuopio ja Siilinjärvi
    - Ylä-Savo: Iisalmi, Kiuruvesi, Lapinlahti ja Sonkajärvi
    - Keski-Savo: Joroinen, Leppävirta ja Varkaus
    - SavoGrow: Suonenjoki, Rautalampi, Tervo, Vesanto, Pielavesi ja Keitele

    SavoGrow’n kunnissa ei ole vielä asetettu ilmastotavoitteita. Niissä työ alkaa
    ilmastosuunnitelmasta ja sen seurannan ja mittarien rakentamisesta. Niissä
    kunnissa, joilla ilmasto-ohjelma tai -suunnitelma jo on, keskitytään sen toteuttamiseen ja
    konkreettisiin toimiin.

    Viestintä, kampanjat ja tapahtumat ovat näkyvä osa työtä. Hankintoihin ja investointeihin
    tuodaan mukaan ilmasto, vähähiilisyys ja kiertotalous. Samalla vahvistetaan kuntien ja maakunnan
    elinvoimaa.

    Hanke tekee tiivistä yhteistyötä Itä-Suomen elinvoimakeskuksen kanssa. Vuoden 2025 loppuun
    maakunnan ilmastotyötä ohjasi Pohjois-Savon ELY-keskus.""",
    """Projektet prövar hur en klimatkoordinator som är gemensam för flera kommuner fungerar. Varje
    områdes koordinator samlar in och följer klimatinformationen i sitt område, leder genomförandet
    och rapporterar regelbundet till kommunerna. Projektet fortsätter det samarbete mellan
    regionerna som började i projekten Kierre och Kesto.

    15 kommuner är med:

    - Kuopioregionen: Kuopio och Siilinjärvi
    - Övre Savolax: Idensalmi, Kiuruvesi, Lapinlahti och Sonkajärvi
    - Mellersta Savolax: Jorois, Leppävirta och Varkaus
    - SavoGrow: Suonenjoki, Rautalampi, Tervo, Vesanto, Pielavesi och Keitele

    I SavoGrows kommuner har inga klimatmål ställts upp ännu. Där börjar arbetet med en klimatplan
    och med att bygga upp uppföljning och indikatorer. I de kommuner som redan har ett
    klimatprogram eller en klimatplan ligger tyngdpunkten på att genomföra den och på konkreta
    åtgärder.

    Kommunikation, kampanjer och evenemang är en synlig del av arbetet. Klimat, koldioxidsnålhet och
    cirkulär ekonomi tas med i upphandlingar och investeringar. Samtidigt stärks kommunernas och
    landskapets livskraft.

    Projektet samarbetar nära med Östra Finlands livskraftscentral. Till slutet av 2025 leddes
    klimatarbetet i landskapet av NTM-centralen i Norra Savolax.""",
    """The project tries out how a climate coordinator shared by several municipalities works. The
    coordinator of each area collects and follows its climate information, steers the measures and
    reports to the municipalities regularly. The project continues the cooperation between areas
    that began in the Kierre and Kesto projects.

    15 municipalities take part:

    - Kuopio area: Kuopio and Siilinjärvi
    - Ylä-Savo: Iisalmi, Kiuruvesi, Lapinlahti and Sonkajärvi
    - Keski-Savo: Joroinen, Leppävirta and Varkaus
    - SavoGrow: Suonenjoki, Rautalampi, Tervo, Vesanto, Pielavesi and Keitele

    No climate goals have been set yet in the SavoGrow municipalities. There the work begins with a
    climate plan and with building its monitoring and indicators. In the municipalities that
    already have a climate programme or plan, the weight is on carrying it out and on concrete
    action.

    Communication, campaigns and events are a visible part of the work. Climate, low carbon and
    circular economy are brought into purchasing and investments. This also strengthens the vitality
    of the municipalities and the county.

    The project works closely with the Economic Development Centre for Eastern Finland. Until the
    end of 2025 climate work in the county was led by the North Savo ELY Centre.""",
)


def practices(today: date) -> list[Row]:
    """What others can copy from case 002."""
    return [
        {
            "slug": "seudun-yhteinen-ilmastokoordinaattori",
            "project": SLUG,
            "published_on": today - timedelta(days=200),
            "resources": 3,
            "adopted_by": [
                (slug, today - timedelta(days=430))
                for members in AREAS.values()
                for slug in members
            ],
            "title": L(
                "Usean kunnan yhteinen ilmastokoordinaattori",
                "En gemensam klimatkoordinator för flera kommuner",
                "A climate coordinator shared by several municipalities",
            ),
            "what": L(
                "Naapurikunnat palkkaavat yhdessä koordinaattorin, joka kokoaa ilmastotiedot, "
                "auttaa toimeenpanossa ja raportoi kunnille.",
                "Grannkommuner anställer tillsammans en koordinator som samlar klimatdata, hjälper "
                "med genomförandet och rapporterar till kommunerna.",
                "Neighbouring municipalities hire a coordinator together to gather climate data, "
                "help carry out measures and report to the municipalities.",
            ),
            "why": L(
                "Pienellä kunnalla ei ole varaa omaan ilmastoasiantuntijaan.",
                "En liten kommun har inte råd med en egen klimatexpert.",
                "A small municipality cannot afford a climate expert of its own.",
            ),
            "where": L(
                "Pienille ja keskisuurille kunnille, jotka jo tekevät yhteistyötä.",
                "Små och medelstora kommuner som redan samarbetar.",
                "Small and medium-sized municipalities that already cooperate.",
            ),
        }
    ]
