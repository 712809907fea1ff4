"""Page, PDF, workbook and text say the same, in every language and for hostile texts."""

import re
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pikepdf
import pypdf
import pytest
from django.utils import translation
from pdfua import validate

from projects.documents import pdf, plaintext, workbook
from projects.documents.blocks import KINDS, Document, Figure, Heading, Paragraph, Table, line
from projects.documents.cleaning import cleaned
from projects.templatetags import documents as page
from tests.projects.documents.otherreading import html_of, read_html, read_workbook
from tests.projects.documents.pdfreading import read_pdf
from tests.projects.documents.reading import expected, norm
from tests.projects.documents.samples import hostile, pack

DOCUMENTS = [
    pytest.param(make(lang), id=f"{make.__name__}-{lang}")
    for make in (pack, hostile)
    for lang in ("fi", "sv", "en")
]


@pytest.fixture(scope="module", params=DOCUMENTS)
def document(request: pytest.FixtureRequest) -> Document:
    return request.param


@pytest.fixture(scope="module")
def made(document: Document) -> bytes:
    return pdf.render(document)


def test_the_page_says_it(document: Document) -> None:
    wanted = expected(cleaned(document))
    parts = urlsplit(cleaned(document).address)
    with translation.override("fi"):
        found = read_html(html_of(document), f"{parts.scheme}://{parts.netloc}")
    assert found.lang == ("" if document.lang == "fi" else document.lang)
    assert found.headings == wanted.headings
    assert found.captions == wanted.captions
    assert found.tables == wanted.tables
    assert found.facts == wanted.facts
    assert found.paragraphs == wanted.paragraphs
    assert found.items == wanted.items
    assert found.links == wanted.links or not parts.netloc
    assert found.alts == wanted.alts
    assert found.languages == wanted.languages


def test_the_pdf_says_it(document: Document, made: bytes) -> None:
    clean = cleaned(document, on_paper=True)
    wanted, found = expected(clean), read_pdf(made)
    assert found.lang == wanted.lang
    assert found.title == wanted.title
    assert found.headings == [(1, wanted.title), *wanted.headings]
    assert found.captions == wanted.captions
    assert found.tables == wanted.tables
    assert found.facts == wanted.facts
    around = [norm(text) for text in (clean.publisher, clean.subtitle) if text]
    assert found.paragraphs == around + wanted.paragraphs
    assert found.items == wanted.items
    assert found.links == wanted.links
    assert found.alts == wanted.alts
    assert found.languages == wanted.languages


def test_the_workbook_says_it(document: Document) -> None:
    clean = cleaned(document)
    wanted = expected(clean)
    found, values = read_workbook(workbook.render(document))
    assert found.lang == wanted.lang
    assert found.title == wanted.title
    tables = [block for block in clean.blocks if isinstance(block, Table)]
    assert len(found.tables) == len(tables)
    for read, cells, numbers, table in zip(
        found.tables, wanted.tables, values, tables, strict=True
    ):
        flat = [value for row in table.values for value in row] or [None] * len(cells)
        assert len(read) == len(cells)
        for one, other, value in zip(read, cells, flat, strict=True):
            assert (one.columns, one.rows) == (other.columns, other.rows)
            assert value is not None or one.text == other.text
        if table.values:
            shown = [[_plain_number(value) for value in row] for row in numbers]
            assert shown == [[_plain_number(value) for value in row] for row in table.values]
    texts = iter(found.paragraphs)
    for text in _in_order(clean, wanted.captions):
        assert any(text in shown for shown in texts), f"“{text}” is missing on the first sheet"


def _plain_number(value: object) -> object:
    """Excel knows one kind of number and gives days back as moments."""
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    return None if value is None else float(value)  # type: ignore[arg-type]


def _in_order(document: Document, captions: list[str]) -> list[str]:
    """Texts of the first sheet: every heading, paragraph, item, fact, drawing and caption."""
    found = [norm(document.title)]
    for block in document.blocks:
        alone = expected(Document("", document.lang, (block,), address=document.address))
        found += [text for _level, text in alone.headings]
        found += alone.paragraphs + alone.items + alone.captions + alone.alts
        found += [text for fact in alone.facts for text in fact]
    return found


def test_the_mail_says_it(document: Document) -> None:
    """Everything in order, a cell behind its column's title, a link's address behind its words.

    But no zeros of grouped columns, no drawings, and an address once.
    """
    clean = cleaned(document, on_paper=True)
    text = plaintext.render(document)
    whole = rest = norm(text)
    for block in clean.blocks:
        if isinstance(block, Figure):
            continue
        alone = expected(Document("", clean.lang, (block,), address=clean.address))
        wanted = [heading for _level, heading in alone.headings] + alone.captions
        wanted += [f"{name}:" for name, _value in alone.facts]
        if not any(span_links(block)):
            wanted += alone.paragraphs + alone.items
            wanted += [f"{name}:{value}" for name, value in alone.facts]
        for cells in alone.tables:
            wanted += [_in_mail(cell, block) for cell in cells if len(cell.columns) > 1]
        links = [f"<{href.removeprefix('mailto:')}>" for words, href in alone.links
                 if href != "#" and words != norm(href.removeprefix("mailto:"))]  # fmt: skip
        assert all(whole.count(norm(link)) == 1 for link in links)
        for words in wanted:
            assert norm(words) in rest, f"“{words}” is missing"
        for heading in alone.headings:
            rest = rest[rest.index(heading[1]) + len(heading[1]) :]
    long = [one for one in text.splitlines() if len(one) > plaintext.WIDTH]
    assert all(len(max(one.split(), key=len)) > 40 for one in long), "only a long word is longer"


