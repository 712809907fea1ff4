"""Rows pasted from a spreadsheet: what is understood, and what is said of the rest by row."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from climateportal.numerals import typed_number
from projects.enums import ExpenseCategory, ExpenseState
from projects.pasted import MOST_ROWS, PastedExpense, Terms, read_expenses

TODAY = date(2026, 11, 22)
TERMS = Terms(
    places={"akaa": 1, "vantaa": 2, "vanda": 2}, elsewhere=frozenset({"kuopio"}), today=TODAY
)
STAFF, PAID = ExpenseCategory.STAFF, ExpenseState.PAID


def rows(text: str) -> list[PastedExpense]:
    found = read_expenses(text, TERMS)
    assert not found.problems, found.problems
    return list(found.rows)


def problems(text: str) -> list[tuple[int, str]]:
    found = read_expenses(text, TERMS)
    assert found.problems
    return [(problem.row, problem.text) for problem in found.problems]


# --- what is understood --------------------------------------------------------------------------


def test_a_row_without_headings_in_the_usual_order() -> None:
    found = rows("1.5.2026\t1 000,50 €\tPalkat\tAkaa\tMaksettu\tHuhtikuun palkka")
    assert found == [
        PastedExpense(
            row=1, date=date(2026, 5, 1), amount=Decimal("1000.50"), category=STAFF, state=PAID,
            municipality=1, note="Huhtikuun palkka",
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    "headings",
    [
        "Summa (€)\tPäivämäärä\tHuom.\tMaksatus\tKululaji\tKunta",
        "Belopp\tDatum\tAnteckning\tUtbetalning\tKostnadsslag\tKommun",
        "Sum, EUR\tDate\tNote\tPayment\tCategory\tMunicipality",
        "€\tPVM\tSelite\tTila\tLaji\tKunta",
    ],
)
def test_headings_in_any_order_and_language(headings: str) -> None:
    found = rows(f"{headings}\n1.000,50 €\t2026-05-01\tPalkka\tmaksettu\tPALKAT\tAkaa\n")
    assert (found[0].row, found[0].amount, found[0].note) == (2, Decimal("1000.50"), "Palkka")


def test_columns_that_expenses_do_not_have_are_told_of() -> None:
    found = read_expenses("Tosite\tPvm\tSumma\n17\t1.5.2026\t5\n", TERMS)
    assert found.left_out == ("Tosite",)
    assert [row.amount for row in found.rows] == [5]


def test_semicolons_and_quotation_marks_of_csv() -> None:
    found = rows('Päivä;Summa;Selite\r\n1.5.2026;"1 000,50";"Tila; \nja ""tarjoilu"""\r\n')
    assert (found[0].amount, found[0].note) == (Decimal("1000.50"), 'Tila; ja "tarjoilu"')


def test_a_lone_quotation_mark_swallows_no_rows() -> None:
    found = rows('1.5.2026\t5\t\t\t\t"Sopimus\n2.5.2026\t6\t\t\t\tMuu')
    assert [row.amount for row in found] == [5, 6]


def test_empty_rows_are_skipped_but_counted() -> None:
    assert [row.row for row in rows("\n1.5.2026\t5\n\t\t\n\n2.5.2026\t6\n\n")] == [2, 5]


def test_empty_cells_mean_what_the_terms_say() -> None:
    text = "1.5.2026\t5"
    assert (rows(text)[0].category, rows(text)[0].state) == ("other", "planned")
    terms = replace(TERMS, category=STAFF, state=PAID)
    found = read_expenses(text, terms).rows[0]
    assert (found.category, found.state, found.municipality) == (STAFF, PAID, None)


@pytest.mark.parametrize(
    "typed",
    ["1.5.2026", "01.05.2026", "1. 5. 2026", "1.5.26", "2026-05-01", "1/5/2026",
     "2026-05-01 0:00", "1.5.2026 00:00:00"],
)  # fmt: skip
def test_days(typed: str) -> None:
    assert rows(f"{typed}\t5")[0].date == date(2026, 5, 1)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1 000,50", "1000.50"), ("1.000,50 €", "1000.50"), ("1000.50", "1000.50"),
        ("1\u00a0000,50", "1000.50"), ("1\u2009000,5", "1000.50"), ("1\u202f000", "1000"),
        ("0", "0"),
    ],
)  # fmt: skip
def test_sums(typed: str, amount: str) -> None:
    assert rows(f"1.5.2026\t{typed}")[0].amount == Decimal(amount)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_word_of_the_portal_is_understood_in_every_language(language: str) -> None:
    with override(language):
        words = [(str(c.label), str(s.label)) for c in ExpenseCategory for s in ExpenseState]
    text = "\n".join(f"1.5.2024\t5\t{category}\t\t{state}" for category, state in words)
    wanted = [(c, s) for c in ExpenseCategory for s in ExpenseState]
    assert [(row.category, row.state) for row in rows(text)] == wanted


@pytest.mark.parametrize(
    ("word", "category"),
    [("henkilöstökulut", "staff"), ("Ostopalvelu", "services"), ("MATKAKULUT", "travel"),
     ("muut", "other"), ("resekostnader", "travel"), ("Investoinnit", "equipment")],
)  # fmt: skip
def test_words_that_people_use(word: str, category: str) -> None:
    assert rows(f"1.5.2026\t5\t{word}")[0].category == category


