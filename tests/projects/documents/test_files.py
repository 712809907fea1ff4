"""Files of a document: the PDF that may fail, the workbook's habits, the answers over HTTP."""

import io
import logging
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from projects.documents import pdf, plaintext, workbook
from projects.documents.blocks import (
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
)
from projects.documents.characters import DRAWN, shown
from projects.documents.cleaning import cleaned
from projects.documents.frozen import from_json, to_json
from tests.projects.documents.otherreading import html_of
from tests.projects.documents.pdfreading import read_pdf
from tests.projects.documents.reading import norm
from tests.projects.documents.samples import pack


def table(*rows: Row, **fields: Any) -> Table:
    columns = fields.pop("columns", (Column("A"), Column("B", numeric=True)))
    return Table("Taulukko", columns, rows, fields.pop("name", "T"), **fields)


# --- page --------------------------------------------------------------------------------------
def test_rows_of_three_columns_are_cards_and_many_heads_are_turned() -> None:
    def html(columns: int) -> str:
        row = Row(tuple(line(str(number)) for number in range(columns)))
        names = tuple(Column(f"A{number}", numeric=True) for number in range(columns))
        return html_of(Document("T", "fi", (table(row, columns=names),)))

    assert "<table>" in html(2) and "data-l" not in html(2)
    assert '<table class="mid">' in html(3) and 'data-l="A1"' in html(3)
    assert '<table class="wide">' in html(9) and '<table class="wide turned">' in html(10)


def test_a_few_drawings_that_follow_one_another_are_together() -> None:
    drawing = Figure('<svg viewBox="0 0 4 4"><rect width="4" height="4"/></svg>', "Kuva")
    two = Document("T", "fi", (drawing, drawing, Paragraph(line("a")), drawing))
    assert 'class="strip"' not in html_of(two)
    html = html_of(Document("T", "fi", (Heading(2, "A"), *[drawing] * 3, Paragraph(line("a")))))
    _before, _mark, strip = html.partition('<div class="strip" role="group" tabindex="0"')
    assert strip.partition("</div>")[0].count("<figure>") == 3


# --- PDF ---------------------------------------------------------------------------------------
def test_every_character_that_cleaning_lets_pass_is_set() -> None:
    """Otherwise one letter in a comment would cost the group its PDF."""
    every = "".join(sorted(DRAWN))
    drawing = every.replace("&", "&amp;").replace("<", "&lt;")
    lines = [every[start : start + 60] for start in range(0, len(every), 60)]
    data = pdf.render(
        Document(
            "Merkit",
            "fi",
            (
                *(Heading(2, text) for text in lines),
                *(Paragraph(line(text)) for text in lines),
                Figure(f'<svg viewBox="0 0 400 20"><text>{drawing}</text></svg>', "Merkit"),
            ),
        )
    )
    read = read_pdf(data)
    assert set(norm(shown(every))) <= set("".join(read.paragraphs))
    assert set(norm(shown(every))) <= {char for _level, text in read.headings for char in text}


@pytest.mark.parametrize(
    "text",
    ["sana " * 200_000, "x" * 1_000_000, "😀" * 500_000, "会" * 500_000, "\u202e" * 10**6 + "a"],
)
def test_a_megabyte_of_text_is_cut(text: str) -> None:
    block = Paragraph((Span(text, "https://example.fi/"),))
    assert pdf.render(Document(text, "fi", (Heading(2, text), block)))[:5] == b"%PDF-"


def test_five_thousand_rows_are_cut_and_the_page_has_the_rest() -> None:
    rows = tuple(Row((line(f"Kunta {n}"), line("5"))) for n in range(5_000))
    document = Document("T", "fi", (table(*rows),), address="https://example.fi/a/")
    found = read_pdf(pdf.render(document))
    assert len(found.tables[0]) == 2 * 500
    assert ("4500riviälisääverkkosivulla", "https://example.fi/a/") in found.links
    assert "4500 riviä lisää" in plaintext.render(document)
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.render(document))).worksheets[1]
    assert sheet.max_row == 5_001


def test_the_program_needs_nothing_of_the_site() -> None:
    """It runs isolated: without our settings, environment or code on its path."""
    source = pdf.PROGRAM.read_text(encoding="utf-8")
    for name in ("django", "projects", "climateportal", "municipalities"):
        assert f"import {name}" not in source and f"from {name}" not in source


