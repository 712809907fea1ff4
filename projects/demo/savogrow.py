"""Case 002 continued: first climate programmes for the six SavoGrow municipalities."""

from datetime import date, timedelta

from projects.demo.plan import OwnStage, Plan
from projects.demo.pohjois_savo import AREAS
from projects.demo.texts import L, rich
from projects.enums import Stage

SLUG = "savogrow-kuntien-ilmasto-ohjelmat"


def plans(today: date) -> list[Plan]:
    """A project of six municipalities, each in a stage of its own; one task is late."""
    begun = today - timedelta(days=400)
    return [
        Plan(
            slug=SLUG,
            by="koordinaattori.pohjois-savo",
            stages=[
                (begun, Stage.IDEA),
                (begun + timedelta(days=70), Stage.DECIDED),
                (begun + timedelta(days=160), Stage.PLANNING),
            ],
            updated=today - timedelta(days=9),
            fields={
                "title": L(
                    "SavoGrow’n kuntien ilmasto-ohjelmat",
                    "Klimatprogram för SavoGrows kommuner",
                    "Climate programmes for the SavoGrow municipalities",
                ),
                "summary": L(
                    "Kuusi kuntaa laatii ensimmäiset ilmastosuunnitelmansa ja rakentaa niille "
                    "seurannan ja mittarit.",
                    "Sex kommuner gör sina första klimatplaner och bygger upp uppföljning och "
                    "indikatorer för dem.",
                    "Six municipalities make their first climate plans and build monitoring and "
                    "indicators for them.",
                ),
                "description": rich(
                    "Kunnissa ei ole vielä asetettu ilmastotavoitteita. Siksi työ alkaa "
                    "suunnitelmasta. Alueen yhteinen ilmastokoordinaattori auttaa, mutta jokainen "
                    "kunta päättää omista tavoitteistaan.",
                    "Kommunerna har ännu inga klimatmål. Därför börjar arbetet med en plan. "
                    "Områdets gemensamma klimatkoordinator hjälper till, men varje kommun beslutar "
                    "om sina egna mål.",
                    "The municipalities have no climate goals yet. So the work begins with a plan. "
                    "The area’s shared climate coordinator helps, but each municipality decides on "
                    "its own goals.",
                ),
                "start_date": begun + timedelta(days=70),
                "end_date": today + timedelta(days=250),
                "date_precision": "month",
                "is_adaptation": True,
            },
            municipalities=list(AREAS["savogrow"]),
            regions=["savogrow"],
            themes=["johtaminen"],
            responsible=AREAS["savogrow"],
            contacts=[{"contact": "ilmastokoordinaattori.savogrow", "is_primary": True}],
            own_stages=[
                OwnStage(
                    municipality="suonenjoki",
                    on=today - timedelta(days=45),
                    to=Stage.IMPLEMENTATION,
                ),
                OwnStage(
                    municipality="rautalampi",
                    on=today - timedelta(days=30),
                    to=Stage.IMPLEMENTATION,
                ),
                OwnStage(municipality="keitele", on=today - timedelta(days=200), to=Stage.DECIDED),
            ],
            goals=[
                {
                    "text": L(
                        "Jokaisessa kuudessa kunnassa on hyväksytty ilmastosuunnitelma.",
                        "Alla sex kommuner har godkänt en klimatplan.",
                        "All six municipalities have approved a climate plan.",
                    )
                },
                {
                    "text": L(
                        "Suunnitelmille on yhteinen seuranta ja mittarit.",
                        "Planerna har gemensam uppföljning och gemensamma indikatorer.",
                        "The plans have shared monitoring and indicators.",
                    )
                },
            ],
            tasks=[
                {
                    "title": L(
                        "Lähtötietojen keruu Tervossa",
                        "Insamling av utgångsdata i Tervo",
                        "Collecting starting data in Tervo",
                    ),
                    "municipality": "tervo",
                    "state": "in_progress",
                    "due_date": today - timedelta(days=18),
                },
                {
                    "title": L(
                        "Suunnitelmaluonnokset lautakuntiin",
                        "Planutkasten till nämnderna",
                        "Draft plans to the committees",
                    ),
                    "due_date": today + timedelta(days=75),
                },
                {
                    "title": L("Yhteiset mittarit", "Gemensamma indikatorer", "Shared indicators"),
                    "due_date": today + timedelta(days=150),
                    "due_precision": "month",
                },
                {
                    "title": L(
                        "Aloitustyöpaja kuudelle kunnalle",
                        "Inledande workshop för sex kommuner",
                        "Opening workshop for six municipalities",
                    ),
                    "done": today - timedelta(days=230),
                },
            ],
        )
    ]