@pytest.mark.parametrize(
    ("typed", "key"), [("Akaa", 1), ("AKAA ", 1), ("Vanda", 2), ("yhteinen", None), ("", None)]
)
def test_municipalities_by_name(typed: str, key: int | None) -> None:
    assert rows(f"1.5.2026\t5\t\t{typed}")[0].municipality == key


EXPENSES = st.lists(
    st.tuples(
        st.dates(date(1990, 1, 1), TODAY),
        st.integers(0, 10**11).map(lambda cents: Decimal(cents) / 100),
        st.sampled_from(list(ExpenseCategory)),
        st.sampled_from(list(ExpenseState)),
        st.sampled_from([("Akaa", 1), ("Vantaa", 2), ("", None)]),
        st.text("abcåäö ;\"'", max_size=20).map(lambda note: " ".join(note.split())),
    ),
    min_size=1,
    max_size=8,
)


@settings(deadline=None, derandomize=True)
@given(expenses=EXPENSES, with_headings=st.booleans())
def test_what_a_spreadsheet_writes_is_read_back(expenses: list, with_headings: bool) -> None:
    def quoted(note: str) -> str:
        doubled = note.replace('"', '""')
        return f'"{doubled}"' if '"' in note else note

    lines = ["Päivä\tSumma\tKululaji\tKunta\tMaksatus\tHuomautus"] if with_headings else []
    lines += [
        f"{day.day}.{day.month}.{day.year}\t{typed_number(amount)} €\t{category.label}\t{place[0]}"
        f"\t{state.label}\t{quoted(note)}"
        for day, amount, category, state, place, note in expenses
    ]
    found = rows("\r\n".join(lines))
    assert [
        (row.date, row.amount, row.category, row.state, row.municipality, row.note) for row in found
    ] == [
        (day, sum_, kind, state, place[1], note) for day, sum_, kind, state, place, note in expenses
    ]


# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("\t5", "Päivä puuttuu"),
        ("1.5.2026\t", "Summa puuttuu"),
        ("31.2.2026\t5", "ei ole päivä"),
        ("5/31/2026\t5", "ei ole päivä"),
        ("46143\t5", "ei ole päivä"),
        ("1.5.1889\t5", "ei ole päivä"),
        ("1.5.2026\tpaljon", "ei ole summa"),
        ("1.5.2026\t#####", "ei ole summa"),
        ("1.5.2026\t1.000", "tuhansia vai desimaaleja"),
        ("1.5.2026\t−500,00", "ei voi olla negatiivinen"),
        ("1.5.2026\t1000,505", "enemmän kuin kaksi desimaalia"),
        ("1.5.2026\t12 345 678 901", "liian suuri"),
        ("1.5.2026\t5\tLahjukset", "Palkat, Ostopalvelut"),
        ("1.5.2026\t5\t\tKuopio", "ei ole mukana"),
        ("1.5.2026\t5\t\tAtlantis", "Atlantis"),
        ("1.5.2026\t5\t\t\tkadonnut", "Suunniteltu, Maksatusta haettu, Maksettu"),
        ("23.11.2026\t5\t\t\tmaksettu", "vain suunniteltu"),
        (f"1.5.2026\t5\t\t\t\t{'x' * 201}", "201 merkkiä"),
        ("1.5.2026\t5\t\t\t\t\tlisää", "enemmän sarakkeita"),
    ],
)
def test_what_is_wrong_is_said_with_its_row(row: str, words: str) -> None:
    found = problems(f"1.5.2026\t5\n{row}\n1.5.2026\t5")
    assert [number for number, _text in found] == [2]
    assert words in found[0][1]


def test_everything_wrong_is_said_at_once() -> None:
    found = problems("Pvm\tSumma\tKunta\nx\ty\tz\n1.5.2026\t5\tAkaa\n\t5\tKuopio")
    assert [number for number, _text in found] == [2, 2, 2, 4, 4]


@pytest.mark.parametrize(
    ("text", "row", "words"),
    [
        ("", 0, "Liitä"),
        (" \n\t\n", 0, "Liitä"),
        ("Pvm\tSumma\n", 0, "ei ole rivejä"),
        ("Pvm\tKunta\n1.5.2026\tAkaa", 1, "Summien sarake puuttuu"),
        ("Summa\tKunta\n5\tAkaa", 1, "Päivien sarake puuttuu"),
        ("Pvm\tSumma\tEuroa\n1.5.2026\t5\t6", 1, "sama otsikko"),
        ("1.5.2026\t5\n" * (MOST_ROWS + 1), 0, "Enintään"),
    ],
)
def test_what_is_wrong_with_the_whole(text: str, row: int, words: str) -> None:
    found = problems(text)
    assert [number for number, _text in found] == [row]
    assert words in found[0][1]


@settings(deadline=None, derandomize=True, max_examples=300)
@given(text=st.one_of(st.text(), st.text("\t;\n\r\"'.,-€ 12kuntapäivä", max_size=80)))
def test_no_text_breaks_the_reading(text: str) -> None:
    found = read_expenses(text, TERMS)
    assert found.rows or found.problems