def test_the_program_stops_at_its_memory() -> None:
    greedy = "import typesetting as t; t.limit_memory(); bytearray(t.MOST_MEMORY)"
    done = subprocess.run(
        [sys.executable, "-c", greedy], cwd=pdf.PROGRAM.parent, capture_output=True, check=False
    )
    assert b"MemoryError" in done.stderr and pdf.SECONDS <= 15


def failing(kind: str) -> list[str]:
    programs = {
        "error": "import sys; sys.exit('TypstError: the text could not be displayed')",
        "slow": "import time; time.sleep(60)",
    }
    return ["-c", programs[kind]]


@pytest.mark.parametrize("kind", ["error", "slow"])
def test_a_failure_is_logged_and_the_next_one_works(
    kind: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    run = subprocess.run

    def broken(command: list[str], **options: Any) -> Any:
        return run([sys.executable, *failing(kind)], **options | {"timeout": 1})

    with monkeypatch.context() as patch:
        patch.setattr(pdf.subprocess, "run", broken)
        with pytest.raises(pdf.PdfFailedError), caplog.at_level(logging.ERROR):
            pdf.render(pack())
    assert pack().title in caplog.text
    assert ("could not be displayed" if kind == "error" else "TimeoutExpired") in caplog.text
    assert pdf.render(Document("T", "fi", ()))


def test_who_waits_too_long_for_others_is_told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 0.1)
    with pdf._one_at_a_time, pytest.raises(pdf.PdfFailedError), caplog.at_level(logging.ERROR):
        pdf.render(pack())
    assert "waited" in caplog.text


def test_the_fingerprint_follows_what_the_file_shows() -> None:
    assert pdf.fingerprint(pack()) == pdf.fingerprint(pack())
    assert pdf.fingerprint(pack()) != pdf.fingerprint(pack("sv"))
    values = Document("T", "fi", (table(Row((line("a"), line("1"))), values=((None, 1),)),))
    others = Document("T", "fi", (table(Row((line("a"), line("1"))), values=((None, 2),)),))
    assert pdf.fingerprint(values) == pdf.fingerprint(others), "a PDF shows only the texts"


# --- workbook ----------------------------------------------------------------------------------
def sheets(*blocks: Any, lang: str = "fi") -> openpyxl.Workbook:
    document = Document("Otsikko", lang, blocks)
    return openpyxl.load_workbook(io.BytesIO(workbook.render(document)))


def test_names_of_sheets_are_short_allowed_and_unlike_each_other() -> None:
    row = Row((line("a"), line("b")))
    names = [
        "Kunnat",
        "kunnat",
        "[a]:*?/\\b",
        "'lainaus'",
        "History",
        "",
        "x" * 40,
        "x" * 41,
        "Otsikko",
    ]
    book = sheets(*(table(row, name=name) for name in names))
    assert book.sheetnames[:5] == ["Otsikko", "Kunnat", "kunnat 2", "a b", "lainaus"]
    assert len({name.casefold() for name in book.sheetnames}) == len(names) + 1
    assert all(len(name) <= 31 for name in book.sheetnames)
    assert "History" not in book.sheetnames


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "=cmd|x"]
)
def test_a_text_is_never_a_formula(text: str) -> None:
    book = sheets(
        table(Row((line(text), line(text))), columns=(Column(text), Column(text, text)), name=text),
        Paragraph(line(text)),
    )
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert all(cell.quotePrefix for cell in cells if cell.value == text)


def test_numbers_and_days_are_numbers_and_days() -> None:
    values = ((None, Decimal("48250.75")), (None, 12), (None, date(2024, 3, 14)), (None, None))
    texts = ("48 250,75 €", "12 %", "14.3.2024", "ei ilmoitettu")
    rows = (Row((line("a"), line(text))) for text in texts)
    sheet = sheets(table(*rows, values=values)).worksheets[1]
    cells = [sheet.cell(line, 2) for line in range(2, 6)]
    assert [cell.data_type for cell in cells] == ["n", "n", "d", "s"]
    assert cells[0].value == 48250.75 and cells[0].number_format == '#,##0.00 "€"'
    assert cells[1].number_format == '#,##0 "%"'
    assert cells[2].value.date() == date(2024, 3, 14) and cells[2].number_format == "d.m.yyyy"
    assert cells[3].value == "ei ilmoitettu"


