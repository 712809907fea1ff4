"""Cleaning mends what a renderer would refuse, loses nothing unseen, and leaves the rest alone."""

import unicodedata
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.documents import cleaning
from projects.documents.blocks import (
    Bullets,
    Column,
    Document,
    Facts,
    Figure,
    Heading,
    Paragraph,
    Row,
    Span,
    Table,
    line,
    plain,
)
from projects.documents.characters import BOX, DRAWN, shown
from projects.documents.cleaning import cleaned
from projects.documents.drawings import drawing_size, safe_drawing
from projects.documents.links import safe_link, whole_link
from tests.projects.documents.samples import DRAWING, hostile, pack


def one(*blocks: object, **fields: str) -> Document:
    return Document("Otsikko", fields.pop("lang", "fi"), blocks, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("make", [pack, hostile])
@pytest.mark.parametrize("on_paper", [True, False])
def test_a_clean_document_stays_as_it_is(make: object, on_paper: bool) -> None:
    once = cleaned(make(), on_paper=on_paper)  # type: ignore[operator]
    assert cleaned(once, on_paper=on_paper) == once


def test_what_is_right_is_not_touched() -> None:
    given = pack()
    found = cleaned(given)
    figures = [index for index, block in enumerate(given.blocks) if isinstance(block, Figure)]
    for index, (before, after) in enumerate(zip(given.blocks, found.blocks, strict=True)):
        same = repr(before).replace("\\xa0", " ") == repr(after).replace("\\xa0", " ")
        assert same or index in figures  # a drawing is written anew


def test_a_sum_stays_on_one_line() -> None:
    """In every sort of text; what does not break already is kept."""
    wanted = "Käytetty 1\xa0522\xa0000\xa0€, 71\xa0%"
    for told in (wanted, wanted.replace("\xa0", " ")):
        text = line(told)
        found = cleaned(
            Document("T", "fi", (Heading(2, told), Paragraph(text), Facts(((told, text),))))
        ).blocks
        assert [found[0].text, plain(found[1].spans)] == [wanted, wanted]
        assert found[2].rows == ((wanted, line(wanted)),)
    assert cleaned(Document("Vuonna 2030 16 kuntaa  ja 5 t", "fi", ())).title == (
        "Vuonna 2030 16 kuntaa ja 5 t"
    )


# --- characters --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("Hyvä 👍🏽 työ", "Hyvä [thumbs up sign] työ"),
        ("✅ valmis ❌ ei", "✓ valmis ✗ ei"),
        ("Suomi 🇫🇮", "Suomi FI"),
        ("会議", BOX * 2),
        ("🫠 uusi", "[melting face] uusi"),
        ("a\u202eb\u2066c\ufeffd\x00e\x7ff", "abcdef"),
        ("rivi\nvaihto\tsarkain", "rivi vaihto sarkain"),
        ("a\u0308", "ä"),
        ("ﬁksu 𝗛𝗲𝗶", "fiksu Hei"),
        ("\ud800", BOX),
        ("Čakčadit ŋ đ ǩ ẞ Ж ґ €₂ − ½ →", "Čakčadit ŋ đ ǩ ẞ Ж ґ €₂ − ½ →"),
        ("\uf0b7 Wordista", "• Wordista"),
    ],
)
def test_characters_are_replaced_in_sight(given: str, wanted: str) -> None:
    assert shown(given) == wanted


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_shown(text: str) -> None:
    found = shown(text)
    assert set(found) <= DRAWN
    assert shown(found) == found
    visible = [char for char in text if unicodedata.category(char)[0] in "LNPS"]
    assert not visible or found.strip() or all(char in "\u20e3" or "EMOJI MODIFIER" in
        unicodedata.name(char, "") for char in visible)  # fmt: skip


