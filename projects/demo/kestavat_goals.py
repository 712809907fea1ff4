"""Case Kestävät: goals of each municipality's own programme and of the area, with their figures.

That every municipality has its own goals is a fact; the goals and figures themselves are examples,
because the programmes are not public here. Between them they show every state of a goal.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from projects.demo.measures import follow, measure
from projects.demo.plan import Days, Measured, Row
from projects.demo.texts import L
from projects.demo.world import World
from projects.models import Goal

BEGAN = 640  # days before today, when the programmes were entered


@dataclass(frozen=True)
class OwnGoal:
    """A goal of a programme: its columns, whom it follows by itself, what was measured."""

    text: L
    fields: Row = field(default_factory=dict)
    followed: tuple[Row, ...] = ()
    measured: tuple[Measured, ...] = ()


def programmes(days: Days) -> Mapping[str, tuple[L, list[OwnGoal]]]:
    """Municipality → its programme and the programme's goals."""
    return {
        "alavus": (
            L(
                "Alavuden kestävän kehityksen ohjelma",
                "Programmet för hållbar utveckling i Alavo",
                "Sustainable development programme of Alavus",
            ),
            _alavus(days),
        ),
        "kurikka": (
            L(
                "Kurikan kestävän kehityksen ohjelma",
                "Programmet för hållbar utveckling i Kurikka",
                "Sustainable development programme of Kurikka",
            ),
            _kurikka(days),
        ),
        "lapua": (
            L(
                "Lapuan kestävän kehityksen ohjelma",
                "Programmet för hållbar utveckling i Lappo",
                "Sustainable development programme of Lapua",
            ),
            _lapua(days),
        ),
        "kuortane": (
            L(
                "Kuortaneen kestävän kehityksen ohjelma",
                "Programmet för hållbar utveckling i Kuortane",
                "Sustainable development programme of Kuortane",
            ),
            _kuortane(days),
        ),
    }


def _alavus(days: Days) -> list[OwnGoal]:
    """Regress; on the way and ahead."""
    return [
        OwnGoal(
            L(
                "Kaupungin rakennukset kuluttavat lämpöä viisi prosenttia vähemmän.",
                "Stadens byggnader förbrukar fem procent mindre värme.",
                "The city’s buildings use five per cent less heat.",
            ),
            {
                "unit": L("% vähemmän", "% mindre", "% less"),
                "base_value": Decimal(0),
                "base_date": days.ago(BEGAN),
                "target_value": Decimal(5),
                "target_date": days.ahead(420),
            },
            measured=(
                Measured(days.ago(480), "1.2"),
                Measured(days.ago(300), "1.9"),
                Measured(days.ago(55), "-0.6", note="Uimahalli avattiin"),
            ),
        ),
        OwnGoal(
            L(
                "Katuvalot vaihdetaan ledeihin, kun ne muutenkin uusitaan.",
                "Gatubelysningen byts till led när den ändå förnyas.",
                "Street lights are changed to LED when they are due for renewal.",
            ),
            {
                "unit": L("% katuvaloista", "% av gatubelysningen", "% of street lights"),
                "base_value": Decimal(35),
                "base_date": days.ago(BEGAN),
                "target_value": Decimal(100),
                "target_date": days.ahead(900),
            },
            measured=(Measured(days.ago(420), "52"), Measured(days.ago(62), "71")),
        ),
    ]


def _kurikka(days: Days) -> list[OwnGoal]:
    """Met, exactly; without a figure."""
    return [
        OwnGoal(
            L(
                "Jokaisella koululla on energiavastaava.",
                "Varje skola har en energiansvarig.",
                "Every school has somebody in charge of energy.",
            ),
            {
                "state": "met",
                "unit": L("koulua", "skolor", "schools"),
                "base_value": Decimal(4),
                "base_date": days.ago(600),
                "target_value": Decimal(14),
                "target_date": days.ago(30),
            },
            measured=(
                Measured(days.ago(430), "7"),
                Measured(days.ago(250), "12"),
                Measured(days.ago(96), "14"),
            ),
        ),
        OwnGoal(
            L(
                "Hankinnoissa kysytään aina, kuinka kauan tuote kestää.",
                "Vid upphandling frågar man alltid hur länge produkten håller.",
                "Purchasing always asks how long the product lasts.",
            )
        ),
    ]


