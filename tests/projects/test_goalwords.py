"""Words of progress: what a resident reads, in every state and language."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from municipalities.models import Municipality
from projects.goalwords import (
    chart_of,
    chart_words,
    clash_sentence,
    facts,
    figure,
    goal_sentence,
    paper_chart,
    places_sentence,
    standing_sentence,
    standing_words,
)
from projects.models import Goal
from projects.progress import Progress, Reading, Standing, Track, progress_of
from projects.summaries.goals import GoalRow, GoalSeries

BASE_DAY, TARGET_DAY = date(2025, 5, 1), date(2027, 5, 1)
TODAY = date(2026, 9, 10)
WASTE = Track(Decimal(64), BASE_DAY, Decimal(32), TARGET_DAY)
LEVEL = Track(Decimal(5), BASE_DAY, Decimal(5), TARGET_DAY)
DAYS = (date(2026, 2, 3), date(2026, 9, 1))


def at(track: Track, *values: str, on: date = TODAY) -> Progress:
    days = DAYS[-len(values) :] if values else ()
    rows = [Reading(day, Decimal(value)) for day, value in zip(days, values, strict=True)]
    return progress_of(track, rows, on)


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


def told(progress: Progress) -> list[str]:
    return [plain(fact.text) for fact in facts(progress)]


STATES = {
    Standing.NOT_MEASURED: at(WASTE),
    Standing.UNKNOWN: at(Track(target=Decimal(32)), "45"),
    Standing.AWAY: at(WASTE, "68"),
    Standing.AT_BASE: at(WASTE, "64"),
    Standing.ON_THE_WAY: at(WASTE, "50.4"),
    Standing.REACHED: at(WASTE, "32"),
    Standing.BEYOND: at(WASTE, "20"),
}


@pytest.mark.parametrize(
    ("standing", "sentence"),
    [
        (Standing.NOT_MEASURED, "Ei vielä mitattu"),
        (Standing.UNKNOWN, "Viimeisin arvo 45 (mitattu 1.9.2026)"),
        (Standing.AWAY, "Etääntynyt tavoitteesta, −12 % (mitattu 1.9.2026)"),
        (Standing.AT_BASE, "Ennallaan lähtöarvossa, 0 % (mitattu 1.9.2026)"),
        (Standing.ON_THE_WAY, "42 % tavoitteesta saavutettu (mitattu 1.9.2026)"),
        (Standing.REACHED, "Tavoite saavutettu, 100 % (mitattu 1.9.2026)"),
        (Standing.BEYOND, "Ylittänyt tavoitteen, 137 % (mitattu 1.9.2026)"),
    ],
)
def test_progress_is_a_sentence(standing: Standing, sentence: str) -> None:
    assert STATES[standing].standing == standing
    assert plain(standing_sentence(STATES[standing])) == sentence


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("standing", Standing)
def test_every_state_has_words_of_its_own(standing: Standing, language: str) -> None:
    with translation.override(language):
        words = [standing_words(progress) for progress in STATES.values()]
        assert len(set(words)) == len(Standing)
        assert standing_words(STATES[standing])
        for text in (*words, *told(STATES[standing])):
            assert "%(" not in text


def test_a_level_that_is_kept_has_no_percentage() -> None:
    assert standing_words(at(LEVEL, "5")) == "Pysynyt tavoitetasolla"
    assert standing_words(at(LEVEL, "4")) == "Poikkeaa tavoitetasosta"
    assert told(at(LEVEL, "4", "6"))[1].startswith("Yhtä kaukana tavoitetasosta kuin")


def test_facts_tell_from_where_to_where_the_direction_and_the_pace() -> None:
    assert told(at(WASTE, "50", "52.5")) == [
        "Lähtöarvo 64 (1.5.2025), viimeisin arvo 52,5, tavoite 32 (1.5.2027 mennessä).",
        "Huonompi kuin edellisessä mittauksessa (50, 3.2.2026).",
        "Jäljessä: tasaisella vauhdilla arvo olisi ollut mittauspäivänä 42,6.",
    ]
    assert [fact.is_warning for fact in facts(at(WASTE, "50", "52.5"))] == [False, True, True]
    assert told(at(WASTE, "45", "40"))[1:] == [
        "Parempi kuin edellisessä mittauksessa (45, 3.2.2026).",
        "Edellä: tasaisella vauhdilla arvo olisi ollut mittauspäivänä 43.",
    ]
    assert not any(fact.is_warning for fact in facts(at(WASTE, "45", "40")))
    assert told(at(WASTE, "42.6", "42.6"))[1:] == [
        "Sama kuin edellisessä mittauksessa (42,6, 3.2.2026).",
        "Tahdissa: tasaisella vauhdilla arvo olisi ollut mittauspäivänä 42,6.",
    ]


def test_a_reached_target_has_no_pace_to_keep() -> None:
    assert not [text for text in told(at(WASTE, "20")) if "vauhdilla" in text]


def test_what_is_missing_is_said() -> None:
    assert told(at(Track(), "45"))[0] == (
        "Lähtöarvoa ei ole ilmoitettu, tavoitearvoa ei ole ilmoitettu."
    )
    assert told(at(Track(base=Decimal(3), target=Decimal(9))))[0] == "Lähtöarvo 3, tavoite 9."


@pytest.mark.parametrize(("now", "word"), [("50", "Noussut"), ("40", "Laskenut"), ("45", "Sama")])
def test_without_a_way_a_change_is_neither_better_nor_worse(now: str, word: str) -> None:
    (_values, change) = facts(at(Track(target=Decimal(32)), "45", now))
    assert change.text.startswith(word)
    assert not change.is_warning


def test_a_passed_target_date_is_a_warning() -> None:
    fact = facts(at(WASTE, "40", on=date(2027, 5, 2)))[-1]
    assert (fact.text, fact.is_warning) == ("Tavoitepäivä 1.5.2027 on mennyt.", True)


@pytest.mark.parametrize(
    ("value", "shown"),
    [("1200.500", "1 200,5"), ("45.000", "45"), ("0.000", "0"), ("-3.250", "−3,25"),
     ("100", "100"), ("12000", "12 000"), ("0.001", "0,001")],
)  # fmt: skip
def test_figures_have_no_needless_zeros(value: str, shown: str) -> None:
    assert plain(figure(Decimal(value))) == shown


def test_dates_and_numbers_follow_the_language() -> None:
    with translation.override("en"):
        assert plain(standing_sentence(at(WASTE, "50.4"))) == (
            "42% of the target reached (measured on 1 Sep 2026)"
        )
        assert told(at(WASTE, "52.5"))[0].startswith("Starting value 64 (1 May 2025)")
    with translation.override("sv"):
        assert plain(standing_sentence(at(WASTE, "68"))) == (
            "Längre från målet än i början, −12 % (mätt 1.9.2026)"
        )


# --- several municipalities ----------------------------------------------------------------------
def row(*series: GoalSeries, state: str = "open", clash: tuple[GoalSeries, ...] = ()) -> GoalRow:
    return GoalRow(Goal(text_fi="Tavoite", state=state), series, clash, is_reached=False)


def place(name: str, progress: Progress) -> GoalSeries:
    return GoalSeries(Municipality(name_fi=name), progress)


def test_municipalities_are_counted_by_where_they_stand() -> None:
    found = row(*(place(f"K{n}", progress) for n, progress in enumerate(STATES.values())))
    assert places_sentence(found) == (
        "7 kuntaa: 2 saavuttanut tavoitteen, 1 matkalla, 1 ennallaan, 1 etääntynyt tavoitteesta, "
        "1 ilman vertailuarvoa, 1 ei vielä mitattu"
    )
    assert places_sentence(row(GoalSeries(None, STATES[Standing.AWAY]))) == ""


def test_one_line_for_lists_prefers_the_whole() -> None:
    whole = GoalSeries(None, STATES[Standing.ON_THE_WAY])
    lapua = place("Lapua", STATES[Standing.REACHED])
    assert plain(goal_sentence(row(whole, lapua))).startswith("42 %")
    assert goal_sentence(row(lapua)) == "1 kunta: 1 saavuttanut tavoitteen"
    assert goal_sentence(row()) == ""


def test_a_contradiction_says_what_was_stated_and_what_the_figures_say() -> None:
    lapua, kurikka = place("Lapua", at(WASTE, "40")), place("Kurikka", at(WASTE, "50"))
    whole = GoalSeries(None, at(WASTE, "50"))
    assert clash_sentence(row(lapua)) == ""
    assert clash_sentence(row(whole, state="met", clash=(whole,))) == (
        "Ilmoitettu saavutetuksi, mutta lukujen mukaan tavoitetta ei ole saavutettu."
    )
    both = (kurikka, lapua)
    assert clash_sentence(row(*both, state="met", clash=both)).endswith(
        "ei ole saavutettu kaikissa kunnissa: Kurikka ja Lapua."
    )
    assert clash_sentence(row(*both, state="not_met", clash=both)).startswith(
        "Ilmoitettu, ettei tavoitetta saavutettu"
    )


# --- the line ------------------------------------------------------------------------------------
def test_the_line_is_told_in_words() -> None:
    assert plain(chart_words(GoalSeries(None, at(WASTE, "45", "40")))) == (
        "2 mittausta: ensimmäinen 45 (3.2.2026), viimeisin 40 (1.9.2026). "
        "Katkoviiva kulkee lähtöarvosta 64 tavoitteeseen 32."
    )
    assert plain(chart_words(place("Lapua", at(Track(target=Decimal(3)), "1.5")))) == (
        "Lapua: 1 mittaus: 1,5 (1.9.2026). Katkoviiva on tavoite 3."
    )
    assert plain(chart_words(GoalSeries(None, at(Track(), "1")))) == "1 mittaus: 1 (1.9.2026)."


def test_texts_of_the_line_are_in_the_readers_language() -> None:
    labels = [label.text for label in chart_of(at(WASTE, "45.5", "40.5")).labels]
    assert labels == ["40,5", "32", "64", "1.5.2025", "1.5.2027"]
    with translation.override("en"):
        labels = [plain(label.text) for label in chart_of(at(WASTE, "40.5")).labels]
    assert labels == ["40.5", "32", "64", "1 May 2025", "1 May 2027"]


def test_the_line_on_paper_carries_its_words() -> None:
    series = place("Lapua", at(WASTE, "45", "40"))
    svg = paper_chart(series)
    assert svg.startswith("<svg ") and svg.endswith("</svg>")
    assert "Lapua: 2 mittausta" in svg
    assert not re.search(r'(x|y|cx|cy|x1|y1|x2|y2)="[^"]*,', svg), "no decimal commas"
    assert paper_chart(GoalSeries(None, at(WASTE))) == ""