# --- links -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "href",
    [
        "https://example.fi/a?b=1&c=2#d", "http://example.fi", "mailto:a@example.fi",
        "/hankkeet/a/?q=1", "#rahat", "https://example.fi/a%20b",
    ],
)  # fmt: skip
def test_good_addresses_stay(href: str) -> None:
    assert safe_link(href, frozenset({"rahat"})) == href


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "\x01javascript:x",
        " javascript:alert(1)", "\u202ejavascript:x", "data:text/html,<script>", "vbscript:x",
        "file:///etc/passwd", "ftp://example.fi", "tel:112", "//evil.example", "/\\evil.example",
        "/\n/evil.example", "\\\\evil", "http:", "http:///x", "http://[::1", "#ei-ole", "", "#",
        "mailto:", "kunnat/", "https://example.fi/" + "a" * 3000,
        "https://example.fi/" + "ä" * 400, "/" + "ä" * 400,
    ],
)  # fmt: skip
def test_other_addresses_become_text(href: str) -> None:
    clean = cleaned(one(Heading(2, "A", "rahat"), Paragraph((Span("sana", href),))))
    assert clean.blocks[1] == Paragraph((Span("sana"),))


def test_an_address_without_words_is_its_own_words() -> None:
    clean = cleaned(one(Paragraph((Span(" ", "mailto:a@example.fi"),))))
    assert plain(clean.blocks[0].spans) == "a@example.fi"


def test_a_link_to_a_heading_that_falls_away_is_text() -> None:
    clean = cleaned(one(Heading(2, "\u202e", "tyhja"), Paragraph((Span("sana", "#tyhja"),))))
    assert clean.blocks == (Paragraph((Span("sana"),)),)


def test_addresses_outside_the_site_are_whole() -> None:
    address = "https://ilmasto.example.fi/alueet/kestavat/"
    assert whole_link("/kunnat/", address) == "https://ilmasto.example.fi/kunnat/"
    assert whole_link("/kunnat/", "") == ""
    assert whole_link("#rahat", address) == ""
    assert whole_link("https://example.fi/", "") == "https://example.fi/"


# --- headings ----------------------------------------------------------------------------------
@given(st.lists(st.integers(-3, 12), max_size=20))
@settings(deadline=None)
def test_headings_begin_at_two_and_skip_no_level(levels: list[int]) -> None:
    clean = cleaned(one(*(Heading(level, f"Otsikko {n}") for n, level in enumerate(levels))))
    found = [1, *(block.level for block in clean.blocks)]
    assert len(found) == len(levels) + 1
    assert all(2 <= after <= min(before + 1, 6) for before, after in pairwise(found))


def test_empty_headings_go_and_an_anchor_is_used_once() -> None:
    clean = cleaned(
        one(
            Heading(2, " \u200b"),
            Heading(2, "A", "a"),
            Heading(2, "B", "a"),
            Heading(2, "C", "1 x"),
        )
    )
    assert [(block.text, block.anchor) for block in clean.blocks] == [
        ("A", "a"), ("B", ""), ("C", ""),
    ]  # fmt: skip


def test_a_document_always_has_a_title_and_a_language() -> None:
    clean = cleaned(Document("\x00", "xx", ()))
    assert (clean.title, clean.lang) == ("Nimetön asiakirja", "fi")
    assert cleaned(Document("", "en", (), publisher="Portal")).title == "Portal"


# --- tables, facts, figures --------------------------------------------------------------------
def test_rows_get_a_cell_for_each_column_and_lose_none() -> None:
    columns = (Column("A"), Column("B"))
    rows = (
        Row((line("a"),)),
        Row((line("a"), line("b"), line("c"))),
        Row((line("x"), line("y")), "part"),
        Row(((), line("b")), "odd"),
    )
    (table,) = cleaned(one(Table("T", columns, rows, "T"))).blocks
    texts = [(row.kind, [plain(cell) for cell in row.cells]) for row in table.rows]
    assert texts == [("", ["a", ""]), ("", ["a", "b, c"]), ("part", ["x, y"]), ("", ["–", "b"])]