def _lapua(days: Days) -> list[OwnGoal]:
    """Over a hundred per cent; a falling figure behind its pace."""
    return [
        OwnGoal(
            L(
                "Koulukeittiöiden ruokahävikki mitataan joka lukukausi.",
                "Matsvinnet i skolköken mäts varje termin.",
                "Food waste in school kitchens is measured every term.",
            ),
            {
                "state": "met",
                "unit": L("mittausta vuodessa", "mätningar per år", "measurements a year"),
                "base_value": Decimal(0),
                "base_date": days.ago(590),
                "target_value": Decimal(2),
                "target_date": days.ahead(60),
            },
            measured=(Measured(days.ago(350), "2"), Measured(days.ago(20), "3")),
        ),
        OwnGoal(
            L(
                "Öljylämmitys poistuu kaupungin omista rakennuksista.",
                "Oljeuppvärmningen upphör i stadens egna byggnader.",
                "Oil heating goes from the city’s own buildings.",
            ),
            {
                "unit": L(
                    "öljylämmitteistä rakennusta", "oljeuppvärmda byggnader", "buildings on oil"
                ),
                "base_value": Decimal(11),
                "base_date": days.ago(630),
                "target_value": Decimal(0),
                "target_date": days.ahead(200),
            },
            measured=(
                Measured(days.ago(500), "9"),
                Measured(days.ago(330), "8"),
                Measured(days.ago(90), "5"),
            ),
        ),
    ]


def _kuortane(days: Days) -> list[OwnGoal]:
    """Not measured; given up."""
    return [
        OwnGoal(
            L(
                "Kunnan kiinteistöille tehdään energiakatselmus yksi kerrallaan.",
                "En energikartläggning görs i kommunens fastigheter, en i taget.",
                "The municipality’s buildings get an energy audit, one at a time.",
            ),
            {
                "unit": L("katselmusta", "kartläggningar", "audits"),
                "base_value": Decimal(0),
                "base_date": days.ago(200),
                "target_value": Decimal(14),
                "target_date": days.ahead(900),
            },
        ),
        OwnGoal(
            L(
                "Kylätalojen kanssa sovitaan yhteisestä lajittelusta.",
                "Gemensam avfallssortering avtalas med byagårdarna.",
                "Shared recycling is agreed with village halls.",
            ),
            {"state": "not_met"},
        ),
    ]


def joint(days: Days) -> OwnGoal:
    """The area's goal, followed as a whole and for each municipality from its own start."""
    own = {"alavus": 9400, "kurikka": 14200, "kuortane": 3100, "lapua": 11800}
    latest = {"alavus": "9460", "kurikka": "13290", "kuortane": "2945", "lapua": "11270"}
    return OwnGoal(
        L(
            "Kuntien rakennusten lämmönkulutus pienenee 7,5 prosenttia.",
            "Värmeförbrukningen i kommunernas byggnader minskar med 7,5 procent.",
            "The buildings of the municipalities use 7.5 per cent less heat.",
        ),
        {
            "unit": L("MWh vuodessa", "MWh per år", "MWh a year"),
            "base_value": Decimal(sum(own.values())),
            "base_date": days.ago(BEGAN),
            "target_value": Decimal(sum(own.values())) * Decimal("0.925"),
            "target_date": days.ahead(455),
        },
        followed=tuple(
            {
                "municipality": slug,
                "base_value": Decimal(value),
                "target_value": value * Decimal("0.925"),
            }
            for slug, value in own.items()
        ),
        measured=(
            Measured(days.ago(370), "37520"),
            *(Measured(days.ago(55), value, slug) for slug, value in latest.items()),
            Measured(days.ago(55), str(sum(int(value) for value in latest.values()))),
        ),
    )


def make_goals(world: World) -> None:
    """The municipalities' own goals and the area's, each value written on its day."""
    days = Days(world.today)
    for slug, (programme, goals) in programmes(days).items():
        owner = {"municipality": world.municipality(slug), "programme": programme}
        for order, goal in enumerate(goals, start=1):
            _make(world, goal, {**owner, "order": order})
    programme = L("Kestävät-yhteistyön tavoitteet", "Kestävät: gemensamma mål", "Kestävät: goals")
    _make(world, joint(days), {"region": world.region("kestavat"), "programme": programme})


def _make(world: World, goal: OwnGoal, owner: dict[str, Any]) -> None:
    owned_by = {name: owner[name] for name in ("municipality", "region") if name in owner}
    if Goal.objects.filter(**owned_by, text_fi=goal.text.fi).exists():
        return
    by = world.editor("koordinaattori.kestavat")
    at = world.moment(world.today - timedelta(days=BEGAN))
    row = world.add(Goal, at=at, by=by, text=goal.text, **owner, **goal.fields)
    follow(world, row, goal.followed, at=at, by=by)
    for entry in goal.measured:
        measure(world, row, entry, by)
