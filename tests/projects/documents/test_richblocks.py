"""What editors write becomes blocks and nothing that can be read is lost."""

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from climateportal import richtext
from projects.documents.blocks import (
    Bullets,
    Column,
    Document,
    Heading,
    Paragraph,
    Row,
    Span,
    Table,
    line,
    plain,
)
from projects.documents.cleaning import cleaned
from projects.documents.richblocks import MOST_COPIED, blocks_of


def blocks(html: str, below: int = 2, lang: str = "") -> tuple:
    return blocks_of(html, below=below, name="Pöytäkirja", lang=lang)


def test_paragraphs_strong_words_links_and_breaks() -> None:
    html = (
        '<p>Hei <strong>sinä ja <a href="/kunnat/">kunta</a></strong>,<br>rivi&nbsp;2 &lt;b&gt;</p>'
    )
    assert blocks(html) == (
        Paragraph(
            (
                Span("Hei "), Span("sinä ja ", strong=True),
                Span("kunta", "/kunnat/", strong=True), Span(","), Span(" "), Span("rivi 2 <b>"),
            )
        ),
    )  # fmt: skip


@pytest.mark.parametrize(("below", "levels"), [(2, [3, 4]), (1, [2, 3]), (3, [4, 5])])
def test_headings_stand_below_the_given_level(below: int, levels: list[int]) -> None:
    found = blocks("<h3>Asia</h3><p>a</p><h4>Osa</h4>", below)
    headings = [block for block in found if isinstance(block, Heading)]
    assert [(block.level, block.text) for block in headings] == list(
        zip(levels, ["Asia", "Osa"], strict=True)
    )


def test_lists_lists_within_them_and_two_paragraphs_of_an_item() -> None:
    html = (
        "<ol><li><p>yksi</p><p>lisää</p></li><li>kaksi<ul><li>alla</li><li>vielä</li></ul></li>"
        "<li>kolme</li></ol><ul><li>muu</li></ul>"
    )
    numbered, other = blocks(html)
    assert numbered.numbered and not other.numbered
    assert [plain(item) for item in numbered.items] == [
        "yksi lisää", "kaksi", "– alla", "– vielä", "kolme",
    ]  # fmt: skip
    assert other == Bullets((line("muu"),))


def test_tables_take_their_first_row_as_headers_and_their_heading_as_caption() -> None:
    html = (
        "<h3>Kulut</h3><table><tbody><tr><th><p>Kunta</p></th><th><p>€</p></th></tr>"
        "<tr><td><p>Akaa</p></td><td><p>1</p><p>2</p></td></tr></tbody></table><p>Loppu</p>"
    )
    _heading, table, end = blocks(html)
    assert table == Table(
        "Kulut",
        (Column("Kunta"), Column("€")),
        (Row((line("Akaa"), line("1", " ", "2"))),),
        "Pöytäkirja",
    )
    assert end == Paragraph(line("Loppu"))


def test_merged_cells_say_their_text_in_every_place() -> None:
    html = (
        '<table><tr><td>A</td><td colspan="2">B</td></tr>'
        '<tr><td rowspan="2">c</td><td>d</td><td>e</td></tr><tr><td>f</td><td>g</td></tr></table>'
    )
    (table,) = blocks(html)
    assert table.caption == "Pöytäkirja"
    assert [column.title for column in table.columns] == ["A", "B", "B"]
    assert [[plain(cell) for cell in row.cells] for row in table.rows] == [
        ["c", "d", "e"], ["c", "f", "g"],
    ]  # fmt: skip


def test_a_table_of_one_row_is_a_sentence() -> None:
    assert blocks("<table><tr><td>a</td><td>b</td></tr></table>") == (
        Paragraph(line("a", " ", "b")),
    )


def test_quotations_get_the_marks_of_their_language() -> None:
    html = "<blockquote><p>Näin</p></blockquote>"
    assert plain(blocks(html)[0].spans) == "”Näin”"
    assert plain(blocks(html, lang="en")[0].spans) == "“Näin”"
    with translation.override("en"):
        assert plain(blocks(html)[0].spans) == "“Näin”"
        assert plain(blocks(html, lang="fi")[0].spans) == "”Näin”"


def test_a_text_in_another_language_is_marked() -> None:
    assert blocks("<p>Näin <strong>on</strong></p>", lang="fi")[0].spans == (
        Span("Näin ", lang="fi"), Span("on", lang="fi", strong=True),
    )  # fmt: skip


def test_scripts_are_gone_and_odd_addresses_are_text() -> None:
    html = '<p>a<script>alert(1)</script><a href="javascript:x">b</a><img src=x onerror=y></p>'
    found = cleaned(Document("T", "fi", blocks(html)))
    assert found.blocks == (Paragraph((Span("a"), Span("b"))),)


TAGS = ["p", "ul", "ol", "li", "blockquote", "h3", "h4", "table", "tr", "td", "th", "strong", "em"]


@settings(max_examples=400, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS] + ["<br>"]
            ),
            st.sampled_from(["yksi ", "kaksi", " kolme", "&amp;"]),
        ),
        max_size=25,
    )
)
def test_no_word_is_lost_however_odd_the_html(parts: list[str]) -> None:
    html = richtext.sanitise("".join(parts))
    wanted = "".join(richtext.plain(html).split()).replace("&amp;", "&")
    found = "".join(map(_text, cleaned(Document("T", "fi", blocks(html))).blocks))
    for word in ("yksi", "kaksi", "kolme", "&"):
        assert found.count(word) >= wanted.count(word)


def _text(block: object) -> str:
    match block:
        case Heading():
            return block.text
        case Paragraph():
            return plain(block.spans)
        case Bullets():
            return "".join(map(plain, block.items))
        case Table():
            titles = "".join(column.title for column in block.columns)
            return titles + "".join(plain(cell) for row in block.rows for cell in row.cells)
    raise AssertionError(block)


def test_merged_cells_do_not_make_a_short_text_long() -> None:
    cell = f'<tr><td colspan="30" rowspan="30">{"sana " * 1_900}</td></tr>{"<tr></tr>" * 29}'
    tiny = '<td colspan="30" rowspan="30">a</td>' * 2_600
    for html in (f"<table>{cell * 9}</table>", f"<table><tr>{tiny}</tr>{'<tr></tr>' * 30}</table>"):
        (table,) = blocks(html)
        cells = [cell for row in table.rows for cell in row.cells] + list(table.columns)
        assert len(cells) < 10_000
        written = [plain(cell) for row in table.rows for cell in row.cells]
        assert sum(map(len, written)) < len(html) + MOST_COPIED


def test_a_wide_row_does_not_widen_the_others() -> None:
    html = f"<table><tr>{'<td>a</td>' * 4_000}</tr>{'<tr><td>b</td></tr>' * 2_000}</table>"
    (table,) = blocks(html)
    assert len(table.columns) == 4_000 and len(table.rows) == 2_000
    assert sum(len(row.cells) for row in table.rows) == 2_000