def test_a_table_without_rows_or_columns_is_none() -> None:
    empty = (Table("T", (Column("A"),), (), "T"), Table("T", (), (Row((line("a"),)),), "T"))
    assert cleaned(one(*empty)).blocks == ()


def test_values_are_numbers_or_days_of_the_same_shape() -> None:
    values = (
        (True, float("nan"), Decimal("NaN"), 10**20),
        (datetime(2024, 3, 1, 12), date(2024, 3, 2), Decimal("1.5"), "teksti"),
        (1,),
    )
    row = Row(tuple(line("a") for _ in range(4)))
    columns = tuple(Column("A") for _ in range(4))
    (table,) = cleaned(one(Table("T", columns, (row,) * 3, "T", values))).blocks
    assert table.values == (
        (None,) * 4,
        (date(2024, 3, 1), date(2024, 3, 2), Decimal("1.5"), None),
        (1, None, None, None),
    )
    (table,) = cleaned(one(Table("T", columns, (row,) * 2, "T", values))).blocks
    assert table.values == (), "values of another number of rows belong to another table"


@pytest.mark.parametrize(
    ("on_paper", "address", "shown_rows", "sentence"),
    [
        (False, "", 5000, "12 riviä lisää jää näyttämättä"),
        (True, "https://example.fi/", 500, "4512 riviä lisää jää näyttämättä"),
    ],
)
def test_long_tables_are_cut_and_say_so(
    on_paper: bool, address: str, shown_rows: int, sentence: str
) -> None:
    rows = (*(Row((line(f"{n}"),)) for n in range(5012)), Row((line("Yhteensä"),), "total"))
    table, note = cleaned(
        one(Table("T", (Column("A"),), rows, "T"), address=address), on_paper=on_paper
    ).blocks
    assert len(table.rows) == shown_rows + 1
    assert table.rows[-1].kind == "total"
    assert plain(note.spans) == sentence
    assert note.tone == "note"


def test_on_paper_the_rest_of_a_table_is_on_the_page() -> None:
    rows = tuple(Row((line(f"{n}"),)) for n in range(501))
    document = one(
        Table("T", (Column("A"),), rows, "T"), address="https://example.fi/a/", lang="en"
    )
    _table, note = cleaned(document, on_paper=True).blocks
    assert note.spans == (Span("1 more row on the page", "https://example.fi/a/"),)


def test_many_long_tables_share_the_paper() -> None:
    row = Row(tuple(line("a") for _ in range(10)))
    table = Table("T", tuple(Column("A") for _ in range(10)), (row,) * 600, "T")
    found = cleaned(one(*(table,) * 12), on_paper=True)
    counts = [len(block.rows) for block in found.blocks if isinstance(block, Table)]
    assert counts == [500] * 4 + [cleaning.FEWEST_ROWS] * 8


def test_long_texts_share_the_paper_and_the_page_has_all() -> None:
    document = one(*(Paragraph(line("sana " * 2_000)),) * 80)
    found = cleaned(document, on_paper=True).blocks
    assert sum(len(plain(block.spans)) for block in found) < cleaning.MOST_LETTERS_ON_PAPER + 100
    assert len(found) < 60 and found[-1].tone == "note"
    assert len(cleaned(document).blocks) == 80


def test_long_addresses_take_room_on_paper() -> None:
    links = tuple(Span("a", f"https://example.fi/{'a' * 1_900}") for _ in range(100))
    found = cleaned(one(*(Paragraph(links),) * 10), on_paper=True).blocks
    assert len(found) == 4 and found[2].spans[-1] == Span("…")


def test_a_table_that_fills_the_paper_is_shown_as_far_as_it_goes() -> None:
    rows = (Row((line("a" * 9_000),)),) * 100
    table, rest = cleaned(one(Table("T", (Column("A"),), rows, "T"), Paragraph(line("b"))),
        on_paper=True,
    ).blocks  # fmt: skip
    assert plain(table.rows[0].cells[0]) == "a" * 9_000 and plain(table.rows[-1].cells[0]) == "…"
    assert rest.tone == "note"