@pytest.mark.parametrize(
    ("value", "text", "shown"),
    [
        (Decimal("68.5"), "68\xa0%", '#,##0.0 "%"'),
        (71, "71\xa0%", '#,##0 "%"'),
        (Decimal("1200.50"), "1\xa0200,50\xa0€", '#,##0.00 "€"'),
        (Decimal("12345.5"), "12\xa0345,5", "#,##0.0"),
        (Decimal("12345"), "12,345", "#,##0"),
        (Decimal("0.25"), "€0.25", '#,##0.00 "€"'),
        (2030, "2030", "0"),
    ],
)
def test_a_number_looks_as_on_the_page(value: Any, text: str, shown: str) -> None:
    row = Row((line("a"), line(text)))
    sheet = sheets(table(row, values=((None, value),))).worksheets[1]
    assert sheet["B2"].number_format == shown


def test_sheets_of_one_name_are_told_apart() -> None:
    row = Row((line("a"), line("1")))
    costs = [replace(table(row, name="Kulut"), caption=text) for text in ("Haetut kulut", "K")]
    book = sheets(
        Heading(2, "Mikä on muuttunut 30.4.2026 jälkeen"), Heading(3, "Kulut"), costs[0],
        Heading(2, "Raha"), costs[1],
    )  # fmt: skip
    assert book.sheetnames[1:] == ["Haetut kulut", "Raha, Kulut"]


def test_the_first_sheet_leads_to_the_others() -> None:
    book = sheets(Heading(2, "Kunnat"), table(Row((line("a"), line("b"))), name="O'Brien"))
    cell = next(cell for row in book.worksheets[0] for cell in row if cell.hyperlink)
    assert cell.hyperlink.location == "'O''Brien'!A1"


# --- text --------------------------------------------------------------------------------------
def test_figures_are_numbers_with_their_units_in_a_workbook() -> None:
    names = ("Käytetty", "Tehty", "Hankkeet")
    values = ((Decimal("59210.50"), "€"), (4, "/9"), (2, ""))
    rows = zip(names, map(line, ("59 210,50 €", "4/9", "2")), strict=True)
    document = Document("Kokous", "fi", (Facts(tuple(rows), "figures", values),))
    sheet = openpyxl.load_workbook(io.BytesIO(workbook.render(from_json(to_json(document))))).active
    found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert found == [["Käytetty", 59210.5, "€"], ["Tehty", 4, "/9"], ["Hankkeet", 2, None]]
    assert "€" not in sheet["B2"].number_format


def test_the_text_reads_well() -> None:
    document = Document(
        "Kokous",
        "fi",
        (
            Heading(2, "Kunnat"),
            Paragraph(line("Katso ", Span("sivu", "/a/"), "."), "warning"),
            table(
                Row((line(Span("Akaa", "/a/")), line("1"), line("0"))),
                Row((line("Urjala"), line("0"), line("0"))),
                Row((line("Yhteensä"), line("1"), line("2")), "total"),
                columns=(
                    Column("Kunta"),
                    Column("Tehty", "Tehtävät", numeric=True),
                    Column("Myöhässä", "Tehtävät", numeric=True),
                ),
            ),
        ),
        address="https://example.fi/kokous/",
    )
    assert plaintext.render(document) == (
        "Kokous\n======\n\nhttps://example.fi/kokous/\n\nKunnat\n======\n\n"
        "Huomio: Katso sivu <https://example.fi/a/>.\n\nTaulukko (nollia ei luetella)\n\n"
        "Kunta: Akaa\n  Tehtävät: Tehty 1\n\nKunta: Urjala\n\n"
        "Yhteensä\n  Tehtävät: Tehty 1, Myöhässä 2\n"
    )


def test_cleaning_happens_in_every_renderer() -> None:
    """A renderer cannot be given a document that is not clean by mistake."""
    dirty = Document("T", "fi", (Paragraph((Span("a\x00😀b", "javascript:x"),)),))
    assert cleaned(dirty) != dirty
    assert "a[grinning face]b" in plaintext.render(dirty)
    assert "a[grinningface]b" in read_pdf(pdf.render(dirty)).paragraphs
