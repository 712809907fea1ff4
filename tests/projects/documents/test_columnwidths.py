"""Columns on paper: words stay whole, numbers are narrow, small tables are small."""

from io import BytesIO

import pypdf
import pytest

from projects.documents import pdf, typesetting
from projects.documents.blocks import Column, Document, Facts, Heading, Row, Table, line, plain
from projects.documents.columnwidths import FULL, PADDING, ROOM, _width, table_layout
from tests.projects.documents.samples import WORDS, grid

STAGES = ("Idea", "Päätetty käynnistää", "Suunnittelu", "Toteutus", "Valmis", "Tauolla, lopetettu")
TWELVE = Table(
    "Kunnat",
    (
        *(Column(title) for title in ("Kunta", "Ilmastosuunnitelma", "Tavoitevuosi")),
        *(Column(title, "Hankkeet vaiheittain", numeric=True) for title in STAGES),
        *(Column(title, "Tehtävät", numeric=True) for title in ("Tehty", "Myöhässä")),
        Column("Yhteyshenkilö"),
    ),
    (
        Row(
            (
                line("Kuortane"),
                *[line("ei ilmoitettu")] * 2,
                *[line("4")] * 6,
                *[line("12/34")] * 2,
                line("ei ole"),
            )
        ),
        Row((line("Yhteensä, kukin hanke kerran"), *[line("0")] * 11), "total"),
    ),
    "Kunnat",
)


def test_words_of_twelve_columns_stay_whole_under_turned_heads() -> None:
    layout = table_layout(TWELVE)
    assert not any(layout.broken) and layout.size >= 8 and layout.turned
    assert sum(layout.widths) < ROOM + 0.2
    text = pypdf.PdfReader(BytesIO(pdf.render(Document("T", "fi", (TWELVE,))))).pages[0]
    words = text.extract_text().split()
    for column in TWELVE.columns:
        assert set(column.title.split()) <= set(words)
    assert {"Kuortane", "ilmoitettu", "Yhteensä,"} <= set(words)


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_heads_stand_upright_where_they_have_room(lang: str) -> None:
    table = grid(WORDS[lang])
    few = Table("T", table.columns[:5], (Row(table.rows[1].cells[:5]),), "T")
    assert table_layout(few).turned == 0


def test_a_small_table_does_not_part_names_from_numbers() -> None:
    rows = (Row((line("Alavus"), line("2 600 €"))),)
    layout = table_layout(Table("T", (Column("Kunta"), Column("Käytetty", numeric=True)), rows, ""))
    assert sum(layout.widths) == pytest.approx(ROOM * FULL, abs=1)


def test_a_long_text_gets_the_room_and_a_short_one_stays_on_its_line() -> None:
    long = "Kaukolämpöyhtiöiden ja kuntien kehittämishankkeiden läpikäynti syksyllä " * 2
    cells = (line(long), line("Hävikkivaaka koulukeittiöihin"), line("ei ilmoitettu"))
    columns = (Column("Tehtävä"), Column("Hanke"), Column("Tavoite", numeric=True))
    first, second, number = table_layout(Table("T", columns, (Row(cells),), "")).widths
    assert first > second > number > 48 + PADDING
    assert second >= 9 * _width(plain(cells[1]), bold=False) + PADDING, (
        "the project's name in one line"
    )


def test_only_a_word_longer_than_the_paper_is_broken() -> None:
    cells = (line("x" * 200), line("lyhyt"))
    layout = table_layout(Table("T", (Column("A"), Column("B")), (Row(cells),), ""))
    assert layout.broken == (True, False) and sum(layout.widths) < ROOM + 0.2


def document(facts: int) -> str:
    """Headings with a fact each, as records of decisions."""
    blocks = [
        block for number in range(facts)
        for block in (Heading(2, f"Asia {number}"), Facts((("Päätös", line("Hyväksyttiin")),)))
    ]  # fmt: skip
    return pdf.payload(Document("Kokous", "fi", tuple(blocks)))


def test_a_few_lines_alone_on_a_page_are_drawn_in() -> None:
    def usual(facts: int) -> int:
        return typesetting._end(typesetting._compiler(document(facts)))[0]

    first = next(facts for facts in range(8, 30) if usual(facts) == 2)
    assert len(pypdf.PdfReader(BytesIO(typesetting.typeset(document(first)))).pages) == 1
    many = next(facts for facts in range(first, 60) if usual(facts) == 3) - 1
    assert len(pypdf.PdfReader(BytesIO(typesetting.typeset(document(many)))).pages) == 2