def test_facts_without_a_value_are_not_reported() -> None:
    (facts,) = cleaned(one(Facts((("Paikka", ()), ("", line("Lapua")), (" ", ()))))).blocks
    assert facts.rows == (("Paikka", line("ei ilmoitettu")), ("–", line("Lapua")))


def test_empty_blocks_go() -> None:
    empty = (Paragraph(()), Paragraph((Span(" "),)), Bullets(((), line(" "))), Facts(()))
    assert cleaned(one(*empty)).blocks == ()


def test_long_texts_end_in_an_ellipsis() -> None:
    heading, text = cleaned(
        one(Heading(2, "o" * 1_000), Paragraph((Span("a" * 9_999), Span("b" * 10**6), Span("c"))))
    ).blocks
    assert len(heading.text) == 300 and heading.text.endswith("…")
    assert plain(text.spans) == "a" * 9_999 + "…" + "…"


def test_a_document_of_too_many_blocks_says_that_it_goes_on() -> None:
    found = cleaned(one(*(Paragraph(line("a")),) * 3_000)).blocks
    assert len(found) == cleaning.MOST_BLOCKS + 1
    assert found[-1].tone == "note"


def test_a_drawing_without_words_takes_those_of_its_caption() -> None:
    (figure,) = cleaned(one(Figure(DRAWING, " ", "Päästöt"))).blocks
    assert figure.alt == "Päästöt"
    (figure,) = cleaned(one(Figure(DRAWING, ""))).blocks
    assert figure.alt == "Kuva"


def test_a_drawing_that_cannot_be_drawn_is_its_words() -> None:
    assert cleaned(one(Figure("<svg", "Viiva laskee", "Päästöt"))).blocks == (
        Paragraph(line("Viiva laskee")),
        Paragraph(line("Päästöt")),
    )


def test_drawings_keep_shapes_and_nothing_that_runs() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 20" onload="a()">'
        "<script>a()</script><style>*{}</style><foreignObject><p>x</p></foreignObject>"
        '<image href="file:///etc/passwd"/><use href="#a"/><a href="javascript:a()"><rect/></a>'
        '<rect x="1" fill="url(http://example.fi)" style="a" onclick="a()" stroke="#000"/>'
        "<text>1 😀 &lt;b&gt;</text></svg>"
    )
    found = safe_drawing(svg)
    assert found.count("<") == 5, "svg, rect, text and two ends"
    assert '<rect x="1" stroke="#000" />' in found
    assert "1 [grinning face] &lt;b&gt;" in found
    assert drawing_size(found) == (10, 20)
    assert safe_drawing(found) == found


@pytest.mark.parametrize(
    "svg",
    [
        "", "<svg", "<p>a</p>", "<svg><rect/></svg>", '<svg viewBox="0 0 10 10"/>',
        '<svg viewBox="0 0 -5 5"><rect/></svg>', '<svg viewBox="nan 0 5 5"><rect/></svg>',
        '<svg viewBox="0 0 1e9 5"><rect/></svg>', "<svg viewBox='0 0 5 5'><script/></svg>",
        '<!DOCTYPE x [<!ENTITY a "b">]><svg viewBox="0 0 5 5"><text>&a;</text></svg>',
        '<svg viewBox="0 0 5 5">' + "<g/>" * 60_000 + "</svg>",
    ],
)  # fmt: skip
def test_what_is_no_drawing_is_refused(svg: str) -> None:
    assert safe_drawing(svg) == ""


def test_deep_drawings_end_somewhere() -> None:
    deep = '<svg viewBox="0 0 5 5">' + "<g>" * 5_000 + "<rect/>" + "</g>" * 5_000 + "</svg>"
    assert safe_drawing(deep).count("<g") < 50