def _in_mail(cell: object, table: Table) -> str:
    """A cell with its column's title, as the mail writes it; nothing for a zero of a group."""
    titles = {column.title for column in table.columns if column.group}
    if norm(cell.columns[-1]) not in {norm(title) for title in titles}:
        return f"{cell.columns[-1]}:{cell.text}"
    return "" if cell.text == "0" else f"{cell.columns[-1]} {cell.text}"


def span_links(block: object) -> list[str]:
    """Addresses anywhere in a block: its words then stand apart in the mail."""
    return re.findall(r"href='([^']+)'", repr(block))


def test_every_kind_of_block_has_a_branch_in_every_renderer() -> None:
    kinds = set(KINDS.values())
    assert set(page.TEMPLATES) == kinds
    assert set(pdf._DRAWN) == kinds
    assert set(workbook._WRITTEN) == kinds
    assert set(plaintext._WRITTEN) == kinds
    source = (Path(pdf.__file__).parent / "typst" / "pack.typ").read_text(encoding="utf-8")
    branches = set(re.findall(r"^  ([a-z]+): a-[a-z]+,$", source, re.MULTILINE))
    assert branches == set(KINDS) | {"figures", "drawings"}
    assert {kind for name in KINDS for kind in [name] if f"#let a-{kind}(" in source} == set(KINDS)
    drawn = {type(block) for block in pack().blocks}
    assert drawn == kinds, "the sample has every kind"


def test_the_checker_of_pdf_ua_finds_nothing(made: bytes, tmp_path: Path) -> None:
    """It covers a part of the standard; typst itself refuses more while it writes."""
    path = tmp_path / "pack.pdf"
    path.write_bytes(made)
    report = validate(str(path))
    assert not report.findings
    with pikepdf.open(path) as file, file.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
        assert file.Root.ViewerPreferences.DisplayDocTitle


def test_every_font_is_in_the_file(made: bytes) -> None:
    reader = pypdf.PdfReader(BytesIO(made))
    for sheet in reader.pages:
        for font in sheet["/Resources"].get("/Font", {}).values():
            described = font.get_object()["/DescendantFonts"][0]["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(described)


def test_pages_carry_title_and_number_as_artifacts() -> None:
    """What stands on every page is not read out on every page."""
    paragraphs = tuple(Paragraph(line(f"Kappale {n}")) for n in range(120))
    long = Document("Kokous", "fi", paragraphs, subtitle="Ryhmä · Alue")
    data = pdf.render(long)
    pages = pypdf.PdfReader(BytesIO(data)).pages
    assert len(pages) > 2
    assert f"3 / {len(pages)}" in pages[2].extract_text()
    assert "Kokous" in pages[2].extract_text() and "Ryhmä · Alue" in pages[2].extract_text()
    assert f"3/{len(pages)}" not in "".join(read_pdf(data).paragraphs)


def test_bookmarks_follow_the_headings() -> None:
    def names(items: list, depth: int = 1) -> list[tuple[int, str]]:
        found = []
        for item in items:
            found += names(item, depth + 1) if isinstance(item, list) else [(depth, item.title)]
        return found

    document = pack()
    outline = names(pypdf.PdfReader(BytesIO(pdf.render(document))).outline)
    wanted = [(block.level, block.text) for block in document.blocks if isinstance(block, Heading)]
    assert outline == [(1, document.title), *wanted]


def test_the_same_document_gives_the_same_bytes(document: Document, made: bytes) -> None:
    assert pdf.render(document) == made


def test_a_long_table_repeats_its_header_and_keeps_rows_whole() -> None:
    table = pack().blocks[8]
    assert isinstance(table, Table)
    rows = table.rows[1:3] * 60
    data = pdf.render(Document("Kunnat", "fi", (Table("K", table.columns, rows, "K"),)))
    pages = [sheet.extract_text() for sheet in pypdf.PdfReader(BytesIO(data)).pages]
    assert len(pages) > 2
    assert all("Hankkeet vaiheittain" in text for text in pages)
    assert len(read_pdf(data).tables[0]) == 120 * len(table.columns)


def test_drawings_in_the_pdf_show_their_words() -> None:
    """Not only alt text: letters are drawn, with the shipped font."""
    drawing = next(block for block in pack().blocks if isinstance(block, Figure))
    data = pdf.render(Document("Kuva", "fi", (drawing,)))
    assert "2030(−80" in norm(pypdf.PdfReader(BytesIO(data)).pages[0].extract_text())
